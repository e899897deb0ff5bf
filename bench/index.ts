// `npm run bench`: nlkit beside a C floor, C with libmnl, `ip`, and what else is installed, in namespaces of its own. README.md says how to
// read it.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release } from "node:os";
import { parseArgs } from "node:util";
import { Networks, removeAll, removeStale } from "./namespaces.ts";
import { killAll } from "./process.ts";
import { codec } from "./sections/codec.ts";
import { decode } from "./sections/decode.ts";
import { links, memory, neighbours, routes } from "./sections/dumps.ts";
import { events, watch } from "./sections/events.ts";
import type { Section } from "./sections/lab.ts";
import { network } from "./sections/network.ts";
import { changes, requests } from "./sections/requests.ts";
import { startup } from "./sections/startup.ts";
import { type Row, tableOf, tally } from "./table.ts";
import { output, prepare, removeFolder } from "./tools.ts";

const SECTIONS: Readonly<Record<string, Section>> = {
  routes,
  links,
  neighbours,
  memory,
  requests,
  changes,
  events,
  watch,
  network,
  codec,
  startup,
  decode,
};

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" }, rounds: { type: "string" } },
});
const { quick } = values;
const rounds = Number(values.rounds ?? (quick ? 3 : 5));
// bench/codec.ts alone takes most of a minute.
const wanted = values.only?.split(",") ?? Object.keys(SECTIONS).filter((name) => !(quick && name === "codec"));
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error(`bench: --only takes some of ${Object.keys(SECTIONS).join(",")}; --rounds a number`);
  process.exit(2);
}
if (process.getuid?.() !== 0) {
  console.error("bench: needs root, to make network namespaces");
  process.exit(2);
}

const cleanUp = (): void => {
  killAll();
  removeAll();
  removeFolder();
};
process.on("exit", cleanUp);
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  // "exit" comes on every way out: also after an exception that nobody caught.
  process.on(signal, () => process.exit(code));
}

/** What the figures depend on. */
const circumstances = (): string[] => [
  `- date: ${new Date().toISOString()}; ${quick ? "a quick run, " : ""}median of ${rounds} interleaved rounds`,
  `- kernel: Linux ${release()}; ${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
  `- Node ${process.version}, V8 ${process.versions["v8"]}; ${output("gcc", ["--version"])?.split("\n")[0] ?? "no gcc"}; ${output("ip", ["-V"]) ?? "no ip"}`,
  `- nlkit at ${output("git", ["describe", "--always", "--dirty"]) ?? "?"}; load ${loadavg()
    .map((load) => load.toFixed(2))
    .join(" ")}`,
];

const notes: string[] = [];
const rows: Row[] = [];
const begin = performance.now();
removeStale();
const before = circumstances();
const tools = await prepare(quick);
notes.push(...tools.notes);
const lab = { networks: new Networks(), tools, quick, rounds, note: (text: string) => void notes.push(text) };
for (const name of wanted) {
  console.error(`bench: ${name} …`);
  try {
    rows.push(...((await SECTIONS[name]?.(lab)) ?? []));
  } catch (error) {
    // The other sections are worth having.
    console.error(error);
    notes.push(`${name} failed: ${(error as Error).message.split("\n")[0]}`);
    process.exitCode = 1;
  }
}
const took = `- took ${((performance.now() - begin) / 1000).toFixed(0)} s; ${tally(rows)}`;
const text = [...before, took, ...notes.map((note) => `- ${note}`), "", tableOf(rows), ""].join("\n");
console.log(text);
if (values.only === undefined && !quick) {
  const file = `bench/results/${new Date().toISOString().slice(0, 10)}-${release()}.md`;
  mkdirSync("bench/results", { recursive: true });
  writeFileSync(file, `# npm run bench\n\n${text}`);
  console.error(`bench: written to ${file}`);
}
