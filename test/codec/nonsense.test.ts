// What encoding says to values that no type checker would let through: always an EncodeError that names the place.
import { describe, expect, test } from "vitest";
import {
  type Attrs,
  attrs,
  connector,
  decodeMessages,
  EncodeError,
  encodeMessage,
  encodeMessages,
  extendRegistry,
  generic,
  linkKinds,
  type Message,
  type MessageInput,
  nftables,
  route,
  sockDiag,
  u64,
} from "../../src/index.ts";

const link = (rest: object): unknown => ({ name: "RTM_NEWLINK", attrs: rest });
const linkOf = (rest: object): unknown => ({ name: "RTM_NEWLINK", ...rest });
const routeOf = (rest: object): unknown => ({ name: "RTM_NEWROUTE", header: { family: 2 }, attrs: rest });
const rule = (userdata: object): unknown => ({ name: "NFT_MSG_NEWRULE", attrs: { userdata } });
const diag = (header: object, flags: unknown = 1, attrs: object = {}): unknown => ({
  name: "SOCK_DIAG_BY_FAMILY",
  flags,
  inetRequest: { header: { family: 2, ...header }, attrs },
});
const veth = (data: unknown): unknown => link({ linkinfo: { kind: "veth", data } });

/** What no template string takes. */
const bare: unknown = Object.create(null);
const none = new Uint8Array(0);

