// What every input format gives: datagrams that somebody captured, and what was wrong with the rest.

/** A datagram that somebody captured. */
export interface Captured {
  /** The protocol's constant: "NETLINK_ROUTE"; one that has no name: "NETLINK_42". */
  readonly protocol: string;
  /** ">" to the kernel, "<" from it; undefined: the capture does not say. */
  readonly direction: ">" | "<" | undefined;
  /** What was captured of it: one or several messages. */
  readonly bytes: Uint8Array;
  /** Nanoseconds since the epoch; undefined: the capture does not say. */
  readonly time?: bigint;
  /** Byte order of the machine that wrote the bytes. */
  readonly byteOrder: "little" | "big";
  /** Who had it: pid and descriptor in a strace log, "1234:3". */
  readonly socket?: string;
  /** Its length in bytes before it was cut; undefined: it is whole. */
  readonly truncated?: number;
}

/** A problem of the input: what follows it is read all the same. */
export interface CaptureProblem {
  /** What is wrong, for a person; safe to print. */
  readonly problem: string;
  /** Line of a text, counted from 1. */
  readonly line?: number;
  /** Byte of a binary file, counted from 0. */
  readonly offset?: number;
}

/** What a parser gives: input is hostile, so a problem is an item, and the rest goes on. */
export type CaptureItem = Captured | CaptureProblem;

/** Reads one format piece by piece; memory does not grow with the input. */
export interface CaptureParser {
  /** Takes the next bytes and gives what they complete. */
  push(chunk: Uint8Array): CaptureItem[];
  /** The input has ended: gives what was open. */
  end(): CaptureItem[];
}

/** What a parser has to be told where the input is silent. */
export interface CaptureOptions {
  /** Of datagrams that name none. Default: "NETLINK_ROUTE". */
  readonly protocol?: string | undefined;
  /** Of all bytes. Default: what their lengths look like. */
  readonly byteOrder?: "little" | "big" | undefined;
}

/** Is an item a datagram? */
export const isCaptured = (item: CaptureItem): item is Captured => "bytes" in item;
