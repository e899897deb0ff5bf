// Counters of traffic control: TCA_STATS, TCA_STATS2 (TCA_STATS_*), TCA_RATE, TCA_STAB.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { enumOf, s8, s16, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { arrayOf, bytes } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { TC_LINKLAYER } from "./common.ts";

/** TCA_STATS, the old form. */
export interface TcStats {
  /** Bytes. */
  bytes: bigint;
  /** Packets. */
  packets: number;
  /** Packets dropped. */
  drops: number;
  /** Packets that came too soon. */
  overlimits: number;
  /** Bytes a second. */
  bps: number;
  /** Packets a second. */
  pps: number;
  /** Packets waiting. */
  qlen: number;
  /** Bytes waiting. */
  backlog: number;
}
/** struct tc_stats. */
export const tcStats: Struct<TcStats> = /* @__PURE__ */ struct<TcStats>("tc_stats", "", 40, () => ({
  bytes: [0, u64],
  packets: [8, u32],
  drops: [12, u32],
  overlimits: [16, u32],
  bps: [20, u32],
  pps: [24, u32],
  qlen: [28, u32],
  backlog: [32, u32],
}));

/** Bytes and packets. */
export interface TcBasicStats {
  /** Bytes. */
  bytes: bigint;
  /** Packets. */
  packets: number;
}
/** struct gnet_stats_basic. */
export const tcBasicStats: Struct<TcBasicStats> = /* @__PURE__ */ struct<TcBasicStats>(
  "gnet_stats_basic",
  "",
  16,
  () => ({
    bytes: [0, u64],
    packets: [8, u32],
  }),
);

/** Rates, as estimated. */
export interface TcRateEstimate {
  /** Bytes a second. */
  bps: number;
  /** Packets a second. */
  pps: number;
}
/** struct gnet_stats_rate_est. */
export const tcRateEstimate: Struct<TcRateEstimate> = /* @__PURE__ */ struct<TcRateEstimate>(
  "gnet_stats_rate_est",
  "",
  8,
  () => ({
    bps: [0, u32],
    pps: [4, u32],
  }),
);

/** The same in 64 bits. */
export interface TcRateEstimate64 {
  /** Bytes a second. */
  bps: bigint;
  /** Packets a second. */
  pps: bigint;
}
/** struct gnet_stats_rate_est64. */
export const tcRateEstimate64: Struct<TcRateEstimate64> = /* @__PURE__ */ struct<TcRateEstimate64>(
  "gnet_stats_rate_est64",
  "",
  16,
  () => ({
    bps: [0, u64],
    pps: [8, u64],
  }),
);

/** A queue. */
export interface TcQueueStats {
  /** Packets waiting. */
  qlen: number;
  /** Bytes waiting. */
  backlog: number;
  /** Packets dropped. */
  drops: number;
  /** Packets that the device handed back. */
  requeues: number;
  /** Packets that came too soon. */
  overlimits: number;
}
/** struct gnet_stats_queue. */
export const tcQueueStats: Struct<TcQueueStats> = /* @__PURE__ */ struct<TcQueueStats>(
  "gnet_stats_queue",
  "",
  20,
  () => ({
    qlen: [0, u32],
    backlog: [4, u32],
    drops: [8, u32],
    requeues: [12, u32],
    overlimits: [16, u32],
  }),
);

/** TCA_STATS2 and TCA_ACT_STATS. */
export interface TcStats2 extends Attrs {
  /** Bytes and packets. */
  basic?: TcBasicStats | undefined;
  /** Rates. */
  rateEst?: TcRateEstimate | undefined;
  /** The queue. */
  queue?: TcQueueStats | undefined;
  /** What the kind counts beside: as TCA_XSTATS, which says it with a name. */
  app?: Uint8Array | undefined;
  /** Rates in 64 bits. */
  rateEst64?: TcRateEstimate64 | undefined;
  /** Bytes and packets by hardware. */
  basicHw?: TcBasicStats | undefined;
  /** Packets in 64 bits. */
  pkt64?: bigint | undefined;
}
/** The table of TCA_STATS_*. */
export const tcStats2: AttrTable<TcStats2> = /* @__PURE__ */ attrs<TcStats2>("TCA_STATS_", () => ({
  basic: [1, tcBasicStats],
  rateEst: [2, tcRateEstimate],
  queue: [3, tcQueueStats],
  app: [4, bytes],
  rateEst64: [5, tcRateEstimate64],
  basicHw: [7, tcBasicStats],
  pkt64: [8, u64],
}));

/** How rates are estimated. */
export interface TcEstimator {
  /** 2 ** (interval + 2) times 1/16 s between samples. */
  interval: number;
  /** Samples count for 2 ** -ewmaLog each. */
  ewmaLog: number;
}
/** struct gnet_estimator. */
export const tcEstimator: Struct<TcEstimator> = /* @__PURE__ */ struct<TcEstimator>("gnet_estimator", "", 2, () => ({
  interval: [0, s8],
  ewmaLog: [1, u8],
}));

/** How long packets count as. */
export interface TcSizespec {
  /** Shift of a length. */
  cellLog: number;
  /** Shift of an entry of the table. */
  sizeLog: number;
  /** Bytes added before the shift. */
  cellAlign: number;
  /** Bytes added after. */
  overhead: number;
  /** TC_LINKLAYER. */
  linklayer: number;
  /** Bytes that a packet counts at least. */
  mpu: number;
  /** Longest packet that the table has. */
  mtu: number;
  /** Entries of the table. */
  tsize: number;
}
/** struct tc_sizespec. */
export const tcSizespec: Struct<TcSizespec> = /* @__PURE__ */ struct<TcSizespec>("tc_sizespec", "", 24, () => ({
  cellLog: [0, u8],
  sizeLog: [1, u8],
  cellAlign: [2, s16],
  overhead: [4, s32],
  linklayer: [8, enumOf(u32, "TC_LINKLAYER_", TC_LINKLAYER)],
  mpu: [12, u32],
  mtu: [16, u32],
  tsize: [20, u32],
}));

/** TCA_STAB: a table of sizes. */
export interface TcStab extends Attrs {
  /** Which lengths. */
  base?: TcSizespec | undefined;
  /** The table. */
  data?: readonly number[] | undefined;
}
/** The table of TCA_STAB_*. */
export const tcStab: AttrTable<TcStab> = /* @__PURE__ */ attrs<TcStab>("TCA_STAB_", () => ({
  base: [1, tcSizespec],
  data: [2, arrayOf(u16)],
}));
