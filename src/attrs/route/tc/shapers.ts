// Disciplines that hold packets back: tbf, htb, hfsc's classes, drr, qfq, netem, cbs, etf. TCA_OPTIONS and TCA_XSTATS of each.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../../codec/codec.ts";
import { type Embedded, embedded } from "../../../codec/embedded.ts";
import { s16, s32, s64, u8, u32, u64 } from "../../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../../codec/nests.ts";
import { arrayOf, flag } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type TcRateSpec, tcRateSpec } from "./common.ts";

/** tbf: a bucket of tokens. */
export interface TcTbfParms extends Embedded<"rate", TcRateSpec>, Embedded<"peakrate", TcRateSpec> {
  /** Bytes that may wait. */
  limit: number;
  /** Time that a full bucket lasts, ticks of 64 ns. */
  buffer: number;
  /** The same of the peak rate's bucket. */
  mtu: number;
}
/** struct tc_tbf_qopt. */
export const tcTbfParms: Struct<TcTbfParms> = /* @__PURE__ */ struct<TcTbfParms>("tc_tbf_qopt", "", 36, () => ({
  ...embedded("rate", 0, tcRateSpec),
  ...embedded("peakrate", 12, tcRateSpec),
  limit: [24, u32],
  buffer: [28, u32],
  mtu: [32, u32],
}));

/** tbf. */
export interface TcTbf extends Attrs {
  /** Rate and bucket. */
  parms?: TcTbfParms | undefined;
  /** Rate table: 256 times, ticks of 64 ns. */
  rtab?: readonly number[] | undefined;
  /** The same of the peak rate. */
  ptab?: readonly number[] | undefined;
  /** Bytes a second, where 32 bits are too few. */
  rate64?: bigint | undefined;
  /** Peak rate, the same. */
  prate64?: bigint | undefined;
  /** Bytes of the bucket. */
  burst?: number | undefined;
  /** Bytes of the peak rate's bucket. */
  pburst?: number | undefined;
}
/** The table of TCA_TBF_*. */
export const tcTbf: AttrTable<TcTbf> = /* @__PURE__ */ attrs<TcTbf>("TCA_TBF_", () => ({
  parms: [1, tcTbfParms],
  rtab: [2, arrayOf(u32)],
  ptab: [3, arrayOf(u32)],
  rate64: [4, u64],
  prate64: [5, u64],
  burst: [6, u32],
  pburst: [7, u32],
}));

/** A class of htb. */
export interface TcHtbParms extends Embedded<"rate", TcRateSpec>, Embedded<"ceil", TcRateSpec> {
  /** Time that a burst lasts, ticks of 64 ns. */
  buffer: number;
  /** The same at `ceil`. */
  cbuffer: number;
  /** Bytes that it may send in a turn. */
  quantum: number;
  /** Answer: its height above the leaves. */
  level: number;
  /** The lowest borrows first. */
  prio: number;
}
/** struct tc_htb_opt. */
export const tcHtbParms: Struct<TcHtbParms> = /* @__PURE__ */ struct<TcHtbParms>("tc_htb_opt", "", 44, () => ({
  ...embedded("rate", 0, tcRateSpec),
  ...embedded("ceil", 12, tcRateSpec),
  buffer: [24, u32],
  cbuffer: [28, u32],
  quantum: [32, u32],
  level: [36, u32],
  prio: [40, u32],
}));

/** htb as a whole. */
export interface TcHtbGlobal {
  /** Version of the layout, 3; in answers with the kernel's own in the upper half. */
  version: number;
  /** A class's quantum is its rate divided by this. */
  rate2quantum: number;
  /** Minor number of the class for packets that no filter matches. */
  defcls: number;
  /** Never used by the kernel. */
  debug: number;
  /** Packets that went past all classes. */
  directPkts: number;
}
/** struct tc_htb_glob. */
export const tcHtbGlobal: Struct<TcHtbGlobal> = /* @__PURE__ */ struct<TcHtbGlobal>("tc_htb_glob", "", 20, () => ({
  version: [0, u32],
  rate2quantum: [4, u32],
  defcls: [8, u32],
  debug: [12, u32],
  directPkts: [16, u32],
}));

