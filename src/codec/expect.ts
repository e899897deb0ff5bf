// What encoding is given, checked before it is used: callers in JavaScript, and casts, hand over anything.
import { EncodeError } from "./errors.ts";
import { plain, quote } from "./text.ts";

/** What a value is, for a person: "null", "an array", "a Date". */
const nameOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return "an array";
  const name = plain(Object.prototype.toString.call(value).slice(8, -1));
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
};

/** The error for a value of the wrong JavaScript type. */
export const expected = (what: string, value: unknown): EncodeError =>
  new EncodeError("BAD_VALUE", `expected ${what}, got ${nameOf(value)}`);

/** Any value at all for an error's words: a Symbol, and an object without a prototype, cannot be made into text. */
export const shown = (value: unknown): string =>
  typeof value === "string"
    ? quote(value)
    : typeof value === "object" || typeof value === "symbol" || typeof value === "function"
      ? nameOf(value)
      : String(value);

/** The number that decides a layout; NaN for what is none. */
export const numberOf = (value: unknown): number =>
  value === undefined ? 0 : typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN;

/** What nearly all are, and is quickly seen. */
export const isPlain = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * An object with named properties: no array, Map, Date or Uint8Array, whose properties would be silently none. `name` is the property
 * that holds it, where no table does.
 */
export const checkRecord = (what: string, value: unknown, name?: string): void => {
  if (isPlain(value)) return;
  if (Object.prototype.toString.call(value) === "[object Object]") return;
  const error = expected(what, value);
  throw name === undefined ? error : error.within(name);
};

/** The same properties, none of them inherited: what `for … in` may go through. It takes half the time of Object.keys and look-ups. */
export const ownOf = <T extends object>(value: T): T => (isPlain(value) ? value : { ...value });

/** An array that has all of its items: one that is missing would be passed over without a word. */
export const checkList = (value: unknown): void => {
  if (!Array.isArray(value)) throw expected("an array", value);
  for (let i = 0; i < value.length; i++) {
    if (!(i in value)) throw new EncodeError("BAD_VALUE", "an item is missing here").within(`[${i}]`);
  }
};

/** Bytes; `name` is the property that holds them, where no table does. */
export const checkBytes = (value: unknown, name?: string): void => {
  if (value instanceof Uint8Array) return;
  const error = expected("a Uint8Array", value);
  throw name === undefined ? error : error.within(name);
};

/** Only these keys: a misspelt one would be lost without a word. */
export const checkKeys = (value: object, known: readonly string[], what: string): void => {
  for (const key in value) {
    if (!known.includes(key)) throw new EncodeError("UNKNOWN_NAME", `${what} has no "${plain(key)}"`);
  }
};
