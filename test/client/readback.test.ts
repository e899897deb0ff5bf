// Every attribute of a link that a verb sends is read back, or was refused: none is ignored without a word.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IFF, type LinkAttrs } from "../../src/attrs/route/link.ts";
import type { LinkInfo } from "../../src/attrs/route/link-info.ts";
import type { NewLinkHere } from "../../src/client/new-link.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { live, useNetns } from "../support/live.ts";
import { lost, outcome, sentCases } from "../support/readback.ts";
import { bridgeCases, bridgePortCases, linkCases, macvlanCases, NEED_VLANS, vxlanCases } from "./link-cases.ts";

const [MASTER, LINK] = [100, 101];
const vxlan = { kind: "vxlan", data: { vxlan: { id: 5 } } } as const satisfies LinkInfo;
const infoOf = (kind: string, name: string, value: unknown): LinkInfo => ({
  kind,
  data: { [kind]: { [name]: value } },
});

live("what is sent to a link is read back", () => {
  const [netns] = useNetns(1);
  let rtnl: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    await rtnl.links.add({ ifname: "master0", linkinfo: { kind: "bridge" } }, { header: { index: MASTER } });
    const veth = { kind: "veth", data: { veth: { peer: { attrs: { ifname: "base1" } } } } };
    await rtnl.links.add({ ifname: "base0", linkinfo: veth }, { header: { index: LINK } });
  });
  afterAll(() => rtnl?.close());

  const links = async () => (await rtnl.links.list()).map((link) => link.header.index);
  /** Runs something, and takes away the links that it made. */
  const tidy = async <T>(run: () => Promise<T>): Promise<T> => {
    const before = await links();
    try {
      return await run();
    } finally {
      for (const index of await links()) if (!before.includes(index)) await rtnl.links.delete(index).catch(() => {});
    }
  };
  /** Makes a link and compares. */
  const add = (attrs: NewLinkHere, sent: LinkAttrs) =>
    tidy(() =>
      outcome(async () => {
        const made = await rtnl.links.add(attrs);
        const read = await rtnl.links.get(made.header.index);
        return [...new Set([...lost(sent, made.attrs), ...lost(sent, read.attrs)])];
      }),
    );
  /** Makes a link, changes it and compares. */
  const set = (attrs: NewLinkHere, change: LinkAttrs) =>
    tidy(async () => {
      const { header } = await rtnl.links.add(attrs);
      return outcome(async () => {
        await rtnl.links.set(header.index, change);
        return lost(change, (await rtnl.links.get(header.index)).attrs);
      });
    });

  const loud = (refused: string | undefined): string => refused ?? "read back";

  describe("IFLA_*", () => {
    // ip link add t0 NAME VALUE type vxlan id 5 dstport 0
    const plain = (name: string): NewLinkHere =>
      name === "link" ? { ifname: "t0", linkinfo: { kind: "macvlan" } } : { ifname: "t0", linkinfo: vxlan };
    const cases = sentCases(linkCases({ master: MASTER, link: LINK }));
    it.each(cases)("%s: add", async (name, value, refused) => {
      expect(await add({ ...plain(name), [name]: value }, { [name]: value })).toEqual(loud(refused));
    });

    /** A link is made with its queues, and a change is ignored; for names there are verbs of their own. */
    const NOT_SET = ["numTxQueues", "numRxQueues", "propList"];
    // ip link set t0 NAME VALUE
    it.each(cases.filter(([name]) => !NOT_SET.includes(name)))("%s: set", async (name, value, refused) => {
      const base = name === "link" ? { link: LINK } : {};
      expect(await set({ ...plain(name), ...base }, { [name]: value })).toEqual(loud(refused));
    });

    it("operstate: of a link that is up and dormant", async () => {
      // ip link set t0 up mode dormant; ip link set t0 state dormant
      const header = { flags: IFF.UP, change: IFF.UP };
      await tidy(async () => {
        const { header: made } = await rtnl.links.add({ ifname: "t0", linkinfo: vxlan, linkmode: 1 }, { header });
        await rtnl.links.set(made.index, { operstate: 5 });
        expect((await rtnl.links.get(made.index)).attrs.operstate).toBe(5);
      });
    });
    it("protoDownReason: its value", async () => {
      const protoDownReason = { mask: 3, value: 1 };
      await tidy(async () => {
        const made = await rtnl.links.add({ ifname: "t0", linkinfo: vxlan, protoDown: 1, protoDownReason });
        expect(made.attrs).toMatchObject({ protoDown: 1, protoDownReason: { value: 1 } });
      });
    });
  });

  describe("what RTM_NEWLINK with CREATE ignores is sent in a second message", () => {
    it("all of it at once", async () => {
      const sent = {
        ifalias: "free text",
        propList: { altIfname: ["another-name"] },
        protoDown: 1,
        afSpec: { inet6: { addrGenMode: 1 } },
        master: MASTER,
        linkinfo: { ...vxlan, slaveKind: "bridge", slaveData: { bridge: { isolated: 1, cost: 55 } } },
      } satisfies LinkAttrs;
      expect(await add({ ifname: "t0", ...sent }, sent)).toBe("read back");
    });
    // ip link add t0 type veth peer name t1 …: the kernel honours address, mtu, group of a peer, and neither its master nor alias.
    it.each([
      ["address", "02:00:00:00:00:78"],
      ["mtu", 1300],
      ["group", 9],
      ["txqlen", 55],
      ["numTxQueues", 2],
      ["master", MASTER],
      ["ifalias", "free text"],
      ["propList", { altIfname: ["peer-name"] }],
      ["protoDown", 1],
    ] satisfies [keyof LinkAttrs, unknown][])("of a veth's peer: %s is read back or refused", async (name, value) => {
      const peer = { attrs: { ifname: "t1", [name]: value } };
      const became = await tidy(() =>
        outcome(async () => {
          await rtnl.links.add({ ifname: "t0", linkinfo: { kind: "veth", data: { veth: { peer } } } });
          return lost({ [name]: value }, (await rtnl.links.get("t1")).attrs);
        }).catch((error: unknown) => (error instanceof RangeError ? "refused" : Promise.reject(error))),
      );
      expect(Array.isArray(became) ? became : "not ignored").toBe("not ignored");
    });
  });

  describe("IFLA_BR_*", () => {
    const cases = sentCases(bridgeCases);
    it.each(cases)("%s", async (name, value) => {
      const plain = await tidy(() => rtnl.links.add({ ifname: "t0", linkinfo: { kind: "bridge" } }));
      const vlans = plain.attrs.linkinfo?.data?.bridge?.vlanProtocol !== undefined;
      // ip link add t0 type bridge NAME VALUE
      const linkinfo = infoOf("bridge", name, value);
      const became = [
        await add({ ifname: "t0", linkinfo }, { linkinfo }),
        await set({ ifname: "t0", linkinfo: { kind: "bridge" } }, { linkinfo }),
      ];
      const absent = NEED_VLANS.includes(name) && !vlans;
      expect(became).toEqual(absent ? [expect.anything(), expect.anything()] : ["read back", "read back"]);
    });
    it("multiBoolopt: its bits", async () => {
      const linkinfo = infoOf("bridge", "multiBoolopt", { optval: 1, optmask: 1 });
      const sent = { linkinfo: infoOf("bridge", "multiBoolopt", { optval: 1 }) };
      expect(await add({ ifname: "t0", linkinfo }, sent)).toBe("read back");
    });
  });

  describe("IFLA_BRPORT_*, as slave data", () => {
    it.each([...sentCases(bridgePortCases), ["locked, mab", { locked: 1, mab: 1 }, undefined] as const])(
      "%s",
      async (name, value, refused) => {
        const bridge = name.includes(",") ? (value as object) : { [name]: value };
        const slave = { slaveKind: "bridge", slaveData: { bridge } };
        const port = { ifname: "t0", master: MASTER };
        // ip link set t0 type bridge_slave NAME VALUE
        expect(await add({ ...port, linkinfo: { ...vxlan, ...slave } }, { linkinfo: slave })).toEqual(loud(refused));
        expect(await set({ ...port, linkinfo: vxlan }, { linkinfo: slave })).toEqual(loud(refused));
      },
    );
  });

  describe("IFLA_MACVLAN_*", () => {
    const plain = { ifname: "t0", link: LINK };
    it.each(sentCases(macvlanCases))("%s", async (name, value) => {
      // ip link add t0 link base0 type macvlan NAME VALUE
      const linkinfo = infoOf("macvlan", name, value);
      expect(await add({ ...plain, linkinfo }, { linkinfo })).toBe("read back");
      expect(await set({ ...plain, linkinfo: { kind: "macvlan" } }, { linkinfo })).toBe("read back");
    });
    it("macaddrData: with mode source and macaddrMode SET", async () => {
      const macaddrData = { macaddr: ["02:00:00:00:00:01"] };
      const linkinfo = { kind: "macvlan", data: { macvlan: { mode: 16, macaddrMode: 3, macaddrData } } };
      const sent = { linkinfo: { data: { macvlan: { mode: 16, macaddrData, macaddrCount: 1 } } } };
      expect(await add({ ...plain, linkinfo }, sent)).toBe("read back");
    });
  });

  describe("IFLA_VXLAN_*", () => {
    const extra = (name: string): object =>
      /^label/.test(name) ? { local6: "2001:db8::9" } : /^group/.test(name) ? { link: LINK } : {};
    it.each([
      ...sentCases(vxlanCases(LINK)),
      ["collectMetadata", 1, undefined] as const,
      ["gpe", true, undefined] as const,
      ["vnifilter", 1, undefined] as const,
    ])("%s", async (name, value) => {
      const external = ["collectMetadata", "gpe", "vnifilter"].includes(name);
      const own = external ? { collectMetadata: 1, learning: 0 } : { id: 5, ...extra(name) };
      const sent = { linkinfo: infoOf("vxlan", name, value) };
      // ip link add t0 type vxlan id 5 NAME VALUE
      const linkinfo = { kind: "vxlan", data: { vxlan: { ...own, [name]: value } } };
      expect(await add({ ifname: "t0", linkinfo }, sent)).toBe("read back");
      // Much of a vxlan cannot be changed any more, and the kernel says so.
      const became = await set({ ifname: "t0", linkinfo: vxlan }, sent);
      expect(["read back", "EOPNOTSUPP", "EINVAL"]).toContain(became);
    });
  });
});
