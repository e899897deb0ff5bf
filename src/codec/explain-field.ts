// A stretch of bytes with its name and its meaning: what explain makes.
import type { Reader } from "./bytes.ts";
import type { AttrTable } from "./codec.ts";
import { secretText } from "./secret.ts";
import { hexText } from "./text.ts";

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
  /** nla_type, flags included: of an attribute, and of nothing else. */
  readonly word?: number | undefined;
  /** Where in the explained buffer a key stands; undefined: it is none. */
  readonly secret?: SecretPlace | undefined;
}
/** Where a key stands. */
export interface SecretPlace {
  /** Byte index of its first byte. */
  readonly at: number;
  /** Byte index behind its last one. */
  readonly end: number;
}
/** What reading a stretch of bytes gave. */
export type Detail = Partial<Pick<Field, "value" | "text" | "children" | "issue" | "word" | "secret">> & {
  /** The table of the attributes inside. */
  readonly table?: AttrTable | undefined;
};
/** Names of what stands above: C path and property path. */
export interface Above {
  readonly path: string;
  readonly property: string;
}
/** The message itself. */
export const TOP: Above = { path: "", property: "" };
export const within = (above: Above, constant: string, property: string): Above => ({
  path: above.path === "" ? constant : `${above.path}/${constant}`,
  property:
    above.property === ""
      ? property
      : property.startsWith("[")
        ? above.property + property
        : `${above.property}.${property}`,
});

const NONE: readonly Field[] = [];

export const field = (constant: string, above: Above, at: number, end: number, detail: Detail = {}): Field => {
  const { path, property } = above;
  const { value, text = "", children = NONE, issue, word } = detail;
  const made: { -readonly [K in keyof Field]: Field[K] } =
    value === undefined
      ? { constant, path, property, offset: at, length: end - at, text, children }
      : { constant, path, property, offset: at, length: end - at, value, text, children };
  if (issue !== undefined) made.issue = issue;
  if (word !== undefined) made.word = word;
  if (detail.secret !== undefined) made.secret = detail.secret;
  if (detail.table !== undefined) tables.set(made, detail.table);
  return made;
};
/** Bytes shown as bytes. Where there may be keys, nobody knows that these are none. */
export const raw = (r: Reader, at: number, end: number, issue?: string): Detail =>
  r.guarded && at < end ? { ...guarded(r, at, end, shown(r, at, end)), issue } : { ...shown(r, at, end), issue };

/** Bytes that are known to be no key. */
export const shown = (r: Reader, at: number, end: number): Detail => ({
  value: r.u8.slice(at, end),
  text: at === end ? "" : hexText(r.u8.subarray(at, end)),
});

/** What is, or may be, a key: shown only where that is asked for, and always marked. */
export const guarded = (r: Reader, at: number, end: number, open: Detail): Detail => {
  const text = secretText(end - at);
  return { ...(r.masked ? { value: text, text } : open), secret: { at, end } };
};

export const isZero = (u8: Uint8Array, at: number, end: number): boolean => {
  for (let i = at; i < end; i++) if (u8[i] !== 0) return false;
  return true;
};
/** Padding that is none: where there may be keys, a piece of one. */
export const hasRest = (r: Reader, at: number, end: number): boolean => r.guarded && !isZero(r.u8, at, end);

/** The bytes between members (__ifi_pad), or behind the last one. */
export const gap = (r: Reader, at: number, end: number): Field[] => {
  if (at >= end) return [];
  if (isZero(r.u8, at, end)) return [field("", TOP, at, end, { text: "padding" })];
  const secret = r.guarded ? { secret: { at, end } } : {};
  const text = r.guarded && r.masked ? secretText(end - at) : hexText(r.u8.subarray(at, end));
  return [field("", TOP, at, end, { text: `padding ${text}`, ...secret })];
};

/** The table by which a field's children were read. Beside the fields, so that they stay plain data. */
const tables = /* @__PURE__ */ new WeakMap<Field, AttrTable>();
/** The table of the attributes inside a field; undefined when it holds none, or none that is declared. */
export const tableOf = (of: Field): AttrTable | undefined => tables.get(of);
