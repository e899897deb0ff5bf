// Link kind "bridge": IFLA_BR_*. Ports are in ../bridge-port.ts.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, enumOf, flagsOf, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { flag, hardware, ip } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type BridgeId, bridgeId, MDB_RTR_TYPE } from "../bridge-common.ts";

/**
 * Who runs the spanning tree protocol, BR_STP_MODE_* of linux/if_link.h.
 * @enum
 */
export const BR_STP_MODE = {
  AUTO: 0,
  USER: 1,
  KERNEL: 2,
} as const;
/**
 * Bits of IFLA_BR_MULTI_BOOLOPT: 1 << BR_BOOLOPT_* of linux/if_bridge.h.
 * @enum
 */
export const BR_BOOLOPT = {
  NO_LL_LEARN: 1,
  MCAST_VLAN_SNOOPING: 2,
  MST_ENABLE: 4,
  MDB_OFFLOAD_FAIL_NOTIFICATION: 8,
  FDB_LOCAL_VLAN_0: 16,
} as const;
/** Options of one bit each, and which of them are meant. */
export interface BridgeBoolopts {
  /** BR_BOOLOPT: those that are on. */
  optval: number;
  /** BR_BOOLOPT: those that the kernel has, or that a request sets. */
  optmask: number;
}
/** struct br_boolopt_multi. */
export const bridgeBoolopts: Struct<BridgeBoolopts> = /* @__PURE__ */ struct<BridgeBoolopts>(
  "br_boolopt_multi",
  "",
  8,
  () => ({
    optval: [0, flagsOf(u32, "BR_BOOLOPT_", BR_BOOLOPT)],
    optmask: [4, flagsOf(u32, "BR_BOOLOPT_", BR_BOOLOPT)],
  }),
);

/** Who asks for multicast memberships. */
export interface BridgeQuerier extends Attrs {
  /** Address of the IGMP querier. */
  ipAddress?: string | undefined;
  /** Index of the port it is behind. */
  ipPort?: number | undefined;
  /** Until it counts as gone, in USER_HZ (1/100 s). */
  ipOtherTimer?: bigint | undefined;
  /** Address of the MLD querier. */
  ipv6Address?: string | undefined;
  /** Index of the port it is behind. */
  ipv6Port?: number | undefined;
  /** Until it counts as gone, in USER_HZ (1/100 s). */
  ipv6OtherTimer?: bigint | undefined;
}
/** The table of BRIDGE_QUERIER_*. */
export const bridgeQuerier: AttrTable<BridgeQuerier> = /* @__PURE__ */ attrs<BridgeQuerier>("BRIDGE_QUERIER_", () => ({
  ipAddress: [1, ip],
  ipPort: [2, u32],
  ipOtherTimer: [3, u64],
  ipv6Address: [5, ip],
  ipv6Port: [6, u32],
  ipv6OtherTimer: [7, u64],
}));

/**
 * What a bridge has of its own. All times are in USER_HZ (1/100 s); timers count down. What is 0 or 1 switches
 * something.
 */
