// What a connection has seen: plain numbers, for a metrics endpoint.

/** Counts since the connection was made. All only grow. */
export interface Counters {
  /** Datagrams handed to the kernel. */
  readonly sent: number;
  /** Datagrams taken from it. */
  readonly received: number;
  /** Requests that were sent again: a dump that changed under way, a question whose answer was lost. */
  readonly retries: number;
  /** Answers to requests that were settled or given up: late ones, and duplicates. Ignored. */
  readonly late: number;
  /** Messages for a number or a port that was never ours. Ignored. */
  readonly strays: number;
  /** How often the kernel said that it dropped something: ENOBUFS. */
  readonly overruns: number;
  /** Datagrams that were cut. */
  readonly truncated: number;
}

/** The same, for the side that counts. */
export type Counting = { -readonly [K in keyof Counters]: number };

export const counting = (): Counting => ({
  sent: 0,
  received: 0,
  retries: 0,
  late: 0,
  strays: 0,
  overruns: 0,
  truncated: 0,
});
