// Each verb of disciplines, classes and filters does what it says, `tc` says so too; and sends what `tc` sends.
import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IFF } from "../../src/attrs/route/link.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import {
  TC_ACT,
  TC_H,
  TC_LINKLAYER,
  type TcAttrs,
  type TcHtbParms,
  type TcTbfParms,
  tcHandle,
  tcTicks,
} from "../../src/index.ts";
import { openSocket } from "../../src/socket/netlink-socket.ts";
import { recording } from "../../src/socket/transport.ts";
import { everyItem, hex } from "../support/fixtures.ts";
import type { Printed } from "../support/iproute.ts";
import { live, useNetns } from "../support/live.ts";

describe("handles", () => {
  it.each([
    ["root", TC_H.ROOT],
    ["ingress", TC_H.INGRESS],
    ["clsact", TC_H.INGRESS],
    ["1:", 0x10000],
    ["1:10", 0x10010],
    ["ffff:fff2", 0xfffffff2],
    [0x10010, 0x10010],
  ])("%s", (text, number) => expect(tcHandle(text)).toBe(number));
  it.each(["", ":", ":1", "1", "10000:", "1:10000", "1:g", "1:1:1", "toString"])("%j is none", (text) => {
    expect(() => tcHandle(text)).toThrow(RangeError);
  });
  it("a tick has 64 ns", () => expect(tcTicks((4096 * 1e9) / 125_000)).toBe(512_000));
});

const RATE = { CellLog: 0, Linklayer: TC_LINKLAYER.ETHERNET, Overhead: 0, CellAlign: 0, Mpu: 0 } as const;
const rate = <P extends string>(name: P, bytes: number) =>
  Object.fromEntries(Object.entries({ ...RATE, Rate: bytes }).map(([key, value]) => [name + key, value])) as {
    [K in keyof typeof RATE | "Rate" as `${P}${K}`]: number;
  };
const tbf = (limit: number): TcAttrs => {
  const buffer = tcTicks((4096 * 1e9) / 125_000);
  const parms: TcTbfParms = { ...rate("rate", 125_000), ...rate("peakrate", 0), limit, buffer, mtu: 0 };
  return { kind: "tbf", options: { tbf: { parms, burst: 4096 } } };
};
const htb = (defcls: number, rate2quantum = 10): TcAttrs => ({
  kind: "htb",
  options: { htb: { init: { version: 3, rate2quantum, defcls, debug: 0, directPkts: 0 } } },
});
const htbClass = (bytes: number, prio = 0): TcAttrs => {
  const buffer = tcTicks(1e6);
  const others = { buffer, cbuffer: buffer, quantum: 1500, level: 0, prio };
  const parms: TcHtbParms = { ...rate("rate", bytes), ...rate("ceil", bytes), ...others };
  return { kind: "htb", options: { htb: { parms } } };
};
/** Packets to 10/8 go elsewhere. */
const redirect = (ifindex: number): TcAttrs => {
  const parms = { index: 0, capab: 0, action: TC_ACT.STOLEN, refcnt: 0, bindcnt: 0, eaction: 1, ifindex };
  const keys = [{ mask: 0xff000000, val: 0x0a000000, off: 16, offmask: 0 }];
  const sel = { flags: 1, offshift: 0, nkeys: 1, offmask: 0, off: 0, offoff: 0, hoff: 0, hmask: 0, keys };
  return { kind: "u32", options: { u32: { act: [{ kind: "mirred", options: { mirred: { parms } } }], sel } } };
};

