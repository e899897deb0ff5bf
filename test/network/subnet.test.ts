// Subnets: text and numbers, which holds which, and the address that nobody has. Node's BlockList is the second opinion.
import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import {
  addressToNumber,
  contains,
  firstHost,
  formatSubnet,
  freeAddress,
  lastHost,
  numberToAddress,
  overlaps,
  parseSubnet,
  type Subnet,
  sizeOf,
} from "../../src/network/subnet.ts";

const families = [AF.INET, AF.INET6] as const;
const bitsOf = (family: number): number => (family === AF.INET ? 32 : 128);
const numbers = (family: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bitsOf(family))) - 1n });
const lengths = (family: number) => fc.integer({ min: 0, max: bitsOf(family) });
const subnetAt = (family: number, n: bigint, length: number): Subnet => {
  const spare = BigInt(bitsOf(family) - length);
  return { family, base: (n >> spare) << spare, length };
};
const subnets = (family: number) =>
  fc.tuple(numbers(family), lengths(family)).map(([n, length]) => subnetAt(family, n, length));
const nameOf = (family: number): "ipv4" | "ipv6" => (family === AF.INET ? "ipv4" : "ipv6");
const isIn = (subnet: Subnet, address: string): boolean => {
  const list = new BlockList();
  list.addSubnet(numberToAddress(subnet.base, subnet.family), subnet.length, nameOf(subnet.family));
  return list.check(address, nameOf(subnet.family));
};

describe("text", () => {
  test("of subnets", () => {
    expect(parseSubnet("10.1.0.0/16")).toEqual({ family: AF.INET, base: 0x0a010000n, length: 16 });
    expect(parseSubnet("FD00:0:0:1:0::/64")).toEqual({
      family: AF.INET6,
      base: 0xfd000000000000010000000000000000n,
      length: 64,
    });
    expect(formatSubnet(parseSubnet("FD00:0:0:1:0::/64"))).toBe("fd00:0:0:1::/64");
    expect(formatSubnet(parseSubnet("0.0.0.0/0"))).toBe("0.0.0.0/0");
  });
  test.each([
    ["10.1.2.3/16", '"10.1.2.3/16" is no subnet but an address in one: 10.1.0.0/16'],
    ["fd00::1/64", '"fd00::1/64" is no subnet but an address in one: fd00::/64'],
    ["10.1.0.0", '"10.1.0.0" is no subnet: its length is missing'],
    ["10.1.0.0/33", '"10.1.0.0/33" is no address or prefix'],
    ["10.1/16", '"10.1/16" is no address or prefix'],
    ["10.1.0.0/16/2", '"10.1.0.0/16/2" is no address or prefix'],
    ["", '"" is no address or prefix'],
  ])("%j is refused", (text, words) => {
    expect(() => parseSubnet(text)).toThrow(new RangeError(words));
  });
  test.each(["10.0.0.0/32", "10.0.0", "12:34", "", "::g"])("%j is no address", (text) => {
    expect(() => addressToNumber(text)).toThrow(RangeError);
  });
  test("numbers that no address has", () => {
    expect(() => numberToAddress(1n << 32n, AF.INET)).toThrow(RangeError);
    expect(() => numberToAddress(-1n, AF.INET6)).toThrow(RangeError);
    expect(numberToAddress(1n << 32n, AF.INET6)).toBe("::1:0:0");
  });
  test.each(families)("comes back, family %i", (family) => {
    fc.assert(
      fc.property(subnets(family), numbers(family), (subnet, n) => {
        expect(parseSubnet(formatSubnet(subnet))).toEqual(subnet);
        expect(addressToNumber(numberToAddress(n, family))).toBe(n);
      }),
    );
  });
});

describe.each(families)("which holds which, family %i", (family) => {
  test("as node's BlockList says", () => {
    fc.assert(
      fc.property(subnets(family), numbers(family), fc.bigInt({ min: -3n, max: 3n }), (subnet, n, near) => {
        const edge = BigInt.asUintN(bitsOf(family), subnet.base + sizeOf(subnet) + near);
        for (const address of [numberToAddress(n, family), numberToAddress(edge, family)]) {
          expect(contains(subnet, address)).toBe(isIn(subnet, address));
        }
      }),
    );
  });
  test("two subnets overlap when one holds the other, and never otherwise", () => {
    fc.assert(
      fc.property(subnets(family), lengths(family), lengths(family), numbers(family), (a, length, cut, n) => {
        // Neighbours, parents and children, not only strangers.
        const near = subnetAt(family, a.base ^ (n >> BigInt(cut)), length);
        expect(overlaps(a, near)).toBe(contains(a, near) || contains(near, a));
        expect(overlaps(a, near)).toBe(overlaps(near, a));
      }),
    );
  });
});

