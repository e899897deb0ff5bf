// Plain hex text, byte by byte: a line may be as long as a datagram, or as a disk.
import { plain } from "../codec/text.ts";
import { Collector } from "./collector.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { ABOUT_LENGTH, collected, type Facts, factsOf } from "./found.ts";

const NEWLINE = 0x0a;
const HASH = 0x23;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** Value of each hex digit, 16 for what sets bytes apart, 17 for the x of 0x and \x, 255 for all else. */
const CLASS: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(255);
  for (let i = 0; i < 16; i++) {
    table[i.toString(16).charCodeAt(0)] = i;
    table[i.toString(16).toUpperCase().charCodeAt(0)] = i;
  }
  for (const c of [NEWLINE, COMMA, COLON, BACKSLASH, 0x20, 0x09, 0x0b, 0x0c, 0x0d]) table[c] = 16;
  for (const c of "xX") table[c.charCodeAt(0)] = 17;
  return table;
})();
/** Characters of a bad word that are shown. */
const SHOWN = 40;

/**
 * Reads hex digits, however they are set apart: spaces, colons, commas, line ends, "0x" or "\\x" before a byte. An empty line ends a
 * datagram; a line that begins with "#" is a comment. A datagram with anything else in it is left out.
 * @param options protocol and byte order of the datagrams
 */
export const hexParser = (options: CaptureOptions = {}): CaptureParser => {
  const bytes = new Collector();
  let number = 1;
  /** Nothing but white space in this line so far. */
  let blank = true;
  /** Nothing at all in it. */
  let first = true;
  let skip: "" | "comment" | "word" | "line" = "";
  let nibble = -1;
  let afterBackslash = false;
  /** The word so far, and how long it is. */
  let word = "";
  let length = 0;

  let damaged = false;
  /** The comment so far, and what the one before the datagram says of it. */
  let comment = "";
  let facts: Facts = {};

  const endDatagram = (out: CaptureItem[]): void => {
    const isDue = damaged || bytes.length > 0;
    if (damaged) bytes.take();
    if (bytes.length > 0) out.push(collected(bytes, options, facts));
    if (isDue) facts = {};
    damaged = false;
  };
  const complain = (what: string, out: CaptureItem[]): void => {
    if (!damaged) out.push({ problem: `"${plain(word)}" is ${what}`, line: number });
    damaged = true;
  };
  const endWord = (out: CaptureItem[]): void => {
    if (skip === "word") {
      complain("not hex", out);
      skip = "line";
    } else if (nibble >= 0) complain("half a byte short", out);
    nibble = -1;
    word = "";
    length = 0;
  };
  const see = (c: number, out: CaptureItem[]): void => {
    const kind = CLASS[c] as number;
    if (c === NEWLINE) {
      if (skip !== "comment") endWord(out);
      else {
        const said = factsOf(comment);
        if (said.protocol !== undefined) facts = said;
      }
      if (blank && skip !== "comment") endDatagram(out);
      number++;
      blank = true;
      first = true;
      skip = "";
      return;
    }
    if (first && c === HASH) {
      skip = "comment";
      comment = "";
    } else if (skip === "comment" && comment.length < ABOUT_LENGTH) comment += String.fromCharCode(c);
    first = false;
    if (skip === "comment" || skip === "line") return;
    if (kind === 16) {
      endWord(out);
      afterBackslash = c === BACKSLASH;
      return;
    }
    blank = false;
    if (kind === 17 && (nibble === 0 || afterBackslash) && skip === "") {
      nibble = -1;
      word = "";
      length = 0;
      afterBackslash = false;
      return;
    }
    afterBackslash = false;
    if (length++ < SHOWN) word += String.fromCharCode(c);
    if (skip === "word") return;
    if (kind > 16) skip = "word";
    else if (nibble < 0) nibble = kind;
    else {
      bytes.add(nibble * 16 + kind);
      nibble = -1;
    }
  };
  return {
    push(chunk) {
      const out: CaptureItem[] = [];
      for (const c of chunk) see(c, out);
      return out;
    },
    end() {
      const out: CaptureItem[] = [];
      endWord(out);
      endDatagram(out);
      return out;
    },
  };
};
