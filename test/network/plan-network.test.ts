// What a network will be: defaults, and every refusal before anything is changed.
import { describe, expect, test } from "vitest";
import { NetworkError } from "../../src/network/errors.ts";
import type { NetworkConfig, NetworkOptions } from "../../src/network/model.ts";
import { planNetwork, type Surroundings } from "../../src/network/plan-network.ts";
import { parseSubnet } from "../../src/network/subnet.ts";

const alone: Surroundings = { networks: [], linkNames: new Set(["lo"]), busy: [] };
const plan = (options: Partial<NetworkOptions>, around: Partial<Surroundings> = {}): NetworkConfig =>
  planNetwork({ name: "web", ...options }, { ...alone, ...around });

describe("a network of which only the name is given", () => {
  test("has Docker's first pool, the first address, and masquerade", () => {
    expect(plan({})).toEqual({
      kind: "network",
      name: "web",
      bridge: "nl-web",
      ipv4: { subnet: "172.17.0.0/16", gateway: "172.17.0.1", aux: {}, mode: "nat", snat: "masquerade" },
      internal: false,
      icc: true,
      trusted: [],
      hairpin: false,
      macPolicy: "random",
      labels: {},
    });
  });
  test("takes the next pool where the host or another network has one", () => {
    const busy = [{ subnet: parseSubnet("172.17.5.0/24"), what: "route 172.17.5.0/24 dev eth0" }];
    const first = plan({ name: "a" }, { busy });
    expect(first.ipv4?.subnet).toBe("172.18.0.0/16");
    expect(plan({ name: "b" }, { busy, networks: [first] }).ipv4?.subnet).toBe("172.19.0.0/16");
  });
  test("with IPv6 has a random unique local subnet", () => {
    const [a, b] = [plan({ ipv6: true }), plan({ ipv6: true })];
    expect(a.ipv6?.subnet).toMatch(/^fd[\da-f:]+::\/64$/);
    expect(a.ipv6?.subnet).not.toBe(b.ipv6?.subnet);
    expect(plan({ ipv6: true, ipv4: false }).ipv4).toBeUndefined();
  });
});

describe("names of bridges", () => {
  test.each([
    ["web", "nl-web"],
    ["a-name-that-is-long", /^nl-[\da-f]{10}$/],
    ["mit leerzeichen", /^nl-[\da-f]{10}$/],
    ["größe", /^nl-[\da-f]{10}$/],
  ])("%s", (name, bridge) => {
    expect(plan({ name }).bridge).toMatch(bridge);
  });
  test("the same name leads to the same bridge; a taken one to another", () => {
    expect(plan({ name: "größe" }).bridge).toBe(plan({ name: "größe" }).bridge);
    expect(plan({}, { linkNames: new Set(["nl-web"]) }).bridge).toMatch(/^nl-[\da-f]{10}$/);
  });
});

