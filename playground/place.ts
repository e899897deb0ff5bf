// Field of explain -> where its value stands in the decoded message, and how it is read and written.
import { type Attrs, NLA_TYPE_MASK, wire } from "../src/codec/attribute.ts";
import type { AnyCodec, AttrTable, Body, Codec } from "../src/codec/codec.ts";
import type { Field } from "../src/codec/explain-field.ts";
import type { FieldNode } from "./nodes.ts";

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
  if (step === "unknown") return withUnknown(value as Attrs, rest, by);
  const inner = replaced(at(value, step), rest, by);
  if (!Array.isArray(value)) return { ...(value as object), [step]: inner };
  const copy = Object.assign([...value], value);
  copy[step as number] = inner;
  return copy;
};

/** An entry of `unknown` keeps its place among the others by what it is: lossless decoding has to know the new one. */
const withUnknown = (attrs: Attrs, steps: Steps, by: unknown): Attrs => {
  const before = attrs.unknown ?? [];
  const unknown = replaced(before, steps, by) as NonNullable<Attrs["unknown"]>;
  const kept = attrs[wire];
  if (kept === undefined) return { ...attrs, unknown };
  const raws = kept.raws.map((raw) => unknown[before.indexOf(raw)] ?? raw);
  return { ...attrs, unknown, [wire]: { ...kept, raws } };
};

/**
 * Where the value of a field stands.
 * @param codec of what stands above the chain
 * @param value what decoding gave for that
 * @param chain the fields from there down
 * @returns undefined: nowhere, as padding and an echoed request
 */
export const placeOf = (codec: AnyCodec, value: unknown, chain: readonly FieldNode[]): Place | undefined => {
  const [node, ...rest] = chain;
  if (node === undefined) return { steps: [], codec };
  const { field } = node;
  switch (codec.kind) {
    case "body":
    case "control":
      return inBody(codec, value, chain);
    case "attrs":
      return inTable(codec, value, node, rest);
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
    case "numbered": {
      const i = indexOf(field);
      return under(i, under("value", placeOf(codec.of as AnyCodec, at(at(value, i), "value"), rest)));
    }
    case "sequence": {
      const i = indexOf(field);
      const fits = codec.cases.find(({ struct }) =>
        struct.members.some(({ constant }) => constant === rest[0]?.field.constant),
      );
      return fits && under(i, placeOf(fits.struct as AnyCodec, at(value, i), rest));
    }
    default:
      return undefined;
  }
};

const inBody = (
  codec: Pick<Body, "header" | "attrs">,
  value: unknown,
  chain: readonly FieldNode[],
): Place | undefined => {
  const key = chain[0]?.field.word === undefined ? "header" : "attrs";
  return under(key, placeOf(codec[key] as AnyCodec, at(value, key), chain));
};

const idOf = ({ field: { word } }: FieldNode): number | undefined =>
  word === undefined ? undefined : word & NLA_TYPE_MASK;

const inTable = (table: AttrTable, value: unknown, node: FieldNode, rest: readonly FieldNode[]): Place | undefined => {
  const id = idOf(node);
  if (id === undefined) return undefined;
  const declared = table.byId[id];
  const codec = declared?.codec as (Codec<unknown> & AnyCodec) | undefined;
  if (declared === undefined || codec === undefined) return inUnknown(value, node);
  const here = at(value, declared.name);
  if (codec.kind === "repeated") {
    const i = indexOf(node.field);
    const found = under(i, placeOf(codec.of as AnyCodec, at(here, i), rest));
    return at(here, i) === undefined ? inUnknown(value, node) : under(declared.name, found);
  }
  // Of two of a type the later one counts; the other is only bytes.
  const isLast = node.parent?.children.filter((other) => idOf(other) === id).at(-1) === node;
  if (!isLast || here === undefined) return inUnknown(value, node);
  const found = under(declared.name, placeOf(codec, here, rest));
  return rest.length > 0 || same(here, node.field.value) ? found : inUnknown(value, node);
};

/** An attribute that no table has, or one that is malformed: bytes. Of several that are the same it is the one of the same rank. */
const inUnknown = (value: unknown, node: FieldNode): Place | undefined => {
  const unknown = at(value, "unknown") as readonly { word: number; bytes: Uint8Array }[] | undefined;
  const { word, value: bytes } = node.field;
  const equals = (node.parent?.children ?? []).filter(({ field }) => field.word === word && same(field.value, bytes));
  const found = unknown?.filter((raw) => raw.word === word && same(raw.bytes, bytes))[equals.indexOf(node)];
  return found && { steps: ["unknown", unknown?.indexOf(found) ?? 0, "bytes"], codec: undefined };
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
