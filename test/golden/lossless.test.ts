// Nothing is lost: what was recorded comes back byte for byte, and every byte of it has one name.
import { describe, expect, test } from "vitest";
import { decodeMessages, encodeMessage, encodeMessages, explain, type Message, wire } from "../../src/index.ts";
import { hex, items, messages } from "../support/fixtures.ts";
import { hole } from "./mutations.ts";

const datagrams = items().flatMap(({ file, datagrams }) => datagrams.map(({ bytes }) => ({ file, bytes })));
const lossless = (bytes: Uint8Array): Message[] => decodeMessages(bytes, { lossless: true });

describe("as recorded", () => {
  test.each(items().map((item) => [item.file, item] as const))("%s", (_file, item) => {
    for (const { bytes } of item.datagrams) {
      expect(hex(encodeMessages(lossless(bytes)))).toBe(hex(bytes));
      expect(hole(explain(bytes), 0, bytes.length)).toBeUndefined();
    }
  });

  test("a plain decode gives what a lossless one gives, without its symbol", () => {
    for (const { file, bytes } of datagrams) {
      expect(withoutWire(lossless(bytes)), file).toStrictEqual(decodeMessages(bytes));
    }
  });

  test("one changed value changes its own bytes and no others", () => {
    let links = 0;
    for (const { name, type, bytes } of messages()) {
      if (type !== 16 || (decodeMessages(bytes)[0] as Link).attrs.mtu === undefined) continue;
      const [link] = lossless(bytes) as [Link];
      const edited = encodeMessage({ ...link, attrs: { ...link.attrs, mtu: 0x01020304 } });
      expect(edited).toHaveLength(bytes.length);
      const changed = [...bytes.keys()].filter((i) => bytes[i] !== edited[i]);
      expect(changed, name).toHaveLength(4);
      expect(changed.map((i) => edited[i])).toEqual([4, 3, 2, 1]);
      links++;
    }
    expect(links).toBeGreaterThan(100);
  });
});

type Link = Extract<Message, { name: "RTM_NEWLINK" }>;

const withoutWire = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWire);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutWire(inner)]));
};

test("the symbol is where the documentation says", () => {
  const [link] = lossless(messages().find((m) => m.type === 16)?.bytes ?? new Uint8Array(0)) as [Link];
  expect(link.attrs[wire]).toBeDefined();
  expect(Object.keys(link.attrs)).not.toContain("wire");
});
