// Rules, next hops, traffic control and IPsec on the running kernel: made by us, read by ip(8) and tc(8), and the other way round.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import {
  AF,
  type AnyMessage,
  FR_ACT,
  NLM_F,
  type RouteMessageType,
  RTPROT,
  TC_ACT,
  TC_H,
  type TcAttrs,
  XFRM_MODE,
  XFRM_POLICY,
  xfrm,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { live, withNetns } from "../support/live.ts";

const CREATE = NLM_F.CREATE | NLM_F.EXCL;
const inside = (netns: string, ...command: string[]): string =>
  execFileSync("ip", ["netns", "exec", netns, ...command], { encoding: "utf8" });
const json = (netns: string, ...command: string[]): Record<string, unknown>[] =>
  JSON.parse(inside(netns, ...command) || "[]") as Record<string, unknown>[];
/** Nothing that the kernel said is left as bytes, or malformed. */
const allRead = (messages: readonly object[]): void => {
  const text = JSON.stringify(messages, (_, v) => (typeof v === "bigint" ? `${v}` : v));
  expect(text).not.toMatch(/"unknown":|"issues":/);
};
type Named<N extends string> = Extract<AnyMessage<RouteMessageType>, { readonly name: N }>;
const named = <N extends string>(messages: readonly AnyMessage<RouteMessageType>[], name: N): Named<N>[] =>
  messages.filter((message): message is Named<N> => message.name === name);

const withLink = (run: (netns: string, rtnl: Rtnetlink, index: number) => Promise<void>): Promise<void> =>
  withNetns(async (netns) => {
    await using rtnl = await Rtnetlink.open({ netns });
    const data = { veth: { peer: { attrs: { ifname: "v1" } } } };
    const { header } = await rtnl.links.add({ ifname: "v0", linkinfo: { kind: "veth", data } });
    await rtnl.links.up("v0");
    await rtnl.links.up("v1");
    await run(netns, rtnl, header.index);
  });

live("rules", () => {
  test("made by us, as ip(8) shows them; and all that the kernel lists is read", async () => {
    await withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await rtnl.connection.request({
        name: "RTM_NEWRULE",
        flags: CREATE,
        header: { family: AF.INET, srcLen: 16, action: FR_ACT.TO_TBL, table: 0 },
        attrs: {
          src: "172.17.0.0",
          table: 1234,
          priority: 100,
          fwmark: 7,
          fwmask: 0xff,
          uidRange: { start: 1000, end: 2000 },
          ipProto: 6,
          dportRange: { start: 80, end: 443 },
          iifname: "lo",
          protocol: RTPROT.STATIC,
        },
      });
      inside(netns, "ip", "-6", "rule", "add", "to", "2001:db8::/32", "prohibit", "priority", "55");
      inside(
        netns,
        "ip",
        "rule",
        "add",
        "not",
        "from",
        "10.0.0.1",
        "lookup",
        "main",
        "suppress_prefixlength",
        "0",
        "priority",
        "77",
      );
      const [shown] = json(netns, "ip", "-j", "rule", "show").filter(({ priority }) => priority === 100);
      expect(shown).toMatchObject({
        src: "172.17.0.0",
        srclen: 16,
        fwmark: "0x7",
        fwmask: "0xff",
        iif: "lo",
        uid_start: 1000,
        uid_end: 2000,
        ipproto: "tcp",
        dport_start: 80,
        dport_end: 443,
        table: "1234",
      });
      for (const family of [AF.INET, AF.INET6]) {
        const { messages } = await rtnl.connection.dump({ name: "RTM_GETRULE", header: { family } });
        allRead(messages);
        const ours = named(messages, "RTM_NEWRULE").map(({ attrs }) => attrs.priority ?? 0);
        const theirs = json(netns, "ip", "-j", family === AF.INET ? "-4" : "-6", "rule", "show");
        expect(ours).toEqual(theirs.map(({ priority }) => priority));
      }
      const { messages } = await rtnl.connection.dump({ name: "RTM_GETRULE", header: { family: AF.INET } });
      const not = named(messages, "RTM_NEWRULE").find(({ attrs }) => attrs.priority === 77);
      expect(not).toMatchObject({ header: { flags: 2, srcLen: 32 }, attrs: { src: "10.0.0.1", suppressPrefixlen: 0 } });
    });
  });
});

