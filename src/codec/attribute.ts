// The TLV: struct nlattr, alias rtattr. Framing, the two flag bits of its type word, and what lossless decoding keeps beside values.
import { align4, type Reader, type Writer } from "./bytes.ts";
import type { Codec } from "./codec.ts";
import type { DecodeCode } from "./errors.ts";

/**
 * Flag bits of nla_type (linux/netlink.h).
 * @enum
 */
export const NLA_F = { NESTED: 0x8000, NET_BYTEORDER: 0x4000 } as const;
/** The 14 bits of nla_type that are the type. */
export const NLA_TYPE_MASK = 0x3fff;
/** The other two. */
export const NLA_FLAGS = 0xc000;
/** Deeper nests than the kernel ever makes; a bound for hostile ones. */
export const MAX_DEPTH = 32;

/** An attribute that no property holds: undeclared, or malformed. */
export interface RawAttribute {
  /** nla_type, flag bits included. */
  readonly word: number;
  /** Its payload. */
  readonly bytes: Uint8Array;
}

/**
 * The property under which lossless decoding keeps what a plain object cannot say: wire order, flag bits, padding, odd widths.
 * Enumerable, so that `{ ...attrs, mtu: 9000 }` carries it.
 */
export const wire: unique symbol = Symbol.for("nlkit.wire") as never;

/** The bytes that stood there, and what encoding would have written. While it would still write that, the original is written. */
export interface Original {
  /** What stood there. */
  readonly bytes: Uint8Array;
  /** Undefined: no property holds it (the earlier of two attributes of one type). */
  readonly canonical: Uint8Array | undefined;
}
/** What `[wire]` of an attribute object holds. */
export interface AttrsWire {
  /** Type words in wire order; a negative one, ~i, stands for raws[i]. */
  readonly words: readonly number[];
  /** The entries of `unknown` as they were. */
  readonly raws: readonly RawAttribute[];
  /** By place in the nest: attributes whose bytes encoding would not give. */
  readonly originals: ReadonlyMap<number, Original>;
  /** By place in the nest: padding that is not zeros up to a multiple of four. */
  readonly padding: ReadonlyMap<number, Uint8Array>;
  /** Bytes behind the last attribute. */
  readonly tail: Uint8Array | undefined;
}

/** What every table's interface extends. */
export interface Attrs {
  /**
   * Attributes that this table does not declare, or could not read. Written back by encoding: after the others, or, after a lossless decode,
   * each in its place among them. That place is kept by the identity of its object in this list: one that is taken out does not move the
   * others; a copy (`{ ...raw }`, `structuredClone`) is a new attribute, and goes to the end.
   */
  unknown?: readonly RawAttribute[] | undefined;
  /** Only after a lossless decode. */
  [wire]?: AttrsWire | undefined;
}

/**
 * Visits what u8[start, end) frames as attributes.
 * @param visit gets each type word, payload bounds, and where the next attribute begins
 * @returns where framing ends: at `end`, or before bytes that frame nothing
 */
export const eachAttribute = (
  r: Reader,
  start: number,
  end: number,
  visit: (word: number, at: number, end: number, next: number) => void,
): number => {
  const { dv, little } = r;
  let at = start;
  while (end - at >= 4) {
    const length = dv.getUint16(at, little);
    if (length < 4 || length > end - at) break;
    const next = Math.min(end, at + align4(length));
    visit(dv.getUint16(at + 2, little), at + 4, at + length, next);
    at = next;
  }
  return at;
};

/** What is wrong with the bytes in which `eachAttribute` found no frame. */
export const unframed = (
  r: Reader,
  at: number,
  end: number,
): readonly [code: DecodeCode, found: number, due?: number] =>
  end - at >= 4 ? ["TRUNCATED", r.dv.getUint16(at, r.little), end - at] : ["TRAILING", end - at];

/** What lossless decoding keeps on a list, under `wire`: the type words of its items. */
interface ListWire {
  readonly [wire]?: { readonly words: readonly number[] } | undefined;
}

/** Keeps on a list the type words of its items, where encoding would give others: then one item may change, and the rest stays. */
export const keepWords = (
  r: Reader,
  items: unknown[],
  words: readonly number[],
  due: (i: number) => number,
): unknown[] =>
  r.scratch === undefined || words.every((word, i) => word === due(i))
    ? items
    : Object.assign(items, { [wire]: { words } });

/** The type word that was kept for an item; undefined: none was, or the list has grown or shrunk since. */
export const keptWord = (items: readonly unknown[], i: number): number | undefined => {
  const words = (items as ListWire)[wire]?.words;
  return words?.length === items.length ? words[i] : undefined;
};

/** Writes an attribute whose payload is at hand. */
export const writeRaw = (w: Writer, word: number, bytes: Uint8Array, padding?: Uint8Array): void => {
  const at = w.open(word);
  w.raw(bytes);
  w.close(at, padding);
};

/** Writes one attribute; where the value is unchanged since a lossless decode, as the bytes that stood there. */
export const writeAttribute = (
  w: Writer,
  codec: Codec<unknown>,
  constant: string,
  word: number,
  value: unknown,
  siblings: object,
  original?: Original,
  padding?: Uint8Array,
): void => {
  const at = w.open(word);
  const net = w.net;
  w.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
  codec.write(w, value, siblings, constant);
  w.net = net;
  if (original?.canonical !== undefined && w.matches(at + 4, original.canonical, 0, original.canonical.length)) {
    w.rewind(at + 4);
    w.raw(original.bytes);
  }
  w.close(at, padding);
};

/**
 * What `value` encodes to, if that is not exactly u8[at, end). The test that makes lossless decoding lossless: it needs to know
 * nothing of what a codec leaves out.
 * @throws EncodeError when the value cannot be written at all (a nest that zero padding makes too long)
 */
export const otherwise = (
  scratch: Writer,
  u8: Uint8Array,
  at: number,
  end: number,
  codec: Codec<never>,
  value: unknown,
  siblings: object,
  constant: string,
): Uint8Array | undefined => {
  const from = scratch.pos;
  codec.write(scratch, value as never, siblings, constant);
  const canonical = scratch.matches(from, u8, at, end) ? undefined : scratch.since(from);
  scratch.rewind(from);
  return canonical;
};