/** htb: its discipline and its classes. */
export interface TcHtb extends Attrs {
  /** Of a class. */
  parms?: TcHtbParms | undefined;
  /** Of the discipline. */
  init?: TcHtbGlobal | undefined;
  /** Rate table of `ceil`: 256 times, ticks of 64 ns. */
  ctab?: readonly number[] | undefined;
  /** Rate table of `rate`. */
  rtab?: readonly number[] | undefined;
  /** Packets that may wait past all classes. */
  directQlen?: number | undefined;
  /** Bytes a second, where 32 bits are too few. */
  rate64?: bigint | undefined;
  /** The same of `ceil`. */
  ceil64?: bigint | undefined;
  /** Hardware does it. */
  offload?: true | undefined;
}
/** The table of TCA_HTB_*. */
export const tcHtb: AttrTable<TcHtb> = /* @__PURE__ */ attrs<TcHtb>("TCA_HTB_", () => ({
  parms: [1, tcHtbParms],
  init: [2, tcHtbGlobal],
  ctab: [3, arrayOf(u32)],
  rtab: [4, arrayOf(u32)],
  directQlen: [5, u32],
  rate64: [6, u64],
  ceil64: [7, u64],
  offload: [9, flag],
}));

/** What a class of htb counts. */
export interface TcHtbXstats {
  /** Packets sent by what it was granted. */
  lends: number;
  /** Packets sent by what it borrowed. */
  borrows: number;
  /** Packets longer than expected. */
  giants: number;
  /** Tokens, ticks of 64 ns. */
  tokens: number;
  /** Tokens of `ceil`. */
  ctokens: number;
}
/** struct tc_htb_xstats. */
export const tcHtbXstats: Struct<TcHtbXstats> = /* @__PURE__ */ struct<TcHtbXstats>("tc_htb_xstats", "", 20, () => ({
  lends: [0, u32],
  borrows: [4, u32],
  giants: [8, u32],
  tokens: [12, s32],
  ctokens: [16, s32],
}));

/** A service curve of hfsc. */
export interface TcServiceCurve {
  /** Bytes a second at first. */
  m1: number;
  /** Microseconds that this lasts. */
  d: number;
  /** Bytes a second then. */
  m2: number;
}
/** struct tc_service_curve. */
export const tcServiceCurve: Struct<TcServiceCurve> = /* @__PURE__ */ struct<TcServiceCurve>(
  "tc_service_curve",
  "",
  12,
  () => ({
    m1: [0, u32],
    d: [4, u32],
    m2: [8, u32],
  }),
);

/** A class of hfsc. The discipline's two bytes, its default class, are left raw. */
export interface TcHfsc extends Attrs {
  /** Real time. */
  rsc?: TcServiceCurve | undefined;
  /** Link sharing. */
  fsc?: TcServiceCurve | undefined;
  /** At most. */
  usc?: TcServiceCurve | undefined;
}
/** The table of TCA_HFSC_*. */
export const tcHfsc: AttrTable<TcHfsc> = /* @__PURE__ */ attrs<TcHfsc>("TCA_HFSC_", () => ({
  rsc: [1, tcServiceCurve],
  fsc: [2, tcServiceCurve],
  usc: [3, tcServiceCurve],
}));

/** A class of drr. */
export interface TcDrr extends Attrs {
  /** Bytes that it may send in a turn. */
  quantum?: number | undefined;
}
/** The table of TCA_DRR_*. */
export const tcDrr: AttrTable<TcDrr> = /* @__PURE__ */ attrs<TcDrr>("TCA_DRR_", () => ({
  quantum: [1, u32],
}));

