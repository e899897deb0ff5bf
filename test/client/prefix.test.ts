// Prefixes: what is one, and what only looks like one.
import { describe, expect, test } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { familyOf, parsePrefix } from "../../src/client/prefix.ts";

describe("a prefix", () => {
  test.each([
    ["192.168.100.1/24", { family: AF.INET, address: "192.168.100.1", length: 24 }],
    ["192.0.2.1", { family: AF.INET, address: "192.0.2.1", length: 32 }],
    ["2001:db8::1", { family: AF.INET6, address: "2001:db8::1", length: 128 }],
    ["::/0", { family: AF.INET6, address: "::", length: 0 }],
    ["12:34:56:78:90:ab:cd:ef", { family: AF.INET6, address: "12:34:56:78:90:ab:cd:ef", length: 128 }],
  ])("%s", (text, prefix) => {
    expect(parsePrefix(text)).toEqual(prefix);
  });
  test.each([
    "",
    "/24",
    "1.2.3.4/33",
    "1.2.3.4/-1",
    "1.2.3.4/24/1",
    "::/129",
    "01:02:03:04",
    "01:02:03:04/8",
    "02:00:00:00:00:01",
    "hello",
    "hello/24",
    "1.2.3.256",
    "1.2.3.4/24x",
  ])("%j is none", (text) => {
    expect(() => parsePrefix(text)).toThrow(RangeError);
  });
});

test("familyOf takes an address, and no prefix", () => {
  expect([familyOf("1.2.3.4"), familyOf("2001:db8::1")]).toEqual([2, 10]);
  for (const text of ["1.2.3.4/24", "1.2.3.4/32", "2001:db8::/64", "1.2.3.4/", "", "a"]) {
    expect(() => familyOf(text), text).toThrow(RangeError);
  }
});
