// nf_tables from somebody who means harm: nests that only depth or length bounds, userdata of other programs.
import { describe, expect, test } from "vitest";
import {
  type AnyInput,
  decodeMessages,
  encodeMessage,
  encodeMessages,
  explain,
  type NftExpression,
  type NftMessageType,
  nftables,
} from "../../src/index.ts";

const types = nftables;
const rule = (attrs: object): AnyInput<NftMessageType> => ({ name: "NFT_MSG_NEWRULE", attrs });
const HEADER = 20;
/** A rule whose attributes are these bytes. */
const ruleOf = (body: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(HEADER + body.length);
  bytes.set(encodeMessage(rule({}), { types }));
  bytes.set(body, HEADER);
  new DataView(bytes.buffer).setUint32(0, bytes.length, true);
  return bytes;
};
const attribute = (type: number, payload: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array((4 + payload.length + 3) & ~3);
  const dv = new DataView(bytes.buffer);
  dv.setUint16(0, 4 + payload.length, true);
  dv.setUint16(2, type, true);
  bytes.set(payload, 4);
  return bytes;
};
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const text = (s: string): Uint8Array => new TextEncoder().encode(`${s}\0`);
/** NFTA_EXPR_NAME "dynset", NFTA_EXPR_DATA { NFTA_DYNSET_EXPRESSIONS { NFTA_LIST_ELEM { the same… */
const dynsets = (depth: number): Uint8Array => {
  let inner: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < depth; i++) {
    const data = i === 0 ? inner : attribute(10, attribute(1, inner));
    inner = join(attribute(1, text("dynset")), attribute(2, data));
  }
  return attribute(4, attribute(1, inner));
};
const whole = (bytes: Uint8Array): void => {
  decodeMessages(bytes, { types });
  explain(bytes, { types });
  expect(encodeMessages(decodeMessages(bytes, { types, lossless: true }), { types })).toEqual(bytes);
};

describe("bounded", () => {
  test.each([1, 5, 7, 8, 9, 31, 32, 33, 200, 1500])("%d expressions inside one another", (depth) => {
    whole(ruleOf(dynsets(depth)));
  });
  test("too deep is said, and the rest is kept raw", () => {
    const [message] = decodeMessages(ruleOf(dynsets(100)), { types });
    expect(message?.issues?.map(({ code }) => code)).toEqual(["TOO_DEEP"]);
    const deep = (n: number): NftExpression =>
      n === 0 ? { name: "notrack" } : { name: "dynset", data: { dynset: { expressions: [deep(n - 1)] } } };
    expect(() => encodeMessage(rule({ expressions: [deep(100)] }), { types })).toThrow(/nests deeper than 32/);
  });
  test("16,000 empty expressions", () => {
    const empty = new Uint8Array(64_000);
    for (let at = 0; at < empty.length; at += 4) empty.set([4, 0, 1, 0], at);
    whole(ruleOf(attribute(4, empty)));
  });
});

describe("userdata", () => {
  const USERDATA = 7;
  const read = (userdata: Uint8Array): unknown => {
    const [message] = decodeMessages(ruleOf(attribute(USERDATA, userdata)), { types, strict: true });
    if (message?.name !== "NFT_MSG_NEWRULE") throw new Error("no rule");
    return message.attrs;
  };
  test("a comment, with its NUL and without", () => {
    expect(read(Uint8Array.of(0, 3, 104, 105, 0))).toEqual({ userdata: { comment: "hi" } });
    expect(read(Uint8Array.of(0, 2, 104, 105))).toEqual({ userdata: { comment: "hi" } });
  });
  test("what is framed but not ours stays in `unknown` of the userdata", () => {
    // Type 9; and NFTNL_UDATA_RULE_EBTABLES_POLICY with three bytes instead of four.
    expect(read(Uint8Array.of(9, 1, 7, 1, 3, 1, 2, 3))).toEqual({
      userdata: {
        unknown: [
          { word: 9, bytes: Uint8Array.of(7) },
          { word: 1, bytes: Uint8Array.of(1, 2, 3) },
        ],
      },
    });
  });
  test("what is framed otherwise stays in `unknown` of the rule, and is no fault", () => {
    const other = Uint8Array.of(0, 200, 1, 2);
    expect(read(other)).toEqual({ unknown: [{ word: USERDATA, bytes: other }] });
    whole(ruleOf(attribute(USERDATA, other)));
  });
  test.each([
    [{ comment: "x".repeat(256) }, /userdata\.comment: 257 bytes/],
    [{ comment: 1 }, /userdata\.comment: expected a string/],
    [{ commment: "x" }, /userdata\.commment: no "commment"/],
    [{ unknown: [{ word: 256, bytes: new Uint8Array(0) }] }, /userdata\.unknown\[0\]\.word: 256 is no u8/],
    [{ unknown: {} }, /userdata\.unknown: expected an array/],
    [null, /userdata: expected/],
  ])("%j is refused, with its path", (userdata, words) => {
    expect(() => encodeMessage(rule({ userdata }), { types })).toThrow(words);
  });
});

test("an object's data stand under the name of its type", () => {
  const object = (attrs: object): Uint8Array => encodeMessage({ name: "NFT_MSG_NEWOBJ", attrs } as never, { types });
  expect(() => object({ type: 2, data: { counter: {} } })).toThrow(/type is "quota"/);
  expect(() => object({ data: { counter: {} } })).toThrow(/no layout is declared for type ""|no layout/);
  const [message] = decodeMessages(object({ type: 99, unknown: [{ word: 4, bytes: new Uint8Array(4) }] }), { types });
  expect(message).toMatchObject({ attrs: { type: 99, unknown: [{ word: 4 }] } });
});
