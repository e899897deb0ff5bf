// ns a message, in memory, on the recorded dumps of fixtures/: decode, encode, explain. `npm run bench`.
// Results are kept until the next round: a benchmark that drops them measures an allocator that never has to collect.
import { cpus, release } from "node:os";
import { decodeMessages, encodeMessages, explain, type Message } from "../src/index.ts";
import { items } from "../test/support/fixtures.ts";

const ROUNDS = 5;
const MILLISECONDS = 300;

const replies = items().flatMap(({ datagrams }) => datagrams.filter(({ direction }) => direction === "<"));
const holding = (name: string): Uint8Array[] =>
  replies
    .map(({ bytes }) => bytes)
    .filter((bytes) => decodeMessages(bytes).every((m) => m.name === name || m.name === "NLMSG_DONE"));
const sets: Record<string, Uint8Array[]> = {
  link: holding("RTM_NEWLINK"),
  address: holding("RTM_NEWADDR"),
  route: holding("RTM_NEWROUTE"),
  neighbour: holding("RTM_NEWNEIGH"),
};

let kept: unknown;
const measure = (run: () => unknown, messages: number): number => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let count = 0;
    const begin = performance.now();
    while (performance.now() - begin < MILLISECONDS) {
      kept = run();
      count++;
    }
    times.push(((performance.now() - begin) * 1e6) / count / messages);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] as number;
};

const rows = Object.entries(sets).map(([name, datagrams]) => {
  const decoded = datagrams.map((bytes) => decodeMessages(bytes));
  const lossless = datagrams.map((bytes) => decodeMessages(bytes, { lossless: true }));
  const messages = decoded.flat().length;
  const each = (run: (bytes: Uint8Array) => unknown) => () => datagrams.map(run);
  const encode = (all: Message[][]) => () => all.map((some) => encodeMessages(some));
  const figures = {
    decode: each((bytes) => decodeMessages(bytes)),
    "decode, lossless": each((bytes) => decodeMessages(bytes, { lossless: true })),
    encode: encode(decoded),
    "encode, lossless": encode(lossless),
    explain: each((bytes) => explain(bytes)),
  };
  const cells = Object.fromEntries(
    Object.entries(figures).map(([what, run]) => [what, Math.round(measure(run, messages))]),
  );
  return { message: name, count: messages, ...cells };
});

console.log(
  `ns a message, median of ${ROUNDS}; node ${process.version}, Linux ${release()}, ${cpus()[0]?.model ?? "?"}`,
);
console.table(rows);
if (kept === undefined) throw new Error("nothing was measured");
