// Events: a burst of 100,000 route changes, made by another process; a live table that overruns and reads itself again.
import { type Sample, Worker } from "../process.ts";
import { interleave } from "../rounds.ts";
import type { Column, Row } from "../table.ts";
import { bundled } from "../tools.ts";
import type { Lab, Section } from "./lab.ts";

/** Room for every event of a burst: nothing is lost, and reading can wait until the burst is over. */
const ALL = 512 * 1024 * 1024;
/** What Rtnetlink.watch takes. */
const WATCH = 4 * 1024 * 1024;
/** Never said: the system's own, 212,992. */
const DEFAULT = 0;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Says the end again and again until it was heard: it may be among the events that are lost. */
const untilHeard = async (sender: Worker, heard: Promise<Sample>): Promise<Sample> => {
  let done = false;
  const finished = heard.finally(() => {
    done = true;
  });
  // A failure is awaited below.
  finished.catch(() => {});
  while (!done) {
    await sender.ask("end");
    await Promise.race([finished, sleep(20)]);
  }
  return finished;
};

/** `live`: read while the burst is made; else when it is over. */
const burst = async (
  burster: Worker,
  sender: Worker,
  listener: Worker,
  count: number,
  live: boolean,
  buffer: number,
): Promise<Sample> => {
  await listener.ask("listen", buffer);
  if (!live) {
    await burster.ask("burst", count);
    await sender.ask("end");
    return listener.ask("collect");
  }
  const heard = listener.ask("collect");
  heard.catch(() => {});
  await burster.ask("burst", count);
  return untilHeard(sender, heard);
};

export const events: Section = async ({ networks, tools, rounds, quick }: Lab) => {
  const netns = await networks.changes();
  const count = quick ? 20_000 : 100_000;
  const sender = new Worker(netns, [process.execPath, bundled("nlkit-requests")]);
  const listeners = new Map<Column, Worker>([
    ["nlkit", new Worker(netns, [process.execPath, bundled("nlkit-events")])],
  ]);
  const floor = tools.commands.get("floor");
  if (floor !== undefined) listeners.set("floor", new Worker(netns, floor));
  // In C, where there is a compiler: the faster the burst, the better the test.
  const burster = floor === undefined ? sender : new Worker(netns, floor);
  const burstOf = `burst of ${count.toLocaleString("en")} events`;
  const rows: Row[] = [];
  try {
    for (const [measure, live, buffer] of [
      [`${burstOf}, read when it is over`, false, ALL],
      [`${burstOf}, read meanwhile, buffer of watch() (4 MiB)`, true, WATCH],
      [`${burstOf}, read meanwhile, system's buffer`, true, DEFAULT],
    ] as const) {
      const run = (column: Column) => burst(burster, sender, listeners.get(column) as Worker, count, live, buffer);
      await interleave([...listeners.keys()], 1, run);
      const samples = await interleave([...listeners.keys()], rounds, run);
      const cells: Partial<Record<Column, number[]>> = {};
      const lost: string[] = [];
      for (const [column, series] of samples) {
        const seen = series.flatMap((sample) => sample ?? []);
        cells[column] = seen.map(({ ns, count: received }) => (received / ns) * 1000);
        const least = Math.min(...seen.map(({ count: received }) => received));
        const overruns = Math.max(...seen.map(({ more }) => more[0] ?? 0));
        lost.push(`${column}: ${overruns} overruns, ${((100 * least) / count).toFixed(0)} % received`);
      }
      rows.push({ measure, unit: "M/s", cells, note: `${lost.join("; ")} (worst round)` });
    }
  } finally {
    await Promise.all([sender, burster, ...listeners.values()].map((worker) => worker.close()));
  }
  return rows;
};

/** A buffer that a burst runs over, and milliseconds for which nobody reads it. */
const TINY = 16 * 1024;
const DEAF = 300;

export const watch: Section = async ({ networks, rounds, quick }) => {
  const size = quick ? 10_000 : 100_000;
  const netns = await networks.routes(size);
  const sender = new Worker(netns, [process.execPath, bundled("nlkit-requests")]);
  const watcher = new Worker(netns, [process.execPath, bundled("nlkit-events")]);
  const run = async () => {
    const started = await watcher.ask("watch", TINY);
    const caught = watcher.ask("caught", DEAF);
    caught.catch(() => {});
    await sender.ask("burst", 2000);
    const resynced = await caught;
    await watcher.ask("unwatch");
    return { started, resynced };
  };
  try {
    await interleave(["nlkit"], 1, run);
    const samples = (await interleave(["nlkit"], rounds, run)).get("nlkit")?.flatMap((sample) => sample ?? []) ?? [];
    const routes = `${size.toLocaleString("en")} routes`;
    const readings = samples.map(({ resynced }) => (resynced.more[0] ?? 0) - 1).join(", ");
    const stalls = samples.map(({ resynced }) => (resynced.more[1] ?? 0) / 1000);
    return [
      {
        measure: `watch("route"), ${routes}: first reading`,
        unit: "ms",
        cells: { nlkit: samples.map(({ started }) => started.ns / 1e6) },
      },
      {
        measure: `watch("route"), ${routes}: overrun to true again`,
        unit: "ms",
        cells: { nlkit: samples.map(({ resynced }) => resynced.ns / 1e6) },
        note: `read again ${readings} times`,
      },
      { measure: `watch("route"), ${routes}: longest stall of the loop`, unit: "ms", cells: { nlkit: stalls } },
    ];
  } finally {
    await Promise.all([sender.close(), watcher.close()]);
  }
};