live("next hops", () => {
  test("single ones and groups, as ip(8) shows them", async () => {
    await withLink(async (netns, rtnl, index) => {
      // One that drops packets hangs on lo.
      await rtnl.links.up("lo");
      await rtnl.addresses.add("v0", "192.0.2.1/24");
      for (const [id, gateway] of [
        [1, "192.0.2.2"],
        [2, "192.0.2.3"],
      ] as const) {
        await rtnl.connection.request({
          name: "RTM_NEWNEXTHOP",
          flags: CREATE,
          header: { family: AF.INET, protocol: RTPROT.STATIC },
          attrs: { id, gateway, oif: index },
        });
      }
      await rtnl.connection.request({
        name: "RTM_NEWNEXTHOP",
        flags: CREATE,
        attrs: {
          id: 10,
          group: [
            { id: 1, weight: 0, weightHigh: 0 },
            { id: 2, weight: 4, weightHigh: 0 },
          ],
        },
      });
      inside(
        netns,
        "ip",
        "nexthop",
        "add",
        "id",
        "20",
        "group",
        "1/2",
        "type",
        "resilient",
        "buckets",
        "4",
        "idle_timer",
        "60",
      );
      inside(netns, "ip", "nexthop", "add", "id", "30", "blackhole");
      const { messages } = await rtnl.connection.dump({ name: "RTM_GETNEXTHOP" });
      allRead(messages);
      const theirs = json(netns, "ip", "-j", "nexthop", "show");
      const ours = named(messages, "RTM_NEWNEXTHOP").map(({ header, attrs }) => ({
        id: attrs.id,
        ...(attrs.gateway === undefined ? {} : { gateway: attrs.gateway, dev: "v0" }),
        ...(attrs.blackhole === true ? { blackhole: null } : {}),
        ...(attrs.group === undefined
          ? {}
          : { group: attrs.group.map(({ id, weight }) => ({ id, ...(weight === 0 ? {} : { weight: weight + 1 }) })) }),
        protocol: header.protocol,
      }));
      expect(ours.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id));
      for (const [i, { protocol: _, ...one }] of ours.entries()) expect(theirs[i]).toMatchObject(one);
      const resilient = named(messages, "RTM_NEWNEXTHOP").find(({ attrs }) => attrs.id === 20);
      expect(resilient?.attrs).toMatchObject({ groupType: 1, resGroup: { buckets: 4, idleTimer: 6000 } });
      const buckets = await rtnl.connection.dump({ name: "RTM_GETNEXTHOPBUCKET", attrs: { id: 20 } });
      allRead(buckets.messages);
      expect(named(buckets.messages, "RTM_NEWNEXTHOPBUCKET").map(({ attrs }) => attrs.resBucket?.nhId)).toHaveLength(4);
    });
  });
});

