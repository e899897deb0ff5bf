// RTM_*NEXTHOP and RTM_*NEXTHOPBUCKET: struct nhmsg and NHA_*, next hops that routes name by a number.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, flag, ip, repeated } from "../../codec/scalars.ts";
import { structs } from "../../codec/sequence.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { RT_SCOPE, RTNH_F, RTPROT } from "./route-header.ts";
import { LWTUNNEL_ENCAP } from "./route-parts.ts";

/**
 * How a group spreads flows over its members, NEXTHOP_GRP_TYPE_* of linux/nexthop.h.
 * @enum
 */
export const NEXTHOP_GRP_TYPE = {
  MPATH: 0,
  RES: 1,
} as const;

/**
 * What is asked for beside, and what an answer knows, NHA_OP_FLAG_* of linux/nexthop.h.
 * @enum
 */
export const NHA_OP_FLAG = {
  DUMP_STATS: 1,
  DUMP_HW_STATS: 2,
  /** Answer: the kernel has weights of 16 bits. */
  RESP_GRP_RESVD_0: 2147483648,
} as const;

/** What every RTM_*NEXTHOP begins with. */
export interface NexthopHeader {
  /** AF. */
  family: number;
  /** RT_SCOPE. */
  scope: number;
  /** RTPROT: who made it. */
  protocol: number;
  /** RTNH_F. */
  flags: number;
}
/** struct nhmsg. */
export const nexthopHeader: Struct<NexthopHeader> = /* @__PURE__ */ struct<NexthopHeader>("nhmsg", "nh_", 8, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  scope: [1, enumOf(u8, "RT_SCOPE_", RT_SCOPE)],
  protocol: [2, enumOf(u8, "RTPROT_", RTPROT)],
  flags: [4, flagsOf(u32, "RTNH_F_", RTNH_F)],
}));

/** A member of a group. */
export interface NexthopMember {
  /** Its id. */
  id: number;
  /** Weight less 1, lower eight bits. */
  weight: number;
  /** The upper eight bits of weight less 1. */
  weightHigh: number;
}
/** struct nexthop_grp. */
export const nexthopMember: Struct<NexthopMember> = /* @__PURE__ */ struct<NexthopMember>("nexthop_grp", "", 8, () => ({
  id: [0, u32],
  weight: [4, u8],
  weightHigh: [5, u8],
}));

/** A group whose flows stay where they are when members change. */
export interface NexthopResGroup extends Attrs {
  /** How many buckets. */
  buckets?: number | undefined;
  /** USER_HZ (1/100 s) after which a bucket counts as idle. */
  idleTimer?: number | undefined;
  /** USER_HZ after which busy buckets are moved as well; 0: never. */
  unbalancedTimer?: number | undefined;
  /** USER_HZ since the group is out of balance. */
  unbalancedTime?: bigint | undefined;
}
/** The table of NHA_RES_GROUP_*. */
export const nexthopResGroup: AttrTable<NexthopResGroup> = /* @__PURE__ */ attrs<NexthopResGroup>(
  "NHA_RES_GROUP_",
  () => ({
    buckets: [1, u16],
    idleTimer: [2, u32],
    unbalancedTimer: [3, u32],
    unbalancedTime: [4, u64],
  }),
);

/** One bucket. */
export interface NexthopResBucket extends Attrs {
  /** Its place. */
  index?: number | undefined;
  /** USER_HZ since its last packet. */
  idleTime?: bigint | undefined;
  /** The next hop that it holds. */
  nhId?: number | undefined;
}
/** The table of NHA_RES_BUCKET_*. */
export const nexthopResBucket: AttrTable<NexthopResBucket> = /* @__PURE__ */ attrs<NexthopResBucket>(
  "NHA_RES_BUCKET_",
  () => ({
    index: [1, u16],
    idleTime: [2, u64],
    nhId: [3, u32],
  }),
);

