// Pools: the first subnet that nothing overlaps.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { choosePool, IPV4_POOLS, type Pool, PoolsExhausted, ulaPool } from "../../src/network/pool.ts";
import { contains, formatSubnet, overlaps, parseSubnet, type Subnet, sizeOf } from "../../src/network/subnet.ts";

const ip4 = (...busy: string[]): string => formatSubnet(choosePool(AF.INET, IPV4_POOLS, busy.map(parseSubnet)));

describe("IPv4", () => {
  test("Docker's pools, in their order", () => {
    const taken: Subnet[] = [];
    for (let i = 0; i < 31; i++) taken.push(choosePool(AF.INET, IPV4_POOLS, taken));
    const names = taken.map(formatSubnet);
    expect([names[0], names[14], names[15], names[16], names[30]]).toEqual([
      "172.17.0.0/16",
      "172.31.0.0/16",
      "192.168.0.0/20",
      "192.168.16.0/20",
      "192.168.240.0/20",
    ]);
    const error = (() => {
      try {
        return choosePool(AF.INET, IPV4_POOLS, taken);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(PoolsExhausted);
    expect(error).toMatchObject({ code: "POOLS_EXHAUSTED", family: AF.INET, pools: IPV4_POOLS });
    expect(String(error)).toMatch(
      /^PoolsExhausted: no IPv4 subnet is free in 172\.17\.0\.0\/16, .*, 192\.168\.0\.0\/16: /,
    );
  });
  test("what lies in a pool, or a pool lies in, is passed over", () => {
    expect(ip4("172.17.4.0/24")).toBe("172.18.0.0/16");
    expect(ip4("172.16.0.0/12")).toBe("192.168.0.0/20");
    expect(ip4("172.16.0.0/12", "192.168.1.0/24", "192.168.31.255/32")).toBe("192.168.32.0/20");
    expect(ip4("10.0.0.0/8", "::/0")).toBe("172.17.0.0/16");
    expect(() => ip4("0.0.0.0/0")).toThrow(PoolsExhausted);
    expect(() => choosePool(AF.INET6, IPV4_POOLS, [])).toThrow("no IPv6 subnet is free in no pool");
  });
});

describe("IPv6", () => {
  test("unique local: fd, five octets, networks of 64 bits", () => {
    const pool = ulaPool(new Uint8Array([1, 0x23, 0x45, 0x67, 0x89]));
    expect(formatSubnet(pool.subnet)).toBe("fd01:2345:6789::/48");
    expect(formatSubnet(choosePool(AF.INET6, [pool], []))).toBe("fd01:2345:6789::/64");
    expect(formatSubnet(choosePool(AF.INET6, [pool], [parseSubnet("fd01:2345:6789::/63")]))).toBe(
      "fd01:2345:6789:2::/64",
    );
  });
  test("of its own each time", () => {
    const made = Array.from({ length: 20 }, () => formatSubnet(ulaPool().subnet));
    expect(new Set(made).size).toBe(20);
    for (const text of made) expect(text).toMatch(/^fd[0-9a-f]{2}:.*\/48$/);
  });
  test("65,536 networks, all but the last taken", () => {
    const pool = ulaPool(new Uint8Array(5));
    const size = sizeOf({ ...pool.subnet, length: 64 });
    const busy = Array.from({ length: 65_535 }, (_, i) => ({
      family: AF.INET6,
      base: pool.subnet.base + BigInt(i) * size,
      length: 64,
    }));
    expect(formatSubnet(choosePool(AF.INET6, [pool], busy.reverse()))).toBe("fd00:0:0:ffff::/64");
  });
});

test("nothing before it was free", () => {
  const small: Pool = { subnet: parseSubnet("10.0.0.0/24"), length: 28 };
  const busyOnes = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 25, max: 32 })).map(([n, length]): Subnet => {
      const spare = BigInt(32 - length);
      return { family: AF.INET, base: ((0x0a000000n + BigInt(n)) >> spare) << spare, length };
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(busyOnes, (busy) => {
      const all = Array.from({ length: 16 }, (_, i) => ({
        family: AF.INET,
        base: 0x0a000000n + BigInt(i * 16),
        length: 28,
      }));
      const first = all.find((one) => !busy.some((other) => overlaps(one, other)));
      if (first === undefined) expect(() => choosePool(AF.INET, [small], busy)).toThrow(PoolsExhausted);
      else expect(choosePool(AF.INET, [small], busy)).toEqual(first);
      if (first !== undefined) expect(contains(small.subnet, first)).toBe(true);
    }),
  );
});
