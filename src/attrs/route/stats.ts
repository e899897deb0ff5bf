// RTM_*STATS: struct if_stats_msg and IFLA_STATS_*: counters of links, those asked for alone.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { type LinkStats64, linkStats64 } from "./link-stats.ts";

/** What every RTM_*STATS begins with. */
export interface StatsHeader {
  /** AF: UNSPEC. */
  family: number;
  /** Index of the link; 0: all. */
  ifindex: number;
  /** Which attributes: 1 << (number - 1). */
  filterMask: number;
}
/** struct if_stats_msg. */
export const statsHeader: Struct<StatsHeader> = /* @__PURE__ */ struct<StatsHeader>("if_stats_msg", "", 12, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  ifindex: [4, u32],
  filterMask: [8, u32],
}));

/** Counters of a VLAN of a bridge. */
export interface BridgeVlanXstats {
  /** Bytes received. */
  rxBytes: bigint;
  /** Packets received. */
  rxPackets: bigint;
  /** Bytes sent. */
  txBytes: bigint;
  /** Packets sent. */
  txPackets: bigint;
  /** The VLAN. */
  vid: number;
  /** BRIDGE_VLAN_INFO. */
  flags: number;
}
/** struct bridge_vlan_xstats. */
export const bridgeVlanXstats: Struct<BridgeVlanXstats> = /* @__PURE__ */ struct<BridgeVlanXstats>(
  "bridge_vlan_xstats",
  "",
  40,
  () => ({
    rxBytes: [0, u64],
    rxPackets: [8, u64],
    txBytes: [16, u64],
    txPackets: [24, u64],
    vid: [32, u16],
    flags: [34, u16],
  }),
);

/** Counters of a port's spanning tree. */
export interface BridgeStpXstats {
  /** Times it came to block. */
  transitionBlk: bigint;
  /** Times it came to forward. */
  transitionFwd: bigint;
  /** Frames of the protocol received. */
  rxBpdu: bigint;
  /** Frames of the protocol sent. */
  txBpdu: bigint;
  /** Topology changes heard of. */
  rxTcn: bigint;
  /** Topology changes told. */
  txTcn: bigint;
}
/** struct bridge_stp_xstats. */
export const bridgeStpXstats: Struct<BridgeStpXstats> = /* @__PURE__ */ struct<BridgeStpXstats>(
  "bridge_stp_xstats",
  "",
  48,
  () => ({
    transitionBlk: [0, u64],
    transitionFwd: [8, u64],
    rxBpdu: [16, u64],
    txBpdu: [24, u64],
    rxTcn: [32, u64],
    txTcn: [40, u64],
  }),
);

/** Counters of a bridge, or of a port of one. */
export interface BridgeXstats extends Attrs {
  /** One a VLAN. */
  vlan?: readonly BridgeVlanXstats[] | undefined;
  /** Counters of multicast: struct br_mcast_stats, not taken apart. */
  mcast?: Uint8Array | undefined;
  /** Counters of the spanning tree. */
  stp?: BridgeStpXstats | undefined;
}
/** The table of BRIDGE_XSTATS_*. */
export const bridgeXstats: AttrTable<BridgeXstats> = /* @__PURE__ */ attrs<BridgeXstats>("BRIDGE_XSTATS_", () => ({
  vlan: [1, repeated(bridgeVlanXstats)],
  mcast: [2, bytes],
  stp: [4, bridgeStpXstats],
}));

/** Counters of a kind of link. */
export interface LinkXstats extends Attrs {
  /** Of a bridge. */
  bridge?: BridgeXstats | undefined;
  /** Of a bond, not taken apart. */
  bond?: Uint8Array | undefined;
}
/** The table of LINK_XSTATS_TYPE_*. */
export const linkXstats: AttrTable<LinkXstats> = /* @__PURE__ */ attrs<LinkXstats>("LINK_XSTATS_TYPE_", () => ({
  bridge: [1, bridgeXstats],
  bond: [2, bytes],
}));

