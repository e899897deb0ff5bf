// JSON of a decoded message -> the message: text becomes bytes, 64-bit integers and numbers again, where the tables say so.
import { MAX_DEPTH, wire } from "../codec/attribute.ts";
import type { AnyCodec, AttrTable, Int, Member } from "../codec/codec.ts";
import { EncodeError } from "../codec/errors.ts";
import type { AnyInput } from "../codec/message.ts";
import { type MessageType, namedType, type Registry } from "../codec/registry.ts";
import { plain } from "../codec/text.ts";
import { WIRE_KEY } from "./json.ts";
import { bytesOf, isObject, rawsOf } from "./json-values.ts";
import { keptOf, keptOfList } from "./json-wire.ts";

/** A number; also the constants of an enum or of a flag word: "AF_INET", "IFF_UP|IFF_RUNNING". */
const integerOf = ({ size, names }: Int, value: unknown): unknown => {
  if (typeof value !== "string") return size === 8 && Number.isInteger(value) ? BigInt(value as number) : value;
  if (/^-?\d{1,20}$/.test(value)) return size === 8 ? BigInt(value) : Number(value);
  let sum = 0n;
  for (const constant of value.split("|")) {
    const key = names !== undefined && constant.startsWith(names.prefix) ? constant.slice(names.prefix.length) : "";
    const number = names !== undefined && Object.hasOwn(names.values, key) ? names.values[key] : undefined;
    if (number === undefined) return value;
    sum |= BigInt(number);
  }
  return size === 8 ? sum : Number(sum);
};

/** "__proto__" would be no property, and what stands under it lost without a word. */
const put = (out: object, name: string, value: unknown): void => {
  Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
};

/** Each property by the codec that `codecFor` has for it; undefined: it stays as it is. */
const mapped = (value: unknown, codecFor: (name: string) => unknown): unknown => {
  if (!isObject(value)) return value;
  const out: { [name: string]: unknown; [wire]?: unknown } = {};
  for (const [name, inner] of Object.entries(value)) {
    if (name === WIRE_KEY) continue;
    const codec = codecFor(name) as AnyCodec | undefined;
    try {
      put(out, name, codec === undefined ? inner : revive(codec, inner));
    } catch (error) {
      throw error instanceof EncodeError ? error.within(plain(name)) : error;
    }
  }
  const kept = value[WIRE_KEY];
  if (kept !== undefined) out[wire] = keptOf(kept, out["unknown"]);
  return out;
};

/** Stands for any codec of bytes. */
const BYTES = { kind: "bytes" } as AnyCodec;

/** With `unknown`, the bytes that no property holds. */
const withRaws = (value: unknown, codecFor: (name: string) => unknown): unknown => {
  if (!isObject(value)) return value;
  const raws = Array.isArray(value["unknown"]) ? { ...value, unknown: rawsOf(value["unknown"]) } : value;
  return mapped(raws, (name) => (name === "unknown" ? undefined : codecFor(name)));
};

/** Nests around the one that is read. Tables go round (a veth's peer is a link): what is deeper is refused here, as encoding would. */
let depth = 0;
const attributes = (table: AttrTable, value: unknown): unknown => {
  if (depth >= MAX_DEPTH) throw new EncodeError("TOO_LONG", `nests deeper than ${MAX_DEPTH}`);
  depth++;
  try {
    return withRaws(value, (name) => table.byName.get(name)?.codec);
  } finally {
    depth--;
  }
};

const member = (members: readonly Member[], name: string): unknown => members.find((m) => m.name === name)?.codec;

/** Each item; what was kept of the list stands behind them. */
const eachOf = (value: unknown, item: (value: unknown) => unknown): unknown => {
  if (!Array.isArray(value)) return value;
  const kept = keptOfList(value);
  return kept === undefined ? value.map(item) : Object.assign(value.slice(0, -1).map(item), { [wire]: kept });
};

const each = (value: unknown, codec: unknown): unknown => eachOf(value, (item) => revive(codec as AnyCodec, item));

/** A value as its codec takes it. What does not fit stays as it is: encoding says so, with its path. */
const revive = (codec: AnyCodec, value: unknown): unknown => {
  switch (codec.kind) {
    case "int":
      return integerOf(codec, value);
    case "bytes":
      return bytesOf(value);
    case "attrs":
      return attributes(codec, value);
    case "tlv8":
      return withRaws(value, (name) => codec.fields.find((field) => field.name === name)?.codec);
    case "struct":
      return mapped(value, (name) => member(codec.members, name));
    case "tailed":
      return mapped(value, (name) => (name === codec.name ? codec.tail : member(codec.header.members, name)));
    case "sequence":
      return Array.isArray(value)
        ? value.map((item) =>
            mapped(item, (name) => codec.cases.map(({ struct }) => member(struct.members, name)).find(Boolean)),
          )
        : value;
    case "body":
    case "control":
    case "opaque":
      return mapped(value, (name) => partOf(codec, name));
    case "variants":
      return mapped(value, (name) =>
        name === "payload" ? BYTES : Object.hasOwn(codec.cases, name) ? codec.cases[name]?.body : undefined,
      );
    case "choice":
      return isObject(value) && Object.keys(value).some((name) => Object.hasOwn(codec.cases, name))
        ? mapped(value, (name) => codec.cases[name])
        : codec.fallback === undefined
          ? value
          : revive(codec.fallback as AnyCodec, value);
    case "numbered":
      return eachOf(value, (item) => mapped(item, (name) => (name === "value" ? codec.of : undefined)));
    case "text":
      return mapped(value, (name) => (name === "udev" ? codec.header : undefined));
    case "array":
    case "repeated":
    case "indexed":
    case "list":
    case "records":
      return each(value, codec.of);
    default:
      return value;
  }
};

const partOf = (codec: AnyCodec & { kind: "body" | "control" | "opaque" }, name: string): unknown => {
  if (name === "payload") return BYTES;
  return codec.kind === "opaque"
    ? undefined
    : name === "header"
      ? codec.header
      : name === "attrs"
        ? codec.attrs
        : undefined;
};

/**
 * The message that `jsonLine` wrote, as encoding takes it: bytes, 64-bit integers and numbers where the tables have them.
 * @param types the registry of its protocol
 * @param json what JSON.parse gave
 * @throws EncodeError for a key that was masked; all else that is wrong is for encoding to say
 * @example
 * encodeMessage(messageFromJson(route, JSON.parse(line)))
 */
export const messageFromJson = <M extends MessageType>(types: Registry<M>, json: object): AnyInput<M> =>
  fromJson(types as unknown as Registry, json) as unknown as AnyInput<M>;

const fromJson = (types: Registry, json: object): object => {
  const { name } = json as { readonly name?: unknown };
  // Without a name it is bytes, also where its type has one.
  const found = typeof name === "string" ? namedType(types, name) : undefined;
  if (found === undefined) return mapped(json, (key) => (key === "payload" ? BYTES : undefined)) as object;
  return revive(found.body as unknown as AnyCodec, json) as object;
};

/** What stands around a message in NDJSON, and is not part of it. */
export const ABOUT = [
  "time",
  "socket",
  "direction",
  "protocol",
  "byteOrder",
  "truncated",
  "cut",
  "more",
  "answers",
  "latency",
  "refused",
  "netns",
] as const;
