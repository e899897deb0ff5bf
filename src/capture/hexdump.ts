// Hexdumps with a column of offsets: xxd, hexdump -C, od -Ax -tx1, tcpdump -x, Wireshark's.
import { plain } from "../codec/text.ts";
import { Collector } from "./collector.ts";
import type { Captured, CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { collected } from "./found.ts";
import { MAX_DATAGRAM } from "./limit.ts";
import { lineParser } from "./lines.ts";

/** xxd "00000010: 3800", tcpdump "\t0x0010:  3800": groups up to two spaces, then text. */
const WITH_COLON = /^\s*(?:0x)?([\da-f]{4,16}):[ \t]+((?:[\da-f]{2})+(?: (?:[\da-f]{2})+)*)?/i;
/** hexdump -C "00000010  38 00": bytes, one or two spaces between, at most 16; then "|" or more spaces. */
const WITHOUT =
  /^([\da-f]{4,16})(?:[ \t]+([\da-f]{2}(?: {1,2}[\da-f]{2}){0,15})(?=$|[\s|]))?\s*(?:[^\da-f\s]|\s{2}|$)/i;

/** Offset and digits of a line; undefined: it is none of a hexdump. */
const parts = (line: string): { offset: number; hex: string } | undefined => {
  const [, offset, hex = ""] = WITH_COLON.exec(line) ?? WITHOUT.exec(line) ?? [];
  return offset === undefined ? undefined : { offset: Number.parseInt(offset, 16), hex: hex.replaceAll(" ", "") };
};

/** A line of tcpdump's, and the first of a packet. */
const TCPDUMP = /^\s+0x[\da-f]{4,8}:/;
const TCPDUMP_FIRST = /^\s+0x0{4,8}:/;

interface Line {
  readonly text: string;
  readonly number: number;
}

const sameBytes = ({ bytes }: Captured, { bytes: others }: Captured): boolean =>
  bytes.length === others.length && bytes.every((byte, i) => byte === others[i]);

/**
 * Reads hexdumps whose lines begin with an offset. Offset 0 and an empty line begin a datagram; "*" stands for lines like the one before.
 * A datagram whose offsets contradict its bytes is left out.
 * @param options protocol and byte order of the datagrams
 */
export const hexdumpParser = (options: CaptureOptions = {}): CaptureParser => {
  const bytes = new Collector();
  let last = "";
  let repeats = false;
  let damaged = false;
  /** What stands below a heading of tcpdump's, which prints a packet of netlink twice there: unasked, and for -x. */
  let underHeading: Captured | undefined;
  let headed = false;
  const finish = (out: CaptureItem[]): void => {
    if (damaged) bytes.take();
    if (bytes.length > 0) {
      const item = collected(bytes, options);
      if (!headed || underHeading === undefined || !sameBytes(underHeading, item)) out.push(item);
      underHeading = item;
    }
    repeats = damaged = false;
  };
  const add = (hex: string): void => {
    for (let p = 0; p < hex.length; p += 2) bytes.add(Number.parseInt(hex.slice(p, p + 2), 16));
  };
  const read = ({ text, number }: Line, out: CaptureItem[]): void => {
    if (text.trim() === "") finish(out);
    if (text.trim() === "" || text.startsWith("#")) return;
    if (text.trim() === "*") {
      repeats = last !== "";
      return;
    }
    const said = parts(text);
    if (said === undefined) {
      out.push({ problem: `"${plain(text.slice(0, 40))}" is no line of a hexdump`, line: number });
      return;
    }
    if (said.offset === 0) finish(out);
    if (repeats && said.offset <= MAX_DATAGRAM) while (bytes.length < said.offset) add(last);
    repeats = false;
    if (said.offset !== bytes.length) {
      const due = bytes.length.toString(16);
      if (!damaged) out.push({ problem: `offset ${said.offset.toString(16)}, but ${due} is due`, line: number });
      damaged = true;
      return;
    }
    add(said.hex);
    last = said.hex;
  };
  /** What tcpdump says above a packet, in any of its forms, is known by the line below it. */
  const head = (out: CaptureItem[]): void => {
    finish(out);
    headed = true;
    underHeading = undefined;
  };
  let held: Line | undefined;
  const pass = (next: string | undefined, out: CaptureItem[]): void => {
    if (held === undefined) return;
    if (next !== undefined && TCPDUMP_FIRST.test(next) && !TCPDUMP.test(held.text) && held.text.trim() !== "")
      head(out);
    else read(held, out);
    held = undefined;
  };
  return lineParser({
    line(text, number, out) {
      pass(text, out);
      held = { text, number };
    },
    end(out) {
      pass(undefined, out);
      finish(out);
    },
  });
};
