// A decoded message as JSON: 64-bit integers as decimal strings, bytes as `hex:…`, hostile characters escaped.
import { wire } from "../codec/attribute.ts";
import { hexText, quote } from "../codec/text.ts";

/** The property in which the JSON of a lossless decode has what its objects have under the symbol `wire`. */
export const WIRE_KEY = "$wire";
/** The one property of the object behind the items of a list, for the same: of an item that is an object it could be its own. */
export const LIST_KEY = "$list";

/** Text that stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Names of properties, quoted: the same few hundred again and again. */
const keys = /* @__PURE__ */ new Map<string, string>();

/** With the comma before it. */
const keyOf = (name: string): string => {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const quoted = `,${text(name)}:`;
  // Those of a table are few; those of a stranger's object may not fill the memory.
  if (keys.size < 4096) keys.set(name, quoted);
  return quoted;
};
const text = (value: string): string => (PLAIN.test(value) ? `"${value}"` : quote(value));

/** Counters are mostly 0, and seldom too large for a number, of which V8 makes a text in a third of the time. */
const bigText = (value: bigint): string => {
  if (value === 0n) return '"0"';
  const number = Number(value);
  return `"${Number.isSafeInteger(number) ? number : value}"`;
};

/** Undefined: what JSON leaves out. */
const jsonOf = (value: unknown): string | undefined => {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return bigText(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `"${hexText(value)}"`;
      return Array.isArray(value) ? listOf(value) : objectOf(value);
    default:
      return undefined;
  }
};

/** What was kept of a list stands behind its items. */
const listOf = (value: readonly unknown[]): string => {
  const kept = (value as { readonly [wire]?: object })[wire];
  const items = value.map((item) => jsonOf(item) ?? "null");
  if (kept !== undefined) items.push(`{"${LIST_KEY}":${objectOf(kept)}}`);
  return `[${items.join(",")}]`;
};

const objectOf = (value: object): string => `{${jsonMembers(value)}}`;

/**
 * An object's JSON without its brackets: objects that are only printed beside each other need not be copied into one.
 * @param value a message, or what is said beside it
 */
export const jsonMembers = (value: object): string => {
  let out = "";
  for (const name in value) {
    const said = jsonOf((value as { readonly [name: string]: unknown })[name]);
    if (said === undefined) continue;
    out += out === "" ? keyOf(name).slice(1) : keyOf(name);
    out += said;
  }
  const kept = (value as { readonly [wire]?: object })[wire];
  const said = kept === undefined ? "{}" : objectOf(plainOf(kept));
  return said === "{}" ? out : `${out}${out === "" ? "" : ","}"${WIRE_KEY}":${said}`;
};

/** Maps as lists of pairs; without what is empty. */
const plainOf = (kept: object): object => {
  const parts = Object.entries(kept).map(([name, part]): [string, unknown] => [
    name,
    part instanceof Map ? [...part] : part,
  ]);
  return Object.fromEntries(parts.filter(([, part]) => !Array.isArray(part) || part.length > 0));
};

/**
 * One line of JSON. Not JSON.stringify, whose replacer takes half of the time that decoding and printing a message takes.
 * What a lossless decode kept stands under "$wire"; that of a list in an object of its own, behind the items, under "$list".
 * @param value a message, or anything made of such values
 */
export const jsonLine = (value: unknown): string => jsonOf(value) ?? "null";
