// fast-check arbitraries for any declaration: values that encoding can say and decoding gives back.
import fc, { type Arbitrary } from "fast-check";
import { hardwareText, ipText } from "../codec/address.ts";
import type { AnyCodec, AttrTable, Body, Choice, Int, Member, Struct } from "../codec/codec.ts";
import { NLM_F } from "../codec/control.ts";
import { camelCase } from "../codec/names.ts";
import type { MessageType, Registry } from "../codec/registry.ts";

const int = ({ size, signed }: Int): Arbitrary<number | bigint> => {
  const bits = size * 8;
  if (size < 8) {
    return fc.integer(signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 });
  }
  return fc.bigInt(signed ? { min: -(2n ** 63n), max: 2n ** 63n - 1n } : { min: 0n, max: 2n ** 64n - 1n });
};

const ofLength = (length: number): Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const ip = fc.oneof(ofLength(4), ofLength(16)).map((bytes) => ipText(bytes, 0, bytes.length));
/** Ethernet, InfiniBand, and the IP addresses of tunnels. */
const hardware = fc
  .oneof(ofLength(6), ofLength(20), ofLength(4), ofLength(16), ofLength(8))
  .map((bytes) => hardwareText(bytes, 0, bytes.length));
const text = fc.string({ maxLength: 15, unit: "grapheme" }).map((s) => s.replaceAll("\0", ""));

const member = ({ codec }: Member): Arbitrary<unknown> =>
  codec.kind === "int" ? int(codec) : ofLength(codec.size).map((bytes) => hardwareText(bytes, 0, codec.size));

/** Values of a struct. Members that a choice below looks at take the values it knows half of the time. */
const struct = (codec: Struct, deciders: ReadonlyMap<string, readonly number[]> = new Map()): Arbitrary<object> =>
  fc.record(
    Object.fromEntries(
      codec.members.map((m) => {
        const known = deciders.get(m.name);
        return [m.name, known === undefined ? member(m) : fc.oneof(member(m), fc.constantFrom(...known))];
      }),
    ),
  );

/** Which values of header members decide a layout in this table. */
const decidersOf = (table: AttrTable): ReadonlyMap<string, readonly number[]> => {
  const out = new Map<string, readonly number[]>();
  for (const { codec } of table.fields) {
    const choice = codec as unknown as Choice;
    if (choice.kind !== "choice" || choice.header === undefined) continue;
    const keys = Object.entries(choice.header.values).filter(([key]) => Object.hasOwn(choice.cases, camelCase(key)));
    out.set(choice.by, [...keys.map(([, value]) => value), 0]);
  }
  return out;
};

const body = ({ header, attrs }: Body, depth: number): Arbitrary<object> =>
  struct(header, decidersOf(attrs)).chain((h) => fc.record({ header: fc.constant(h), attrs: nest(attrs, depth, h) }));

const caseByHeader = (choice: Choice, header: object, depth: number): Arbitrary<unknown> | undefined => {
  const value = (header as Record<string, unknown>)[choice.by] ?? 0;
  const [key] = Object.entries(choice.header?.values ?? {}).find(([, v]) => v === value) ?? [""];
  const name = camelCase(key);
  const found = Object.hasOwn(choice.cases, name) ? choice.cases[name] : undefined;
  if (found !== undefined) return arbitraryOf(found as AnyCodec, depth).map((v) => ({ [name]: v }));
  return choice.fallback && arbitraryOf(choice.fallback as AnyCodec, depth);
};

/** Types that no table declares. */
const UNDECLARED = 0x3ff0;
const unknown = fc.array(
  fc.record({ word: fc.integer({ min: UNDECLARED, max: 0x3fff }), bytes: fc.uint8Array({ maxLength: 9 }) }),
  {
    minLength: 1,
    maxLength: 2,
  },
);

