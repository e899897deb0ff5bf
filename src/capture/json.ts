// A decoded message as JSON: 64-bit integers as decimal strings, bytes as `hex:…`, hostile characters escaped.
import { hexText, printable } from "../codec/text.ts";

const replace = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value instanceof Uint8Array ? hexText(value) : value;

/**
 * One line of JSON.
 * @param value a message, or anything made of such values
 */
export const jsonLine = (value: unknown): string => printable(JSON.stringify(value, replace));
