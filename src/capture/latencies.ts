// How long requests took, by message.
import type { Outcome } from "./exchange.ts";

/** Of one kind of request; times in nanoseconds, undefined where the capture has none. */
export interface Latencies {
  /** Its message. */
  readonly name: string;
  /** How many were asked. */
  readonly requests: number;
  /** How many of them were refused. */
  readonly refused: number;
  /** How many the capture has no answer to, though one was due. */
  readonly unanswered: number;
  /** The shortest. */
  readonly min?: bigint;
  /** Half of them took no longer. */
  readonly median?: bigint;
  /** 95 in 100 took no longer. */
  readonly p95?: bigint;
  /** The longest. */
  readonly max?: bigint;
}

/** Times that are kept of each kind: of more, evenly chosen ones, so that memory does not grow. */
const KEPT = 10_000;

class Sample {
  count = 0;
  refused = 0;
  unanswered = 0;
  min: bigint | undefined;
  max: bigint | undefined;
  #times: bigint[] = [];
  /** One of how many is kept. */
  #every = 1;
  #seen = 0;

  add(time: bigint): void {
    if (this.min === undefined || time < this.min) this.min = time;
    if (this.max === undefined || time > this.max) this.max = time;
    if (this.#seen++ % this.#every !== 0) return;
    this.#times.push(time);
    if (this.#times.length < KEPT) return;
    this.#times = this.#times.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }

  /** The value that a part of all is not above. */
  quantile(part: number): bigint | undefined {
    const sorted = [...this.#times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  }
}

/** Gathers times. */
export interface LatencyTable {
  /**
   * One more request.
   * @param name of its message
   * @param outcome what became of it
   * @param latency nanoseconds to its last answer
   */
  add(name: string, outcome: Outcome | undefined, latency: bigint | undefined): void;
  /** What there is so far, the most frequent first. */
  rows(): Latencies[];
}

/** Makes an empty table. */
export const latencyTable = (): LatencyTable => {
  const samples = new Map<string, Sample>();
  return {
    add(name, outcome, latency) {
      const sample = samples.get(name) ?? new Sample();
      samples.set(name, sample);
      sample.count++;
      if (outcome === "error") sample.refused++;
      if (outcome === "none") sample.unanswered++;
      if (latency !== undefined) sample.add(latency);
    },
    rows: () =>
      [...samples]
        .sort(([, a], [, b]) => b.count - a.count)
        .map(([name, sample]) => {
          const { count, refused, unanswered, min, max } = sample;
          const median = sample.quantile(0.5);
          const p95 = sample.quantile(0.95);
          const times = min === undefined || max === undefined || median === undefined || p95 === undefined;
          return { name, requests: count, refused, unanswered, ...(times ? {} : { min, median, p95, max }) };
        }),
  };
};
