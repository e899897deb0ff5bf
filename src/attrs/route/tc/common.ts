// What disciplines, classes, filters and actions of traffic control share: verdicts, rates, times, counters.
import type { Struct } from "../../../codec/codec.ts";
import { enumOf, s16, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { struct } from "../../../codec/struct.ts";

/**
 * What becomes of a packet, TC_ACT_* of linux/pkt_cls.h.
 * @enum
 */
export const TC_ACT = {
  UNSPEC: -1,
  OK: 0,
  RECLASSIFY: 1,
  SHOT: 2,
  PIPE: 3,
  STOLEN: 4,
  QUEUED: 5,
  REPEAT: 6,
  REDIRECT: 7,
  TRAP: 8,
} as const;

/**
 * What a link adds to packets, TC_LINKLAYER_* of linux/pkt_sched.h.
 * @enum
 */
export const TC_LINKLAYER = {
  UNAWARE: 0,
  ETHERNET: 1,
  ATM: 2,
} as const;

/** When an action was made and used: USER_HZ (1/100 s) ago. */
export interface TcTimes {
  /** Made. */
  install: bigint;
  /** Last used. */
  lastuse: bigint;
  /** Until it goes. */
  expires: bigint;
  /** First used. */
  firstuse: bigint;
}
/** struct tcf_t. */
export const tcTimes: Struct<TcTimes> = /* @__PURE__ */ struct<TcTimes>("tcf_t", "", 32, () => ({
  install: [0, u64],
  lastuse: [8, u64],
  expires: [16, u64],
  firstuse: [24, u64],
}));

/** What the parameters of nearly every action begin with. */
export interface TcActionParms {
  /** Number of the action; 0 in a request: the kernel takes a free one. */
  index: number;
  /** Never used by the kernel. */
  capab: number;
  /** TC_ACT: what becomes of the packet then; 0x1… jump, 0x2… another chain. */
  action: number;
  /** Filters and programs that hold it. */
  refcnt: number;
  /** Filters that hold it. */
  bindcnt: number;
}
/** The macro tc_gen of linux/pkt_cls.h. */
export const tcActionParms: Struct<TcActionParms> = /* @__PURE__ */ struct<TcActionParms>("tc_gen", "", 20, () => ({
  index: [0, u32],
  capab: [4, u32],
  action: [8, enumOf(s32, "TC_ACT_", TC_ACT)],
  refcnt: [12, s32],
  bindcnt: [16, s32],
}));

/** A rate, and how long packets count for it. */
export interface TcRateSpec {
  /** Shift of a packet's length in its rate table. */
  cellLog: number;
  /** TC_LINKLAYER. */
  linklayer: number;
  /** Bytes added to every packet. */
  overhead: number;
  /** Bytes added before the shift. */
  cellAlign: number;
  /** Bytes that a packet counts at least. */
  mpu: number;
  /** Bytes a second. */
  rate: number;
}
/** struct tc_ratespec: 12 bytes, of which the third is not used. */
export const tcRateSpec: Struct<TcRateSpec> = /* @__PURE__ */ struct<TcRateSpec>("tc_ratespec", "", 12, () => ({
  cellLog: [0, u8],
  linklayer: [1, enumOf(u8, "TC_LINKLAYER_", TC_LINKLAYER)],
  overhead: [2, u16],
  cellAlign: [4, s16],
  mpu: [6, u16],
  rate: [8, u32],
}));
