// What nobody has declared, shown as what it may be. Guesses are marked with "?": other programs' bytes may look like attributes.
import { eachAttribute, NLA_TYPE_MASK } from "./attribute.ts";
import { align4, type Reader } from "./bytes.ts";
import { hexText, quoteBytes } from "./text.ts";

/** Types beyond are no attribute's that the kernel has. */
const HIGHEST_TYPE = 1023;

/** Do these bytes frame attributes to the last one, each with a type that an attribute may have? */
export const mayBeAttributes = (r: Reader, start: number, end: number): boolean => {
  let likely = end - start >= 4;
  const stop = eachAttribute(r, start, end, (word) => {
    const type = word & NLA_TYPE_MASK;
    if (type === 0 || type > HIGHEST_TYPE) likely = false;
  });
  return likely && stop === end;
};

/** Text that ends in NUL. */
export const isText = (u8: Uint8Array, at: number, end: number): boolean => {
  if (end - at < 3 || u8[end - 1] !== 0) return false;
  for (let i = at; i < end - 1; i++) if ((u8[i] as number) < 0x20 || (u8[i] as number) > 0x7e) return false;
  return true;
};

/** The text of a payload that nobody has declared: its bytes, and what they spell. */
export const guessText = (r: Reader, at: number, end: number): string => {
  if (at === end) return "";
  const bytes = r.u8.subarray(at, end);
  return isText(r.u8, at, end) ? `${hexText(bytes)} ${quoteBytes(bytes)}?` : hexText(bytes);
};

/** Longest header before attributes: tcmsg's 20, ndmsg's 12, inet_diag_msg's 72 and more. */
const LONGEST_HEADER = 256;

/** Nothing that a program sends is longer, and a tree of it would fill the memory. */
const LONGEST_BODY = 65_536;

/** Where the attributes of a body may begin that nobody has declared; undefined: nowhere. */
export const attributesFrom = (r: Reader, start: number, end: number): number | undefined => {
  if (end - start > LONGEST_BODY) return undefined;
  for (let at = start; at <= end - 4 && at - start <= LONGEST_HEADER; at = start + align4(at - start + 1)) {
    if (mayBeAttributes(r, at, end)) return at;
  }
  return undefined;
};
