// What a lossless decode kept, as JSON has it -> as encoding takes it. JSON may say anything: what encoding relies on is checked here.
import type { AttrsWire, Original, RawAttribute } from "../codec/attribute.ts";
import { EncodeError } from "../codec/errors.ts";
import { expected } from "../codec/expect.ts";
import { hexText } from "../codec/text.ts";
import { LIST_KEY, WIRE_KEY } from "./json.ts";
import { bytesOf, isObject, type Json, rawsOf } from "./json-values.ts";

/** A part of what was kept; `name` is its property. */
const part = <T>(name: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof EncodeError ? error.within(name) : error;
  }
};

const bytes = (value: unknown): Uint8Array => {
  const said = bytesOf(value);
  if (said instanceof Uint8Array) return said;
  throw expected('bytes ("hex:…")', value);
};
const maybeBytes = (value: unknown): Uint8Array | undefined => (value === undefined ? undefined : bytes(value));

const integer = (value: unknown, lowest: number, highest: number): number => {
  if (typeof value !== "number") throw expected("a number", value);
  if (Number.isInteger(value) && value >= lowest && value <= highest) return value;
  throw new EncodeError("OUT_OF_RANGE", `${value} is none of ${lowest} to ${highest}`);
};

const list = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw expected("an array", value);
};

/** Pairs of a place in the nest and what is kept of it. */
const byPlace = <T>(value: unknown, read: (kept: unknown) => T): Map<number, T> =>
  new Map(
    list(value).map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw expected("an array of two", pair);
      return [integer(pair[0], 0, 0xffff), read(pair[1])];
    }),
  );

const originalOf = (value: unknown): Original => {
  if (!isObject(value)) throw expected("{ bytes, canonical }", value);
  return { bytes: bytes(value["bytes"]), canonical: maybeBytes(value["canonical"]) };
};

/** What a raw attribute is known by; undefined: it is none. */
const keyOf = (raw: unknown): string | undefined =>
  isObject(raw) && raw["bytes"] instanceof Uint8Array ? `${String(raw["word"])} ${hexText(raw["bytes"])}` : undefined;

/** Entries of `unknown` are found by what they are, since somebody may have taken some out. */
const sameOf = (raws: readonly RawAttribute[], unknown: unknown): RawAttribute[] => {
  const known = new Map<string, RawAttribute[]>();
  // From behind, so that `pop` gives the first of several that are the same.
  for (const raw of Array.isArray(unknown) ? [...(unknown as unknown[])].reverse() : []) {
    const key = keyOf(raw);
    if (key === undefined) continue;
    const found = known.get(key);
    if (found === undefined) known.set(key, [raw as RawAttribute]);
    else found.push(raw as RawAttribute);
  }
  return raws.map((raw) => known.get(keyOf(raw) ?? "")?.pop() ?? raw);
};

/** Of a struct or of a whole message: bytes, and what encoding would give. */
const WHOLE = ["bytes", "canonical", "length", "after"];

const wholeOf = (kept: Json): object => {
  const { length } = kept;
  const out: { [name: string]: unknown } = {};
  for (const name of ["bytes", "canonical", "after"]) {
    if (kept[name] !== undefined) out[name] = part(name, () => bytes(kept[name]));
  }
  if (length !== undefined) out["length"] = part("length", () => integer(length, 0, 0xffffffff));
  return out;
};

const nestOf = (kept: Json, unknown: unknown): AttrsWire => {
  const raws = part("raws", () => sameOf(rawsOf(list(kept["raws"])), unknown));
  return {
    // A negative word, ~i, stands for raws[i].
    words: part("words", () => list(kept["words"]).map((word) => integer(word, -raws.length, 0xffff))),
    raws,
    originals: part("originals", () => byPlace(kept["originals"], originalOf)),
    padding: part("padding", () => byPlace(kept["padding"], bytes)),
    tail: part("tail", () => maybeBytes(kept["tail"])),
  };
};

/**
 * What was kept of an object.
 * @param kept what JSON has of it
 * @param unknown the object's `unknown`
 * @throws EncodeError for what decoding cannot have kept
 */
export const keptOf = (kept: unknown, unknown: unknown): object =>
  part(WIRE_KEY, () => {
    if (!isObject(kept)) throw expected("an object", kept);
    return WHOLE.some((name) => kept[name] !== undefined) ? wholeOf(kept) : nestOf(kept, unknown);
  });

/** What was kept of a list, which stands behind its items; undefined: nothing. */
export const keptOfList = (items: readonly unknown[]): object | undefined => {
  const last = items.at(-1);
  if (!isObject(last) || Object.keys(last).join() !== LIST_KEY) return undefined;
  const kept = last[LIST_KEY];
  return part(LIST_KEY, () => {
    if (!isObject(kept)) throw expected("{ words }", kept);
    return { words: part("words", () => list(kept["words"]).map((word) => integer(word, 0, 0xffff))) };
  });
};