live("traffic control", () => {
  const htb = { version: 3, rate2quantum: 10, defcls: 0x30, debug: 0, directPkts: 0 };

  test("htb with a class, made by us, as tc(8) shows it", async () => {
    await withLink(async (netns, rtnl, ifindex) => {
      const parent = 0x10000;
      await rtnl.connection.request({
        name: "RTM_NEWQDISC",
        flags: CREATE,
        header: { ifindex, handle: parent, parent: TC_H.ROOT },
        attrs: { kind: "htb", options: { htb: { init: htb } } },
      });
      const rate = (cell: string) =>
        inside(
          netns,
          "tc",
          "class",
          "add",
          "dev",
          "v0",
          "parent",
          "1:",
          "classid",
          cell,
          "htb",
          "rate",
          "1mbit",
          "ceil",
          "2mbit",
          "prio",
          "3",
        );
      rate("1:30");
      const [discipline] = json(netns, "tc", "-j", "qdisc", "show", "dev", "v0");
      expect(discipline).toMatchObject({
        kind: "htb",
        handle: "1:",
        root: true,
        options: { r2q: 10, default: "0x30" },
      });
      const { messages } = await rtnl.connection.dump({ name: "RTM_GETTCLASS", header: { ifindex } });
      allRead(messages);
      const [own] = named(messages, "RTM_NEWTCLASS");
      expect(own?.header).toMatchObject({ handle: 0x10030, parent: TC_H.ROOT });
      // 1 Mbit a second are 125,000 bytes.
      expect(own?.attrs.options?.htb?.parms).toMatchObject({ rateRate: 125_000, ceilRate: 250_000, prio: 3 });
      expect(own?.attrs.xstats?.htb).toMatchObject({ borrows: 0, giants: 0 });
      // What was read can be sent: changed by the same numbers, nothing changes.
      const before = inside(netns, "tc", "class", "show", "dev", "v0");
      const { options, kind } = (own?.attrs ?? {}) as TcAttrs;
      const { ctab: _, rtab: __, ...given } = options?.htb ?? {};
      await rtnl.connection.request({
        name: "RTM_NEWTCLASS",
        header: { ifindex, handle: 0x10030, parent },
        attrs: { kind, options: { htb: given } },
      });
      expect(inside(netns, "tc", "class", "show", "dev", "v0")).toBe(before);
    });
  });

  test("tbf, as tc(8) sets it", async () => {
    await withLink(async (netns, rtnl, ifindex) => {
      inside(
        netns,
        "tc",
        "qdisc",
        "add",
        "dev",
        "v0",
        "root",
        "tbf",
        "rate",
        "1mbit",
        "burst",
        "32kbit",
        "latency",
        "400ms",
      );
      const { messages } = await rtnl.connection.dump({ name: "RTM_GETQDISC", header: { ifindex } });
      allRead(messages);
      const tbf = named(messages, "RTM_NEWQDISC").find(({ attrs }) => attrs.kind === "tbf");
      const [theirs] = json(netns, "tc", "-j", "-s", "qdisc", "show", "dev", "v0");
      expect(theirs).toMatchObject({ kind: "tbf", options: { rate: tbf?.attrs.options?.tbf?.parms?.rateRate } });
      // Packets come meanwhile.
      expect(tbf?.attrs.stats2?.basic?.packets).toBeLessThanOrEqual(Number(theirs?.["packets"]));
    });
  });

  test("a filter of u32 with mirred on ingress, made by us, as tc(8) shows it", async () => {
    await withLink(async (netns, rtnl, ifindex) => {
      const other = await rtnl.links.index("v1");
      const parent = 0xffff0000;
      await rtnl.connection.request({
        name: "RTM_NEWQDISC",
        flags: CREATE,
        header: { ifindex, handle: parent, parent: TC_H.INGRESS },
        attrs: { kind: "ingress" },
      });
      await rtnl.connection.request({
        name: "RTM_NEWTFILTER",
        flags: CREATE,
        header: { ifindex, parent, info: (10 << 16) | 0x0008 },
        attrs: {
          kind: "u32",
          options: {
            u32: {
              sel: {
                flags: 1,
                offshift: 0,
                nkeys: 1,
                offmask: 0,
                off: 0,
                offoff: 0,
                hoff: 0,
                hmask: 0,
                keys: [{ mask: 0xff000000, val: 0x0a000000, off: 16, offmask: 0 }],
              },
              act: [
                {
                  kind: "mirred",
                  options: {
                    mirred: {
                      parms: {
                        index: 0,
                        capab: 0,
                        action: TC_ACT.STOLEN,
                        refcnt: 0,
                        bindcnt: 0,
                        eaction: 1,
                        ifindex: other,
                      },
                    },
                  },
                },
              ],
            },
          },
        },
      });
      const shown = json(netns, "tc", "-j", "filter", "show", "dev", "v0", "ingress").find(({ options }) =>
        JSON.stringify(options ?? "").includes("mirred"),
      );
      expect(shown).toMatchObject({
        protocol: "ip",
        pref: 10,
        kind: "u32",
        options: {
          match: { value: "a000000", mask: "ff000000", off: 16 },
          actions: [{ kind: "mirred", mirred_action: "redirect", direction: "egress", to_dev: "v1" }],
        },
      });
      const { messages } = await rtnl.connection.dump({ name: "RTM_GETTFILTER", header: { ifindex, parent } });
      allRead(messages);
      const filter = named(messages, "RTM_NEWTFILTER").find(({ attrs }) => attrs.options?.u32?.sel !== undefined);
      expect(filter?.attrs.options?.u32?.act?.[0]).toMatchObject({
        kind: "mirred",
        options: { mirred: { parms: { ifindex: other } } },
      });
      inside(netns, "tc", "actions", "add", "action", "mirred", "egress", "mirror", "dev", "v1", "index", "5");
      const actions = await rtnl.connection.dump({ name: "RTM_GETACTION", attrs: { tab: [{ kind: "mirred" }] } });
      allRead(actions.messages);
      const listed = actions.messages.flatMap((m) => ("attrs" in m && "tab" in m.attrs ? (m.attrs.tab ?? []) : []));
      expect(listed.map(({ options }) => options?.mirred?.parms?.index)).toContain(5);
    });
  });
});

