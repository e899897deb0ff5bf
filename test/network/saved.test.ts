// What is kept of a network, back to what would make it again.
import { describe, expect, test } from "vitest";
import type { NetworkOptions } from "../../src/network/model.ts";
import { planNetwork } from "../../src/network/plan-network.ts";
import { networkOptionsOf, readSaved, savedOf } from "../../src/network/saved.ts";

const nothing = { networks: [], linkNames: new Set<string>(), busy: [] };
const plan = (options: NetworkOptions) => planNetwork(options, nothing);

const CASES: readonly NetworkOptions[] = [
  { name: "plain" },
  { name: "six", ipv6: true },
  { name: "only6", ipv4: false, ipv6: true },
  {
    name: "given",
    subnets: ["10.1.0.0/24", "fd00::/64"],
    gateways: ["10.1.0.254", "fd00::ff"],
    ranges: ["10.1.0.128/25"],
  },
  {
    name: "aux",
    subnets: ["10.1.0.0/24", "fd00::/64"],
    auxAddresses: { a: "10.1.0.7", b: "fd00::7", __proto__x: "10.1.0.8" },
  },
  { name: "snat", subnets: ["10.1.0.0/24", "fd00::/64"], snat: ["192.0.2.1"] },
  { name: "snat only", subnets: ["10.1.0.0/24", "fd00::/64"], snat: ["192.0.2.1"], masquerade: false },
  { name: "no masquerade", ipv6: true, masquerade: false },
  { name: "routed", ipv6: true, gatewayMode: { ipv4: "routed", ipv6: "nat" } },
  { name: "routed both", ipv6: true, gatewayMode: "routed" },
  { name: "isolated", internal: true, gatewayMode: "isolated" },
  { name: "internal", internal: true, ipv6: true, masquerade: false },
  { name: "rest", mtu: 1400, icc: false, hairpin: true, macPolicy: "address", trusted: ["eth1"], labels: { a: "b\n" } },
  {
    name: "binding",
    ipv6: true,
    hostBindings: ["127.0.0.1", "fd00::1"],
    bridge: "br7",
    bridgeOptions: { ageingTime: 5 },
  },
];
test.each(CASES)("$name: planned again it is the same", (options) => {
  const config = plan(options);
  expect(plan(networkOptionsOf(config))).toEqual(config);
});

test("written down and read back", () => {
  const saved = savedOf({
    config: plan({ name: "x", labels: { "": "\u001b\u2028" } }),
    health: "up",
    link: undefined,
    endpoints: [],
  });
  expect(readSaved(`${JSON.stringify(saved)}\n\n${JSON.stringify(saved)}\n`)).toEqual([saved, saved]);
});

describe("anything else is refused, by name", () => {
  const good = JSON.parse(
    JSON.stringify(savedOf({ config: plan({ name: "x" }), health: "up", link: undefined, endpoints: [] })),
  ) as Record<string, unknown>;
  test.each(Object.keys(good).filter((key) => key !== "health"))(
    "without its %s, or with another kind of it",
    (key) => {
      for (const value of [null, 7, [7], { x: {} }]) {
        const read = () => readSaved(JSON.stringify({ ...good, [key]: value }));
        expect(read, JSON.stringify(value)).toThrow(new RegExp(`^line 1: ${key}(\\.|\\[|:)|^line 1: "${key}`));
      }
    },
  );
  test("the second line", () => {
    expect(() => readSaved(`${JSON.stringify(good)}\n[]`)).toThrow(/^line 2: a network is an object$/);
  });
});
