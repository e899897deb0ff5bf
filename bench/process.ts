// A contender as a process: started inside a namespace, asked by lines ("routes 0" -> "nanoseconds count more…").
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { spawnIn } from "../src/socket/named-netns.ts";

/** What one operation cost. */
export interface Sample {
  readonly ns: number;
  /** Messages, requests or events. */
  readonly count: number;
  /** What else the operation says: percentiles, overruns. */
  readonly more: readonly number[];
}
/** The same of a process that did nothing else. */
export interface OnceSample extends Sample {
  /** From spawn to exit, milliseconds. */
  readonly wholeMs: number;
  /** VmHWM, MiB. */
  readonly peakMib: number;
}

/** Everything that was started: what is left of it at the end is killed. */
const running = new Set<ChildProcess>();
export const killAll = (): void => {
  for (const child of running) child.kill("SIGKILL");
};

const start = (netns: string, [file = "", ...args]: readonly string[]) => {
  const child = spawnIn(netns, file, args, { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("no pipes");
  let complaint = "";
  stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  // A process that died says so by its end; EPIPE adds nothing.
  stdin.on("error", () => {});
  const ended = once(child, "close").then(
    ([code, signal]) => {
      running.delete(child);
      return code === 0 ? undefined : new Error(`${file} ${args.join(" ")} ended with ${code ?? signal}: ${complaint}`);
    },
    (error: Error) => error,
  );
  return { child, stdin, stdout, ended };
};

const sampleOf = (line: string): Sample => {
  const [ns = Number.NaN, count = Number.NaN, ...more] = line.split(" ").map(Number);
  if (Number.isNaN(ns + count)) throw new Error(`a contender answered ${JSON.stringify(line)}`);
  return { ns, count, more };
};

/** A contender that stays. */
export class Worker {
  readonly #started: ReturnType<typeof start>;
  readonly #lines: AsyncIterator<string>;

  constructor(netns: string, command: readonly string[]) {
    this.#started = start(netns, command);
    this.#lines = createInterface({ input: this.#started.stdout })[Symbol.asyncIterator]();
  }

  /** One operation; they take turns. */
  async ask(operation: string, argument = 0): Promise<Sample> {
    this.#started.stdin.write(`${operation} ${argument}\n`);
    const { value, done } = await this.#lines.next();
    if (done !== true) return sampleOf(value);
    throw (await this.#started.ended) ?? new Error("a contender ended early");
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#started.stdin.end();
    this.#started.child.kill();
    await this.#started.ended;
  }
}

/** A process for one operation: its first call, the whole of it, and its memory. */
export const runOnce = async (
  netns: string,
  command: readonly string[],
  operation: string,
  argument = 0,
): Promise<OnceSample> => {
  const begin = performance.now();
  const { stdout, stdin, ended } = start(netns, [...command, "--once", operation, `${argument}`]);
  stdin.end();
  let text = "";
  stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const error = await ended;
  const wholeMs = performance.now() - begin;
  if (error !== undefined) throw error;
  const [line = "", kib = ""] = text.split("\n");
  return { ...sampleOf(line), wholeMs, peakMib: Number(kib) / 1024 };
};
