// A payload -> fields: one case for each shape a codec can have.
import { eachAttribute, MAX_DEPTH, NLA_F, NLA_TYPE_MASK, unframed } from "./attribute.ts";
import { attrs } from "./attrs.ts";
import { align4, type Reader } from "./bytes.ts";
import type { AnyCodec, AttrTable, Choice, Codec, Int, Octets, Struct } from "./codec.ts";
import {
  type Above,
  type Detail,
  type Field,
  field,
  gap,
  guarded,
  hasRest,
  raw,
  shown,
  within,
} from "./explain-field.ts";
import { guessText, isText, mayBeAttributes } from "./explain-guess.ts";
import { sequenceFields } from "./explain-sequence.ts";
import { tlv8Fields } from "./explain-tlv8.ts";
import { enumName, flagNames } from "./names.ts";
import { caseOf, eachRecord } from "./nests.ts";
import { isPositive } from "./positive.ts";
import { hexText, quote, quoteBytes } from "./text.ts";
import { variantOf } from "./variants.ts";

const textOfInt = ({ names, bits }: Int, value: number | bigint): string => {
  const name = names && (bits === true ? flagNames(names, Number(value)) : enumName(names, Number(value)));
  return name ? `${value} ${name}` : String(value);
};
const textOfValue = (r: Reader, codec: Codec<unknown>, value: unknown, at: number, end: number): string => {
  switch (codec.kind) {
    case "int":
      return textOfInt(codec as Int, value as number);
    case "string":
      // What begins with NUL and is text all the same: an abstract name of a socket.
      return String(value).startsWith("\0") ? quote(String(value)) : quoteBytes(r.u8.subarray(at, end));
    case "bytes":
      return at === end ? "" : hexText(value as Uint8Array);
    case "octets":
      return (codec as Octets).chars === true ? quote(String(value)) : String(value);
    case "array":
      return (value as unknown[]).join(" ");
    default:
      return String(value);
  }
};

const deciders = (r: Reader, { members }: Struct, at: number, end: number): { [name: string]: unknown } => {
  const values: { [name: string]: unknown } = {};
  for (const { codec } of members) {
    const by = codec.kind === "octets" ? codec.address?.by : undefined;
    const m = by === undefined ? undefined : members.find(({ name }) => name === by);
    if (m !== undefined && at + m.offset + m.size <= end) {
      values[m.name] = m.codec.read(r, at + m.offset, at + m.offset + m.size, values);
    }
  }
  return values;
};

export const structFields = (r: Reader, struct: Struct, at: number, end: number, above: Above): Field[] => {
  const out: Field[] = [];
  // What decides how an address reads may stand behind it.
  const values = deciders(r, struct, at, end);
  let p = at;
  for (const m of [...struct.members].sort((a, b) => a.offset - b.offset)) {
    const from = at + m.offset;
    const to = from + m.size;
    if (to > end) break;
    const value = m.codec.read(r, from, to, values);
    values[m.name] = value;
    out.push(...gap(r, p, from));
    const name = within(above, m.constant, m.name);
    const detail =
      m.codec.secret === true
        ? hidden(r, m.codec, from, to, values)
        : { value, text: textOfValue(r, m.codec, value, from, to) };
    // Of bitfields that share a byte the first one has it.
    out.push(field(m.constant, name, Math.max(p, from), to, detail));
    p = to;
  }
  return [...out, ...gap(r, p, end)];
};

/** Attributes that no table names: their numbers stand for names. */
const anonymous: AttrTable = /* @__PURE__ */ attrs("NLA_", () => ({})) as AttrTable;

/** Attributes of which only the numbers are known. */
export const anonymousFields = (r: Reader, start: number, end: number, above: Above): Field[] =>
  attrFields(r, anonymous, start, end, above);

/** Do these bytes frame attributes exactly? Then a nest that nobody declared can still be shown as one. */
const frames = (r: Reader, start: number, end: number): boolean => eachAttribute(r, start, end, () => {}) === end;

/** The value of a sibling that decides a layout: found by a look at the headers alone, so that nests are not read twice. */
const siblingsOf = (r: Reader, table: AttrTable, codec: Choice, start: number, end: number): object => {
  const by = table.byName.get(codec.by);
  let value: unknown;
  if (by !== undefined) {
    eachAttribute(r, start, end, (word, at, to) => {
      if ((word & NLA_TYPE_MASK) === by.id) value = by.codec.read(r, at, to, {});
    });
  }
  return { [codec.by]: value };
};

