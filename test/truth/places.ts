// Where the kernel checks each table: a request for every nest, with room for one malformed attribute.
import { AF } from "../../src/attrs/families.ts";
import { addressAttrs } from "../../src/attrs/route/address.ts";
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
import type { RouteMessageType } from "../../src/attrs/route/messages.ts";
import { fdbExtAttrs, neighbourAttrs } from "../../src/attrs/route/neighbour.ts";
import { nsidAttrs } from "../../src/attrs/route/nsid.ts";
import { routeAttrs } from "../../src/attrs/route/route.ts";
import { routeMetrics } from "../../src/attrs/route/route-metrics.ts";
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
  ] as [AttrTable<never>, Place[]][] as [AttrTable, Place[]][]);
};

/** Tables that the kernel checks without a policy, or not at all. */
export const NOT_ASKED: ReadonlyMap<AttrTable, string> = new Map<AttrTable, string>([
  [bridgeQuerier as AttrTable, "the kernel only sends it"],
  [macvlanAddresses as AttrTable, "the kernel reads it attribute by attribute, without a policy"],
]);
