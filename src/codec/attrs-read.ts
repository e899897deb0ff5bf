// A nest of TLVs -> one object, by its table.
import {
  type Attrs,
  MAX_DEPTH,
  NLA_F,
  NLA_TYPE_MASK,
  type Original,
  otherwise,
  type RawAttribute,
  wire,
} from "./attribute.ts";
import { align4, type Reader } from "./bytes.ts";
import type { AttrTable, Codec, Field } from "./codec.ts";
import { Malformed } from "./errors.ts";

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
  readonly originals: Map<number, Original>;
  readonly padding: Map<number, Uint8Array>;
  /** Where the value of each property came from, last one first to go. */
  readonly places: Map<Field, Place>;
}

/** Reads the attributes in u8[start, end). Malformed ones go to `unknown` with an issue; strict, the first is thrown. */
export const readAttrs = (table: AttrTable, r: Reader, start: number, end: number): object => {
  if (r.depth >= MAX_DEPTH) throw new Malformed("TOO_DEEP", start, MAX_DEPTH);
  r.depth++;
  const { byId } = table;
  const { dv, u8, little } = r;
  const values: Values = {};
  const kept: Keeping | undefined = r.scratch && {
    words: [],
    originals: new Map(),
    padding: new Map(),
    places: new Map(),
  };
  const unknown: RawAttribute[] = [];
  const waiting: (readonly [Field, Place])[] = [];
  let at = start;
  for (let index = 0; end - at >= 4; index++) {
    const length = dv.getUint16(at, little);
    if (length < 4 || length > end - at) break;
    const place: Place = { word: dv.getUint16(at + 2, little), at: at + 4, end: at + length, index };
    const field = byId[place.word & NLA_TYPE_MASK];
    kept?.words.push(place.word);
    if (field === undefined) leave(r, unknown, kept, place);
    else if (field.codec.kind === "choice") waiting.push([field, place]);
    else take(r, values, unknown, kept, field, place);
    at = Math.min(end, at + align4(length));
    if (kept !== undefined) keepPadding(r, kept, place, at);
  }
  // A payload that depends on a sibling is read last: the kind may come behind its data.
  for (const [field, place] of waiting) take(r, values, unknown, kept, field, place);
  if (at < end) {
    complain(
      r,
      end - at >= 4
        ? new Malformed("TRUNCATED", at, dv.getUint16(at, little), end - at)
        : new Malformed("TRAILING", at, end - at),
    );
  }
  const out: Values = {};
  for (const field of table.fields) {
    const value = values[field.name];
    if (value !== undefined) out[field.name] = value;
  }
  if (unknown.length > 0) out.unknown = unknown;
  if (kept !== undefined) {
    const { words, originals, padding } = kept;
    out[wire] = { words, originals, padding, tail: at < end ? u8.slice(at, end) : undefined };
  }
  r.depth--;
  return out;
};

/** "multipath[1].via": what went wrong stood below these. */
export const pathOf = (r: Reader): string => r.path.join(".").replaceAll(".[", "[");

const complain = (r: Reader, fault: Malformed): void => {
  if (r.issues === undefined) throw fault;
  const { code, offset, found, expected } = fault;
  r.issues.push({ code, offset, path: pathOf(r), found, ...(expected === undefined ? {} : { expected }) });
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
  const { net, depth, header } = r;
  const level = r.path.push(field.name);
  r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
  let value: unknown;
  try {
    value = field.codec.read(r, at, end, values);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    complain(r, error);
    r.depth = depth;
    r.header = header;
  }
  r.path.length = level - 1;
  if (value === undefined) {
    r.net = net;
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
  if (kept !== undefined && r.scratch !== undefined) {
    r.scratch.net = r.net;
    r.scratch.header = r.header;
    const canonical = otherwise(r.scratch, r.u8, at, end, field.codec as Codec<never>, value, values, field.constant);
    r.scratch.net = false;
    if (canonical !== undefined) kept.originals.set(index, { bytes: r.u8.slice(at, end), canonical });
  }
  r.net = net;
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
