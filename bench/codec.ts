// ns a message, in memory: decode, encode, explain. `npm run script -- bench/codec.ts [VERSIONS]`; "22 24" runs it on those versions of
// Node too. Results are kept until the next round: a benchmark that drops them measures an allocator that never has to collect.
import { spawnSync } from "node:child_process";
import { cpus, release } from "node:os";
import { decodeMessages, encodeMessages, explain, type Message } from "../src/index.ts";
import { datagrams } from "./codec-data.ts";

const ROUNDS = 21;
const MILLISECONDS = 60;

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
  // The lower quartile: warm, with its share of collections, and without what else ran on the machine.
  return times.sort((a, b) => a - b)[ROUNDS >> 2] as number;
};

/** What the issue asks of plain decoding, where it does. */
const BARS: Record<string, number> = { "a route of 100,000": 130, "a link": 2900, "a link without statistics": 1500 };
const FIELDS = ["ifname", "address", "mtu", "operstate", "txqlen", "master", "link", "linkinfo"];

const rows = Object.entries(datagrams()).map(([name, all]) => {
  let messages = 0;
  for (const bytes of all) messages += decodeMessages(bytes).length;
  const figures: Record<string, number> = {};
  const figure = (what: string, run: () => unknown): void => {
    figures[what] = Math.round(measure(run, messages));
  };
  // A datagram's results go when the next one has its own, as in a program that reads a dump.
  const each = (what: string, run: (bytes: Uint8Array) => unknown): void =>
    figure(what, () => {
      for (const bytes of all) last = run(bytes);
      return last;
    });
  let last: unknown;
  // First, while nothing is kept for long: V8 would learn from that to allocate in old space, and plain decoding would take twice as long.
  each("decode", (bytes) => decodeMessages(bytes));
  if (name.startsWith("a link")) each("8 fields", (bytes) => decodeMessages(bytes, { fields: FIELDS }));
  each("lossless", (bytes) => decodeMessages(bytes, { lossless: true }));
  each("explain", (bytes) => explain(bytes));
  const encode = (what: string, some: Message[][]): void =>
    figure(what, () => some.map((list) => encodeMessages(list)));
  encode(
    "encode",
    all.map((bytes) => decodeMessages(bytes)),
  );
  encode(
    "encode, lossless",
    all.map((bytes) => decodeMessages(bytes, { lossless: true })),
  );
  return { message: name, count: messages, bar: BARS[name] ?? "", ...figures };
});

console.log(
  `ns a message, lower quartile of ${ROUNDS} rounds; node ${process.version}, Linux ${release()}, ${cpus()[0]?.model ?? "?"}`,
);
console.table(rows);
if (kept === undefined) throw new Error("nothing was measured");

for (const version of process.argv.slice(2)) {
  const { status } = spawnSync("npx", ["-y", `node@${version}`, process.argv[1] ?? ""], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