export const attrFields = (r: Reader, table: AttrTable, start: number, end: number, above: Above): Field[] => {
  if (r.depth >= MAX_DEPTH) return [field("", above, start, end, raw(r, start, end, "TOO_DEEP"))];
  r.depth++;
  const out: Field[] = [];
  const seen = new Map<number, number>();
  // Looked for once a nest: hostile bytes repeat what depends on it a thousand times.
  const known = new Map<Choice, object>();
  const siblings = (codec: Choice): object => {
    const found = known.get(codec) ?? siblingsOf(r, table, codec, start, end);
    known.set(codec, found);
    return found;
  };
  const stop = eachAttribute(r, start, end, (word, at, to, next) => {
    const id = word & NLA_TYPE_MASK;
    const declared = table.byId[id];
    const constant = declared?.constant ?? `${table.prefix}${id}`;
    const nth = seen.get(id) ?? 0;
    seen.set(id, nth + 1);
    const isList = nth > 0 || declared?.codec.kind === "repeated";
    const suffix = isList ? `[${nth}]` : "";
    const name = within(above, constant + suffix, (declared?.name ?? String(id)) + suffix);
    const detail = attribute(r, declared?.codec as AnyCodec | undefined, word, at, to, name, siblings);
    out.push(framed(r, constant, name, { at: at - 4, end: to, next }, word, detail));
  });
  if (stop < end) out.push(field("", above, stop, end, raw(r, stop, end, unframed(r, stop, end)[0])));
  r.depth--;
  return out;
};

/** An attribute with its header, and with its padding where that has a place among children. */
const framed = (
  r: Reader,
  constant: string,
  name: Above,
  { at, end, next }: { readonly at: number; readonly end: number; readonly next: number },
  word: number,
  detail: Detail,
): Field => {
  const padded = detail.children !== undefined && end < next;
  const children = padded ? [...(detail.children ?? []), ...gap(r, end, next)] : detail.children;
  const secret =
    detail.children === undefined && hasRest(r, end, next)
      ? { secret: { at: detail.secret?.at ?? end, end: next } }
      : {};
  return field(constant, name, at, next, { ...detail, word, ...(children && { children }), ...secret });
};

/** One attribute's payload, with the flags of its type word. */
const attribute = (
  r: Reader,
  codec: AnyCodec | undefined,
  word: number,
  at: number,
  end: number,
  name: Above,
  siblingsFor: (codec: Choice) => object,
): Detail => {
  const net = r.net;
  r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
  const siblings = codec?.kind === "choice" && codec.header === undefined ? siblingsFor(codec) : {};
  let detail = codec && explainValue(r, codec, at, end, name, siblings);
  if (detail === undefined) {
    const flagged = (word & NLA_F.NESTED) !== 0 && at < end && frames(r, at, end);
    const guessed = !flagged && codec === undefined && mayBeAttributes(r, at, end);
    if (flagged || guessed) {
      detail = { children: attrFields(r, anonymous, at, end, name), ...(guessed ? { text: "nested?" } : {}) };
    } else detail = codec === undefined ? undeclared(r, at, end) : raw(r, at, end);
  }
  r.net = net;
  if ((word & ~NLA_TYPE_MASK) === 0) return detail;
  const flags = flagNames({ prefix: "NLA_F_", values: NLA_F }, word & ~NLA_TYPE_MASK);
  return { ...detail, text: detail.text ? `${detail.text} ${flags}` : flags };
};

/** The payload of an attribute that no table has. Of a family without tables, what is too short for a key is shown, and so are names. */
const undeclared = (r: Reader, at: number, end: number): Detail => {
  const open = { ...shown(r, at, end), text: guessText(r, at, end) };
  const isPlain = !r.guarded || at === end || end - at < r.plain || (r.plain > 0 && isText(r.u8, at, end));
  return isPlain ? open : guarded(r, at, end, open);
};

/** Bytes of the shortest key that is worth hiding in a family whose attributes nobody has declared: 128 bits. */
const KEY_SIZE = 16;

const longestOf = (longest: NonNullable<AnyCodec["longest"]>, siblings: object): number =>
  typeof longest === "number" ? longest : longest(siblings);

/** Undefined: a layout that is not declared. */
export const explainValue = (
  r: Reader,
  codec: AnyCodec,
  at: number,
  end: number,
  above: Above,
  siblings: object,
): Detail | undefined => {
  const isTooLong = r.guarded && codec.longest !== undefined && end - at > longestOf(codec.longest, siblings);
  if (!isTooLong) return explainDeclared(r, codec, at, end, above, siblings);
  // It may have swallowed a key.
  return guarded(
    r,
    at,
    end,
    (r.masked ? undefined : explainDeclared(r, codec, at, end, above, siblings)) ?? raw(r, at, end),
  );
};

