// Payloads made of others: a struct with attributes behind it, records, counted nests, layouts that something else decides.
import {
  type Attrs,
  eachAttribute,
  keepWords,
  keptWord,
  NLA_F,
  NLA_FLAGS,
  NLA_TYPE_MASK,
  unframed,
  wire,
  writeAttribute,
} from "./attribute.ts";
import { align4, type Reader, type Writer } from "./bytes.ts";
import type { AttrTable, Body, Choice, Codec, Indexed, Records, Struct, Tailed } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkKeys, checkList, checkRecord, numberOf, shown } from "./expect.ts";
import { fault } from "./fault.ts";
import { camelCase, enumKey, type Names } from "./names.ts";
import { type Keeping, keptBytes, writeOrKept } from "./unwritable.ts";

/** What a body's value looks like: decoding fills in both. */
export interface HeaderAndAttrs<H, A> {
  /** The fixed struct. One that many messages have alike may be one frozen object in all of them: copy it to change it. */
  header: Readonly<H>;
  /** What follows it. */
  attrs: A;
}

/** The properties of a body. */
export const BODY_KEYS: readonly string[] = ["header", "attrs"];

/** Of a lossless decode: a header whose bytes encoding would not give (padding that is not zero; too few of them). */
const keepHeader = (r: Reader, codec: Struct<never>, header: Keeping, at: number, end: number): void => {
  if (r.scratch === undefined) return;
  r.scratch.net = r.net;
  const kept = keptBytes(r, codec, header, at, end);
  r.scratch.net = false;
  if (kept !== undefined) header[wire] = kept;
};

/**
 * Declares a struct with attributes behind it. What it writes may lack either.
 * @param header the struct
 * @param attrs the table
 * @param padded the header's padding is written also where no attribute follows: the strict check of RTM_GETNETCONF wants it. Default: false
 */
/* @__NO_SIDE_EFFECTS__ */
export const body = <H extends object, A extends Attrs>(
  header: Struct<H>,
  attrs: AttrTable<A>,
  padded = false,
): Body<HeaderAndAttrs<H, A>> => ({
  kind: "body",
  header: header as unknown as Struct,
  attrs: attrs as unknown as AttrTable,
  read(r, at, end) {
    const split = Math.min(end, at + align4(header.size));
    const outer = r.header;
    const value = { header: header.read(r, at, Math.min(end, at + header.size), {}) as H, attrs: {} as A };
    keepHeader(r, header as Struct<never>, value.header, at, Math.min(end, at + header.size));
    r.header = value.header;
    const inside = attrs.read(r, split, end, {});
    r.header = outer;
    if (inside === undefined) return undefined;
    value.attrs = inside;
    return value;
  },
  write(w, value, siblings, constant) {
    // A whole message has its envelope beside these, and checks itself.
    if (constant !== "") {
      checkRecord("{ header, attrs }", value);
      checkKeys(value, BODY_KEYS, constant);
    }
    const given = value.header === undefined ? {} : value.header;
    checkRecord(`struct ${header.name}`, given, "header");
    const outer = w.header;
    const start = w.pos;
    const tail: A = value.attrs === undefined ? ({} as A) : value.attrs;
    checkRecord("attributes", tail, "attrs");
    const found = (given as Keeping)[wire];
    // A header that was cut short can stay so only while nothing follows it.
    const kept = found && (found.bytes.length === header.size || !hasKeys(tail)) ? found : undefined;
    writeOrKept(w, header as Struct<never>, given, siblings, constant, kept);
    if (kept?.canonical !== undefined) {
      if (w.matches(start, kept.canonical, 0, kept.canonical.length)) {
        w.rewind(start);
        w.raw(kept.bytes);
      }
    }
    const gap = align4(header.size) - header.size;
    if (gap > 0 && (padded || hasKeys(tail))) w.zeros(gap);
    w.header = given;
    attrs.write(w, tail, siblings, constant);
    w.header = outer;
  },
});

const hasKeys = (value: object): boolean => Object.keys(value).length > 0;

/**
 * Visits what u8[start, end) frames as records: each says its length in its first two bytes.
 * @param least sizeof the struct that each begins with
 * @param visit gets each record's bounds, and where the next begins
 * @returns where framing ends
 */
export const eachRecord = (
  r: Reader,
  least: number,
  start: number,
  end: number,
  visit: (at: number, end: number, next: number) => void,
): number => {
  let at = start;
  while (end - at >= least) {
    const length = r.dv.getUint16(at, r.little);
    if (length < least || length > end - at) break;
    const next = Math.min(end, at + align4(length));
    visit(at, at + length, next);
    at = next;
  }
  return at;
};

/**
 * Declares bodies one behind the other, each with its length in its first two bytes. Encoding fills that in.
 * @param of one of them
 * @param constant its C name: "nexthop"
 */
