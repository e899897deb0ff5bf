// CTA_PROTOINFO: where in its life a connection of TCP, DCCP or SCTP is.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf, u8 } from "../../../codec/int.ts";
import { struct } from "../../../codec/struct.ts";

/**
 * States of a tracked TCP connection, TCP_CONNTRACK_* of linux/netfilter/nf_conntrack_tcp.h.
 * @enum
 */
export const TCP_CONNTRACK = {
  NONE: 0,
  SYN_SENT: 1,
  SYN_RECV: 2,
  ESTABLISHED: 3,
  FIN_WAIT: 4,
  CLOSE_WAIT: 5,
  LAST_ACK: 6,
  TIME_WAIT: 7,
  CLOSE: 8,
  SYN_SENT2: 9,
} as const;
/**
 * What is known of one direction of a tracked TCP connection, IP_CT_TCP_FLAG_* of linux/netfilter/nf_conntrack_tcp.h.
 * @enum
 */
export const IP_CT_TCP_FLAG = {
  WINDOW_SCALE: 1,
  SACK_PERM: 2,
  CLOSE_INIT: 4,
  BE_LIBERAL: 8,
  DATA_UNACKNOWLEDGED: 16,
  MAXACK_SET: 32,
} as const;
/**
 * States of a tracked SCTP association, SCTP_CONNTRACK_* of linux/netfilter/nf_conntrack_sctp.h.
 * @enum
 */
export const SCTP_CONNTRACK = {
  NONE: 0,
  CLOSED: 1,
  COOKIE_WAIT: 2,
  COOKIE_ECHOED: 3,
  ESTABLISHED: 4,
  SHUTDOWN_SENT: 5,
  SHUTDOWN_RECD: 6,
  SHUTDOWN_ACK_SENT: 7,
  HEARTBEAT_SENT: 8,
  HEARTBEAT_ACKED: 9,
} as const;

/** Flags of one direction, and which of them a request sets. */
export interface ConntrackTcpFlags {
  /** IP_CT_TCP_FLAG. */
  flags: number;
  /** Bits of `flags` that count. */
  mask: number;
}
/** struct nf_ct_tcp_flags. */
export const conntrackTcpFlags: Struct<ConntrackTcpFlags> = /* @__PURE__ */ struct<ConntrackTcpFlags>(
  "nf_ct_tcp_flags",
  "",
  2,
  () => ({
    flags: [0, flagsOf(u8, "IP_CT_TCP_FLAG_", IP_CT_TCP_FLAG)],
    mask: [1, u8],
  }),
);

/** CTA_PROTOINFO_TCP. */
export interface ConntrackTcp extends Attrs {
  /** TCP_CONNTRACK. */
  state?: number | undefined;
  /** Window scale of the original direction: the window is shifted left by this. */
  wscaleOriginal?: number | undefined;
  /** Window scale of the reply direction. */
  wscaleReply?: number | undefined;
  /** Flags of the original direction. */
  flagsOriginal?: ConntrackTcpFlags | undefined;
  /** Flags of the reply direction. */
  flagsReply?: ConntrackTcpFlags | undefined;
}
/** The table of CTA_PROTOINFO_TCP_*. */
export const conntrackTcp: AttrTable<ConntrackTcp> = /* @__PURE__ */ attrs<ConntrackTcp>("CTA_PROTOINFO_TCP_", () => ({
  state: [1, enumOf(u8, "TCP_CONNTRACK_", TCP_CONNTRACK)],
  wscaleOriginal: [2, u8],
  wscaleReply: [3, u8],
  flagsOriginal: [4, conntrackTcpFlags],
  flagsReply: [5, conntrackTcpFlags],
}));

/** CTA_PROTOINFO_DCCP: of kernels before 6.16, which dropped DCCP. */
export interface ConntrackDccp extends Attrs {
  /** CT_DCCP_*, which the uapi headers do not have: 1 request, 2 respond, 3 part open, 4 open, 5 close request, 6 closing, 7 time wait. */
  state?: number | undefined;
  /** Who began: 0 the client is at the original direction, 1 the server. */
  role?: number | undefined;
  /** Sequence number of the handshake. */
  handshakeSeq?: bigint | undefined;
}
/** The table of CTA_PROTOINFO_DCCP_*. */
export const conntrackDccp: AttrTable<ConntrackDccp> = /* @__PURE__ */ attrs<ConntrackDccp>(
  "CTA_PROTOINFO_DCCP_",
  () => ({
    state: [1, u8],
    role: [2, u8],
    handshakeSeq: [3, be64],
  }),
);

/** CTA_PROTOINFO_SCTP. */
export interface ConntrackSctp extends Attrs {
  /** SCTP_CONNTRACK. */
  state?: number | undefined;
  /** Verification tag of the original direction. */
  vtagOriginal?: number | undefined;
  /** Verification tag of the reply direction. */
  vtagReply?: number | undefined;
}
/** The table of CTA_PROTOINFO_SCTP_*. */
export const conntrackSctp: AttrTable<ConntrackSctp> = /* @__PURE__ */ attrs<ConntrackSctp>(
  "CTA_PROTOINFO_SCTP_",
  () => ({
    state: [1, enumOf(u8, "SCTP_CONNTRACK_", SCTP_CONNTRACK)],
    vtagOriginal: [2, be32],
    vtagReply: [3, be32],
  }),
);

/** What the flow's protocol adds: one property. */
export interface ConntrackProtoinfo extends Attrs {
  /** TCP. */
  tcp?: ConntrackTcp | undefined;
  /** DCCP. */
  dccp?: ConntrackDccp | undefined;
  /** SCTP. */
  sctp?: ConntrackSctp | undefined;
}
/** The table of CTA_PROTOINFO_*. */
export const conntrackProtoinfo: AttrTable<ConntrackProtoinfo> = /* @__PURE__ */ attrs<ConntrackProtoinfo>(
  "CTA_PROTOINFO_",
  () => ({
    tcp: [1, conntrackTcp],
    dccp: [2, conntrackDccp],
    sctp: [3, conntrackSctp],
  }),
);
