// What the contenders written for Node share: a line in, a line out, as bench/process.ts asks and c/common.h answers.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** What an operation gives: results to keep, or figures of its own. */
export interface Outcome {
  /** How many messages, requests or events it was. */
  readonly count: number;
  /** What a caller would have in hand. */
  readonly kept?: unknown;
  /** Nanoseconds, when not the whole operation is the measure. */
  readonly ns?: number;
  /** More figures. */
  readonly more?: readonly number[];
}
export type Operation = (argument: number) => Promise<Outcome> | Outcome;
export type Operations = Readonly<Record<string, Operation>>;

/**
 * Results of the last operation live until the next one has its own: a benchmark that drops them measures an allocator that never
 * has to collect.
 */
let kept: unknown;

const perform = async (operations: Operations, name: string, argument: number): Promise<string> => {
  const operation = operations[name];
  if (operation === undefined) throw new Error(`no operation ${name}`);
  const begin = process.hrtime.bigint();
  const outcome = await operation(argument);
  const ns = outcome.ns ?? Number(process.hrtime.bigint() - begin);
  kept = outcome.kept;
  return [Math.round(ns), outcome.count, ...(outcome.more ?? []).map(Math.round)].join(" ");
};

/** VmHWM in KiB. Not process.resourceUsage().maxRSS: that one is inherited through exec from the parent that forked us. */
const peak = (): number => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1]);

/**
 * Answers operations from standard input, or does the one behind --once.
 * @param operations by name
 * @param close lets go of sockets, so that the process ends
 */
export const serve = async (operations: Operations, close: () => void): Promise<void> => {
  const [once, name = "", argument = "0"] = process.argv.slice(2);
  if (once === "--once") {
    const line = await perform(operations, name, Number(argument));
    console.log(`${line}\n${peak()}`);
  } else {
    for await (const line of createInterface({ input: process.stdin })) {
      const [operation = "", value = "0"] = line.split(" ");
      console.log(await perform(operations, operation, Number(value)));
    }
  }
  close();
  if (kept === null) throw new Error("an operation kept null");
};

/** Total, p50 and p99 of single calls. */
export const timesOf = (times: Float64Array): Outcome => {
  const ns = times.reduce((sum, time) => sum + time, 0);
  const { length } = times.sort();
  return { ns, count: length, more: [times[length >> 1] ?? 0, times[Math.floor((length * 99) / 100)] ?? 0] };
};

/** Times each of many calls that come one after the other. */
export const oneByOne = async (count: number, call: (i: number) => Promise<unknown>): Promise<Outcome> => {
  const times = new Float64Array(count);
  const results: unknown[] = [];
  for (let i = 0; i < count; i++) {
    const begin = performance.now();
    results.push(await call(i));
    times[i] = (performance.now() - begin) * 1e6;
  }
  return { ...timesOf(times), kept: results };
};

/** The same, blocking. */
export const oneByOneSync = (count: number, call: (i: number) => unknown): Outcome => {
  const times = new Float64Array(count);
  const results: unknown[] = [];
  for (let i = 0; i < count; i++) {
    const begin = performance.now();
    results.push(call(i));
    times[i] = (performance.now() - begin) * 1e6;
  }
  return { ...timesOf(times), kept: results };
};
