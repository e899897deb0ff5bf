// Headers that are one object in many messages: the right one, whatever was read before, and no way to change it for all.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Alike, AlikeLists } from "../../src/codec/fast.ts";
import { decodeMessages, encodeMessages, type MessageOf, type RouteMessageType, route } from "../../src/index.ts";

type Route = Extract<MessageOf<RouteMessageType>, { name: "RTM_NEWROUTE" }>;
const octet = fc.oneof(fc.constant(0), fc.constantFrom(2, 8, 24, 32, 254), fc.nat(255));
/** Few values, so that the same come again, beside others and beside zeros alone. */
const header = fc.record({
  family: octet,
  dstLen: octet,
  srcLen: octet,
  tos: octet,
  table: octet,
  protocol: octet,
  scope: octet,
  type: octet,
  flags: fc.oneof(fc.constant(0), fc.nat(0xffffffff)),
});
const read = (headers: readonly Route["header"][]): Route["header"][] => {
  const bytes = encodeMessages(headers.map((one) => ({ name: "RTM_NEWROUTE" as const, header: one })));
  return decodeMessages(bytes, { types: route }).map((message) => (message as Route).header);
};

test("every header is the one that was written", () => {
  fc.assert(
    fc.property(fc.array(header, { minLength: 1, maxLength: 40 }), (headers) => {
      expect(read(headers)).toEqual(headers);
    }),
    { numRuns: 500 },
  );
});
test("the same bytes are the same object, which is frozen", () => {
  const one = { family: 2, dstLen: 24, srcLen: 0, tos: 0, table: 254, protocol: 3, scope: 0, type: 1, flags: 0 };
  const [first, other, again] = read([one, { ...one, dstLen: 25 }, one]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(() => {
    (first as { dstLen: number }).dstLen = 1;
  }).toThrow(TypeError);
  expect({ ...first, dstLen: 1 }).toEqual({ ...one, dstLen: 1 });
});
test("lists: each is the one that was written, whatever came before; one that comes again is one frozen object", () => {
  const list = fc.array(fc.oneof(fc.constantFrom(0, 1, 1500), fc.nat(0xffffffff)), { maxLength: 7 });
  const conf = (one: readonly number[]) => ({ afSpec: { inet: { conf: one } } });
  const readLists = (lists: readonly (readonly number[])[]): unknown[] =>
    decodeMessages(encodeMessages(lists.map((one) => ({ name: "RTM_NEWLINK" as const, attrs: conf(one) }))), {
      types: route,
    }).map((message) => (message as { attrs: { afSpec: { inet: { conf: unknown } } } }).attrs.afSpec.inet.conf);
  fc.assert(
    fc.property(fc.array(list, { maxLength: 40 }), (lists) => {
      expect(readLists(lists)).toEqual(lists);
    }),
    { numRuns: 300 },
  );
  // Kept at the latest when it has been missed as often as others are left alone in its place.
  const [one, again] = readLists(Array.from({ length: 70 }, () => [7, 8, 9, 10])).slice(-2);
  expect(again).toBe(one);
  expect(Object.isFrozen(again)).toBe(true);
});
test("lists longer than any that the kernel has are not kept", () => {
  const long = new DataView(new ArrayBuffer(4 * 300));
  const lists = new AlikeLists();
  const items = Array.from({ length: 300 }, () => 0);
  for (let i = 0; i < 3; i++) {
    expect(lists.find(long, 0, 1200)).toBeUndefined();
    expect(lists.keep(items)).toBe(items);
  }
  expect(Object.isFrozen(items)).toBe(false);
});
test("lists of one place are told apart, and take turns there", () => {
  // The second item is not looked at.
  const both = new DataView(Int32Array.from([1, 2, 3, 4, 1, 9, 3, 4]).buffer);
  const lists = new AlikeLists();
  const get = (at: number, list: number[]): readonly number[] => lists.find(both, at, at + 16) ?? lists.keep(list);
  for (let i = 0; i < 200; i++) {
    expect(get(0, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
    expect(get(16, [1, 9, 3, 4])).toEqual([1, 9, 3, 4]);
  }
});
test("what is unsigned is found by its bits", () => {
  const bytes = new DataView(Uint32Array.from([0xffffffff, 0, 0x80000000, 1]).buffer);
  const lists = new AlikeLists();
  const list = [0xffffffff, 0, 0x80000000, 1];
  for (let i = 0; i < 2; i++) {
    expect(lists.find(bytes, 0, 16)).toBeUndefined();
    lists.keep(list);
  }
  expect(lists.find(bytes, 0, 16)).toBe(list);
});
test("two that share a place take turns", () => {
  const alike = new Alike<{ at: number }>();
  const words = new DataView(new ArrayBuffer(36));
  // The third is the first with its first and last words in each other's place: they are added without carry.
  words.setInt32(0, 1, true);
  words.setInt32(32, 1, true);
  const get = (at: number): { at: number } => alike.find(words, at) ?? alike.keep({ at });
  for (const at of [0, 12, 24, 0, 0, 12, 24, 24, 0]) expect(get(at)).toEqual({ at });
  expect(get(0)).toBe(get(0));
});
