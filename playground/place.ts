// Field of explain -> where its value stands in the decoded message, and how it is read and written.
import { NLA_TYPE_MASK } from "../src/codec/attribute.ts";
import type { AnyCodec, AttrTable, Body, Codec } from "../src/codec/codec.ts";
import type { Field } from "../src/codec/explain-field.ts";

/** Property names and indices, from the message down. */
export type Steps = readonly (string | number)[];
/** Where a value stands. */
export interface Place {
  readonly steps: Steps;
  /** Undefined: bytes that no table names. */
  readonly codec: AnyCodec | undefined;
}

type Loose = Readonly<Record<string | number, unknown>>;
const at = (value: unknown, step: string | number): unknown =>
  typeof value === "object" && value !== null ? (value as Loose)[step] : undefined;

/** What stands at the end of some steps. */
export const valueAt = (value: unknown, steps: Steps): unknown => steps.reduce(at, value);

const under = (step: string | number, place: Place | undefined): Place | undefined =>
  place && { ...place, steps: [step, ...place.steps] };

/** The index in "multipath[1]". */
const indexOf = ({ property }: Field): number => Number(/\[(\d+)\]$/.exec(property)?.[1] ?? Number.NaN);

/** The same object with another value at the end of some steps. What lossless decoding keeps is a symbol, and is spread with the rest. */
export const replaced = (value: unknown, [step, ...rest]: Steps, by: unknown): unknown => {
  if (step === undefined) return by;
  const inner = replaced(at(value, step), rest, by);
  if (!Array.isArray(value)) return { ...(value as object), [step]: inner };
  const copy = Object.assign([...value], value);
  copy[step as number] = inner;
  return copy;
};

/**
 * Where the value of a field stands.
 * @param codec of what stands above the chain
 * @param value what decoding gave for that
 * @param chain the fields from there down
 * @returns undefined: nowhere, as padding and an echoed request
 */
export const placeOf = (codec: AnyCodec, value: unknown, chain: readonly Field[]): Place | undefined => {
  const [field, ...rest] = chain;
  if (field === undefined) return { steps: [], codec };
  switch (codec.kind) {
    case "body":
    case "control":
      return inBody(codec, value, chain);
    case "attrs":
      return inTable(codec, value, field, rest);
    case "struct":
    case "tailed": {
      const { members } = codec.kind === "struct" ? codec : codec.header;
      const member = members.find(({ constant }) => constant === field.constant);
      if (member !== undefined) return { steps: [member.name], codec: member.codec as AnyCodec };
      if (codec.kind !== "tailed" || field.constant !== codec.constant) return undefined;
      return under(codec.name, placeOf(codec.tail as AnyCodec, at(value, codec.name), rest));
    }
    case "tlv8": {
      const member = codec.fields.find(({ constant }) => constant === field.constant);
      return member && under(member.name, placeOf(member.codec as AnyCodec, at(value, member.name), rest));
    }
    case "choice": {
      const [key = "", ...others] = Object.keys((value as object | undefined) ?? {});
      const found = others.length === 0 ? codec.cases[key] : undefined;
      if (found !== undefined) return under(key, placeOf(found as AnyCodec, at(value, key), chain));
      return codec.fallback && placeOf(codec.fallback as AnyCodec, value, chain);
    }
    case "variants": {
      const found = Object.entries(codec.cases).find(([key]) => at(value, key) !== undefined);
      return found && under(found[0], placeOf(found[1].body as AnyCodec, at(value, found[0]), chain));
    }
    case "indexed":
    case "list":
    case "records": {
      const i = indexOf(field);
      return under(i, placeOf(codec.of as AnyCodec, at(value, i), rest));
    }
    case "sequence": {
      const i = indexOf(field);
      const fits = codec.cases.find(({ struct }) =>
        struct.members.some(({ constant }) => constant === rest[0]?.constant),
      );
      return fits && under(i, placeOf(fits.struct as AnyCodec, at(value, i), rest));
    }
    default:
      return undefined;
  }
};

const inBody = (codec: Pick<Body, "header" | "attrs">, value: unknown, chain: readonly Field[]): Place | undefined => {
  const [field] = chain;
  const key = field?.word === undefined ? "header" : "attrs";
  return under(key, placeOf(codec[key] as AnyCodec, at(value, key), chain));
};

const inTable = (table: AttrTable, value: unknown, field: Field, rest: readonly Field[]): Place | undefined => {
  if (field.word === undefined) return undefined;
  const declared = table.byId[field.word & NLA_TYPE_MASK];
  const codec = declared?.codec as (Codec<unknown> & AnyCodec) | undefined;
  const i = indexOf(field);
  if (declared !== undefined && codec?.kind === "repeated") {
    return under(declared.name, under(i, placeOf(codec.of as AnyCodec, at(at(value, declared.name), i), rest)));
  }
  if (declared !== undefined && codec !== undefined && Number.isNaN(i) && at(value, declared.name) !== undefined) {
    return under(declared.name, placeOf(codec, at(value, declared.name), rest));
  }
  return inUnknown(value, field);
};

/** An attribute that no table has, one that came twice, or one that is malformed: bytes. */
const inUnknown = (value: unknown, field: Field): Place | undefined => {
  const unknown = at(value, "unknown") as readonly { word: number; bytes: Uint8Array }[] | undefined;
  const i = unknown?.findIndex(({ word, bytes }) => word === field.word && same(bytes, field.value)) ?? -1;
  return i < 0 ? undefined : { steps: ["unknown", i, "bytes"], codec: undefined };
};

/** Do two decoded values say the same? */
export const same = (a: unknown, b: unknown): boolean => {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const lists = (Array.isArray(a) && Array.isArray(b)) || (a instanceof Uint8Array && b instanceof Uint8Array);
  return (
    lists &&
    a.length === b.length &&
    (a as ArrayLike<unknown> as unknown[]).every((item, i) => item === (b as unknown[])[i])
  );
};
