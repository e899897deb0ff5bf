// What an endpoint will be: names, addresses, and every refusal before anything is changed; and who has the default route.
import { describe, expect, test } from "vitest";
import { type Candidate, defaultRoutes } from "../../src/network/gateway.ts";
import { checkMac, linkLocal, macOf, randomMac } from "../../src/network/mac.ts";
import type { ConnectOptions, EndpointConfig, NetworkOptions } from "../../src/network/model.ts";
import { planEndpoint } from "../../src/network/plan-endpoint.ts";
import { planNetwork } from "../../src/network/plan-network.ts";
import type { EndpointState, NetworkState } from "../../src/network/state.ts";
import { stateOf } from "../../src/network/state.ts";

const networkOf = (options: Partial<NetworkOptions> = {}, endpoints: EndpointConfig[] = []): NetworkState => ({
  config: planNetwork({ name: "web", ...options }, { networks: [], linkNames: new Set(), busy: [] }),
  health: "up",
  link: undefined,
  endpoints: endpoints.map((config): EndpointState => ({ config, health: "up", link: undefined })),
});
const netnsOf = (text: string, id = "1") => ({ fd: -1, close: () => {}, id, text });
const plan = (
  network: NetworkState,
  options: Partial<ConnectOptions> = {},
  netns = netnsOf("ns1"),
  inside: ReadonlySet<string> = new Set(["lo"]),
): EndpointConfig =>
  planEndpoint({ netns: netns.text, ...options }, { state: stateOf(new Map(), []), network, netns, inside });

describe("an endpoint of which only the namespace is given", () => {
  test("is called like it, and gets what is free", () => {
    const first = plan(networkOf({ ipv6: true, subnets: ["10.1.0.0/24", "fd00::/64"] }));
    expect(first).toMatchObject({
      name: "ns1",
      netns: "ns1",
      netnsId: "1",
      ifname: "eth0",
      ipv4: "10.1.0.2",
      ipv6: "fd00::2",
    });
    expect(first.port).toMatch(/^nlk[\da-f]{8}$/);
    expect(first.mac).toMatch(/^[\da-f][26ae](:[\da-f]{2}){5}$/);
  });
  test.each([
    ["/run/netns/blue", "blue"],
    ["pid:4711", "pid-4711"],
    ["/proc/4711/fd/3", "3"],
  ])("%s is called %s", (text, name) => {
    expect(plan(networkOf(), {}, netnsOf(text)).name).toBe(name);
  });
  test("takes the next address, the next eth", () => {
    const network = { subnets: ["10.1.0.0/24"], auxAddresses: { router: "10.1.0.2" } };
    const first = plan(networkOf(network));
    expect(first.ipv4).toBe("10.1.0.3");
    const second = plan(networkOf(network, [first]), {}, netnsOf("ns2", "2"), new Set(["lo", "eth0", "eth2"]));
    expect(second).toMatchObject({ ipv4: "10.1.0.4", ifname: "eth1" });
  });
  test("out of the range of its network", () => {
    expect(plan(networkOf({ subnets: ["10.1.0.0/16"], ranges: ["10.1.4.0/30"] })).ipv4).toBe("10.1.4.0");
  });
  test("a MAC by its address, where the network says so", () => {
    expect(plan(networkOf({ macPolicy: "address", subnets: ["10.1.0.0/24"] })).mac).toBe("02:42:0a:01:00:02");
  });
});

