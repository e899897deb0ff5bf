// Addresses and hardware addresses <-> text. Rendered by their length; read back by their form.
import type { Writer } from "./bytes.ts";
import { EncodeError } from "./errors.ts";
import { shown } from "./expect.ts";
import { OCTET } from "./text.ts";

const octets = (u8: Uint8Array, at: number, end: number): string => {
  let text = at < end ? (OCTET[u8[at] as number] as string) : "";
  for (let i = at + 1; i < end; i++) text += `:${OCTET[u8[i] as number]}`;
  return text;
};

/** Ten zero bytes, then ff ff: an IPv4 address in IPv6's clothes. */
const isMapped = (u8: Uint8Array, at: number): boolean => {
  for (let i = 0; i < 10; i++) if (u8[at + i] !== 0) return false;
  return u8[at + 10] === 0xff && u8[at + 11] === 0xff;
};

/** RFC 5952: the longest run of two or more zero groups becomes "::"; a mapped IPv4 address keeps its dots (section 5). */
const ip6 = (u8: Uint8Array, at: number): string => {
  if (u8[at] === 0 && isMapped(u8, at)) return `::ffff:${ipText(u8, at + 12, at + 16)}`;
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; ) {
    let j = i;
    while (j < 8 && u8[at + 2 * j] === 0 && u8[at + 2 * j + 1] === 0) j++;
    if (j - i > bestLength) {
      best = i;
      bestLength = j - i;
    }
    i = j + 1;
  }
  let text = "";
  for (let i = 0; i < 8; i++) {
    if (i === best) {
      text += "::";
      i += bestLength - 1;
    } else {
      if (i > 0 && i !== best + bestLength) text += ":";
      text += (((u8[at + 2 * i] as number) << 8) | (u8[at + 2 * i + 1] as number)).toString(16);
    }
  }
  return text;
};

/** Text of every octet in decimal, without and with the dot before it. */
const DECIMAL: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => `${i}`);
const DOTTED: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => `.${i}`);

/** The first three octets of addresses read lately, by these: neighbours in a dump share them. 45 -> 20 ns an address. */
const NETS = /* @__PURE__ */ Array.from({ length: 256 }, () => ({ key: -1, text: "" }));

/**
 * Addresses that came twice, by their number, and their text: the gateway of many routes is one string. What comes once, as the
 * destinations of a dump do, is only noted in SEEN, and drives none of them out.
 */
const SEEN = /* @__PURE__ */ new Int32Array(1024);
const KEPT = /* @__PURE__ */ new Int32Array(1024);
const TEXTS: string[] = /* @__PURE__ */ Array.from({ length: 1024 }, () => "0.0.0.0");

const ip4 = (u8: Uint8Array, at: number): string => {
  const number =
    ((u8[at] as number) << 24) |
    ((u8[at + 1] as number) << 16) |
    ((u8[at + 2] as number) << 8) |
    (u8[at + 3] as number);
  const slot = (number ^ (number >>> 10) ^ (number >>> 20)) & 1023;
  if (KEPT[slot] === number) return TEXTS[slot] as string;
  const text = ip4Text(u8, at);
  if (SEEN[slot] === number) {
    KEPT[slot] = number;
    TEXTS[slot] = text;
  }
  SEEN[slot] = number;
  return text;
};

const ip4Text = (u8: Uint8Array, at: number): string => {
  const b = u8[at + 1] as number;
  const c = u8[at + 2] as number;
  const key = ((u8[at] as number) << 16) | (b << 8) | c;
  const net = NETS[(key ^ (key >>> 8)) & 255] as { key: number; text: string };
  if (net.key !== key) {
    net.key = key;
    net.text = (DECIMAL[u8[at] as number] as string) + (DOTTED[b] as string) + (DOTTED[c] as string);
  }
  return net.text + (DOTTED[u8[at + 3] as number] as string);
};

/** 4 bytes: IPv4; 16: IPv6; any other length: octets with colons, eight of them with hyphens, for with colons they are an IPv6 address. */
export const ipText = (u8: Uint8Array, at: number, end: number): string => {
  if (end - at === 4) return ip4(u8, at);
  if (end - at === 16) return ip6(u8, at);
  const text = octets(u8, at, end);
  return end - at === 8 ? text.replaceAll(":", "-") : text;
};

/** Ethernet addresses read lately: a link says its own three times, and every port its bridge's. 50 -> 8 ns each. */
const MACS = /* @__PURE__ */ Array.from({ length: 256 }, () => ({ high: -1, low: 0, text: "" }));

const ethernet = (u8: Uint8Array, at: number): string => {
  const high = ((u8[at] as number) << 8) | (u8[at + 1] as number);
  const last = u8[at + 5] as number;
  const low = ((u8[at + 2] as number) << 24) | ((u8[at + 3] as number) << 16) | ((u8[at + 4] as number) << 8) | last;
  const known = MACS[(last ^ (u8[at + 4] as number) ^ high) & 255] as { high: number; low: number; text: string };
  if (known.high !== high || known.low !== low) {
    known.high = high;
    known.low = low;
    known.text = octets(u8, at, at + 6);
  }
  return known.text;
};

const OCTETS = /^[\da-f]{2}(:[\da-f]{2})*$/i;

/**
 * A link-layer address: 6 bytes of Ethernet, 20 of InfiniBand; the 4 or 16 of an IP tunnel as that IP address. Sixteen bytes that
 * would read like eight octets ("12:34:…") keep their leading zeros, so that text has one meaning.
 */
