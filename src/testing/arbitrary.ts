// fast-check arbitraries for any declaration: values that encoding can say and decoding gives back.
import fc, { type Arbitrary } from "fast-check";
import { hardwareText, ipBytes, ipText } from "../codec/address.ts";
import { addressText } from "../codec/bits.ts";
import type {
  AnyCodec,
  AttrTable,
  Body,
  Choice,
  Codec,
  Field,
  Int,
  Member,
  Struct,
  Tailed,
  Tlv8,
  Variants,
} from "../codec/codec.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput } from "../codec/message.ts";
import { camelCase } from "../codec/names.ts";
import type { MessageType, Registry } from "../codec/registry.ts";

const int = ({ size, signed, width }: Int): Arbitrary<number | bigint> => {
  const bits = width ?? size * 8;
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

const member = ({ codec }: Member): Arbitrary<unknown> => {
  if (codec.kind === "int") return int(codec);
  const { size, address } = codec;
  if (codec.chars === true) return text.filter((s) => new TextEncoder().encode(s).length <= size);
  return ofLength(size).map((bytes) => (address === undefined ? hardwareText : ipText)(bytes, 0, size));
};

/** What an address is written as depends on the family beside it: IPv4 takes the first four of its bytes. */
const addressed = (codec: Struct, values: object): object => {
  const out = { ...values } as Record<string, unknown>;
  for (const { name, codec: of } of codec.members) {
    if (of.kind !== "octets" || of.address?.by === undefined) continue;
    const bytes = ipBytes(String(out[name]));
    out[name] = addressText(bytes, 0, bytes.length, out[of.address.by]);
  }
  return out;
};

/** Members that have one of these values, always. */
type Fixed = { readonly [member: string]: readonly number[] };

/** Values of a struct. Members that a choice below looks at take the values it knows half of the time. */
const struct = (
  codec: Struct,
  deciders: ReadonlyMap<string, readonly number[]> = new Map(),
  fixed: Fixed = {},
): Arbitrary<object> =>
  fc
    .record(
      Object.fromEntries(
        codec.members.map((m) => {
          const only = fixed[m.name];
          if (only !== undefined) return [m.name, fc.constantFrom(...only)];
          const known = deciders.get(m.name);
          return [m.name, known === undefined ? member(m) : fc.oneof(member(m), fc.constantFrom(...known))];
        }),
      ),
    )
    .map((values) => addressed(codec, values));

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

const body = ({ header, attrs }: Body, depth: number, fixed?: Fixed): Arbitrary<object> =>
  struct(header, decidersOf(attrs), fixed).chain((h) =>
    fc.record({ header: fc.constant(h), attrs: nest(attrs, depth, h) }),
  );

/** A message that has several layouts: its family is one that this layout is of. */
const variant = (codec: Variants, depth: number): Arbitrary<object> =>
  fc.oneof(
    ...Object.entries(codec.cases).map(([key, { request, dump, body: of, families }]) => {
      const first = of.header.members.find((m) => m.offset === 0);
      const fixed = first === undefined || families === undefined ? {} : { [first.name]: families };
      // What is left for any family are those that no other layout has.
      const taken = Object.values(codec.cases).flatMap((one) =>
        one.request === request && one.dump === dump ? (one.families ?? []) : [],
      );
      const isFree = (value: object): boolean => {
        const { header } = value as { header: Record<string, unknown> };
        return families !== undefined || first === undefined || !taken.includes(Number(header[first.name]));
      };
      return body(of, depth, fixed)
        .filter(isFree)
        .map((value) => ({ [key]: value }));
    }),
  );

const caseByHeader = (choice: Choice, header: object, depth: number): Arbitrary<unknown> | undefined => {
  const value = (header as Record<string, unknown>)[choice.by] ?? 0;
  const [key] = Object.entries(choice.header?.values ?? {}).find(([, v]) => v === value) ?? [""];
  const name = camelCase(key);
  const found = Object.hasOwn(choice.cases, name) ? choice.cases[name] : undefined;
  if (found !== undefined) return valuesOf(found as AnyCodec, depth).map((v) => ({ [name]: v }));
  return choice.fallback && valuesOf(choice.fallback as AnyCodec, depth);
};

/** Types that no table declares. */
const UNDECLARED = 0x3ff0;
/** Bytes that do not look like attributes in either byte order: what explain guesses would depend on that. */
const opaque = fc.uint8Array({ maxLength: 9 }).map((bytes) => (bytes.length < 4 ? bytes : bytes.fill(0xff, 0, 2)));
const unknown = fc.array(fc.record({ word: fc.integer({ min: UNDECLARED, max: 0x3fff }), bytes: opaque }), {
  minLength: 1,
  maxLength: 2,
});

/** What the sibling of a choice is for one of its cases: the name itself, or the number that has it. */
const deciding = ({ names }: Choice, name: string): string | number =>
  names === undefined ? name : (Object.entries(names.values).find(([key]) => camelCase(key) === name)?.[1] ?? 0);

/** Lengths are one byte: text stays short. */
const tlv8 = ({ fields }: Tlv8, depth: number): Arbitrary<object> =>
  fc.record(
    {
      ...Object.fromEntries(fields.map((f) => [f.name, valuesOf(f.codec as AnyCodec, depth - 1).map(brief)])),
      unknown: fc.array(
        fc.record({ word: fc.integer({ min: 0x80, max: 0xff }), bytes: fc.uint8Array({ maxLength: 9 }) }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  );
const brief = (value: unknown): unknown => (typeof value === "string" ? [...value].slice(0, 20).join("") : value);

const choiceOf = ({ codec }: Field): Choice => codec as unknown as Choice;

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
      codec.kind === "choice" ? codec.header && caseByHeader(codec, header, depth - 1) : valuesOf(codec, depth - 1);
    if (made !== undefined) plain[f.name] = made;
  }
  // Payloads that a sibling decides are made together with that sibling: it may decide several.
  const deciders = [...new Set(siblings.map((c) => c.by))];
  return deciders.reduce(
    (all: Arbitrary<object>, by) => {
      const decided = table.fields.filter(
        (f) => siblings.includes(f.codec as unknown as Choice) && choiceOf(f).by === by,
      );
      const keys = [...new Set(decided.flatMap((f) => Object.keys(choiceOf(f).cases)))];
      const kinds = keys.map((key) => {
        const own = decided.flatMap((f) => {
          const inner = Object.hasOwn(choiceOf(f).cases, key) ? choiceOf(f).cases[key] : undefined;
          return inner === undefined
            ? []
            : [[f.name, valuesOf(inner as AnyCodec, depth - 1).map((v) => ({ [key]: v }))] as const];
        });
        const name = deciding(choiceOf(decided[0] as Field), key);
        return fc.record({ [by]: fc.constant(name), ...Object.fromEntries(own) }, { requiredKeys: [by] });
      });
      return fc.tuple(all, fc.oneof(fc.constant({}), ...kinds)).map(([a, b]) => ({ ...a, ...b }));
    },
    fc.record(plain, { requiredKeys: [] }),
  );
};

const valuesOf = (codec: AnyCodec, depth: number): Arbitrary<unknown> => {
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
      return fc.array(valuesOf(codec.of as AnyCodec, depth), { minLength: 1, maxLength: 3 });
    case "indexed":
      return fc.array(valuesOf(codec.of as AnyCodec, depth - 1), { maxLength: 3 });
    case "list":
      // A list holds nests of its own: it counts with them.
      return fc.array(valuesOf(codec.of as AnyCodec, depth), { maxLength: 3 });
    case "numbered":
      return fc.array(
        fc.record({ number: fc.integer({ min: 0, max: 0x3fff }), value: valuesOf(codec.of as AnyCodec, depth) }),
        { maxLength: 3 },
      );
    case "tlv8":
      return tlv8(codec, depth);
    case "struct":
      return struct(codec);
    case "tailed":
      if ((codec.tail as unknown as AnyCodec).kind === "choice") return tailedByChoice(codec, depth);
      return fc
        .tuple(struct(codec.header), valuesOf(codec.tail as AnyCodec, depth))
        .map(([h, tail]) => ({ ...h, [codec.name]: tail }));
    case "records":
      return fc.array(body(codec.of, depth - 1), { maxLength: 3 });
    case "body":
      return body(codec, depth);
    case "attrs":
      return nest(codec, depth, {});
    case "control":
      return fc.record({ header: struct(codec.header), attrs: nest(codec.attrs, depth, {}) });
    case "text":
      return fc.record({
        action: fc.constantFrom("add", "remove", "change"),
        devpath: fc.stringMatching(/^\/[a-z/]{1,20}$/),
        properties: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), fc.stringMatching(/^[ -~]{0,20}$/), {
          maxKeys: 5,
          noNullPrototype: true,
        }),
      });
    case "opaque":
      return fc.record({ payload: fc.uint8Array({ minLength: 1, maxLength: 16 }) }, { requiredKeys: [] });
    case "sequence":
      return fc.array(fc.oneof(...codec.cases.map((one) => struct(one.struct, undefined, one.is))), { maxLength: 4 });
    case "variants":
      return variant(codec, depth);
    case "choice":
      throw new TypeError("a choice has no values without what decides it");
  }
};

