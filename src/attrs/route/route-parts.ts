// Structs in a route, and names of its numbers.
import type { Struct } from "../../codec/codec.ts";
import { s32, u32, u64 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";

/**
 * Light-weight tunnels, LWTUNNEL_ENCAP_* of linux/lwtunnel.h.
 * @enum
 */
export const LWTUNNEL_ENCAP = {
  NONE: 0,
  MPLS: 1,
  IP: 2,
  ILA: 3,
  IP6: 4,
  SEG6: 5,
  BPF: 6,
  SEG6_LOCAL: 7,
  RPL: 8,
  IOAM6: 9,
  XFRM: 10,
} as const;
/**
 * Why a route went, RT_DEL_REASON_* of linux/rtnetlink.h.
 * @enum
 */
export const RT_DEL_REASON = {
  UNSPEC: 0,
  EXPIRED: 1,
  RA_WITHDRAWN: 2,
} as const;

/** The state of a route in use. Times are in USER_HZ (1/100 s). */
export interface RouteCacheInfo {
  /** References to it. */
  clntref: number;
  /** Since its last use. */
  lastuse: number;
  /** Until it expires; 0: never. */
  expires: number;
  /** What a packet to it gets: an errno, as a positive number or wrapped. */
  error: number;
  /** How often it was used; always 0 today. */
  used: number;
  /** Always 0 since the routing cache is gone. */
  id: number;
  /** Always 0 since the routing cache is gone. */
  ts: number;
  /** Always 0 since the routing cache is gone. */
  tsage: number;
}
/** struct rta_cacheinfo. */
export const routeCacheInfo: Struct<RouteCacheInfo> = /* @__PURE__ */ struct<RouteCacheInfo>(
  "rta_cacheinfo",
  "rta_",
  32,
  () => ({
    clntref: [0, u32],
    lastuse: [4, u32],
    expires: [8, s32],
    error: [12, u32],
    used: [16, u32],
    id: [20, u32],
    ts: [24, u32],
    tsage: [28, u32],
  }),
);

/** Counters of a multicast route. */
export interface RouteMfcStats {
  /** Packets forwarded. */
  packets: bigint;
  /** Bytes forwarded. */
  bytes: bigint;
  /** Packets that came in by the wrong interface. */
  wrongIf: bigint;
}
/** struct rta_mfc_stats. */
export const routeMfcStats: Struct<RouteMfcStats> = /* @__PURE__ */ struct<RouteMfcStats>(
  "rta_mfc_stats",
  "mfcs_",
  24,
  () => ({
    packets: [0, u64],
    bytes: [8, u64],
    wrongIf: [16, u64],
  }),
);
