// Each verb of addresses, routes and neighbours does what it says: `ip` and `bridge` say so too.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { IFF } from "../../src/attrs/route/link.ts";
import { NTF, NUD } from "../../src/attrs/route/neighbour.ts";
import { RTM_F, RTN } from "../../src/attrs/route/route.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { bridge, ip } from "../support/iproute.ts";
import { live, useNetns } from "../support/live.ts";

live("over v0 = v1", () => {
  const [netns] = useNetns(1);
  let rtnl: Rtnetlink;
  let addresses: Rtnetlink["addresses"];
  let routes: Rtnetlink["routes"];
  let neighbours: Rtnetlink["neighbours"];
  let oif: number;
  const up = { header: { flags: IFF.UP, change: IFF.UP } };
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    ({ addresses, routes, neighbours } = rtnl);
    const data = { veth: { peer: { attrs: { ifname: "v1" } } } };
    oif = (await rtnl.links.add({ ifname: "v0", linkinfo: { kind: "veth", data } }, up)).header.index;
    await rtnl.links.up("v1");
    // NODAD: to be used at once.
    await addresses.add("v0", "2001:db8::1/64", { flags: 2 });
    await addresses.add("v0", "10.0.0.1/24");
  });
  afterAll(() => rtnl?.close());

  describe("addresses", () => {
    const shown = (text: string) =>
      ip(netns, "addr", "show", "dev", "v0")[0].addr_info.find((one: { local: string }) => one.local === text);
    it("list is what `ip addr` lists, by link and by family", async () => {
      const ours = (await addresses.list({ link: "v0" })).map(
        ({ header, attrs }) => `${attrs.address}/${header.prefixlen}`,
      );
      const theirs = ip(netns, "addr", "show", "dev", "v0")[0].addr_info;
      expect(ours).toEqual(theirs.map((one: { local: string; prefixlen: number }) => `${one.local}/${one.prefixlen}`));
      expect((await addresses.list({ family: AF.INET })).map((one) => one.attrs.local)).toEqual(["10.0.0.1"]);
    });
    it.each([
      [
        "10.1.0.1/16",
        { broadcast: "10.1.255.255", label: "v0:x" },
        { prefixlen: 16, broadcast: "10.1.255.255", label: "v0:x" },
      ],
      ["2001:db8:1::1/48", { flags: 2 }, { prefixlen: 48, nodad: true }],
      ["10.2.0.1", {}, { prefixlen: 32 }],
    ])("add, get, delete %s", async (text, attrs, printed) => {
      // ip addr add TEXT dev v0 …
      const address = text.split("/")[0] as string;
      await addresses.add("v0", text, attrs);
      expect(shown(address)).toMatchObject(printed);
      expect((await addresses.get("v0", text))?.header.prefixlen).toBe(printed.prefixlen);
      await expect(addresses.add("v0", text, attrs)).rejects.toMatchObject({ code: "EEXIST" });
      // ip addr del TEXT dev v0
      await addresses.delete("v0", text.includes("/") ? text : `${text}/32`);
      expect(shown(address)).toBeUndefined();
      expect(await addresses.get("v0", address)).toBeUndefined();
    });
    it("add, point to point; replace adds, then changes", async () => {
      // ip addr add 10.3.0.1 peer 10.3.0.2/32 dev v0
      await addresses.add("v0", "10.3.0.1", { address: "10.3.0.2" });
      expect(shown("10.3.0.1")).toMatchObject({ address: "10.3.0.2" });
      // ip addr replace 10.4.0.1/24 dev v0 metric 9
      await addresses.replace("v0", "10.4.0.1/24", { rtPriority: 9 });
      await addresses.replace("v0", "10.4.0.1/24", { rtPriority: 8 });
      expect(shown("10.4.0.1")).toMatchObject({ metric: 8 });
    });
  });

  describe("routes", () => {
    const show = (v6: boolean, ...args: string[]) => ip(netns, v6 ? "-6" : "-4", "route", "show", ...args);
    describe.each([
      ["IPv4", false, "10.7.0.0/16", "10.0.0.9", "10.0.0.10"],
      ["IPv6", true, "2001:db8:7::/48", "2001:db8::9", "2001:db8::10"],
    ])("%s", (_, v6, to, gateway, second) => {
      const family = v6 ? AF.INET6 : AF.INET;
      it("list is what `ip route show table all` lists", async () => {
        const key = (dst: string, table: unknown, dev: string) => `${dst} ${table} ${dev}`;
        const tables: Record<string, number> = { local: 255, main: 254 };
        const devices = new Map((await rtnl.links.list()).map((one) => [one.header.index, one.attrs.ifname]));
        const ours = (await routes.list({ family })).map(({ header, attrs }) =>
          key(attrs.dst ?? "default", attrs.table ?? header.table, devices.get(attrs.oif ?? 0) ?? ""),
        );
        const theirs = show(v6, "table", "all").map((one) =>
          key(one.dst.split("/")[0], tables[one.table ?? "main"] ?? one.table, one.dev ?? ""),
        );
        expect(ours.sort()).toEqual(theirs.sort());
        expect(ours.length).toBeGreaterThan(2);
      });
      it("add, get, replace, delete", async () => {
        // ip route add TO via GATEWAY; ip route replace TO via SECOND; ip route del TO
        await routes.add(to, { gateway });
        expect(show(v6, to)[0]).toMatchObject({ dst: to, gateway, dev: "v0" });
        await expect(routes.add(to, { gateway })).rejects.toMatchObject({ code: "EEXIST" });
        await routes.replace(to, { gateway: second });
        expect(show(v6, to).map((one) => one.gateway)).toEqual([second]);
        const inside = to.replace("0.0/16", "1.2").replace("::/48", "::12");
        const found = await routes.get(inside);
        expect(found.attrs).toMatchObject({ dst: inside, gateway: second, oif });
        const itself = await routes.get(inside, {}, { header: { flags: RTM_F.FIB_MATCH } });
        expect(`${itself.attrs.dst}/${itself.header.dstLen}`).toBe(to);
        await routes.delete(to);
        expect(show(v6, to)).toEqual([]);
        await expect(routes.delete(to)).rejects.toMatchObject({ code: "ESRCH" });
      });
      it("a default route; one without gateway; one in a table above 255", async () => {
        await routes.add("default", { gateway });
        expect(show(v6, "default")[0]).toMatchObject({ dst: "default", gateway });
        await routes.delete("default", { gateway });
        await routes.add(to, { oif });
        expect(show(v6, to)[0]).toMatchObject({ dev: "v0", ...(v6 ? {} : { scope: "link" }) });
        await routes.delete(to);
        // ip route add TO via GATEWAY table 1000
        await routes.add(to, { gateway, table: 1000 });
        expect(show(v6, "table", "1000").map((one) => one.dst)).toEqual([to]);
        expect((await routes.list({ family, table: 1000 })).map((one) => one.attrs.table)).toEqual([1000]);
        await routes.delete(to, { table: 1000 });
        expect(await routes.list({ family, table: 1000 })).toEqual([]);
      });
      it("the link may be a name; append puts one more behind", async () => {
        await routes.add(to, { gateway, oif: "v0" });
        expect(show(v6, to)[0]).toMatchObject({ dst: to, gateway, dev: "v0" });
        expect((await routes.get(to.replace("0.0/16", "1.2").replace("::/48", "::12"), { oif: "v0" })).attrs.oif).toBe(
          oif,
        );
        await expect(routes.add(to, { oif: "nope" })).rejects.toThrow('ifname "nope"');
        // ip route append TO via SECOND: of IPv4 it is asked if the first goes, of IPv6 it is another next hop.
        await routes.append(to, { gateway: second, oif: "v0" });
        const hops = show(v6, to).flatMap((one) => one.nexthops ?? [one]);
        expect(hops.map((one: { gateway: string }) => one.gateway)).toEqual([gateway, second]);
        await routes.delete(to);
        await routes.delete(to).catch(() => {});
        expect(show(v6, to)).toEqual([]);
      });
      it("multipath", async () => {
        // ip route add TO nexthop via GATEWAY weight 3 nexthop via SECOND
        const hop = (hops: number, to: string) => ({
          header: { flags: 0, hops, ifindex: oif },
          attrs: { gateway: to },
        });
        await routes.add(to, { multipath: [hop(2, gateway), hop(0, second)] });
        expect(show(v6, to)[0].nexthops).toMatchObject([
          { gateway, weight: 3 },
          { gateway: second, weight: 1 },
        ]);
        expect(
          (await routes.list({ family, oif: "v0" })).filter((one) => one.attrs.multipath !== undefined),
        ).toHaveLength(1);
        await routes.delete(to);
      });
      it("a protocol of 0 is a protocol", async () => {
        await routes.add(to, { oif }, { header: { protocol: 0 } });
        const found = await routes.list({ family, protocol: 0, oif: "v0" });
        // Of IPv6 the kernel makes it RTPROT_BOOT.
        expect(found.map(({ header, attrs }) => [header.protocol, attrs.dst])).toEqual(v6 ? [] : [[0, "10.7.0.0"]]);
        await routes.delete(to);
      });
      it("blackhole", async () => {
        // ip route add blackhole TO
        await routes.add(to, {}, { header: { type: RTN.BLACKHOLE } });
        expect(show(v6, "type", "blackhole")[0]).toMatchObject({ type: "blackhole", dst: to });
        expect(await routes.list({ family, type: RTN.BLACKHOLE })).toHaveLength(1);
        await routes.delete(to, {}, { header: { type: RTN.BLACKHOLE } });
        expect(show(v6, "type", "blackhole")).toEqual([]);
      });
    });
    // ip route add TYPE 10.9.0.1 dev v0: table and scope are iproute2's own where nothing is said.
    describe("what is not said is what `ip route add` says", () => {
      const [to, to6] = ["10.9.0.1/32", "2001:db8:9::1/128"];
      const types = [
        "unicast",
        "local",
        "broadcast",
        "anycast",
        "multicast",
        "blackhole",
        "unreachable",
        "prohibit",
        "throw",
      ];
      const dumped = async (family: number) =>
        (await routes.list({ family }))
          .filter((one) => [to, to6].includes(`${one.attrs.dst}/${one.header.dstLen}`))
          .map(({ header, attrs }) => ({ ...header, at: attrs.table, out: attrs.oif, by: attrs.gateway }));
      const without = ["blackhole", "unreachable", "prohibit", "throw"];
      const cases = types.flatMap((type) => [
        [type, AF.INET, to, {}] as const,
        ...(type === "broadcast" ? [] : [[type, AF.INET6, to6, {}] as const]),
      ]);
      it.each([...cases, ["unicast", AF.INET, to, { gateway: "10.0.0.9" }] as const])(
        "%s, family %i, %s %j",
        async (type, family, dst, hop) => {
          const device = without.includes(type) ? [] : ["dev", "v0"];
          const via = Object.values(hop).flatMap((gateway) => ["via", gateway]);
          const words = [type, dst, ...via, ...device];
          const kind = RTN[type.toUpperCase() as keyof typeof RTN];
          const attrs = { ...hop, ...(device.length > 0 ? { oif } : {}) };
          const header = kind === RTN.UNICAST ? {} : { type: kind };
          const of = family === AF.INET ? "-4" : "-6";
          ip(netns, of, "route", "add", ...words);
          const theirs = await dumped(family);
          expect(theirs).toHaveLength(1);
          // What `ip` made, ours deletes; and the other way round.
          await routes.delete(dst, attrs, { header });
          expect(await dumped(family)).toEqual([]);
          await routes.add(dst, attrs, { header });
          expect(await dumped(family)).toEqual(theirs);
          ip(netns, of, "route", "del", ...words);
          expect(await dumped(family)).toEqual([]);
        },
      );
      it("what is said stands", async () => {
        await routes.add(to, { oif, table: 254 }, { header: { type: RTN.LOCAL, protocol: 4 } });
        expect(await dumped(AF.INET)).toMatchObject([{ table: 254, scope: 254, protocol: 4, type: RTN.LOCAL }]);
        await routes.delete(to, { table: 254 }, { header: { type: RTN.LOCAL } });
        expect(await dumped(AF.INET)).toEqual([]);
      });
    });
    it("get of a route in a table above 255", async () => {
      // ip rule add to 10.10.0.0/16 lookup 1000
      ip(netns, "rule", "add", "to", "10.10.0.0/16", "lookup", "1000");
      await routes.add("10.10.0.0/16", { gateway: "10.0.0.9", table: 1000 });
      expect((await routes.get("10.10.0.1")).attrs.table).toBe(1000);
      const itself = await routes.get("10.10.0.1", {}, { header: { flags: RTM_F.FIB_MATCH } });
      expect([itself.attrs.table, itself.attrs.dst]).toEqual([1000, "10.10.0.0"]);
      await routes.delete("10.10.0.0/16", { table: 1000 });
    });
    // Behind the first rule of one's own: until then the kernel keeps local and main together, and calls both main.
    it.each([
      ["10.0.0.1", 255],
      ["10.0.0.77", 254],
      ["2001:db8::1", 255],
      ["2001:db8::77", 254],
    ])("get %s: the table is %i", async (to, table) => {
      const { header, attrs } = await routes.get(to);
      expect([header.table, attrs.table]).toEqual([table, table]);
    });
    it("IPv4 via an IPv6 router", async () => {
      // ip route add 10.8.0.0/16 via inet6 2001:db8::9 dev v0
      await routes.add("10.8.0.0/16", { oif, via: { family: AF.INET6, addr: "2001:db8::9" } });
      expect(show(false, "10.8.0.0/16")[0].via).toEqual({ family: "inet6", host: "2001:db8::9" });
      await routes.delete("10.8.0.0/16");
    });
  });

  describe("neighbours", () => {
    const lladdr = "02:00:00:00:00:09";
    it.each(["10.0.0.9", "2001:db8::9"])("add, get, list, replace, delete %s", async (address) => {
      const shown = () => ip(netns, "neigh", "show", "to", address)[0];
      // ip neigh add ADDRESS lladdr 02:… dev v0; ip neigh replace ADDRESS lladdr 02:… nud stale dev v0
      await neighbours.add("v0", address, { lladdr });
      expect(shown()).toMatchObject({ dev: "v0", lladdr, state: ["PERMANENT"] });
      await expect(neighbours.add("v0", address, { lladdr })).rejects.toMatchObject({ code: "EEXIST" });
      await neighbours.replace("v0", address, { lladdr: "02:00:00:00:00:0a" }, { header: { state: NUD.STALE } });
      expect(shown()).toMatchObject({ lladdr: "02:00:00:00:00:0a", state: ["STALE"] });
      expect((await neighbours.get("v0", address)).attrs.lladdr).toBe("02:00:00:00:00:0a");
      // The kernel enters multicast groups by itself, at any time: not between one look and the other.
      const stable = (all: readonly (string | undefined)[]) =>
        all.filter((dst) => !/^(ff|22[4-9]\.)/.test(dst ?? "")).sort();
      const listed = (await neighbours.list({ link: "v0" })).map((one) => one.attrs.dst);
      expect(listed).toContain(address);
      expect(stable(listed)).toEqual(
        stable(ip(netns, "neigh", "show", "dev", "v0", "nud", "all").map((one) => one.dst)),
      );
      await neighbours.delete("v0", address);
      // A deleted entry may linger for a moment, as failed.
      expect([undefined, "FAILED"]).toContain(shown()?.state[0]);
    });
    it("a proxy", async () => {
      // ip neigh add proxy 10.0.0.77 dev v0
      const header = { flags: NTF.PROXY };
      await neighbours.add("v0", "10.0.0.77", {}, { header });
      expect(ip(netns, "neigh", "show", "proxy")).toMatchObject([{ dst: "10.0.0.77", dev: "v0", proxy: null }]);
      expect((await neighbours.get("v0", "10.0.0.77", { header })).header.flags).toBe(NTF.PROXY);
      await neighbours.delete("v0", "10.0.0.77", {}, { header });
      expect(ip(netns, "neigh", "show", "proxy")).toEqual([]);
    });
    it("a bridge's forwarding database", async () => {
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      await rtnl.links.setMaster("v1", "br0");
      const entry = (mac: string) => bridge(netns, "fdb", "show", "dev", "v1").find((one) => one.mac === mac);
      // bridge fdb add 02:… dev v1 master static
      const header = { family: AF.BRIDGE, flags: NTF.MASTER, state: NUD.NOARP };
      await neighbours.add("v1", lladdr, {}, { header });
      expect(entry(lladdr)).toMatchObject({ master: "br0", state: "static" });
      const ours = await neighbours.list({ family: AF.BRIDGE, link: "v1" });
      const theirs = bridge(netns, "fdb", "show", "dev", "v1").map((one) => one.mac);
      expect(ours.map((one) => one.attrs.lladdr).sort()).toEqual(theirs.sort());
      // bridge fdb get 02:… br br0; bridge fdb get 02:… dev v1 [master]
      const index = await rtnl.links.index("v1");
      const asked = (flags: number) => ({ header: { family: AF.BRIDGE, flags } });
      for (const [link, flags] of [
        ["br0", 0],
        ["v1", 0],
        ["v1", NTF.MASTER],
        ["br0", NTF.SELF],
      ] as const) {
        const found = await neighbours.get(link, lladdr, asked(flags));
        expect([found.attrs.lladdr, found.header.ifindex, found.header.state]).toEqual([lladdr, index, NUD.NOARP]);
      }
      expect(bridge(netns, "fdb", "get", lladdr, "br", "br0")).toMatchObject([{ mac: lladdr, ifname: "v1" }]);
      await expect(neighbours.get("br0", "02:00:00:00:00:99", asked(0))).rejects.toMatchObject({ code: "ENOENT" });
      await expect(neighbours.get("v0", lladdr, asked(0))).rejects.toMatchObject({ code: "EINVAL" });
      await neighbours.delete("v1", lladdr, {}, { header });
      expect(entry(lladdr)).toBeUndefined();
    });
    it("a vxlan's forwarding database", async () => {
      const data = { vxlan: { id: 42, port: 4789 } };
      await rtnl.links.add({ ifname: "vx0", linkinfo: { kind: "vxlan", data } });
      // bridge fdb add 02:… dev vx0 dst 192.0.2.9
      const header = { family: AF.BRIDGE, flags: NTF.SELF };
      await neighbours.add("vx0", lladdr, { dst: "192.0.2.9" }, { header });
      expect(bridge(netns, "fdb", "show", "dev", "vx0")).toMatchObject([
        { mac: lladdr, dst: "192.0.2.9", state: "permanent" },
      ]);
      // bridge fdb get 02:… dev vx0 self
      expect((await neighbours.get("vx0", lladdr, { header })).attrs).toMatchObject({ lladdr, dst: "192.0.2.9" });
      await neighbours.delete("vx0", lladdr, { dst: "192.0.2.9" }, { header });
      expect(bridge(netns, "fdb", "show", "dev", "vx0")).toEqual([]);
      // bridge fdb append 00:00:00:00:00:00 dev vx0 dst …: where unknown and group addresses are copied to
      const all = ["192.0.2.8", "192.0.2.9"];
      for (const dst of all) await neighbours.append("vx0", "00:00:00:00:00:00", { dst }, { header });
      await neighbours.append("vx0", "00:00:00:00:00:00", { dst: "192.0.2.9" }, { header });
      const copies = bridge(netns, "fdb", "show", "dev", "vx0");
      expect(copies.map((one: { dst: string }) => one.dst).sort()).toEqual(all);
    });
  });
});
