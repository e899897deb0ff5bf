// RTM_*LINK: IFLA_*. Kinds are in link-kinds/, settings by address family in link-af-spec.ts.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body } from "../../codec/codec.ts";
import { enumOf, flagsOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, hardware, string } from "../../codec/scalars.ts";
import { type LinkAfSpec, linkAfSpec } from "./link-af-spec.ts";
import { type LinkHeader, linkHeader } from "./link-header.ts";
import { type LinkInfo, linkInfo } from "./link-info.ts";
import { IF_LINK_MODE, IF_OPER, IFLA_EVENT, RTEXT_FILTER } from "./link-names.ts";
import {
  type LinkPropList,
  type LinkProtoDownReason,
  type LinkXdp,
  linkPropList,
  linkProtoDownReason,
  linkXdp,
} from "./link-nests.ts";
import { type LinkProtinfo, linkProtinfo } from "./link-protinfo.ts";
import { type LinkMap, type LinkStats, type LinkStats64, linkMap, linkStats, linkStats64 } from "./link-stats.ts";

export * from "./link-header.ts";
export * from "./link-names.ts";

/** Attributes of a link. */
export interface LinkAttrs extends Attrs {
  /** Link-layer address; for a tunnel its local IP address. */
  address?: string | undefined;
  /** Link-layer broadcast address; for a tunnel its remote IP address. */
  broadcast?: string | undefined;
  /** Name, up to 15 bytes. */
  ifname?: string | undefined;
  /** Bytes a frame may carry, link header not counted. */
  mtu?: number | undefined;
  /** Index of the link below or the veth's peer, in the namespace `linkNetnsid` where that is set. */
  link?: number | undefined;
  /** Root queueing discipline: "noqueue", "fq_codel". */
  qdisc?: string | undefined;
  /** Counters of 32 bits. */
  stats?: LinkStats | undefined;
  /** Never used by the kernel. */
  cost?: Uint8Array | undefined;
  /** Never used by the kernel. */
  priority?: Uint8Array | undefined;
  /** Index of the bridge, bond or VRF it belongs to; 0 in a request takes it out. */
  master?: number | undefined;
  /** A wireless extensions event. */
  wireless?: Uint8Array | undefined;
  /** A bridge's port settings, or what IPv6 knows of the link: `header.family` decides. */
  protinfo?: LinkProtinfo | undefined;
  /** Packets the transmit queue holds. */
  txqlen?: number | undefined;
  /** Where an old card is on its bus. */
  map?: LinkMap | undefined;
  /** Never used by the kernel. */
  weight?: number | undefined;
  /** IF_OPER. */
  operstate?: number | undefined;
  /** IF_LINK_MODE. */
  linkmode?: number | undefined;
  /** Kind, and what that kind of link has of its own. */
  linkinfo?: LinkInfo | undefined;
  /** Request: move or make it in the namespace of this process. */
  netNsPid?: number | undefined;
  /** Free text, up to 255 bytes. */
  ifalias?: string | undefined;
  /** Virtual functions of the card. */
  numVf?: number | undefined;
  /** Nests of IFLA_VF_INFO, not taken apart. */
  vfinfoList?: Uint8Array | undefined;
  /** Counters of 64 bits. */
  stats64?: LinkStats64 | undefined;
  /** Nests of IFLA_VF_PORT, not taken apart. */
  vfPorts?: Uint8Array | undefined;
  /** IFLA_PORT_* of the link itself, not taken apart. */
  portSelf?: Uint8Array | undefined;
  /** Settings by address family; of a bridge's port in a message of AF_BRIDGE. */
  afSpec?: LinkAfSpec | undefined;
  /** Number that groups links; 0 is the default group. */
  group?: number | undefined;
  /** Request: move or make it in the namespace behind this descriptor. */
  netNsFd?: number | undefined;
  /** Request: RTEXT_FILTER. */
  extMask?: number | undefined;
  /** How many have asked for promiscuous mode. */
  promiscuity?: number | undefined;
  /** Transmit queues. */
  numTxQueues?: number | undefined;
  /** Receive queues. */
  numRxQueues?: number | undefined;
  /** 1: the link below has a signal. */
  carrier?: number | undefined;
  /** Identifies a card's physical port, up to 32 bytes. */
  physPortId?: Uint8Array | undefined;
  /** How often carrier came or went. */
  carrierChanges?: number | undefined;
  /** Identifies the switch a port belongs to, up to 32 bytes. */
  physSwitchId?: Uint8Array | undefined;
  /** Id of the namespace that `link` is an index of; -1: none is assigned. */
  linkNetnsid?: number | undefined;
  /** What a driver calls the port: "p0". */
  physPortName?: string | undefined;
  /** 1: a protocol holds the link down. */
  protoDown?: number | undefined;
  /** Segments of a packet handed to the driver whole. */
  gsoMaxSegs?: number | undefined;
  /** Bytes of a packet handed to the driver whole. */
  gsoMaxSize?: number | undefined;
  /** Program that sees packets first. */
  xdp?: LinkXdp | undefined;
  /** IFLA_EVENT. */
  event?: number | undefined;
  /** RTM_DELLINK: id of the namespace it moved to; -1: none is assigned. */
  newNetnsid?: number | undefined;
  /** Id of the namespace a request is about, and its answer. */
  targetNetnsid?: number | undefined;
  /** How often carrier came. */
  carrierUpCount?: number | undefined;
  /** How often carrier went. */
  carrierDownCount?: number | undefined;
  /** RTM_DELLINK: index in the namespace it moved to. Request: index there. */
  newIfindex?: number | undefined;
  /** Lowest MTU it takes, bytes. */
  minMtu?: number | undefined;
  /** Highest MTU it takes, bytes; 0: no limit. */
  maxMtu?: number | undefined;
  /** Alternative names. */
  propList?: LinkPropList | undefined;
  /** Request: look the link up by this alternative name. */
  altIfname?: string | undefined;
  /** Link-layer address that the hardware came with. */
  permAddress?: string | undefined;
  /** Why `protoDown` is set. */
  protoDownReason?: LinkProtoDownReason | undefined;
  /** Name of the device on its bus: "0000:00:03.0". */
  parentDevName?: string | undefined;
  /** That bus: "pci", "virtio". */
  parentDevBusName?: string | undefined;
  /** Bytes that received packets may be merged to. */
  groMaxSize?: number | undefined;
  /** Bytes that the hardware segments itself. */
  tsoMaxSize?: number | undefined;
  /** Segments that the hardware makes of one packet. */
  tsoMaxSegs?: number | undefined;
  /** How many have asked for all multicast. */
  allmulti?: number | undefined;
  /** DEVLINK_ATTR_* of its devlink port, not taken apart. */
  devlinkPort?: Uint8Array | undefined;
  /** As `gsoMaxSize`, for IPv4. */
  gsoIpv4MaxSize?: number | undefined;
  /** As `groMaxSize`, for IPv4. */
  groIpv4MaxSize?: number | undefined;
  /** DPLL_A_PIN_* of its clock, not taken apart. */
  dpllPin?: Uint8Array | undefined;
  /** How far ahead the hardware can pace, in ns. The kernel sends 8 bytes when 4 are too few. */
  maxPacingOffloadHorizon?: number | undefined;
  /** 1: it cannot leave its namespace. */
  netnsImmutable?: number | undefined;
  /** Bytes kept free in front of a frame. */
  headroom?: number | undefined;
  /** Bytes kept free behind a frame. */
  tailroom?: number | undefined;
}
/** The table of IFLA_*. */
export const linkAttrs: AttrTable<LinkAttrs> = /* @__PURE__ */ attrs<LinkAttrs>("IFLA_", () => ({
  address: [1, hardware],
  broadcast: [2, hardware],
  ifname: [3, string],
  mtu: [4, u32],
  link: [5, s32],
  qdisc: [6, string],
  stats: [7, linkStats],
  cost: [8, bytes],
  priority: [9, bytes],
  master: [10, u32],
  wireless: [11, bytes],
  protinfo: [12, linkProtinfo],
  txqlen: [13, u32],
  map: [14, linkMap],
  weight: [15, u32],
  operstate: [16, enumOf(u8, "IF_OPER_", IF_OPER)],
  linkmode: [17, enumOf(u8, "IF_LINK_MODE_", IF_LINK_MODE)],
  linkinfo: [18, linkInfo],
  netNsPid: [19, u32],
  ifalias: [20, string],
  numVf: [21, u32],
  vfinfoList: [22, bytes],
  stats64: [23, linkStats64],
  vfPorts: [24, bytes],
  portSelf: [25, bytes],
  afSpec: [26, linkAfSpec],
  group: [27, u32],
  netNsFd: [28, u32],
  extMask: [29, flagsOf(u32, "RTEXT_FILTER_", RTEXT_FILTER)],
  promiscuity: [30, u32],
  numTxQueues: [31, u32],
  numRxQueues: [32, u32],
  carrier: [33, u8],
  physPortId: [34, bytes],
  carrierChanges: [35, u32],
  physSwitchId: [36, bytes],
  linkNetnsid: [37, s32],
  physPortName: [38, string],
  protoDown: [39, u8],
  gsoMaxSegs: [40, u32],
  gsoMaxSize: [41, u32],
  xdp: [43, linkXdp],
  event: [44, enumOf(u32, "IFLA_EVENT_", IFLA_EVENT)],
  newNetnsid: [45, s32],
  targetNetnsid: [46, s32],
  carrierUpCount: [47, u32],
  carrierDownCount: [48, u32],
  newIfindex: [49, s32],
  minMtu: [50, u32],
  maxMtu: [51, u32],
  propList: [52, linkPropList],
  altIfname: [53, string],
  permAddress: [54, hardware],
  protoDownReason: [55, linkProtoDownReason],
  parentDevName: [56, string],
  parentDevBusName: [57, string],
  groMaxSize: [58, u32],
  tsoMaxSize: [59, u32],
  tsoMaxSegs: [60, u32],
  allmulti: [61, u32],
  devlinkPort: [62, bytes],
  gsoIpv4MaxSize: [63, u32],
  groIpv4MaxSize: [64, u32],
  dpllPin: [65, bytes],
  maxPacingOffloadHorizon: [66, u32],
  netnsImmutable: [67, u8],
  headroom: [68, u16],
  tailroom: [69, u16],
}));

/** What stands behind nlmsghdr in every RTM_*LINK, and in a veth's peer. */
export type LinkBody = HeaderAndAttrs<LinkHeader, LinkAttrs>;
/** A link message inside another. Decoding fills in both; encoding needs neither. */
export interface LinkPeer {
  /** The fixed part. */
  header?: Partial<LinkHeader> | undefined;
  /** Its attributes. */
  attrs?: LinkAttrs | undefined;
}
/** The body of every RTM_*LINK. */
export const linkBody: Body<LinkBody> = /* @__PURE__ */ body<LinkHeader, LinkAttrs>(linkHeader, linkAttrs);