/** What a class of drr counts. */
export interface TcDrrXstats {
  /** Bytes that it may still send. */
  deficit: number;
}
/** struct tc_drr_stats. */
export const tcDrrXstats: Struct<TcDrrXstats> = /* @__PURE__ */ struct<TcDrrXstats>("tc_drr_stats", "", 4, () => ({
  deficit: [0, u32],
}));

/** A class of qfq. */
export interface TcQfq extends Attrs {
  /** Its weight. */
  weight?: number | undefined;
  /** Longest packet. */
  lmax?: number | undefined;
}
/** The table of TCA_QFQ_*. */
export const tcQfq: AttrTable<TcQfq> = /* @__PURE__ */ attrs<TcQfq>("TCA_QFQ_", () => ({
  weight: [1, u32],
  lmax: [2, u32],
}));

/** What a class of qfq has. */
export interface TcQfqXstats {
  /** Its weight. */
  weight: number;
  /** Longest packet. */
  lmax: number;
}
/** struct tc_qfq_stats. */
export const tcQfqXstats: Struct<TcQfqXstats> = /* @__PURE__ */ struct<TcQfqXstats>("tc_qfq_stats", "", 8, () => ({
  weight: [0, u32],
  lmax: [4, u32],
}));

/** What netem's options begin with. Probabilities of 2 ** 32. */
export interface TcNetemHeader {
  /** Delay, ticks of 64 ns. */
  latency: number;
  /** Packets that may wait. */
  limit: number;
  /** Probability of loss. */
  loss: number;
  /** Every gap-th packet goes at once. */
  gap: number;
  /** Probability of being sent twice. */
  duplicate: number;
  /** How far the delay varies, ticks of 64 ns. */
  jitter: number;
}
/** struct tc_netem_qopt. */
export const tcNetemHeader: Struct<TcNetemHeader> = /* @__PURE__ */ struct<TcNetemHeader>(
  "tc_netem_qopt",
  "",
  24,
  () => ({
    latency: [0, u32],
    limit: [4, u32],
    loss: [8, u32],
    gap: [12, u32],
    duplicate: [16, u32],
    jitter: [20, u32],
  }),
);

/** How far a packet's luck depends on that of the one before. */
export interface TcNetemCorr {
  /** Of the delay. */
  delayCorr: number;
  /** Of loss. */
  lossCorr: number;
  /** Of duplication. */
  dupCorr: number;
}
/** struct tc_netem_corr. */
export const tcNetemCorr: Struct<TcNetemCorr> = /* @__PURE__ */ struct<TcNetemCorr>("tc_netem_corr", "", 12, () => ({
  delayCorr: [0, u32],
  lossCorr: [4, u32],
  dupCorr: [8, u32],
}));

/** Packets that overtake. */
export interface TcNetemReorder {
  /** How many. */
  probability: number;
  /** As above. */
  correlation: number;
}
/** struct tc_netem_reorder. */
export const tcNetemReorder: Struct<TcNetemReorder> = /* @__PURE__ */ struct<TcNetemReorder>(
  "tc_netem_reorder",
  "",
  8,
  () => ({
    probability: [0, u32],
    correlation: [4, u32],
  }),
);

/** Packets with a wrong bit. */
export interface TcNetemCorrupt {
  /** How many. */
  probability: number;
  /** As above. */
  correlation: number;
}
/** struct tc_netem_corrupt. */
export const tcNetemCorrupt: Struct<TcNetemCorrupt> = /* @__PURE__ */ struct<TcNetemCorrupt>(
  "tc_netem_corrupt",
  "",
  8,
  () => ({
    probability: [0, u32],
    correlation: [4, u32],
  }),
);

