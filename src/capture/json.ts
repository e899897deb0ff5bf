// A decoded message as JSON: 64-bit integers as decimal strings, bytes as `hex:…`, hostile characters escaped.
import { wire } from "../codec/attribute.ts";
import { hexText, quote } from "../codec/text.ts";

/** The property in which the JSON of a lossless decode has what its objects have under the symbol `wire`. */
export const WIRE_KEY = "$wire";

/** Text that stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Names of properties, quoted: the same few hundred again and again. */
const keys = /* @__PURE__ */ new Map<string, string>();

const keyOf = (name: string): string => {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const quoted = `${text(name)}:`;
  // Those of a table are few; those of a stranger's object may not fill the memory.
  if (keys.size < 4096) keys.set(name, quoted);
  return quoted;
};
const text = (value: string): string => (PLAIN.test(value) ? `"${value}"` : quote(value));

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
      return `"${value}"`;
    case "object":
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `"${hexText(value)}"`;
      return Array.isArray(value) ? `[${value.map((item) => jsonOf(item) ?? "null").join(",")}]` : objectOf(value);
    default:
      return undefined;
  }
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
    if (said !== undefined) out += out === "" ? keyOf(name) + said : `,${keyOf(name)}${said}`;
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
 * What a lossless decode kept stands under "$wire".
 * @param value a message, or anything made of such values
 */
export const jsonLine = (value: unknown): string => jsonOf(value) ?? "null";
