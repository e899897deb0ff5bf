// Where the kernel checks each table: a request for every nest, with room for one malformed attribute.
import { AF } from "../../src/attrs/families.ts";
import { addressAttrs } from "../../src/attrs/route/address.ts";
import { addressLabelAttrs } from "../../src/attrs/route/address-label.ts";
import { bridgePort } from "../../src/attrs/route/bridge-port.ts";
import { linkAttrs } from "../../src/attrs/route/link.ts";
import { linkAfSpecs, linkInet, linkInet6, linkMctp } from "../../src/attrs/route/link-af-spec.ts";
import { bridgeAfSpec, bridgeVlanTunnelInfo } from "../../src/attrs/route/link-bridge-spec.ts";
import { linkInfo } from "../../src/attrs/route/link-info.ts";
import { bridgeInfo, bridgeQuerier } from "../../src/attrs/route/link-kinds/bridge.ts";
import { macvlanAddresses, macvlanInfo } from "../../src/attrs/route/link-kinds/macvlan.ts";
import { vethInfo } from "../../src/attrs/route/link-kinds/veth.ts";
import { vxlanInfo } from "../../src/attrs/route/link-kinds/vxlan.ts";
import { linkPropList, linkProtoDownReason, linkXdp } from "../../src/attrs/route/link-nests.ts";
import { mdbAttrs, mdbGetAttrs, mdbRouterPortAttrs, mdbRouters, mdbSetAttrs } from "../../src/attrs/route/mdb.ts";
import {
  mdb,
  mdbEntries,
  mdbEntryAttrs,
  mdbRequestAttrs,
  mdbRequestSource,
  mdbRequestSources,
  mdbSource,
  mdbSources,
} from "../../src/attrs/route/mdb-entry.ts";
import type { RouteMessageType } from "../../src/attrs/route/messages.ts";
import { fdbExtAttrs, neighbourAttrs } from "../../src/attrs/route/neighbour.ts";
import { neighbourParms, neighbourTableAttrs } from "../../src/attrs/route/neighbour-table.ts";
import { netconfAttrs } from "../../src/attrs/route/netconf.ts";
import {
  nexthopAttrs,
  nexthopResBucket,
  nexthopResGroup,
  nexthopStats,
  nexthopStatsEntry,
} from "../../src/attrs/route/nexthop.ts";
import { nsidAttrs } from "../../src/attrs/route/nsid.ts";
import { prefixAttrs } from "../../src/attrs/route/prefix.ts";
import { routeAttrs } from "../../src/attrs/route/route.ts";
import { routeMetrics } from "../../src/attrs/route/route-metrics.ts";
import { ruleAttrs } from "../../src/attrs/route/rule.ts";
import {
  bridgeXstats,
  hwStatsInfo,
  hwStatsInfos,
  linkXstats,
  mplsStats,
  offloadXstats,
  statsAttrs,
  statsFamilies,
  statsFilters,
  statsRequestAttrs,
} from "../../src/attrs/route/stats.ts";
import {
  tcActBpf,
  tcAction,
  tcConnmark,
  tcCt,
  tcCtinfo,
  tcGact,
  tcMirred,
  tcPolice,
  tcSample,
  tcSimple,
  tcSkbedit,
} from "../../src/attrs/route/tc/actions.ts";
import {
  tcCsum,
  tcMpls,
  tcNat,
  tcPedit,
  tcPeditKeyEx,
  tcPeditKeysEx,
  tcSkbmod,
  tcTunnelKey,
  tcVlan,
} from "../../src/attrs/route/tc/edits.ts";
import {
  tcBasic,
  tcBpf,
  tcCgroup,
  tcFlow,
  tcFw,
  tcMatchall,
  tcRoute4,
  tcU32,
} from "../../src/attrs/route/tc/filters.ts";
import {
  tcFlower,
  tcFlowerCfm,
  tcFlowerEncOpts,
  tcFlowerErspan,
  tcFlowerGeneve,
  tcFlowerGtp,
  tcFlowerMpls,
  tcFlowerMplsLse,
  tcFlowerPfcp,
  tcFlowerVxlan,
} from "../../src/attrs/route/tc/flower.ts";
import { tcChoke, tcCodel, tcFq, tcFqCodel, tcPie, tcRed } from "../../src/attrs/route/tc/queues.ts";
import {
  tcCbs,
  tcDrr,
  tcEtf,
  tcHfsc,
  tcHtb,
  tcIngress,
  tcNetemAttrs,
  tcNetemLoss,
  tcQfq,
  tcTbf,
} from "../../src/attrs/route/tc/shapers.ts";
import { tcStab, tcStats2 } from "../../src/attrs/route/tc/stats.ts";
import { TC_H, type TcAttrs, tcActionAttrs, tcAttrs } from "../../src/attrs/route/tc/tc.ts";
import { tunnelAttrs, tunnelEntry, tunnelStats } from "../../src/attrs/route/tunnel.ts";
import {
  vlanDbAttrs,
  vlanDbDumpAttrs,
  vlanEntry,
  vlanGlobalOptions,
  vlanStats,
  vlanTunnel,
} from "../../src/attrs/route/vlan-db.ts";
import type { Rtnetlink } from "../../src/client/rtnetlink.ts";
import type { Attrs } from "../../src/codec/attribute.ts";
import type { AttrTable } from "../../src/codec/codec.ts";
import { NLM_F } from "../../src/codec/control.ts";
import type { AnyInput } from "../../src/codec/message.ts";

