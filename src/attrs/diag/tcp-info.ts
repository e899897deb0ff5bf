// struct tcp_info: what the kernel knows of a TCP connection. It has grown with every second kernel.
import { bitfield } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { openStruct } from "../../codec/struct.ts";
import { TCP } from "./socket.ts";

/**
 * Options of a TCP connection, TCPI_OPT_* of linux/tcp.h.
 * @enum
 */
export const TCPI_OPT = {
  TIMESTAMPS: 1,
  SACK: 2,
  WSCALE: 4,
  ECN: 8,
  ECN_SEEN: 16,
  SYN_DATA: 32,
  USEC_TS: 64,
  TFO_CHILD: 128,
} as const;
/**
 * Explicit congestion notification of a TCP connection, TCPI_ECN_MODE_* of linux/tcp.h.
 * @enum
 */
export const TCPI_ECN_MODE = { DISABLED: 0, RFC3168: 1, ACCECN: 2, PENDING: 3 } as const;

/** INET_DIAG_INFO of a TCP socket. What the kernel does not send, since it is older, is absent: not 0. */
export interface TcpInfo {
  /** TCP. */
  state?: number | undefined;
  /** TCP_CA: 0 open, 1 disorder, 2 congestion window reduced, 3 recovery, 4 loss. */
  caState?: number | undefined;
  /** Timeouts since the last acknowledgement. */
  retransmits?: number | undefined;
  /** Probes of a closed window since the last answer. */
  probes?: number | undefined;
  /** How often the timeout was doubled. */
  backoff?: number | undefined;
  /** TCPI_OPT. */
  options?: number | undefined;
  /** Window scale of what the peer announces: its windows are shifted left by this. */
  sndWscale?: number | undefined;
  /** Window scale of what is announced to the peer. */
  rcvWscale?: number | undefined;
  /** 1: `deliveryRate` is limited by the program, not by the network. */
  deliveryRateAppLimited?: number | undefined;
  /** Why TCP Fast Open failed: 1 no cookie, 2 data not acknowledged, 3 SYN sent again. */
  fastopenClientFail?: number | undefined;
  /** Retransmission timeout, in µs. */
  rto?: number | undefined;
  /** Delayed acknowledgement timeout, in µs. */
  ato?: number | undefined;
  /** Bytes of data a segment that is sent. */
  sndMss?: number | undefined;
  /** Bytes of data a segment that comes in, estimated. */
  rcvMss?: number | undefined;
  /** Segments sent and not acknowledged; of a listening socket: connections to accept. */
  unacked?: number | undefined;
  /** Segments acknowledged selectively; of a listening socket: connections it may hold. */
  sacked?: number | undefined;
  /** Segments taken for lost. */
  lost?: number | undefined;
  /** Segments sent again and not yet acknowledged. */
  retrans?: number | undefined;
  /** Never used since 4.15. */
  fackets?: number | undefined;
  /** Since data was last sent, in ms. */
  lastDataSent?: number | undefined;
  /** Always 0. */
  lastAckSent?: number | undefined;
  /** Since data last came in, in ms. */
  lastDataRecv?: number | undefined;
  /** Since an acknowledgement last came in, in ms. */
  lastAckRecv?: number | undefined;
  /** Bytes a packet on the path may have. */
  pmtu?: number | undefined;
  /** Bytes that the receive window may grow to. */
  rcvSsthresh?: number | undefined;
  /** Round trip time, smoothed, in µs. */
  rtt?: number | undefined;
  /** Its variation, in µs. */
  rttvar?: number | undefined;
  /** Slow start threshold, in segments. */
  sndSsthresh?: number | undefined;
  /** Congestion window, in segments. */
  sndCwnd?: number | undefined;
  /** Maximum segment size announced to the peer, in bytes. */
  advmss?: number | undefined;
  /** Segments that may come in another order, before that means loss. */
  reordering?: number | undefined;
  /** Round trip time as the receiver sees it, in µs. */
  rcvRtt?: number | undefined;
  /** Bytes that the program reads in a round trip. */
  rcvSpace?: number | undefined;
  /** Segments sent again, since the beginning. */
  totalRetrans?: number | undefined;
  /** Bytes a second that are sent, at most. */
  pacingRate?: bigint | undefined;
  /** SO_MAX_PACING_RATE: bytes a second; all ones: no limit. */
  maxPacingRate?: bigint | undefined;
  /** Bytes acknowledged (RFC 4898 tcpEStatsAppHCThruOctetsAcked). */
  bytesAcked?: bigint | undefined;
  /** Bytes received (RFC 4898 tcpEStatsAppHCThruOctetsReceived). */
  bytesReceived?: bigint | undefined;
  /** Segments sent, all of them. */
  segsOut?: number | undefined;
  /** Segments received, all of them. */
  segsIn?: number | undefined;
  /** Bytes written and not yet sent. */
  notsentBytes?: number | undefined;
  /** Shortest round trip time of late, in µs. */
  minRtt?: number | undefined;
  /** Segments with data received. */
  dataSegsIn?: number | undefined;
  /** Segments with data sent. */
  dataSegsOut?: number | undefined;
  /** Bytes a second that arrive at the peer. */
  deliveryRate?: bigint | undefined;
  /** While there was something to send, in µs. */
  busyTime?: bigint | undefined;
  /** While the peer's window was closed, in µs. */
  rwndLimited?: bigint | undefined;
  /** While the send buffer was too small, in µs. */
  sndbufLimited?: bigint | undefined;
  /** Segments that arrived at the peer, those sent again too. */
  delivered?: number | undefined;
  /** Of those, how many with congestion marked. */
  deliveredCe?: number | undefined;
  /** Bytes sent, those sent again too. */
  bytesSent?: bigint | undefined;
  /** Bytes sent again. */
  bytesRetrans?: bigint | undefined;
  /** Segments that the peer had twice. */
  dsackDups?: number | undefined;
  /** How often segments came in another order. */
  reordSeen?: number | undefined;
  /** Segments received out of order. */
  rcvOoopack?: number | undefined;
  /** The peer's window, in bytes. */
  sndWnd?: number | undefined;
  /** The window announced to the peer, in bytes. */
  rcvWnd?: number | undefined;
  /** How often another path was tried, since this one timed out. */
  rehash?: number | undefined;
  /** Timeouts, since the beginning. */
  totalRto?: number | undefined;
  /** Recoveries from timeouts, an unfinished one too. */
  totalRtoRecoveries?: number | undefined;
  /** Time spent in those, in ms. */
  totalRtoTime?: number | undefined;
  /** Segments received with congestion marked. */
  receivedCe?: number | undefined;
  /** Bytes delivered with ECT(1), as the peer reports. */
  deliveredE1Bytes?: number | undefined;
  /** Bytes delivered with ECT(0), as the peer reports. */
  deliveredE0Bytes?: number | undefined;
  /** Bytes delivered with congestion marked, as the peer reports. */
  deliveredCeBytes?: number | undefined;
  /** Bytes received with ECT(1). */
  receivedE1Bytes?: number | undefined;
  /** Bytes received with ECT(0). */
  receivedE0Bytes?: number | undefined;
  /** Bytes received with congestion marked. */
  receivedCeBytes?: number | undefined;
  /** TCPI_ECN_MODE. */
  ecnMode?: number | undefined;
  /** AccECN options: 1 not seen, 2 empty, 3 with counters. */
  accecnOptSeen?: number | undefined;
  /** Why AccECN is not used, as bits: 1 and 2 the SYN/ACK and the ACK were sent again, 4 and 8 were received with bleached marks. */
  accecnFailMode?: number | undefined;
}
/** struct tcp_info, without the reserved bits at its end. */
export const tcpInfo: Struct<TcpInfo> = /* @__PURE__ */ openStruct<TcpInfo>("tcp_info", "tcpi_", 280, () => ({
  state: [0, enumOf(u8, "TCP_", TCP)],
  caState: [1, u8],
  retransmits: [2, u8],
  probes: [3, u8],
  backoff: [4, u8],
  options: [5, flagsOf(u8, "TCPI_OPT_", TCPI_OPT)],
  sndWscale: [6, bitfield(0, 4)],
  rcvWscale: [6, bitfield(4, 4)],
  deliveryRateAppLimited: [7, bitfield(0, 1)],
  fastopenClientFail: [7, bitfield(1, 2)],
  rto: [8, u32],
  ato: [12, u32],
  sndMss: [16, u32],
  rcvMss: [20, u32],
  unacked: [24, u32],
  sacked: [28, u32],
  lost: [32, u32],
  retrans: [36, u32],
  fackets: [40, u32],
  lastDataSent: [44, u32],
  lastAckSent: [48, u32],
  lastDataRecv: [52, u32],
  lastAckRecv: [56, u32],
  pmtu: [60, u32],
  rcvSsthresh: [64, u32],
  rtt: [68, u32],
  rttvar: [72, u32],
  sndSsthresh: [76, u32],
  sndCwnd: [80, u32],
  advmss: [84, u32],
  reordering: [88, u32],
  rcvRtt: [92, u32],
  rcvSpace: [96, u32],
  totalRetrans: [100, u32],
  pacingRate: [104, u64],
  maxPacingRate: [112, u64],
  bytesAcked: [120, u64],
  bytesReceived: [128, u64],
  segsOut: [136, u32],
  segsIn: [140, u32],
  notsentBytes: [144, u32],
  minRtt: [148, u32],
  dataSegsIn: [152, u32],
  dataSegsOut: [156, u32],
  deliveryRate: [160, u64],
  busyTime: [168, u64],
  rwndLimited: [176, u64],
  sndbufLimited: [184, u64],
  delivered: [192, u32],
  deliveredCe: [196, u32],
  bytesSent: [200, u64],
  bytesRetrans: [208, u64],
  dsackDups: [216, u32],
  reordSeen: [220, u32],
  rcvOoopack: [224, u32],
  sndWnd: [228, u32],
  rcvWnd: [232, u32],
  rehash: [236, u32],
  totalRto: [240, u16],
  totalRtoRecoveries: [242, u16],
  totalRtoTime: [244, u32],
  receivedCe: [248, u32],
  deliveredE1Bytes: [252, u32],
  deliveredE0Bytes: [256, u32],
  deliveredCeBytes: [260, u32],
  receivedE1Bytes: [264, u32],
  receivedE0Bytes: [268, u32],
  receivedCeBytes: [272, u32],
  ecnMode: [276, enumOf(bitfield(0, 2), "TCPI_ECN_MODE_", TCPI_ECN_MODE)],
  accecnOptSeen: [276, bitfield(2, 2)],
  accecnFailMode: [276, bitfield(4, 4)],
}));