/* @__NO_SIDE_EFFECTS__ */
export const records = <T>(of: Body<T>, constant: string): Records<T> => ({
  kind: "records",
  of,
  constant,
  read(r, start, end) {
    const items: (T | undefined)[] = [];
    const stop = eachRecord(r, of.header.size, start, end, (at, to) => {
      r.path.push(`[${items.length}]`);
      items.push(of.read(r, at, to, items));
      r.path.pop();
    });
    if (stop < end) {
      return end - stop < of.header.size
        ? fault(r, "TRAILING", stop, end - stop)
        : fault(r, "TRUNCATED", stop, r.dv.getUint16(stop, r.little), end - stop);
    }
    return items.includes(undefined) ? undefined : (items as T[]);
  },
  write(w, items) {
    checkList(items);
    items.forEach((item, i) => {
      const at = w.pos;
      try {
        of.write(w, item, items, constant);
      } catch (error) {
        throw below(error, `[${i}]`);
      }
      const length = w.pos - at;
      if (length > 0xffff) throw new EncodeError("TOO_LONG", `${length} bytes: a record's length field ends at 65535`);
      w.dv.setUint16(at, length, w.little);
      w.zeros(align4(length) - length);
    });
  },
});

/**
 * Declares a nest whose attribute types only count: 1, 2, 3…
 * @param of what each item holds
 * @param first the type of the first. Default: 1
 */
/* @__NO_SIDE_EFFECTS__ */
export const indexed = <T>(of: Codec<T>, first = 1): Indexed<T> => ({
  kind: "indexed",
  of,
  first,
  read(r, start, end) {
    const items: (T | undefined)[] = [];
    const { net } = r;
    const words: number[] = [];
    let inOrder = true;
    const stop = eachAttribute(r, start, end, (word, at, to) => {
      inOrder &&= (word & NLA_TYPE_MASK) === first + items.length;
      r.path.push(`[${items.length}]`);
      r.net ||= (word & NLA_F.NET_BYTEORDER) !== 0;
      items.push(of.read(r, at, to, items));
      words.push(word);
      r.net = net;
      r.path.pop();
    });
    if (stop < end) {
      const [code, found, due] = unframed(r, stop, end);
      return fault(r, code, stop, found, due);
    }
    // Items out of order would lose their numbers: then the whole nest stays raw.
    if (!inOrder || items.includes(undefined)) return undefined;
    return keepWords(r, items, words, (i) => (first + i) | (of.kind === "attrs" ? NLA_F.NESTED : 0)) as T[];
  },
  write(w, items, _siblings, constant) {
    checkList(items);
    items.forEach((item, i) => {
      const kept = keptWord(items, i);
      const nest = of.kind === "attrs" && w.nests(constant) ? NLA_F.NESTED : 0;
      const flags = kept === undefined ? nest : kept & NLA_FLAGS;
      try {
        writeAttribute(w, of as Codec<unknown>, constant, (first + i) | flags, item, items);
      } catch (error) {
        throw below(error, `[${i}]`);
      }
    });
  },
});

const pick = (values: object, { members }: Struct<object>): object =>
  Object.fromEntries(Object.entries(values).filter(([key]) => members.some(({ name }) => name === key)));

/**
 * Declares a struct whose last member takes the rest of the bytes. The value is flat.
 * @param header the struct
 * @param name property of the last member
 * @param tail its codec
 * @param constant its C name
 */
/* @__NO_SIDE_EFFECTS__ */
export const tailed = <T extends object, V = unknown>(
  header: Struct<object>,
  name: keyof T & string,
  tail: Codec<V>,
  constant: string,
): Tailed<T> => ({
  kind: "tailed",
  header: header as Struct,
  name,
  constant,
  tail: tail as unknown as Codec<unknown>,
  read(r, at, end, siblings) {
    const split = Math.min(end, at + header.size);
    const fixed = header.read(r, at, split, siblings);
    // A member may decide what the tail is.
    const last = tail.read(r, split, end, fixed ?? {});
    // Without its tail it would be written back as another: then all of it stays raw.
    return last === undefined ? undefined : ({ ...fixed, [name]: last } as T);
  },
  write(w, value, siblings, own) {
    checkRecord(`struct ${header.name}`, value);
    const { [name]: last, ...rest } = value;
    // A whole message has its envelope beside these, and checks its keys itself.
    const fixed = own === "" ? pick(rest, header) : rest;
    header.write(w, fixed, siblings, own);
    if (last === undefined) return;
    try {
      tail.write(w, last as V, fixed, own);
    } catch (error) {
      throw below(error, name);
    }
  },
});

/** A codec for each name that a choice knows. */
export type Cases<T> = () => { readonly [K in keyof T]-?: Codec<NonNullable<T[K]>> };

