// A payload -> fields: one case for each shape a codec can have.
import { MAX_DEPTH, NLA_F, NLA_TYPE_MASK } from "./attribute.ts";
import { attrs } from "./attrs.ts";
import { align4, type Reader } from "./bytes.ts";
import type { AnyCodec, AttrTable, Choice, Codec, Int, Struct } from "./codec.ts";
import { Malformed } from "./errors.ts";
import { type Above, type Detail, type Field, field, gap, raw, within } from "./explain-field.ts";
import { enumName, flagNames } from "./names.ts";
import { caseOf } from "./nests.ts";
import { hexText, quoteBytes } from "./text.ts";

const textOfInt = ({ names, bits }: Int, value: number | bigint): string => {
  const name = names && (bits === true ? flagNames(names, Number(value)) : enumName(names, Number(value)));
  return name ? `${value} ${name}` : String(value);
};
const textOfValue = (r: Reader, codec: Codec<unknown>, value: unknown, at: number, end: number): string => {
  switch (codec.kind) {
    case "int":
      return textOfInt(codec as Int, value as number);
    case "string":
      return quoteBytes(r.u8.subarray(at, end));
    case "bytes":
      return at === end ? "" : hexText(value as Uint8Array);
    case "array":
      return (value as unknown[]).join(" ");
    default:
      return String(value);
  }
};

export const structFields = (r: Reader, struct: Struct, at: number, end: number, above: Above): Field[] => {
  const out: Field[] = [];
  let p = at;
  for (const m of [...struct.members].sort((a, b) => a.offset - b.offset)) {
    const from = at + m.offset;
    const to = from + m.size;
    if (to > end) break;
    const value = m.codec.read(r, from, to, {});
    out.push(...gap(r, p, from));
    const name = within(above, m.constant, m.name);
    out.push(field(m.constant, name, from, to, { value, text: textOfValue(r, m.codec, value, from, to) }));
    p = to;
  }
  return [...out, ...gap(r, p, end)];
};

/** Attributes that no table names: their numbers stand for names. */
const anonymous: AttrTable = /* @__PURE__ */ attrs("NLA_", () => ({})) as AttrTable;

/** Do these bytes frame attributes exactly? Then a nest that nobody declared can still be shown as one. */
const frames = (r: Reader, start: number, end: number): boolean => {
  let at = start;
  while (end - at >= 4) {
    const length = r.dv.getUint16(at, r.little);
    if (length < 4 || length > end - at) return false;
    at = Math.min(end, at + align4(length));
  }
  return at === end;
};

/** The value of a sibling that decides a layout: found by a look at the headers alone, so that nests are not read twice. */
const siblingsOf = (r: Reader, table: AttrTable, codec: Choice, start: number, end: number): object => {
  const by = table.byName.get(codec.by);
  let value: unknown;
  for (let at = start; by !== undefined && end - at >= 4; ) {
    const length = r.dv.getUint16(at, r.little);
    if (length < 4 || length > end - at) break;
    if ((r.dv.getUint16(at + 2, r.little) & NLA_TYPE_MASK) === by.id) value = by.codec.read(r, at + 4, at + length, {});
    at += align4(length);
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
  let at = start;
  while (end - at >= 4) {
    const length = r.dv.getUint16(at, r.little);
    const word = r.dv.getUint16(at + 2, r.little);
    if (length < 4 || length > end - at) break;
    const id = word & NLA_TYPE_MASK;
    const declared = table.byId[id];
    const constant = declared?.constant ?? `${table.prefix}${id}`;
    const nth = seen.get(id) ?? 0;
    seen.set(id, nth + 1);
    const isList = nth > 0 || declared?.codec.kind === "repeated";
    const suffix = isList ? `[${nth}]` : "";
    const name = within(above, constant + suffix, (declared?.name ?? String(id)) + suffix);
    const detail = attribute(r, declared?.codec as AnyCodec | undefined, word, at + 4, at + length, name, siblings);
    const next = Math.min(end, at + align4(length));
    const children = detail.children && [...detail.children, ...gap(r, at + length, next)];
    out.push(field(constant, name, at, next, { ...detail, word, ...(children && { children }) }));
    at = next;
  }
  if (at < end) out.push(field("", above, at, end, raw(r, at, end, end - at >= 4 ? "TRUNCATED" : "TRAILING")));
  r.depth--;
  return out;
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
    detail =
      (word & NLA_F.NESTED) !== 0 && at < end && frames(r, at, end)
        ? { children: attrFields(r, anonymous, at, end, name) }
        : raw(r, at, end);
  }
  r.net = net;
  const flags = [word & NLA_F.NESTED && "NLA_F_NESTED", word & NLA_F.NET_BYTEORDER && "NLA_F_NET_BYTEORDER"].filter(
    Boolean,
  );
  return flags.length === 0 ? detail : { ...detail, text: [detail.text, flags.join("|")].filter(Boolean).join(" ") };
};

