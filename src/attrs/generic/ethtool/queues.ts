// ethtool about queues: RINGS, CHANNELS, COALESCE, PAUSE, RSS.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { u8, u32, u64 } from "../../../codec/int.ts";
import { arrayOf, bytes, repeated } from "../../../codec/scalars.ts";
import { secret } from "../../../codec/secret.ts";
import { type EthtoolHeader, ethtoolHeader } from "./common.ts";

/** RINGS: descriptors of queues. */
export interface EthtoolRings extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Received packets, at most. */
  rxMax?: number | undefined;
  /** Short ones, at most. */
  rxMiniMax?: number | undefined;
  /** Long ones, at most. */
  rxJumboMax?: number | undefined;
  /** Packets to send, at most. */
  txMax?: number | undefined;
  /** Received packets. */
  rx?: number | undefined;
  /** Short ones. */
  rxMini?: number | undefined;
  /** Long ones. */
  rxJumbo?: number | undefined;
  /** Packets to send. */
  tx?: number | undefined;
  /** Bytes of a buffer. */
  rxBufLen?: number | undefined;
  /** Headers apart from data: 0 unknown, 1 no, 2 yes. */
  tcpDataSplit?: number | undefined;
  /** Bytes of a completion. */
  cqeSize?: number | undefined;
  /** 1: descriptors are pushed to the device. */
  txPush?: number | undefined;
  /** The same of receiving. */
  rxPush?: number | undefined;
  /** Bytes pushed with them. */
  txPushBufLen?: number | undefined;
  /** At most. */
  txPushBufLenMax?: number | undefined;
  /** Bytes from which on headers are apart. */
  hdsThresh?: number | undefined;
  /** At most. */
  hdsThreshMax?: number | undefined;
}
/** The table of ETHTOOL_A_RINGS_*. */
export const ethtoolRings: AttrTable<EthtoolRings> = /* @__PURE__ */ attrs<EthtoolRings>("ETHTOOL_A_RINGS_", () => ({
  header: [1, ethtoolHeader],
  rxMax: [2, u32],
  rxMiniMax: [3, u32],
  rxJumboMax: [4, u32],
  txMax: [5, u32],
  rx: [6, u32],
  rxMini: [7, u32],
  rxJumbo: [8, u32],
  tx: [9, u32],
  rxBufLen: [10, u32],
  tcpDataSplit: [11, u8],
  cqeSize: [12, u32],
  txPush: [13, u8],
  rxPush: [14, u8],
  txPushBufLen: [15, u32],
  txPushBufLenMax: [16, u32],
  hdsThresh: [17, u32],
  hdsThreshMax: [18, u32],
}));

/** CHANNELS: how many queues. */
export interface EthtoolChannels extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** To receive, at most. */
  rxMax?: number | undefined;
  /** To send, at most. */
  txMax?: number | undefined;
  /** For other things, at most. */
  otherMax?: number | undefined;
  /** For both, at most. */
  combinedMax?: number | undefined;
  /** To receive. */
  rxCount?: number | undefined;
  /** To send. */
  txCount?: number | undefined;
  /** For other things. */
  otherCount?: number | undefined;
  /** For both. */
  combinedCount?: number | undefined;
}
/** The table of ETHTOOL_A_CHANNELS_*. */
export const ethtoolChannels: AttrTable<EthtoolChannels> = /* @__PURE__ */ attrs<EthtoolChannels>(
  "ETHTOOL_A_CHANNELS_",
  () => ({
    header: [1, ethtoolHeader],
    rxMax: [2, u32],
    txMax: [3, u32],
    otherMax: [4, u32],
    combinedMax: [5, u32],
    rxCount: [6, u32],
    txCount: [7, u32],
    otherCount: [8, u32],
    combinedCount: [9, u32],
  }),
);

/** A step of adaptive moderation. */
export interface EthtoolIrqModeration extends Attrs {
  /** Microseconds. */
  usec?: number | undefined;
  /** Packets. */
  pkts?: number | undefined;
  /** Completions. */
  comps?: number | undefined;
}
/** The table of ETHTOOL_A_IRQ_MODERATION_*. */
export const ethtoolIrqModeration: AttrTable<EthtoolIrqModeration> = /* @__PURE__ */ attrs<EthtoolIrqModeration>(
  "ETHTOOL_A_IRQ_MODERATION_",
  () => ({
    usec: [1, u32],
    pkts: [2, u32],
    comps: [3, u32],
  }),
);