/** Counters of hardware. */
export interface HwStats64 {
  /** Packets received. */
  rxPackets: bigint;
  /** Packets sent. */
  txPackets: bigint;
  /** Bytes received. */
  rxBytes: bigint;
  /** Bytes sent. */
  txBytes: bigint;
  /** Packets received with errors. */
  rxErrors: bigint;
  /** Packets that could not be sent. */
  txErrors: bigint;
  /** Packets received and dropped. */
  rxDropped: bigint;
  /** Packets dropped instead of sent. */
  txDropped: bigint;
  /** Multicast packets received. */
  multicast: bigint;
}
/** struct rtnl_hw_stats64. */
export const hwStats64: Struct<HwStats64> = /* @__PURE__ */ struct<HwStats64>("rtnl_hw_stats64", "", 72, () => ({
  rxPackets: [0, u64],
  txPackets: [8, u64],
  rxBytes: [16, u64],
  txBytes: [24, u64],
  rxErrors: [32, u64],
  txErrors: [40, u64],
  rxDropped: [48, u64],
  txDropped: [56, u64],
  multicast: [64, u64],
}));

/** Whether hardware counts. */
export interface HwStatsInfo extends Attrs {
  /** 1: it is asked to. */
  request?: number | undefined;
  /** 1: it does. */
  used?: number | undefined;
}
/** The table of IFLA_OFFLOAD_XSTATS_HW_S_INFO_*. */
export const hwStatsInfo: AttrTable<HwStatsInfo> = /* @__PURE__ */ attrs<HwStatsInfo>(
  "IFLA_OFFLOAD_XSTATS_HW_S_INFO_",
  () => ({
    request: [1, u8],
    used: [2, u8],
  }),
);

/** Which counters hardware has. */
export interface HwStatsInfos extends Attrs {
  /** Of routing. */
  l3Stats?: HwStatsInfo | undefined;
}
/** The table of IFLA_OFFLOAD_XSTATS_*. */
export const hwStatsInfos: AttrTable<HwStatsInfos> = /* @__PURE__ */ attrs<HwStatsInfos>(
  "IFLA_OFFLOAD_XSTATS_",
  () => ({
    l3Stats: [3, hwStatsInfo],
  }),
);

/** Counters by who has counted. */
export interface OffloadXstats extends Attrs {
  /** Packets that the CPU has seen. */
  cpuHit?: LinkStats64 | undefined;
  /** Which counters hardware has. */
  hwSInfo?: HwStatsInfos | undefined;
  /** Counters of routing, by hardware. */
  l3Stats?: HwStats64 | undefined;
}
/** The table of IFLA_OFFLOAD_XSTATS_*. */
export const offloadXstats: AttrTable<OffloadXstats> = /* @__PURE__ */ attrs<OffloadXstats>(
  "IFLA_OFFLOAD_XSTATS_",
  () => ({
    cpuHit: [1, linkStats64],
    hwSInfo: [2, hwStatsInfos],
    l3Stats: [3, hwStats64],
  }),
);

/** Counters of MPLS. */
export interface MplsLinkStats {
  /** Packets received. */
  rxPackets: bigint;
  /** Packets sent. */
  txPackets: bigint;
  /** Bytes received. */
  rxBytes: bigint;
  /** Bytes sent. */
  txBytes: bigint;
  /** Packets received with errors. */
  rxErrors: bigint;
  /** Packets that could not be sent. */
  txErrors: bigint;
  /** Packets received and dropped. */
  rxDropped: bigint;
  /** Packets dropped instead of sent. */
  txDropped: bigint;
  /** Packets without a route. */
  rxNoroute: bigint;
}
/** struct mpls_link_stats. */
export const mplsLinkStats: Struct<MplsLinkStats> = /* @__PURE__ */ struct<MplsLinkStats>(
  "mpls_link_stats",
  "",
  72,
  () => ({
    rxPackets: [0, u64],
    txPackets: [8, u64],
    rxBytes: [16, u64],
    txBytes: [24, u64],
    rxErrors: [32, u64],
    txErrors: [40, u64],
    rxDropped: [48, u64],
    txDropped: [56, u64],
    rxNoroute: [64, u64],
  }),
);

