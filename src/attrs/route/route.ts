// RTM_*ROUTE: RTA_*, with its next hops.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Records, Struct } from "../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf, s32, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs, records } from "../../codec/nests.ts";
import { arrayOf, bytes, ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { type RouteHeader, RT_TABLE, RTNH_F, routeHeader } from "./route-header.ts";
import { type RouteMetrics, routeMetrics } from "./route-metrics.ts";
import {
  LWTUNNEL_ENCAP,
  type RouteCacheInfo,
  type RouteMfcStats,
  RT_DEL_REASON,
  routeCacheInfo,
  routeMfcStats,
} from "./route-parts.ts";
import { type Via, via } from "./via.ts";

export * from "./route-header.ts";
export * from "./route-metrics.ts";
export * from "./route-parts.ts";
export * from "./via.ts";

/** What a next hop begins with. */
export interface NextHopHeader {
  /** Bytes of the next hop with its attributes; filled in by encoding. */
  len?: number | undefined;
  /** RTNH_F. */
  flags: number;
  /** Weight less 1. */
  hops: number;
  /** Index of the link to leave by. */
  ifindex: number;
}
/** struct rtnexthop. */
export const nextHopHeader: Struct<NextHopHeader> = /* @__PURE__ */ struct<NextHopHeader>(
  "rtnexthop",
  "rtnh_",
  8,
  () => ({
    len: [0, u16],
    flags: [2, flagsOf(u8, "RTNH_F_", RTNH_F)],
    hops: [3, u8],
    ifindex: [4, s32],
  }),
);

/** One item of RTA_MULTIPATH. */
export interface NextHop {
  /** The fixed part. */
  header: NextHopHeader;
  /** Its attributes, out of those of a route: gateway, via, flow, encap. */
  attrs: RouteAttrs;
}

/** Attributes of a route. */
export interface RouteAttrs extends Attrs {
  /** Destination network; absent: the default route. Of AF_MPLS: the label stack entry's four bytes. */
  dst?: string | undefined;
  /** Source network. */
  src?: string | undefined;
  /** Index of the link packets come in by. */
  iif?: number | undefined;
  /** Index of the link to leave by. */
  oif?: number | undefined;
  /** Next router. */
  gateway?: string | undefined;
  /** Metric: the lowest wins. */
  priority?: number | undefined;
  /** Source address to prefer. */
  prefsrc?: string | undefined;
  /** What TCP is to take for granted. */
  metrics?: RouteMetrics | undefined;
  /** Several next hops. */
  multipath?: readonly NextHop[] | undefined;
  /** Never used by the kernel. */
  protoinfo?: number | undefined;
  /** Realm: of the source in the upper half, of the destination in the lower. */
  flow?: number | undefined;
  /** State in use. */
  cacheinfo?: RouteCacheInfo | undefined;
  /** Never used by the kernel. */
  session?: Uint8Array | undefined;
  /** Never used by the kernel. */
  mpAlgo?: number | undefined;
  /** RT_TABLE, or any other number. */
  table?: number | undefined;
  /** Only packets with this firewall mark. */
  mark?: number | undefined;
  /** Multicast: counters. */
  mfcStats?: RouteMfcStats | undefined;
  /** Next router of another family. */
  via?: Via | undefined;
  /** AF_MPLS: label stack entries to put on, network order: label << 12 | class << 9 | bottom << 8 | TTL. */
  newdst?: readonly number[] | undefined;
  /** IPv6 router preference of RFC 4191: 0 medium, 1 high, 3 low. */
  pref?: number | undefined;
  /** LWTUNNEL_ENCAP. */
  encapType?: number | undefined;
  /** A nest of that tunnel's attributes, not taken apart. */
  encap?: Uint8Array | undefined;
  /** Seconds until it is removed. Multicast routes: USER_HZ (1/100 s) since the last use, in 8 bytes. */
  expires?: number | undefined;
  /** Only packets of this user. */
  uid?: number | undefined;
  /** MPLS: 1: the TTL goes from packet to label and back. */
  ttlPropagate?: number | undefined;
  /** Request: look up for this IP protocol. */
  ipProto?: number | undefined;
  /** Request: look up for this source port, network order. */
  sport?: number | undefined;
  /** Request: look up for this destination port, network order. */
  dport?: number | undefined;
  /** Id of a next hop object. */
  nhId?: number | undefined;
  /** Request: look up for this IPv6 flow label, network order. */
  flowlabel?: number | undefined;
  /** RT_DEL_REASON. */
  delReason?: number | undefined;
}
/** The table of RTA_*. */
export const routeAttrs: AttrTable<RouteAttrs> = /* @__PURE__ */ attrs<RouteAttrs>("RTA_", () => ({
  dst: [1, ip],
  src: [2, ip],
  iif: [3, u32],
  oif: [4, u32],
  gateway: [5, ip],
  priority: [6, u32],
  prefsrc: [7, ip],
  metrics: [8, routeMetrics],
  multipath: [9, nextHops],
  protoinfo: [10, u32],
  flow: [11, u32],
  cacheinfo: [12, routeCacheInfo],
  session: [13, bytes],
  mpAlgo: [14, u32],
  table: [15, enumOf(u32, "RT_TABLE_", RT_TABLE)],
  mark: [16, u32],
  mfcStats: [17, routeMfcStats],
  via: [18, via],
  newdst: [19, arrayOf(be32)],
  pref: [20, u8],
  encapType: [21, enumOf(u16, "LWTUNNEL_ENCAP_", LWTUNNEL_ENCAP)],
  encap: [22, bytes],
  expires: [23, u32],
  uid: [25, u32],
  ttlPropagate: [26, u8],
  ipProto: [27, u8],
  sport: [28, be16],
  dport: [29, be16],
  nhId: [30, u32],
  flowlabel: [31, be32],
  delReason: [32, enumOf(u32, "RT_DEL_REASON_", RT_DEL_REASON)],
}));

/** The next hops of RTA_MULTIPATH. */
export const nextHops: Records<NextHop> = /* @__PURE__ */ records<NextHop>(
  /* @__PURE__ */ body<NextHopHeader, RouteAttrs>(nextHopHeader, routeAttrs),
  "nexthop",
);

/** What stands behind nlmsghdr in every RTM_*ROUTE. */
export type RouteBody = HeaderAndAttrs<RouteHeader, RouteAttrs>;
/** The body of every RTM_*ROUTE. */
export const routeBody: Body<RouteBody> = /* @__PURE__ */ body<RouteHeader, RouteAttrs>(routeHeader, routeAttrs);