live("on vp0", () => {
  const [netns = ""] = useNetns(1);
  let rtnl: Rtnetlink;
  let sent: Uint8Array[] = [];
  beforeAll(async () => {
    const transport = recording(openSocket({ protocol: 0, netns }), ({ direction, bytes }) => {
      if (direction === ">") sent.push(bytes.slice());
    });
    rtnl = Rtnetlink.over(transport);
    // As the fixtures have them.
    const up = (index: number) => ({ header: { index, flags: IFF.UP, change: IFF.UP } });
    await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } }, up(2));
    const peer = { header: { index: 9 }, attrs: { ifname: "vp1" } };
    await rtnl.links.add({ ifname: "vp0", linkinfo: { kind: "veth", data: { veth: { peer } } } }, up(8));
    await rtnl.links.up("vp1");
  });
  afterAll(() => rtnl?.close());
  beforeEach(async () => {
    for (const link of ["vp0", "br0"]) {
      await rtnl.qdiscs.delete(link).catch(() => {});
      await rtnl.qdiscs.delete(link, { kind: "clsact" }).catch(() => {});
    }
  });

  const tc = (...args: string[]): Printed[] => {
    const text = execFileSync("tc", ["-n", netns, "-j", "-s", ...args], { encoding: "utf8" });
    return text.trim() === "" ? [] : (JSON.parse(text) as Printed[]);
  };
  const plain = (bytes: Uint8Array | undefined): string => hex(bytes?.slice().fill(0, 8, 12) ?? Uint8Array.of());
  /** The last request without seq and the wish for an echo, as hex. */
  const last = (): string => plain(sent.at(-1)).replace("050e", "0506").replace("0d06", "0506");
  const recorded = (name: string): string => {
    const { datagrams = [] } = everyItem().find(({ file }) => file === `iproute2/${name}.txt`) ?? {};
    return plain(datagrams.filter(({ direction }) => direction === ">").at(-1)?.bytes ?? Uint8Array.of(1));
  };

  describe("disciplines", () => {
    it("list is what `tc qdisc` lists", async () => {
      await rtnl.qdiscs.add("vp0", htb(0x30), { handle: "1:" });
      const names = new Map((await rtnl.links.list()).map(({ header, attrs }) => [header.index, attrs.ifname]));
      const ours = (await rtnl.qdiscs.list()).map(({ header, attrs }) => ({
        kind: attrs.kind,
        dev: names.get(header.ifindex),
        handle: header.handle,
      }));
      const theirs = tc("qdisc", "show").map(({ kind, dev, handle }) => ({ kind, dev, handle: tcHandle(handle) }));
      expect(ours).toEqual(theirs);
      expect(ours).toContainEqual({ kind: "htb", dev: "vp0", handle: 0x10000 });
      expect(await rtnl.qdiscs.list({ link: "vp0" })).toHaveLength(1);
    });
    it("add, change, replace, delete", async () => {
      const made = await rtnl.qdiscs.add("vp0", tbf(10_000));
      // tc qdisc add dev vp0 root tbf rate 1mbit burst 4096 limit 10000: the kernel takes a handle.
      expect(made.header.handle).toBeGreaterThan(0);
      expect(made.attrs.options?.tbf?.parms).toMatchObject({ rateRate: 125_000, limit: 10_000 });
      const shown = () => tc("qdisc", "show", "dev", "vp0")[0];
      expect(shown()).toMatchObject({ kind: "tbf", root: true, options: { rate: 125_000, burst: 4096 } });
      await expect(rtnl.qdiscs.add("vp0", tbf(10_000))).rejects.toMatchObject({ name: "KernelError", code: "EEXIST" });
      const changed = await rtnl.qdiscs.change("vp0", tbf(20_000));
      expect(changed.header.handle).toBe(made.header.handle);
      expect(changed.attrs.options?.tbf?.parms?.limit).toBe(20_000);
      const other = await rtnl.qdiscs.replace("vp0", htb(1), { handle: "7:" });
      expect(other).toMatchObject({ header: { handle: 0x70000 }, attrs: { kind: "htb" } });
      expect(shown()).toMatchObject({ kind: "htb", handle: "7:" });
      await rtnl.qdiscs.delete("vp0");
      expect(shown()).toMatchObject({ kind: "noqueue" });
      await expect(rtnl.qdiscs.delete("vp0")).rejects.toMatchObject({ name: "KernelError" });
      await expect(rtnl.qdiscs.add("vp0", { kind: "nonsense" })).rejects.toMatchObject({ code: "ENOENT" });
    });
    it("counts", async () => {
      await rtnl.addresses.replace("vp0", "10.5.0.1/24");
      await rtnl.neighbours.replace("vp0", "10.5.0.2", { lladdr: "02:00:00:00:00:02" });
      await rtnl.qdiscs.add("vp0", tbf(100_000));
      // Nobody is there to answer.
      spawnSync("ip", ["netns", "exec", netns, "ping", "-c1", "-W1", "-q", "10.5.0.2"]);
      const [own] = await rtnl.qdiscs.list({ link: "vp0" });
      const { bytes, packets } = tc("qdisc", "show", "dev", "vp0")[0];
      expect(own?.attrs.stats2?.basic).toMatchObject({ bytes: BigInt(bytes), packets });
      expect(packets).toBeGreaterThan(0);
    });
    it("sends what `tc qdisc` sends", async () => {
      // tc qdisc add dev br0 root handle 1: htb default 30 r2q 20
      await rtnl.qdiscs.add("br0", htb(0x30, 20), { handle: "1:", nested: [] });
      expect(last()).toBe(recorded("qdisc-add-htb"));
      // tc qdisc add dev vp0 ingress
      await rtnl.qdiscs.add("vp0", { kind: "ingress" });
      expect(last()).toBe(recorded("qdisc-add-ingress"));
      await rtnl.qdiscs.delete("vp0", { kind: "ingress" });
      // tc qdisc add dev br-veth1 clsact, there with index 5
      await rtnl.qdiscs.add("vp0", { kind: "clsact" });
      expect(last()).toBe(recorded("qdisc-add-clsact").replace("05000000", "08000000"));
      sent = [];
    });
  });

  it("classes: add, change, list by what is above, delete", async () => {
    await rtnl.qdiscs.add("vp0", htb(0x30), { handle: "1:" });
    await rtnl.classes.add("vp0", htbClass(125_000), { parent: "1:", handle: "1:1" });
    const leaf = await rtnl.classes.add("vp0", htbClass(25_000), { parent: "1:1", handle: "1:10" });
    expect(leaf).toMatchObject({ header: { handle: 0x10010, parent: 0x10001 }, attrs: { kind: "htb" } });
    await rtnl.qdiscs.add("vp0", htb(1), { parent: "1:10", handle: "2:" });
    await rtnl.classes.add("vp0", htbClass(1000), { parent: "2:", handle: "2:1" });
    const handles = async (parent?: string) =>
      (await rtnl.classes.list({ link: "vp0", parent })).map(({ header }) => header.handle).sort((a, b) => a - b);
    expect(await handles()).toEqual([0x10001, 0x10010, 0x20001]);
    expect(await handles("1:")).toEqual([0x10001, 0x10010]);
    expect(await handles("1:1")).toEqual([0x10010]);
    expect(await handles("2:")).toEqual([0x20001]);
    expect(await handles("3:")).toEqual([]);
    // Of classes it prints no JSON.
    const shown = () => execFileSync("tc", ["-n", netns, "class", "show", "dev", "vp0"], { encoding: "utf8" });
    expect(shown()).toMatch(/class htb 1:10 parent 1:1 .*rate 200Kbit/);
    await rtnl.classes.change("vp0", htbClass(50_000, 3), { parent: "1:1", handle: "1:10" });
    expect(shown()).toMatch(/class htb 1:10 parent 1:1 .*rate 400Kbit/);
    await rtnl.classes.replace("vp0", htbClass(60_000, 3), { parent: "1:1", handle: "1:10" });
    expect(shown()).toMatch(/class htb 1:10 parent 1:1 .*rate 480Kbit/);
    await expect(rtnl.classes.delete("vp0", {}, { handle: "1:1" })).rejects.toMatchObject({ code: "EBUSY" });
    await rtnl.classes.delete("vp0", {}, { handle: "2:1" });
    expect(await handles("2:")).toEqual([]);
    // A link without classes has none.
    expect(await rtnl.classes.list({ link: "vp1" })).toEqual([]);
  });

  describe("filters", () => {
    const ETH_P_IP = 0x0800;
    it("add, list, replace, delete; at the root, and of clsact", async () => {
      await rtnl.qdiscs.add("vp0", htb(0x30), { handle: "1:" });
      await rtnl.qdiscs.add("vp0", { kind: "clsact" });
      const made = await rtnl.filters.add("vp0", redirect(2), { priority: 10, protocol: ETH_P_IP });
      expect(made.attrs.kind).toBe("u32");
      expect(made.header.handle).toBeGreaterThan(0);
      await rtnl.filters.add("vp0", redirect(2), { parent: "ffff:fff3" });
      const shown = (...where: string[]) => tc("filter", "show", "dev", "vp0", ...where);
      const rules = (all: Printed[]) => all.filter((one) => one.options?.match !== undefined);
      expect(rules(shown())).toMatchObject([{ protocol: "ip", pref: 10, kind: "u32" }]);
      expect(rules(shown("egress"))).toMatchObject([{ protocol: "all", kind: "u32" }]);
      // u32 lists its hash tables too.
      const listed = async (parent?: string) =>
        (await rtnl.filters.list({ link: "vp0", parent })).filter(({ attrs }) => attrs.options?.u32?.sel !== undefined);
      expect(await listed()).toHaveLength(1);
      expect((await listed("root")).map(({ header }) => header)).toEqual(
        (await listed("1:")).map(({ header }) => header),
      );
      expect((await listed("ffff:fff3"))[0]?.header.parent).toBe(0xfffffff3);
      expect(await listed("ffff:fff2")).toEqual([]);
      await expect(rtnl.filters.list({ link: "vp0", parent: "9:" })).resolves.toEqual([]);
      // By its priority, and all that a place has.
      await rtnl.filters.delete("vp0", {}, { priority: 10 });
      expect(shown()).toEqual([]);
      await rtnl.filters.delete("vp0", {}, { parent: "ffff:fff3" });
      expect(shown("egress")).toEqual([]);
    });
    it("sends what `tc filter` sends", async () => {
      // tc filter add dev vp0 parent ffff: protocol ip prio 10 u32 match ip dst 10.0.0.0/8 action mirred egress redirect dev br0
      await rtnl.qdiscs.add("vp0", { kind: "ingress" });
      await rtnl.filters.add("vp0", redirect(2), {
        parent: "ffff:",
        protocol: ETH_P_IP,
        priority: 10,
        nested: ["TCA_ACT_OPTIONS"],
      });
      expect(last()).toBe(recorded("filter-add-u32"));
      await rtnl.qdiscs.delete("vp0", { kind: "ingress" });
    });
  });
});