type Input = AnyInput<RouteMessageType>;
/** Puts the malformed attribute into a request. */
export type Place = (bad: Attrs) => Input;

/** Links to ask about: a bridge, its port, a macvlan, a vxlan. */
export const prepare = async ({ links }: Rtnetlink): Promise<Record<"br" | "port" | "mv" | "vx", number>> => {
  const br = (await links.add({ ifname: "br0", linkinfo: { kind: "bridge" } })).header.index;
  const data = { veth: { peer: { attrs: { ifname: "p1" } } } };
  const port = (await links.add({ ifname: "p0", linkinfo: { kind: "veth", data }, master: br })).header.index;
  const link = await links.index("p1");
  const mv = (await links.add({ ifname: "mv0", link, linkinfo: { kind: "macvlan" } })).header.index;
  const vxlan = { vxlan: { id: 7, port: 4789 } };
  const vx = (await links.add({ ifname: "vx0", linkinfo: { kind: "vxlan", data: vxlan } })).header.index;
  return { br, port, mv, vx };
};

/** The requests for each table. */
export const placesIn = ({ br, port, mv, vx }: Awaited<ReturnType<typeof prepare>>): Map<AttrTable, Place[]> => {
  const link = (name: "RTM_NEWLINK" | "RTM_SETLINK" | "RTM_GETLINK" | "RTM_NEWLINKPROP", index: number, family = 0) =>
    ((attrs: Attrs): Input => ({ name, header: { index, family }, attrs })) satisfies Place;
  const set = link("RTM_NEWLINK", port);
  const data = (index: number, kind: "bridge" | "macvlan" | "veth" | "vxlan"): Place => {
    return (bad) => link("RTM_NEWLINK", index)({ linkinfo: { kind, data: { [kind]: bad } } } as Attrs);
  };
  const spec = (family: "inet" | "inet6" | "mctp"): Place => {
    return (bad) => set({ afSpec: { [family]: bad } } as Attrs);
  };
  const ofPort = link("RTM_SETLINK", port, AF.BRIDGE);
  const address = (name: "RTM_NEWADDR" | "RTM_GETADDR", family: number): Place => {
    return (attrs) => ({ name, header: { family, index: port, prefixlen: 8 }, attrs });
  };
  const route = (name: "RTM_NEWROUTE" | "RTM_GETROUTE", family: number): Place => {
    return (attrs) => ({ name, flags: NLM_F.CREATE, header: { family, table: 254, type: 1 }, attrs });
  };
  const neighbour = (name: "RTM_NEWNEIGH" | "RTM_GETNEIGH" | "RTM_DELNEIGH", family: number, ifindex = port): Place => {
    const flags = name === "RTM_DELNEIGH" ? NLM_F.BULK : name === "RTM_NEWNEIGH" ? NLM_F.CREATE : 0;
    return (attrs) => ({ name, flags, header: { family, ifindex, state: 128 }, attrs });
  };
  const fdb = (bad: Attrs): Input =>
    neighbour("RTM_NEWNEIGH", AF.BRIDGE)({ lladdr: "02:00:00:00:00:01", ...bad } as Attrs);
  const rule = (family: number): Place => {
    return (attrs) => ({ name: "RTM_NEWRULE", flags: NLM_F.CREATE, header: { family, action: 1, table: 254 }, attrs });
  };
  const nexthop = (attrs: Attrs): Input => ({
    name: "RTM_NEWNEXTHOP",
    flags: NLM_F.CREATE,
    header: { family: AF.INET },
    attrs,
  });
  const netconf = (attrs: Attrs): Input => ({ name: "RTM_GETNETCONF", header: { family: AF.INET }, attrs });
  const discipline = (attrs: Attrs): Input => ({
    name: "RTM_NEWQDISC",
    flags: NLM_F.CREATE,
    header: { ifindex: port, parent: TC_H.ROOT, handle: 0x10000 },
    attrs: { kind: "htb", ...attrs } as TcAttrs,
  });
  /** The kernel reads the options of a kind behind everything else. */
  const optionsOf = (kind: "htb" | "tbf"): Place => {
    return (bad) => discipline({ kind, options: { [kind]: bad } } as Attrs);
  };
  const filter = (kind: "u32" | "matchall", bad: Attrs): Input => ({
    name: "RTM_NEWTFILTER",
    flags: NLM_F.CREATE,
    header: { ifindex: br, parent: 0x10000, info: (1 << 16) | 0x0008 },
    attrs: { kind, options: { [kind]: bad } } as TcAttrs,
  });
  const action = (attrs: Attrs): Input => ({ name: "RTM_NEWACTION", flags: NLM_F.CREATE, attrs });
  const one = (bad: Attrs): Input => action({ tab: [bad] } as Attrs);
  const actionOf = (kind: "gact" | "mirred" | "police"): Place => {
    return (bad) => one({ kind, options: { [kind]: bad } } as Attrs);
  };
  const mdbChange = (bad: Attrs): Input => ({
    name: "RTM_NEWMDB",
    flags: NLM_F.REQUEST | NLM_F.CREATE,
    set: { header: { family: AF.BRIDGE, ifindex: br }, attrs: bad },
  });
  const nsid = (name: "RTM_NEWNSID" | "RTM_GETNSID"): Place => {
    return (attrs) => ({ name, attrs });
  };
  return new Map<AttrTable, Place[]>([
    [linkAttrs, [set, link("RTM_SETLINK", port), link("RTM_GETLINK", port), link("RTM_NEWLINKPROP", port)]],
    [linkInfo, [(bad) => set({ linkinfo: bad } as Attrs)]],
    [bridgeInfo, [data(br, "bridge")]],
    [macvlanInfo, [data(mv, "macvlan")]],
    [vethInfo, [data(port, "veth")]],
    [vxlanInfo, [data(vx, "vxlan")]],
    [
      bridgePort,
      [
        (bad) => set({ linkinfo: { slaveKind: "bridge", slaveData: { bridge: bad } } } as Attrs),
        (bad) => ofPort({ protinfo: { bridge: bad } } as Attrs),
      ],
    ],
    [linkAfSpecs, [(bad) => set({ afSpec: bad } as Attrs)]],
    [linkInet, [spec("inet")]],
    [linkInet6, [spec("inet6")]],
    [linkMctp, [spec("mctp")]],
    [bridgeAfSpec, [(bad) => ofPort({ afSpec: { bridge: bad } } as Attrs)]],
    [bridgeVlanTunnelInfo, [(bad) => ofPort({ afSpec: { bridge: { vlanTunnelInfo: [bad] } } } as Attrs)]],
    [linkXdp, [(bad) => set({ xdp: bad } as Attrs)]],
    [linkProtoDownReason, [(bad) => link("RTM_NEWLINK", vx)({ protoDownReason: bad } as Attrs)]],
    [linkPropList, [(bad) => link("RTM_NEWLINKPROP", port)({ propList: bad } as Attrs)]],
    [
      addressAttrs,
      [
        address("RTM_NEWADDR", AF.INET),
        address("RTM_NEWADDR", AF.INET6),
        address("RTM_GETADDR", AF.INET6),
        (attrs) => ({ name: "RTM_GETADDR", flags: NLM_F.DUMP, header: { family: AF.INET }, attrs }),
      ],
    ],
    [
      routeAttrs,
      [AF.INET, AF.INET6, AF.MPLS].flatMap((family) => [route("RTM_NEWROUTE", family), route("RTM_GETROUTE", family)]),
    ],
    [
      routeMetrics,
      [AF.INET, AF.INET6].map(
        (family) => (bad: Attrs) => route("RTM_NEWROUTE", family)({ oif: port, metrics: bad } as Attrs),
      ),
    ],
    [
      neighbourAttrs,
      [
        neighbour("RTM_NEWNEIGH", AF.INET),
        neighbour("RTM_NEWNEIGH", AF.INET6),
        fdb,
        neighbour("RTM_NEWNEIGH", AF.BRIDGE, vx),
        neighbour("RTM_GETNEIGH", AF.INET),
        neighbour("RTM_DELNEIGH", AF.BRIDGE),
        neighbour("RTM_DELNEIGH", AF.INET),
      ],
    ],
    [fdbExtAttrs, [(bad) => fdb({ fdbExtAttrs: bad } as Attrs)]],
    [nsidAttrs, [nsid("RTM_NEWNSID"), nsid("RTM_GETNSID")]],
    [ruleAttrs, [rule(AF.INET), rule(AF.INET6)]],
    [nexthopAttrs, [nexthop, (attrs) => ({ name: "RTM_GETNEXTHOP", attrs })]],
    [nexthopResGroup, [(bad) => nexthop({ group: [], groupType: 1, resGroup: bad } as Attrs)]],
    [nexthopResBucket, [(bad) => ({ name: "RTM_GETNEXTHOPBUCKET", flags: NLM_F.DUMP, attrs: { resBucket: bad } })]],
    [netconfAttrs, [netconf]],
    [addressLabelAttrs, [(attrs) => ({ name: "RTM_NEWADDRLABEL", header: { family: AF.INET6 }, attrs })]],
    [neighbourTableAttrs, [(attrs) => ({ name: "RTM_SETNEIGHTBL", attrs: { name: "arp_cache", ...attrs } })]],
    [neighbourParms, [(bad) => ({ name: "RTM_SETNEIGHTBL", attrs: { name: "arp_cache", parms: bad } })]],
    [tcAttrs, [discipline, (attrs) => ({ name: "RTM_GETQDISC", flags: NLM_F.DUMP, attrs })]],
    [tcHtb, [optionsOf("htb")]],
    [tcTbf, [optionsOf("tbf")]],
    [tcU32, [(bad) => filter("u32", bad)]],
    [tcMatchall, [(bad) => filter("matchall", bad)]],
    [tcActionAttrs, [action, (attrs) => ({ name: "RTM_GETACTION", flags: NLM_F.DUMP, attrs })]],
    [tcAction, [one]],
    [tcGact, [actionOf("gact")]],
    [tcMirred, [actionOf("mirred")]],
    [tcPolice, [actionOf("police")]],
    [mdbSetAttrs, [mdbChange]],
    [vlanDbAttrs, [(attrs) => ({ name: "RTM_NEWVLAN", header: { family: AF.BRIDGE, ifindex: br }, attrs })]],
    [vlanDbDumpAttrs, [(attrs) => ({ name: "RTM_GETVLAN", flags: NLM_F.DUMP, header: { family: AF.BRIDGE }, attrs })]],
    [
      vlanEntry,
      [(bad) => ({ name: "RTM_NEWVLAN", header: { family: AF.BRIDGE, ifindex: port }, attrs: { entry: [bad] } })],
    ],
    [
      vlanGlobalOptions,
      [(bad) => ({ name: "RTM_NEWVLAN", header: { family: AF.BRIDGE, ifindex: br }, attrs: { globalOptions: [bad] } })],
    ],
    [statsRequestAttrs, [(attrs) => ({ name: "RTM_GETSTATS", header: { ifindex: br, filterMask: 1 }, attrs })]],
    [tunnelAttrs, [(attrs) => ({ name: "RTM_NEWTUNNEL", header: { family: AF.BRIDGE, ifindex: vx }, attrs })]],
    [
      tunnelEntry,
      [(bad) => ({ name: "RTM_NEWTUNNEL", header: { family: AF.BRIDGE, ifindex: vx }, attrs: { entry: [bad] } })],
    ],
  ] as [AttrTable<never>, Place[]][] as [AttrTable, Place[]][]);
};