/** Counters of MPLS, in their nest. */
export interface MplsStats extends Attrs {
  /** The counters. */
  link?: MplsLinkStats | undefined;
}
/** The table of MPLS_STATS_*. */
export const mplsStats: AttrTable<MplsStats> = /* @__PURE__ */ attrs<MplsStats>("MPLS_STATS_", () => ({
  link: [1, mplsLinkStats],
}));

/** Counters of address families. */
export interface StatsFamilies extends Attrs {
  /** Of MPLS. */
  mpls?: MplsStats | undefined;
}
/** The table of AF_*. */
export const statsFamilies: AttrTable<StatsFamilies> = /* @__PURE__ */ attrs<StatsFamilies>("AF_", () => ({
  mpls: [28, mplsStats],
}));

/** Counters of a link. */
export interface StatsAttrs extends Attrs {
  /** Those that every link has. */
  link64?: LinkStats64 | undefined;
  /** Those of its kind. */
  linkXstats?: LinkXstats | undefined;
  /** Those of its master's kind. */
  linkXstatsSlave?: LinkXstats | undefined;
  /** Those by who has counted. */
  linkOffloadXstats?: OffloadXstats | undefined;
  /** Those of address families. */
  afSpec?: StatsFamilies | undefined;
}
/** The table of IFLA_STATS_*. */
export const statsAttrs: AttrTable<StatsAttrs> = /* @__PURE__ */ attrs<StatsAttrs>("IFLA_STATS_", () => ({
  link64: [1, linkStats64, "IFLA_STATS_LINK_64"],
  linkXstats: [2, linkXstats],
  linkXstatsSlave: [3, linkXstats],
  linkOffloadXstats: [4, offloadXstats],
  afSpec: [5, statsFamilies],
}));

/** What is asked of counters. */
export interface StatsRequestAttrs extends Attrs {
  /** Which nested counters, in the attribute that holds them. */
  getFilters?: StatsFilters | undefined;
  /** 1: hardware is to count. */
  setOffloadXstatsL3Stats?: number | undefined;
}
/** The table of IFLA_STATS_*. */
export const statsRequestAttrs: AttrTable<StatsRequestAttrs> = /* @__PURE__ */ attrs<StatsRequestAttrs>(
  "IFLA_STATS_",
  () => ({
    getFilters: [1, statsFilters, "IFLA_STATS_GET_FILTERS"],
    setOffloadXstatsL3Stats: [2, u8, "IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS"],
  }),
);

/** Masks, each under the number of the nest it is for. */
export interface StatsFilters extends Attrs {
  /** Which of IFLA_OFFLOAD_XSTATS_*: 1 << (number - 1). */
  linkOffloadXstats?: number | undefined;
}
/** The table of IFLA_STATS_*. */
export const statsFilters: AttrTable<StatsFilters> = /* @__PURE__ */ attrs<StatsFilters>("IFLA_STATS_", () => ({
  linkOffloadXstats: [4, u32],
}));

/** What stands behind nlmsghdr in RTM_NEWSTATS. */
export type StatsBody = HeaderAndAttrs<StatsHeader, StatsAttrs>;
/** The body of RTM_NEWSTATS. */
export const statsBody: Body<StatsBody> = /* @__PURE__ */ body<StatsHeader, StatsAttrs>(statsHeader, statsAttrs);

/** What stands behind nlmsghdr in RTM_GETSTATS and RTM_SETSTATS. */
export type StatsRequestBody = HeaderAndAttrs<StatsHeader, StatsRequestAttrs>;
/** The body of RTM_GETSTATS and RTM_SETSTATS. */
export const statsRequestBody: Body<StatsRequestBody> = /* @__PURE__ */ body<StatsHeader, StatsRequestAttrs>(
  statsHeader,
  statsRequestAttrs,
);
