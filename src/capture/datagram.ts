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
  /** Its length in bytes before it was cut; undefined: it is whole, or `cut`. */
  readonly truncated?: number;
  /** It was cut, its reader's buffer being too short (MSG_TRUNC); how long it was, nobody was told. */
  readonly cut?: true;
}

/** A system call on a netlink socket that failed, as a strace log has it. */
export interface FailedCall {
  /** recvmsg. */
  readonly name: string;
  /** Its errno: "ENOBUFS". */
  readonly code: string;
  /** The protocol's constant. */
  readonly protocol: string;
  /** Who would have spoken. */
  readonly direction: ">" | "<";
  /** pid and descriptor. */
  readonly socket: string;
  /** Nanoseconds since the epoch. */
  readonly time?: bigint;
}

/** A problem of the input: what follows it is read all the same. */
export interface CaptureProblem {
  /** What is wrong, for a person; safe to print. */
  readonly problem: string;
  /** Line of a text, counted from 1. */
  readonly line?: number;
  /** Byte of a binary file, counted from 0. */
  readonly offset?: number;
  /** What happened to the program that was watched: no fault of the input. */
  readonly call?: FailedCall;
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

/**
 * A failed call in words: what it means that nothing was heard, where that is known.
 * @param call what a strace log says
 */
export const callText = ({ name, code, direction }: FailedCall): string => {
  if (direction === ">") return `${name} failed: ${code}, nothing was sent`;
  return code === "ENOBUFS"
    ? `${name} failed: ENOBUFS, messages were lost (the receive buffer was full)`
    : `${name} failed: ${code}`;
};
