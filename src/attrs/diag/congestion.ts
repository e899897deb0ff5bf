// What congestion controls tell of a TCP socket.
import type { Struct } from "../../codec/codec.ts";
import { u16, u32 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";

/** Of TCP Vegas, and others that measure as it does. */
export interface VegasInfo {
  /** 1: it acts. */
  enabled: number;
  /** Round trips measured. */
  rttcnt: number;
  /** Last round trip time, in µs. */
  rtt: number;
  /** Shortest one, in µs. */
  minrtt: number;
}
/** struct tcpvegas_info. */
export const vegasInfo: Struct<VegasInfo> = /* @__PURE__ */ struct<VegasInfo>("tcpvegas_info", "tcpv_", 16, () => ({
  enabled: [0, u32],
  rttcnt: [4, u32],
  rtt: [8, u32],
  minrtt: [12, u32],
}));

/** Of DCTCP. */
export interface DctcpInfo {
  /** 1: it acts; 0: it fell back, since ECN is not there. */
  enabled: number;
  /** 1: the last segment had congestion marked. */
  ceState: number;
  /** Share of marked segments, in 1/1024. */
  alpha: number;
  /** Marked bytes of the last window. */
  abEcn: number;
  /** Acknowledged bytes of the last window. */
  abTot: number;
}
/** struct tcp_dctcp_info. */
export const dctcpInfo: Struct<DctcpInfo> = /* @__PURE__ */ struct<DctcpInfo>("tcp_dctcp_info", "dctcp_", 16, () => ({
  enabled: [0, u16],
  ceState: [2, u16],
  alpha: [4, u32],
  abEcn: [8, u32],
  abTot: [12, u32],
}));

/** Of BBR. */
export interface BbrInfo {
  /** Bandwidth in bytes a second: lower half. */
  bwLo: number;
  /** Upper half. */
  bwHi: number;
  /** Shortest round trip time, in µs. */
  minRtt: number;
  /** What the bandwidth is multiplied by for pacing, in 1/256. */
  pacingGain: number;
  /** What it is multiplied by for the window, in 1/256. */
  cwndGain: number;
}
/** struct tcp_bbr_info. */
export const bbrInfo: Struct<BbrInfo> = /* @__PURE__ */ struct<BbrInfo>("tcp_bbr_info", "bbr_", 20, () => ({
  bwLo: [0, u32],
  bwHi: [4, u32],
  minRtt: [8, u32],
  pacingGain: [12, u32],
  cwndGain: [16, u32],
}));
