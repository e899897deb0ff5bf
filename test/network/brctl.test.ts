// docs/brctl.md, row by row: brctl in one namespace, our call in another, and both must look the same to everybody.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Link, type Neighbour, Rtnetlink } from "../../src/client/index.ts";
import { AF, BR_STATE, NUD } from "../../src/index.ts";
import { announce } from "../../src/network/announce.ts";
import { portForwarding } from "../../src/network/ready.ts";
import { bridge, ip } from "../support/iproute.ts";
import { live, useNetns, withNetns } from "../support/live.ts";

/** Command and call of each row. */
const rows = [...readFileSync("docs/brctl.md", "utf8").matchAll(/^\| `brctl ([^`]+)` \| \w+ \| `([^`]+)` \|$/gm)].map(
  ([, command = "", call = ""]) => ({ command, call }),
);
const brctl = (netns: string, command: string): string =>
  execFileSync("ip", ["netns", "exec", netns, "brctl", ...command.split(" ")], { encoding: "utf8", stdio: "pipe" });
/** Runs a call as it stands in the page. */
const ours = (rtnl: Rtnetlink, call: string): Promise<unknown> =>
  new Function("rtnl", "AF", `return ${call}`)(rtnl, AF) as Promise<unknown>;

const MAC = { p0: "02:00:00:00:00:10", e0: "02:00:00:00:00:11" };
/** A port to be, and its other end. */
const prepare = (netns: string): void => {
  const link = ["link", "add", "p0", "address", MAC.p0, "type", "veth", "peer", "name", "e0", "address", MAC.e0];
  execFileSync("ip", ["-n", netns, ...link]);
  for (const name of ["p0", "e0"]) execFileSync("ip", ["-n", netns, "link", "set", name, "up"]);
};

/** All that iproute2 says, but for timers and for what the kernel finds out in its own time. */
const shown = (netns: string): unknown => {
  const text = JSON.stringify([ip(netns, "link", "show"), bridge(netns, "link", "show")]);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "flags" && Array.isArray(value)) return value.filter((flag) => flag !== "NO-CARRIER");
    return /_timer$|^operstate$/.test(key) ? undefined : value;
  });
};

const info = (link: Link | undefined) => link?.attrs.linkinfo?.data?.bridge ?? {};
const portInfo = (link: Link | undefined) => link?.attrs.linkinfo?.slaveData?.bridge ?? {};
const hex = (value: number | undefined): string => (value ?? 0).toString(16).padStart(4, "0");
const id = (of: { prio: number; addr: string } | undefined): string =>
  `${hex(of?.prio)}.${of?.addr.replaceAll(":", "")}`;
const seconds = (value: number | bigint | undefined): string => (Number(value ?? 0) / 100).toFixed(2);

