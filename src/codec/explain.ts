// Bytes -> annotated tree, from the same declarations. A field's own bytes are those before its first child; children follow one
// another without gaps to the field's end. So every byte belongs to exactly one field.
import { MAX_DEPTH, NLA_F, NLA_TYPE_MASK } from "./attribute.ts";
import { attrs } from "./attrs.ts";
import { align4, type Reader, type ReadOptions, readerOf } from "./bytes.ts";
import type { AnyCodec, AttrTable, Choice, Codec, Int, Struct } from "./codec.ts";
import { echoed, NLMSG } from "./control.ts";
import { Malformed } from "./errors.ts";
import { NLMSG_HDRLEN } from "./message.ts";
import { enumName, flagNames } from "./names.ts";
import { caseOf } from "./nests.ts";
import { type Registry, typeOf } from "./registry.ts";
import { hexText, quoteBytes } from "./text.ts";

/** A stretch of bytes with its name and its meaning. */
export interface Field {
  /** The C name: IFLA_MTU, ifi_index, nlmsg_len, AF_INET6, nexthop[0]. Empty: padding, or bytes that have none. */
  readonly constant: string;
  /** C names from the message's body down, joined by "/": the path of `--flat`. Empty for framing. */
  readonly path: string;
  /** Property names from the message down, as in a decoded message without `header` and `attrs`: `linkinfo.data.peer`. */
  readonly property: string;
  /** Byte index into the explained buffer. */
  readonly offset: number;
  /** Bytes, its children and padding included. */
  readonly length: number;
  /** The decoded value of a leaf. */
  readonly value?: unknown;
  /** The value for a person, safe to print. */
  readonly text: string;
  /** Fields inside it, in wire order. */
  readonly children: readonly Field[];
  /** What is wrong with it: the code of an Issue. */
  readonly issue?: string | undefined;
}
type Detail = Partial<Pick<Field, "value" | "text" | "children" | "issue">>;
/** Names of what stands above: C path and property path. */
interface Above {
  readonly path: string;
  readonly property: string;
}
const TOP: Above = { path: "", property: "" };
const within = (above: Above, constant: string, property: string): Above => ({
  path: above.path === "" ? constant : `${above.path}/${constant}`,
  property:
    above.property === ""
      ? property
      : property.startsWith("[")
        ? above.property + property
        : `${above.property}.${property}`,
});

const field = (constant: string, above: Above, at: number, end: number, detail: Detail = {}): Field => ({
  constant,
  path: above.path,
  property: above.property,
  offset: at,
  length: end - at,
  ...(detail.value === undefined ? {} : { value: detail.value }),
  text: detail.text ?? "",
  children: detail.children ?? [],
  ...(detail.issue === undefined ? {} : { issue: detail.issue }),
});
const raw = (r: Reader, at: number, end: number, issue?: string): Detail => ({
  value: r.u8.slice(at, end),
  text: at === end ? "" : hexText(r.u8.subarray(at, end)),
  issue,
});

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

/** The bytes between members (__ifi_pad), or behind the last one. */
const gap = (r: Reader, at: number, end: number): Field[] => {
  if (at >= end) return [];
  const bytes = r.u8.subarray(at, end);
  return [field("", TOP, at, end, { text: bytes.every((b) => b === 0) ? "padding" : `padding ${hexText(bytes)}` })];
};

const structFields = (r: Reader, struct: Struct, at: number, end: number, above: Above): Field[] => {
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

const attrFields = (r: Reader, table: AttrTable, start: number, end: number, above: Above): Field[] => {
  if (r.depth >= MAX_DEPTH) return [field("", above, start, end, raw(r, start, end, "TOO_DEEP"))];
  r.depth++;
  const out: Field[] = [];
  const seen = new Map<number, number>();
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
    const detail = attribute(
      r,
      table,
      declared?.codec as AnyCodec | undefined,
      word,
      at + 4,
      at + length,
      name,
      start,
      end,
    );
    const next = Math.min(end, at + align4(length));
    const children = detail.children && [...detail.children, ...gap(r, at + length, next)];
    out.push(field(constant, name, at, next, { ...detail, ...(children && { children }) }));
    at = next;
  }
  if (at < end) out.push(field("", above, at, end, raw(r, at, end, end - at >= 4 ? "TRUNCATED" : "TRAILING")));
  r.depth--;
  return out;
};