/** A slow link. */
export interface TcNetemRate {
  /** Bytes a second. */
  rate: number;
  /** Bytes added to every packet. */
  packetOverhead: number;
  /** Bytes of a cell; 0: none. */
  cellSize: number;
  /** Bytes added to every cell. */
  cellOverhead: number;
}
/** struct tc_netem_rate. */
export const tcNetemRate: Struct<TcNetemRate> = /* @__PURE__ */ struct<TcNetemRate>("tc_netem_rate", "", 16, () => ({
  rate: [0, u32],
  packetOverhead: [4, s32],
  cellSize: [8, u32],
  cellOverhead: [12, s32],
}));

/** Packets that go in bunches. Nanoseconds. */
export interface TcNetemSlot {
  /** Shortest time between two. */
  minDelay: bigint;
  /** Longest. */
  maxDelay: bigint;
  /** Packets of one. */
  maxPackets: number;
  /** Bytes of one. */
  maxBytes: number;
  /** Time between two, with a distribution. */
  distDelay: bigint;
  /** How far it varies. */
  distJitter: bigint;
}
/** struct tc_netem_slot. */
export const tcNetemSlot: Struct<TcNetemSlot> = /* @__PURE__ */ struct<TcNetemSlot>("tc_netem_slot", "", 40, () => ({
  minDelay: [0, s64],
  maxDelay: [8, s64],
  maxPackets: [16, s32],
  maxBytes: [20, s32],
  distDelay: [24, s64],
  distJitter: [32, s64],
}));

/** Loss by four states: probabilities of going from one to another. */
export interface TcNetemGi {
  /** From 1 to 3. */
  p13: number;
  /** From 3 to 1. */
  p31: number;
  /** From 3 to 2. */
  p32: number;
  /** From 1 to 4. */
  p14: number;
  /** From 2 to 3. */
  p23: number;
}
/** struct tc_netem_gimodel. */
export const tcNetemGi: Struct<TcNetemGi> = /* @__PURE__ */ struct<TcNetemGi>("tc_netem_gimodel", "", 20, () => ({
  p13: [0, u32],
  p31: [4, u32],
  p32: [8, u32],
  p14: [12, u32],
  p23: [16, u32],
}));

/** Loss by two states, Gilbert and Elliot's. */
export interface TcNetemGe {
  /** From good to bad. */
  p: number;
  /** From bad to good. */
  r: number;
  /** Not lost in the bad state. */
  h: number;
  /** Lost in the good state. */
  k1: number;
}
/** struct tc_netem_gemodel. */
export const tcNetemGe: Struct<TcNetemGe> = /* @__PURE__ */ struct<TcNetemGe>("tc_netem_gemodel", "", 16, () => ({
  p: [0, u32],
  r: [4, u32],
  h: [8, u32],
  k1: [12, u32],
}));

/** How packets are lost. */
export interface TcNetemLoss extends Attrs {
  /** By four states. */
  gi?: TcNetemGi | undefined;
  /** By two. */
  ge?: TcNetemGe | undefined;
}
/** The table of NETEM_LOSS_*. */
export const tcNetemLoss: AttrTable<TcNetemLoss> = /* @__PURE__ */ attrs<TcNetemLoss>("NETEM_LOSS_", () => ({
  gi: [1, tcNetemGi],
  ge: [2, tcNetemGe],
}));