/** Counters of a member. */
export interface NexthopStatsEntry extends Attrs {
  /** The member. */
  id?: number | undefined;
  /** Packets, both of software and hardware. */
  packets?: bigint | undefined;
  /** Packets of hardware alone. */
  packetsHw?: bigint | undefined;
}
/** The table of NHA_GROUP_STATS_ENTRY_*. */
export const nexthopStatsEntry: AttrTable<NexthopStatsEntry> = /* @__PURE__ */ attrs<NexthopStatsEntry>(
  "NHA_GROUP_STATS_ENTRY_",
  () => ({
    id: [1, u32],
    packets: [2, u64],
    packetsHw: [3, u64],
  }),
);

/** Counters of a group. */
export interface NexthopStats extends Attrs {
  /** One a member. */
  entry?: readonly NexthopStatsEntry[] | undefined;
}
/** The table of NHA_GROUP_STATS_*. */
export const nexthopStats: AttrTable<NexthopStats> = /* @__PURE__ */ attrs<NexthopStats>("NHA_GROUP_STATS_", () => ({
  entry: [1, repeated(nexthopStatsEntry)],
}));

/** Attributes of a next hop. */
export interface NexthopAttrs extends Attrs {
  /** Its id; 0 or absent: the kernel takes a free one. */
  id?: number | undefined;
  /** It is a group of these. */
  group?: readonly NexthopMember[] | undefined;
  /** NEXTHOP_GRP_TYPE. */
  groupType?: number | undefined;
  /** Packets are dropped. */
  blackhole?: true | undefined;
  /** Index of the link to leave by. */
  oif?: number | undefined;
  /** Next router. */
  gateway?: string | undefined;
  /** LWTUNNEL_ENCAP. */
  encapType?: number | undefined;
  /** A nest of that tunnel's attributes, not taken apart. */
  encap?: Uint8Array | undefined;
  /** Request: only groups. */
  groups?: true | undefined;
  /** Request: only next hops by links of this master. */
  master?: number | undefined;
  /** Its members are tunnel ends of a bridge's forwarding table. */
  fdb?: true | undefined;
  /** Of NEXTHOP_GRP_TYPE.RES. */
  resGroup?: NexthopResGroup | undefined;
  /** Of RTM_*NEXTHOPBUCKET. */
  resBucket?: NexthopResBucket | undefined;
  /** NHA_OP_FLAG. */
  opFlags?: number | undefined;
  /** Counters of a group. */
  groupStats?: NexthopStats | undefined;
  /** 1: let hardware count. */
  hwStatsEnable?: number | undefined;
  /** 1: hardware counts. */
  hwStatsUsed?: number | undefined;
  /** Of newer kernels than nlkit's tests have seen. */
  dstPort?: Uint8Array | undefined;
}
/** The table of NHA_*. */
export const nexthopAttrs: AttrTable<NexthopAttrs> = /* @__PURE__ */ attrs<NexthopAttrs>("NHA_", () => ({
  id: [1, u32],
  group: [2, structs(nexthopMember)],
  groupType: [3, enumOf(u16, "NEXTHOP_GRP_TYPE_", NEXTHOP_GRP_TYPE)],
  blackhole: [4, flag],
  oif: [5, u32],
  gateway: [6, ip],
  encapType: [7, enumOf(u16, "LWTUNNEL_ENCAP_", LWTUNNEL_ENCAP)],
  encap: [8, bytes],
  groups: [9, flag],
  master: [10, u32],
  fdb: [11, flag],
  resGroup: [12, nexthopResGroup],
  resBucket: [13, nexthopResBucket],
  opFlags: [14, flagsOf(u32, "NHA_OP_FLAG_", NHA_OP_FLAG)],
  groupStats: [15, nexthopStats],
  hwStatsEnable: [16, u32],
  hwStatsUsed: [17, u32],
  dstPort: [18, bytes],
}));

/** What stands behind nlmsghdr in every RTM_*NEXTHOP and RTM_*NEXTHOPBUCKET. */
export type NexthopBody = HeaderAndAttrs<NexthopHeader, NexthopAttrs>;
/** The body of every RTM_*NEXTHOP and RTM_*NEXTHOPBUCKET. */
export const nexthopBody: Body<NexthopBody> = /* @__PURE__ */ body<NexthopHeader, NexthopAttrs>(
  nexthopHeader,
  nexthopAttrs,
);
