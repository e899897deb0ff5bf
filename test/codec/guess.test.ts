// What nobody has declared is shown as what it may be, and marked as a guess.
import { expect, test } from "vitest";
import { explain, type Field, generic } from "../../src/index.ts";
import { hole } from "../golden/mutations.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));
const lines = (fields: readonly Field[], depth = 0): string[] =>
  fields.flatMap((f) => [`${"  ".repeat(depth)}${`${f.constant} ${f.text}`.trim()}`, ...lines(f.children, depth + 1)]);
const body = (fields: readonly Field[]): string[] => lines(fields[0]?.children.slice(5) ?? []);

/** A nest without its flag in a nest: type 3 holds type 1, a text, and type 2, a number. */
const NESTED = "18000300 09000100 6574683000000000 08000200 07000000";

test("a family that nobody has named: its header, and a tree of attributes", () => {
  const message = bytes(`2c000000 2100 0100 00000000 00000000 05010000 ${NESTED}`);
  expect(body(explain(message, { types: generic }))).toEqual([
    "cmd 5",
    "version 1",
    "reserved 0",
    "NLA_3 nested?",
    '  NLA_1 hex:6574683000 "eth0"?',
    "  NLA_2 hex:07000000",
  ]);
  expect(hole(explain(message, { types: generic }), 0, message.length)).toBeUndefined();
});
test("a message that nobody has named: attributes where they may begin", () => {
  const message = bytes(`38000000 ff00 0100 00000000 00000000 0a000000 ffffffff 00000000 ffffffff ${NESTED}`);
  const fields = explain(message, { protocol: "CRYPTO" });
  expect(body(fields)).toEqual([
    "hex:0a000000ffffffff00000000ffffffff",
    "NLA_3 nested?",
    '  NLA_1 hex:6574683000 "eth0"?',
    "  NLA_2 hex:07000000",
  ]);
  expect(fields[0]?.text).toBe("attributes?");
  expect(hole(fields, 0, message.length)).toBeUndefined();
});
test("what does not look like attributes stays bytes", () => {
  const message = bytes("18000000 ff00 0100 00000000 00000000 ffffffff 01020304");
  expect(body(explain(message, { protocol: "CRYPTO" }))).toEqual(["hex:ffffffff01020304"]);
});
