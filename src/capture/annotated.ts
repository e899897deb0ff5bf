// The annotated hexdump: one text that is fixture, debugger output and documentation. Written from what `explain` gives; read back
// by its hex columns alone.
import type { Field } from "../codec/explain-field.ts";
import { OCTET, plain } from "../codec/text.ts";
import { MAX_DATAGRAM } from "./limit.ts";

/** Bytes a line. */
const WIDTH = 8;
/** Characters of the hex column. */
const HEX = WIDTH * 3 - 1;

/** A datagram on its way between a program and the kernel. */
export interface Datagram {
  /** ">" to the kernel, "<" from it. */
  readonly direction: ">" | "<";
  /** The protocol's constant: "NETLINK_ROUTE". */
  readonly protocol: string;
  /** The bytes. */
  readonly bytes: Uint8Array;
}
/** One that a text holds, or points at. */
export interface AnnotatedDatagram extends Datagram {
  /** Lines that began with "#" before it, without that. */
  readonly comments: readonly string[];
  /** "bulk.hex:3": the bytes are not in this text but in line 3 of that file; `bytes` is empty. */
  readonly reference?: string | undefined;
}

/** A text that is no annotated hexdump, or one whose columns contradict each other. */
export class CaptureError extends SyntaxError {
  /** Always "CaptureError". */
  override readonly name = "CaptureError";
  /** Counted from 1. */
  readonly line: number;
  /**
   * @param line counted from 1
   * @param what is wrong with it
   */
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.line = line;
  }
}

const label = ({ constant, text, issue }: Field, depth: number): string =>
  "  ".repeat(depth) + [constant, text, issue === undefined ? "" : `!${issue}`].filter((part) => part !== "").join(" ");

const line = (bytes: Uint8Array, at: number, end: number, text: string): string => {
  let hex = "";
  for (let i = at; i < end; i++) hex += `${i === at ? "" : " "}${OCTET[bytes[i] as number]}`;
  return `${at.toString(16).padStart(5, "0")}  ${text === "" ? hex : `${hex.padEnd(HEX)}   ${text}`}`;
};

/** Where lines go; the last one may be taken back. */
interface Lines {
  push(line: string): void;
  pop(): string | undefined;
}

/** Lines that are put together some thousand at a time: those of 16 MB, each by itself, take a gigabyte. */
const MANY = 4096;
const text = (): Lines & { end(): string } => {
  const parts: string[] = [];
  let lines: string[] = [];
  return {
    push(line) {
      if (lines.length >= MANY) {
        parts.push(lines.join("\n"));
        lines = [];
      }
      lines.push(line);
    },
    // A label for a bitfield is added to the line before, which has just come.
    pop: () => lines.pop(),
    end: () => [...parts, ...lines, ""].join("\n"),
  };
};

/** The lines of a field: its own bytes with its label, then its children. */
const fieldLines = (bytes: Uint8Array, field: Field, depth: number, out: Lines): void => {
  const own = field.children[0]?.offset ?? field.offset + field.length;
  for (let at = field.offset; at < own; at += WIDTH) {
    out.push(line(bytes, at, Math.min(own, at + WIDTH), at === field.offset ? label(field, depth) : ""));
  }
  // A bitfield in a byte that another one has already.
  if (field.length === 0 && field.value !== undefined && field.text !== "") {
    out.push(`${out.pop() ?? ""}, ${label(field, 0)}`);
  }
  for (const child of field.children) fieldLines(bytes, child, depth + 1, out);
};

/**
 * The annotated lines of a datagram.
 * @param bytes the datagram
 * @param fields what `explain` gave for it
 */
export const annotate = (bytes: Uint8Array, fields: readonly Field[]): string[] => {
  const out: string[] = [];
  annotateInto(bytes, fields, out);
  return out;
};

const annotateInto = (bytes: Uint8Array, fields: readonly Field[], out: Lines): void => {
  // A message has no bytes of its own: its header's fields are its first children, and stand at the margin.
  for (const message of fields) {
    if (message.children.length === 0) fieldLines(bytes, message, 0, out);
    else for (const child of message.children) fieldLines(bytes, child, 0, out);
  }
};

/**
 * A datagram as text: direction and protocol, then its annotated lines.
 * @param datagram the datagram
 * @param fields what `explain` gave for it
 */
export const annotatedText = ({ direction, protocol, bytes }: Datagram, fields: readonly Field[]): string => {
  const out = text();
  out.push(`${direction} ${protocol}`);
  annotateInto(bytes, fields, out);
  return out.end();
};

