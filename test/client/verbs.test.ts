// Each verb of links does what it says: `ip` and `bridge` say so too. Addresses, routes and neighbours are in verbs-ip.test.ts.
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IFF } from "../../src/attrs/route/link.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { route } from "../../src/index.ts";
import { SystemError } from "../../src/socket/errors.ts";
import { spawnIn } from "../../src/socket/named-netns.ts";
import { openSocket } from "../../src/socket/netlink-socket.ts";
import { recording } from "../../src/socket/transport.ts";
import { ip } from "../support/iproute.ts";
import { live, useNetns } from "../support/live.ts";

live("links", () => {
  const [netns = "", other = ""] = useNetns(2);
  let rtnl: Rtnetlink;
  let links: Rtnetlink["links"];
  let far: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    far = await Rtnetlink.open({ netns: other });
    ({ links } = rtnl);
  });
  afterAll(() => {
    rtnl?.close();
    far?.close();
  });
  // Each test begins with lo alone, in both.
  beforeEach(async () => {
    for (const each of [rtnl, far]) {
      for (const { header } of await each.links.list())
        if (header.index !== 1) await each.links.delete(header.index).catch(() => {});
    }
  });

  const show = (name: string) => ip(netns, "link", "show", name)[0];
  const names = (of = netns): string[] => ip(of, "link").map((link) => link.ifname);
  const veth = (ifname: string, peer: string) =>
    links.add({ ifname, linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: peer } } } } } });

  describe("list", () => {
    it("is what `ip link` lists", async () => {
      await veth("v0", "v1");
      const ours = (await links.list()).map(({ header, attrs }) => [
        header.index,
        attrs.ifname,
        attrs.mtu,
        attrs.address,
      ]);
      expect(ours).toEqual(ip(netns, "link").map((link) => [link.ifindex, link.ifname, link.mtu, link.address]));
    });
    it("by kind and by master; with statistics", async () => {
      await veth("v0", "v1");
      await links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      await links.setMaster("v0", "br0");
      const named = async (...filter: Parameters<typeof links.list>) =>
        (await links.list(...filter)).map((link) => link.attrs.ifname).sort();
      // ip link show type veth; ip link show master br0
      expect(await named({ kind: "veth" })).toEqual(["v0", "v1"]);
      expect(await named({ master: "br0" })).toEqual(["v0"]);
      expect(await named({ kind: "no such kind" })).toEqual([]);
      // RTEXT_FILTER_SKIP_STATS leaves out those of IPv6 alone.
      const inet6 = async (statistics: boolean) => (await links.list({ statistics }))[0]?.attrs.afSpec?.inet6?.stats;
      expect(await inet6(false)).toBeUndefined();
      expect(await inet6(true)).toContain(0n);
    });
  });

  describe("get", () => {
    it("by name, by index, by alternative name however long", async () => {
      const long = "an-alternative-name-of-more-than-fifteen-bytes";
      const { header } = await links.add({
        ifname: "br0",
        linkinfo: { kind: "bridge" },
        propList: { altIfname: ["short", long] },
      });
      expect(show("br0")).toMatchObject({ ifindex: header.index, altnames: ["short", long] });
      for (const ref of ["br0", header.index, "short", long]) {
        expect((await links.get(ref)).attrs.ifname).toBe("br0");
        expect(await links.index(ref)).toBe(header.index);
      }
      await expect(links.get("nothing")).rejects.toMatchObject({ code: "ENODEV" });
      await expect(links.get(9999)).rejects.toMatchObject({ code: "ENODEV" });
    });
  });

  describe("add", () => {
    it("a bridge with settings, up at once", async () => {
      // ip link add br0 up mtu 1400 address 02:… type bridge ageing_time 12000 stp_state 1
      const data = { bridge: { ageingTime: 12000, stpState: 1 } };
      const made = await links.add(
        { ifname: "br0", mtu: 1400, address: "02:00:00:00:00:11", linkinfo: { kind: "bridge", data } },
        { header: { flags: IFF.UP, change: IFF.UP } },
      );
      expect(show("br0")).toMatchObject({
        ifindex: made.header.index,
        mtu: 1400,
        address: "02:00:00:00:00:11",
        flags: expect.arrayContaining(["UP"]),
        linkinfo: { info_kind: "bridge", info_data: { ageing_time: 12000, stp_state: 1 } },
      });
    });
    it("a veth with its peer in another namespace", async () => {
      const fd = openSync(`/run/netns/${other}`, "r");
      try {
        // ip link add v0 type veth peer name eth0 netns OTHER
        const peer = { attrs: { ifname: "eth0", netNsFd: fd } };
        await links.add({ ifname: "v0", linkinfo: { kind: "veth", data: { veth: { peer } } } });
      } finally {
        closeSync(fd);
      }
      expect(names()).toEqual(["lo", "v0"]);
      expect(names(other)).toEqual(["lo", "eth0"]);
    });
    it("a macvlan on a link, a vxlan", async () => {
      await veth("v0", "v1");
      // ip link add mv0 link v0 type macvlan mode bridge; ip link add vx0 type vxlan id 42 dstport 4789 local 192.0.2.1
      await links.add({
        ifname: "mv0",
        link: await links.index("v0"),
        linkinfo: { kind: "macvlan", data: { macvlan: { mode: 4 } } },
      });
      const data = { vxlan: { id: 42, port: 4789, local: "192.0.2.1" } };
      await links.add({ ifname: "vx0", linkinfo: { kind: "vxlan", data } });
      expect(show("mv0")).toMatchObject({ link: "v0", linkinfo: { info_data: { mode: "bridge" } } });
      expect(show("vx0").linkinfo.info_data).toMatchObject({ id: 42, port: 4789, local: "192.0.2.1" });
    });
    it("leaves nothing behind when its second message is refused", async () => {
      // A bridge cannot be held down by a protocol.
      const attrs = { ifname: "br0", linkinfo: { kind: "bridge" }, ifalias: "text", protoDown: 1 };
      await expect(links.add(attrs)).rejects.toMatchObject({ code: "EOPNOTSUPP" });
      expect(names()).toEqual(["lo"]);
    });
  });

  describe("add, when a look at the result fails", () => {
    const [NEWLINK, GETLINK] = [16, 18];
    const typeOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint16(4, true);
    /** A socket that forgets what the kernel echoes, as one before Linux 6.2, or that fails to send the given GETs. */
    const faulty = ({ mute = false, failing }: { mute?: boolean; failing: number }): Rtnetlink => {
      const inner = openSocket({ protocol: route.protocol, netns });
      let asked = 0;
      return Rtnetlink.over({
        ...recording(inner, () => {}),
        send(datagram) {
          if (typeOf(datagram) === GETLINK && ++asked === failing) throw new SystemError("send", 105);
          inner.send(datagram);
        },
        receive(buffer) {
          const length = inner.receive(buffer);
          // The echo comes before the ack.
          return mute && asked === 0 && length !== undefined && typeOf(buffer) === NEWLINK
            ? this.receive(buffer)
            : length;
        },
      });
    };
    const bridge = { ifname: "br0", linkinfo: { kind: "bridge" } };
    it.each([
      ["the last look", {}, { ifalias: "text" }, 1],
      ["the look for what was not echoed", { mute: true }, {}, 1],
      ["the last look, without an echo", { mute: true }, { ifalias: "text" }, 1],
    ])("%s: taken away", async (_name, how, more, failing) => {
      await using broken = faulty({ ...how, failing });
      await expect(broken.links.add({ ...bridge, ...more })).rejects.toMatchObject({ code: "ENOBUFS" });
      expect(names()).toEqual(["lo"]);
    });
    it("without an echo and without failures: made", async () => {
      await using old = faulty({ mute: true, failing: 0 });
      const made = await old.links.add({ ...bridge, ifalias: "text", propList: { altIfname: ["other"] } });
      expect(made.attrs).toMatchObject({ ifname: "br0", ifalias: "text", propList: { altIfname: ["other"] } });
    });
    it("the caller loses patience: taken away", async () => {
      const controller = new AbortController();
      const reason = new Error("enough");
      await using eager = faulty({ failing: 0 });
      const { request } = eager.connection;
      eager.connection.request = (message, options) => {
        if (message.name === "RTM_GETLINK") controller.abort(reason);
        return request.call(eager.connection, message, options) as never;
      };
      const attrs = { ...bridge, ifalias: "text" };
      await expect(eager.links.add(attrs, { signal: controller.signal })).rejects.toBe(reason);
      expect(names()).toEqual(["lo"]);
    });
  });

  describe("a change", () => {
    beforeEach(() => veth("v0", "v1"));
    it("set, up, down", async () => {
      // ip link set v0 mtu 1300 alias "free text" group 7
      await links.set("v0", { mtu: 1300, ifalias: "free text", group: 7 });
      expect(show("v0")).toMatchObject({ mtu: 1300, ifalias: "free text", group: "7" });
      await links.up("v0");
      expect(show("v0").flags).toContain("UP");
      await links.down("v0");
      expect(show("v0").flags).not.toContain("UP");
    });
    it("rename, by name, index and alternative name", async () => {
      // ip link set v0 name w0
      await links.rename("v0", "w0");
      expect(names()).toContain("w0");
      await links.rename(await links.index("w0"), "x0");
      await links.addAltNames("x0", ["also"]);
      await links.rename("also", "y0");
      expect(show("also")).toMatchObject({ ifname: "y0", altnames: ["also"] });
      await expect(links.rename("y0", "v1")).rejects.toMatchObject({ code: "EEXIST" });
    });
    it("addAltNames, deleteAltNames", async () => {
      // ip link property add dev v0 altname one altname two; ip link property del dev v0 altname one
      await links.addAltNames("v0", ["one", "two"]);
      expect(show("v0").altnames).toEqual(["one", "two"]);
      await links.deleteAltNames("v0", ["one"]);
      expect(show("v0").altnames).toEqual(["two"]);
      await expect(links.addAltNames("v1", ["two"])).rejects.toMatchObject({ code: "EEXIST" });
    });
    it("setMaster, and out again", async () => {
      await links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      // ip link set v0 master br0; ip link set v0 nomaster
      await links.setMaster("v0", "br0");
      expect(show("v0").master).toBe("br0");
      await links.setMaster("v0", undefined);
      expect(show("v0").master).toBeUndefined();
    });
    it("delete: of a veth, both ends", async () => {
      await links.delete("v0");
      expect(names()).toEqual(["lo"]);
      await expect(links.delete("v0")).rejects.toMatchObject({ code: "ENODEV" });
    });
  });

  describe("setNetns", () => {
    beforeEach(() => veth("v0", "v1"));
    const moved = () =>
      expect([names(), names(other)]).toEqual([
        ["lo", "v1"],
        ["lo", "there"],
      ]);
    it("by name and by path", async () => {
      // ip link set v0 netns OTHER name there
      await links.setNetns("v0", other, { ifname: "there" });
      moved();
      await far.links.setNetns("there", `/run/netns/${netns}`, { ifname: "back" });
      expect(names().sort()).toEqual(["back", "lo", "v1"]);
    });
    it("by process id", async () => {
      const child = spawnIn(other, "sleep", ["60"], { stdio: "ignore" });
      try {
        await once(child, "spawn");
        await links.setNetns("v0", { pid: child.pid ?? 0 }, { ifname: "there" });
      } finally {
        child.kill();
      }
      moved();
    });
    it("by descriptor, which stays open", async () => {
      const fd = openSync(`/run/netns/${other}`, "r");
      await links.setNetns("v0", { fd }, { ifname: "there" });
      closeSync(fd);
      moved();
    });
    it("to nowhere: ENOENT, and nothing moves", async () => {
      await expect(links.setNetns("v0", "no-such-namespace")).rejects.toMatchObject({ code: "ENOENT" });
      expect(names()).toEqual(expect.arrayContaining(["v0"]));
    });
  });
});