const explainDeclared = (
  r: Reader,
  codec: AnyCodec,
  at: number,
  end: number,
  above: Above,
  siblings: object,
): Detail | undefined => {
  switch (codec.kind) {
    case "attrs":
      return { children: attrFields(r, codec, at, end, above), table: codec };
    case "struct":
      return {
        children: structFields(r, codec, at, end, above),
        // Zero-extended, as the kernel does it: no fault, but worth seeing.
        ...(end - at < codec.size && codec.open !== true ? { text: `${end - at} of ${codec.size} bytes` } : {}),
      };
    case "body": {
      const outer = r.header;
      const split = Math.min(end, at + codec.header.size);
      const from = Math.min(end, at + align4(codec.header.size));
      const { plain } = r;
      if (codec.attrs.fields.length === 0) r.plain = KEY_SIZE;
      r.header = codec.header.read(r, at, split, {}) as object;
      const children = [
        ...structFields(r, codec.header, at, split, above),
        ...gap(r, split, from),
        ...attrFields(r, codec.attrs, from, end, above),
      ];
      r.header = outer;
      r.plain = plain;
      return { children, table: codec.attrs };
    }
    case "tailed": {
      const split = Math.min(end, at + codec.header.size);
      const name = within(above, codec.constant, codec.name);
      const fixed = codec.header.read(r, at, split, {}) ?? {};
      const tail = explainValue(r, codec.tail as AnyCodec, split, end, name, fixed);
      return {
        children: [...structFields(r, codec.header, at, split, above), field(codec.constant, name, split, end, tail)],
      };
    }
    case "records":
      return { children: recordFields(r, codec.of as AnyCodec & { kind: "body" }, codec.constant, at, end, above) };
    case "indexed":
      return { children: indexedFields(r, codec.of as AnyCodec, at, end, above) };
    case "list": {
      if (r.depth >= MAX_DEPTH) return raw(r, at, end, "TOO_DEEP");
      r.depth++;
      const children = indexedFields(r, codec.of as AnyCodec, at, end, above, codec.constant);
      r.depth--;
      return { children };
    }
    case "numbered": {
      if (r.depth >= MAX_DEPTH) return raw(r, at, end, "TOO_DEEP");
      r.depth++;
      const children = indexedFields(r, codec.of as AnyCodec, at, end, above);
      r.depth--;
      return { children };
    }
    case "tlv8":
      return tlv8Fields(r, codec, at, end, above);
    case "choice": {
      const found = caseOf(codec, r, siblings).codec ?? codec.fallback;
      return found && explainValue(r, found as AnyCodec, at, end, above, siblings);
    }
    case "sequence":
      return { children: sequenceFields(r, codec, at, end, above) };
    case "variants": {
      const found = variantOf(codec, r.flags, at < end ? r.u8[at] : undefined);
      return found && explainValue(r, found[1].body, at, end, above, siblings);
    }
    case "text": {
      const children = codec.parts(r, at, end).map(({ constant, property, value, ...part }) => {
        const text = typeof value === "string" ? quote(value) : String(value);
        return field(constant, within(above, constant, property), part.at, part.end, { value, text });
      });
      return { children };
    }
    case "repeated":
      return explainValue(r, codec.of as AnyCodec, at, end, above, siblings);
    default:
      return codec.secret === true ? hidden(r, codec, at, end, siblings) : leaf(r, codec, at, end, siblings);
  }
};

/** A key: shown only where that is asked for, and always marked. */
const hidden = (r: Reader, codec: AnyCodec, at: number, end: number, siblings: object): Detail =>
  guarded(r, at, end, r.masked ? {} : leaf(r, codec, at, end, siblings));

const leaf = (r: Reader, codec: AnyCodec, at: number, end: number, siblings: object): Detail => {
  const issues = r.issues?.length ?? 0;
  const value = codec.read(r, at, end, siblings);
  if (value === undefined) return raw(r, at, end, r.issues?.[issues]?.code);
  const open = { value, text: textOfValue(r, codec as Codec<unknown>, value, at, end) };
  return r.guarded && !isPositive(r, codec, at, end) ? guarded(r, at, end, open) : open;
};

const recordFields = (
  r: Reader,
  of: AnyCodec & { kind: "body" },
  constant: string,
  start: number,
  end: number,
  above: Above,
): Field[] => {
  const out: Field[] = [];
  const stop = eachRecord(r, of.header.size, start, end, (at, to, next) => {
    const i = out.length;
    const name = within(above, `${constant}[${i}]`, `[${i}]`);
    const inner = explainValue(r, of, at, to, name, {});
    const children = [...(inner?.children ?? []), ...gap(r, to, next)];
    out.push(field(`${constant}[${i}]`, name, at, next, { ...inner, children }));
  });
  const issue = end - stop < of.header.size ? "TRAILING" : "TRUNCATED";
  if (stop < end) out.push(field("", above, stop, end, raw(r, stop, end, issue)));
  return out;
};

const indexedFields = (
  r: Reader,
  of: AnyCodec,
  start: number,
  end: number,
  above: Above,
  constant?: string,
): Field[] => {
  const out: Field[] = [];
  const stop = eachAttribute(r, start, end, (word, at, to, next) => {
    const name = within(above, `${constant ?? ""}[${out.length}]`, `[${out.length}]`);
    const detail = attribute(r, of, word, at, to, name, () => ({}));
    const own = constant ?? `[${word & NLA_TYPE_MASK}]`;
    out.push(framed(r, own, name, { at: at - 4, end: to, next }, word, detail));
  });
  if (stop < end) out.push(field("", above, stop, end, raw(r, stop, end, unframed(r, stop, end)[0])));
  return out;
};
