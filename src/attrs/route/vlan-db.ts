// RTM_*VLAN: struct br_vlan_msg and BRIDGE_VLANDB_*: the VLANs of bridges and their ports.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { type BridgeVlanInfo, bridgeVlanInfo } from "./link-bridge-spec.ts";
import { type BridgeQuerier, bridgeQuerier } from "./link-kinds/bridge.ts";
import { type MdbRouters, mdbRouters } from "./mdb.ts";

/** What every RTM_*VLAN begins with. */
export interface VlanDbHeader {
  /** AF: BRIDGE. */
  family: number;
  /** Index of the bridge or port; 0: all. */
  ifindex: number;
}
/** struct br_vlan_msg. */
export const vlanDbHeader: Struct<VlanDbHeader> = /* @__PURE__ */ struct<VlanDbHeader>("br_vlan_msg", "", 8, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  ifindex: [4, u32],
}));

/** Which tunnel a VLAN is carried in. */
export interface VlanTunnel extends Attrs {
  /** Id of the tunnel. */
  id?: number | undefined;
  /** RTM_SETLINK: it is set, RTM_DELLINK: it is taken away. */
  cmd?: number | undefined;
}
/** The table of BRIDGE_VLANDB_TINFO_*. */
export const vlanTunnel: AttrTable<VlanTunnel> = /* @__PURE__ */ attrs<VlanTunnel>("BRIDGE_VLANDB_TINFO_", () => ({
  id: [1, u32],
  cmd: [2, u32],
}));

/** Counters of a VLAN. */
export interface VlanStats extends Attrs {
  /** Bytes received. */
  rxBytes?: bigint | undefined;
  /** Packets received. */
  rxPackets?: bigint | undefined;
  /** Bytes sent. */
  txBytes?: bigint | undefined;
  /** Packets sent. */
  txPackets?: bigint | undefined;
}
/** The table of BRIDGE_VLANDB_STATS_*. */
export const vlanStats: AttrTable<VlanStats> = /* @__PURE__ */ attrs<VlanStats>("BRIDGE_VLANDB_STATS_", () => ({
  rxBytes: [1, u64],
  rxPackets: [2, u64],
  txBytes: [3, u64],
  txPackets: [4, u64],
}));

/** A VLAN of a port, or several in a row. */
export interface VlanEntry extends Attrs {
  /** The first one, and its flags. */
  info?: BridgeVlanInfo | undefined;
  /** The last one. */
  range?: number | undefined;
  /** BR_STATE: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking. */
  state?: number | undefined;
  /** Its tunnel. */
  tunnelInfo?: VlanTunnel | undefined;
  /** Counters. */
  stats?: VlanStats | undefined;
  /** MDB_RTR_TYPE. */
  mcastRouter?: number | undefined;
  /** Multicast groups there are. */
  mcastNGroups?: number | undefined;
  /** Multicast groups at most; 0: no limit. */
  mcastMaxGroups?: number | undefined;
  /** 1: requests for addresses that are known are answered by the bridge. */
  neighSuppress?: number | undefined;
  /** 1: gratuitous announcements are passed on all the same. */
  neighForwardGrat?: number | undefined;
}
/** The table of BRIDGE_VLANDB_ENTRY_*. */
export const vlanEntry: AttrTable<VlanEntry> = /* @__PURE__ */ attrs<VlanEntry>("BRIDGE_VLANDB_ENTRY_", () => ({
  info: [1, bridgeVlanInfo],
  range: [2, u16],
  state: [3, u8],
  tunnelInfo: [4, vlanTunnel],
  stats: [5, vlanStats],
  mcastRouter: [6, u8],
  mcastNGroups: [7, u32],
  mcastMaxGroups: [8, u32],
  neighSuppress: [9, u8],
  neighForwardGrat: [10, u8],
}));

