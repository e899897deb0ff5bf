// The fixed part of RTM_*ROUTE: struct rtmsg, and the names of its members' values.
import type { Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u32 } from "../../codec/int.ts";
import type { Names } from "../../codec/names.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/**
 * Routing tables that have a name, RT_TABLE_* of linux/rtnetlink.h.
 * @enum
 */
export const RT_TABLE = {
  UNSPEC: 0,
  COMPAT: 252,
  DEFAULT: 253,
  MAIN: 254,
  LOCAL: 255,
} as const;
/**
 * Distance to the destination, RT_SCOPE_* of linux/rtnetlink.h.
 * @enum
 */
export const RT_SCOPE = {
  UNIVERSE: 0,
  SITE: 200,
  LINK: 253,
  HOST: 254,
  NOWHERE: 255,
} as const;
/**
 * What becomes of packets, RTN_* of linux/rtnetlink.h.
 * @enum
 */
export const RTN = {
  UNSPEC: 0,
  UNICAST: 1,
  LOCAL: 2,
  BROADCAST: 3,
  ANYCAST: 4,
  MULTICAST: 5,
  BLACKHOLE: 6,
  UNREACHABLE: 7,
  PROHIBIT: 8,
  THROW: 9,
  NAT: 10,
  XRESOLVE: 11,
} as const;
/**
 * Who made a route, RTPROT_* of linux/rtnetlink.h.
 * @enum
 */
export const RTPROT = {
  UNSPEC: 0,
  REDIRECT: 1,
  KERNEL: 2,
  BOOT: 3,
  STATIC: 4,
  GATED: 8,
  RA: 9,
  MRT: 10,
  ZEBRA: 11,
  BIRD: 12,
  DNROUTED: 13,
  XORP: 14,
  NTK: 15,
  DHCP: 16,
  MROUTED: 17,
  KEEPALIVED: 18,
  BABEL: 42,
  OVN: 84,
  OPENR: 99,
  BGP: 186,
  ISIS: 187,
  OSPF: 188,
  RIP: 189,
  EIGRP: 192,
} as const;
/**
 * Flags of a route, RTM_F_* of linux/rtnetlink.h.
 * @enum
 */
export const RTM_F = {
  NOTIFY: 256,
  CLONED: 512,
  EQUALIZE: 1024,
  PREFIX: 2048,
  LOOKUP_TABLE: 4096,
  FIB_MATCH: 8192,
  OFFLOAD: 16384,
  TRAP: 32768,
  OFFLOAD_FAILED: 536870912,
} as const;
/**
 * Flags of a next hop, RTNH_F_* of linux/rtnetlink.h. A route of one next hop has them beside RTM_F.
 * @enum
 */
export const RTNH_F = {
  DEAD: 1,
  PERVASIVE: 2,
  ONLINK: 4,
  OFFLOAD: 8,
  LINKDOWN: 16,
  UNRESOLVED: 32,
  TRAP: 64,
} as const;

/** rtm_flags holds both. A function, since reading a property at the top level would hold a bundler up. */
const routeFlags = (): Names["values"] => ({
  RTNH_F_DEAD: RTNH_F.DEAD,
  RTNH_F_PERVASIVE: RTNH_F.PERVASIVE,
  RTNH_F_ONLINK: RTNH_F.ONLINK,
  RTNH_F_OFFLOAD: RTNH_F.OFFLOAD,
  RTNH_F_LINKDOWN: RTNH_F.LINKDOWN,
  RTNH_F_UNRESOLVED: RTNH_F.UNRESOLVED,
  RTNH_F_TRAP: RTNH_F.TRAP,
  RTM_F_NOTIFY: RTM_F.NOTIFY,
  RTM_F_CLONED: RTM_F.CLONED,
  RTM_F_EQUALIZE: RTM_F.EQUALIZE,
  RTM_F_PREFIX: RTM_F.PREFIX,
  RTM_F_LOOKUP_TABLE: RTM_F.LOOKUP_TABLE,
  RTM_F_FIB_MATCH: RTM_F.FIB_MATCH,
  RTM_F_OFFLOAD: RTM_F.OFFLOAD,
  RTM_F_TRAP: RTM_F.TRAP,
  RTM_F_OFFLOAD_FAILED: RTM_F.OFFLOAD_FAILED,
});

/** What every RTM_*ROUTE begins with. */
export interface RouteHeader {
  /** AF. */
  family: number;
  /** Bits of `dst` that count. */
  dstLen: number;
  /** Bits of `src` that count. */
  srcLen: number;
  /** Only packets with this type of service; 0: any. */
  tos: number;
  /** RT_TABLE, where eight bits are enough; else COMPAT, and `attrs.table` says it. */
  table: number;
  /** RTPROT. */
  protocol: number;
  /** RT_SCOPE. */
  scope: number;
  /** RTN. */
  type: number;
  /** RTM_F and RTNH_F. */
  flags: number;
}
/** struct rtmsg. */
export const routeHeader: Struct<RouteHeader> = /* @__PURE__ */ struct<RouteHeader>("rtmsg", "rtm_", 12, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  dstLen: [1, u8],
  srcLen: [2, u8],
  tos: [3, u8],
  table: [4, enumOf(u8, "RT_TABLE_", RT_TABLE)],
  protocol: [5, enumOf(u8, "RTPROT_", RTPROT)],
  scope: [6, enumOf(u8, "RT_SCOPE_", RT_SCOPE)],
  type: [7, enumOf(u8, "RTN_", RTN)],
  flags: [8, flagsOf(u32, "", routeFlags())],
}));
