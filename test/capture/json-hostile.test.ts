// NDJSON that somebody has edited, or made up: what it says is encoded or refused, never lost.
import { expect, test } from "vitest";
import { messageFromJson } from "../../src/capture/from-json.ts";
import { jsonLine } from "../../src/capture/json.ts";
import { EncodeError } from "../../src/codec/errors.ts";
import { decodeWith, encodeWith } from "../../src/codec/message.ts";
import { audit, encodeMessage, generic, nftables, type Registry, registryOf, route } from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";

const types = route as unknown as Registry;
const back = (json: unknown, registry = types): Uint8Array =>
  encodeWith(registry, messageFromJson(registry, json as object) as never);
const parsed = (text: string): unknown => JSON.parse(text) as unknown;
const refusal = (json: unknown, registry = types): string => {
  try {
    back(json, registry);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    return (error as EncodeError).message;
  }
  throw new Error("was encoded");
};

test("the last item of a list may have nothing but what was kept of it", () => {
  const nlctrl = generic as unknown as Registry;
  const bytes = encodeWith(nlctrl, {
    name: "nlctrl",
    header: { cmd: 1 },
    attrs: { mcastGroups: [{ name: "a" }, {}] },
  } as never);
  // The item's length says two bytes more: a tail that frames nothing.
  const longer = new Uint8Array([...bytes, 1, 2, 0, 0]);
  const view = new DataView(longer.buffer);
  view.setUint16(bytes.length - 4, 6, true);
  view.setUint32(0, longer.length, true);
  view.setUint16(20, longer.length - 20, true);
  const [message] = decodeWith(nlctrl, longer, { lossless: true });
  expect(message).toMatchObject({ attrs: { mcastGroups: [{ name: "a" }, {}] } });
  expect(jsonLine(message)).toContain(`,{"$wire":`);
  expect(hex(back(parsed(jsonLine(message)), nlctrl))).toBe(hex(longer));
});

test("nests without end are refused by depth, not by the stack", () => {
  const peer = (inner: string): string =>
    `{"linkinfo":{"kind":"veth","data":{"veth":{"peer":{"header":{},"attrs":${inner}}}}}}`;
  let text = `{"mtu":1}`;
  for (let i = 0; i < 20_000; i++) text = peer(text);
  expect(refusal(parsed(`{"name":"RTM_NEWLINK","attrs":${text}}`))).toContain("nests deeper than 32");
  // And one that is refused leaves nothing behind.
  expect(back(parsed(`{"name":"RTM_NEWLINK","attrs":${peer("{}")}}`)).length).toBeGreaterThan(32);
});

test("userdata that nobody has declared", () => {
  const sent = {
    name: "NFT_MSG_NEWRULE",
    attrs: { userdata: { unknown: [{ word: 99, bytes: Uint8Array.of(1, 2) }] } },
  };
  const bytes = encodeMessage(sent as never, { types: nftables });
  const [message] = decodeWith(nftables, bytes);
  expect(hex(back(parsed(jsonLine(message)), nftables as never))).toBe(hex(bytes));
});

test("bytes under a type that has a name", () => {
  for (const [type, registry] of [
    [1300, audit],
    [16, route],
  ] as const) {
    const bytes = back({ type, payload: "hex:0102" }, registry as never);
    expect(hex(bytes)).toBe(hex(encodeWith(registry as never, { type, payload: Uint8Array.of(1, 2) } as never)));
  }
});

test("a bit that is the highest of its word", () => {
  const connector = registryOf("NETLINK_CONNECTOR") as Registry;
  const json = (what: unknown): object => ({ name: "cn_msg", idx: 1, data: { proc: [{ what }] } });
  expect(hex(back(json("PROC_EVENT_EXIT"), connector))).toBe(hex(back(json(0x80000000), connector)));
});

test.each([
  ['{"name":"RTM_NEWLINK","attrs":{"stats64":{"rxPackets":1.5}}}', "stats64.rxPackets: "],
  ['{"name":"RTM_NEWLINK","attrs":{"stats64":{"rxPackets":1e400}}}', "stats64.rxPackets: "],
  ['{"name":"RTM_NEWLINK","attrs":{"__proto__":{"mtu":5}}}', '"__proto__"'],
  ['{"name":"RTM_NEWLINK","__proto__":{"attrs":{"mtu":5}}}', '"__proto__"'],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"words":[999,-8]}}}', "attrs.$wire.words: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"words":["x"]}}}', "attrs.$wire.words: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"originals":[5]}}}', "attrs.$wire.originals: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"originals":[[0,{"bytes":7}]]}}}', "attrs.$wire.originals: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"padding":[[0,"x"]]}}}', "attrs.$wire.padding: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":{"raws":7}}}', "attrs.$wire.raws: "],
  ['{"name":"RTM_NEWLINK","attrs":{"$wire":5}}', "attrs.$wire: "],
  ['{"name":"RTM_NEWLINK","$wire":{"length":"7"}}', "$wire.length: "],
  ['{"name":"RTM_NEWLINK","attrs":{"unknown":[null]}}', "unknown[0]: "],
])("%s is refused", (text, where) => {
  expect(refusal(parsed(text))).toContain(where);
});

test("words of attributes that no table has place nothing", () => {
  const json = { name: "RTM_NEWLINK", attrs: { mtu: 9, $wire: { words: [999, 4] } } };
  expect(hex(back(json))).toBe(hex(back({ name: "RTM_NEWLINK", attrs: { mtu: 9 } })));
});

test("many bytes that nobody has declared are found in one go", () => {
  const unknown = Array.from({ length: 20_000 }, (_, i) => ({
    word: 900,
    bytes: `hex:${i.toString(16).padStart(8, "0")}`,
  }));
  const attrs = { unknown, $wire: { words: unknown.map((_, i) => -1 - i), raws: unknown } };
  expect(back({ name: "RTM_NEWLINK", attrs })).toHaveLength(32 + 8 * unknown.length);
});
