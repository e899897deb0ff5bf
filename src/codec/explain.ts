// Bytes -> annotated tree, from the same declarations. A field's own bytes are those before its first child; children follow one
// another without gaps to the field's end. So every byte belongs to exactly one field.

import { eachAttribute, unframed } from "./attribute.ts";
import { align4, type Reader, type ReadOptions, readerOf } from "./bytes.ts";
import type { AnyCodec, AttrTable } from "./codec.ts";
import { echoed, NLM_F, NLMSG } from "./control.ts";
import { isDoubtful } from "./doubt.ts";
import { type Detail, type Field, field, gap, raw, TOP } from "./explain-field.ts";
import { attributesFrom } from "./explain-guess.ts";
import { anonymousFields, attrFields, explainValue, structFields } from "./explain-value.ts";
import { NLMSG_HDRLEN } from "./message.ts";
import { flagNames } from "./names.ts";
import { type Registry, typeOf } from "./registry.ts";

/** NLMSG_ERROR and NLMSG_DONE: the request that is echoed is explained as what it is. */
const controlFields = (
  r: Reader,
  types: Registry,
  codec: AnyCodec & { kind: "control" },
  at: number,
  end: number,
): Field[] => {
  const split = Math.min(end, at + codec.header.size);
  const fixed = codec.header.read(r, at, split, {}) as { len?: number; type?: number; flags?: number };
  const tlvs = split + echoed(r.flags, fixed.len ?? 0, end - split);
  r.flags = fixed.flags ?? 0;
  const requested = fixed.type === undefined || fixed.type < NLMSG.MIN_TYPE ? undefined : typeOf(types, fixed.type);
  const request =
    tlvs === split
      ? []
      : ((requested &&
          explainValue(r, requested.body as AnyCodec, split, tlvs, { path: "request", property: "payload" }, {})
            ?.children) ?? [field("", { path: "request", property: "payload" }, split, tlvs, raw(r, split, tlvs))]);
  const fixedFields = structFields(r, codec.header, at, split, TOP).map((f) => ({
    ...f,
    text: aboutRequest(f, requested?.name),
  }));
  return [...fixedFields, ...request, ...ackFields(r, codec.attrs, tlvs, end)];
};

/** The extended ack. Where it ends amid an attribute it may be the request, whose length lied. */
const ackFields = (r: Reader, table: AttrTable, at: number, end: number): Field[] => {
  const stop = r.guarded ? eachAttribute(r, at, end, () => {}) : end;
  if (stop === end) return attrFields(r, table, at, end, TOP);
  if (r.masked) return [field("", TOP, at, end, raw(r, at, end, unframed(r, stop, end)[0]))];
  const fields = attrFields(r, table, at, end, TOP);
  return fields.map((f) => ({ ...f, secret: { at: f.offset, end: f.offset + f.length } }));
};

/** The request's type and flags, by name. */
const aboutRequest = ({ constant, value, text }: Field, name: string | undefined): string => {
  if (constant === "msg.nlmsg_type") return name ?? text;
  return constant === "msg.nlmsg_flags" ? flagsText(value as number, name) : text;
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
  return found && bodyDetail(lenient(types, bytes, options), types, found.body as AnyCodec, 0, bytes.length).children;
};

const bodyDetail = (r: Reader, types: Registry, codec: AnyCodec, at: number, end: number): Detail => {
  if (codec.kind === "control") return { children: controlFields(r, types, codec, at, end) };
  const detail = codec.kind === "opaque" ? undefined : explainValue(r, codec, at, end, TOP, {});
  return detail ?? { children: at < end ? [field("", TOP, at, end, raw(r, at, end))] : [] };
};

/** A message that the registry does not have: bytes, and behind them what may be attributes. */
const unknownBody = (r: Reader, at: number, end: number): Detail => {
  const from = attributesFrom(r, at, end);
  if (from === undefined) return { children: at < end ? [field("", TOP, at, end, raw(r, at, end))] : [] };
  const header = at < from ? [field("", TOP, at, from, raw(r, at, from))] : [];
  return { children: [...header, ...anonymousFields(r, from, end, TOP)], text: "attributes?" };
};

const lenient = (types: Registry, bytes: Uint8Array, options?: ReadOptions): Reader =>
  readerOf(bytes, { byteOrder: options?.byteOrder, masked: options?.masked }, types.extensions, types.secrets === true);

/**
 * Every byte of a datagram, named: one field a message, its children in wire order. Never throws.
 * @param types the registry
 * @param bytes one or several messages
 * @param options byte order; masked
 */
