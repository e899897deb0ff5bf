// Editing what a lossless decode gave: only what was edited changes.
import { describe, expect, test } from "vitest";
import {
  type Attrs,
  attrs,
  body,
  decodeMessages,
  decodeWith,
  encodeMessage,
  encodeWith,
  indexed,
  listOf,
  type MessageOf,
  messageTypes,
  numbered,
  bytes as octets,
  type RouteMessageType,
  registry,
  struct,
  u16,
  u32,
} from "../../src/index.ts";

type Link = Extract<MessageOf<RouteMessageType>, { name: "RTM_NEWLINK" }>;
const attribute = (type: number, payload: number[], padding = 0): number[] => {
  const length = 4 + payload.length;
  return [length, 0, type & 255, type >> 8, ...payload, ...Array((4 - (length % 4)) % 4).fill(padding)];
};
const message = (type: number, body: number[]): Uint8Array => {
  const bytes = new Uint8Array(16 + body.length);
  new DataView(bytes.buffer).setUint32(0, bytes.length, true);
  bytes[4] = type;
  bytes.set(body, 16);
  return bytes;
};
const linkOf = (...parts: number[][]): Uint8Array => message(16, [...Array(16).fill(0), ...parts.flat()]);
const read = (bytes: Uint8Array): Link => decodeMessages(bytes, { lossless: true })[0] as Link;

describe("the same attribute twice", () => {
  const bytes = linkOf(attribute(4, [1, 0, 0, 0]), attribute(4, [2, 0, 0, 0]));
  test("untouched, both are written", () => expect(encodeMessage(read(bytes))).toEqual(bytes));
  test("taken out, neither comes back", () => {
    const { mtu: _, ...rest } = read(bytes).attrs;
    expect(encodeMessage({ ...read(bytes), attrs: rest })).toEqual(linkOf());
  });
  test("changed, the last has the new value", () => {
    const link = read(bytes);
    const edited = encodeMessage({ ...link, attrs: { ...link.attrs, mtu: 3 } });
    expect(edited).toEqual(linkOf(attribute(4, [1, 0, 0, 0]), attribute(4, [3, 0, 0, 0])));
  });
});

test("what is taken out of unknown does not shift what is left, nor its padding", () => {
  const first = attribute(0x3001, [1], 0xaa);
  const second = attribute(0x3002, [2], 0xbb);
  const link = read(linkOf(first, attribute(4, [9, 0, 0, 0]), second));
  const edited = { ...link, attrs: { ...link.attrs, unknown: link.attrs.unknown?.slice(1) } };
  expect(encodeMessage(edited)).toEqual(linkOf(attribute(4, [9, 0, 0, 0]), second));
});

describe("counted nests", () => {
  interface Listed extends Attrs {
    list?: readonly number[] | undefined;
    blobs?: readonly Uint8Array[] | undefined;
  }
  const family = struct<{ family: number }>("test", "", 4, () => ({ family: [0, u32] }));
  const listed = attrs<Listed>("LIST_", () => ({ list: [1, indexed(u16)], blobs: [2, indexed(octets)] }));
  const types = registry("TEST", 31, messageTypes(body(family, listed), { LISTED: 100 }));
  const both = (bytes: Uint8Array): Uint8Array =>
    encodeWith(types, decodeWith(types, bytes, { lossless: true })[0] as never);

  test("an item with NLA_F_NET_BYTEORDER is big-endian, and written back so", () => {
    const bytes = message(100, [0, 0, 0, 0, ...attribute(1, [...attribute(0x4001, [0, 7]), ...attribute(2, [7, 0])])]);
    expect(decodeWith(types, bytes)[0]).toMatchObject({ attrs: { list: [7, 7] } });
    expect(both(bytes)).toEqual(bytes);
  });
  test("an item changed, the others keep the flags of their types; so does the item", () => {
    const with7 = (third: number[]) =>
      message(100, [0, 0, 0, 0, ...attribute(1, [...attribute(0x4001, [0, 7]), ...attribute(2, [7, 0]), ...third])]);
    const [listedMessage] = decodeWith(types, with7(attribute(0x4003, [0, 7])), { lossless: true });
    const { attrs } = listedMessage as unknown as { attrs: Listed };
    const list = Object.assign([...(attrs.list ?? [])], attrs.list);
    list[2] = 9;
    const edited = { ...(listedMessage as object), attrs: { ...attrs, list } };
    expect(encodeWith(types, edited as never)).toEqual(with7(attribute(0x4003, [0, 9])));
  });
  test.each([
    ["listOf", listOf(u16, "ITEM", 1), [9, 8]],
    [
      "numbered",
      numbered(u16),
      [
        { number: 5, value: 9 },
        { number: 6, value: 8 },
      ],
    ],
  ] as const)("%s: likewise", (_, codec, items) => {
    const table = attrs<Attrs & { items?: unknown }>("X_", () => ({ items: [1, codec as never] }));
    const one = registry("TEST", 31, messageTypes(body(family, table), { LISTED: 100 }));
    const due = (first: number[]) =>
      message(100, [0, 0, 0, 0, ...attribute(1, [...attribute(0x4005, first), ...attribute(6, [8, 0])])]);
    const [decoded] = decodeWith(one, due([0, 7]), { lossless: true }) as unknown as { attrs: { items: unknown[] } }[];
    const copy = Object.assign([...(decoded?.attrs.items ?? [])], decoded?.attrs.items);
    copy[0] = items[0];
    expect(encodeWith(one, { ...decoded, attrs: { ...decoded?.attrs, items: copy } } as never)).toEqual(due([0, 9]));
  });
  test("one that its own padding would make too long stays raw", () => {
    const item = attribute(1, Array(65526).fill(5)).slice(0, 65530);
    const bytes = message(100, [0, 0, 0, 0, ...attribute(2, item)]);
    expect(bytes.length).toBe(16 + 4 + 65536);
    expect(decodeWith(types, bytes, { lossless: true })[0]).toHaveProperty("attrs.unknown");
    expect(both(bytes)).toEqual(bytes);
  });
});