/** Undefined: a layout that is not declared. */
export const explainValue = (
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
        ...(end - at < codec.size ? { issue: "BAD_LENGTH" } : {}),
      };
    case "body": {
      const outer = r.header;
      const split = Math.min(end, at + codec.header.size);
      const from = Math.min(end, at + align4(codec.header.size));
      r.header = codec.header.read(r, at, split, {}) as object;
      const children = [
        ...structFields(r, codec.header, at, split, above),
        ...gap(r, split, from),
        ...attrFields(r, codec.attrs, from, end, above),
      ];
      r.header = outer;
      return { children, table: codec.attrs };
    }
    case "tailed": {
      const split = Math.min(end, at + codec.header.size);
      const name = within(above, codec.constant, codec.name);
      const tail = explainValue(r, codec.tail as AnyCodec, split, end, name, {});
      return {
        children: [...structFields(r, codec.header, at, split, above), field(codec.constant, name, split, end, tail)],
      };
    }
    case "records":
      return { children: recordFields(r, codec.of as AnyCodec & { kind: "body" }, codec.constant, at, end, above) };
    case "indexed":
      return { children: indexedFields(r, codec.of as AnyCodec, at, end, above) };
    case "choice": {
      const found = caseOf(codec, r, siblings).codec ?? codec.fallback;
      return found && explainValue(r, found as AnyCodec, at, end, above, siblings);
    }
    case "repeated":
      return explainValue(r, codec.of as AnyCodec, at, end, above, siblings);
    default:
      return leaf(r, codec, at, end, siblings);
  }
};

const leaf = (r: Reader, codec: AnyCodec, at: number, end: number, siblings: object): Detail => {
  try {
    const value = codec.read(r, at, end, siblings);
    return { value, text: textOfValue(r, codec as Codec<unknown>, value, at, end) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return raw(r, at, end, error.code);
  }
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
  let at = start;
  for (let i = 0; end - at >= of.header.size; i++) {
    const length = r.dv.getUint16(at, r.little);
    if (length < of.header.size || length > end - at) break;
    const name = within(above, `${constant}[${i}]`, `[${i}]`);
    const next = Math.min(end, at + align4(length));
    const inner = explainValue(r, of, at, at + length, name, {});
    out.push(
      field(`${constant}[${i}]`, name, at, next, {
        ...inner,
        children: [...(inner?.children ?? []), ...gap(r, at + length, next)],
      }),
    );
    at = next;
  }
  if (at < end) out.push(field("", above, at, end, raw(r, at, end, "TRUNCATED")));
  return out;
};

const indexedFields = (r: Reader, of: AnyCodec, start: number, end: number, above: Above): Field[] => {
  const out: Field[] = [];
  let at = start;
  for (let i = 0; end - at >= 4; i++) {
    const length = r.dv.getUint16(at, r.little);
    if (length < 4 || length > end - at) break;
    const word = r.dv.getUint16(at + 2, r.little);
    const name = within(above, `[${i}]`, `[${i}]`);
    const next = Math.min(end, at + align4(length));
    const detail = attribute(r, of, word, at + 4, at + length, name, () => ({}));
    const children = detail.children && [...detail.children, ...gap(r, at + length, next)];
    out.push(field(`[${word & NLA_TYPE_MASK}]`, name, at, next, { ...detail, word, ...(children && { children }) }));
    at = next;
  }
  if (at < end) out.push(field("", above, at, end, raw(r, at, end, "TRUNCATED")));
  return out;
};
