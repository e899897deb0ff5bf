// `nlkit decode -j` of a capture: how long beside tshark and cat, and how much memory a stream takes, however long it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { recordedPcap, STREAM_NAMES, type Stream, streamOf } from "../captures.ts";
import { interleave } from "../rounds.ts";
import type { Row } from "../table.ts";
import { CLI, output } from "../tools.ts";
import type { Lab, Section } from "./lab.ts";

const MIB = 1 << 20;
/** Says its peak of memory when it ends: VmHWM, since ru_maxrss is inherited from the parent. */
const PEAK = `data:text/javascript,${encodeURIComponent(
  'import{readFileSync,writeSync}from"node:fs";process.on("exit",()=>writeSync(3,/VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status","utf8"))[1]))',
)}`;

const speed = async (lab: Lab): Promise<Row> => {
  const file = join(dirname(dirname(dirname(CLI))), "recorded.pcap");
  const count = recordedPcap(file, lab.quick ? 10_000 : 100_000);
  const commands = {
    nlkit: [process.execPath, CLI, "decode", "-j", file],
    tshark: ["tshark", "-r", file, "-T", "json"],
    cat: ["cat", file],
  };
  const names = Object.keys(commands) as (keyof typeof commands)[];
  const run = async (name: keyof typeof commands): Promise<number> => {
    const begin = performance.now();
    const [program = "", ...args] = commands[name];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    let bytes = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    const [code] = await once(child, "close");
    // 1: some of what was recorded was meant to be malformed.
    if ((code !== 0 && !(name === "nlkit" && code === 1)) || bytes < count)
      throw new Error(`${name} ended with ${code}`);
    return performance.now() - begin;
  };
  const there = names.filter((name) => name !== "tshark" || output("tshark", ["--version"]) !== undefined);
  if (!there.includes("tshark")) lab.note("tshark is not there (Debian: apt install tshark)");
  const cells = await interleave(there, lab.rounds, run, Number.POSITIVE_INFINITY);
  return {
    measure: `pcap of ${count.toLocaleString("en")} messages (${(statSync(file).size / MIB).toFixed(0)} MiB) to NDJSON, whole process`,
    unit: "ms",
    cells: Object.fromEntries(cells),
    base: "tshark",
    // Of a short one, half is Node's own start.
    bars: lab.quick ? [] : [{ limit: 0.1, over: "tshark" }],
  };
};

/** Peak memory of `nlkit decode -j -`, in MiB. */
const peak = async (form: Stream, bytes: number): Promise<number> => {
  const stdio = ["pipe", "ignore", "ignore", "pipe"] as const;
  const child = spawn(process.execPath, ["--import", PEAK, CLI, "decode", "-j", "-"], { stdio: [...stdio] });
  let said = "";
  (child.stdio[3] as Readable).on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  if (child.stdin === null) throw new Error("no pipe");
  Readable.from(streamOf(form, bytes)).pipe(child.stdin);
  await once(child, "close");
  if (!/^\d+$/.test(said)) throw new Error(`nlkit decode of a stream said ${JSON.stringify(said)}`);
  return Number(said) / 1024;
};

const memory = async ({ quick }: Lab): Promise<Row[]> => {
  const sizes = quick ? [16, 64] : [64, 1024];
  const rows: Row[] = [];
  for (const form of STREAM_NAMES) {
    for (const size of sizes) {
      const measure = `decode -j of a stream of one message, ${form}, ${size} MiB: peak memory`;
      rows.push({ measure, unit: "MiB", cells: { nlkit: [await peak(form, size * MIB)] }, bars: [{ limit: 192 }] });
    }
  }
  return rows;
};

export const decode: Section = async (lab) => [await speed(lab), ...(await memory(lab))];