live("what else NETLINK_ROUTE tells", () => {
  test("neighbour tables, netconf, address labels, multicast groups, statistics: all that the kernel dumps is read", async () => {
    await withLink(async (netns, rtnl) => {
      inside(netns, "ip", "link", "add", "br0", "type", "bridge");
      inside(netns, "ip", "link", "set", "v0", "master", "br0");
      inside(netns, "ip", "link", "set", "br0", "up");
      inside(netns, "bridge", "mdb", "add", "dev", "br0", "port", "v0", "grp", "239.1.1.1", "permanent");
      const { connection } = rtnl;
      const tables = await connection.dump({ name: "RTM_GETNEIGHTBL" });
      const names = named(tables.messages, "RTM_NEWNEIGHTBL").map(({ attrs }) => attrs.name);
      expect(new Set(names)).toEqual(new Set(["arp_cache", "ndisc_cache"]));
      const netconf = await connection.dump({ name: "RTM_GETNETCONF", header: { family: AF.INET } });
      expect(named(netconf.messages, "RTM_NEWNETCONF").map(({ attrs }) => attrs.ifindex)).toEqual(
        expect.arrayContaining([-1, -2]),
      );
      const labels = await connection.dump({ name: "RTM_GETADDRLABEL", header: { family: AF.INET6 } });
      expect(named(labels.messages, "RTM_NEWADDRLABEL").length).toBeGreaterThan(5);
      const mdb = await connection.dump({ name: "RTM_GETMDB", get: { header: { family: AF.BRIDGE } } });
      const groups = mdb.messages.flatMap((m) => (m.name === "RTM_GETMDB" || m.name === "RTM_NEWMDB" ? [m] : []));
      expect(JSON.stringify(groups, (_, v) => (typeof v === "bigint" ? `${v}` : v))).toContain('"addr":"239.1.1.1"');
      const stats = await connection.dump({ name: "RTM_GETSTATS", header: { filterMask: 0x1f } });
      expect(named(stats.messages, "RTM_NEWSTATS").map(({ attrs }) => attrs.link64 !== undefined)).not.toContain(false);
      for (const { messages } of [tables, netconf, labels, mdb, stats]) allRead(messages);
    });
  });
});

live("IPsec", () => {
  test("a policy made by us, as ip(8) shows it; counters", async () => {
    await withNetns(async (netns) => {
      using closing = { [Symbol.dispose]: () => connection.close() };
      const connection = Connection.open(xfrm, { netns });
      void closing;
      const NO_LIMIT = 2n ** 64n - 1n;
      await connection.request({
        name: "XFRM_MSG_NEWPOLICY",
        header: {
          selFamily: AF.INET,
          selDaddr: "10.9.0.0",
          selPrefixlenD: 24,
          selSaddr: "10.0.0.0",
          selPrefixlenS: 24,
          dir: XFRM_POLICY.OUT,
          lftSoftByteLimit: NO_LIMIT,
          lftHardByteLimit: NO_LIMIT,
          lftSoftPacketLimit: NO_LIMIT,
          lftHardPacketLimit: NO_LIMIT,
        },
        attrs: {
          tmpl: [
            {
              family: AF.INET,
              idDaddr: "10.0.0.2",
              idSpi: 0,
              idProto: 50,
              saddr: "10.0.0.1",
              reqid: 7,
              mode: XFRM_MODE.TUNNEL,
              share: 0,
              optional: 0,
              aalgos: 0xffffffff,
              ealgos: 0xffffffff,
              calgos: 0xffffffff,
            },
          ],
        },
      });
      const shown = inside(netns, "ip", "xfrm", "policy", "list");
      expect(shown).toMatch(/src 10\.0\.0\.0\/24 dst 10\.9\.0\.0\/24/);
      expect(shown).toMatch(/dir out/);
      expect(shown).toMatch(/tmpl src 10\.0\.0\.1 dst 10\.0\.0\.2\s+proto esp reqid 7 mode tunnel/);
      const { messages } = await connection.dump({ name: "XFRM_MSG_GETPOLICY", dump: {} });
      allRead(messages);
      expect(messages[0]).toMatchObject({
        name: "XFRM_MSG_NEWPOLICY",
        header: { selSaddr: "10.0.0.0", selDaddr: "10.9.0.0", dir: XFRM_POLICY.OUT },
        attrs: { tmpl: [{ saddr: "10.0.0.1", idDaddr: "10.0.0.2", reqid: 7 }] },
      });
      const counters = await connection.request({ name: "XFRM_MSG_GETSPDINFO", header: { flags: 0xffffffff } });
      allRead(counters.messages);
      expect(counters.messages[0]).toMatchObject({ name: "XFRM_MSG_NEWSPDINFO", attrs: { info: { outcnt: 1 } } });
    });
  });
});
