// What the builder makes, nft lists as the text one would have typed; and what it refuses.
import { expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { NF } from "../../src/attrs/netfilter/nftables/data.ts";
import { NF_INET } from "../../src/attrs/netfilter/nftables/hook.ts";
import { newChain, newElements, newRule, newSet, newTable } from "../../src/client/nft/messages.ts";
import { Nftables } from "../../src/client/nft/nftables.ts";
import { type Rule, rule } from "../../src/client/nft/rule.ts";
import { live, withNetns } from "../support/live.ts";
import { listText } from "../support/nft.ts";

const { INET, IPV4, IPV6, BRIDGE, NETDEV } = NFPROTO;
const cases: [family: number, text: string, made: (r: Rule) => Rule][] = [
  [INET, "accept", (r) => r.accept()],
  [INET, 'iifname "br0" drop', (r) => r.iifname("br0").drop()],
  [
    INET,
    'iifname "br*" oifname != "br0" counter packets 0 bytes 0 accept',
    (r) => r.iifname("br*").oifname("br0", { not: true }).counter().accept(),
  ],
  [INET, "ip saddr 10.0.0.0/8 ip daddr 192.168.1.1 accept", (r) => r.saddr("10.0.0.0/8").daddr("192.168.1.1").accept()],
  [INET, "ip saddr 10.1.0.0/20 drop", (r) => r.saddr("10.1.0.0/20").drop()],
  [INET, "ip daddr != 172.16.0.0/12 drop", (r) => r.daddr("172.16.0.0/12", { not: true }).drop()],
  [INET, "ip6 saddr fd00::/8 ip6 daddr 2001:db8::1 accept", (r) => r.saddr("fd00::/8").daddr("2001:db8::1").accept()],
  [INET, "ip6 saddr 2001:db8::/33 accept", (r) => r.saddr("2001:db8::/33").accept()],
  [INET, "tcp dport 80 accept", (r) => r.dport("tcp", 80).accept()],
  [INET, "udp sport 1024-65535 udp dport 53 accept", (r) => r.sport("udp", [1024, 65535]).dport("udp", 53).accept()],
  [INET, "tcp dport != 1-1023 return", (r) => r.dport("tcp", [1, 1023], { not: true }).return()],
  [INET, "meta l4proto icmp accept", (r) => r.l4proto("icmp").accept()],
  [INET, "ct state established,related accept", (r) => r.ctState("established", "related").accept()],
  [INET, "ct state invalid drop", (r) => r.ctState("invalid").drop()],
  [INET, "fib daddr type local jump other", (r) => r.fibType("daddr", "local").jump("other")],
  [INET, "fib saddr type != unicast goto other", (r) => r.fibType("saddr", "unicast", { not: true }).goto("other")],
  [INET, "meta mark 0x00000007 accept", (r) => r.mark(7).accept()],
  [INET, "ip saddr @friends accept", (r) => r.addressIn("saddr", 4, "friends").accept()],
  [INET, "ip daddr != @friends drop", (r) => r.addressIn("daddr", 4, "friends", { not: true }).drop()],
  [INET, "ether saddr 02:42:ac:11:00:02 accept", (r) => r.etherSaddr("02:42:ac:11:00:02").accept()],
  [IPV4, "ip saddr 10.0.0.0/24 tcp dport 22 accept", (r) => r.saddr("10.0.0.0/24").dport("tcp", 22).accept()],
  [IPV6, "ip6 daddr fe80::/10 accept", (r) => r.daddr("fe80::/10").accept()],
  [BRIDGE, "ether saddr != 02:42:ac:11:00:02 drop", (r) => r.etherSaddr("02:42:ac:11:00:02", { not: true }).drop()],
  [BRIDGE, "ip saddr != 10.0.0.2 drop", (r) => r.saddr("10.0.0.2", { not: true }).drop()],
];
const refusals: [family: number, text: string, made: (r: Rule) => Rule][] = [
  [INET, "tcp dport 113 reject", (r) => r.dport("tcp", 113).reject()],
  [IPV4, "reject", (r) => r.reject()],
  [IPV6, "reject", (r) => r.reject()],
  [INET, 'ip saddr 10.0.0.1 log prefix "seen: " drop', (r) => r.saddr("10.0.0.1").log("seen: ").drop()],
];
const nats: [family: number, text: string, made: (r: Rule) => Rule][] = [
  [INET, 'ip saddr 10.0.0.0/24 oifname "eth0" masquerade', (r) => r.saddr("10.0.0.0/24").oifname("eth0").masquerade()],
  [INET, "ip daddr 192.0.2.1 snat ip to 192.0.2.9", (r) => r.daddr("192.0.2.1").snat({ address: "192.0.2.9" })],
];
const dnats: [family: number, text: string, made: (r: Rule) => Rule][] = [
  [INET, "tcp dport 8080 dnat ip to 10.0.0.2:80", (r) => r.dport("tcp", 8080).dnat({ address: "10.0.0.2", port: 80 })],
  [INET, "tcp dport 8081 dnat ip6 to [fd00::2]:80", (r) => r.dport("tcp", 8081).dnat({ address: "fd00::2", port: 80 })],
  [INET, "tcp dport 82 dnat to :8080", (r) => r.dport("tcp", 82).dnat({ port: 8080 })],
  [
    INET,
    "ip6 daddr fd00::1 tcp dport 82 dnat ip6 to :8080",
    (r) => r.daddr("fd00::1").dport("tcp", 82).dnat({ port: 8080 }),
  ],
  [IPV4, "udp dport 53 dnat to 10.0.0.2", (r) => r.dport("udp", 53).dnat({ address: "10.0.0.2" })],
];
const NAMES = { [INET]: "inet", [IPV4]: "ip", [IPV6]: "ip6", [BRIDGE]: "bridge", [NETDEV]: "netdev" } as Record<
  number,
  string
>;

live("rules, as nft lists them", () => {
  const listed = async (
    family: number,
    chain: Parameters<typeof newChain>[3],
    made: (r: Rule) => Rule,
  ): Promise<string | undefined> =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      await nft.apply([
        newTable(family, "t"),
        newChain(family, "t", "c", chain),
        newChain(family, "t", "other"),
        // Type 7 is nft's number for an IPv4 address: what it shows keys by.
        newSet(family, "t", "friends", { keyType: 7, keyLen: 4, id: 1 }),
        newElements(family, "t", "friends", [{ key: { value: new Uint8Array([10, 0, 0, 1]) } }]),
        newRule(family, "t", "c", made(rule(family)).expressions, { userdata: { comment: "ours" } }),
      ]);
      const lines = listText(netns)
        .split("\n")
        .map((line) => line.trim());
      expect(lines).toContain(`table ${NAMES[family]} t {`);
      expect(lines).toContain("elements = { 10.0.0.1 }");
      return lines.find((line) => line.endsWith(' comment "ours"'))?.replace(' comment "ours"', "");
    });

  test.each([...cases, ...refusals])("%i %s", async (family, text, made) => {
    const chain = { type: "filter", hook: { hooknum: NF_INET.FORWARD, priority: 0 }, policy: NF.ACCEPT };
    expect(await listed(family, chain, made)).toBe(text);
  });
  test.each(nats)("%i %s", async (family, text, made) => {
    const chain = { type: "nat", hook: { hooknum: NF_INET.POST_ROUTING, priority: 100 } };
    expect(await listed(family, chain, made)).toBe(text);
  });
  test.each(dnats)("%i %s", async (family, text, made) => {
    const chain = { type: "nat", hook: { hooknum: NF_INET.PRE_ROUTING, priority: -100 } };
    expect(await listed(family, chain, made)).toBe(text);
  });
});