const HEADER = /^([<>]) (\S+)(?: (\S+:\d+))?$/;
const OFFSET = /^([\da-f]{5,})(?: {2}|$)/;

/** Does a text look like an annotated hexdump? */
export const isAnnotated = (text: string): boolean =>
  text.split("\n").some((l) => HEADER.test(l) || /^[\da-f]{5} {2}[\da-f]{2}( |$)/.test(l));

/** What reading an annotated hexdump line by line gives. */
export interface AnnotatedSink {
  /** A datagram is complete; `direction` is undefined where no line said it. */
  datagram(found: Omit<AnnotatedDatagram, "direction"> & { readonly direction: ">" | "<" | undefined }): void;
  /** A line that cannot be; the datagram that it belongs to is not given. */
  problem(line: number, what: string): void;
}
/** Takes the lines of an annotated hexdump. */
export interface AnnotatedReader {
  /** The next line, counted from 1. */
  line(text: string, number: number): void;
  /** There are no more. */
  end(): void;
}

/**
 * Reads annotated hexdumps line by line: only directions, offsets and hex columns count, and the offsets must agree with the bytes.
 * @param protocol for datagrams that name none
 * @param sink told of datagrams and problems
 */
export const annotatedReader = (protocol: string, sink: AnnotatedSink): AnnotatedReader => {
  interface Head {
    readonly direction: ">" | "<" | undefined;
    readonly protocol: string;
    readonly comments: readonly string[];
    readonly reference?: string;
  }
  let head: Head | undefined;
  let bytes: number[] = [];
  let comments: string[] = [];
  let damaged = false;
  const end = (): void => {
    if (head !== undefined && !damaged) sink.datagram({ ...head, bytes: Uint8Array.from(bytes) });
    head = undefined;
    bytes = [];
    damaged = false;
  };
  const begin = (next: Omit<Head, "comments">): void => {
    end();
    head = { ...next, comments };
    comments = [];
  };
  const complain = (number: number, what: string): void => {
    if (!damaged) sink.problem(number, what);
    damaged = true;
  };
  const dumped = (offset: string, column: string, number: number): void => {
    if (head === undefined || (offset === "00000" && bytes.length !== 0)) begin({ direction: undefined, protocol });
    if (damaged) return;
    if (Number.parseInt(offset, 16) !== bytes.length) {
      complain(number, `offset ${offset}, but ${bytes.length.toString(16).padStart(5, "0")} is due`);
      return;
    }
    for (const group of column.trim().split(" ")) {
      if (!/^[\da-f]{2}$/.test(group)) complain(number, `"${plain(group)}" in the hex column is no byte`);
      else if (bytes.length < MAX_DATAGRAM) bytes.push(Number.parseInt(group, 16));
    }
  };
  return {
    line(text, number) {
      if (text.startsWith("#")) {
        // A file of comments alone shall not fill the memory.
        if (comments.length < 1000) comments.push(text.replace(/^# ?/, ""));
        return;
      }
      if (text.trim() === "") return;
      const [, direction, name = protocol, reference] = HEADER.exec(text) ?? [];
      const offset = OFFSET.exec(text);
      if (direction !== undefined) {
        begin({ direction: direction as ">" | "<", protocol: name, ...(reference === undefined ? {} : { reference }) });
      } else if (offset === null) complain(number, "neither a direction, a comment, nor an offset with bytes");
      else dumped(offset[1] as string, text.slice(offset[0].length, offset[0].length + HEX), number);
    },
    end,
  };
};

/**
 * Reads annotated hexdumps: only directions, offsets and hex columns count, and the offsets must agree with the bytes. Lines
 * without a direction before them belong to a request of `protocol`.
 * @param text the dump
 * @param protocol for datagrams that name none. Default: "NETLINK_ROUTE"
 * @throws CaptureError
 */
export const parseAnnotated = (text: string, protocol = "NETLINK_ROUTE"): AnnotatedDatagram[] => {
  const out: AnnotatedDatagram[] = [];
  const reader = annotatedReader(protocol, {
    datagram: ({ direction = ">", ...rest }) => out.push({ direction, ...rest }),
    problem: (line, what) => {
      throw new CaptureError(line, what);
    },
  });
  text.split("\n").forEach((line, i) => {
    reader.line(line.replace(/\r$/, ""), i + 1);
  });
  reader.end();
  return out;
};