const ONLY_SENT = "the kernel only sends it";
const NOT_HERE = "this kernel does not have the kind: the numbers are held against the headers alone";
const BY_HAND = "the kernel checks it behind what else the request must hold, which a malformed one does not";
const reasons = (reason: string, tables: readonly object[]): [AttrTable, string][] =>
  tables.map((table) => [table as AttrTable, reason]);

/** Tables that the kernel checks without a policy, or not at all. */
export const NOT_ASKED: ReadonlyMap<AttrTable, string> = new Map<AttrTable, string>([
  [bridgeQuerier as AttrTable, "the kernel only sends it"],
  [macvlanAddresses as AttrTable, "the kernel reads it attribute by attribute, without a policy"],
  ...reasons(ONLY_SENT, [
    nexthopStatsEntry,
    nexthopStats,
    prefixAttrs,
    mdbAttrs,
    mdb,
    mdbEntries,
    mdbEntryAttrs,
    mdbSources,
    mdbSource,
    mdbRouters,
    mdbRouterPortAttrs,
    tcStats2,
    vlanStats,
    tunnelStats,
    statsAttrs,
    linkXstats,
    bridgeXstats,
    offloadXstats,
    hwStatsInfos,
    hwStatsInfo,
    statsFamilies,
    mplsStats,
  ]),
  ...reasons(BY_HAND, [
    mdbGetAttrs,
    mdbRequestAttrs,
    mdbRequestSources,
    mdbRequestSource,
    vlanTunnel,
    statsFilters,
    tcStab,
    tcIngress,
  ]),
  ...reasons(NOT_HERE, [
    tcRed,
    tcChoke,
    tcCodel,
    tcFqCodel,
    tcFq,
    tcPie,
    tcHfsc,
    tcDrr,
    tcQfq,
    tcNetemAttrs,
    tcNetemLoss,
    tcCbs,
    tcEtf,
    tcBasic,
    tcFw,
    tcFlow,
    tcCgroup,
    tcBpf,
    tcRoute4,
    tcFlower,
    tcFlowerEncOpts,
    tcFlowerGeneve,
    tcFlowerVxlan,
    tcFlowerErspan,
    tcFlowerGtp,
    tcFlowerPfcp,
    tcFlowerMpls,
    tcFlowerMplsLse,
    tcFlowerCfm,
    tcSkbedit,
    tcVlan,
    tcNat,
    tcCsum,
    tcConnmark,
    tcSimple,
    tcSample,
    tcTunnelKey,
    tcActBpf,
    tcMpls,
    tcPedit,
    tcPeditKeysEx,
    tcPeditKeyEx,
    tcCt,
    tcSkbmod,
    tcCtinfo,
  ]),
]);
