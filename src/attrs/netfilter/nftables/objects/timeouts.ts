// CTA_TIMEOUT_*: how long conntrack keeps a connection in each state, by protocol (linux/netfilter/nfnetlink_cttimeout.h).
// All in seconds.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable, Choice } from "../../../../codec/codec.ts";
import { be32 } from "../../../../codec/int.ts";
import { choiceByNumber } from "../../../../codec/nests.ts";
import { IPPROTO } from "../../../ip-protocols.ts";

/** Timeouts of TCP, in seconds. */
export interface NftTimeoutsTcp extends Attrs {
  /** In the state SYN_SENT. */
  synSent?: number | undefined;
  /** In the state SYN_RECV. */
  synRecv?: number | undefined;
  /** In the state ESTABLISHED. */
  established?: number | undefined;
  /** In the state FIN_WAIT. */
  finWait?: number | undefined;
  /** In the state CLOSE_WAIT. */
  closeWait?: number | undefined;
  /** In the state LAST_ACK. */
  lastAck?: number | undefined;
  /** In the state TIME_WAIT. */
  timeWait?: number | undefined;
  /** In the state CLOSE. */
  close?: number | undefined;
  /** SYN_SENT2, both sides have sent a SYN. */
  synSent2?: number | undefined;
  /** While data is sent again and again. */
  retrans?: number | undefined;
  /** While data is not acknowledged. */
  unack?: number | undefined;
}
/** The table of CTA_TIMEOUT_TCP_*. */
export const nftTimeoutsTcp: AttrTable<NftTimeoutsTcp> = /* @__PURE__ */ attrs<NftTimeoutsTcp>(
  "CTA_TIMEOUT_TCP_",
  () => ({
    synSent: [1, be32],
    synRecv: [2, be32],
    established: [3, be32],
    finWait: [4, be32],
    closeWait: [5, be32],
    lastAck: [6, be32],
    timeWait: [7, be32],
    close: [8, be32],
    synSent2: [9, be32],
    retrans: [10, be32],
    unack: [11, be32],
  }),
);

/** Timeouts of UDP, in seconds. */
export interface NftTimeoutsUdp extends Attrs {
  /** Before the first answer. */
  unreplied?: number | undefined;
  /** After the first answer. */
  replied?: number | undefined;
}
/** The table of CTA_TIMEOUT_UDP_*. */
export const nftTimeoutsUdp: AttrTable<NftTimeoutsUdp> = /* @__PURE__ */ attrs<NftTimeoutsUdp>(
  "CTA_TIMEOUT_UDP_",
  () => ({
    unreplied: [1, be32],
    replied: [2, be32],
  }),
);

/** Timeouts of UDP-Lite, in seconds. */
export interface NftTimeoutsUdplite extends Attrs {
  /** Before the first answer. */
  unreplied?: number | undefined;
  /** After the first answer. */
  replied?: number | undefined;
}
/** The table of CTA_TIMEOUT_UDPLITE_*. */
export const nftTimeoutsUdplite: AttrTable<NftTimeoutsUdplite> = /* @__PURE__ */ attrs<NftTimeoutsUdplite>(
  "CTA_TIMEOUT_UDPLITE_",
  () => ({
    unreplied: [1, be32],
    replied: [2, be32],
  }),
);

/** Timeouts of ICMP, in seconds. */
export interface NftTimeoutsIcmp extends Attrs {
  /** Since the last packet. */
  timeout?: number | undefined;
}
/** The table of CTA_TIMEOUT_ICMP_*. */
export const nftTimeoutsIcmp: AttrTable<NftTimeoutsIcmp> = /* @__PURE__ */ attrs<NftTimeoutsIcmp>(
  "CTA_TIMEOUT_ICMP_",
  () => ({
    timeout: [1, be32],
  }),
);

/** Timeouts of DCCP, in seconds. */
export interface NftTimeoutsDccp extends Attrs {
  /** In the state REQUEST. */
  request?: number | undefined;
  /** In the state RESPOND. */
  respond?: number | undefined;
  /** In the state PARTOPEN. */
  partopen?: number | undefined;
  /** In the state OPEN. */
  open?: number | undefined;
  /** In the state CLOSEREQ. */
  closereq?: number | undefined;
  /** In the state CLOSING. */
  closing?: number | undefined;
  /** In the state TIMEWAIT. */
  timewait?: number | undefined;
}
/** The table of CTA_TIMEOUT_DCCP_*. */
export const nftTimeoutsDccp: AttrTable<NftTimeoutsDccp> = /* @__PURE__ */ attrs<NftTimeoutsDccp>(
  "CTA_TIMEOUT_DCCP_",
  () => ({
    request: [1, be32],
    respond: [2, be32],
    partopen: [3, be32],
    open: [4, be32],
    closereq: [5, be32],
    closing: [6, be32],
    timewait: [7, be32],
  }),
);

