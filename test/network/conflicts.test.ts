// What of the host is in use, read from a namespace that has a bit of everything.
import { describe, expect, test } from "vitest";
import { IFA_F } from "../../src/attrs/route/address.ts";
import { RTN } from "../../src/attrs/route/route-header.ts";
import { Rtnetlink } from "../../src/client/index.ts";
import { busyOf, conflict, nameServersOf } from "../../src/network/conflicts.ts";
import { parseSubnet } from "../../src/network/subnet.ts";
import { live, withNetns } from "../support/live.ts";

describe("name servers", () => {
  test("as resolv.conf(5) says it", () => {
    const text =
      "# a comment\nsearch example.org\nnameserver 10.0.0.53\n nameserver 192.0.2.1\nnameserver\tFE80:0::1%eth0\n;nameserver 1.1.1.1\nnameserver ten\nnameserver\nnameserver 2001:DB8::53 # here\nnameserver 127.0.0.53";
    expect(nameServersOf(text)).toEqual(["10.0.0.53", "fe80::1", "2001:db8::53", "127.0.0.53"]);
    expect(nameServersOf("")).toEqual([]);
  });
  test("are in use; those of one link are nobody's", () => {
    const busy = busyOf({ routes: [], nameServers: ["10.0.0.53", "fe80::1", "2001:db8::53"] });
    expect(busy.map(({ what }) => what)).toEqual(["name server 10.0.0.53", "name server 2001:db8::53"]);
    expect(conflict(parseSubnet("10.0.0.0/8"), busy)).toBe("10.0.0.0/8 is in use: name server 10.0.0.53");
    expect(conflict(parseSubnet("10.0.1.0/24"), busy)).toBeUndefined();
  });
});

live("a host's subnets", () => {
  test("on-link routes, and addresses without one; not what is behind a router", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({
        ifname: "eth1",
        linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: "eth2" } } } } },
      });
      for (const link of ["eth1", "eth2"]) await rtnl.links.up(link);
      await rtnl.addresses.add("eth1", "10.1.0.1/16");
      await rtnl.addresses.add("eth1", "fd00:1::1/64", { flags: IFA_F.NODAD });
      await rtnl.addresses.add("eth1", "10.9.0.1/24", { flags: IFA_F.NOPREFIXROUTE });
      const oif = await rtnl.links.index("eth1");
      await rtnl.routes.add("10.2.0.0/16", { oif });
      await rtnl.routes.add("10.3.0.0/16", { gateway: "10.1.0.2" });
      await rtnl.routes.add("default", { gateway: "10.1.0.2" });
      await rtnl.routes.add("fd00:2::/64", { oif });
      await rtnl.routes.add("fd00:3::/64", { gateway: "fd00:1::2", oif });
      await rtnl.routes.add("default", { gateway: "fd00:1::2", oif });
      await rtnl.routes.add("10.4.0.0/16", { oif, table: 100 });
      await rtnl.routes.add("10.5.0.0/16", {}, { header: { type: RTN.BLACKHOLE } });
      const routes = await rtnl.routes.list();
      const links = await rtnl.links.list();
      const addresses = await rtnl.addresses.list();
      const busy = busyOf({ routes, links, nameServers: [] });
      expect(busy.map(({ what }) => what).sort()).toEqual([
        "route 10.1.0.0/16 dev eth1",
        "route 10.2.0.0/16 dev eth1",
        "route fd00:1::/64 dev eth1",
        "route fd00:2::/64 dev eth1",
      ]);
      expect(conflict(parseSubnet("10.1.0.0/16"), busy)).toBe("10.1.0.0/16 is in use: route 10.1.0.0/16 dev eth1");
      expect(conflict(parseSubnet("10.0.0.0/12"), busy)).toContain("10.0.0.0/12 is in use: route 10.");
      expect(conflict(parseSubnet("10.9.0.128/25"), busy)).toBeUndefined();
      const all = busyOf({ routes, links, addresses, nameServers: [] });
      expect(conflict(parseSubnet("10.9.0.128/25"), all)).toBe("10.9.0.128/25 is in use: address 10.9.0.1/24 dev eth1");
      expect(all.some(({ what }) => what.includes("fe80"))).toBe(false);
      expect(busyOf({ routes, nameServers: [] })[0]?.what).toBe(`route 10.1.0.0/16 dev if${oif}`);
      await rtnl.links.rename("eth1", "e\u001b[31m");
      const renamed = busyOf({ routes, links: await rtnl.links.list(), nameServers: [] });
      expect(renamed[0]?.what).toBe("route 10.1.0.0/16 dev e\\u001b[31m");
    }));
});
