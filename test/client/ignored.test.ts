// What the kernel ignores of a link without a word: asked of this kernel, attribute by attribute, and held against the lists by which
// links.add refuses or sends later.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LinkAttrs } from "../../src/attrs/route/link.ts";
import { AFTER_CREATE, ELSEWHERE, IGNORED_OF_PEER, TOLD_ONLY } from "../../src/client/new-link.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import { type AnyInput, EncodeError, NLM_F, type RouteMessageType } from "../../src/index.ts";
import { live, useNetns } from "../support/live.ts";
import { lost, outcome } from "../support/readback.ts";

const [MASTER, LINK] = [100, 101];
const raw = (...octets: number[]): Uint8Array => Uint8Array.of(...octets);
/** IFLA_VF_INFO with one setting: a list that is not empty. */
const VF_INFO = raw(16, 0, 1, 0, 12, 0, 5, 0, 0, 0, 0, 0, 1, 0, 0, 0);

type Name = Exclude<keyof LinkAttrs, "unknown" | symbol>;
/** A value that no link has by itself. Those that say where or how to make a link are no property of it. */
const VALUES: Record<Exclude<Name, "ifname" | "linkinfo" | "netNsPid" | "netNsFd" | "targetNetnsid">, unknown> = {
  address: "02:00:00:00:00:77",
  broadcast: "02:00:00:00:00:ff",
  mtu: 1400,
  link: LINK,
  qdisc: "pfifo",
  stats: { rxPackets: 9 },
  cost: raw(1, 0, 0, 0),
  priority: raw(1, 0, 0, 0),
  master: MASTER,
  wireless: raw(1, 0, 0, 0),
  protinfo: { bridge: { cost: 55 } },
  txqlen: 77,
  map: { memStart: 1n, memEnd: 2n, baseAddr: 3n, irq: 4, dma: 5, port: 6 },
  weight: 9,
  operstate: 5,
  linkmode: 1,
  ifalias: "free text",
  numVf: 3,
  vfinfoList: VF_INFO,
  stats64: { rxPackets: 9n },
  vfPorts: raw(),
  portSelf: raw(),
  afSpec: { inet6: { addrGenMode: 1 } },
  group: 5,
  extMask: 8,
  promiscuity: 1,
  numTxQueues: 2,
  numRxQueues: 3,
  carrier: 0,
  physPortId: raw(1, 2),
  carrierChanges: 99,
  physSwitchId: raw(1, 2),
  linkNetnsid: 77,
  physPortName: "p0",
  protoDown: 1,
  gsoMaxSegs: 100,
  gsoMaxSize: 3000,
  xdp: { fd: 0x7fff },
  event: 1,
  newNetnsid: 3,
  carrierUpCount: 99,
  carrierDownCount: 99,
  newIfindex: 777,
  minMtu: 100,
  maxMtu: 9000,
  propList: { altIfname: ["other-name"] },
  altIfname: "an-alternative",
  permAddress: "02:00:00:00:00:78",
  protoDownReason: { mask: 3, value: 1 },
  parentDevName: "0000:00:03.0",
  parentDevBusName: "pci",
  groMaxSize: 3000,
  tsoMaxSize: 1000,
  tsoMaxSegs: 10,
  allmulti: 1,
  devlinkPort: raw(5, 0, 1, 0, 1, 0, 0, 0),
  gsoIpv4MaxSize: 3000,
  groIpv4MaxSize: 3000,
  dpllPin: raw(),
  maxPacingOffloadHorizon: 5,
  netnsImmutable: 1,
  headroom: 5,
  tailroom: 5,
};
const NAMES = Object.keys(VALUES) as (keyof typeof VALUES)[];
/** Said by the caller in a message of its own, or only by a link that is up. */
const BY_VERB: readonly string[] = ["propList", "altIfname"];
const WHEN_UP = "operstate";

