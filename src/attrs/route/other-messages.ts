// The messages of NETLINK_ROUTE besides links, addresses, routes, neighbours and namespace ids: read by their tables alone.
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { type AddressBody, addressBody } from "./address.ts";
import { type AddressLabelBody, addressLabelBody } from "./address-label.ts";
import { type MdbChange, type MdbQuery, mdbChangeBody, mdbQueryBody } from "./mdb.ts";
import {
  NAME,
  PROTOCOL,
  RTM_ACTION,
  RTM_ADDRLABEL,
  RTM_ANYCAST,
  RTM_CHAIN,
  RTM_MDB,
  RTM_MDB_QUERY,
  RTM_MULTICAST,
  RTM_NEIGHTBL,
  RTM_NETCONF,
  RTM_NEXTHOP,
  RTM_NEXTHOPBUCKET,
  RTM_PREFIX,
  RTM_QDISC,
  RTM_RULE,
  RTM_STATS,
  RTM_STATS_REQUEST,
  RTM_TCLASS,
  RTM_TFILTER,
  RTM_TUNNEL,
  RTM_VLAN,
  RTM_VLAN_DUMP,
} from "./message-numbers.ts";
import { type NeighbourTableBody, neighbourTableBody } from "./neighbour-table.ts";
import { type NetconfBody, netconfBody } from "./netconf.ts";
import { type NexthopBody, nexthopBody } from "./nexthop.ts";
import { type PrefixBody, prefixBody } from "./prefix.ts";
import { type RuleBody, ruleBody } from "./rule.ts";
import { type StatsBody, type StatsRequestBody, statsBody, statsRequestBody } from "./stats.ts";
import { type TcActionBody, type TcBody, tcActionBody, tcBody } from "./tc/tc.ts";
import { type TunnelBody, tunnelBody } from "./tunnel.ts";
import { type VlanDbBody, type VlanDbDumpBody, vlanDbBody, vlanDbDumpBody } from "./vlan-db.ts";

/** RTM_*RULE. */
export type RuleMessageType = MessageType<"RTM_NEWRULE" | "RTM_DELRULE" | "RTM_GETRULE", RuleBody>;
/** RTM_*NEXTHOP and RTM_*NEXTHOPBUCKET. */
export type NexthopMessageType = MessageType<
  | "RTM_NEWNEXTHOP"
  | "RTM_DELNEXTHOP"
  | "RTM_GETNEXTHOP"
  | "RTM_NEWNEXTHOPBUCKET"
  | "RTM_DELNEXTHOPBUCKET"
  | "RTM_GETNEXTHOPBUCKET",
  NexthopBody
>;
/** RTM_*QDISC, TCLASS, TFILTER and CHAIN. */
export type TcMessageType = MessageType<
  | "RTM_NEWQDISC"
  | "RTM_DELQDISC"
  | "RTM_GETQDISC"
  | "RTM_NEWTCLASS"
  | "RTM_DELTCLASS"
  | "RTM_GETTCLASS"
  | "RTM_NEWTFILTER"
  | "RTM_DELTFILTER"
  | "RTM_GETTFILTER"
  | "RTM_NEWCHAIN"
  | "RTM_DELCHAIN"
  | "RTM_GETCHAIN",
  TcBody
>;
/** RTM_*ACTION. */
export type TcActionMessageType = MessageType<"RTM_NEWACTION" | "RTM_DELACTION" | "RTM_GETACTION", TcActionBody>;
/** RTM_*NEIGHTBL. */
export type NeighbourTableMessageType = MessageType<
  "RTM_NEWNEIGHTBL" | "RTM_GETNEIGHTBL" | "RTM_SETNEIGHTBL",
  NeighbourTableBody
>;
/** RTM_*NETCONF. */
export type NetconfMessageType = MessageType<"RTM_NEWNETCONF" | "RTM_DELNETCONF" | "RTM_GETNETCONF", NetconfBody>;
/** RTM_*ADDRLABEL. */
export type AddressLabelMessageType = MessageType<
  "RTM_NEWADDRLABEL" | "RTM_DELADDRLABEL" | "RTM_GETADDRLABEL",
  AddressLabelBody