/** One attribute's payload, with the flags of its type word. */
const attribute = (
  r: Reader,
  table: AttrTable,
  codec: AnyCodec | undefined,
  word: number,
  at: number,
  end: number,
  name: Above,
  nestStart: number,
  nestEnd: number,
): Detail => {
  const net = r.net;
  r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
  const siblings =
    codec?.kind === "choice" && codec.header === undefined ? siblingsOf(r, table, codec, nestStart, nestEnd) : {};
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
const explainValue = (
  r: Reader,
  codec: AnyCodec,
  at: number,
  end: number,
  above: Above,
  siblings: object,
): Detail | undefined => {
  switch (codec.kind) {
    case "attrs":
      return { children: attrFields(r, codec, at, end, above) };
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
      return { children };
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
    const inner = explainValue(r, of, at, at + length, name, {})?.children ?? [];
    out.push(field(`${constant}[${i}]`, name, at, next, { children: [...inner, ...gap(r, at + length, next)] }));
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
    const detail = attribute(r, anonymous, of, word, at + 4, at + length, name, start, end);
    const children = detail.children && [...detail.children, ...gap(r, at + length, next)];
    out.push(field(`[${word & NLA_TYPE_MASK}]`, name, at, next, { ...detail, ...(children && { children }) }));
    at = next;
  }
  if (at < end) out.push(field("", above, at, end, raw(r, at, end, "TRUNCATED")));
  return out;
};

/** NLMSG_ERROR and NLMSG_DONE: the request that is echoed is explained as what it is. */
const controlFields = (
  r: Reader,
  types: Registry,
  codec: AnyCodec & { kind: "control" },
  at: number,
  end: number,
): Field[] => {
  const split = Math.min(end, at + codec.header.size);
  const fixed = codec.header.read(r, at, split, {}) as { len?: number; type?: number };
  const tlvs = split + echoed(r.flags, fixed.len ?? 0, end - split);
  const requested = fixed.type === undefined || fixed.type < NLMSG.MIN_TYPE ? undefined : typeOf(types, fixed.type);
  const request =
    tlvs === split
      ? []
      : ((requested &&
          explainValue(r, requested.body as AnyCodec, split, tlvs, { path: "request", property: "payload" }, {})
            ?.children) ?? [field("", { path: "request", property: "payload" }, split, tlvs, raw(r, split, tlvs))]);
  return [...structFields(r, codec.header, at, split, TOP), ...request, ...attrFields(r, codec.attrs, tlvs, end, TOP)];
};

/**
 * The fields of a message's body that stands without its nlmsghdr.
 * @param types the registry
 * @param name constant of the message
 * @param bytes the body
 * @param options byte order
 * @returns undefined when the registry has no such message
 */
export const explainBodyWith = (
  types: Registry,
  name: string,
  bytes: Uint8Array,
  options?: ReadOptions,
): readonly Field[] | undefined => {
  const found = types.byName.get(name);
  return found && bodyFields(lenient(types, bytes, options), types, found.body as AnyCodec, 0, bytes.length);
};

const bodyFields = (r: Reader, types: Registry, codec: AnyCodec, at: number, end: number): readonly Field[] =>
  codec.kind === "control"
    ? controlFields(r, types, codec, at, end)
    : (explainValue(r, codec, at, end, TOP, {})?.children ??
      (at < end ? [field("", TOP, at, end, raw(r, at, end))] : []));

const lenient = (types: Registry, bytes: Uint8Array, options?: ReadOptions): Reader =>
  readerOf(bytes, { byteOrder: options?.byteOrder }, types.extensions);

/**
 * Every byte of a datagram, named: one field a message, its children in wire order. Never throws.
 * @param types the registry
 * @param bytes one or several messages
 * @param options byte order
 */
export const explainWith = (types: Registry, bytes: Uint8Array, options?: ReadOptions): Field[] => {
  const r = lenient(types, bytes, options);
  const out: Field[] = [];
  let at = 0;
  while (bytes.length - at >= NLMSG_HDRLEN) {
    const length = r.dv.getUint32(at, r.little);
    if (length < NLMSG_HDRLEN) break;
    const cut = length > bytes.length - at;
    const end = cut ? bytes.length : at + length;
    const next = cut ? end : Math.min(bytes.length, at + align4(length));
    const type = r.dv.getUint16(at + 4, r.little);
    const found = typeOf(types, type);
    r.flags = r.dv.getUint16(at + 6, r.little);
    const inside =
      found === undefined
        ? at + NLMSG_HDRLEN < end
          ? [field("", TOP, at + NLMSG_HDRLEN, end, raw(r, at + NLMSG_HDRLEN, end))]
          : []
        : bodyFields(r, types, found.body as AnyCodec, at + NLMSG_HDRLEN, end);
    const children = [...headerFields(r, at, found?.name), ...inside, ...gap(r, end, next)];
    out.push(
      field(found?.name ?? `nlmsg_type ${type}`, TOP, at, next, { children, ...(cut ? { issue: "TRUNCATED" } : {}) }),
    );
    at = next;
  }
  if (at < bytes.length) {
    const zeros = at > 0 && bytes.subarray(at).every((b) => b === 0);
    const issue = at === 0 ? "TRUNCATED" : "TRAILING";
    out.push(field("", TOP, at, bytes.length, zeros ? { text: "padding" } : raw(r, at, bytes.length, issue)));
  }
  return out;
};

const FLAG_BITS = { REQUEST: 1, MULTI: 2, ACK: 4, ECHO: 8, DUMP_INTR: 0x10, DUMP_FILTERED: 0x20 };
const GET_BITS = { ...FLAG_BITS, DUMP: 0x300, ROOT: 0x100, MATCH: 0x200, ATOMIC: 0x400 };
const NEW_BITS = { ...FLAG_BITS, REPLACE: 0x100, EXCL: 0x200, CREATE: 0x400, APPEND: 0x800 };
const DEL_BITS = { ...FLAG_BITS, NONREC: 0x100, BULK: 0x200 };
const ACK_BITS = { ...FLAG_BITS, CAPPED: 0x100, ACK_TLVS: 0x200 };

/**
 * nlmsg_flags by name. The upper bits mean one thing in a GET, another in a NEW, a DEL or an ack: the message's name decides.
 * @param flags nlmsg_flags
 * @param name the message's constant, if known
 */
export const messageFlagNames = (flags: number, name: string | undefined): string => {
  const values = name?.startsWith("NLMSG_")
    ? ACK_BITS
    : name?.includes("_GET")
      ? GET_BITS
      : name?.includes("_DEL")
        ? DEL_BITS
        : name?.match(/_(NEW|SET)/)
          ? NEW_BITS
          : FLAG_BITS;
  return flagNames({ prefix: "NLM_F_", values }, flags);
};

const headerFields = (r: Reader, at: number, name: string | undefined): Field[] => {
  const { dv, little } = r;
  const u32 = (constant: string, from: number): Field => {
    const value = dv.getUint32(from, little);
    return field(constant, TOP, from, from + 4, { value, text: String(value) });
  };
  const type = dv.getUint16(at + 4, little);
  const flags = dv.getUint16(at + 6, little);
  const flagText = messageFlagNames(flags, name);
  return [
    u32("nlmsg_len", at),
    field("nlmsg_type", TOP, at + 4, at + 6, { value: type, text: name ?? String(type) }),
    field("nlmsg_flags", TOP, at + 6, at + 8, {
      value: flags,
      text: flags === 0 ? "0" : `0x${flags.toString(16)} ${flagText}`,
    }),
    u32("nlmsg_seq", at + 8),
    u32("nlmsg_pid", at + 12),
  ];
};
