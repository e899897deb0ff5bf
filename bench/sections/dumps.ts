// Dumps: warm, the first of a process, the process as a whole, its peak memory.
import { runOnce, Worker } from "../process.ts";
import { interleave } from "../rounds.ts";
import type { Bar, Column, Row } from "../table.ts";
import type { Lab, Section } from "./lab.ts";

interface Dump {
  readonly measure: string;
  readonly operation: string;
  /** Where nlkit is asked something else: the columns are then the C programs' and nlkit's. */
  readonly nlkit?: string;
  readonly netns: string;
  readonly warm?: readonly Bar[];
  readonly first?: readonly Bar[];
  readonly peak?: readonly Bar[];
}

type Samples<T> = Map<Column, (T | undefined)[]>;
const cells = <T>(samples: Samples<T>, of: (sample: T) => number): Row["cells"] =>
  Object.fromEntries(
    [...samples].map(([column, series]) => [
      column,
      series.map((sample) => (sample === undefined ? undefined : of(sample))),
    ]),
  );

/** Optimized code needs many calls before it is there: of 1,000 links some 20 dumps. So many, or so many milliseconds, whichever is less. */
const WARM_UP = { calls: 30, milliseconds: 1500 };
const warmUp = async (call: () => Promise<unknown>): Promise<void> => {
  const end = performance.now() + WARM_UP.milliseconds;
  for (let i = 0; i < WARM_UP.calls && performance.now() < end; i++) await call();
};

const columnsOf = ({ tools }: Lab, { nlkit }: Dump): Column[] =>
  [...tools.commands.keys()].filter((column) => nlkit === undefined || ["floor", "libmnl", "nlkit"].includes(column));
const operationOf = ({ operation, nlkit = operation }: Dump, column: Column): string =>
  column === "nlkit" ? nlkit : operation;

const warm = async (lab: Lab, dump: Dump): Promise<Samples<number>> => {
  const { tools, rounds } = lab;
  const { netns } = dump;
  const columns = columnsOf(lab, dump);
  const workers = new Map(columns.map((column) => [column, new Worker(netns, tools.commands.get(column) ?? [])]));
  const ask = async (column: Column): Promise<number> =>
    ((await workers.get(column)?.ask(operationOf(dump, column)))?.ns ?? Number.NaN) / 1e6;
  try {
    for (const column of columns) await warmUp(() => ask(column));
    return await interleave(columns, rounds, ask);
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.close()));
  }
};

const rowsOf = async (lab: Lab, dump: Dump): Promise<Row[]> => {
  const { tools, rounds } = lab;
  const { measure, netns } = dump;
  const columns = columnsOf(lab, dump);
  const onces = await interleave(columns, rounds, (column) =>
    runOnce(netns, tools.commands.get(column) ?? [], operationOf(dump, column)),
  );
  const counts = new Set([...onces.values()].flat().flatMap((sample) => (sample === undefined ? [] : [sample.count])));
  if (counts.size > 1) lab.note(`${measure}: contenders disagree on how many there are: ${[...counts].join(", ")}`);
  const row = (what: string, unit: Row["unit"], figures: Row["cells"], bars: readonly Bar[] = []): Row => ({
    measure: `${measure}: ${what}`,
    unit,
    cells: figures,
    bars,
  });
  return [
    row(
      "warm",
      "ms",
      cells(await warm(lab, dump), (ms) => ms),
      dump.warm,
    ),
    row(
      "first call",
      "ms",
      cells(onces, ({ ns }) => ns / 1e6),
      dump.first,
    ),
    row(
      "whole process",
      "ms",
      cells(onces, ({ wholeMs }) => wholeMs),
    ),
    row(
      "peak memory",
      "MiB",
      cells(onces, ({ peakMib }) => peakMib),
      dump.peak,
    ),
  ];
};

const all = async (lab: Lab, dumps: readonly Dump[]): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const dump of dumps) rows.push(...(await rowsOf(lab, dump)));
  return rows;
};

export const routes: Section = async (lab) => {
  const sizes = lab.quick ? [10_000] : [100_000, 10_000];
  const dumps: Dump[] = [];
  for (const size of sizes) {
    dumps.push({
      measure: `${size.toLocaleString("en")} routes`,
      operation: "routes",
      netns: await lab.networks.routes(size),
      warm: [
        { limit: 1.6, over: "floor" },
        { limit: 1.05, over: "libmnl" },
      ],
      // 90 MB, as `ls` and the issue count.
      peak: [{ limit: Number((90e6 / 2 ** 20).toFixed(1)) }],
    });
  }
  return all(lab, dumps);
};

/** Does a dump take `fields`? */
const isKnown = async (lab: Lab, netns: string): Promise<boolean> => {
  const { more } = await runOnce(netns, lab.tools.commands.get("nlkit") ?? [], "links-fields");
  if (more[0] !== 1) lab.note("no dump of 8 named attributes: connection.dump takes no `fields`");
  return more[0] === 1;
};

export const links: Section = async (lab) => {
  const netns = await lab.networks.links();
  return all(lab, [
    {
      measure: "3 links, links.list()",
      operation: "links",
      netns: await lab.networks.changes(),
      first: [{ limit: 10 }],
    },
    {
      measure: "1,000 links, statistics",
      operation: "links-full",
      netns,
      warm: [{ limit: 1.9, over: "floor" }],
      first: [{ limit: 10 }],
    },
    {
      measure: "1,000 links, links.list()",
      operation: "links",
      netns,
      warm: [{ limit: 1.3, over: "floor" }],
      first: [{ limit: 10 }],
    },
    ...((await isKnown(lab, netns))
      ? [
          {
            measure: "1,000 links, 8 named attributes",
            operation: "links",
            nlkit: "links-fields",
            netns,
            warm: [{ limit: 1.3, over: "floor" as const }],
            first: [{ limit: 10 }],
          },
        ]
      : []),
  ]);
};

export const neighbours: Section = async (lab) =>
  all(lab, [{ measure: "5,000 neighbours", operation: "neighbours", netns: await lab.networks.neighbours(5000) }]);

/** What memory a dump takes that keeps everything, one that keeps nothing, and Node with the library alone. */
export const memory: Section = async (lab) => {
  const netns = await lab.networks.routes(lab.quick ? 10_000 : 100_000);
  const command = lab.tools.commands.get("nlkit") ?? [];
  const rows: Row[] = [];
  for (const [operation, measure] of [
    ["routes", "peak memory: routes.list()"],
    ["stream", "peak memory: connection.stream()"],
    ["nothing", "peak memory: nothing asked"],
  ] as const) {
    const samples = await interleave(["nlkit"] as const, lab.rounds, () => runOnce(netns, command, operation));
    rows.push({ measure, unit: "MiB", cells: cells(samples, ({ peakMib }) => peakMib) });
  }
  return rows;
};
