// IPv4's settings of a link over netlink: the numbers, the bytes, and that the kernel takes each.
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { encodeMessage, NLM_F } from "../../src/index.ts";
import { IPV4_CONF, type Ipv4Conf, ipv4ConfAttrs } from "../../src/network/inet-conf.ts";
import { readSysctl, writeSysctl } from "../../src/network/sysctl.ts";
import { KernelError } from "../../src/socket/errors.ts";
import { live, withNetns } from "../support/live.ts";

test("as bytes: nests of AF_SPEC, AF_INET and CONF, a u32 under each number", () => {
  const attrs = ipv4ConfAttrs({ route_localnet: 1, rp_filter: 0, medium_id: -1 });
  const bytes = encodeMessage({ name: "RTM_NEWLINK", header: { index: 5 }, attrs }, { byteOrder: "little" });
  const expected = [
    "24001a80", // IFLA_AF_SPEC
    "20000280", // AF_INET
    "1c000180", // IFLA_INET_CONF
    "08001a0001000000",
    "0800080000000000",
    "08000e00ffffffff",
  ];
  expect(Buffer.from(bytes.subarray(32)).toString("hex")).toBe(expected.join(""));
});

test.each<[string, object]>([
  ["no_such_thing", { no_such_thing: 1 }],
  ["toString", { toString: 1 }],
  ["rp_filter", { rp_filter: 1.5 }],
  ["rp_filter", { rp_filter: 0x100000000 }],
  ["rp_filter", { rp_filter: "1" }],
])("%s is refused: %j", (word, conf) => {
  expect(() => ipv4ConfAttrs(conf as Ipv4Conf)).toThrow(word);
});

live("on the kernel", () => {
  test("each setting is taken, and no other changes", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      const settings = async (): Promise<readonly number[]> =>
        (await rtnl.links.get("br0")).attrs.afSpec?.inet?.conf ?? [];
      for (const [name, number] of Object.entries(IPV4_CONF)) {
        const before = await settings();
        const value = (before[number - 1] ?? 0) + 1;
        await rtnl.links.set("br0", ipv4ConfAttrs({ [name]: value }));
        const expected = [...before];
        expected[number - 1] = value;
        expect(await settings(), name).toEqual(expected);
        const told = readSysctl(netns, `net.ipv4.conf.IFNAME.${name}`, "br0");
        expect(told, name).toBe(String(value));
      }
    }));

  test("with other attributes, and beside IPv6's", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      const { afSpec } = ipv4ConfAttrs({ route_localnet: 1, rp_filter: 2 });
      await rtnl.links.set("br0", { mtu: 1400, afSpec: { ...afSpec, inet6: { addrGenMode: 1 } } });
      const { attrs } = await rtnl.links.get("br0");
      expect([attrs.mtu, attrs.afSpec?.inet?.conf?.[25], attrs.afSpec?.inet?.conf?.[7]]).toEqual([1400, 1, 2]);
      expect(attrs.afSpec?.inet6?.addrGenMode).toBe(1);
    }));

  test("nobody is told, as of a sysctl that is written", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      await using events = rtnl.subscribe(["IPV4_NETCONF"]);
      await rtnl.links.set("br0", ipv4ConfAttrs({ forwarding: 1, rp_filter: 1 }));
      writeSysctl(netns, "net.ipv4.conf.IFNAME.rp_filter", "2", "br0");
      await events.next();
      // Nothing before it: the one event is the sysctl's.
      expect(events.counters.received).toBe(1);
      expect(readSysctl(netns, "net.ipv4.conf.IFNAME.forwarding", "br0")).toBe("1");
    }));

  test("a creation with them is refused; links.add sends them in its second message", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const { afSpec } = ipv4ConfAttrs({ route_localnet: 1 });
      const attrs = { ifname: "br0", linkinfo: { kind: "bridge" }, afSpec };
      const create = rtnl.connection.request({ name: "RTM_NEWLINK", flags: NLM_F.CREATE | NLM_F.EXCL, attrs });
      await expect(create).rejects.toMatchObject({ code: "EAFNOSUPPORT" });
      expect((await rtnl.links.list()).map((link) => link.attrs.ifname)).toEqual(["lo"]);
      await rtnl.links.add(attrs);
      expect(readSysctl(netns, "net.ipv4.conf.IFNAME.route_localnet", "br0")).toBe("1");
    }));

  test("a number that the kernel does not have is refused, nothing changes", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      const bytes = new Uint8Array(new Uint16Array([8, 26, 1, 0, 8, 999, 1, 0]).buffer);
      const set = rtnl.links.set("br0", { afSpec: { inet: { unknown: [{ word: 0x8001, bytes }] } } });
      await expect(set).rejects.toThrow(KernelError);
      expect(readSysctl(netns, "net.ipv4.conf.IFNAME.route_localnet", "br0")).toBe("0");
    }));
});