test("families do not meet", () => {
  expect(contains(parseSubnet("0.0.0.0/0"), "::1")).toBe(false);
  expect(overlaps(parseSubnet("0.0.0.0/0"), parseSubnet("::/0"))).toBe(false);
});

test.each([
  ["10.1.0.0/16", "10.1.0.1", "10.1.255.254"],
  ["10.1.0.4/30", "10.1.0.5", "10.1.0.6"],
  ["10.1.0.2/31", "10.1.0.2", "10.1.0.3"],
  ["10.1.0.2/32", "10.1.0.2", "10.1.0.2"],
  ["fd00::/64", "fd00::1", "fd00::ffff:ffff:ffff:ffff"],
  ["fd00::2/127", "fd00::2", "fd00::3"],
  ["fd00::2/128", "fd00::2", "fd00::2"],
])("hosts of %s: %s to %s", (text, first, last) => {
  expect([firstHost(parseSubnet(text)), lastHost(parseSubnet(text))]).toEqual([first, last]);
});

describe("a free address", () => {
  const net = parseSubnet("10.0.0.0/29");
  test("lowest first, then behind the last given, round the end", () => {
    expect(freeAddress(net, undefined, new Set())).toBe("10.0.0.1");
    expect(freeAddress(net, undefined, new Set(["10.0.0.1", "10.0.0.2"]))).toBe("10.0.0.3");
    expect(freeAddress(net, undefined, new Set(["10.0.0.1"]), "10.0.0.4")).toBe("10.0.0.5");
    expect(freeAddress(net, undefined, new Set(["10.0.0.1"]), "10.0.0.6")).toBe("10.0.0.2");
    expect(freeAddress(net, undefined, new Set(), "192.0.2.1")).toBe("10.0.0.1");
  });
  test("in a range: its first and last are hosts, but not the subnet's", () => {
    expect(freeAddress(parseSubnet("10.0.0.0/24"), parseSubnet("10.0.0.128/25"), new Set())).toBe("10.0.0.128");
    expect(freeAddress(parseSubnet("10.0.0.0/24"), parseSubnet("10.0.0.254/31"), new Set())).toBe("10.0.0.254");
    const all = new Set(["10.0.0.254"]);
    expect(freeAddress(parseSubnet("10.0.0.0/24"), parseSubnet("10.0.0.254/31"), all)).toBeUndefined();
    expect(freeAddress(parseSubnet("10.0.0.0/24"), parseSubnet("10.0.0.0/8"), new Set())).toBe("10.0.0.1");
    expect(() => freeAddress(net, parseSubnet("10.0.1.0/24"), new Set())).toThrow("10.0.1.0/24 is outside 10.0.0.0/29");
  });
  test("one of all that are left, until none is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 26, max: 32 }),
        fc.option(fc.integer({ min: 27, max: 32 }), { nil: undefined }),
        fc.array(fc.integer({ min: 0, max: 63 })),
        fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
        (length, part, given, last) => {
          const subnet = subnetAt(AF.INET, 0x0a000000n, length);
          const range = part === undefined ? undefined : subnetAt(AF.INET, subnet.base, Math.max(part, length));
          const hosts = Array.from({ length: 64 }, (_, i) => numberToAddress(subnet.base + BigInt(i), AF.INET))
            .filter((address) => contains(subnet, address) && (range === undefined || contains(range, address)))
            .filter(
              (address) => length >= 31 || ![0n, sizeOf(subnet) - 1n].includes(addressToNumber(address) - subnet.base),
            );
          const taken = new Set(given.map((i) => numberToAddress(subnet.base + BigInt(i), AF.INET)));
          const after = last === undefined ? undefined : numberToAddress(subnet.base + BigInt(last), AF.INET);
          const left = hosts.filter((address) => !taken.has(address));
          const behind = left.filter(
            (address) =>
              after !== undefined && contains(subnet, after) && addressToNumber(address) > addressToNumber(after),
          );
          expect(freeAddress(subnet, range, taken, after)).toBe(behind[0] ?? left[0]);
        },
      ),
    );
  });
  test.each(["10.0.0.0/16", "fd00::/64"])("of %s, 60,000 taken: no more candidates than that", (text) => {
    const subnet = parseSubnet(text);
    const asked: string[] = [];
    const addresses = Array.from({ length: 60_000 }, (_, i) =>
      numberToAddress(subnet.base + BigInt(i + 1), subnet.family),
    );
    class Counting extends Set<string> {
      override has(address: string): boolean {
        asked.push(address);
        return super.has(address);
      }
    }
    const taken = new Counting(addresses);
    expect(freeAddress(subnet, undefined, taken)).toBe(numberToAddress(subnet.base + 60_001n, subnet.family));
    expect(asked.length).toBe(60_001);
    asked.length = 0;
    expect(freeAddress(subnet, undefined, taken, addresses.at(-1))).toBe(
      numberToAddress(subnet.base + 60_001n, subnet.family),
    );
    expect(asked.length).toBe(1);
  });
});
