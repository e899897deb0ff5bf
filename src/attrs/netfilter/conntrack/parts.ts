// Small nests of a tracked flow: counters, times, helper, security context, what a dump filters by.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, flagsOf, u32 } from "../../../codec/int.ts";
import { bytes, string } from "../../../codec/scalars.ts";

/** CTA_COUNTERS_*: only where sysctl net.netfilter.nf_conntrack_acct was 1 when the flow began. */
export interface ConntrackCounters extends Attrs {
  /** Packets of this direction. */
  packets?: bigint | undefined;
  /** Their bytes, IP headers included. */
  bytes?: bigint | undefined;
  /** Packets, from kernels before 2.6.39. */
  packets32?: number | undefined;
  /** Bytes, from kernels before 2.6.39. */
  bytes32?: number | undefined;
}
/** The table of CTA_COUNTERS_*. */
export const conntrackCounters: AttrTable<ConntrackCounters> = /* @__PURE__ */ attrs<ConntrackCounters>(
  "CTA_COUNTERS_",
  () => ({
    packets: [1, be64],
    bytes: [2, be64],
    packets32: [3, be32, "CTA_COUNTERS32_PACKETS"],
    bytes32: [4, be32, "CTA_COUNTERS32_BYTES"],
  }),
);

/** CTA_TIMESTAMP: only where sysctl net.netfilter.nf_conntrack_timestamp was 1 when the flow began. Nanoseconds since 1970. */
export interface ConntrackTimestamp extends Attrs {
  /** Its first packet. */
  start?: bigint | undefined;
  /** Its end: of an event DELETE. */
  stop?: bigint | undefined;
}
/** The table of CTA_TIMESTAMP_*. */
export const conntrackTimestamp: AttrTable<ConntrackTimestamp> = /* @__PURE__ */ attrs<ConntrackTimestamp>(
  "CTA_TIMESTAMP_",
  () => ({
    start: [1, be64],
    stop: [2, be64],
  }),
);

/** CTA_HELP: what looks into the flow's packets. */
export interface ConntrackHelp extends Attrs {
  /** "ftp", "sip". */
  name?: string | undefined;
  /** What that helper keeps of the flow, in its own layout. */
  info?: Uint8Array | undefined;
}
/** The table of CTA_HELP_*. */
export const conntrackHelp: AttrTable<ConntrackHelp> = /* @__PURE__ */ attrs<ConntrackHelp>("CTA_HELP_", () => ({
  name: [1, string],
  info: [2, bytes],
}));

/** CTA_SECCTX. */
export interface ConntrackSecctx extends Attrs {
  /** Security context of the flow, as the security module writes it. */
  name?: string | undefined;
}
/** The table of CTA_SECCTX_*. */
export const conntrackSecctx: AttrTable<ConntrackSecctx> = /* @__PURE__ */ attrs<ConntrackSecctx>(
  "CTA_SECCTX_",
  () => ({ name: [1, string] }),
);

/**
 * Which parts of a tuple a dump is filtered by: CTA_FILTER_F_* of the kernel's own net/netfilter/nf_internals.h; no uapi header has them.
 * @enum
 */
export const CTA_FILTER_F = {
  CTA_IP_SRC: 1,
  CTA_IP_DST: 2,
  CTA_TUPLE_ZONE: 4,
  CTA_PROTO_NUM: 8,
  CTA_PROTO_SRC_PORT: 0x10,
  CTA_PROTO_DST_PORT: 0x20,
  CTA_PROTO_ICMP_TYPE: 0x40,
  CTA_PROTO_ICMP_CODE: 0x80,
  CTA_PROTO_ICMP_ID: 0x100,
  CTA_PROTO_ICMPV6_TYPE: 0x200,
  CTA_PROTO_ICMPV6_CODE: 0x400,
  CTA_PROTO_ICMPV6_ID: 0x800,
} as const;

/**
 * CTA_FILTER of a dump: the request's tuples are what to look for, these say which parts of them count. Integers in host order, unlike
 * all others here.
 */
export interface ConntrackFilter extends Attrs {
  /** Parts of `tupleOrig`: CTA_FILTER_F. */
  origFlags?: number | undefined;
  /** Parts of `tupleReply`: CTA_FILTER_F. */
  replyFlags?: number | undefined;
}
/** The table of CTA_FILTER_*. */
export const conntrackFilter: AttrTable<ConntrackFilter> = /* @__PURE__ */ attrs<ConntrackFilter>(
  "CTA_FILTER_",
  () => ({
    origFlags: [1, flagsOf(u32, "CTA_FILTER_F_", CTA_FILTER_F)],
    replyFlags: [2, flagsOf(u32, "CTA_FILTER_F_", CTA_FILTER_F)],
  }),
);