/** Timeouts of SCTP, in seconds. */
export interface NftTimeoutsSctp extends Attrs {
  /** In the state CLOSED. */
  closed?: number | undefined;
  /** In the state COOKIE_WAIT. */
  cookieWait?: number | undefined;
  /** In the state COOKIE_ECHOED. */
  cookieEchoed?: number | undefined;
  /** In the state ESTABLISHED. */
  established?: number | undefined;
  /** In the state SHUTDOWN_SENT. */
  shutdownSent?: number | undefined;
  /** In the state SHUTDOWN_RECD. */
  shutdownRecd?: number | undefined;
  /** In the state SHUTDOWN_ACK_SENT. */
  shutdownAckSent?: number | undefined;
  /** In the state HEARTBEAT_SENT. */
  heartbeatSent?: number | undefined;
  /** In the state HEARTBEAT_ACKED. */
  heartbeatAcked?: number | undefined;
}
/** The table of CTA_TIMEOUT_SCTP_*. */
export const nftTimeoutsSctp: AttrTable<NftTimeoutsSctp> = /* @__PURE__ */ attrs<NftTimeoutsSctp>(
  "CTA_TIMEOUT_SCTP_",
  () => ({
    closed: [1, be32],
    cookieWait: [2, be32],
    cookieEchoed: [3, be32],
    established: [4, be32],
    shutdownSent: [5, be32],
    shutdownRecd: [6, be32],
    shutdownAckSent: [7, be32],
    heartbeatSent: [8, be32],
    heartbeatAcked: [9, be32],
  }),
);

/** Timeouts of ICMPv6, in seconds. */
export interface NftTimeoutsIcmpv6 extends Attrs {
  /** Since the last packet. */
  timeout?: number | undefined;
}
/** The table of CTA_TIMEOUT_ICMPV6_*. */
export const nftTimeoutsIcmpv6: AttrTable<NftTimeoutsIcmpv6> = /* @__PURE__ */ attrs<NftTimeoutsIcmpv6>(
  "CTA_TIMEOUT_ICMPV6_",
  () => ({
    timeout: [1, be32],
  }),
);

/** Timeouts of GRE, in seconds. */
export interface NftTimeoutsGre extends Attrs {
  /** Before the first answer. */
  unreplied?: number | undefined;
  /** After the first answer. */
  replied?: number | undefined;
}
/** The table of CTA_TIMEOUT_GRE_*. */
export const nftTimeoutsGre: AttrTable<NftTimeoutsGre> = /* @__PURE__ */ attrs<NftTimeoutsGre>(
  "CTA_TIMEOUT_GRE_",
  () => ({
    unreplied: [1, be32],
    replied: [2, be32],
  }),
);

/** Timeouts by state: one property, the protocol. */
export interface NftTimeouts {
  /** TCP. */
  tcp?: NftTimeoutsTcp | undefined;
  /** UDP. */
  udp?: NftTimeoutsUdp | undefined;
  /** UDP-Lite. */
  udplite?: NftTimeoutsUdplite | undefined;
  /** ICMP. */
  icmp?: NftTimeoutsIcmp | undefined;
  /** DCCP. */
  dccp?: NftTimeoutsDccp | undefined;
  /** SCTP. */
  sctp?: NftTimeoutsSctp | undefined;
  /** ICMPv6. */
  icmpv6?: NftTimeoutsIcmpv6 | undefined;
  /** GRE. */
  gre?: NftTimeoutsGre | undefined;
}
/** The layout of NFTA_CT_TIMEOUT_DATA, by NFTA_CT_TIMEOUT_L4PROTO. */
export const nftTimeouts: Choice<NftTimeouts> = /* @__PURE__ */ choiceByNumber<NftTimeouts>(
  "l4proto",
  { prefix: "IPPROTO_", values: IPPROTO },
  () => ({
    tcp: nftTimeoutsTcp,
    udp: nftTimeoutsUdp,
    udplite: nftTimeoutsUdplite,
    icmp: nftTimeoutsIcmp,
    dccp: nftTimeoutsDccp,
    sctp: nftTimeoutsSctp,
    icmpv6: nftTimeoutsIcmpv6,
    gre: nftTimeoutsGre,
  }),
);
