// What JSON has no form for: bytes, attributes that no table declares.
import type { RawAttribute } from "../codec/attribute.ts";
import { EncodeError } from "../codec/errors.ts";

/** An object of JSON. */
export type Json = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** "hex:0102" -> its bytes; anything else as it is: encoding says what is wrong with it. */
export const bytesOf = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  if (/^<secret: \d+ bytes>$/.test(value)) {
    throw new EncodeError("BAD_VALUE", "a key that was masked: decode with --show-keys keeps it");
  }
  const [, digits] = /^hex:((?:[\da-f]{2})*)$/i.exec(value) ?? [];
  return digits === undefined
    ? value
    : Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
};

/** The entries of `unknown` with their bytes; what is none stays as it is. */
export const rawsOf = (value: readonly unknown[]): RawAttribute[] =>
  value.map((raw) => (isObject(raw) ? { ...raw, bytes: bytesOf(raw["bytes"]) } : raw) as RawAttribute);
