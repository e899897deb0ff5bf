// What a lossless decode keeps of a whole body, or of a header: the bytes that stood there, where encoding would give others, or none at
// all. While nobody has changed the value, those bytes are what is written.
import { otherwise, type wire } from "./attribute.ts";
import { type Reader, readerOf, type Writer } from "./bytes.ts";
import type { Codec } from "./codec.ts";
import { EncodeError } from "./errors.ts";

/** Bytes that stood there. */
export interface Kept {
  /** All of them. */
  readonly bytes: Uint8Array;
  /** What encoding would give in their place; undefined: it would throw. */
  readonly canonical: Uint8Array | undefined;
}

/** What to keep of u8[at, end) beside the value that was read there; undefined: nothing, for encoding gives the same. */
export const keptBytes = (
  r: Reader,
  codec: Codec<never>,
  value: unknown,
  at: number,
  end: number,
): Kept | undefined => {
  const { scratch } = r;
  if (scratch === undefined) return undefined;
  const { pos, net, depth, header } = scratch;
  try {
    const canonical = otherwise(scratch, r.u8, at, end, codec, value, {}, "");
    return canonical && { bytes: r.u8.slice(at, end), canonical };
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    scratch.rewind(pos);
    Object.assign(scratch, { net, depth, header });
    return { bytes: r.u8.slice(at, end), canonical: undefined };
  }
};

/**
 * Appends a value; one that encoding refuses as the bytes that were kept, if it is still what they say.
 * @param kept what was kept of it, if anything
 * @throws EncodeError
 */
export const writeOrKept = (
  w: Writer,
  codec: Codec<never>,
  value: unknown,
  siblings: object,
  constant: string,
  kept: { readonly [K in keyof Kept]?: Kept[K] | undefined } | undefined,
): void => {
  const { pos, net, depth, header } = w;
  try {
    codec.write(w, value as never, siblings, constant);
  } catch (error) {
    if (!(error instanceof EncodeError) || kept?.bytes === undefined || kept.canonical !== undefined) throw error;
    if (!isSaidBy(w, codec, value as object, kept.bytes)) throw error;
    w.rewind(pos);
    Object.assign(w, { net, depth, header });
    w.raw(kept.bytes);
  }
};

/** Do these bytes still say what the value says? */
const isSaidBy = (w: Writer, codec: Codec<never>, value: object, bytes: Uint8Array): boolean => {
  const r = readerOf(bytes, { byteOrder: w.little ? "little" : "big", lossless: true }, w.extensions);
  r.flags = w.flags;
  const said: unknown = codec.read(r, 0, bytes.length, {});
  if (typeof said !== "object" || said === null) return false;
  // A message has its envelope beside what its body says.
  return Object.entries(said).every(([name, part]) => isSame(part, (value as Record<string, unknown>)[name]));
};

const isSame = (a: unknown, b: unknown): boolean => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const values = a as Record<string, unknown>;
  const others = b as Record<string, unknown>;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Array.isArray(a) === Array.isArray(b) && [...names].every((name) => isSame(values[name], others[name]));
};

/** Where that which was kept of an object is found. */
export interface Keeping {
  [wire]?: Kept | undefined;
}
