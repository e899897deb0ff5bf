// Bytes <-> strings.
import type { Writer } from "./bytes.ts";
import { EncodeError } from "./errors.ts";

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });
const toUtf8 = /* @__PURE__ */ new TextEncoder();

/** Names that were read lately, by a hash of their bytes. Dumps say the same few again and again: 60 -> 15 ns a name. */
const NAMES: string[] = /* @__PURE__ */ Array.from({ length: 256 }, () => "");
/** IFNAMSIZ and what else is worth remembering. */
const NAME_MAX = 24;

/** Text up to the first NUL, or to the end when there is none (the kernel itself sends both). */
export const textOf = (u8: Uint8Array, at: number, end: number): string => {
  let hash = 0;
  let stop = at;
  for (; stop < end; stop++) {
    const c = u8[stop] as number;
    if (c === 0) break;
    if (c > 0x7f) {
      const payload = u8.subarray(at, end);
      const nul = payload.indexOf(0);
      return utf8.decode(nul < 0 ? payload : payload.subarray(0, nul));
    }
    hash = (hash * 31 + c) | 0;
  }
  if (stop - at > NAME_MAX) return ascii(u8, at, stop);
  const slot = (hash ^ (hash >>> 8)) & 255;
  const known = NAMES[slot] as string;
  if (known.length === stop - at && isText(known, u8, at)) return known;
  const text = ascii(u8, at, stop);
  NAMES[slot] = text;
  return text;
};

const isText = (text: string, u8: Uint8Array, at: number): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== u8[at + i]) return false;
  return true;
};

const ascii = (u8: Uint8Array, at: number, end: number): string => {
  let text = "";
  for (let i = at; i < end; i++) text += String.fromCharCode(u8[i] as number);
  return text;
};

/** Half of a surrogate pair: no UTF-8 says it, and TextEncoder would silently write U+FFFD. */
const HALF = /\p{Surrogate}/u;

/**
 * TextEncoder costs more than a short name is worth: only what is not ASCII goes there.
 * @throws EncodeError for a lone surrogate
 */
export const writeText = (w: Writer, text: string): void => {
  const at = w.room(text.length);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 0x7f) {
      if (HALF.test(text)) throw new EncodeError("BAD_VALUE", `${quote(text)} has half of a surrogate pair`);
      w.rewind(at);
      w.raw(toUtf8.encode(text));
      return;
    }
    w.u8[at + i] = c;
  }
};

/** What a terminal or a diff may not see raw: controls, DEL, C1, bidi and other invisible format characters, line separators. */
const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const escapeOne = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Text that cannot move a cursor, end a line or reorder what is around it. JSON stays the same JSON.
 * @param text to be printed
 */
export const printable = (text: string): string => text.replace(HOSTILE, escapeOne);

/** Text as a JSON string that cannot move a cursor, end a line or reorder what is around it. */
export const quote = (text: string): string => printable(JSON.stringify(text));

/** Text for a place that has no quotes (an error's words, a table): the same escapes, without quotes. */
export const plain = (text: string): string => quote(text).slice(1, -1);

/** A string's bytes, quoted. What is not UTF-8 is shown as `\\x..`, which no text can produce. */
export const quoteBytes = (u8: Uint8Array): string => {
  const nul = u8.indexOf(0);
  const bytes = nul < 0 ? u8 : u8.subarray(0, nul);
  const text = utf8.decode(bytes);
  if (!text.includes("\ufffd")) return quote(text);
  let out = "";
  for (let at = 0; at < bytes.length; ) {
    const size = sequence(bytes, at);
    const part = size === 0 ? undefined : utf8.decode(bytes.subarray(at, at + size));
    if (part === undefined || (part.includes("\ufffd") && !isReplacement(bytes, at))) {
      out += `\\\\x${(bytes[at] as number).toString(16).padStart(2, "0")}`;
      at++;
    } else {
      out += plain(part);
      at += size;
    }
  }
  return `"${out}"`;
};

/** How many bytes the UTF-8 sequence that begins at `at` claims; 0 when none begins there. */
const sequence = (u8: Uint8Array, at: number): number => {
  const c = u8[at] as number;
  const size = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
  return at + size <= u8.length ? size : 0;
};
/** U+FFFD that was really sent. */
const isReplacement = (u8: Uint8Array, at: number): boolean =>
  u8[at] === 0xef && u8[at + 1] === 0xbf && u8[at + 2] === 0xbd;

/** "hex:0102" */
export const hexText = (u8: Uint8Array): string => `hex:${digitsOf(u8)}`;

/** Longer payloads go another way: V8 makes a tree of what is added bit by bit, which takes 30 bytes a byte until somebody reads it. */
const SHORT = 256;
const latin1 = /* @__PURE__ */ new TextDecoder("latin1");

/** "0102" */
export const digitsOf = (u8: Uint8Array): string => {
  if (u8.length > SHORT) {
    const digits = new Uint8Array(u8.length * 2);
    for (let i = 0; i < u8.length; i++) {
      digits[2 * i] = digit((u8[i] as number) >> 4);
      digits[2 * i + 1] = digit((u8[i] as number) & 15);
    }
    return latin1.decode(digits);
  }
  let text = "";
  for (const b of u8) text += OCTET[b];
  return text;
};

/** ASCII of a hex digit. */
const digit = (value: number): number => value + (value < 10 ? 0x30 : 0x57);

/** Text of every octet, made once: measured cheaper than any conversion byte by byte. */
export const OCTET: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) =>
  i.toString(16).padStart(2, "0"),
);