export const explainWith = (types: Registry, bytes: Uint8Array, options?: ReadOptions): Field[] => {
  const r = lenient(types, bytes, options);
  const out: Field[] = [];
  if (types.unframed !== undefined && bytes.length > 0) {
    const { name, body } = types.unframed;
    return [field(name, TOP, 0, bytes.length, bodyDetail(r, types, body as AnyCodec, 0, bytes.length))];
  }
  let at = 0;
  let before: number | undefined;
  let doubt = bytes.length;
  while (bytes.length - at >= NLMSG_HDRLEN) {
    const length = r.dv.getUint32(at, r.little);
    if (length < NLMSG_HDRLEN) break;
    if (doubt === bytes.length && isDoubtful(types, r.dv, r.little, before, at)) {
      if (r.masked) break;
      doubt = at;
    }
    before = at;
    const cut = length > bytes.length - at;
    const end = cut ? bytes.length : at + length;
    const next = cut ? end : Math.min(bytes.length, at + align4(length));
    const type = r.dv.getUint16(at + 4, r.little);
    const found = typeOf(types, type);
    r.flags = r.dv.getUint16(at + 6, r.little);
    const from = at + NLMSG_HDRLEN;
    const inside =
      found === undefined ? unknownBody(r, from, end) : bodyDetail(r, types, found.body as AnyCodec, from, end);
    const children = [...headerFields(r, at, found?.name), ...(inside.children ?? []), ...gap(r, end, next)];
    const issue = cut ? { issue: "TRUNCATED" } : {};
    const named = found === undefined || found.type < 0 ? `nlmsg_type ${type}` : found.name;
    const secret = at < doubt ? {} : { secret: { at, end: next } };
    out.push(field(named, TOP, at, next, { ...inside, children, ...issue, ...secret }));
    at = next;
  }
  if (at < bytes.length) {
    const zeros = at > 0 && bytes.subarray(at).every((b) => b === 0);
    const issue = at === 0 ? "TRUNCATED" : "TRAILING";
    out.push(field("", TOP, at, bytes.length, zeros ? { text: "padding" } : raw(r, at, bytes.length, issue)));
  }
  return out;
};

type Bits = Readonly<Record<string, number>>;
/* @__NO_SIDE_EFFECTS__ */
const bits = (...keys: readonly (keyof typeof NLM_F)[]): Bits =>
  Object.fromEntries(keys.map((key) => [key, NLM_F[key]]));
/* @__NO_SIDE_EFFECTS__ */
const common = (): Bits => bits("REQUEST", "MULTI", "ACK", "ECHO", "DUMP_INTR", "DUMP_FILTERED");
const FLAG_BITS = /* @__PURE__ */ common();
const GET_BITS: Bits = /* @__PURE__ */ (() => ({ ...common(), ...bits("DUMP", "ROOT", "MATCH", "ATOMIC") }))();
const NEW_BITS: Bits = /* @__PURE__ */ (() => ({ ...common(), ...bits("REPLACE", "EXCL", "CREATE", "APPEND") }))();
const DEL_BITS: Bits = /* @__PURE__ */ (() => ({ ...common(), ...bits("NONREC", "BULK") }))();
const ACK_BITS: Bits = /* @__PURE__ */ (() => ({ ...common(), ...bits("CAPPED", "ACK_TLVS") }))();

/**
 * nlmsg_flags by name. The upper bits mean one thing in a GET, another in a NEW, a DEL or an ack: the message's name decides.
 * @param flags nlmsg_flags
 * @param name the message's constant, if known
 */
export const messageFlagNames = (flags: number, name: string | undefined): string => {
  const values = name?.startsWith("NLMSG_")
    ? ACK_BITS
    : name?.match(/_GET|SOCK_DIAG/)
      ? GET_BITS
      : name?.includes("_DEL")
        ? DEL_BITS
        : name?.match(/_(NEW|SET)/)
          ? NEW_BITS
          : FLAG_BITS;
  return flagNames({ prefix: "NLM_F_", values }, flags);
};

const flagsText = (flags: number, name: string | undefined): string =>
  flags === 0 ? "0" : `0x${flags.toString(16)} ${messageFlagNames(flags, name)}`;

const headerFields = (r: Reader, at: number, name: string | undefined): Field[] => {
  const { dv, little } = r;
  const u32 = (constant: string, from: number): Field => {
    const value = dv.getUint32(from, little);
    return field(constant, TOP, from, from + 4, { value, text: String(value) });
  };
  const type = dv.getUint16(at + 4, little);
  const flags = dv.getUint16(at + 6, little);
  return [
    u32("nlmsg_len", at),
    field("nlmsg_type", TOP, at + 4, at + 6, { value: type, text: name ?? String(type) }),
    field("nlmsg_flags", TOP, at + 6, at + 8, { value: flags, text: flagsText(flags, name) }),
    u32("nlmsg_seq", at + 8),
    u32("nlmsg_pid", at + 12),
  ];
};