/** Settings of a VLAN in a whole bridge. Intervals in USER_HZ (1/100 s). */
export interface VlanGlobalOptions extends Attrs {
  /** The first VLAN. */
  id?: number | undefined;
  /** The last one. */
  range?: number | undefined;
  /** 1: memberships are listened to. */
  mcastSnooping?: number | undefined;
  /** 2 or 3. */
  mcastIgmpVersion?: number | undefined;
  /** 1 or 2. */
  mcastMldVersion?: number | undefined;
  /** Queries before a group is given up. */
  mcastLastMemberCnt?: number | undefined;
  /** Queries at the beginning. */
  mcastStartupQueryCnt?: number | undefined;
  /** Between those before a group is given up. */
  mcastLastMemberIntvl?: bigint | undefined;
  /** A membership lasts so long. */
  mcastMembershipIntvl?: bigint | undefined;
  /** Another querier counts so long. */
  mcastQuerierIntvl?: bigint | undefined;
  /** Between queries. */
  mcastQueryIntvl?: bigint | undefined;
  /** Answers come within. */
  mcastQueryResponseIntvl?: bigint | undefined;
  /** Between queries at the beginning. */
  mcastStartupQueryIntvl?: bigint | undefined;
  /** 1: the bridge asks itself. */
  mcastQuerier?: number | undefined;
  /** Ports that lead to routers. */
  mcastRouterPorts?: MdbRouters | undefined;
  /** Who asks. */
  mcastQuerierState?: BridgeQuerier | undefined;
  /** Its spanning tree. */
  msti?: number | undefined;
}
/** The table of BRIDGE_VLANDB_GOPTS_*. */
export const vlanGlobalOptions: AttrTable<VlanGlobalOptions> = /* @__PURE__ */ attrs<VlanGlobalOptions>(
  "BRIDGE_VLANDB_GOPTS_",
  () => ({
    id: [1, u16],
    range: [2, u16],
    mcastSnooping: [3, u8],
    mcastIgmpVersion: [4, u8],
    mcastMldVersion: [5, u8],
    mcastLastMemberCnt: [6, u32],
    mcastStartupQueryCnt: [7, u32],
    mcastLastMemberIntvl: [8, u64],
    mcastMembershipIntvl: [10, u64],
    mcastQuerierIntvl: [11, u64],
    mcastQueryIntvl: [12, u64],
    mcastQueryResponseIntvl: [13, u64],
    mcastStartupQueryIntvl: [14, u64],
    mcastQuerier: [15, u8],
    mcastRouterPorts: [16, mdbRouters],
    mcastQuerierState: [17, bridgeQuerier],
    msti: [18, u16],
  }),
);

/** Attributes of VLANs. */
export interface VlanDbAttrs extends Attrs {
  /** VLANs of a port. */
  entry?: readonly VlanEntry[] | undefined;
  /** Settings of VLANs in the whole bridge. */
  globalOptions?: readonly VlanGlobalOptions[] | undefined;
}
/** The table of BRIDGE_VLANDB_*. */
export const vlanDbAttrs: AttrTable<VlanDbAttrs> = /* @__PURE__ */ attrs<VlanDbAttrs>("BRIDGE_VLANDB_", () => ({
  entry: [1, repeated(vlanEntry)],
  globalOptions: [2, repeated(vlanGlobalOptions)],
}));

/** What a dump is to hold. */
export interface VlanDbDumpAttrs extends Attrs {
  /** BRIDGE_VLANDB_DUMPF: 1 counters, 2 settings of the whole bridge instead. */
  flags?: number | undefined;
}
/** The table of BRIDGE_VLANDB_DUMP_*. */
export const vlanDbDumpAttrs: AttrTable<VlanDbDumpAttrs> = /* @__PURE__ */ attrs<VlanDbDumpAttrs>(
  "BRIDGE_VLANDB_DUMP_",
  () => ({
    flags: [1, u32],
  }),
);

/** What stands behind nlmsghdr in RTM_NEWVLAN and RTM_DELVLAN. */
export type VlanDbBody = HeaderAndAttrs<VlanDbHeader, VlanDbAttrs>;
/** The body of RTM_NEWVLAN and RTM_DELVLAN. */
export const vlanDbBody: Body<VlanDbBody> = /* @__PURE__ */ body<VlanDbHeader, VlanDbAttrs>(vlanDbHeader, vlanDbAttrs);

/** What stands behind nlmsghdr in RTM_GETVLAN. */
export type VlanDbDumpBody = HeaderAndAttrs<VlanDbHeader, VlanDbDumpAttrs>;
/** The body of RTM_GETVLAN. */
export const vlanDbDumpBody: Body<VlanDbDumpBody> = /* @__PURE__ */ body<VlanDbHeader, VlanDbDumpAttrs>(
  vlanDbHeader,
  vlanDbDumpAttrs,
);