const cases: [what: string, message: unknown, path: string, words: RegExp][] = [
  ["no message", null, "", /expected a message, got null/],
  ["a list as a message", [], "", /expected a message, got an array/],
  ["a key beside header and attrs", linkOf({ atttrs: {} }), "", /RTM_NEWLINK has no "atttrs"/],
  ["a payload beside a name", linkOf({ payload: new Uint8Array(4) }), "", /RTM_NEWLINK has no "payload"/],
  ["attributes without a name", { type: 16, payload: new Uint8Array(0), attrs: {} }, "", /has no "attrs"/],
  ["a payload of text", { type: 16, payload: "00" }, "payload", /expected a Uint8Array, got a string/],
  ["neither name nor payload", { type: 16 }, "", /needs a payload/],
  ["attrs null", linkOf({ attrs: null }), "attrs", /expected attributes, got null/],
  ["attrs a Map", linkOf({ attrs: new Map([["mtu", 9000]]) }), "attrs", /expected attributes, got a Map/],
  ["header a list", linkOf({ header: [] }), "header", /struct ifinfomsg, got an array/],
  ["a nest as a list", link({ linkinfo: [] }), "linkinfo", /expected attributes, got an array/],
  ["a nest as a Date", link({ linkinfo: new Date(0) }), "linkinfo", /expected attributes, got a Date/],
  ["a list as text", link({ propList: { altIfname: "foo" } }), "propList.altIfname", /expected an array, got a string/],
  ["a list as null", link({ propList: { altIfname: null } }), "propList.altIfname", /expected an array, got null/],
  ["a number in a list of names", link({ propList: { altIfname: [1] } }), "propList.altIfname", /expected a string/],
  ["data null", veth(null), "linkinfo.data", /expected an object with one key, got null/],
  ["data a text", veth("peer"), "linkinfo.data", /expected an object with one key, got a string/],
  ["peer null", veth({ veth: { peer: null } }), "linkinfo.data.peer", /expected { header, attrs }, got null/],
  ["a stray key in a peer", veth({ veth: { peer: { ifname: "x" } } }), "linkinfo.data.peer", /has no "ifname"/],
  ["multipath as text", routeOf({ multipath: "ab" }), "multipath", /expected an array, got a string/],
  ["multipath of null", routeOf({ multipath: [null] }), "multipath[0]", /expected { header, attrs }, got null/],
  ["via null", routeOf({ via: null }), "via", /expected struct rtvia, got null/],
  ["unknown not a list", link({ unknown: {} }), "unknown", /expected an array/],
  ["unknown of numbers", link({ unknown: [7] }), "unknown[0]", /got a number/],
  ["a word of 17 bits", link({ unknown: [{ word: 70000, bytes: new Uint8Array(0) }] }), "unknown[0].word", /no u16/],
  ["unknown bytes as text", link({ unknown: [{ word: 1, bytes: "zz" }] }), "unknown[0].bytes", /Uint8Array/],
  ["half a surrogate pair", link({ ifalias: "a\ud800" }), "ifalias", /"a\\ud800" has half of a surrogate pair/],
  ["a name with an escape", link({ "\u001b[2J": 1 }), "", /no attribute "\\u001b\[2J"/],
  ["a struct member with an escape", linkOf({ header: { "\u202e": 1 } }), "", /has no "\\u202e"/],
  ["flags of 17 bits", linkOf({ flags: 65536 }), "flags", /no u16/],
  ["flags null", linkOf({ flags: null }), "flags", /null is no u16/],
  ["flags a Symbol", linkOf({ flags: Symbol("x") }), "flags", /a symbol is no u16/],
  ["seq without a prototype", linkOf({ seq: bare }), "seq", /an Object is no u32/],
  ["a name without a prototype", { name: bare }, "", /is called an Object/],
  ["a runt of text", { runt: true, payload: "abc" }, "payload", /expected a Uint8Array, got a string/],
  ["a runt of nothing", { runt: true }, "payload", /expected a Uint8Array, got undefined/],
  ["unknown with holes", link({ unknown: new Array(3) }), "unknown[0]", /an item is missing/],
  ["a list with holes", routeOf({ multipath: new Array(2) }), "multipath[0]", /an item is missing/],
  [
    "a list of names with a hole",
    link({ propList: { altIfname: Array.of("a", ...new Array(1)).fill("b", 0, 1) } }),
    "propList.altIfname",
    /expected a string, got undefined/,
  ],
  [
    "a word that is a Symbol",
    link({ unknown: [{ word: Symbol("x"), bytes: none }] }),
    "unknown[0].word",
    /a symbol is no u16/,
  ],
  [
    "more bytes than a length can say",
    link({ unknown: [{ word: 1, bytes: new Uint8Array(70_004) }] }),
    "unknown[0].bytes",
    /70008 bytes/,
  ],
  ["an address that is a Symbol", routeOf({ dst: Symbol("x") }), "dst", /a symbol is no address/],
  ["an address without a prototype", routeOf({ dst: bare }), "dst", /an Object is no address/],
  ["a hardware address that is a Symbol", link({ address: Symbol("x") }), "address", /a symbol is no hardware address/],
  [
    "a kind that is a Symbol",
    link({ linkinfo: { kind: Symbol("x"), data: { veth: {} } } }),
    "linkinfo.kind",
    /expected a string, got a symbol/,
  ],
  ["header null of an ack", { name: "NLMSG_ERROR", header: null }, "header", /struct nlmsgerr, got null/],
  ["attrs null of an ack", { name: "NLMSG_DONE", header: { error: 0 }, attrs: null }, "attrs", /attributes, got null/],
];

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
};

