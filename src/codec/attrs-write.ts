// One object -> a nest of TLVs, by its table.
import {
  type Attrs,
  type AttrsWire,
  MAX_DEPTH,
  NLA_F,
  NLA_TYPE_MASK,
  type Original,
  type RawAttribute,
  wire,
  writeAttribute,
  writeRaw,
} from "./attribute.ts";
import type { Writer } from "./bytes.ts";
import type { AttrTable, Codec, Field, Repeated } from "./codec.ts";
import { EncodeError } from "./errors.ts";

type Values = { [name: string]: unknown } & Attrs;
/** Appends the attributes of an object: in the order of its keys, or as a lossless decode found them. */
export const writeAttrs = (table: AttrTable, w: Writer, value: unknown, constant: string): void => {
  if (typeof value !== "object" || value === null) {
    throw new EncodeError("BAD_VALUE", `expected attributes, got ${value === null ? "null" : typeof value}`);
  }
  if (w.depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
  w.depth++;
  const values = value as Values;
  const kept = values[wire];
  if (kept === undefined) writeKeys(table, w, values, constant, w.pos, undefined, values.unknown ?? []);
  else writeKept(table, w, values, constant, kept);
  w.depth--;
};

/** Padding that was cut off at the end of a nest is due as soon as something follows. */
const alignTo = (w: Writer, start: number): void => {
  const rest = (w.pos - start) & 3;
  if (rest !== 0) w.zeros(4 - rest);
};

/** In the order of the object's own keys; what a lossless decode has already placed is left out. */
const writeKeys = (
  table: AttrTable,
  w: Writer,
  values: Values,
  constant: string,
  start: number,
  used: ReadonlyMap<Field, number> | undefined,
  unknown: readonly (RawAttribute | undefined)[],
): void => {
  for (const name of Object.keys(values)) {
    if (name === "unknown") {
      for (const raw of unknown) {
        if (raw === undefined) continue;
        alignTo(w, start);
        writeRaw(w, raw.word, raw.bytes);
      }
      continue;
    }
    if (values[name] !== undefined) alignTo(w, start);
    const field = table.byName.get(name);
    if (field === undefined) {
      throw new EncodeError("UNKNOWN_NAME", `${constant || "a message"} has no attribute "${name}" (${table.prefix}…)`);
    }
    if (values[name] === undefined) continue;
    const nth = used?.get(field) ?? 0;
    if (field.codec.kind === "repeated") writeItems(w, field, (values[name] as unknown[]).slice(nth), values);
    else if (nth === 0) writeField(w, field, undefined, values[name], values);
  }
};

/** In wire order as far as it is known, then what is new. */
const writeKept = (table: AttrTable, w: Writer, values: Values, constant: string, kept: AttrsWire): void => {
  const used = new Map<Field, number>();
  const unknown: (RawAttribute | undefined)[] = [...(values.unknown ?? [])];
  const start = w.pos;
  for (let i = 0; i < kept.words.length; i++) {
    alignTo(w, start);
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
    const field = table.byId[word & NLA_TYPE_MASK] as Field;
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
  writeKeys(table, w, values, constant, start, used, unknown);
  if (kept.tail !== undefined) w.raw(kept.tail);
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