describe("what is asked for", () => {
  test("is kept as the codec writes it", () => {
    const config = plan({
      subnets: ["10.1.0.0/16", "FD00:0:0:1::/64"],
      gateways: ["10.1.255.254", "fd00:0:0:1:0::fe"],
      ranges: ["10.1.4.0/24"],
      auxAddresses: { router: "10.1.0.1", printer: "fd00:0:0:1::00:9" },
      gatewayMode: { ipv4: "nat", ipv6: "routed" },
      snat: ["192.0.2.9"],
      hostBindings: ["192.0.2.9"],
    });
    expect(config.ipv4).toEqual({
      subnet: "10.1.0.0/16",
      gateway: "10.1.255.254",
      range: "10.1.4.0/24",
      aux: { router: "10.1.0.1" },
      mode: "nat",
      snat: "192.0.2.9",
      hostBinding: "192.0.2.9",
    });
    expect(config.ipv6).toEqual({
      subnet: "fd00:0:0:1::/64",
      gateway: "fd00:0:0:1::fe",
      aux: { printer: "fd00:0:0:1::9" },
      mode: "routed",
    });
  });

  test("an internal network translates nothing; an isolated one has no gateway", () => {
    expect(plan({ internal: true }).ipv4).toMatchObject({ gateway: "172.17.0.1", mode: "nat" });
    expect(plan({ internal: true }).ipv4?.snat).toBeUndefined();
    expect(plan({ internal: true, gatewayMode: "isolated" }).ipv4?.gateway).toBeUndefined();
    expect(plan({ masquerade: false }).ipv4?.snat).toBeUndefined();
  });

  const busy = [{ subnet: parseSubnet("10.5.0.0/16"), what: "route 10.5.0.0/16 dev eth0" }];
  test.each<[string, Partial<NetworkOptions>, string, string]>([
    [
      "an empty name",
      { name: "" },
      "INVALID",
      '"" cannot name a network: 1 to 128 bytes, no "/", no control characters',
    ],
    ["a slash", { name: "a/b" }, "INVALID", '"a/b" cannot name a network'],
    ["a long name", { name: "x".repeat(129) }, "INVALID", "cannot name a network: 1 to 128 bytes"],
    ["control characters", { name: "a\u001b[31m" }, "INVALID", '"a\\u001b[31m" cannot name a network'],
    ["a bidi override", { name: "a\u202eb" }, "INVALID", "cannot name a network"],
    ["white space around", { name: " a" }, "INVALID", "cannot name a network"],
    ["a lone surrogate", { name: "a\ud800" }, "INVALID", "cannot name a network"],
    ["a long bridge", { bridge: "a-bridge-name-too-long" }, "INVALID", "cannot name a link: 1 to 15 bytes"],
    ["a strange bridge", { bridge: "br$0" }, "INVALID", '"br$0" cannot name a bridge here'],
    ["a bridge all", { bridge: "all" }, "INVALID", '"all" cannot name a link: /proc/sys/net/*/conf/all stands for'],
    ["host bits", { subnets: ["10.1.0.1/16"] }, "INVALID", "10.1.0.0/16"],
    ["no subnet", { subnets: ["ten"] }, "INVALID", '"ten" is no address or prefix'],
    [
      "two subnets",
      { subnets: ["10.1.0.0/16", "10.2.0.0/16"] },
      "INVALID",
      "10.1.0.0/16 and 10.2.0.0/16: one subnet a family",
    ],
    ["a subnet in use", { subnets: ["10.0.0.0/8"] }, "CONFLICT", "10.0.0.0/8 is in use: route 10.5.0.0/16 dev eth0"],
    ["link-local", { subnets: ["fe80::/64"] }, "INVALID", "fe80::/64 is link-local"],
    ["everything", { subnets: ["0.0.0.0/0"] }, "INVALID", "0.0.0.0/0 is every address that there is"],
    ["everything of IPv6", { subnets: ["::/0"] }, "INVALID", "::/0 is every address that there is"],
    ["multicast", { subnets: ["224.0.0.0/8"] }, "INVALID", "224.0.0.0/8 is multicast"],
    ["loopback", { subnets: ["127.1.0.0/16"] }, "INVALID", "127.1.0.0/16 is the loopback's"],
    ["this network", { subnets: ["0.1.0.0/16"] }, "INVALID", '0.1.0.0/16 is "this network": no host can'],
    ["reserved", { subnets: ["240.0.0.0/24"] }, "INVALID", "240.0.0.0/24 is reserved (240.0.0.0/4)"],
    ["broadcast", { subnets: ["255.255.255.0/24"] }, "INVALID", "255.255.255.0/24 is reserved (240.0.0.0/4)"],
    ["mapped", { subnets: ["::ffff:10.0.0.0/120"] }, "INVALID", "is IPv4 mapped into IPv6"],
    ["the loopback of IPv6", { subnets: ["::/64"] }, "INVALID", "::/64 is the loopback's"],
    ["no room", { subnets: ["10.1.0.0/32"] }, "INVALID", "10.1.0.0/32 has no room for a gateway and an endpoint"],
    ["no room for IPv6", { subnets: ["fd00::/128"] }, "INVALID", "fd00::/128 has no room for a gateway and"],
    [
      "the network's own for a gateway",
      { subnets: ["10.1.0.0/24"], gateways: ["10.1.0.0"] },
      "INVALID",
      "gateway 10.1.0.0 is the network address of 10.1.0.0/24: no host can have it",
    ],
    [
      "broadcast for a gateway",
      { subnets: ["10.1.0.0/24"], gateways: ["10.1.0.255"] },
      "INVALID",
      "gateway 10.1.0.255 is the broadcast address of 10.1.0.0/24",
    ],
    [
      "a gateway outside",
      { subnets: ["10.1.0.0/24"], gateways: ["10.1.1.1"] },
      "INVALID",
      "gateway 10.1.1.1 is not in 10.1.0.0/24",
    ],
    [
      "a range outside",
      { subnets: ["10.1.0.0/24"], ranges: ["10.2.0.0/25"] },
      "INVALID",
      "range 10.2.0.0/25 is not in 10.1.0.0/24",
    ],
    [
      "an auxiliary address outside",
      { subnets: ["10.1.0.0/24"], auxAddresses: { router: "10.2.0.1" } },
      "INVALID",
      "router 10.2.0.1 is not in 10.1.0.0/24",
    ],
    [
      "one address twice",
      { subnets: ["10.1.0.0/24"], auxAddresses: { router: "10.1.0.1" } },
      "INVALID",
      "10.1.0.1 is given twice",
    ],
    [
      "isolated, and not internal",
      { gatewayMode: "isolated" },
      "INVALID",
      "gateway mode isolated is for internal networks",
    ],
    [
      "no mode",
      { gatewayMode: "bridge" as "nat" },
      "INVALID",
      '"bridge" is no gateway mode: nat, routed, nat-unprotected, isolated',
    ],
    ["neither family", { ipv4: false }, "INVALID", "a network needs IPv4 or IPv6"],
    ["a small mtu", { mtu: 1000, ipv6: true }, "INVALID", "mtu 1000: 1280 to 65535"],
    ["a trusted link that cannot be", { trusted: ["a b"] }, "INVALID", '"a b" cannot name a link'],
  ])("%s is refused", (_, options, code, message) => {
    const run = (): unknown => plan(options, { busy });
    expect(run).toThrow(NetworkError);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test("a name or a bridge that is there", () => {
    const there = plan({});
    expect(() => plan({}, { networks: [there] })).toThrow(
      expect.objectContaining({ code: "EXISTS", message: 'there is a network "web" already' }),
    );
    expect(() => plan({ bridge: "lo" })).toThrow(
      expect.objectContaining({ code: "EXISTS", message: 'there is a link "lo" already' }),
    );
  });

  test("all pools in use", () => {
    const all = ["172.16.0.0/12", "192.168.0.0/16"].map((text) => ({ subnet: parseSubnet(text), what: text }));
    expect(() => plan({}, { busy: all })).toThrow(expect.objectContaining({ code: "EXHAUSTED" }));
  });
});
