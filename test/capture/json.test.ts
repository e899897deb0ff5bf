// NDJSON and back: every fixture, byte for byte.
import { describe, expect, test } from "vitest";
import { messageFromJson } from "../../src/capture/from-json.ts";
import { jsonLine } from "../../src/capture/json.ts";
import { decodeWith, encodeAllWith } from "../../src/codec/message.ts";
import { encodeMessage, type Registry, registryOf, route } from "../../src/index.ts";
import { everyItem, hex } from "../support/fixtures.ts";

const typesOf = (protocol: string): Registry => registryOf(protocol) as Registry;
const back = (types: Registry, lines: readonly string[]): Uint8Array =>
  encodeAllWith(types, lines.map((line) => messageFromJson(types, JSON.parse(line) as object)) as never);

test("jsonLine is JSON.stringify, with bytes, big integers and hostile text told", () => {
  const values = [
    { a: 1, b: "x", c: [1, undefined, null, "y"], d: undefined, e: true, f: { "a b": -0, g: 1.5 } },
    ["\u2028\u001b", '"\\', "é", ""],
    {},
    [],
    "text",
    null,
  ];
  for (const value of values) expect(JSON.parse(jsonLine(value))).toEqual(JSON.parse(JSON.stringify(value)));
  expect(jsonLine({ big: 5n, bytes: Uint8Array.of(1, 255) })).toBe('{"big":"5","bytes":"hex:01ff"}');
  expect(jsonLine("\u001b\u202e")).toBe(String.raw`"\u001b\u202e"`);
});

describe.each(everyItem().map(({ file, datagrams }) => [file, datagrams] as const))("%s", (_file, datagrams) => {
  test("lossless: the same bytes", () => {
    for (const { protocol, bytes } of datagrams) {
      const types = typesOf(protocol);
      const lines = decodeWith(types, bytes, { lossless: true }).map(jsonLine);
      expect(hex(back(types, lines))).toBe(hex(bytes));
    }
  });
  test("without: the same messages", () => {
    for (const { protocol, bytes } of datagrams) {
      const types = typesOf(protocol);
      const messages = decodeWith(types, bytes);
      // What was malformed has no place in what is encoded.
      if (messages.some(({ issues }) => issues !== undefined)) continue;
      expect(decodeWith(types, back(types, messages.map(jsonLine)))).toEqual(messages);
    }
  });
});

test("edited: what was not touched keeps its bytes", () => {
  const types = route as unknown as Registry;
  const bytes = encodeMessage(
    {
      name: "RTM_NEWLINK",
      attrs: { mtu: 1500, ifname: "br0", unknown: [{ word: 900, bytes: Uint8Array.of(1, 2, 3) }] },
    },
    { terminated: false },
  );
  const [line = ""] = decodeWith(types, bytes, { lossless: true }).map(jsonLine);
  const json = JSON.parse(line) as { attrs: Record<string, unknown> };
  json.attrs["mtu"] = 9000;
  const changed = back(types, [JSON.stringify(json)]);
  expect(changed.length).toBe(bytes.length);
  expect([...changed].filter((byte, i) => byte !== bytes[i])).toHaveLength(2);
  delete json.attrs["unknown"];
  expect(back(types, [JSON.stringify(json)]).length).toBe(bytes.length - 8);
});

test("constants in place of numbers", () => {
  const types = route as unknown as Registry;
  const line = '{"name":"RTM_NEWLINK","header":{"family":"AF_BRIDGE","flags":"IFF_UP|IFF_RUNNING"}}';
  expect(decodeWith(types, back(types, [line]))[0]).toMatchObject({ header: { family: 7, flags: 0x41 } });
  expect(() => back(types, ['{"name":"RTM_NEWLINK","header":{"family":"AF_NONSENSE"}}'])).toThrow();
});