describe("what encoding refuses, and where", () => {
  test.each(cases)("%s", (_what, message, path, words) => {
    const error = thrownBy(() => encodeMessage(message as MessageInput));
    expect(error).toBeInstanceOf(EncodeError);
    expect((error as EncodeError).message).toMatch(words);
    expect((error as EncodeError).path).toBe(path);
  });
  test.each<[what: string, types: unknown, message: unknown, path: string, words: RegExp]>([
    ["flags that are a bigint", sockDiag, diag({}, 1n), "flags", /1 is no u16/],
    ["a cookie that is a Symbol", sockDiag, diag({ cookie: Symbol("x") }), "inetRequest.cookie", /a symbol is no u64/],
    [
      "an instruction that is a Symbol",
      sockDiag,
      diag({}, 1, { bytecode: [{ code: Symbol("x") }] }),
      "inetRequest.bytecode[0]",
      /no inet_diag_bc_op/,
    ],
    [
      "userdata that is a Symbol",
      nftables,
      rule({ unknown: [{ word: Symbol("x"), bytes: none }] }),
      "userdata.unknown[0].word",
      /a symbol is no u8/,
    ],
    ["userdata with holes", nftables, rule({ unknown: new Array(2) }), "userdata.unknown[0]", /missing/],
    [
      "a number that is a Symbol",
      generic,
      { name: "nlctrl", attrs: { opPolicy: [{ number: Symbol("x"), value: {} }] } },
      "opPolicy[0].number",
      /a symbol is no attribute type/,
    ],
    [
      "who it is for, a Symbol",
      connector,
      { name: "cn_msg", idx: Symbol("x"), data: none },
      "idx",
      /expected a number, got a symbol/,
    ],
  ])("%s", (_what, types, message, path, words) => {
    const error = thrownBy(() => encodeMessage(message as never, { types: types as never }));
    expect(error).toBeInstanceOf(EncodeError);
    expect((error as EncodeError).message).toMatch(words);
    expect((error as EncodeError).path).toContain(path);
  });
  test("messages that are no list", () => {
    expect(thrownBy(() => encodeMessages({} as never))).toBeInstanceOf(EncodeError);
  });
  test("a number where a bigint is due, in a third party's table", () => {
    interface Odd extends Attrs {
      big?: bigint | undefined;
    }
    const odd = attrs<Odd>("ODD_", () => ({ big: [1, u64] }));
    const types = extendRegistry(route, linkKinds, { odd } as never);
    const message = link({ linkinfo: { kind: "odd", data: { odd: { big: 1 } } } }) as MessageInput;
    expect(() => encodeMessage(message, { types })).toThrow(/linkinfo\.data\.big: 1 is no u64/);
  });
});

describe("what encoding takes", () => {
  test("a decoded message under another name", () => {
    const bytes = encodeMessage({ type: 16, name: "RTM_SETLINK", header: { index: 1 }, attrs: { mtu: 9000 } });
    expect(new DataView(bytes.buffer).getUint16(4, true)).toBe(19);
  });
  test("an object without a prototype, and one of a class", () => {
    class Wanted {
      mtu = 9000;
    }
    const plain = encodeMessage({ name: "RTM_NEWLINK", attrs: { mtu: 9000 } });
    expect(encodeMessage({ name: "RTM_NEWLINK", attrs: new Wanted() })).toEqual(plain);
    expect(encodeMessage({ name: "RTM_NEWLINK", attrs: Object.assign(Object.create(null), { mtu: 9000 }) })).toEqual(
      plain,
    );
  });
});

const THROWS = {
  valueOf() {
    throw new Error("asked for its number");
  },
};
test.each<[string, unknown, string]>([
  ["a bigint", 1n, "OUT_OF_RANGE"],
  ["a symbol", Symbol("x"), "BAD_VALUE"],
  ["an object without a prototype", Object.create(null), "BAD_VALUE"],
  ["an object that throws", THROWS, "BAD_VALUE"],
  ["a Number", new Number(5), "BAD_VALUE"],
  ["a text", "1", "BAD_VALUE"],
  ["-1", -1, "OUT_OF_RANGE"],
  ["256", 256, "OUT_OF_RANGE"],
  ["2 ** 32", 2 ** 32, "OUT_OF_RANGE"],
  ["1.5", 1.5, "OUT_OF_RANGE"],
])("%s in a struct's octet is refused in words", (_name, value, code) => {
  const header = { family: 2, dstLen: value } as { dstLen: number };
  expect(() => encodeMessage({ name: "RTM_NEWROUTE", header })).toThrow(
    expect.objectContaining({ name: "EncodeError", code, path: "dstLen" }),
  );
});
test("empty bytes that were transferred elsewhere are still empty", () => {
  const unknown = [{ word: 0x0f01, bytes: new Uint8Array(0) }];
  const bytes = encodeMessage({ name: "RTM_NEWLINK", attrs: { unknown } });
  const read = () => decodeMessages(bytes)[0] as unknown as { attrs: { unknown: { bytes: Uint8Array }[] } };
  const { buffer } = (read().attrs.unknown[0] as { bytes: Uint8Array<ArrayBuffer> }).bytes;
  structuredClone(buffer, { transfer: [buffer] });
  expect(encodeMessage(decodeMessages(bytes)[0] as Message)).toEqual(bytes);
});
