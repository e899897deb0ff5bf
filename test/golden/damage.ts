// What must hold of bytes that were damaged, whatever the protocol: nothing but a DecodeError is thrown, nothing is lost, every byte is
// explained once, and one fault costs one attribute.
import { expect } from "vitest";
import { DecodeError, decodeMessages, encodeMessages, explain, type Registry } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";
import { attributesOf, hole, leavesOf, unlike, withPayload, wordsOf } from "./mutations.ts";

/** What must hold of any bytes at all; undefined, or what does not. */
export const broken = (bytes: Uint8Array, types: Registry): string | undefined => {
  try {
    decodeMessages(bytes, { types });
    const again = encodeMessages(decodeMessages(bytes, { types, lossless: true }), { types });
    if (unlike(bytes, again)) return `encoded again: ${hex(again)}`;
    const gap = hole(explain(bytes, { types }), 0, bytes.length);
    if (gap !== undefined) return `explain: ${gap}`;
  } catch (error) {
    return `thrown: ${(error as Error)?.stack ?? error}`;
  }
  try {
    decodeMessages(bytes, { types, strict: true });
  } catch (error) {
    if (!(error instanceof DecodeError)) return `strict: ${(error as Error)?.stack ?? error}`;
  }
  return undefined;
};

/** Tries mutants of one protocol's messages: what it gives are the first that do not do as they should, with the reason. */
export const failuresWith = (types: Registry): ((...mutants: Iterable<Uint8Array>[]) => string[]) => {
  // Many messages begin alike: the same bytes are tried once, whoever sent them.
  const tried = new Set<string>();
  return (...mutants) => {
    const out: string[] = [];
    for (const bytes of mutants.flatMap((some) => [...some])) {
      const key = Buffer.from(bytes).toString("latin1");
      if (tried.has(key) || out.length === 3) continue;
      tried.add(key);
      const why = broken(bytes, types);
      if (why !== undefined) out.push(`${hex(bytes)}\n${why}`);
    }
    return out;
  };
};

/** Nothing; too little for anything but a byte; a nest with too little for a header; one whose first attribute claims too much. */
const BAD = [[], [0xff], [0xff, 0xff, 1], [0xff, 0x7f, 1, 0, 9]].map((bytes) => Uint8Array.from(bytes));

/** Is `path` this property, or inside it? */
const isWithin = (path: string, property: string): boolean =>
  path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`);

/**
 * One bad attribute leaves all the others decoded; it is read, or kept as it is.
 * @param decides what goes with an attribute because that decides its layout
 */
export const expectOneFaultCostsOne = (
  bytes: Uint8Array,
  types: Registry,
  decides: (property: string) => string | undefined,
): void => {
  const whole = leavesOf(bytes, types);
  for (const place of attributesOf(bytes, types)) {
    const { property, constant } = place.field;
    const gone = [property, decides(property) ?? property];
    const others = (leaves: ReadonlyMap<string, string>): string[] =>
      [...leaves].filter(([path]) => !gone.some((of) => isWithin(path, of))).map((leaf) => leaf.join(" = "));
    for (const payload of BAD) {
      const damaged = withPayload(bytes, place, payload);
      const why = `${constant} is ${hex(payload)}: ${hex(damaged)}`;
      const left = leavesOf(damaged, types);
      expect(others(left), why).toEqual(others(whole));
      const isRead = [...left.keys()].some((path) => isWithin(path, property));
      expect(isRead || wordsOf(damaged, types).includes(place.word), why).toBe(true);
      for (const { path } of decodeMessages(damaged, { types })[0]?.issues ?? []) {
        expect(
          gone.some((of) => isWithin(path, of)),
          `${why}: ${path}`,
        ).toBe(true);
      }
    }
  }
};