>;
/** RTM_NEWPREFIX. */
export type PrefixMessageType = MessageType<"RTM_NEWPREFIX", PrefixBody>;
/** RTM_NEWMDB and RTM_DELMDB. */
export type MdbChangeMessageType = MessageType<"RTM_NEWMDB" | "RTM_DELMDB", MdbChange>;
/** RTM_GETMDB. */
export type MdbQueryMessageType = MessageType<"RTM_GETMDB", MdbQuery>;
/** RTM_NEWVLAN and RTM_DELVLAN. */
export type VlanDbMessageType = MessageType<"RTM_NEWVLAN" | "RTM_DELVLAN", VlanDbBody>;
/** RTM_GETVLAN. */
export type VlanDbDumpMessageType = MessageType<"RTM_GETVLAN", VlanDbDumpBody>;
/** RTM_NEWSTATS. */
export type StatsMessageType = MessageType<"RTM_NEWSTATS", StatsBody>;
/** RTM_GETSTATS and RTM_SETSTATS. */
export type StatsRequestMessageType = MessageType<"RTM_GETSTATS" | "RTM_SETSTATS", StatsRequestBody>;
/** RTM_*TUNNEL. */
export type TunnelMessageType = MessageType<"RTM_NEWTUNNEL" | "RTM_DELTUNNEL" | "RTM_GETTUNNEL", TunnelBody>;
/** RTM_*MULTICAST and RTM_*ANYCAST. */
export type OtherAddressMessageType = MessageType<
  "RTM_NEWMULTICAST" | "RTM_DELMULTICAST" | "RTM_GETMULTICAST" | "RTM_NEWANYCAST" | "RTM_DELANYCAST" | "RTM_GETANYCAST",
  AddressBody
>;
/** Every message of this file. */
export type OtherRouteMessageType =
  | RuleMessageType
  | NexthopMessageType
  | TcMessageType
  | TcActionMessageType
  | NeighbourTableMessageType
  | NetconfMessageType
  | AddressLabelMessageType
  | PrefixMessageType
  | MdbChangeMessageType
  | MdbQueryMessageType
  | VlanDbMessageType
  | VlanDbDumpMessageType
  | StatsMessageType
  | StatsRequestMessageType
  | TunnelMessageType
  | OtherAddressMessageType;

const ruleTypes: readonly RuleMessageType[] = /* @__PURE__ */ messageTypes(ruleBody, RTM_RULE);
const nexthopTypes: readonly NexthopMessageType[] = /* @__PURE__ */ messageTypes(
  nexthopBody,
  /* @__PURE__ */ (() => ({ ...RTM_NEXTHOP, ...RTM_NEXTHOPBUCKET }))(),
);
const tcTypes: readonly TcMessageType[] = /* @__PURE__ */ messageTypes(
  tcBody,
  /* @__PURE__ */ (() => ({ ...RTM_QDISC, ...RTM_TCLASS, ...RTM_TFILTER, ...RTM_CHAIN }))(),
);
const tcActionTypes: readonly TcActionMessageType[] = /* @__PURE__ */ messageTypes(tcActionBody, RTM_ACTION);
const neighbourTableTypes: readonly NeighbourTableMessageType[] = /* @__PURE__ */ messageTypes(
  neighbourTableBody,
  RTM_NEIGHTBL,
);
const netconfTypes: readonly NetconfMessageType[] = /* @__PURE__ */ messageTypes(netconfBody, RTM_NETCONF);
const addressLabelTypes: readonly AddressLabelMessageType[] = /* @__PURE__ */ messageTypes(
  addressLabelBody,
  RTM_ADDRLABEL,
);
const prefixTypes: readonly PrefixMessageType[] = /* @__PURE__ */ messageTypes(prefixBody, RTM_PREFIX);
const mdbChangeTypes: readonly MdbChangeMessageType[] = /* @__PURE__ */ messageTypes(mdbChangeBody, RTM_MDB);
const mdbQueryTypes: readonly MdbQueryMessageType[] = /* @__PURE__ */ messageTypes(mdbQueryBody, RTM_MDB_QUERY);
const vlanDbTypes: readonly VlanDbMessageType[] = /* @__PURE__ */ messageTypes(vlanDbBody, RTM_VLAN);
const vlanDbDumpTypes: readonly VlanDbDumpMessageType[] = /* @__PURE__ */ messageTypes(vlanDbDumpBody, RTM_VLAN_DUMP);
const statsTypes: readonly StatsMessageType[] = /* @__PURE__ */ messageTypes(statsBody, RTM_STATS);
const statsRequestTypes: readonly StatsRequestMessageType[] = /* @__PURE__ */ messageTypes(
  statsRequestBody,
  RTM_STATS_REQUEST,
);
const tunnelTypes: readonly TunnelMessageType[] = /* @__PURE__ */ messageTypes(tunnelBody, RTM_TUNNEL);
const otherAddressTypes: readonly OtherAddressMessageType[] = /* @__PURE__ */ messageTypes(
  addressBody,
  /* @__PURE__ */ (() => ({ ...RTM_MULTICAST, ...RTM_ANYCAST }))(),
);

