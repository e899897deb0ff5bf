// RTM_*TUNNEL: struct tunnel_msg and VXLAN_VNIFILTER_*: the network ids that a vxlan takes.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip, repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What every RTM_*TUNNEL begins with. */
export interface TunnelHeader {
  /** AF: BRIDGE. */
  family: number;
  /** 1: with counters. */
  flags: number;
  /** Index of the vxlan; 0: all. */
  ifindex: number;
}
/** struct tunnel_msg. */
export const tunnelHeader: Struct<TunnelHeader> = /* @__PURE__ */ struct<TunnelHeader>("tunnel_msg", "", 8, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  flags: [1, u8],
  ifindex: [4, u32],
}));

/** Counters of a network id. */
export interface TunnelStats extends Attrs {
  /** Bytes received. */
  rxBytes?: bigint | undefined;
  /** Packets received. */
  rxPkts?: bigint | undefined;
  /** Packets received and dropped. */
  rxDrops?: bigint | undefined;
  /** Packets received with errors. */
  rxErrors?: bigint | undefined;
  /** Bytes sent. */
  txBytes?: bigint | undefined;
  /** Packets sent. */
  txPkts?: bigint | undefined;
  /** Packets dropped instead of sent. */
  txDrops?: bigint | undefined;
  /** Packets that could not be sent. */
  txErrors?: bigint | undefined;
}
/** The table of VNIFILTER_ENTRY_STATS_*. */
export const tunnelStats: AttrTable<TunnelStats> = /* @__PURE__ */ attrs<TunnelStats>("VNIFILTER_ENTRY_STATS_", () => ({
  rxBytes: [1, u64],
  rxPkts: [2, u64],
  rxDrops: [3, u64],
  rxErrors: [4, u64],
  txBytes: [5, u64],
  txPkts: [6, u64],
  txDrops: [7, u64],
  txErrors: [8, u64],
}));

/** Network ids, from first to last. */
export interface TunnelEntry extends Attrs {
  /** First. */
  start?: number | undefined;
  /** Last; absent: the first alone. */
  end?: number | undefined;
  /** Multicast group, IPv4. */
  group?: string | undefined;
  /** Multicast group, IPv6. */
  group6?: string | undefined;
  /** Counters. */
  stats?: TunnelStats | undefined;
}
/** The table of VXLAN_VNIFILTER_ENTRY_*. */
export const tunnelEntry: AttrTable<TunnelEntry> = /* @__PURE__ */ attrs<TunnelEntry>("VXLAN_VNIFILTER_ENTRY_", () => ({
  start: [1, u32],
  end: [2, u32],
  group: [3, ip],
  group6: [4, ip],
  stats: [5, tunnelStats],
}));

/** Attributes of a vxlan's network ids. */
export interface TunnelAttrs extends Attrs {
  /** One a stretch of them. */
  entry?: readonly TunnelEntry[] | undefined;
}
/** The table of VXLAN_VNIFILTER_*. */
export const tunnelAttrs: AttrTable<TunnelAttrs> = /* @__PURE__ */ attrs<TunnelAttrs>("VXLAN_VNIFILTER_", () => ({
  entry: [1, repeated(tunnelEntry)],
}));

/** What stands behind nlmsghdr in every RTM_*TUNNEL. */
export type TunnelBody = HeaderAndAttrs<TunnelHeader, TunnelAttrs>;
/** The body of every RTM_*TUNNEL. */
export const tunnelBody: Body<TunnelBody> = /* @__PURE__ */ body<TunnelHeader, TunnelAttrs>(tunnelHeader, tunnelAttrs);
