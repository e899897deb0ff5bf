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
import { LENGTH_ENDS, type Writer } from "./bytes.ts";
import type { AttrTable, Codec, Field, Repeated } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkBytes, checkKeys, checkList, checkRecord, ownOf, shown } from "./expect.ts";
import { plain } from "./text.ts";

type Values = { [name: string]: unknown } & Attrs;
/** Appends the attributes of an object: in the order of its keys, or as a lossless decode found them. */
export const writeAttrs = (table: AttrTable, w: Writer, value: unknown, constant: string): void => {
  checkRecord("attributes", value);
  if (w.depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
  w.depth++;
  const values = value as Values;
  const kept = values[wire];
  if (values.unknown !== undefined) checkUnknown(values.unknown);
  if (kept === undefined) writeKeys(table, w, values, constant, w.pos, undefined, values.unknown ?? []);
  else writeKept(table, w, values, constant, kept);
  w.depth--;
};

/** What `unknown` may hold: type words and bytes. */
const checkUnknown = (unknown: unknown): void => {
  try {
    checkList(unknown);
    (unknown as RawAttribute[]).forEach((raw, i) => {
      try {
        checkRecord("{ word, bytes }", raw);
        checkKeys(raw, ["word", "bytes"], "an unknown attribute");
        if (!Number.isInteger(raw.word) || raw.word < 0 || raw.word > 0xffff)
          throw new EncodeError("OUT_OF_RANGE", `${shown(raw.word)} is no u16`).within("word");
        checkBytes(raw.bytes, "bytes");
        if (raw.bytes.length > 0xffff - 4)
          throw new EncodeError("TOO_LONG", `${raw.bytes.length + 4} bytes: ${LENGTH_ENDS}`).within("bytes");
      } catch (error) {
        throw below(error, `[${i}]`);
      }
    });
  } catch (error) {
    throw below(error, "unknown");
  }
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
  unknown: readonly RawAttribute[],
): void => {
  const own = ownOf(values);
  for (const name in own) {
    if (name === "unknown") {
      for (const raw of unknown) {
        alignTo(w, start);
        writeRaw(w, raw.word, raw.bytes);
      }
      continue;
    }
    const value = own[name];
    if (value !== undefined) alignTo(w, start);
    const field = table.byName.get(name);
    if (field === undefined) {
      throw new EncodeError(
        "UNKNOWN_NAME",
        `${constant || "a message"} has no attribute "${plain(name)}" (${table.prefix}…)`,
      );
    }
    if (value === undefined) continue;
    const nth = used?.get(field) ?? 0;
    if (field.codec.kind === "repeated") writeItems(w, field, listOf(field, values).slice(nth), values);
    else if (nth === 0) writeField(w, field, undefined, value, values);
  }
};

/** In wire order as far as it is known, then what is new. */
const writeKept = (table: AttrTable, w: Writer, values: Values, constant: string, kept: AttrsWire): void => {
  const used = new Map<Field, number>();
  // By identity, not by place: what the caller took out of `unknown` must not shift what is left.
  const unknown = new Set(values.unknown);
  const start = w.pos;
  for (let i = 0; i < kept.words.length; i++) {
    alignTo(w, start);
    const word = kept.words[i] as number;
    const original = kept.originals.get(i);
    const padding = kept.padding.get(i);
    if (word < 0) {
      const raw = kept.raws[~word];
      if (raw !== undefined && unknown.delete(raw)) writeRaw(w, raw.word, raw.bytes, padding);
      continue;
    }
    const field = table.byId[word & NLA_TYPE_MASK];
    // What was kept of another table's attributes, or was never kept by decoding: there is no property to place.
    if (field === undefined) continue;
    if (original !== undefined && original.canonical === undefined) {
      // The earlier of two goes with its property: taking that out must not bring this one back to life.
      if (values[field.name] !== undefined) writeRaw(w, word, original.bytes, padding);
      continue;
    }
    const nth = used.get(field) ?? 0;
    used.set(field, nth + 1);
    if (field.codec.kind !== "repeated") {
      const one = values[field.name];
      if (one !== undefined) writeField(w, field, word, one, values, original, padding);
    } else {
      const items = values[field.name] === undefined ? [] : listOf(field, values);
      if (nth < items.length) writeField(w, itemOf(field), word, items[nth], values, original, padding);
    }
  }
  writeKeys(table, w, values, constant, start, used, [...unknown]);
  if (kept.tail !== undefined) w.raw(kept.tail);
};

/** The field of one occurrence of a repeated attribute. */
const itemOf = (field: Field): Field => ({ ...field, codec: (field.codec as unknown as Repeated).of });

/** The items of a repeated attribute. */
const listOf = (field: Field, values: Values): readonly unknown[] => {
  const list = values[field.name];
  try {
    checkList(list);
  } catch (error) {
    throw below(error, field.name);
  }
  return list as readonly unknown[];
};

const writeItems = (w: Writer, field: Field, items: readonly unknown[], values: Values): void => {
  const one = itemOf(field);
  for (const item of items) writeField(w, one, undefined, item, values);
};

const isNest = (codec: Codec<unknown>): boolean =>
  codec.kind === "attrs" ||
  codec.kind === "indexed" ||
  codec.kind === "choice" ||
  codec.kind === "list" ||
  codec.kind === "numbered";

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
    throw below(error, field.name);
  }
};