/** A struct whose tail one of its members decides. */
const tailedByChoice = (codec: Tailed, depth: number): Arbitrary<object> => {
  const choice = codec.tail as unknown as Choice;
  const known = Object.entries(choice.cases).map(([key, inner]) =>
    fc.tuple(
      struct(codec.header, undefined, { [choice.by]: [Number(deciding(choice, key))] }),
      // Of the connector a message holds one event: several would be read otherwise.
      valuesOf(inner as AnyCodec, depth).map((value) => ({
        [key]: Array.isArray(value) ? value.slice(0, 1) : value,
      })),
    ),
  );
  return fc.oneof(...known).map(([h, tail]) => ({ ...h, [codec.name]: tail }));
};

/** The flags under which a message has the layout that its value has. */
const directed = (of: object, value: unknown, flags: number): number => {
  const codec = of as Variants;
  if (codec.kind !== "variants") return flags;
  const [key = ""] = Object.keys(value as object);
  const { request, dump } = codec.cases[key] ?? {};
  // A layout of dumps comes first: under any other no message is one.
  const rest = dump === true ? flags | NLM_F.DUMP : flags & ~NLM_F.DUMP;
  return request === true ? rest | NLM_F.REQUEST : rest & ~NLM_F.REQUEST;
};

/**
 * Values of a declaration, such that decoding what encoding made of them gives them back (lengths that encoding fills in aside).
 * @param codec any table, struct, body or scalar
 * @param depth how many nests deep
 * @example
 * fc.property(arbitraryOf(linkAttrs), (attrs) => encodeMessage({ name: "RTM_NEWLINK", attrs }))
 */
export const arbitraryOf = <T>(codec: Codec<T>, depth = 3): Arbitrary<T> =>
  valuesOf(codec as AnyCodec, depth) as Arbitrary<T>;

/**
 * Messages of a registry, or control messages.
 * @param types the registry
 * @param depth how many nests deep
 */
export const arbitraryMessage = <M extends MessageType>(types: Registry<M>, depth = 3): Arbitrary<AnyInput<M>> =>
  fc.constantFrom(...types.byName.values()).chain(({ name, type, body: of }) =>
    fc
      .tuple(
        fc.record({ flags: fc.integer({ min: 0, max: 0xffff }), seq: fc.nat(0xffffffff), pid: fc.nat(0xffffffff) }),
        valuesOf(of as AnyCodec, depth),
      )
      .map(([envelope, value]) => {
        // Of an ack only this form carries attributes and no echo.
        const flags = of.kind === "control" ? NLM_F.CAPPED | NLM_F.ACK_TLVS : directed(of, value, envelope.flags);
        return { type, name, ...envelope, flags, ...(value as object) } as unknown as AnyInput<M>;
      }),
  );
