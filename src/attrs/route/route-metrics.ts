// RTA_METRICS: RTAX_*, what TCP is to take for granted on a route.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable } from "../../codec/codec.ts";
import { flagsOf, u32 } from "../../codec/int.ts";
import { string } from "../../codec/scalars.ts";

/**
 * TCP features of a route, RTAX_FEATURE_* of linux/rtnetlink.h.
 * @enum
 */
export const RTAX_FEATURE = {
  ECN: 1,
  SACK: 2,
  TIMESTAMP: 4,
  ALLFRAG: 8,
  TCP_USEC_TS: 16,
} as const;

/** Metrics of a route. */
export interface RouteMetrics extends Attrs {
  /** Bit n: metric number n is not to be changed by what is learned. */
  lock?: number | undefined;
  /** Path MTU, bytes. */
  mtu?: number | undefined;
  /** Largest window to advertise, bytes. */
  window?: number | undefined;
  /** Round trip time, in 1/8 ms. */
  rtt?: number | undefined;
  /** Its variance, in 1/4 ms. */
  rttvar?: number | undefined;
  /** Slow start threshold, segments. */
  ssthresh?: number | undefined;
  /** Largest congestion window, segments. */
  cwnd?: number | undefined;
  /** Segment size to advertise, bytes. */
  advmss?: number | undefined;
  /** Reordering to expect, segments. */
  reordering?: number | undefined;
  /** Hop limit or TTL. */
  hoplimit?: number | undefined;
  /** Initial congestion window, segments. */
  initcwnd?: number | undefined;
  /** RTAX_FEATURE. */
  features?: number | undefined;
  /** Shortest retransmission timeout, in ms. */
  rtoMin?: number | undefined;
  /** Initial receive window, segments. */
  initrwnd?: number | undefined;
  /** 1: acknowledge at once. */
  quickack?: number | undefined;
  /** Congestion control: "bbr". */
  ccAlgo?: string | undefined;
  /** 1: TCP fast open without cookies. */
  fastopenNoCookie?: number | undefined;
}
/** The table of RTAX_*. */
export const routeMetrics: AttrTable<RouteMetrics> = /* @__PURE__ */ attrs<RouteMetrics>("RTAX_", () => ({
  lock: [1, u32],
  mtu: [2, u32],
  window: [3, u32],
  rtt: [4, u32],
  rttvar: [5, u32],
  ssthresh: [6, u32],
  cwnd: [7, u32],
  advmss: [8, u32],
  reordering: [9, u32],
  hoplimit: [10, u32],
  initcwnd: [11, u32],
  features: [12, flagsOf(u32, "RTAX_FEATURE_", RTAX_FEATURE)],
  rtoMin: [13, u32],
  initrwnd: [14, u32],
  quickack: [15, u32],
  ccAlgo: [16, string],
  fastopenNoCookie: [17, u32],
}));
