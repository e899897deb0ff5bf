// A nest of TLVs -> one object, by its table.
import {
  type Attrs,
  eachAttribute,
  MAX_DEPTH,
  NLA_F,
  NLA_TYPE_MASK,
  type Original,
  otherwise,
  type RawAttribute,
  unframed,
  wire,
} from "./attribute.ts";
import { align4, type Reader, type Writer } from "./bytes.ts";
import type { AttrTable, Codec, Field } from "./codec.ts";
import { EncodeError } from "./errors.ts";
import { fault } from "./fault.ts";

type Values = { [name: string]: unknown } & Attrs;
/** Where an attribute stands: its type word, payload bounds, and place in the nest. */
interface Place {
  readonly word: number;
  readonly at: number;
  readonly end: number;
  readonly index: number;
}
/** What lossless decoding collects. */
interface Keeping {
  readonly words: number[];
  readonly raws: RawAttribute[];
  readonly originals: Map<number, Original>;
  readonly padding: Map<number, Uint8Array>;
  /** Where the value of each property came from, last one first to go. */
  readonly places: Map<Field, Place>;
}

/**
 * Reads the attributes in u8[start, end). Malformed ones go to `unknown` with an issue.
 * @throws DecodeError in a strict decode
 */
export const readAttrs = (table: AttrTable, r: Reader, start: number, end: number): object | undefined => {
  if (r.depth >= MAX_DEPTH) return fault(r, "TOO_DEEP", start, MAX_DEPTH);
  const wanted = r.depth === 0 ? r.fields?.get(table) : undefined;
  r.depth++;
  const { byId } = table;
  const values: Values = {};
  const unknown: RawAttribute[] = [];
  const kept: Keeping | undefined = r.scratch && {
    words: [],
    raws: unknown,
    originals: new Map(),
    padding: new Map(),
    places: new Map(),
  };
  const waiting: (readonly [Field, Place])[] = [];
  let index = 0;
  const stop = eachAttribute(r, start, end, (word, at, to, next) => {
    if (wanted !== undefined && wanted[word & NLA_TYPE_MASK] !== 1) return;
    const place: Place = { word, at, end: to, index: index++ };
    const field = byId[word & NLA_TYPE_MASK];
    kept?.words.push(word);
    if (field === undefined) leave(r, unknown, kept, place);
    else if (field.codec.kind === "choice") waiting.push([field, place]);
    else take(r, values, unknown, kept, field, place);
    if (kept !== undefined) keepPadding(r, kept, place, next);
  });
  // A payload that depends on a sibling is read last: the kind may come behind its data.
  for (const [field, place] of waiting) take(r, values, unknown, kept, field, place);
  if (stop < end) {
    const [code, found, due] = unframed(r, stop, end);
    fault(r, code, stop, found, due);
  }
  const out: Values = {};
  for (const field of table.fields) {
    const value = values[field.name];
    if (value !== undefined) out[field.name] = value;
  }
  if (unknown.length > 0) out.unknown = unknown;
  if (kept !== undefined) {
    const { words, originals, padding } = kept;
    const tail = stop < end ? r.u8.slice(stop, end) : undefined;
    out[wire] = { words, raws: [...unknown], originals, padding, tail };
  }
  r.depth--;
  return out;
};

const leave = (
  r: Reader,
  unknown: RawAttribute[],
  kept: Keeping | undefined,
  { word, at, end, index }: Place,
): void => {
  const count = unknown.push({ word, bytes: r.u8.slice(at, end) });
  if (kept !== undefined) kept.words[index] = ~(count - 1);
};

/** Reads one declared attribute into `values`; a malformed one goes to `unknown`, with an issue. */
const take = (
  r: Reader,
  values: Values,
  unknown: RawAttribute[],
  kept: Keeping | undefined,
  field: Field,
  place: Place,
): void => {
  const { word, at, end, index } = place;
  const { net } = r;
  const level = r.path.push(field.name);
  r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
  const value: unknown = field.codec.read(r, at, end, values);
  const original = value === undefined ? undefined : kept && originalOf(r, field, place, value, values);
  r.path.length = level - 1;
  r.net = net;
  if (value === undefined || original === UNWRITABLE) {
    leave(r, unknown, kept, place);
    return;
  }
  const before = values[field.name];
  if (field.codec.kind === "repeated" && before !== undefined) {
    (before as unknown[]).push(...(value as unknown[]));
  } else {
    // Of two attributes of one type the last counts, as for the kernel's nla_parse.
    const earlier = kept?.places.get(field);
    if (kept !== undefined && earlier !== undefined) {
      kept.originals.set(earlier.index, { bytes: r.u8.slice(earlier.at, earlier.end), canonical: undefined });
    }
    values[field.name] = value;
    kept?.places.set(field, place);
  }
  if (original !== undefined) kept?.originals.set(index, original);
};

/** A value that was read and cannot be written: it stays raw. */
const UNWRITABLE: Original = { bytes: /* @__PURE__ */ new Uint8Array(0), canonical: undefined };

/** The bytes to keep beside a value: those that encoding it would not give. */
const originalOf = (
  r: Reader,
  field: Field,
  { at, end }: Place,
  value: unknown,
  values: Values,
): Original | undefined => {
  const scratch = r.scratch as Writer;
  const from = scratch.pos;
  scratch.net = r.net;
  scratch.header = r.header;
  try {
    const canonical = otherwise(scratch, r.u8, at, end, field.codec as Codec<never>, value, values, field.constant);
    return canonical && { bytes: r.u8.slice(at, end), canonical };
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    scratch.rewind(from);
    scratch.depth = 0;
    return UNWRITABLE;
  } finally {
    scratch.net = false;
  }
};

/** Padding is kept where it is not what encoding would write: not zero, or cut off by the end of the nest. */
const keepPadding = (r: Reader, kept: Keeping, { at, end, index }: Place, next: number): void => {
  const due = align4(end - at) - (end - at);
  for (let p = end; p < next; p++) {
    if (r.u8[p] !== 0) {
      kept.padding.set(index, r.u8.slice(end, next));
      return;
    }
  }
  if (next - end < due) kept.padding.set(index, r.u8.slice(end, next));
};