/**
 * Declares a payload whose layout the sibling `by` names: IFLA_INFO_DATA by IFLA_INFO_KIND. The value has one key, that name. An
 * unknown name leaves the payload in `unknown`.
 * @param by property of the sibling
 * @param cases a codec for each name
 */
/* @__NO_SIDE_EFFECTS__ */
export const choice = <T extends object>(by: string, cases: Cases<T>): Choice<T> => choose<T>(by, undefined, cases);

/**
 * Declares a payload whose layout the sibling `by`, a number, decides: NFTA_OBJ_DATA by NFTA_OBJ_TYPE. The value has one key, the constant
 * of that number in camelCase without its prefix.
 * @param by property of the sibling
 * @param names the constants of its values
 * @param cases a codec for each
 * @param fallback what any other value means; its own value stands without a key
 */
/* @__NO_SIDE_EFFECTS__ */
export const choiceByNumber = <T extends object, F = unknown>(
  by: string,
  names: Names,
  cases: Cases<T>,
  fallback?: Codec<F>,
): Choice<T> => choose<T>(by, undefined, cases, fallback as Codec<unknown> | undefined, names);

/**
 * Declares a payload whose layout a member of the message's header decides: IFLA_PROTINFO by ifi_family. The value has one key, the
 * constant of that member's value in camelCase without its prefix.
 * @param member property of the header
 * @param names the constants of that member's values
 * @param cases a codec for each
 * @param fallback what any other value means; its own value stands without a key
 */
/* @__NO_SIDE_EFFECTS__ */
export const choiceByHeader = <T extends object, F = unknown>(
  member: string,
  names: Names,
  cases: () => { readonly [K in keyof T]?: Codec<NonNullable<T[K]>> },
  fallback?: Codec<F>,
): Choice<T> => choose<T>(member, names, cases, fallback as Codec<unknown> | undefined);

const nameOf = (value: unknown): string => (typeof value === "string" ? value : shown(value));

/** The case that holds, if any: by the sibling's text, or by the header's number. */
export const caseOf = (
  codec: Choice,
  { header, extensions }: Pick<Reader | Writer, "header" | "extensions">,
  siblings: object,
): { readonly name: string; readonly codec: Codec<unknown> | undefined } => {
  const decider = (codec.header === undefined ? siblings : header) as { readonly [name: string]: unknown };
  const value = decider[codec.by];
  const names = codec.header ?? codec.names;
  const name = names === undefined ? nameOf(value) : camelCase(enumKey(names, numberOf(value)) ?? "");
  const own = Object.hasOwn(codec.cases, name) ? codec.cases[name] : undefined;
  const added = extensions?.get(codec);
  return { name, codec: own ?? (added !== undefined && Object.hasOwn(added, name) ? added[name] : undefined) };
};

const isBytes = ({ kind }: Codec<unknown>, value: unknown): boolean => kind === "bytes" && value instanceof Uint8Array;

/* @__NO_SIDE_EFFECTS__ */
const choose = <T extends object>(
  by: string,
  header: Names | undefined,
  cases: () => object,
  fallback?: Codec<unknown>,
  names?: Names,
): Choice<T> => {
  let built: { readonly [name: string]: Codec<unknown> } | undefined;
  const self: Choice<T> = {
    kind: "choice",
    by,
    header,
    names,
    fallback,
    get cases() {
      built ??= cases() as { readonly [name: string]: Codec<unknown> };
      return built;
    },
    read(r, at, end, siblings) {
      const found = caseOf(self as Choice, r, siblings);
      if (found.codec === undefined) return fallback?.read(r, at, end, siblings) as T | undefined;
      const inner = found.codec.read(r, at, end, siblings);
      // What cannot be read as what it should be is bytes, where bytes may stand.
      if (inner === undefined)
        return fallback?.kind === "bytes" ? (fallback.read(r, at, end, siblings) as T) : undefined;
      return { [found.name]: inner } as T;
    },
    write(w, value, siblings, constant) {
      const found = caseOf(self as Choice, w, siblings);
      if (fallback !== undefined && (found.codec === undefined || isBytes(fallback, value))) {
        return fallback.write(w, value as never, siblings, constant);
      }
      checkRecord("an object with one key", value);
      const keys = Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
      const what = header === undefined ? `"${found.name}"` : `${header.prefix}… ${found.name || "of the header"}`;
      if (found.codec === undefined) throw new EncodeError("WRONG_KIND", `no layout is declared for ${by} ${what}`);
      if (keys.length !== 1 || keys[0] !== found.name) {
        const given = keys.map((k) => `"${k}"`).join(", ") || "nothing";
        const wanted = `{"${found.name}": {…}}`;
        throw new EncodeError(
          "WRONG_KIND",
          `${by} is ${what}: the data must stand under that key alone: write ${wanted}, got ${given}`,
        );
      }
      found.codec.write(w, (value as Record<string, unknown>)[found.name], siblings, constant);
    },
  };
  return self;
};