const nest = (table: AttrTable, depth: number, header: object): Arbitrary<object> => {
  if (depth <= 0) return fc.constant({});
  const siblings = table.fields
    .map((f) => f.codec as unknown as Choice)
    .filter((c) => c.kind === "choice" && c.header === undefined);
  const plain: Record<string, Arbitrary<unknown>> = { unknown };
  for (const f of table.fields) {
    if (siblings.some((c) => c.by === f.name)) continue;
    const codec = f.codec as AnyCodec;
    const made =
      codec.kind === "choice" ? codec.header && caseByHeader(codec, header, depth - 1) : arbitraryOf(codec, depth - 1);
    if (made !== undefined) plain[f.name] = made;
  }
  // A payload that a sibling decides is made together with that sibling.
  return siblings.reduce(
    (all: Arbitrary<object>, choice) => {
      const { name = "" } = table.fields.find((f) => f.codec === choice) ?? {};
      const pairs = Object.entries(choice.cases).map(([key, inner]) =>
        arbitraryOf(inner as AnyCodec, depth - 1).map((v) => ({ [choice.by]: key, [name]: { [key]: v } })),
      );
      return fc.tuple(all, fc.oneof(fc.constant({}), ...pairs)).map(([a, b]) => ({ ...a, ...b }));
    },
    fc.record(plain, { requiredKeys: [] }),
  );
};

/**
 * Values of a declaration, such that decoding what encoding made of them gives them back (lengths that encoding fills in aside).
 * @param codec any table, struct, body or scalar
 * @param depth how many nests deep
 */
export const arbitraryOf = (codec: AnyCodec, depth = 3): Arbitrary<unknown> => {
  switch (codec.kind) {
    case "int":
      return int(codec);
    case "string":
      return text;
    case "ip":
      return ip;
    case "hardware":
      return hardware;
    case "bytes":
      return fc.uint8Array({ maxLength: 16 });
    case "flag":
      return fc.constant(true);
    case "octets":
      return ofLength(codec.size).map((bytes) => hardwareText(bytes, 0, codec.size));
    case "array":
      return fc.array(int(codec.of), { maxLength: 4 });
    case "repeated":
      return fc.array(arbitraryOf(codec.of as AnyCodec, depth), { minLength: 1, maxLength: 3 });
    case "indexed":
      return fc.array(arbitraryOf(codec.of as AnyCodec, depth - 1), { maxLength: 3 });
    case "struct":
      return struct(codec);
    case "tailed":
      return fc
        .tuple(struct(codec.header), arbitraryOf(codec.tail as AnyCodec, depth))
        .map(([h, tail]) => ({ ...h, [codec.name]: tail }));
    case "records":
      return fc.array(body(codec.of, depth - 1), { maxLength: 3 });
    case "body":
      return body(codec, depth);
    case "attrs":
      return nest(codec, depth, {});
    case "control":
      return fc.record({ header: struct(codec.header), attrs: nest(codec.attrs, depth, {}) });
    case "opaque":
      return fc.record({ payload: fc.uint8Array({ minLength: 1, maxLength: 16 }) }, { requiredKeys: [] });
    case "choice":
      throw new TypeError("a choice has no values without what decides it");
  }
};

/**
 * Messages of a registry, or control messages.
 * @param types the registry
 */
export const arbitraryMessage = (types: Registry<MessageType>): Arbitrary<object> =>
  fc.constantFrom(...types.byName.values()).chain(({ name, type, body: of }) =>
    fc
      .tuple(
        fc.record({ flags: fc.integer({ min: 0, max: 0xffff }), seq: fc.nat(0xffffffff), pid: fc.nat(0xffffffff) }),
        arbitraryOf(of as AnyCodec),
      )
      .map(([envelope, value]) => {
        // Of an ack only this form carries attributes and no echo.
        const flags = of.kind === "control" ? NLM_F.CAPPED | NLM_F.ACK_TLVS : envelope.flags;
        return { type, name, ...envelope, flags, ...(value as object) };
      }),
  );