test("what no packet can have is refused", () => {
  expect(() => rule().dport("tcp", 65536)).toThrow(/65536 is no port/);
  expect(() => rule().iifname("sixteen-letters-")).toThrow(/can be no link's name/);
  expect(() => rule().saddr("10.0.0.0/33")).toThrow(RangeError);
  expect(() => rule().saddr("nonsense")).toThrow();
});

test.each<[string, () => Rule, RegExp]>([
  ["IPv6 in a table of IPv4", () => rule(IPV4).saddr("fd00::1"), /matches IPv4 already cannot match IPv6/],
  ["IPv4 in a table of IPv6", () => rule(IPV6).daddr("10.0.0.1"), /matches IPv6 already cannot match IPv4/],
  ["both", () => rule().saddr("10.0.0.1").daddr("fd00::1"), /IPv4 already/],
  ["both, by a set", () => rule().saddr("10.0.0.1").addressIn("daddr", 6, "friends"), /IPv4 already/],
  ["two protocols", () => rule().l4proto("tcp").dport("udp", 53), /matches tcp already cannot match udp/],
  ["one that is excluded", () => rule().l4proto("tcp", { not: true }).dport("tcp", 80), /anything but tcp/],
  ["one that is matched, excluded", () => rule().dport("tcp", 80).l4proto("tcp", { not: true }), /tcp already/],
  ["no protocol", () => rule().l4proto("toString" as "tcp"), /"toString" is no transport protocol/],
  ["a port of ICMP", () => rule().dport("icmp" as "tcp", 8), /icmp has no ports/],
  ["ports backwards", () => rule().dport("tcp", [90, 80]), /90 to 80/],
  ["NAT to the other IP", () => rule(IPV4).dnat({ address: "fd00::1" }), /fd00::1 is of IPv6/],
  ["NAT of the other IP", () => rule().saddr("fd00::1").snat({ address: "10.0.0.1" }), /matches is of IPv6/],
  ["no state", () => rule().ctState(), /of no state/],
  ["no address", () => rule().saddr("0.0.0.0/0", { not: true }), /anything but 0\.0\.0\.0\/0/],
  ["no port at all", () => rule().dport("tcp", [0, 65535], { not: true }), /ports 0 to 65535/],
  ["a port of no protocol", () => rule().dnat({ address: "10.0.0.2", port: 80 }), /of which protocol/],
  ["a port of ICMP, translated", () => rule().l4proto("icmp").dnat({ port: 80 }), /of which protocol/],
])("what no packet can match is refused: %s", (_, made, words) => {
  expect(made).toThrow(RangeError);
  expect(made).toThrow(words);
});
test("what a caller's own expressions match is the caller's to know", () => {
  const own = rule().l4proto("tcp").expressions;
  expect(
    rule()
      .add(...own)
      .dnat({ port: 80 }).expressions,
  ).toHaveLength(own.length + 2);
});
