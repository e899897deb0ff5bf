// Every attribute of an address, a route or a neighbour that a verb sends is read back, or was refused.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import type { AddressAttrs } from "../../src/attrs/route/address.ts";
import { IFF } from "../../src/attrs/route/link.ts";
import { type NeighbourAttrs, type NeighbourHeader, NTF, NUD } from "../../src/attrs/route/neighbour.ts";
import type { RouteAttrs } from "../../src/attrs/route/route.ts";
import type { RouteMetrics } from "../../src/attrs/route/route-metrics.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { live, useNetns } from "../support/live.ts";
import { type Cases, lost, outcome, sentCases } from "../support/readback.ts";

const VETH = 100;
const VXLAN = 101;
const OWN = "the kernel's own";
const KEY = "what the verb is called with";
const LOOKUP = "says what to look up: routes.get";

live("what is sent is read back", () => {
  const [netns] = useNetns(1);
  let rtnl: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    const up = { flags: IFF.UP, change: IFF.UP };
    const peer = { peer: { attrs: { ifname: "v1" } } };
    const veth = { kind: "veth", data: { veth: peer } };
    await rtnl.links.add({ ifname: "v0", linkinfo: veth }, { header: { index: VETH, ...up } });
    await rtnl.links.up("v1");
    const vxlan = { kind: "vxlan", data: { vxlan: { collectMetadata: 1, port: 4789 } } };
    await rtnl.links.add({ ifname: "vx0", linkinfo: vxlan }, { header: { index: VXLAN, ...up } });
    await rtnl.addresses.add("v0", "10.0.0.1/24");
    await rtnl.addresses.add("v0", "2001:db8::1/64", { flags: 2 });
  });
  afterAll(() => rtnl?.close());

  describe("addresses: IFA_*", () => {
    const cases: Cases<AddressAttrs> = {
      address: { value: "10.9.0.2" },
      local: KEY,
      label: { value: "v0:one" },
      broadcast: { value: "10.9.0.255" },
      anycast: OWN,
      cacheinfo: "its times run and its stamps are the kernel's own: below",
      multicast: OWN,
      flags: { value: 0x280 },
      rtPriority: { value: 50 },
      targetNetnsid: "where it is made: not here",
      proto: { value: 99 },
      mcUsers: OWN,
    };
    it.each(sentCases(cases))("%s", async (name, value) => {
      const became = await outcome(async () => {
        // ip addr add 10.9.0.1/32 dev v0 NAME VALUE
        await rtnl.addresses.add("v0", "10.9.0.1/32", { [name]: value });
        const found = await rtnl.addresses.get("v0", "10.9.0.1");
        await rtnl.addresses.delete("v0", "10.9.0.1/32", name === "address" ? { address: "10.9.0.2" } : {});
        return lost({ [name]: value }, found?.attrs);
      });
      expect(became).toBe("read back");
    });
    it("cacheinfo: its lifetimes, and replace changes them", async () => {
      const times = (valid: number, prefered: number) => ({ cacheinfo: { valid, prefered, cstamp: 0, tstamp: 0 } });
      const left = async () => (await rtnl.addresses.get("v0", "2001:db8::7"))?.attrs.cacheinfo;
      // ip addr add 2001:db8::7/64 dev v0 valid_lft 5000 preferred_lft 4000
      await rtnl.addresses.add("v0", "2001:db8::7/64", times(5000, 4000));
      expect((await left())?.valid).toBeGreaterThan(4900);
      await rtnl.addresses.replace("v0", "2001:db8::7/64", { ...times(900, 800), rtPriority: 77, proto: 5 });
      expect((await left())?.valid).toBeLessThanOrEqual(900);
      const found = await rtnl.addresses.get("v0", "2001:db8::7");
      expect(found?.attrs).toMatchObject({ rtPriority: 77, proto: 5 });
    });
  });

  const metrics: Cases<RouteMetrics> = {
    lock: { value: 4 },
    mtu: { value: 1300 },
    window: { value: 5000 },
    rtt: { value: 80 },
    rttvar: { value: 40 },
    ssthresh: { value: 10 },
    cwnd: { value: 11 },
    advmss: { value: 1200 },
    reordering: { value: 5 },
    hoplimit: { value: 9 },
    initcwnd: { value: 12 },
    features: { value: 1 },
    rtoMin: { value: 300 },
    initrwnd: { value: 13 },
    quickack: { value: 1 },
    ccAlgo: { value: "cubic" },
    fastopenNoCookie: { value: 1 },
  };
  const routes = (v6: boolean): Cases<RouteAttrs> => ({
    dst: KEY,
    src: v6 ? { value: "2001:db8:9::1" } : "IPv4 has no routes by source: the kernel ignores it",
    iif: LOOKUP,
    oif: { value: VETH },
    gateway: { value: v6 ? "2001:db8::99" : "10.0.0.99" },
    priority: { value: 77 },
    prefsrc: { value: v6 ? "2001:db8::1" : "10.0.0.1" },
    metrics: "each by itself: below",
    multipath: {
      value: [9, 10].map((n) => ({
        header: { flags: 0, hops: n, ifindex: VETH },
        attrs: { gateway: v6 ? `2001:db8::${n}` : `10.0.0.${n}` },
      })),
    },
    protoinfo: "never used by the kernel",
    flow: v6 ? "IPv4 only" : { value: 5 },
    cacheinfo: OWN,
    session: "never used by the kernel",
    mpAlgo: "never used by the kernel",
    table: { value: 1000 },
    mark: LOOKUP,
    mfcStats: OWN,
    via: v6
      ? { value: { family: AF.INET, addr: "10.0.0.98" }, refused: "EINVAL" }
      : { value: { family: AF.INET6, addr: "2001:db8::98" } },
    newdst: "MPLS",
    pref: v6 ? { value: 1 } : "IPv6 only",
    encapType: "with encap",
    encap: "with encapType: below",
    expires: v6 ? "runs: below" : "IPv6 only",
    uid: LOOKUP,
    ttlPropagate: "MPLS",
    ipProto: LOOKUP,
    sport: LOOKUP,
    dport: LOOKUP,
    nhId: { value: 7777, refused: "EINVAL" },
    flowlabel: LOOKUP,
    delReason: OWN,
  });

  describe.each([
    ["IPv4", false, "10.7.0.0/16"],
    ["IPv6", true, "2001:db8:7::/48"],
  ])("routes: RTA_*, %s", (_, v6, destination) => {
    const family = v6 ? AF.INET6 : AF.INET;
    /** Makes a route by both verbs, reads it, takes it away. */
    const made = async (attrs: RouteAttrs, verb: "add" | "replace") =>
      outcome(async () => {
        const own = (attrs.multipath ?? attrs.nhId ?? attrs.via) ? attrs : { oif: VETH, ...attrs };
        await rtnl.routes[verb](destination, own);
        const found = await rtnl.routes.list({ family, ...(attrs.table === undefined ? {} : { table: attrs.table }) });
        const dst = destination.split("/")[0] as string;
        const { table, src } = attrs;
        await rtnl.routes.delete(destination, { ...(table && { table }), ...(src && { src }) });
        const route = found.find((one) => one.attrs.dst === dst);
        return lost(plain(attrs), plain(route?.attrs));
      });
    /** Without what the kernel adds to each next hop. */
    const plain = (attrs: RouteAttrs | undefined) =>
      attrs?.multipath === undefined
        ? attrs
        : {
            ...attrs,
            multipath: attrs.multipath.map(({ header: { len: _, ...header }, attrs: hop }) => ({ header, attrs: hop })),
          };

    it.each(sentCases(routes(v6)))("%s", async (name, value, refused) => {
      // ip route add DESTINATION dev v0 NAME VALUE
      expect(await made({ [name]: value }, "add")).toEqual(refused ?? "read back");
      expect(await made({ [name]: value }, "replace")).toEqual(refused ?? "read back");
    });
    it.each(sentCases(metrics))("metrics: %s", async (name, value) => {
      expect(await made({ metrics: { [name]: value } }, "add")).toBe("read back");
    });
    it("encap: LWTUNNEL_ENCAP_IP", async () => {
      // ip route add DESTINATION encap ip id 5 dst 192.0.2.1 dev v0: LWTUNNEL_IP_ID 1 is 8 bytes, LWTUNNEL_IP_DST 2
      const encap = Uint8Array.of(12, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 5, 8, 0, 2, 0, 192, 0, 2, 1);
      await rtnl.routes.add(destination, { oif: VETH, encapType: 2, encap });
      const found = (await rtnl.routes.list({ family })).find((one) => one.attrs.encapType === 2);
      await rtnl.routes.delete(destination);
      // The kernel adds LWTUNNEL_IP_SRC, TTL, TOS, FLAGS.
      expect([...(found?.attrs.encap ?? [])].slice(0, 20)).toEqual([...encap]);
    });
  });

  describe("neighbours: NDA_*", () => {
    const cases: Cases<NeighbourAttrs> = {
      dst: KEY,
      lladdr: { value: "02:00:00:00:00:09" },
      cacheinfo: OWN,
      probes: OWN,
      vlan: "a bridge with VLANs: below",
      port: "VXLAN: below",
      vni: "VXLAN: below",
      ifindex: "VXLAN: below",
      master: OWN,
      linkNetnsid: OWN,
      srcVni: "VXLAN: below",
      protocol: { value: 99 },
      nhId: "VXLAN, with a next hop object",
      fdbExtAttrs: "a bridge: below",
      flagsExt: { value: 1 },
      ndmStateMask: "bulk delete",
      ndmFlagsMask: "bulk delete",
    };
    it.each(sentCases(cases))("%s", async (name, value) => {
      const header: Partial<NeighbourHeader> = name === "flagsExt" ? { state: NUD.NONE } : {};
      for (const verb of ["add", "replace"] as const) {
        // ip neigh add 10.0.0.9 dev v0 NAME VALUE nud permanent
        const became = await outcome(async () => {
          const lladdr = { lladdr: "02:00:00:00:00:08" };
          await rtnl.neighbours[verb](
            "v0",
            "10.0.0.9",
            { ...(name === "flagsExt" ? {} : lladdr), [name]: value },
            { header },
          );
          return lost({ [name]: value }, (await rtnl.neighbours.get("v0", "10.0.0.9")).attrs);
        });
        await rtnl.neighbours.delete("v0", "10.0.0.9");
        expect(became).toBe("read back");
      }
    });
    it.each(["add", "replace"] as const)("of a vxlan, by %s: dst, port, vni, ifindex, srcVni", async (verb) => {
      // bridge fdb add 02:… dev vx0 dst 192.0.2.9 port 4790 vni 9 via v0 src_vni 8
      const sent: NeighbourAttrs = { dst: "192.0.2.9", port: 4790, vni: 9, ifindex: VETH, srcVni: 8 };
      const header = { family: AF.BRIDGE, flags: NTF.SELF, state: NUD.PERMANENT };
      await rtnl.neighbours[verb]("vx0", "02:00:00:00:00:33", sent, { header });
      const table = await rtnl.neighbours.list({ family: AF.BRIDGE, link: "vx0" });
      const found = table.find((one) => one.attrs.lladdr === "02:00:00:00:00:33");
      await rtnl.neighbours.delete("vx0", "02:00:00:00:00:33", sent, { header });
      expect(lost(sent, found?.attrs)).toEqual([]);
    });
    it("of a bridge: fdbExtAttrs", async () => {
      const bridge = await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      await rtnl.links.setMaster("v1", "br0");
      // bridge fdb add 02:… dev v1 master static activity_notify
      const sent = { fdbExtAttrs: { activityNotify: 1 } };
      const header = { family: AF.BRIDGE, flags: NTF.MASTER, state: NUD.NOARP };
      await rtnl.neighbours.add("v1", "02:00:00:00:00:34", sent, { header });
      const table = await rtnl.neighbours.list({ family: AF.BRIDGE, link: "v1" });
      const found = table.find((one) => one.attrs.lladdr === "02:00:00:00:00:34");
      await rtnl.links.delete(bridge.header.index);
      expect(lost(sent, found?.attrs)).toEqual([]);
      expect(found?.attrs.master).toBe(bridge.header.index);
    });
  });
});
