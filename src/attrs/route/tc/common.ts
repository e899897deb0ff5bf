// What disciplines, classes, filters and actions of traffic control share: verdicts, rates, times, counters.
import type { Struct } from "../../../codec/codec.ts";
import { u64 } from "../../../codec/int.ts";
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
