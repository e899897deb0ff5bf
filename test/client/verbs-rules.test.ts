// Each verb of rules and next hops does what it says, `ip` says so too; and sends what `ip` sends.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { IFF } from "../../src/attrs/route/link.ts";
import { RTNH_F, RTPROT } from "../../src/attrs/route/route-header.ts";
import { FIB_RULE, FR_ACT } from "../../src/attrs/route/rule.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { decodeMessages, NLM_F, RTN } from "../../src/index.ts";
import { openSocket } from "../../src/socket/netlink-socket.ts";
import { recording } from "../../src/socket/transport.ts";
import { everyItem, hex } from "../support/fixtures.ts";
import { ip } from "../support/iproute.ts";
import { live, useNetns } from "../support/live.ts";

live("over v0 = v1", () => {
  const [netns = ""] = useNetns(1);
  let rtnl: Rtnetlink;
  let rules: Rtnetlink["rules"];
  let nexthops: Rtnetlink["nexthops"];
  let oif: number;
  const sent: Uint8Array[] = [];
  beforeAll(async () => {
    const transport = recording(openSocket({ protocol: 0, netns }), ({ direction, bytes }) => {
      if (direction === ">") sent.push(bytes.slice());
    });
    rtnl = Rtnetlink.over(transport);
    ({ rules, nexthops } = rtnl);
    const up = { header: { flags: IFF.UP, change: IFF.UP } };
    const data = { veth: { peer: { attrs: { ifname: "v1" } } } };
    oif = (await rtnl.links.add({ ifname: "v0", linkinfo: { kind: "veth", data } }, up)).header.index;
    await rtnl.links.up("v1");
    // A blackhole is on lo.
    await rtnl.links.up("lo");
    await rtnl.addresses.add("v0", "10.0.0.1/24");
    await rtnl.addresses.add("v0", "2001:db8::1/64", { flags: 2 });
  });
  afterAll(() => rtnl?.close());

  /** The last request without seq, as hex. */
  const last = (): string => hex(sent.at(-1)?.fill(0, 8, 12) ?? new Uint8Array());
  /** The last of a name; behind it others may have been sent. */
  const lastOf = (name: string): string =>
    hex(
      sent
        .filter((bytes) => decodeMessages(bytes)[0]?.name === name)
        .at(-1)
        ?.slice()
        .fill(0, 8, 12) ?? new Uint8Array(),
    );
  /** The last request of a fixture, the same. */
  const recorded = (name: string): string => {
    const { datagrams = [] } = everyItem().find(({ file }) => file === `iproute2/${name}.txt`) ?? {};
    const request = datagrams.filter(({ direction }) => direction === ">").at(-1);
    return hex(request?.bytes.slice().fill(0, 8, 12) ?? Uint8Array.of(1));
  };

  describe("rules", () => {
    const show = (v6 = false) => ip(netns, v6 ? "-6" : "-4", "rule", "show");
    const at = (priority: number, v6 = false) => show(v6).find((one) => one.priority === priority);

    it("list is what `ip rule` lists, of both families; by family, table, priority", async () => {
      const tables: Record<string, number> = { local: 255, main: 254, default: 253 };
      const theirs = [...show(), ...show(true)].map((one) => [one.priority, tables[one.table]]);
      const ours = (await rules.list()).map(({ header, attrs }) => [attrs.priority ?? 0, attrs.table ?? header.table]);
      expect(ours).toEqual(theirs);
      expect(ours).toHaveLength(5);
      expect(await rules.list({ family: AF.INET6 })).toHaveLength(2);
      expect((await rules.list({ table: 254 })).map(({ header }) => header.family)).toEqual([AF.INET, AF.INET6]);
      expect((await rules.list({ priority: 0, family: AF.INET })).map(({ header }) => header.table)).toEqual([255]);
    });

    it.each([
      ["a network", { src: "10.64.0.0/16", table: 100 }, {}, { src: "10.64.0.0", srclen: 16, table: "100" }],
      ["an address", { dst: "10.1.2.3" }, {}, { dst: "10.1.2.3", table: "main" }],
      ["every address", { src: "0.0.0.0/0" }, {}, { src: "all", table: "main" }],
      [
        "a table above 255",
        { fwmark: 7, fwmask: 15, table: 1000 },
        {},
        { fwmark: "0x7", fwmask: "0xf", table: "1000" },
      ],
      ["IPv6", { src: "2001:db8:1::/48" }, {}, { src: "2001:db8:1::", srclen: 48, table: "main" }],
      ["IPv6 without an address", { iifname: "v0" }, { family: AF.INET6 }, { iif: "v0", table: "main" }],
      ["goto", { goto: 32766 }, {}, { goto: 32766 }],
      ["blackhole", { oifname: "v0" }, { action: FR_ACT.BLACKHOLE }, { oif: "v0", action: "blackhole" }],
      ["not", { src: "10.9.0.0/16" }, { flags: FIB_RULE.INVERT }, { not: null, src: "10.9.0.0" }],
      [
        "ports",
        { ipProto: 6, dportRange: { start: 80, end: 90 } },
        {},
        { ipproto: "tcp", dport_start: 80, dport_end: 90 },
      ],
    ] as const)("add, list, delete: %s", async (_, attrs, header, printed) => {
      const v6 = "family" in header || ("src" in attrs && attrs.src.includes(":"));
      const before = show(v6);
      await rules.add({ ...attrs, priority: 1000 }, { header });
      expect(at(1000, v6)).toMatchObject(printed);
      await expect(rules.add({ ...attrs, priority: 1000 }, { header })).rejects.toMatchObject({ code: "EEXIST" });
      // What was listed says which.
      const [found, ...more] = await rules.list({ priority: 1000 });
      expect(more).toEqual([]);
      await rules.delete(found?.attrs ?? {}, { header: found?.header });
      expect(show(v6)).toEqual(before);
    });

    it("delete: the first that has it; nothing said is no rule", async () => {
      await rules.add({ src: "10.64.0.0/16", table: 100, priority: 1000 });
      await rules.add({ src: "10.65.0.0/16", table: 100, priority: 1001 });
      await rules.delete({ src: "10.65.0.0/16" });
      expect((await rules.list({ table: 100 })).map(({ attrs }) => attrs.src)).toEqual(["10.64.0.0"]);
      for (const nothing of [{}, { priority: undefined }]) {
        await expect(rules.delete(nothing)).rejects.toThrow(RangeError);
        await expect(rules.delete(nothing, { header: { family: AF.INET6 } })).rejects.toThrow("at least its priority");
      }
      for (const nothing of [{ src: "0.0.0.0/0" }, { dst: "::/0" }, { table: 0 }]) {
        await expect(rules.delete(nothing)).rejects.toThrow("at least its priority");
      }
      await expect(rules.delete({}, { header: { flags: 0 } })).rejects.toThrow(RangeError);
      await rules.delete({ priority: 1000 });
      await expect(rules.delete({ priority: 1000 })).rejects.toMatchObject({
        name: "KernelError",
        code: "ENOENT",
        subject: "priority 1000",
      });
      await expect(rules.add({ src: "10.0.0" })).rejects.toThrow(RangeError);
      expect(show()).toHaveLength(3);
    });

    it("packets take the table that a rule says", async () => {
      await rtnl.routes.add("default", { gateway: "10.0.0.7", table: 100 });
      await rules.add({ fwmark: 42, table: 100 });
      expect((await rtnl.routes.get("192.0.2.1", { mark: 42 })).attrs).toMatchObject({
        gateway: "10.0.0.7",
        table: 100,
      });
      await expect(rtnl.routes.get("192.0.2.1")).rejects.toMatchObject({ code: "ENETUNREACH" });
      await rules.delete({ fwmark: 42 });
      await rtnl.routes.delete("default", { table: 100 });
    });

    it("sends what `ip rule` sends", async () => {
      // ip -6 rule add from 2001:db8:3::/48 blackhole priority 55
      await rules.add({ src: "2001:db8:3::/48", priority: 55 }, { header: { action: FR_ACT.BLACKHOLE } });
      expect(last()).toBe(recorded("rule-add-blackhole6"));
      await rules.delete({ src: "2001:db8:3::/48", priority: 55 });
      // ip rule add uidrange 1000-2000 priority 1300 goto 32766
      await rules.add({ uidRange: { start: 1000, end: 2000 }, priority: 1300, goto: 32766 });
      expect(last()).toBe(recorded("rule-add-uid"));
      // ip rule del priority 1300
      await rules.delete({ priority: 1300 });
      expect(last()).toBe(recorded("rule-del"));
    });
  });

  describe("next hops", () => {
    const show = (...args: string[]) => ip(netns, "nexthop", "show", ...args);

    it("add, get, replace, delete; the kernel takes a number where none is said", async () => {
      const made = await nexthops.add({ gateway: "10.0.0.9", oif });
      const { id = 0 } = made.attrs;
      expect(id).toBeGreaterThan(0);
      expect(show("id", String(id))).toMatchObject([{ id, gateway: "10.0.0.9", dev: "v0" }]);
      expect((await nexthops.get(id)).attrs).toMatchObject({ id, gateway: "10.0.0.9", oif });
      await expect(nexthops.add({ id, gateway: "10.0.0.8", oif })).rejects.toMatchObject({ code: "EEXIST" });
      const changed = await nexthops.replace({ id, gateway: "10.0.0.8", oif }, { header: { protocol: RTPROT.STATIC } });
      expect(changed).toMatchObject({ header: { protocol: RTPROT.STATIC }, attrs: { id, gateway: "10.0.0.8" } });
      await rtnl.routes.add("10.7.0.0/16", { nhId: id });
      expect((await rtnl.routes.get("10.7.1.1")).attrs).toMatchObject({ gateway: "10.0.0.8", oif });
      await nexthops.delete(id);
      expect(show()).toEqual([]);
      expect(ip(netns, "route", "show", "10.7.0.0/16")).toEqual([]);
      await expect(nexthops.get(id)).rejects.toMatchObject({ name: "KernelError", code: "ENOENT" });
      await expect(nexthops.delete(id)).rejects.toMatchObject({ code: "ENOENT" });
    });

    it("list: by family, link, master, groups; a group of two, with weights", async () => {
      await nexthops.add({ id: 1, gateway: "10.0.0.9", oif });
      await nexthops.add({ id: 2, gateway: "2001:db8::9", oif });
      await nexthops.add({ id: 3, blackhole: true });
      // ip nexthop add id 4 via 10.0.0.10 dev v0
      expect((await nexthops.add({ id: 4, gateway: "10.0.0.10", oif: "v0" })).attrs.oif).toBe(oif);
      const member = (id: number, weight: number) => ({ id, weight: weight - 1, weightHigh: 0 });
      const group = await nexthops.add({ id: 10, group: [member(1, 3), member(4, 1)] });
      expect(group.header.family).toBe(AF.UNSPEC);
      expect(show("id", "10")[0].group).toMatchObject([{ id: 1, weight: 3 }, { id: 4 }]);
      const ids = async (...filter: Parameters<typeof nexthops.list>) =>
        (await nexthops.list(...filter)).map(({ attrs }) => attrs.id);
      expect(await ids()).toEqual(show().map((one) => one.id));
      expect(await ids({ family: AF.INET6 })).toEqual([2]);
      expect(await ids({ oif: "v0" })).toEqual([1, 2, 4]);
      expect(await ids({ groups: true })).toEqual([10]);
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      expect(await ids({ master: "br0" })).toEqual([]);
      await rtnl.links.setMaster("v0", "br0");
      expect(await ids({ master: "br0" })).toEqual([1, 2, 4]);
      await rtnl.links.delete("br0");
      for (const id of [10, 4, 3, 2, 1]) await nexthops.delete(id);
      expect(await ids()).toEqual([]);
    });

    it("replace, under hundreds of routes: the kernel would echo each", async () => {
      await nexthops.add({ id: 1, gateway: "10.0.0.9", oif });
      const made = await rtnl.connection.batch(
        Array.from({ length: 600 }, (_, i) => ({
          name: "RTM_NEWROUTE" as const,
          flags: NLM_F.CREATE,
          header: { family: AF.INET, dstLen: 32, table: 254, type: RTN.UNICAST, protocol: RTPROT.STATIC },
          attrs: { dst: `10.20.${i >> 8}.${i & 255}`, nhId: 1 },
        })),
      );
      expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
      const changed = await nexthops.replace({ id: 1, gateway: "10.0.0.8", oif });
      expect(changed.attrs).toMatchObject({ id: 1, gateway: "10.0.0.8" });
      expect(rtnl.connection.counters.overruns).toBe(0);
      await nexthops.delete(1);
      await expect(nexthops.get(1)).rejects.toMatchObject({ subject: "id 1" });
    });
    it("sends what `ip nexthop` sends; the echo is asked for where the kernel takes the number", async () => {
      // ip nexthop add id 10 via 10.1.2.1 dev br0 onlink: its br0 had index 2, as v0 may have.
      await nexthops.add({ id: 10, gateway: "10.1.2.1", oif }, { header: { flags: RTNH_F.ONLINK } });
      const theirs = recorded("nexthop-add").replace(/02000000$/, `${oif.toString(16).padStart(2, "0")}000000`);
      expect(lastOf("RTM_NEWNEXTHOP")).toBe(theirs);
      await nexthops.delete(10);
      // ip nexthop add id 11 blackhole
      await nexthops.add({ id: 11, blackhole: true });
      expect(lastOf("RTM_NEWNEXTHOP")).toBe(recorded("nexthop-add-blackhole"));
      await nexthops.delete(11);
    });
  });
});
