// The shapes of the codec, one by one: bytes in, value out, and back. The bytes are written by hand from the kernel's layouts.
import { describe, expect, test } from "vitest";
import { readerOf, Writer } from "../../src/codec/bytes.ts";
import {
  type Attrs,
  type AttrTable,
  arrayOf,
  attrs,
  be16,
  body,
  type Codec,
  choice,
  decodeMessages,
  encodeMessage,
  extendRegistry,
  flag,
  hardware,
  indexed,
  ip,
  type MessageInput,
  messageTypes,
  registry,
  repeated,
  s8,
  s16,
  s32,
  s64,
  string,
  struct,
  u8,
  u16,
  u32,
  u64,
} from "../../src/index.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));
const write = <T>(codec: Codec<T>, value: T, byteOrder: "little" | "big" = "little"): string => {
  const w = new Writer({ byteOrder });
  codec.write(w, value, {}, "");
  return Buffer.from(w.since(0)).toString("hex");
};
const read = <T>(codec: Codec<T>, hex: string, byteOrder: "little" | "big" = "little"): T | undefined => {
  const u8s = bytes(hex);
  return codec.read(readerOf(u8s, { byteOrder }), 0, u8s.length, {});
};

describe("scalars", () => {
  test.each<[string, Codec<never>, unknown, string, string]>([
    ["u8", u8, 255, "ff", "ff"],
    ["s8", s8, -1, "ff", "ff"],
    ["u16", u16, 0x1234, "3412", "1234"],
    ["s16", s16, -2, "feff", "fffe"],
    ["u32", u32, 0xfffffffe, "feffffff", "fffffffe"],
    ["s32", s32, -2, "feffffff", "fffffffe"],
    ["u64", u64, 2n ** 64n - 2n, "feffffffffffffff", "fffffffffffffffe"],
    ["s64", s64, -2n, "feffffffffffffff", "fffffffffffffffe"],
    ["be16", be16, 0x1234, "1234", "1234"],
    ["array", arrayOf(u16), [1, 2], "01000200", "00010002"],
    ["string", string, "br0", "62723000", "62723000"],
    ["string, UTF-8", string, "é", "c3a900", "c3a900"],
    ["flag", flag, true, "", ""],
    ["IPv4", ip, "192.0.2.1", "c0000201", "c0000201"],
    ["IPv6", ip, "2001:db8::1:0:0:1", "20010db8000000000001000000000001", "20010db8000000000001000000000001"],
    ["MAC", hardware, "02:42:ac:11:00:02", "0242ac110002", "0242ac110002"],
    ["a tunnel's address", hardware, "192.0.2.1", "c0000201", "c0000201"],
  ] as [string, Codec<never>, unknown, string, string][])("%s", (_name, codec, value, little, big) => {
    expect(write(codec, value as never)).toBe(little);
    expect(write(codec, value as never, "big")).toBe(big);
    expect(read(codec, little)).toEqual(value);
    expect(read(codec, big, "big")).toEqual(value);
  });

  test("text that means an address, in its other forms", () => {
    for (const [text, hex] of [
      ["::", "00".repeat(16)],
      ["::1", `${"00".repeat(15)}01`],
      ["1::", `0001${"00".repeat(14)}`],
      ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
      ["2001:DB8:0:0:0:0:0:1", "20010db8000000000000000000000001"],
    ] as const) {
      expect(write(ip, text)).toBe(hex);
    }
  });
  test.each([
    "",
    "1.2.3",
    "1.2.3.256",
    "1.2.3.4.5",
    "01.2.3.4x",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "g::",
    "::1.2.3.999",
  ])("%j is no IP address", (text) => {
    // The empty text is an address of no bytes, which an attribute can hold.
    if (text === "") expect(write(ip, text)).toBe("");
    else expect(() => write(ip, text)).toThrow(expect.objectContaining({ code: "BAD_ADDRESS" }));
  });
  test("eight octets are a hardware address, sixteen bytes that look like them keep their zeros", () => {
    expect(write(hardware, "00:11:22:33:44:55:66:77")).toBe("0011223344556677");
    const sixteen = "00110022003300440055006600770088";
    expect(read(hardware, sixteen)).toBe("0011:0022:0033:0044:0055:0066:0077:0088");
    expect(write(hardware, read(hardware, sixteen) ?? "")).toBe(sixteen);
  });
  test("integers wider and narrower than declared, as the kernel takes them", () => {
    expect(read(u32, "05")).toBe(5);
    expect(read(u32, "0500000000000000")).toBe(5);
    expect(read(u8, "05000000")).toBe(5);
    expect(read(u8, "00000005", "big")).toBe(5);
    expect(read(s32, "feffffffffffffff")).toBe(-2);
    expect(read(u64, "05000000")).toBe(5n);
  });
  test.each<[string, Codec<never>, unknown]>([
    ["too large", u8, 256],
    ["negative", u32, -1],
    ["no integer", u16, 1.5],
    ["not a number", u32, Number.NaN],
    ["text", u32, "1"],
    ["null", u32, null],
    ["a number for a bigint", u64, 1],
    ["too large a bigint", u64, 2n ** 64n],
    ["a number for text", string, 1],
    ["a NUL inside text", string, "a\0b"],
    ["false for a flag", flag, false],
    ["no array", arrayOf(u8), 1],
  ] as [string, Codec<never>, unknown][])("%s is refused", (_name, codec, value) => {
    expect(() => write(codec, value as never)).toThrow(expect.objectContaining({ name: "EncodeError" }));
  });
});

