// Single requests: a link by its index; 5,000 routes made and deleted, one by one and in batches.
import { writeFileSync } from "node:fs";
import { spawnIn } from "../../src/socket/named-netns.ts";
import { Worker } from "../process.ts";
import { interleave, median } from "../rounds.ts";
import type { Bar, Column, Row } from "../table.ts";
import { bundled } from "../tools.ts";
import type { Section } from "./lab.ts";

type Cells = Partial<Record<Column, (number | undefined)[]>>;

export const requests: Section = async ({ networks, tools, rounds, quick }) => {
  const netns = await networks.links();
  const count = quick ? 2000 : 5000;
  const start = (command: readonly string[] | undefined) =>
    command === undefined ? undefined : new Worker(netns, command);
  const workers = {
    floor: start(tools.commands.get("floor")),
    libmnl: start(tools.commands.get("libmnl")),
    nlkit: start([process.execPath, bundled("nlkit-requests")]),
  };
  const runs = {
    floor: [workers.floor, "get"],
    "floor-ack": [workers.floor, "get-ack"],
    libmnl: [workers.libmnl, "get"],
    async: [workers.nlkit, "get"],
    sync: [workers.nlkit, "get-sync"],
    "sync-ack": [workers.nlkit, "get-ack"],
  } as const;
  type Run = keyof typeof runs;
  const there = (Object.keys(runs) as Run[]).filter((run) => runs[run][0] !== undefined);
  const measure = async (run: Run): Promise<readonly number[]> => {
    const [worker, operation] = runs[run];
    return (await worker?.ask(operation, count))?.more ?? [];
  };
  try {
    await interleave(there, 2, measure);
    const samples = await interleave(there, rounds, measure);
    const series = (run: Run, at: number): number[] | undefined =>
      samples.get(run)?.map((more) => (more?.[at] ?? Number.NaN) / 1000);
    const cells = (nlkit: Run, floor: Run, at: number): Row["cells"] =>
      present({ floor: series(floor, at), libmnl: series("libmnl", at), nlkit: series(nlkit, at) });
    const bars: Bar[] = [{ limit: 1.4, over: "floor" }];
    return [
      { measure: "link by index, links.get(): p50", unit: "µs", cells: cells("async", "floor", 0), bars },
      { measure: "link by index, links.get(): p99", unit: "µs", cells: cells("async", "floor", 1) },
      {
        measure: "link by index, requestSync({ ack: false }): p50",
        unit: "µs",
        cells: cells("sync", "floor", 0),
        bars,
      },
      { measure: "link by index, requestSync({ ack: false }): p99", unit: "µs", cells: cells("sync", "floor", 1) },
      {
        measure: "link by index, requestSync(): p50, both ask an ack too",
        unit: "µs",
        cells: cells("sync-ack", "floor-ack", 0),
      },
    ];
  } finally {
    await Promise.all(Object.values(workers).map((worker) => worker?.close()));
  }
};

const present = (cells: Record<string, (number | undefined)[] | undefined>): Cells =>
  Object.fromEntries(Object.entries(cells).filter(([, series]) => series !== undefined));

/** `ip -batch`, from spawn to exit, in microseconds a change. */
const ipBatch = async (netns: string, verb: string, count: number): Promise<number> => {
  const file = `${bundled("ip-batch")}-${verb}`;
  const line = (i: number): string => `route ${verb} 10.${128 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}/32 dev left0\n`;
  writeFileSync(file, Array.from({ length: count }, (_, i) => line(i)).join(""));
  const begin = performance.now();
  const child = spawnIn(netns, "ip", ["-batch", file], { stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`ip -batch ended with ${code}`);
  return ((performance.now() - begin) * 1000) / count;
};

export const changes: Section = async ({ networks, tools, rounds, quick }) => {
  const netns = await networks.changes();
  const count = quick ? 2000 : 5000;
  const nlkit = new Worker(netns, [process.execPath, bundled("nlkit-requests")]);
  const floorCommand = tools.commands.get("floor");
  const floor = floorCommand === undefined ? undefined : new Worker(netns, floorCommand);
  const runs = [
    "nlkit",
    "sync",
    "batch",
    ...(floor === undefined ? [] : ["floor"]),
    ...(tools.commands.has("ip") ? ["ip"] : []),
  ];
  const one = async (run: string, verb: "add" | "delete"): Promise<{ mean: number; p50: number }> => {
    if (run === "ip") return { mean: await ipBatch(netns, verb, count), p50: Number.NaN };
    const worker = run === "floor" ? floor : nlkit;
    const sample = await worker?.ask(run === "floor" || run === "nlkit" ? verb : `${verb}-${run}`, count);
    const { ns = Number.NaN, more: [p50 = Number.NaN] = [] } = sample ?? {};
    return { mean: ns / 1000 / count, p50: p50 / 1000 };
  };
  // Each takes away again what it made, before the next one's turn.
  const both = async (run: string) => ({ add: await one(run, "add"), delete: await one(run, "delete") });
  try {
    await interleave(runs, 2, both);
    const samples = await interleave(runs, rounds, both);
    const rows: Row[] = [];
    for (const verb of ["add", "delete"] as const) {
      const series = (run: string) => samples.get(run)?.map((sample) => sample?.[verb].mean);
      const p50 = (run: string): number => median(samples.get(run)?.map((sample) => sample?.[verb].p50) ?? []);
      const single = (run: string): string =>
        floor === undefined || Number.isNaN(p50(run))
          ? ""
          : `p50: C ${p50("floor").toFixed(1)}, nlkit ${p50(run).toFixed(1)} ×${(p50(run) / p50("floor")).toFixed(2)}`;
      const row = (measure: string, run: string, bars: readonly Bar[]): Row => ({
        measure: `route ${verb}, ${measure}`,
        unit: "µs",
        cells: present({ floor: series("floor"), nlkit: series(run), ip: series("ip") }),
        bars,
        note: single(run),
      });
      rows.push(
        row(`routes.${verb}()`, "nlkit", [{ limit: 1.3, over: "floor" }]),
        row("requestSync()", "sync", [{ limit: 1.3, over: "floor" }]),
        row("batch()", "batch", verb === "add" ? [{ limit: 1, over: "ip" }] : []),
      );
    }
    return rows;
  } finally {
    await Promise.all([nlkit.close(), floor?.close()]);
  }
};
