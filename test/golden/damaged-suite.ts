// Recorded messages of a protocol other than NETLINK_ROUTE, damaged in every place.
import { describe, expect, test } from "vitest";
import type { MessageType, Registry } from "../../src/index.ts";
import { type FixtureMessage, hex, items } from "../support/fixtures.ts";
import { expectOneFaultCostsOne, failuresWith } from "./damage.ts";
import { cuts, flips } from "./mutations.ts";

/** An expression, an object: its name or type decides the layout of its data. */
const decides = (property: string): string | undefined =>
  /(^|\.|\])(name|type)$/.test(property) ? property.replace(/(name|type)$/, "data") : undefined;

/** The tests of some recorded messages: each that differs in more than sender and number. */
export const damaged = <M extends MessageType>(registry: Registry<M>, recorded: readonly FixtureMessage[]): void => {
  const types = registry as unknown as Registry;
  const failures = failuresWith(types);
  const files = new Set(recorded.map(({ name }) => name));
  const victims = [
    ...new Map(
      recorded.map(({ name, direction, bytes }) => {
        const title = `${direction} type ${bytes[4]}, ${bytes.length} bytes, ${name}`;
        return [hex(bytes.slice(0, 8)) + hex(bytes.slice(16)), [title, bytes] as const] as const;
      }),
    ).values(),
  ];

  describe("cut at every length, every byte flipped, every byte's lowest bit flipped", () => {
    test.each(victims)("%s", (_title, bytes) => {
      expect(failures(cuts(bytes), flips(bytes, 0xff), flips(bytes, 0x01))).toEqual([]);
    });
    test("whole datagrams, cut here and there", () => {
      for (const { bytes } of items(types.name)
        .filter(({ file }) => files.has(file))
        .flatMap(({ datagrams }) => datagrams)) {
        expect(failures(cuts(bytes, Math.max(13, Math.floor(bytes.length / 7))))).toEqual([]);
      }
    });
  });

  describe("one bad attribute leaves all the others decoded", () => {
    test.each(victims)("%s", (_title, bytes) => expectOneFaultCostsOne(bytes, types, decides));
  });
};
