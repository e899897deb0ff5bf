// What encoding says to values that no type checker would let through: always an EncodeError that names the place.
import { describe, expect, test } from "vitest";
import {
  type Attrs,
  attrs,
  EncodeError,
  encodeMessage,
  encodeMessages,
  extendRegistry,
  linkKinds,
  type MessageInput,
  route,
  u64,
} from "../../src/index.ts";

const link = (rest: object): unknown => ({ name: "RTM_NEWLINK", attrs: rest });
const linkOf = (rest: object): unknown => ({ name: "RTM_NEWLINK", ...rest });
const routeOf = (rest: object): unknown => ({ name: "RTM_NEWROUTE", header: { family: 2 }, attrs: rest });
const veth = (data: unknown): unknown => link({ linkinfo: { kind: "veth", data } });

const cases: [what: string, message: unknown, path: string, words: RegExp][] = [
  ["no message", null, "", /expected a message, got null/],
  ["a list as a message", [], "", /expected a message, got an array/],
  ["a key beside header and attrs", linkOf({ atttrs: {} }), "", /RTM_NEWLINK has no "atttrs"/],
  ["a payload beside a name", linkOf({ payload: new Uint8Array(4) }), "", /RTM_NEWLINK has no "payload"/],
  ["attributes without a name", { type: 16, payload: new Uint8Array(0), attrs: {} }, "", /has no "attrs"/],
  ["a payload of text", { type: 16, payload: "00" }, "payload", /expected a Uint8Array, got a string/],
  ["neither name nor payload", { type: 16 }, "", /needs a payload/],
  ["attrs null", linkOf({ attrs: null }), "", /expected attributes, got null/],
  ["attrs a Map", linkOf({ attrs: new Map([["mtu", 9000]]) }), "", /expected attributes, got a Map/],
  ["header a list", linkOf({ header: [] }), "", /struct ifinfomsg, got an array/],
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