export const hardwareText = (u8: Uint8Array, at: number, end: number): string => {
  if (end - at === 6) return ethernet(u8, at);
  if (end - at !== 4 && end - at !== 16) return octets(u8, at, end);
  const text = ipText(u8, at, end);
  return end - at === 16 && OCTETS.test(text) ? text.replace(/[\da-f]+/g, (g) => g.padStart(4, "0")) : text;
};

const notAn = (what: string, text: string): EncodeError =>
  new EncodeError("BAD_ADDRESS", `${shown(text)} is no ${what}`);

const ZERO = 48;
const DOT = 46;

/**
 * The number of an IPv4 address that is all of the text up to `end`: four groups of one to three digits. A look at each character
 * instead of a pattern: 250 -> 20 ns.
 * @returns -1 for what is none
 */
export const ip4Value = (text: string, end: number = text.length): number => {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === DOT) {
      if (digits === 0 || ++dots > 3) return -1;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
    } else {
      if (c < ZERO || c > ZERO + 9 || ++digits > 3) return -1;
      octet = octet * 10 + c - ZERO;
      if (octet > 255) return -1;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
};

const ip4Bytes = (text: string): Uint8Array | undefined => {
  const value = ip4Value(text);
  return value < 0 ? undefined : new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
};

const COLON = 58;

/** What a hexadecimal digit counts; -1 for any other character. */
const hexValue = (c: number): number => {
  if (c >= ZERO && c <= ZERO + 9) return c - ZERO;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
};

/** RFC 4291 2.2: groups, "::" for at least one of zeros, the last two perhaps as IPv4. By characters too: 3 µs -> 150 ns. */
const ip6Bytes = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(16);
  const end = text.length;
  let at = 0;
  /** Where "::" stands. */
  let gap = -1;
  let i = 0;
  if (text.charCodeAt(0) === COLON && text.charCodeAt(1) === COLON) {
    gap = 0;
    i = 2;
  }
  while (i < end) {
    const begin = i;
    let value = 0;
    for (let digit = hexValue(text.charCodeAt(i)); i < end && digit >= 0; digit = hexValue(text.charCodeAt(++i))) {
      if (i - begin === 4) return undefined;
      value = (value << 4) | digit;
    }
    const isDotted = text.charCodeAt(i) === DOT;
    if (at > (isDotted ? 12 : 14)) return undefined;
    if (isDotted) {
      const last = ip4Value(text.slice(begin));
      if (last < 0) return undefined;
      new DataView(bytes.buffer).setUint32(at, last);
      at += 4;
      break;
    }
    if (i === begin) return undefined;
    bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
    if (i === end) break;
    // A colon, and something behind it: another group or, once, another colon.
    if (text.charCodeAt(i++) !== COLON || i === end) return undefined;
    if (text.charCodeAt(i) !== COLON) continue;
    if (gap >= 0) return undefined;
    gap = at;
    i++;
  }
  if (gap < 0) return at === 16 ? bytes : undefined;
  if (at === 16) return undefined;
  const behind = at - gap;
  bytes.copyWithin(16 - behind, gap, at);
  return bytes.fill(0, gap, 16 - behind);
};

const octetBytes = (text: string): Uint8Array | undefined => {
  if (text === "") return new Uint8Array(0);
  const count = (text.length + 1) / 3;
  if (!Number.isInteger(count)) return undefined;
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const high = hexValue(text.charCodeAt(3 * i));
    const low = hexValue(text.charCodeAt(3 * i + 1));
    if (high < 0 || low < 0 || (i < count - 1 && text.charCodeAt(3 * i + 2) !== COLON)) return undefined;
    bytes[i] = (high << 4) | low;
  }
  return bytes;
};

/** Eight octets of `ipText`. */
const HYPHENS = /^[\da-f]{2}(-[\da-f]{2}){7}$/i;
const unhyphened = (text: string): string => (HYPHENS.test(text) ? text.replaceAll("-", ":") : text);

/**
 * The reverse of `ipText`.
 * @throws EncodeError BAD_ADDRESS
 */
export const ipBytes = (text: string): Uint8Array => {
  const bytes =
    typeof text === "string" ? (ip4Bytes(text) ?? ip6Bytes(text) ?? octetBytes(unhyphened(text))) : undefined;
  if (bytes === undefined) throw notAn("address", text);
  return bytes;
};

/**
 * Appends the bytes of `ipBytes`.
 * @throws EncodeError BAD_ADDRESS
 */
export const writeIp = (w: Writer, text: string): void => {
  const value = typeof text === "string" ? ip4Value(text) : -1;
  if (value < 0) {
    w.raw(ipBytes(text));
    return;
  }
  const at = w.room(4);
  w.dv.setUint32(at, value);
};

/**
 * The reverse of `hardwareText`: groups of two digits are octets, whatever their number.
 * @throws EncodeError BAD_ADDRESS
 */
export const hardwareBytes = (text: string): Uint8Array => {
  const bytes = typeof text === "string" ? (octetBytes(text) ?? ip4Bytes(text) ?? ip6Bytes(text)) : undefined;
  if (bytes === undefined) throw notAn("hardware address", text);
  return bytes;
};

/**
 * An IP address, or octets, as the codec writes them: "FD00::0:1" is "fd00::1".
 * @throws EncodeError BAD_ADDRESS
 */
export const canonicalIp = (text: string): string => {
  const bytes = ipBytes(text);
  return ipText(bytes, 0, bytes.length);
};
