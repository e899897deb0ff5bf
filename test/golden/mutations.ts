// Ways to damage recorded bytes, and to look at what explain says of them.
import { decodeMessages, explain, type Field, type Registry, route } from "../../src/index.ts";
import type { FixtureMessage } from "../support/fixtures.ts";

/** What is meant where nothing is said. */
const ROUTE = route as unknown as Registry;

/** Every beginning of some bytes, shortest first; or one every `step` bytes. */
export function* cuts(bytes: Uint8Array, step = 1): Generator<Uint8Array> {
  for (let n = 0; n < bytes.length; n += step) yield bytes.slice(0, n);
}

/** The bytes with each one changed in turn. */
export function* flips(bytes: Uint8Array, mask: number): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i++) {
    const copy = bytes.slice();
    copy[i] = (bytes[i] as number) ^ mask;
    yield copy;
  }
}

/** Do they differ? */
export const unlike = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) !== 0;

/** Fields must stand one behind the other from `at` to `end`, and so must the children of each, to its end. What does not. */
export const hole = (fields: readonly Field[], at: number, end: number): string | undefined => {
  for (const field of fields) {
    if (field.offset !== at) return `${field.constant} begins at ${field.offset}, due is ${at}`;
    at += field.length;
    const first = field.children[0];
    if (first === undefined) continue;
    if (first.offset < field.offset) return `${first.constant} begins before ${field.constant}`;
    const inner = hole(field.children, first.offset, at);
    if (inner !== undefined) return inner;
  }
  return at === end ? undefined : `ends at ${at}, due is ${end}`;
};

/** An attribute, at any depth. */
export interface Place {
  readonly field: Field;
  /** Its type word. */
  readonly word: number;
  /** The nests it stands in: each begins with a length of two bytes that counts it. */
  readonly nests: readonly Field[];
}

const wordAt = (bytes: Uint8Array, at: number): number => (bytes[at] as number) | ((bytes[at + 1] as number) << 8);

/** Members of structs have no type word. Numbers are of attributes that nobody declared. */
const isAttribute = ({ word, property }: Field): boolean => word !== undefined && !/(^|\.)\d+$|\]$/.test(property);

/** The declared attributes of a message, those of nests too; one of several of the same type is left out. */
export const attributesOf = (bytes: Uint8Array, types: Registry = ROUTE): Place[] => {
  const out: Place[] = [];
  const walk = (fields: readonly Field[], nests: readonly Field[]): void => {
    for (const field of fields) {
      // The request inside an ack is bytes to the decoder.
      if (field.constant === "" || field.property.startsWith("payload")) continue;
      if (isAttribute(field)) out.push({ field, word: wordAt(bytes, field.offset + 2), nests });
      if (field.children.length > 0) walk(field.children, [...nests, field]);
    }
  };
  const [message] = explain(bytes, { types });
  const isAck = message?.constant === "NLMSG_ERROR";
  walk(
    (message?.children ?? []).filter((f) => !isAck || f.constant.startsWith("NLMSGERR_")),
    [],
  );
  return out;
};

/** The message with another payload in one attribute, and every length around it put right. */
export const withPayload = (bytes: Uint8Array, { field, nests }: Place, payload: Uint8Array): Uint8Array => {
  const attribute = new Uint8Array((4 + payload.length + 3) & ~3);
  attribute.set([4 + payload.length, 0, ...bytes.slice(field.offset + 2, field.offset + 4), ...payload]);
  const before = bytes.slice(0, field.offset);
  const behind = bytes.slice(field.offset + field.length);
  const out = Uint8Array.from([...before, ...attribute, ...behind]);
  const view = new DataView(out.buffer);
  view.setUint32(0, out.length, true);
  for (const { offset } of nests) {
    view.setUint16(offset, wordAt(bytes, offset) + out.length - bytes.length, true);
  }
  return out;
};

type Loose = { readonly [key: string]: unknown };

/** A next hop's own length, which `withPayload` puts right like any other. */
const OWN_LENGTH = /\]\.len$/;

/** Where explain's properties and a decoded message differ: bodies and what a kind decides have one level more in the message. */
const LEVELS = ["header", "attrs"];
const CHOICES = ["data", "slaveData", "protinfo", "options", "xstats"];
/** NFTA_CMP_DATA and its like are called as a choice is, and are none: what an expression compares with. */
const isOperand = (value: object): boolean => "value" in value || "verdict" in value;

/** Everything that was decoded from the attributes of a message: property path as explain writes it, and value. */
export const leavesOf = (bytes: Uint8Array, types: Registry = ROUTE): Map<string, string> => {
  const out = new Map<string, string>();
  const walk = (value: unknown, path: string, key: string): void => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) {
      if (!OWN_LENGTH.test(path)) out.set(path, `${typeof value} ${value}`);
      return;
    }
    // A nest stands in the list by itself: it is there even when nothing in it could be read.
    if (path !== "") out.set(path, Array.isArray(value) ? "[]" : "{}");
    const isChoice = CHOICES.includes(key) && !isOperand(value);
    // Messages of ethtool have an attribute of that name.
    const isBody = LEVELS.every((level) => level in value);
    for (const [name, inner] of Object.entries(value)) {
      const step = Array.isArray(value) ? `[${name}]` : path === "" ? name : `.${name}`;
      if ((isBody && LEVELS.includes(name)) || isChoice) walk(inner, path, "");
      else if (name !== "unknown") walk(inner, path + step, name);
    }
  };
  const [message = {}] = decodeMessages(bytes, { types }) as readonly object[];
  // The body of NETLINK_SOCK_DIAG stands under the name of its family.
  const { attrs } = [message, ...Object.values(message)].find(
    (one): one is { attrs: Loose } => typeof one === "object" && one !== null && "attrs" in one,
  ) ?? { attrs: {} };
  walk(attrs, "", "");
  return out;
};

/** The type words of all that was kept as bytes, at any depth. */
export const wordsOf = (bytes: Uint8Array, types: Registry = ROUTE): number[] => {
  const inside = (value: unknown): number[] => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
    const { unknown = [], ...rest } = value as Loose & { unknown?: readonly { word: number }[] };
    return [...unknown.map(({ word }) => word), ...Object.values(rest).flatMap(inside)];
  };
  return inside(decodeMessages(bytes, { types }));
};

/** What makes two messages the same for a decoder: type, family, kinds of link, and which attributes there are at the top. */
const kindOf = (bytes: Uint8Array): string => {
  const [message] = decodeMessages(bytes) as {
    name?: string;
    flags: number;
    header?: { family?: number };
    attrs?: { linkinfo?: { kind?: string; slaveKind?: string } };
  }[];
  const { name, header, attrs } = message ?? {};
  const { kind, slaveKind } = attrs?.linkinfo ?? {};
  const keys = name?.endsWith("LINK") === true ? [] : Object.keys(attrs ?? {});
  const acks = name === "NLMSG_ERROR" ? (message?.flags ?? 0) & 0x300 : undefined;
  return [name, header?.family, kind, slaveKind, acks, ...keys].filter((part) => part !== undefined).join(" ");
};

/** The first message of each kind. */
export const oneOfEachKind = (all: readonly FixtureMessage[]): (FixtureMessage & { kind: string })[] => {
  const found = new Map<string, FixtureMessage & { kind: string }>();
  for (const message of all) {
    const kind = kindOf(message.bytes);
    if (!found.has(kind)) found.set(kind, { ...message, kind });
  }
  return [...found.values()];
};