export interface BridgeInfo extends Attrs {
  /** Time spent in each of listening and learning. */
  forwardDelay?: number | undefined;
  /** Between two BPDUs of the root. */
  helloTime?: number | undefined;
  /** How long the root's information is good. */
  maxAge?: number | undefined;
  /** How long a learned address is kept unused. */
  ageingTime?: number | undefined;
  /** Spanning tree: 0 off, 1 in the kernel, 2 in user space. */
  stpState?: number | undefined;
  /** Priority in root elections; host order. */
  priority?: number | undefined;
  /** 1: VLANs are told apart. */
  vlanFiltering?: number | undefined;
  /** EtherType of the tag, network order: 0x8100 or 0x88a8. */
  vlanProtocol?: number | undefined;
  /** Bit n: forward frames to 01:80:c2:00:00:0n. */
  groupFwdMask?: number | undefined;
  /** The root of the tree. */
  rootId?: BridgeId | undefined;
  /** This bridge. */
  bridgeId?: BridgeId | undefined;
  /** Number of the port towards the root; 0: it is the root. */
  rootPort?: number | undefined;
  /** Cost of the path to the root. */
  rootPathCost?: number | undefined;
  /** 1: the topology is changing. */
  topologyChange?: number | undefined;
  /** 1: this bridge has seen the change. */
  topologyChangeDetected?: number | undefined;
  /** Until the next BPDU. */
  helloTimer?: bigint | undefined;
  /** Until the next topology change notice. */
  tcnTimer?: bigint | undefined;
  /** Until the change counts as over. */
  topologyChangeTimer?: bigint | undefined;
  /** Until old addresses are next removed. */
  gcTimer?: bigint | undefined;
  /** Where BPDUs go: 01:80:c2:00:00:00. */
  groupAddr?: string | undefined;
  /** Request: forget all learned addresses. */
  fdbFlush?: true | undefined;
  /** MDB_RTR_TYPE: whether the bridge itself is a multicast router. */
  mcastRouter?: number | undefined;
  /** 1: multicast goes only where it was asked for. */
  mcastSnooping?: number | undefined;
  /** 1: queries carry the bridge's IP address instead of 0.0.0.0. */
  mcastQueryUseIfaddr?: number | undefined;
  /** 1: the bridge asks for memberships. */
  mcastQuerier?: number | undefined;
  /** Fixed by the kernel at 16. */
  mcastHashElasticity?: number | undefined;
  /** Groups at most. */
  mcastHashMax?: number | undefined;
  /** Queries before a group without answer ends. */
  mcastLastMemberCnt?: number | undefined;
  /** Queries sent at the start. */
  mcastStartupQueryCnt?: number | undefined;
  /** Between the queries after a leave. */
  mcastLastMemberIntvl?: bigint | undefined;
  /** How long a membership lasts. */
  mcastMembershipIntvl?: bigint | undefined;
  /** How long another querier counts as there. */
  mcastQuerierIntvl?: bigint | undefined;
  /** Between queries. */
  mcastQueryIntvl?: bigint | undefined;
  /** How long hosts may take to answer. */
  mcastQueryResponseIntvl?: bigint | undefined;
  /** Between the queries at the start. */
  mcastStartupQueryIntvl?: bigint | undefined;
  /** 1: IPv4 frames pass iptables. */
  nfCallIptables?: number | undefined;
  /** 1: IPv6 frames pass ip6tables. */
  nfCallIp6tables?: number | undefined;
  /** 1: ARP frames pass arptables. */
  nfCallArptables?: number | undefined;
  /** VLAN of untagged frames on new ports; 0: none. */
  vlanDefaultPvid?: number | undefined;
  /** 1: counters for each VLAN. */
  vlanStatsEnabled?: number | undefined;
  /** 1: counters of IGMP and MLD. */
  mcastStatsEnabled?: number | undefined;
  /** 2 or 3. */
  mcastIgmpVersion?: number | undefined;
  /** 1 or 2. */
  mcastMldVersion?: number | undefined;
  /** 1: counters for each VLAN of each port. */
  vlanStatsPerPort?: number | undefined;
  /** Options of one bit. */
  multiBoolopt?: BridgeBoolopts | undefined;
  /** The queriers there are. */
  mcastQuerierState?: BridgeQuerier | undefined;
  /** Addresses learned. */
  fdbNLearned?: number | undefined;
  /** Addresses learned at most; 0: no limit. */
  fdbMaxLearned?: number | undefined;
  /** BR_STP_MODE. */
  stpMode?: number | undefined;
}
/** The table of IFLA_BR_*. */
export const bridgeInfo: AttrTable<BridgeInfo> = /* @__PURE__ */ attrs<BridgeInfo>("IFLA_BR_", () => ({
  forwardDelay: [1, u32],
  helloTime: [2, u32],
  maxAge: [3, u32],
  ageingTime: [4, u32],
  stpState: [5, u32],
  priority: [6, u16],
  vlanFiltering: [7, u8],
  vlanProtocol: [8, be16],
  groupFwdMask: [9, u16],
  rootId: [10, bridgeId],
  bridgeId: [11, bridgeId],
  rootPort: [12, u16],
  rootPathCost: [13, u32],
  topologyChange: [14, u8],
  topologyChangeDetected: [15, u8],
  helloTimer: [16, u64],
  tcnTimer: [17, u64],
  topologyChangeTimer: [18, u64],
  gcTimer: [19, u64],
  groupAddr: [20, hardware],
  fdbFlush: [21, flag],
  mcastRouter: [22, enumOf(u8, "MDB_RTR_TYPE_", MDB_RTR_TYPE)],
  mcastSnooping: [23, u8],
  mcastQueryUseIfaddr: [24, u8],
  mcastQuerier: [25, u8],
  mcastHashElasticity: [26, u32],
  mcastHashMax: [27, u32],
  mcastLastMemberCnt: [28, u32],
  mcastStartupQueryCnt: [29, u32],
  mcastLastMemberIntvl: [30, u64],
  mcastMembershipIntvl: [31, u64],
  mcastQuerierIntvl: [32, u64],
  mcastQueryIntvl: [33, u64],
  mcastQueryResponseIntvl: [34, u64],
  mcastStartupQueryIntvl: [35, u64],
  nfCallIptables: [36, u8],
  nfCallIp6tables: [37, u8],
  nfCallArptables: [38, u8],
  vlanDefaultPvid: [39, u16],
  vlanStatsEnabled: [41, u8],
  mcastStatsEnabled: [42, u8],
  mcastIgmpVersion: [43, u8],
  mcastMldVersion: [44, u8],
  vlanStatsPerPort: [45, u8],
  multiBoolopt: [46, bridgeBoolopts],
  mcastQuerierState: [47, bridgeQuerier],
  fdbNLearned: [48, u32],
  fdbMaxLearned: [49, u32],
  stpMode: [50, enumOf(u32, "BR_STP_MODE_", BR_STP_MODE)],
}));
