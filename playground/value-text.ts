// A value as a person types it, and back.
import type { AnyCodec, Int } from "../src/codec/codec.ts";
import type { Field } from "../src/codec/explain-field.ts";
import { enumName, flagNames } from "../src/codec/names.ts";
import { OCTET, plain } from "../src/codec/text.ts";

/** Text that stands for no value. Its message is for a person, and safe to show. */
export class TextError extends RangeError {}

const hexDigits = (bytes: Uint8Array): string => Array.from(bytes, (b) => OCTET[b]).join(" ");

const intText = ({ names, bits }: Int, value: number | bigint): string => {
  if (names === undefined) return String(value);
  return bits === true
    ? value === 0
      ? "0"
      : flagNames(names, Number(value))
    : (enumName(names, Number(value)) ?? String(value));
};

/**
 * What stands in the input when an edit begins.
 * @param value a leaf's value
 * @param codec how it is written; undefined: bytes
 */
export const textOfValue = (value: Field["value"], codec: AnyCodec | undefined): string => {
  if (value instanceof Uint8Array) return hexDigits(value);
  if (Array.isArray(value)) return value.join(" ");
  if (typeof value === "string") return plain(value);
  return codec?.kind === "int" ? intText(codec, value as number) : String(value);
};

/** Bytes from hex digits, however they are set apart. */
export const bytesOfText = (text: string): Uint8Array => {
  const digits = text.replace(/^hex:/, "").replace(/0x|\\x|[\s:,]/gi, "");
  if (!/^[\da-f]*$/i.test(digits)) throw new TextError("these are bytes: hex digits are due");
  if (digits.length % 2 !== 0) throw new TextError("half a byte is missing");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
};

const NUMBER = /^-?(\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i;

const bigOf = (token: string, { names }: Pick<Int, "names">): bigint => {
  if (NUMBER.test(token)) return token.startsWith("-") ? -BigInt(token.slice(1)) : BigInt(token);
  const key = names !== undefined && token.startsWith(names.prefix) ? token.slice(names.prefix.length) : token;
  const known = names !== undefined && Object.hasOwn(names.values, key) ? names.values[key] : undefined;
  if (known !== undefined) return BigInt(known);
  throw new TextError(
    `"${plain(token)}" is no number${names === undefined ? "" : ` and no ${names.prefix}… that is known`}`,
  );
};

/** "IFF_UP|IFF_RUNNING", "0x10", "-1", "6 IF_OPER_UP" as the tree shows it. */
const intOf = (text: string, codec: Pick<Int, "names" | "bits">): bigint => {
  const [first = "", ...others] = text.trim().split(/\s+/);
  if (others.length > 0 && NUMBER.test(first)) return bigOf(first, codec);
  const tokens = codec.bits === true ? text.split("|") : [text];
  return tokens.map((token) => bigOf(token.trim(), codec)).reduce((a, b) => a | b);
};

/** Text with the escapes of JSON; a quote may stand for itself. */
const stringOf = (text: string): string => {
  try {
    return JSON.parse(`"${text.replace(/(\\.)|"/gs, (whole, escaped) => (escaped === undefined ? '\\"' : whole))}"`);
  } catch {
    throw new TextError("an escape that JSON does not know: \\\\ is a backslash");
  }
};

/** Text of any kind, char[64] of a struct among it: shown with escapes, and edited with them. */
const isText = (codec: AnyCodec | undefined): boolean =>
  codec?.kind === "string" || (codec?.kind === "octets" && codec.chars === true);

const numberLike = (value: bigint, like: unknown): number | bigint =>
  typeof like === "bigint" ? value : Number(value);

/**
 * What was typed, as a value of the kind that stands there. Whether it fits is for encoding to say.
 * @param text what was typed
 * @param old the value that stands there
 * @param codec how it is written; undefined: bytes
 * @throws TextError
 */
export const valueOfText = (text: string, old: Field["value"], codec: AnyCodec | undefined): unknown => {
  if (old instanceof Uint8Array) return bytesOfText(text);
  if (Array.isArray(old)) {
    const items = text.split(/[\s,]+/).filter((item) => item !== "");
    const like = codec?.kind === "array" && codec.of.size === 8 ? 0n : (old[0] ?? 0);
    return items.map((item) => numberLike(intOf(item, {}), like));
  }
  if (typeof old === "number" || typeof old === "bigint") {
    return numberLike(intOf(text, codec?.kind === "int" ? codec : {}), old);
  }
  if (typeof old !== "boolean") return isText(codec) ? stringOf(text) : text.trim();
  if (/^\s*(true|false)\s*$/.test(text)) return text.trim() === "true";
  throw new TextError("true or false");
};

/** Constants to choose from; none: any number. */
export const choicesOf = (codec: AnyCodec | undefined): string[] => {
  const names = codec?.kind === "int" ? codec.names : undefined;
  return names === undefined ? [] : Object.keys(names.values).map((key) => names.prefix + key);
};
