// base64, RFC 4648, in either alphabet.
import { plain } from "../codec/text.ts";
import { Collector } from "./collector.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { collected } from "./found.ts";

const NEWLINE = 0x0a;
const HASH = 0x23;
const PAD = 0x3d;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGIT: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(255);
  for (let i = 0; i < 64; i++) table[ALPHABET.charCodeAt(i)] = i;
  table["-".charCodeAt(0)] = 62;
  table["_".charCodeAt(0)] = 63;
  return table;
})();

/**
 * Reads base64. An empty line, or padding, ends a datagram; a line that begins with "#" is a comment. A datagram with anything else
 * in it is left out.
 * @param options protocol and byte order of the datagrams
 */
export const base64Parser = (options: CaptureOptions = {}): CaptureParser => {
  const bytes = new Collector();
  let number = 1;
  let column = 0;
  let blank = true;
  let skip: "" | "comment" | "line" = "";
  let bits = 0;
  let held = 0;

  let damaged = false;

  const complain = (problem: string, out: CaptureItem[]): void => {
    if (!damaged) out.push({ problem, line: number });
    damaged = true;
  };
  const endDatagram = (out: CaptureItem[]): void => {
    if (held >= 6) complain("one base64 digit too many: it makes no byte", out);
    bits = held = 0;
    if (damaged) bytes.take();
    if (bytes.length > 0) out.push(collected(bytes, options));
    damaged = false;
  };
  const see = (c: number, out: CaptureItem[]): void => {
    if (c === NEWLINE) {
      if (blank && skip === "") endDatagram(out);
      number++;
      column = 0;
      blank = true;
      skip = "";
      return;
    }
    if (column++ === 0 && c === HASH) skip = "comment";
    if (skip !== "" || c === 0x20 || c === 0x09 || c === 0x0d) return;
    blank = false;
    if (c === PAD) {
      endDatagram(out);
      return;
    }
    const digit = DIGIT[c] as number;
    if (digit === 255) {
      complain(`"${plain(String.fromCharCode(c))}" is no base64 digit`, out);
      skip = "line";
      return;
    }
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held < 8) return;
    held -= 8;
    bytes.add((bits >> held) & 0xff);
  };
  return {
    push(chunk) {
      const out: CaptureItem[] = [];
      for (const c of chunk) see(c, out);
      return out;
    },
    end() {
      const out: CaptureItem[] = [];
      endDatagram(out);
      return out;
    },
  };
};