/** "name   value" pairs of showstp; those of a port follow its name. */
const pairs = (text: string): Record<string, string> => {
  const found: Record<string, string> = {};
  let port = "";
  for (const line of text.split("\n")) {
    const head = /^(\w+) \(\d+\)$/.exec(line);
    if (head !== null) port = `${head[1]} `;
    for (const [, name = "", value = ""] of line.matchAll(/([a-z][a-z ]+?)\t+ *([\w.]+)/g)) {
      found[`${port}${name.trim()}`] = value;
    }
  }
  return found;
};
/** The same, from what netlink tells. Of a root, bridge and network have the same times. */
const stpOf = (link: Link, ports: readonly Link[]): Record<string, string> => {
  const of = info(link);
  const all: Record<string, string> = {
    "bridge id": id(of.bridgeId),
    "designated root": id(of.rootId),
    "root port": `${of.rootPort}`,
    "path cost": `${of.rootPathCost}`,
    "max age": seconds(of.maxAge),
    "bridge max age": seconds(of.maxAge),
    "hello time": seconds(of.helloTime),
    "bridge hello time": seconds(of.helloTime),
    "forward delay": seconds(of.forwardDelay),
    "bridge forward delay": seconds(of.forwardDelay),
    "ageing time": seconds(of.ageingTime),
    "hello timer": seconds(of.helloTimer),
    "tcn timer": seconds(of.tcnTimer),
    "topology change timer": seconds(of.topologyChangeTimer),
    "gc timer": seconds(of.gcTimer),
  };
  const states = Object.fromEntries(Object.entries(BR_STATE).map(([name, value]) => [value, name.toLowerCase()]));
  for (const port of ports) {
    const its = portInfo(port);
    const told = {
      "port id": hex(its.id),
      state: states[its.state ?? -1] ?? "",
      "designated root": id(its.rootId),
      "path cost": `${its.cost}`,
      "designated bridge": id(its.bridgeId),
      "message age timer": seconds(its.messageAgeTimer),
      "designated port": hex(its.designatedPort),
      "forward delay timer": seconds(its.forwardDelayTimer),
      "designated cost": `${its.designatedCost}`,
      "hold timer": seconds(its.holdTimer),
      "hairpin mode": `${its.mode}`,
    };
    for (const [name, value] of Object.entries(told)) all[`${port.attrs.ifname} ${name}`] = value;
  }
  return all;
};

test("the page has every command of brctl", () => {
  const known = "addbr delbr addif delif show showmacs showstp stp setageing setbridgeprio setfd sethello setmaxage";
  const commands = `${known} setpathcost setportprio hairpin`.split(" ").sort();
  expect([...new Set(rows.map(({ command }) => command.split(" ")[0]))].sort()).toEqual(commands);
});

