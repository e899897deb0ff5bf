// A struct inside a struct: its members are the outer one's, at their offsets, under the kernel's names.
import { expect, test } from "vitest";
import {
  AF,
  type Attrs,
  address,
  attrs,
  body,
  decodeWith,
  type Embedded,
  embedded,
  encodeWith,
  enumOf,
  explainWith,
  messageTypes,
  registry,
  struct,
  u16,
  u32,
} from "../../src/index.ts";

interface Inner {
  family: number;
  daddr: string;
}
const inner = struct<Inner>("inner", "", 20, () => ({
  family: [16, enumOf(u16, "AF_", AF)],
  daddr: [0, address(16, "family")],
}));
interface Outer extends Embedded<"newSel", Inner>, Embedded<"old", Inner>, Embedded<"", { word: number }> {
  last: number;
}
const word = struct<{ word: number }>("word", "w_", 4, () => ({ word: [0, u32] }));
const outer = struct<Outer>("outer", "", 48, () => ({
  ...embedded("", 0, word),
  ...embedded("newSel", 4, inner),
  ...embedded("old", 24, inner),
  last: [44, u32],
}));
const types = registry(
  "TEST",
  31,
  messageTypes(
    body(
      outer,
      attrs<Attrs>("T_", () => ({})),
    ),
    { OUTER: 100 },
  ),
);
const value = { word: 1, newSelFamily: 2, newSelDaddr: "10.0.0.1", oldFamily: 10, oldDaddr: "2001:db8::1", last: 9 };

test("each address is of its own struct's family", () => {
  const bytes = encodeWith(types, { name: "OUTER", header: value } as never);
  expect(decodeWith(types, bytes)[0]).toMatchObject({ header: value });
  expect([...bytes.subarray(20, 28)]).toEqual([10, 0, 0, 1, 0, 0, 0, 0]);
});
test("names are C's", () => {
  expect(outer.members.map(({ constant, offset }) => `${constant}@${offset}`)).toEqual([
    "w_word@0",
    "new_sel.family@20",
    "new_sel.daddr@4",
    "old.family@40",
    "old.daddr@24",
    "last@44",
  ]);
  expect(explainWith(types, encodeWith(types, { name: "OUTER", header: value } as never))).toHaveLength(1);
});
