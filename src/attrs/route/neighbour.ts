// RTM_*NEIGH: NDA_*, the neighbour tables and the forwarding tables of bridges and VXLAN.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { be16, enumOf, flagsOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { flag, hardware, ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { RTN, RTPROT } from "./route-header.ts";

/**
 * State of a neighbour, bits NUD_* of linux/neighbour.h.
 * @enum
 */
export const NUD = {
  INCOMPLETE: 1,
  REACHABLE: 2,
  STALE: 4,
  DELAY: 8,
  PROBE: 16,
  FAILED: 32,
  NOARP: 64,
  PERMANENT: 128,
  NONE: 0,
} as const;
/**
 * Flags of a neighbour, NTF_* of linux/neighbour.h.
 * @enum
 */
export const NTF = {
  USE: 1,
  SELF: 2,
  MASTER: 4,
  PROXY: 8,
  EXT_LEARNED: 16,
  OFFLOADED: 32,
  STICKY: 64,
  ROUTER: 128,
} as const;
/**
 * More flags of a neighbour, NTF_EXT_* of linux/neighbour.h.
 * @enum
 */
export const NTF_EXT = {
  MANAGED: 1,
  LOCKED: 2,
  EXT_VALIDATED: 4,
} as const;
/**
 * What of an address's activity is told, FDB_NOTIFY_* of linux/neighbour.h.
 * @enum
 */
export const FDB_NOTIFY = {
  BIT: 1,
  INACTIVE_BIT: 2,
} as const;

/** What every RTM_*NEIGH begins with. */
export interface NeighbourHeader {
  /** AF: INET or INET6; BRIDGE for a forwarding table. */
  family: number;
  /** Index of the link. */
  ifindex: number;
  /** NUD. */
  state: number;
  /** NTF. */
  flags: number;
  /** RTN. */
  type: number;
}
/** struct ndmsg. */
export const neighbourHeader: Struct<NeighbourHeader> = /* @__PURE__ */ struct<NeighbourHeader>(
  "ndmsg",
  "ndm_",
  12,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    ifindex: [4, s32],
    state: [8, flagsOf(u16, "NUD_", NUD)],
    flags: [10, flagsOf(u8, "NTF_", NTF)],
    type: [11, enumOf(u8, "RTN_", RTN)],
  }),
);

/** Times are how long ago, in USER_HZ (1/100 s). */
export interface NeighbourCacheInfo {
  /** Since it was last known to be reachable. */
  confirmed: number;
  /** Since its last use. */
  used: number;
  /** Since its last change. */
  updated: number;
  /** References to it. */
  refcnt: number;
}
/** struct nda_cacheinfo. */
export const neighbourCacheInfo: Struct<NeighbourCacheInfo> = /* @__PURE__ */ struct<NeighbourCacheInfo>(
  "nda_cacheinfo",
  "ndm_",
  16,
  () => ({
    confirmed: [0, u32],
    used: [4, u32],
    updated: [8, u32],
    refcnt: [12, u32],
  }),
);

/** More of an entry in a bridge's forwarding table. */
export interface FdbExtAttrs extends Attrs {
  /** FDB_NOTIFY. */
  activityNotify?: number | undefined;
  /** Request: leave its age as it is. */
  dontRefresh?: true | undefined;
}
/** The table of NFEA_*. */
export const fdbExtAttrs: AttrTable<FdbExtAttrs> = /* @__PURE__ */ attrs<FdbExtAttrs>("NFEA_", () => ({
  activityNotify: [1, flagsOf(u8, "FDB_NOTIFY_", FDB_NOTIFY)],
  dontRefresh: [2, flag],
}));

/** Attributes of a neighbour. */
export interface NeighbourAttrs extends Attrs {
  /** IP address; in VXLAN's table that of the remote end. */
  dst?: string | undefined;
  /** Link-layer address. */
  lladdr?: string | undefined;
  /** Ages. */
  cacheinfo?: NeighbourCacheInfo | undefined;
  /** Solicitations sent without answer. */
  probes?: number | undefined;
  /** VLAN id. */
  vlan?: number | undefined;
  /** VXLAN: UDP destination port, network order. */
  port?: number | undefined;
  /** VXLAN: network identifier of the remote end. */
  vni?: number | undefined;
  /** VXLAN: index of the link to leave by. */
  ifindex?: number | undefined;
  /** Index of the bridge. */
  master?: number | undefined;
  /** Id of the namespace that `ifindex` is an index of. */
  linkNetnsid?: number | undefined;
  /** VXLAN: network identifier that the entry is for. */
  srcVni?: number | undefined;
  /** RTPROT: who made it. */
  protocol?: number | undefined;
  /** Id of a next hop object. */
  nhId?: number | undefined;
  /** More of a bridge's entry. */
  fdbExtAttrs?: FdbExtAttrs | undefined;
  /** NTF_EXT. */
  flagsExt?: number | undefined;
  /** Bulk delete: NUD, the bits of `header.state` that count. */
  ndmStateMask?: number | undefined;
  /** Bulk delete: NTF, the bits of `header.flags` that count. */
  ndmFlagsMask?: number | undefined;
}
/** The table of NDA_*. */
export const neighbourAttrs: AttrTable<NeighbourAttrs> = /* @__PURE__ */ attrs<NeighbourAttrs>("NDA_", () => ({
  dst: [1, ip],
  lladdr: [2, hardware],
  cacheinfo: [3, neighbourCacheInfo],
  probes: [4, u32],
  vlan: [5, u16],
  port: [6, be16],
  vni: [7, u32],
  ifindex: [8, u32],
  master: [9, u32],
  linkNetnsid: [10, s32],
  srcVni: [11, u32],
  protocol: [12, enumOf(u8, "RTPROT_", RTPROT)],
  nhId: [13, u32],
  fdbExtAttrs: [14, fdbExtAttrs],
  flagsExt: [15, flagsOf(u32, "NTF_EXT_", NTF_EXT)],
  ndmStateMask: [16, flagsOf(u16, "NUD_", NUD)],
  ndmFlagsMask: [17, flagsOf(u8, "NTF_", NTF)],
}));

/** What stands behind nlmsghdr in every RTM_*NEIGH. */
export type NeighbourBody = HeaderAndAttrs<NeighbourHeader, NeighbourAttrs>;
/** The body of every RTM_*NEIGH. */
export const neighbourBody: Body<NeighbourBody> = /* @__PURE__ */ body<NeighbourHeader, NeighbourAttrs>(
  neighbourHeader,
  neighbourAttrs,
);