live("side by side", () => {
  const [theirs = "", here = ""] = useNetns(2);
  beforeAll(() => [theirs, here].forEach(prepare));

  test("brctl has no command that the page lacks", () => {
    const usage = execFileSync("sh", ["-c", "brctl --help 2>&1 || true"], { encoding: "utf8" });
    const commands = [...usage.matchAll(/^\t(\w+)\s/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !rows.some(({ command }) => command.split(" ")[0] === name))).toEqual([]);
  });

  /** The far end says something, so that there is an address to show. */
  const learnt = async (rtnl: Rtnetlink): Promise<void> => {
    const [p0, e0] = await Promise.all([rtnl.links.index("p0"), rtnl.links.index("e0")]);
    await portForwarding(rtnl, p0, { timeout: 5000 });
    announce({ netns: here, index: e0, mac: MAC.e0, addresses: ["192.0.2.1"] }, { count: 1 });
  };

  describe.each(rows)("brctl $command", ({ command, call }) => {
    test(call, async () => {
      await using rtnl = await Rtnetlink.open({ netns: here });
      if (command === "delbr br0") {
        for (const netns of [theirs, here]) execFileSync("ip", ["-n", netns, "link", "set", "br0", "down"]);
      }
      const before = shown(here);
      const printed = brctl(theirs, command);
      const result = await ours(rtnl, call);
      if (command === "addbr br0") {
        // Its own address is drawn by lot; with a port it is the port's.
        for (const netns of [theirs, here]) execFileSync("ip", ["-n", netns, "link", "set", "br0", "up"]);
        expect(ip(here, "link", "show", "br0")).toHaveLength(1);
        return;
      }
      if (command.startsWith("show")) {
        expect(printed).not.toBe("");
        await checks[command.split(" ")[0] ?? ""]?.(rtnl, result, brctl(here, command));
        expect(shown(here)).toEqual(before);
        return;
      }
      if (command === "addif br0 p0") {
        await using other = await Rtnetlink.open({ netns: theirs });
        await portForwarding(other, await other.links.index("p0"), { timeout: 5000 });
        await learnt(rtnl);
      }
      expect(shown(here)).toEqual(shown(theirs));
      // Each row does something.
      expect(shown(here)).not.toEqual(before);
    });
  });

  /** What brctl prints here, against what our call gave. */
  const checks: Record<string, (rtnl: Rtnetlink, result: unknown, printed: string) => void | Promise<void>> = {
    show(_rtnl, result, printed) {
      const [[br0], [p0]] = result as [Link[], Link[]];
      const enabled = info(br0).stpState === 1 ? "yes" : "no";
      const expected = [br0?.attrs.ifname, id(info(br0).bridgeId), enabled, p0?.attrs.ifname];
      expect(printed.split("\n")[1]?.split(/\s+/)).toEqual(expected);
      expect(expected.slice(1)).toEqual(["1000.020000000010", "yes", "p0"]);
    },
    async showmacs(rtnl, result, printed) {
      const br0 = await rtnl.links.get("br0");
      const ports = new Map((await rtnl.links.list({ master: "br0" })).map((link) => [link.header.index, link]));
      const entries = (result as Neighbour[]).filter(
        ({ header, attrs }) => attrs.master === br0.header.index && header.ifindex !== br0.header.index,
      );
      const rowsOf = entries.map(({ header, attrs }) => {
        const local = (header.state & NUD.PERMANENT) !== 0;
        const age = local ? "0.00" : seconds(attrs.cacheinfo?.updated);
        return [`${portInfo(ports.get(header.ifindex)).no}`, attrs.lladdr ?? "", local ? "yes" : "no", age];
      });
      const lines = printed.trimEnd().split("\n").slice(1);
      const seen = lines.map((line) => line.trim().split(/\s+/));
      const known = (all: readonly string[][]) => all.map((row) => row.slice(0, 3).join(" ")).sort();
      expect(known(rowsOf)).toEqual(known(seen));
      expect(known(seen)).toContain(`1 ${MAC.e0} no`);
      // The same moment, but for the time that it takes to ask twice.
      for (const [, mac, , age] of seen) {
        const own = rowsOf.find((row) => row[1] === mac);
        expect(Math.abs(Number(own?.[3]) - Number(age))).toBeLessThan(2);
      }
    },
    showstp(_rtnl, result, printed) {
      const [br0, ports] = result as [Link, Link[]];
      const told = stpOf(br0, ports);
      const seen = pairs(printed);
      expect(Object.keys(seen).sort()).toEqual(Object.keys(told).sort());
      for (const [name, value] of Object.entries(seen)) {
        if (name.endsWith(" timer")) expect(Math.abs(Number(told[name]) - Number(value)), name).toBeLessThan(2);
        else expect(told[name], name).toBe(value);
      }
      expect(told).toMatchObject({ "max age": "9.00", "ageing time": "12.50", "p0 path cost": "77" });
    },
  };
});

live("where they differ", () => {
  test("what brctl refuses, netlink does", () =>
    withNetns(async (netns) => {
      prepare(netns);
      await using rtnl = await Rtnetlink.open({ netns });
      for (const ifname of ["br0", "br1"]) await rtnl.links.add({ ifname, linkinfo: { kind: "bridge" } });
      await rtnl.links.setMaster("p0", "br0");
      await rtnl.links.up("br0");
      const masterOf = async (): Promise<number | undefined> => (await rtnl.links.get("p0")).attrs.master;
      expect(() => brctl(netns, "addif br1 p0")).toThrow("already a member of a bridge");
      await rtnl.links.setMaster("p0", "br1");
      expect(await masterOf()).toBe(await rtnl.links.index("br1"));
      expect(() => brctl(netns, "delif br0 p0")).toThrow("not a port of br0");
      await rtnl.links.setMaster("p0", undefined);
      expect(await masterOf()).toBeUndefined();
      expect(() => brctl(netns, "delbr br0")).toThrow("still up");
      expect(() => brctl(netns, "delbr p0")).toThrow("Operation not permitted");
      await rtnl.links.delete("br0");
      await rtnl.links.delete("p0");
      expect((await rtnl.links.list()).map(({ attrs }) => attrs.ifname)).toEqual(["lo", "br1"]);
    }));
});