/** The steps. */
export interface EthtoolProfile extends Attrs {
  /** One each. */
  irqModeration?: readonly EthtoolIrqModeration[] | undefined;
}
/** The table of ETHTOOL_A_PROFILE_*. */
export const ethtoolProfile: AttrTable<EthtoolProfile> = /* @__PURE__ */ attrs<EthtoolProfile>(
  "ETHTOOL_A_PROFILE_",
  () => ({
    irqModeration: [1, repeated(ethtoolIrqModeration)],
  }),
);

/** COALESCE: packets that one interrupt tells of. */
export interface EthtoolCoalesce extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Microseconds after a packet was received. */
  rxUsecs?: number | undefined;
  /** Packets received. */
  rxMaxFrames?: number | undefined;
  /** The same while an interrupt is handled: microseconds. */
  rxUsecsIrq?: number | undefined;
  /** And packets. */
  rxMaxFramesIrq?: number | undefined;
  /** Microseconds after a packet was sent. */
  txUsecs?: number | undefined;
  /** Packets sent. */
  txMaxFrames?: number | undefined;
  /** The same while an interrupt is handled: microseconds. */
  txUsecsIrq?: number | undefined;
  /** And packets. */
  txMaxFramesIrq?: number | undefined;
  /** Microseconds between updates of counters. */
  statsBlockUsecs?: number | undefined;
  /** 1: by the rate of what is received. */
  useAdaptiveRx?: number | undefined;
  /** 1: by the rate of what is sent. */
  useAdaptiveTx?: number | undefined;
  /** Packets a second that are few. */
  pktRateLow?: number | undefined;
  /** Then: microseconds, receiving. */
  rxUsecsLow?: number | undefined;
  /** Then: packets, receiving. */
  rxMaxFramesLow?: number | undefined;
  /** Then: microseconds, sending. */
  txUsecsLow?: number | undefined;
  /** Then: packets, sending. */
  txMaxFramesLow?: number | undefined;
  /** Packets a second that are many. */
  pktRateHigh?: number | undefined;
  /** Then: microseconds, receiving. */
  rxUsecsHigh?: number | undefined;
  /** Then: packets, receiving. */
  rxMaxFramesHigh?: number | undefined;
  /** Then: microseconds, sending. */
  txUsecsHigh?: number | undefined;
  /** Then: packets, sending. */
  txMaxFramesHigh?: number | undefined;
  /** Seconds between looks at the rate. */
  rateSampleInterval?: number | undefined;
  /** 1: the time begins anew with every completion, sending. */
  useCqeModeTx?: number | undefined;
  /** The same, receiving. */
  useCqeModeRx?: number | undefined;
  /** Packets sent together: bytes, at most. */
  txAggrMaxBytes?: number | undefined;
  /** Packets, at most. */
  txAggrMaxFrames?: number | undefined;
  /** Microseconds to wait for them. */
  txAggrTimeUsecs?: number | undefined;
  /** Steps of adaptive moderation, receiving. */
  rxProfile?: EthtoolProfile | undefined;
  /** The same, sending. */
  txProfile?: EthtoolProfile | undefined;
  /** Packets that one completion tells of. */
  rxCqeFrames?: number | undefined;
  /** Nanoseconds to wait for them. */
  rxCqeNsecs?: number | undefined;
}
/** The table of ETHTOOL_A_COALESCE_*. */
export const ethtoolCoalesce: AttrTable<EthtoolCoalesce> = /* @__PURE__ */ attrs<EthtoolCoalesce>(
  "ETHTOOL_A_COALESCE_",
  () => ({
    header: [1, ethtoolHeader],
    rxUsecs: [2, u32],
    rxMaxFrames: [3, u32],
    rxUsecsIrq: [4, u32],
    rxMaxFramesIrq: [5, u32],
    txUsecs: [6, u32],
    txMaxFrames: [7, u32],
    txUsecsIrq: [8, u32],
    txMaxFramesIrq: [9, u32],
    statsBlockUsecs: [10, u32],
    useAdaptiveRx: [11, u8],
    useAdaptiveTx: [12, u8],
    pktRateLow: [13, u32],
    rxUsecsLow: [14, u32],
    rxMaxFramesLow: [15, u32],
    txUsecsLow: [16, u32],
    txMaxFramesLow: [17, u32],
    pktRateHigh: [18, u32],
    rxUsecsHigh: [19, u32],
    rxMaxFramesHigh: [20, u32],
    txUsecsHigh: [21, u32],
    txMaxFramesHigh: [22, u32],
    rateSampleInterval: [23, u32],
    useCqeModeTx: [24, u8],
    useCqeModeRx: [25, u8],
    txAggrMaxBytes: [26, u32],
    txAggrMaxFrames: [27, u32],
    txAggrTimeUsecs: [28, u32],
    rxProfile: [29, ethtoolProfile],
    txProfile: [30, ethtoolProfile],
    rxCqeFrames: [31, u32],
    rxCqeNsecs: [32, u32],
  }),
);

