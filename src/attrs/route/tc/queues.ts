// Disciplines that queue and drop: pfifo, prio, sfq, red, choke, codel, fq_codel, fq, pie. TCA_OPTIONS and TCA_XSTATS of each.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Sequence, Struct } from "../../../codec/codec.ts";
import { enumOf, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { arrayOf, bytes, octets } from "../../../codec/scalars.ts";
import { sequence } from "../../../codec/sequence.ts";
import { struct } from "../../../codec/struct.ts";
import { type Bitfield32, bitfield32 } from "../../bitfield32.ts";

/** pfifo, bfifo. */
export interface TcFifo {
  /** Packets or bytes that may wait. */
  limit: number;
}
/** struct tc_fifo_qopt. */
export const tcFifo: Struct<TcFifo> = /* @__PURE__ */ struct<TcFifo>("tc_fifo_qopt", "", 4, () => ({
  limit: [0, u32],
}));

/** prio, pfifo_fast. */
export interface TcPrio {
  /** How many queues. */
  bands: number;
  /** The queue for each of 16 priorities, as octets. */
  priomap: string;
}
/** struct tc_prio_qopt. */
export const tcPrio: Struct<TcPrio> = /* @__PURE__ */ struct<TcPrio>("tc_prio_qopt", "", 20, () => ({
  bands: [0, s32],
  priomap: [4, octets(16)],
}));

/** multiq. */
export interface TcMultiq {
  /** Queues in use. */
  bands: number;
  /** Queues that there may be. */
  maxBands: number;
}
/** struct tc_multiq_qopt. */
export const tcMultiq: Struct<TcMultiq> = /* @__PURE__ */ struct<TcMultiq>("tc_multiq_qopt", "", 4, () => ({
  bands: [0, u16],
  maxBands: [2, u16],
}));

/** plug. */
export interface TcPlug {
  /** 0 buffer, 1 let one go, 2 let all go, 3 set the limit. */
  action: number;
  /** Bytes that may wait. */
  limit: number;
}
/** struct tc_plug_qopt. */
export const tcPlug: Struct<TcPlug> = /* @__PURE__ */ struct<TcPlug>("tc_plug_qopt", "", 8, () => ({
  action: [0, s32],
  limit: [4, u32],
}));

/** sfq. Programs may send the first five members alone. */
export interface TcSfq {
  /** Bytes that a flow may send in a turn. */
  quantum: number;
  /** Seconds until flows are hashed anew. */
  perturbPeriod: number;
  /** Packets that may wait. */
  limit: number;
  /** Entries of the hash. */
  divisor: number;
  /** Flows at most. */
  flows: number;
  /** Packets of a flow. */
  depth: number;
  /** 1: the oldest packet goes. */
  headdrop: number;
  /** RED: bytes that may wait. */
  redLimit: number;
  /** RED: bytes from which on packets may be dropped. */
  qthMin: number;
  /** RED: bytes from which on they all are. */
  qthMax: number;
  /** RED: weight of the average, as a logarithm. */
  Wlog: number;
  /** RED: probability, as a logarithm. */
  Plog: number;
  /** RED: shift of idle time. */
  ScellLog: number;
  /** RED: TC_RED flags. */
  flags: number;
  /** RED: highest probability, of 2 ** 32. */
  maxP: number;
  /** Dropped early. */
  statsProbDrop: number;
  /** Dropped above the threshold. */
  statsForcedDrop: number;
  /** Marked early. */
  statsProbMark: number;
  /** Marked above the threshold. */
  statsForcedMark: number;
  /** Marked early at the head. */
  statsProbMarkHead: number;
  /** Marked above the threshold at the head. */
  statsForcedMarkHead: number;
}
/** struct tc_sfq_qopt_v1. */
export const tcSfq: Struct<TcSfq> = /* @__PURE__ */ struct<TcSfq>("tc_sfq_qopt_v1", "", 72, () => ({
  quantum: [0, u32, "v0.quantum"],
  perturbPeriod: [4, s32, "v0.perturb_period"],
  limit: [8, u32, "v0.limit"],
  divisor: [12, u32, "v0.divisor"],
  flows: [16, u32, "v0.flows"],
  depth: [20, u32],
  headdrop: [24, u32],
  redLimit: [28, u32, "limit"],
  qthMin: [32, u32],
  qthMax: [36, u32],
  Wlog: [40, u8, "Wlog"],
  Plog: [41, u8, "Plog"],
  ScellLog: [42, u8, "Scell_log"],
  flags: [43, u8],
  maxP: [44, u32, "max_P"],
  statsProbDrop: [48, u32, "stats.prob_drop"],
  statsForcedDrop: [52, u32, "stats.forced_drop"],
  statsProbMark: [56, u32, "stats.prob_mark"],
  statsForcedMark: [60, u32, "stats.forced_mark"],
  statsProbMarkHead: [64, u32, "stats.prob_mark_head"],
  statsForcedMarkHead: [68, u32, "stats.forced_mark_head"],
}));

/** Of a flow of sfq. */
export interface TcSfqXstats {
  /** Bytes that it may still send. */
  allot: number;
}
/** struct tc_sfq_xstats. */
export const tcSfqXstats: Struct<TcSfqXstats> = /* @__PURE__ */ struct<TcSfqXstats>("tc_sfq_xstats", "", 4, () => ({
  allot: [0, s32],
}));

/** red and choke: when to drop. */
export interface TcRedParms {
  /** Bytes (choke: packets) that may wait. */
  limit: number;
  /** From which on packets may be dropped. */
  qthMin: number;
  /** From which on they all are. */
  qthMax: number;
  /** Weight of the average, as a logarithm. */
  Wlog: number;
  /** Probability, as a logarithm. */
  Plog: number;
  /** Shift of idle time. */
  ScellLog: number;
  /** 1 ECN, 2 drop hard, 4 adaptive, 8 no drop. */
  flags: number;
}
/** struct tc_red_qopt. */
export const tcRedParms: Struct<TcRedParms> = /* @__PURE__ */ struct<TcRedParms>("tc_red_qopt", "", 16, () => ({
  limit: [0, u32],
  qthMin: [4, u32],
  qthMax: [8, u32],
  Wlog: [12, u8, "Wlog"],
  Plog: [13, u8, "Plog"],
  ScellLog: [14, u8, "Scell_log"],
  flags: [15, u8],
}));

/** red. */
export interface TcRed extends Attrs {
  /** When to drop. */
  parms?: TcRedParms | undefined;
  /** Weights by idle time: 256 bytes. */
  stab?: Uint8Array | undefined;
  /** Highest probability, of 2 ** 32. */
  maxP?: number | undefined;
  /** The same flags, and those of later kernels. */
  flags?: Bitfield32 | undefined;
  /** Block of filters for packets dropped early. */
  earlyDropBlock?: number | undefined;
  /** Block of filters for packets marked. */
  markBlock?: number | undefined;
}
/** The table of TCA_RED_*. */
export const tcRed: AttrTable<TcRed> = /* @__PURE__ */ attrs<TcRed>("TCA_RED_", () => ({
  parms: [1, tcRedParms],
  stab: [2, bytes],
  maxP: [3, u32],
  flags: [4, bitfield32],
  earlyDropBlock: [5, u32],
  markBlock: [6, u32],
}));

/** What red counts. */
export interface TcRedXstats {
  /** Dropped early. */
  early: number;
  /** Dropped for want of room. */
  pdrop: number;
  /** Dropped by others' calls. */
  other: number;
  /** Marked. */
  marked: number;
}
/** struct tc_red_xstats. */
export const tcRedXstats: Struct<TcRedXstats> = /* @__PURE__ */ struct<TcRedXstats>("tc_red_xstats", "", 16, () => ({
  early: [0, u32],
  pdrop: [4, u32],
  other: [8, u32],
  marked: [12, u32],
}));

/** choke. */
export interface TcChoke extends Attrs {
  /** When to drop. */
  parms?: TcRedParms | undefined;
  /** Weights by idle time: 256 bytes. */
  stab?: Uint8Array | undefined;
  /** Highest probability, of 2 ** 32. */
  maxP?: number | undefined;
}
/** The table of TCA_CHOKE_*. */
export const tcChoke: AttrTable<TcChoke> = /* @__PURE__ */ attrs<TcChoke>("TCA_CHOKE_", () => ({
  parms: [1, tcRedParms],
  stab: [2, bytes],
  maxP: [3, u32],
}));

/** What choke counts. */
export interface TcChokeXstats {
  /** Dropped early. */
  early: number;
  /** Dropped for want of room. */
  pdrop: number;
  /** Dropped by others' calls. */
  other: number;
  /** Marked. */
  marked: number;
  /** Dropped since one of the same flow was met. */
  matched: number;
}
/** struct tc_choke_xstats. */
export const tcChokeXstats: Struct<TcChokeXstats> = /* @__PURE__ */ struct<TcChokeXstats>(
  "tc_choke_xstats",
  "",
  20,
  () => ({
    early: [0, u32],
    pdrop: [4, u32],
    other: [8, u32],
    marked: [12, u32],
    matched: [16, u32],
  }),
);

/** codel. Times in microseconds. */
export interface TcCodel extends Attrs {
  /** Delay to accept. */
  target?: number | undefined;
  /** Packets that may wait. */
  limit?: number | undefined;
  /** How long the delay may be more. */
  interval?: number | undefined;
  /** 1: mark instead of dropping. */
  ecn?: number | undefined;
  /** Mark every packet that has waited longer. */
  ceThreshold?: number | undefined;
}
/** The table of TCA_CODEL_*. */
export const tcCodel: AttrTable<TcCodel> = /* @__PURE__ */ attrs<TcCodel>("TCA_CODEL_", () => ({
  target: [1, u32],
  limit: [2, u32],
  interval: [3, u32],
  ecn: [4, u32],
  ceThreshold: [5, u32],
}));

/** What codel counts. */
export interface TcCodelXstats {
  /** Longest packet. */
  maxpacket: number;
  /** Packets dropped in this state. */
  count: number;
  /** The same of the state before. */
  lastcount: number;
  /** Delay of the last packet, microseconds. */
  ldelay: number;
  /** Microseconds until the next is dropped. */
  dropNext: number;
  /** Dropped for want of room. */
  dropOverlimit: number;
  /** Marked. */
  ecnMark: number;
  /** 1: it is dropping. */
  dropping: number;
  /** Marked by `ceThreshold`. */
  ceMark: number;
}
/** struct tc_codel_xstats. */
export const tcCodelXstats: Struct<TcCodelXstats> = /* @__PURE__ */ struct<TcCodelXstats>(
  "tc_codel_xstats",
  "",
  36,
  () => ({
    maxpacket: [0, u32],
    count: [4, u32],
    lastcount: [8, u32],
    ldelay: [12, u32],
    dropNext: [16, s32],
    dropOverlimit: [20, u32],
    ecnMark: [24, u32],
    dropping: [28, u32],
    ceMark: [32, u32],
  }),
);

/** fq_codel. Times in microseconds. */
export interface TcFqCodel extends Attrs {
  /** Delay to accept. */
  target?: number | undefined;
  /** Packets that may wait. */
  limit?: number | undefined;
  /** How long the delay may be more. */
  interval?: number | undefined;
  /** 1: mark instead of dropping. */
  ecn?: number | undefined;
  /** Queues. */
  flows?: number | undefined;
  /** Bytes that a flow may send in a turn. */
  quantum?: number | undefined;
  /** Mark every packet that has waited longer. */
  ceThreshold?: number | undefined;
  /** Packets dropped at a time for want of room. */
  dropBatchSize?: number | undefined;
  /** Bytes of memory. */
  memoryLimit?: number | undefined;
  /** `ceThreshold` is for packets of this DSCP and ECN…. */
  ceThresholdSelector?: number | undefined;
  /** …in these bits. */
  ceThresholdMask?: number | undefined;
}
/** The table of TCA_FQ_CODEL_*. */
export const tcFqCodel: AttrTable<TcFqCodel> = /* @__PURE__ */ attrs<TcFqCodel>("TCA_FQ_CODEL_", () => ({
  target: [1, u32],
  limit: [2, u32],
  interval: [3, u32],
  ecn: [4, u32],
  flows: [5, u32],
  quantum: [6, u32],
  ceThreshold: [7, u32],
  dropBatchSize: [8, u32],
  memoryLimit: [9, u32],
  ceThresholdSelector: [10, u8],
  ceThresholdMask: [11, u8],
}));

/**
 * What counters of fq_codel are of, TCA_FQ_CODEL_XSTATS_* of linux/pkt_sched.h.
 * @enum
 */
export const TCA_FQ_CODEL_XSTATS = {
  QDISC: 0,
  CLASS: 1,
} as const;

/** What fq_codel counts, as a discipline (`type` 0). */
export interface TcFqCodelXstats {
  /** 0: a discipline. */
  type: number;
  /** Longest packet. */
  maxpacket?: number | undefined;
  /** Dropped for want of room. */
  dropOverlimit?: number | undefined;
  /** Marked. */
  ecnMark?: number | undefined;
  /** Flows that were made. */
  newFlowCount?: number | undefined;
  /** New flows now. */
  newFlowsLen?: number | undefined;
  /** Other flows now. */
  oldFlowsLen?: number | undefined;
  /** Marked by `ceThreshold`. */
  ceMark?: number | undefined;
  /** Bytes of memory. */
  memoryUsage?: number | undefined;
  /** Dropped for want of memory. */
  dropOvermemory?: number | undefined;
  /** Of a flow (`type` 1): bytes that it may still send. */
  deficit?: number | undefined;
  /** Of a flow: delay of its last packet, microseconds. */
  ldelay?: number | undefined;
  /** Of a flow: packets dropped in this state. */
  count?: number | undefined;
  /** Of a flow: the same of the state before. */
  lastcount?: number | undefined;
  /** Of a flow: 1: it is dropping. */
  dropping?: number | undefined;
  /** Of a flow: microseconds until the next is dropped. */
  dropNext?: number | undefined;
}
const asQdisc: Struct<TcFqCodelXstats> = /* @__PURE__ */ struct("tc_fq_codel_xstats+qdisc", "", 40, () => ({
  type: [0, enumOf(u32, "TCA_FQ_CODEL_XSTATS_", TCA_FQ_CODEL_XSTATS)],
  maxpacket: [4, u32],
  dropOverlimit: [8, u32],
  ecnMark: [12, u32],
  newFlowCount: [16, u32],
  newFlowsLen: [20, u32],
  oldFlowsLen: [24, u32],
  ceMark: [28, u32],
  memoryUsage: [32, u32],
  dropOvermemory: [36, u32],
})) as Struct<TcFqCodelXstats>;
const asClass: Struct<TcFqCodelXstats> = /* @__PURE__ */ struct("tc_fq_codel_xstats+class", "", 40, () => ({
  type: [0, enumOf(u32, "TCA_FQ_CODEL_XSTATS_", TCA_FQ_CODEL_XSTATS)],
  deficit: [4, s32],
  ldelay: [8, u32],
  count: [12, u32],
  lastcount: [16, u32],
  dropping: [20, u32],
  dropNext: [24, s32],
})) as Struct<TcFqCodelXstats>;
/** struct tc_fq_codel_xstats, whose first member says what follows; a list of one. */
export const tcFqCodelXstats: Sequence<TcFqCodelXstats> = /* @__PURE__ */ sequence<TcFqCodelXstats>(
  "tc_fq_codel_xstats",
  () => [
    { struct: asQdisc as unknown as Struct, is: { type: [TCA_FQ_CODEL_XSTATS.QDISC] } },
    { struct: asClass as unknown as Struct, is: { type: [TCA_FQ_CODEL_XSTATS.CLASS] } },
  ],
);

/** fq. Rates in bytes a second. */
export interface TcFq extends Attrs {
  /** Packets that may wait. */
  plimit?: number | undefined;
  /** Packets of a flow. */
  flowPlimit?: number | undefined;
  /** Bytes that a flow may send in a turn. */
  quantum?: number | undefined;
  /** The same in its first turn. */
  initialQuantum?: number | undefined;
  /** 1: flows are paced. */
  rateEnable?: number | undefined;
  /** Never used by the kernel. */
  flowDefaultRate?: number | undefined;
  /** Rate of a flow at most; 0xffffffff: no limit. */
  flowMaxRate?: number | undefined;
  /** Buckets of flows, as a logarithm. */
  bucketsLog?: number | undefined;
  /** Microseconds until an idle flow has its quantum again. */
  flowRefillDelay?: number | undefined;
  /** Buckets of packets without socket, less 1. */
  orphanMask?: number | undefined;
  /** Flows slower than this have every packet paced. */
  lowRateThreshold?: number | undefined;
  /** Mark every packet that has waited longer, microseconds. */
  ceThreshold?: number | undefined;
  /** Nanoseconds that its timer may be late. */
  timerSlack?: number | undefined;
  /** Packets due later than this are not taken, microseconds. */
  horizon?: number | undefined;
  /** 1: they are dropped, 0: sent sooner. */
  horizonDrop?: number | undefined;
  /** struct tc_prio_qopt: the band for each priority. */
  priomap?: Uint8Array | undefined;
  /** Bytes that each band may send in a turn. */
  weights?: readonly number[] | undefined;
  /** Packets due within this are left to hardware, microseconds. */
  offloadHorizon?: number | undefined;
}
/** The table of TCA_FQ_*. */
export const tcFq: AttrTable<TcFq> = /* @__PURE__ */ attrs<TcFq>("TCA_FQ_", () => ({
  plimit: [1, u32],
  flowPlimit: [2, u32],
  quantum: [3, u32],
  initialQuantum: [4, u32],
  rateEnable: [5, u32],
  flowDefaultRate: [6, u32],
  flowMaxRate: [7, u32],
  bucketsLog: [8, u32],
  flowRefillDelay: [9, u32],
  orphanMask: [10, u32],
  lowRateThreshold: [11, u32],
  ceThreshold: [12, u32],
  timerSlack: [13, u32],
  horizon: [14, u32],
  horizonDrop: [15, u8],
  priomap: [16, bytes],
  weights: [17, arrayOf(s32)],
  offloadHorizon: [18, u32],
}));

/** pie. Times in microseconds. */
export interface TcPie extends Attrs {
  /** Delay to accept. */
  target?: number | undefined;
  /** Packets that may wait. */
  limit?: number | undefined;
  /** Between two calculations. */
  tupdate?: number | undefined;
  /** Weight of the delay. */
  alpha?: number | undefined;
  /** Weight of its change. */
  beta?: number | undefined;
  /** 1: mark instead of dropping. */
  ecn?: number | undefined;
  /** 1: long packets are dropped sooner. */
  bytemode?: number | undefined;
  /** 1: the delay is reckoned from the rate. */
  dqRateEstimator?: number | undefined;
}
/** The table of TCA_PIE_*. */
export const tcPie: AttrTable<TcPie> = /* @__PURE__ */ attrs<TcPie>("TCA_PIE_", () => ({
  target: [1, u32],
  limit: [2, u32],
  tupdate: [3, u32],
  alpha: [4, u32],
  beta: [5, u32],
  ecn: [6, u32],
  bytemode: [7, u32],
  dqRateEstimator: [8, u32],
}));

/** What pie counts. */
export interface TcPieXstats {
  /** Probability of dropping, of 2 ** 56. */
  prob: bigint;
  /** Delay, microseconds. */
  delay: number;
  /** Rate, bytes a second. */
  avgDqRate: number;
  /** 1: it is being measured. */
  dqRateEstimating: number;
  /** Packets taken. */
  packetsIn: number;
  /** Packets dropped. */
  dropped: number;
  /** Dropped for want of room. */
  overlimit: number;
  /** Longest queue. */
  maxq: number;
  /** Marked. */
  ecnMark: number;
}
/** struct tc_pie_xstats. */
export const tcPieXstats: Struct<TcPieXstats> = /* @__PURE__ */ struct<TcPieXstats>("tc_pie_xstats", "", 40, () => ({
  prob: [0, u64],
  delay: [8, u32],
  avgDqRate: [12, u32],
  dqRateEstimating: [16, u32],
  packetsIn: [20, u32],
  dropped: [24, u32],
  overlimit: [28, u32],
  maxq: [32, u32],
  ecnMark: [36, u32],
}));