live("what the kernel ignores without a word", () => {
  const [netns] = useNetns(1);
  let rtnl: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    await rtnl.links.add({ ifname: "master0", linkinfo: { kind: "bridge" } }, { header: { index: MASTER } });
    const peer = { attrs: { ifname: "base1" } };
    await rtnl.links.add(
      { ifname: "base0", linkinfo: { kind: "veth", data: { veth: { peer } } } },
      { header: { index: LINK } },
    );
  });
  afterAll(() => rtnl?.close());

  const send = (request: AnyInput<RouteMessageType>) => rtnl.connection.request(request);
  const create = (attrs: LinkAttrs) =>
    send({ name: "RTM_NEWLINK", flags: NLM_F.CREATE | NLM_F.EXCL, attrs: { ifname: "t0", ...attrs } });
  /** The names among these that were neither refused nor read back. Other than the verbs, this sends what it is given. */
  const ignored = async (
    names: readonly (keyof typeof VALUES)[],
    say: (name: keyof typeof VALUES, attrs: LinkAttrs) => Promise<unknown>,
    link = "t0",
  ): Promise<string[]> => {
    const found: string[] = [];
    for (const name of names) {
      const sent = { [name]: VALUES[name] };
      const became = await outcome(async () => {
        await say(name, sent as LinkAttrs);
        // Of this one only the value comes back.
        const { mask: _mask, ...rest } = name === "protoDownReason" ? { mask: 3, value: 1 } : { mask: 0 };
        return lost(name === "protoDownReason" ? { [name]: rest } : sent, (await rtnl.links.get(link)).attrs);
      });
      if (Array.isArray(became)) found.push(name);
      await rtnl.links.delete("t0").catch(() => {});
    }
    return found.sort();
  };
  const vxlan = { kind: "vxlan", data: { vxlan: { id: 5 } } } as const;
  const sorted = (...names: readonly (readonly string[])[]): string[] => names.flat().sort();
  /** They are refused when they stand alone: IFLA_MAP without a driver that has one, IFLA_AF_SPEC of a link that is not there yet. */
  const LOUD: readonly string[] = ["afSpec", "map"];

  it("in a creation: what links.add refuses, sends later, or has a verb for", async () => {
    const found = await ignored(
      NAMES.filter((name) => name !== "protinfo"),
      (name, attrs) => create({ linkinfo: name === "link" ? { kind: "macvlan" } : vxlan, ...attrs }),
    );
    const known = [...AFTER_CREATE, ...TOLD_ONLY, ...ELSEWHERE, ...BY_VERB, WHEN_UP].filter(
      (name) => name !== "protinfo" && !LOUD.includes(name),
    );
    expect(found).toEqual(sorted(known));
  });

  it("in a change: what links.set says that the kernel ignores", async () => {
    const found = await ignored(
      NAMES.filter((name) => name !== "protinfo"),
      async (_name, attrs) => {
        await create({ linkinfo: vxlan });
        await send({ name: "RTM_NEWLINK", header: { index: await rtnl.links.index("t0") }, attrs });
      },
    );
    const settled = ["numTxQueues", "numRxQueues", "link"];
    const inMotion = ["extMask", "newIfindex"];
    expect(found).toEqual(sorted(TOLD_ONLY, settled, inMotion, BY_VERB, [WHEN_UP]));
  });

  it("of a veth's peer: what links.add refuses", async () => {
    const found = await ignored(
      NAMES.filter((name) => name !== "protinfo"),
      (_name, attrs) =>
        create({ linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: "t1", ...attrs } } } } } }),
      "t1",
    );
    // Beside those that are loud, and a carrier that a peer that is down does not have anyway.
    const known = IGNORED_OF_PEER.filter((name) => !["protinfo", "linkinfo", "afSpec", "carrier"].includes(name));
    expect(found).toEqual(sorted(known, [WHEN_UP]));
  });

  it("protinfo: by RTM_NEWLINK, which is why links.set sends RTM_SETLINK", async () => {
    await rtnl.links.setMaster(LINK, MASTER);
    const cost = async () => (await rtnl.links.get(LINK)).attrs.linkinfo?.slaveData?.bridge?.cost;
    const [before, protinfo] = [await cost(), { bridge: { cost: 55 } }];
    await send({ name: "RTM_NEWLINK", header: { family: 7, index: LINK }, attrs: { protinfo } });
    expect(await cost()).toBe(before);
    // bridge link set dev base0 cost 55
    await rtnl.links.set("base0", { protinfo });
    expect(await cost()).toBe(55);
  });

  describe("links.add refuses", () => {
    const counted = () => rtnl.links.list().then((all) => all.length);
    it.each([...TOLD_ONLY, ...ELSEWHERE])("%s", async (name) => {
      const count = await counted();
      const attrs = { ifname: "t0", linkinfo: vxlan, [name]: VALUES[name as keyof typeof VALUES] };
      const error = await rtnl.links.add(attrs).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RangeError);
      expect(error).not.toBeInstanceOf(EncodeError);
      expect((error as Error).message).toContain(`ignores ${name} of a new link`);
      expect(await counted()).toBe(count);
    });
    it("the same of a veth's peer", async () => {
      const peer = { attrs: { ifname: "t1", qdisc: "pfifo", link: 7 } };
      const linkinfo = { kind: "veth", data: { veth: { peer } } };
      await expect(rtnl.links.add({ ifname: "t0", linkinfo })).rejects.toThrow("ignores qdisc, link of a veth's peer");
    });
  });

  describe("links.set of a bridge's port refuses what RTM_SETLINK ignores", () => {
    const protinfo = { bridge: { cost: 66 } };
    it.each<[string, LinkAttrs, object]>([
      ["mtu", { protinfo, mtu: 1300 }, {}],
      ["header flags", { protinfo }, { flags: 1, change: 1 }],
      ["inet6", { protinfo: { inet6: { flags: 1 } } }, {}],
    ])("%s", async (word, attrs, header) => {
      await expect(rtnl.links.set("base0", attrs, { header })).rejects.toThrow(word);
    });
  });
});