/** Counters of pause frames. */
export interface EthtoolPauseStat extends Attrs {
  /** Sent. */
  txFrames?: bigint | undefined;
  /** Received. */
  rxFrames?: bigint | undefined;
  /** Times that sending them was stopped. */
  txPauseStormEvents?: bigint | undefined;
}
/** The table of ETHTOOL_A_PAUSE_STAT_*. */
export const ethtoolPauseStat: AttrTable<EthtoolPauseStat> = /* @__PURE__ */ attrs<EthtoolPauseStat>(
  "ETHTOOL_A_PAUSE_STAT_",
  () => ({
    txFrames: [2, u64],
    rxFrames: [3, u64],
    txPauseStormEvents: [4, u64],
  }),
);

/** PAUSE: flow control. */
export interface EthtoolPause extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1: agreed with the other side. */
  autoneg?: number | undefined;
  /** 1: pause frames are obeyed. */
  rx?: number | undefined;
  /** 1: pause frames are sent. */
  tx?: number | undefined;
  /** Counters. */
  stats?: EthtoolPauseStat | undefined;
  /** Whose counters: 0 both, 1 of the express MAC, 2 of the preemptible one. */
  statsSrc?: number | undefined;
}
/** The table of ETHTOOL_A_PAUSE_*. */
export const ethtoolPause: AttrTable<EthtoolPause> = /* @__PURE__ */ attrs<EthtoolPause>("ETHTOOL_A_PAUSE_", () => ({
  header: [1, ethtoolHeader],
  autoneg: [2, u8],
  rx: [3, u8],
  tx: [4, u8],
  stats: [5, ethtoolPauseStat],
  statsSrc: [6, u32],
}));

/** RSS: which queue a packet is received by. */
export interface EthtoolRss extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Number of the table; absent: the link's own. */
  context?: number | undefined;
  /** Hash: 1 Toeplitz, 2 xor, 4 CRC32. */
  hfunc?: number | undefined;
  /** Queue for each value of the hash. */
  indir?: readonly number[] | undefined;
  /** Key of the hash. */
  hkey?: Uint8Array | undefined;
  /** What is done to addresses first. */
  inputXfrm?: number | undefined;
  /** Request: only tables from this one on. */
  startContext?: number | undefined;
  /** Fields that are hashed, by sort of packet: a nest that is not taken apart. */
  flowHash?: Uint8Array | undefined;
}
/** The table of ETHTOOL_A_RSS_*. */
export const ethtoolRss: AttrTable<EthtoolRss> = /* @__PURE__ */ attrs<EthtoolRss>("ETHTOOL_A_RSS_", () => ({
  header: [1, ethtoolHeader],
  context: [2, u32],
  hfunc: [3, u32],
  indir: [4, arrayOf(u32)],
  hkey: [5, secret(bytes)],
  inputXfrm: [6, u32],
  startContext: [7, u32],
  flowHash: [8, bytes],
}));
