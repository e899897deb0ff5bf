// IPCTNL_MSG_CT_*: CTA_*, the flows that the kernel tracks. Every integer is in network order but those of CTA_FILTER.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, be32, be64, flagsOf } from "../../../codec/int.ts";
import { bytes } from "../../../codec/scalars.ts";
import {
  type ConntrackNat,
  type ConntrackSeqAdj,
  type ConntrackSynproxy,
  conntrackNat,
  conntrackSeqAdj,
  conntrackSynproxy,
} from "./nat.ts";
import {
  type ConntrackCounters,
  type ConntrackFilter,
  type ConntrackHelp,
  type ConntrackSecctx,
  type ConntrackTimestamp,
  conntrackCounters,
  conntrackFilter,
  conntrackHelp,
  conntrackSecctx,
  conntrackTimestamp,
} from "./parts.ts";
import { type ConntrackProtoinfo, conntrackProtoinfo } from "./protoinfo.ts";
import { type ConntrackTuple, conntrackTuple } from "./tuple.ts";

export * from "./nat.ts";
export * from "./parts.ts";
export * from "./protoinfo.ts";
export * from "./tuple.ts";

/**
 * Status of a tracked flow, bits IPS_* of linux/netfilter/nf_conntrack_common.h.
 * @enum
 */
export const IPS = {
  EXPECTED: 1,
  SEEN_REPLY: 2,
  ASSURED: 4,
  CONFIRMED: 8,
  SRC_NAT: 0x10,
  DST_NAT: 0x20,
  SEQ_ADJUST: 0x40,
  SRC_NAT_DONE: 0x80,
  DST_NAT_DONE: 0x100,
  DYING: 0x200,
  FIXED_TIMEOUT: 0x400,
  TEMPLATE: 0x800,
  UNTRACKED: 0x1000,
  HELPER: 0x2000,
  OFFLOAD: 0x4000,
  HW_OFFLOAD: 0x8000,
} as const;

/** A tracked flow; of requests also what to look for. */
export interface ConntrackAttrs extends Attrs {
  /** Packets of who began it. */
  tupleOrig?: ConntrackTuple | undefined;
  /** Packets that come back, after any translation. */
  tupleReply?: ConntrackTuple | undefined;
  /** IPS. A dump with `statusMask`: what those bits must be. */
  status?: number | undefined;
  /** State of TCP, DCCP or SCTP. */
  protoinfo?: ConntrackProtoinfo | undefined;
  /** Its helper. */
  help?: ConntrackHelp | undefined;
  /** Creating: translate sources to this. */
  natSrc?: ConntrackNat | undefined;
  /** Seconds until it is forgotten, unless a packet comes. */
  timeout?: number | undefined;
  /** Firewall mark. A dump or flush with `markMask`: what those bits must be. */
  mark?: number | undefined;
  /** Packets and bytes of the original direction. */
  countersOrig?: ConntrackCounters | undefined;
  /** Packets and bytes of the reply direction. */
  countersReply?: ConntrackCounters | undefined;
  /** References to it. */
  use?: number | undefined;
  /** What tells it from an earlier flow of the same tuples; deleting with it hits no other. */
  id?: number | undefined;
  /** Creating: translate destinations to this. */
  natDst?: ConntrackNat | undefined;
  /** The flow that this one was expected by. */
  tupleMaster?: ConntrackTuple | undefined;
  /** Shift of sequence numbers in the original direction. */
  seqAdjOrig?: ConntrackSeqAdj | undefined;
  /** Shift of sequence numbers in the reply direction. */
  seqAdjReply?: ConntrackSeqAdj | undefined;
  /** Number of its security context, from kernels before 2.6.37. */
  secmark?: number | undefined;
  /** Zone: flows of the same tuples in two zones are two. */
  zone?: number | undefined;
  /** Security context. */
  secctx?: ConntrackSecctx | undefined;
  /** When it began and ended. */
  timestamp?: ConntrackTimestamp | undefined;
  /** Bits of `mark` that count. Updating: bits that are set; the others stay. */
  markMask?: number | undefined;
  /** Bits of its labels, 16 bytes: label n is bit n & 7 of byte n >> 3 (of a big-endian machine within words of 4 or 8 bytes). */
  labels?: Uint8Array | undefined;
  /** Updating: labels that are set; the others stay. */
  labelsMask?: Uint8Array | undefined;
  /** A SYN proxy in front of it. */
  synproxy?: ConntrackSynproxy | undefined;
  /** A dump: which parts of the tuples count. */
  filter?: ConntrackFilter | undefined;
  /** A dump: bits of `status` that count. */
  statusMask?: number | undefined;
  /** When an event was, in nanoseconds since 1970. */
  timestampEvent?: bigint | undefined;
}
/** The table of CTA_*. */
export const conntrackAttrs: AttrTable<ConntrackAttrs> = /* @__PURE__ */ attrs<ConntrackAttrs>("CTA_", () => ({
  tupleOrig: [1, conntrackTuple],
  tupleReply: [2, conntrackTuple],
  status: [3, flagsOf(be32, "IPS_", IPS)],
  protoinfo: [4, conntrackProtoinfo],
  help: [5, conntrackHelp],
  natSrc: [6, conntrackNat],
  timeout: [7, be32],
  mark: [8, be32],
  countersOrig: [9, conntrackCounters],
  countersReply: [10, conntrackCounters],
  use: [11, be32],
  id: [12, be32],
  natDst: [13, conntrackNat],
  tupleMaster: [14, conntrackTuple],
  seqAdjOrig: [15, conntrackSeqAdj],
  seqAdjReply: [16, conntrackSeqAdj],
  secmark: [17, be32],
  zone: [18, be16],
  secctx: [19, conntrackSecctx],
  timestamp: [20, conntrackTimestamp],
  markMask: [21, be32],
  labels: [22, bytes],
  labelsMask: [23, bytes],
  synproxy: [24, conntrackSynproxy],
  filter: [25, conntrackFilter],
  statusMask: [26, flagsOf(be32, "IPS_", IPS)],
  timestampEvent: [27, be64],
}));