describe("what is refused", () => {
  const there = plan(networkOf({ subnets: ["10.1.0.0/30"] }));
  const full = networkOf({ subnets: ["10.1.0.0/30"] }, [there]);
  const other = netnsOf("ns2", "2");
  test.each<[string, NetworkState, Partial<ConnectOptions>, string, string]>([
    [
      "an address outside",
      networkOf(),
      { addresses: ["10.9.0.1"] },
      "INVALID",
      '10.9.0.1 is not in 172.17.0.0/16 of network "web"',
    ],
    [
      "the network's address",
      full,
      { addresses: ["10.1.0.0"] },
      "INVALID",
      "10.1.0.0 is the network address of 10.1.0.0/30: no host can have it",
    ],
    ["broadcast", full, { addresses: ["10.1.0.3"] }, "INVALID", "10.1.0.3 is the broadcast address of 10.1.0.0/30"],
    [
      "the routers' of a subnet",
      networkOf({ subnets: ["fd05::/64"] }),
      { addresses: ["fd05::"] },
      "INVALID",
      "fd05:: is the subnet-router anycast address of fd05::/64",
    ],
    ["an address in use", full, { addresses: ["10.1.0.2"] }, "CONFLICT", '10.1.0.2 is in use by endpoint "ns1"'],
    ["the gateway's", full, { addresses: ["10.1.0.1"] }, "CONFLICT", "10.1.0.1 is in use by the network itself"],
    ["no address left", full, {}, "EXHAUSTED", 'no address is left in 10.1.0.0/30 of network "web"'],
    ["two of a family", networkOf(), { addresses: ["172.17.0.4", "172.17.0.5"] }, "INVALID", "one address a family"],
    [
      "IPv6 without a subnet",
      networkOf(),
      { addresses: ["fd00::1"] },
      "INVALID",
      'network "web" has no subnet for fd00::1',
    ],
    ["a name that is there", full, { name: "ns1" }, "EXISTS", 'there is an endpoint "ns1" on network "web" already'],
    ["a link that is there", networkOf(), { ifname: "lo" }, "EXISTS", 'there is a link "lo" in ns2 already'],
    ["no link's name", networkOf(), { ifname: "a/b" }, "INVALID", '"a/b" cannot name a link'],
    ["a link default", networkOf(), { ifname: "default" }, "INVALID", '"default" cannot name a link'],
    ["a MAC in use", networkOf({}, [there]), { mac: there.mac }, "CONFLICT", 'is in use by endpoint "ns1"'],
    ["a group's MAC", networkOf(), { mac: "01:00:00:00:00:01" }, "INVALID", "can be no link's MAC"],
    [
      "ports of an internal network",
      networkOf({ internal: true }),
      { ports: ["1:1"] },
      "INVALID",
      "publishes no ports",
    ],
    ["half a priority", networkOf(), { gatewayPriority: 0.5 }, "INVALID", "gateway priority 0.5: a whole number"],
    [
      "a route of two families",
      networkOf(),
      { routes: [{ dst: "10.0.0.0/8", gateway: "fd00::1" }] },
      "INVALID",
      "two families",
    ],
    ["a route with host bits", networkOf(), { routes: [{ dst: "10.0.0.1/8" }] }, "INVALID", "10.0.0.0/8"],
  ])("%s", (_, network, options, code, message) => {
    expect(() => plan(network, options, other)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
  test("of two addresses the gateway has one and an endpoint the other (RFC 3021, RFC 6164)", () => {
    const network = { subnets: ["10.1.0.0/31", "fd05::/127"] };
    const one = plan(networkOf(network));
    expect([one.ipv4, one.ipv6]).toEqual(["10.1.0.1", "fd05::1"]);
    expect(() => plan(networkOf(network, [one]), {}, other)).toThrow("no address is left in 10.1.0.0/31");
  });
  test("the same namespace twice", () => {
    expect(() => plan(networkOf({}, [there]), { name: "again" })).toThrow('ns1 is on network "web" already');
  });
});

describe("MACs", () => {
  test("random ones are local, and of one station", () => {
    for (let i = 0; i < 100; i++) expect(checkMac(randomMac())).toMatch(/^[\da-f][26ae]:/);
  });
  test("by address, and the link-local address of one (RFC 4291 appendix A)", () => {
    expect(macOf("172.17.0.2")).toBe("02:42:ac:11:00:02");
    expect(linkLocal("02:42:ac:11:00:02")).toBe("fe80::42:acff:fe11:2");
    expect(linkLocal("34:56:78:9a:bc:de")).toBe("fe80::3656:78ff:fe9a:bcde");
  });
});

describe("the default route", () => {
  const candidate = (
    name: string,
    gatewayPriority: number,
    index: number,
    options: Partial<NetworkOptions> = {},
  ): Candidate => {
    const network = networkOf({ name, bridge: `br-${name}`, subnets: [`10.${index}.0.0/16`], ...options });
    return { network: network.config, endpoint: plan(network, { gatewayPriority }), index };
  };
  const [a, b, high] = [candidate("a", 0, 1), candidate("b", 0, 2), candidate("z", 5, 3)];
  const seen = (before: Candidate[], after: Candidate[]): unknown[] =>
    defaultRoutes(before, after).map((request) => {
      const { flags, attrs } = request as { flags: number; attrs: { gateway: string; oif: number } };
      return [flags === 0x600 ? "add" : flags === 0x500 ? "replace" : flags, attrs.gateway, attrs.oif];
    });
  test("goes to the first network", () => expect(seen([], [a])).toEqual([["add", "10.1.0.1", 1]]));
  test("stays where priorities are equal and the name is behind", () => expect(seen([a], [a, b])).toEqual([]));
  test("moves to a name that is before", () => expect(seen([b], [a, b])).toEqual([["replace", "10.1.0.1", 1]]));
  test("moves to a higher priority", () => expect(seen([a], [a, high])).toEqual([["replace", "10.3.0.1", 3]]));
  test("is made anew when its network goes", () => expect(seen([a, high], [a])).toEqual([["add", "10.1.0.1", 1]]));
  test("is nobody's when the last goes", () => expect(seen([a], [])).toEqual([]));
  test("is never an internal network's", () =>
    expect(seen([], [candidate("i", 9, 4, { internal: true })])).toEqual([]));
});