/** What follows in netem's options. */
export interface TcNetemAttrs extends Attrs {
  /** Correlations. */
  corr?: TcNetemCorr | undefined;
  /** Distribution of the delay. */
  delayDist?: readonly number[] | undefined;
  /** Packets that overtake. */
  reorder?: TcNetemReorder | undefined;
  /** Packets with a wrong bit. */
  corrupt?: TcNetemCorrupt | undefined;
  /** How packets are lost. */
  loss?: TcNetemLoss | undefined;
  /** A slow link. */
  rate?: TcNetemRate | undefined;
  /** 1: mark instead of losing. */
  ecn?: number | undefined;
  /** Bytes a second, where 32 bits are too few. */
  rate64?: bigint | undefined;
  /** Delay, nanoseconds. */
  latency64?: bigint | undefined;
  /** How far it varies, nanoseconds. */
  jitter64?: bigint | undefined;
  /** Packets that go in bunches. */
  slot?: TcNetemSlot | undefined;
  /** Distribution of the time between them. */
  slotDist?: readonly number[] | undefined;
  /** Where chance begins. */
  prngSeed?: bigint | undefined;
}
/** The table of TCA_NETEM_*. */
export const tcNetemAttrs: AttrTable<TcNetemAttrs> = /* @__PURE__ */ attrs<TcNetemAttrs>("TCA_NETEM_", () => ({
  corr: [1, tcNetemCorr],
  delayDist: [2, arrayOf(s16)],
  reorder: [3, tcNetemReorder],
  corrupt: [4, tcNetemCorrupt],
  loss: [5, tcNetemLoss],
  rate: [6, tcNetemRate],
  ecn: [7, u32],
  rate64: [8, u64],
  latency64: [10, s64],
  jitter64: [11, s64],
  slot: [12, tcNetemSlot],
  slotDist: [13, arrayOf(s16)],
  prngSeed: [14, u64],
}));

/** netem: a struct, then attributes. */
export type TcNetem = HeaderAndAttrs<TcNetemHeader, TcNetemAttrs>;
/** The body of netem: a struct, then attributes. */
export const tcNetem: Body<TcNetem> = /* @__PURE__ */ body<TcNetemHeader, TcNetemAttrs>(tcNetemHeader, tcNetemAttrs);

/** cbs: IEEE 802.1Q's credit. */
export interface TcCbsParms {
  /** 1: hardware does it. */
  offload: number;
  /** Bytes at most. */
  hicredit: number;
  /** Bytes at least. */
  locredit: number;
  /** Kilobits a second while waiting. */
  idleslope: number;
  /** Kilobits a second while sending. */
  sendslope: number;
}
/** struct tc_cbs_qopt. */
export const tcCbsParms: Struct<TcCbsParms> = /* @__PURE__ */ struct<TcCbsParms>("tc_cbs_qopt", "", 20, () => ({
  offload: [0, u8],
  hicredit: [4, s32],
  locredit: [8, s32],
  idleslope: [12, s32],
  sendslope: [16, s32],
}));

/** cbs. */
export interface TcCbs extends Attrs {
  /** Its credit. */
  parms?: TcCbsParms | undefined;
}
/** The table of TCA_CBS_*. */
export const tcCbs: AttrTable<TcCbs> = /* @__PURE__ */ attrs<TcCbs>("TCA_CBS_", () => ({
  parms: [1, tcCbsParms],
}));

/** etf: packets with a time to go. */
export interface TcEtfParms {
  /** Nanoseconds that they are handed over sooner. */
  delta: number;
  /** CLOCK_*. */
  clockid: number;
  /** 1 deadline mode, 2 hardware does it, 4 sockets are not checked. */
  flags: number;
}
/** struct tc_etf_qopt. */
export const tcEtfParms: Struct<TcEtfParms> = /* @__PURE__ */ struct<TcEtfParms>("tc_etf_qopt", "", 12, () => ({
  delta: [0, s32],
  clockid: [4, s32],
  flags: [8, u32],
}));

/** etf. */
export interface TcEtf extends Attrs {
  /** Its clock. */
  parms?: TcEtfParms | undefined;
}
/** The table of TCA_ETF_*. */
export const tcEtf: AttrTable<TcEtf> = /* @__PURE__ */ attrs<TcEtf>("TCA_ETF_", () => ({
  parms: [1, tcEtfParms],
}));

/** ingress and clsact have no options. */
export interface TcIngress extends Attrs {}
/** The table of TCA_INGRESS_*. */
export const tcIngress: AttrTable<TcIngress> = /* @__PURE__ */ attrs<TcIngress>("TCA_INGRESS_", () => ({}));