interface Item extends Attrs {
  id?: number | undefined;
}
interface Kinds {
  a?: Item | undefined;
}
interface Thing extends Attrs {
  kind?: string | undefined;
  data?: Kinds | undefined;
  list?: readonly Item[] | undefined;
  names?: readonly string[] | undefined;
  count?: number | undefined;
}
const item: AttrTable<Item> = attrs<Item>("ITEM_", () => ({ id: [1, u16] }));
const kinds = choice<Kinds>("kind", () => ({ a: item }));
const thing: AttrTable<Thing> = attrs<Thing>("THING_", () => ({
  kind: [1, string],
  data: [2, kinds],
  list: [3, indexed(item)],
  names: [4, repeated(string)],
  count: [5, u32],
}));
const nothing = struct<object>("nothing", "", 0, () => ({}));
const things = registry("TEST", 99, messageTypes(body(nothing, thing), { THING: 16 }));

describe("nests", () => {
  test("an indexed array: attribute types only count", () => {
    const hex = "18000380 0c000180 06000100 07000000 0c000280 06000100 08000000".replace(/ /g, "");
    expect(write(thing, { list: [{ id: 7 }, { id: 8 }] })).toBe(hex.replace("1800", "1c00"));
    expect(read(thing, hex.replace("1800", "1c00"))).toEqual({ list: [{ id: 7 }, { id: 8 }] });
  });
  test("an indexed array out of order stays raw, without issue", () => {
    const r = readerOf(bytes("10000380 0c000280 06000100 07000000"));
    expect(thing.read(r, 0, 16, {})).toEqual({ unknown: [{ word: 0x8003, bytes: expect.any(Uint8Array) }] });
    expect(r.issues).toEqual([]);
  });
  test("a kind may follow its data", () => {
    const data = "0c000280 06000100 07000000";
    const kind = "06000100 61000000";
    expect(read(thing, kind + data)).toEqual({ kind: "a", data: { a: { id: 7 } } });
    expect(read(thing, data + kind)).toEqual({ kind: "a", data: { a: { id: 7 } } });
  });
  test("of two attributes of one type the last counts; a repeated one collects", () => {
    expect(read(thing, "08000500 01000000 08000500 02000000")).toEqual({ count: 2 });
    expect(read(thing, "06000400 61000000 06000400 62000000")).toEqual({ names: ["a", "b"] });
    expect(write(thing, { names: ["a", "b"] })).toBe("06000400610000000600040062000000");
  });
  test("keys are written in their own order", () => {
    expect(write(thing, { count: 1, kind: "a" })).toBe(`0800050001000000${"0600010061000000"}`);
    expect(write(thing, { kind: "a", count: 1 })).toBe(`${"0600010061000000"}0800050001000000`);
    expect(write(thing, { kind: undefined, count: undefined })).toBe("");
  });
  test("NLA_F_NET_BYTEORDER turns the integers inside round, not the lengths", () => {
    expect(read(thing, "08000540 00000005")).toEqual({ count: 5 });
    expect(read(thing, "08000580 05000000")).toEqual({ count: 5 });
    const frame = bytes(`18000000 1000 0000 00000000 00000000 08000540 00000005`);
    const [message] = decodeMessages(frame, { types: things, lossless: true });
    expect(encodeMessage(message as never, { types: things })).toEqual(frame);
  });
  test("an edit after a lossless decode leaves what follows in its place", () => {
    const edit = (hex: string, change: Thing): unknown => {
      const all = bytes(`00000000 1000 0000 00000000 00000000 ${hex}`);
      new DataView(all.buffer).setUint32(0, all.length, true);
      const [message] = decodeMessages(all, { types: things, lossless: true });
      if (message?.name !== "THING") throw new Error("no THING");
      const edited = encodeMessage({ ...message, attrs: { ...message.attrs, ...change } }, { types: things });
      return decodeMessages(edited, { types: things, strict: true })[0];
    };
    // THING_KIND "abcd" with padding 01 02 03, then THING_COUNT: another length has another padding.
    const padded = "09000100 61626364 00010203 08000500 05000000";
    expect(edit(padded, { kind: "abc" })).toMatchObject({ attrs: { kind: "abc", count: 5 } });
    // THING_KIND "ab", its padding cut off by the end: it is due when something follows.
    expect(edit("07000100 616200", { count: 9 })).toMatchObject({ attrs: { kind: "ab", count: 9 } });
  });
  test("a big-endian machine's nests", () => {
    const value: Thing = { kind: "a", data: { a: { id: 7 } }, list: [{ id: 1 }], count: 3 };
    const hex = write(thing, value, "big");
    expect(hex.slice(0, 16)).toBe("0006000161000000");
    expect(read(thing, hex, "big")).toEqual(value);
  });
  test("data of another kind is told how it is written", () => {
    expect(() => write(thing, { kind: "a", data: { id: 7 } } as never)).toThrow('alone: write {"a": {…}}, got "id"');
  });
  test.each<[string, Thing, string, string]>([
    ["an attribute that is none", { cuont: 1 } as Thing, "UNKNOWN_NAME", ""],
    ["data of another kind", { kind: "b", data: { a: {} } }, "WRONG_KIND", "data"],
    ["data of two kinds", { kind: "a", data: { a: {}, b: {} } as Kinds }, "WRONG_KIND", "data"],
    ["data without its kind", { data: { a: {} } }, "WRONG_KIND", "data"],
    ["a value deep inside", { kind: "a", data: { a: { id: -1 } } }, "OUT_OF_RANGE", "data.id"],
    ["a value in an item", { list: [{ id: 1 }, { id: 70000 }] }, "OUT_OF_RANGE", "list[1].id"],
    ["no object", { kind: "a", data: { a: 1 } } as never, "BAD_VALUE", "data"],
    ["too long", { kind: "x".repeat(66000) }, "TOO_LONG", "kind"],
  ])("%s is refused, with its path", (_name, value, code, path) => {
    expect(() => write(thing, value)).toThrow(expect.objectContaining({ name: "EncodeError", code, path }));
  });
});

test("names that JavaScript objects have anyway are no kinds", () => {
  for (const kind of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const link: MessageInput = {
      name: "RTM_NEWLINK",
      attrs: { linkinfo: { kind, unknown: [{ word: 2, bytes: bytes("08000100 00000000") }] } },
    };
    const [message] = decodeMessages(encodeMessage(link));
    expect(message).toMatchObject({ attrs: { linkinfo: { kind, unknown: [{ word: 2 }] } } });
    expect(message?.issues).toBeUndefined();
  }
  const extended = extendRegistry(things, kinds, {});
  expect(extended.extensions?.get(kinds)).toEqual({});
});
