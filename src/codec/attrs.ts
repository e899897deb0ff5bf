// The attribute table: one nest of TLVs <-> one object.
import {
  type Attrs,
  type AttrsWire,
  MAX_DEPTH,
  NLA_F,
  NLA_TYPE_MASK,
  type Original,
  otherwise,
  type RawAttribute,
  wire,
  writeAttribute,
  writeRaw,
} from "./attribute.ts";
import { align4, type Reader, type Writer } from "./bytes.ts";
import type { AttrTable, Codec, Field, Repeated } from "./codec.ts";
import { EncodeError, Malformed } from "./errors.ts";
import { upperSnake } from "./names.ts";

/** [id, codec], and the C constant where the naming rule does not give it. */
export type AttrSpec<T> = {
  readonly [K in Exclude<keyof T, "unknown" | typeof wire>]-?: readonly [
    id: number,
    codec: Codec<NonNullable<T[K]>>,
    constant?: string,
  ];
};

/**
 * Declares the attributes of one nest. The spec is a function so that tables may be circular (a veth's peer is a link) and nothing
 * is built before its first use.
 * @param prefix what the constants have in common: "IFLA_"
 * @param spec id and codec of each property of T
 */
/* @__NO_SIDE_EFFECTS__ */
export const attrs = <T extends Attrs>(prefix: string, spec: () => AttrSpec<T>): AttrTable<T> =>
  new Table<T>(prefix, spec as () => AnySpec);

type AnySpec = { readonly [name: string]: readonly [id: number, codec: Codec<unknown>, constant?: string] };
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

class Table<T> implements AttrTable<T> {
  readonly kind = "attrs";
  readonly prefix: string;
  readonly #spec: () => AnySpec;
  #fields: readonly Field[] | undefined;
  #byId: readonly (Field | undefined)[] = [];
  #byName: ReadonlyMap<string, Field> = new Map();
  constructor(prefix: string, spec: () => AnySpec) {
    this.prefix = prefix;
    this.#spec = spec;
  }
  get fields(): readonly Field[] {
    return this.#fields ?? this.#build();
  }
  get byId(): readonly (Field | undefined)[] {
    this.#fields ?? this.#build();
    return this.#byId;
  }
  get byName(): ReadonlyMap<string, Field> {
    this.#fields ?? this.#build();
    return this.#byName;
  }
  #build(): readonly Field[] {
    const fields = Object.entries(this.#spec()).map(([name, [id, codec, constant]]) => ({
      name,
      id,
      codec,
      constant: constant ?? this.prefix + upperSnake(name),
    }));
    const byId: (Field | undefined)[] = Array.from({ length: 1 + Math.max(-1, ...fields.map((f) => f.id)) });
    for (const field of fields) {
      const other = byId[field.id];
      if (other !== undefined) throw new TypeError(`${field.constant} and ${other.constant} are both ${field.id}`);
      byId[field.id] = field;
    }
    this.#byId = byId;
    this.#byName = new Map(fields.map((f) => [f.name, f]));
    this.#fields = fields;
    return fields;
  }

  read(r: Reader, start: number, end: number): T {
    if (r.depth >= MAX_DEPTH) throw new Malformed("TOO_DEEP", start, MAX_DEPTH);
    r.depth++;
    const { byId } = this;
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
    for (const field of this.fields) {
      const value = values[field.name];
      if (value !== undefined) out[field.name] = value;
    }
    if (unknown.length > 0) out.unknown = unknown;
    if (kept !== undefined) out[wire] = { ...kept, tail: at < end ? u8.slice(at, end) : undefined };
    r.depth--;
    return out as T;
  }

  write(w: Writer, value: T, _siblings: object, constant: string): void {
    if (typeof value !== "object" || value === null) {
      throw new EncodeError("BAD_VALUE", `expected attributes, got ${value === null ? "null" : typeof value}`);
    }
    if (w.depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
    w.depth++;
    const values = value as Values;
    const kept = values[wire];
    if (kept === undefined) this.#writeKeys(w, values, constant, undefined, values.unknown ?? []);
    else this.#writeKept(w, values, constant, kept);
    w.depth--;
  }

  /** In the order of the object's own keys; what a lossless decode has already placed is left out. */
  #writeKeys(
    w: Writer,
    values: Values,
    constant: string,
    used: ReadonlyMap<Field, number> | undefined,
    unknown: readonly (RawAttribute | undefined)[],
  ): void {
    for (const name of Object.keys(values)) {
      if (name === "unknown") {
        for (const raw of unknown) if (raw !== undefined) writeRaw(w, raw.word, raw.bytes);
        continue;
      }
      const field = this.byName.get(name);
      if (field === undefined) {
        throw new EncodeError(
          "UNKNOWN_NAME",
          `${constant || "a message"} has no attribute "${name}" (${this.prefix}…)`,
        );
      }
      if (values[name] === undefined) continue;
      const nth = used?.get(field) ?? 0;
      if (field.codec.kind === "repeated") writeItems(w, field, (values[name] as unknown[]).slice(nth), values);
      else if (nth === 0) writeField(w, field, undefined, values[name], values);
    }
  }

  /** In wire order as far as it is known, then what is new. */
  #writeKept(w: Writer, values: Values, constant: string, kept: AttrsWire): void {
    const used = new Map<Field, number>();
    const unknown: (RawAttribute | undefined)[] = [...(values.unknown ?? [])];
    for (let i = 0; i < kept.words.length; i++) {
      const word = kept.words[i] as number;
      const original = kept.originals.get(i);
      const padding = kept.padding.get(i);
      if (word < 0) {
        const raw = unknown[~word];
        unknown[~word] = undefined;
        if (raw !== undefined) writeRaw(w, raw.word, raw.bytes, padding);
        continue;
      }
      if (original !== undefined && original.canonical === undefined) {
        writeRaw(w, word, original.bytes, padding);
        continue;
      }
      const field = this.byId[word & NLA_TYPE_MASK] as Field;
      const nth = used.get(field) ?? 0;
      used.set(field, nth + 1);
      if (field.codec.kind !== "repeated") {
        const one = values[field.name];
        if (one !== undefined) writeField(w, field, word, one, values, original, padding);
      } else {
        const items = (values[field.name] ?? []) as unknown[];
        if (nth < items.length) writeField(w, itemOf(field), word, items[nth], values, original, padding);
      }
    }
    this.#writeKeys(w, values, constant, used, unknown);
    if (kept.tail !== undefined) w.raw(kept.tail);
  }
}

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

/** The field of one occurrence of a repeated attribute. */
const itemOf = (field: Field): Field => ({ ...field, codec: (field.codec as unknown as Repeated).of });

const writeItems = (w: Writer, field: Field, items: readonly unknown[], values: Values): void => {
  const one = itemOf(field);
  for (const item of items) writeField(w, one, undefined, item, values);
};

const isNest = (codec: Codec<unknown>): boolean =>
  codec.kind === "attrs" || codec.kind === "indexed" || codec.kind === "choice";

const writeField = (
  w: Writer,
  field: Field,
  given: number | undefined,
  value: unknown,
  values: Values,
  original?: Original,
  padding?: Uint8Array,
): void => {
  const word = given ?? (isNest(field.codec) && w.nests(field.constant) ? field.id | NLA_F.NESTED : field.id);
  try {
    writeAttribute(w, field.codec, field.constant, word, value, values, original, padding);
  } catch (error) {
    throw error instanceof EncodeError ? error.within(field.name) : error;
  }
};