/** The registry of RTM_*RULE. */
export const rules: Registry<RuleMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, ruleTypes);
/** The registry of RTM_*NEXTHOP and RTM_*NEXTHOPBUCKET. */
export const nexthops: Registry<NexthopMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, nexthopTypes);
/** The registry of RTM_*NEIGHTBL. */
export const neighbourTables: Registry<NeighbourTableMessageType> = /* @__PURE__ */ registry(
  NAME,
  PROTOCOL,
  neighbourTableTypes,
);
/** The registry of RTM_*NETCONF. */
export const netconfs: Registry<NetconfMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, netconfTypes);
/** The registry of RTM_*ADDRLABEL. */
export const addressLabels: Registry<AddressLabelMessageType> = /* @__PURE__ */ registry(
  NAME,
  PROTOCOL,
  addressLabelTypes,
);
/** The registry of RTM_NEWPREFIX. */
export const prefixes: Registry<PrefixMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, prefixTypes);
/** The registry of RTM_*TUNNEL. */
export const tunnels: Registry<TunnelMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, tunnelTypes);
/** The registry of traffic control: RTM_*QDISC, TCLASS, TFILTER, CHAIN and ACTION. */
export const trafficControl: Registry<TcMessageType | TcActionMessageType> = /* @__PURE__ */ registry<
  TcMessageType | TcActionMessageType
>(NAME, PROTOCOL, tcTypes, tcActionTypes);
/** The registry of RTM_*MDB. */
export const mdbs: Registry<MdbChangeMessageType | MdbQueryMessageType> = /* @__PURE__ */ registry<
  MdbChangeMessageType | MdbQueryMessageType
>(NAME, PROTOCOL, mdbChangeTypes, mdbQueryTypes);
/** The registry of RTM_*VLAN. */
export const vlanDbs: Registry<VlanDbMessageType | VlanDbDumpMessageType> = /* @__PURE__ */ registry<
  VlanDbMessageType | VlanDbDumpMessageType
>(NAME, PROTOCOL, vlanDbTypes, vlanDbDumpTypes);
/** The registry of RTM_*STATS. */
export const linkStatistics: Registry<StatsMessageType | StatsRequestMessageType> = /* @__PURE__ */ registry<
  StatsMessageType | StatsRequestMessageType
>(NAME, PROTOCOL, statsTypes, statsRequestTypes);
/** What `route` has of this file. */
export const otherRouteTypes: readonly OtherRouteMessageType[] = /* @__PURE__ */ (() => [
  ...ruleTypes,
  ...nexthopTypes,
  ...tcTypes,
  ...tcActionTypes,
  ...neighbourTableTypes,
  ...netconfTypes,
  ...addressLabelTypes,
  ...prefixTypes,
  ...mdbChangeTypes,
  ...mdbQueryTypes,
  ...vlanDbTypes,
  ...vlanDbDumpTypes,
  ...statsTypes,
  ...statsRequestTypes,
  ...tunnelTypes,
  ...otherAddressTypes,
])();
