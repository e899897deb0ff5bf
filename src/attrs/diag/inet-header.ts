// What the messages about sockets of IPv4 and IPv6 begin with.
import { address, cookie } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { be16, enumOf, flagsOf, u8, u32 } from "../../codec/int.ts";
import { type StructSpec, struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";
import { TCP, TCPF } from "./socket.ts";

/**
 * What a request asks for beside the fixed part: bit n - 1 stands for INET_DIAG_* number n of linux/inet_diag.h. VEGASINFO brings any
 * congestion control's information, TCLASS also `classId`; others come unasked.
 * @enum
 */
export const INET_DIAG_EXT = {
  MEMINFO: 1,
  INFO: 2,
  VEGASINFO: 4,
  CONG: 8,
  TOS: 16,
  TCLASS: 32,
  SKMEMINFO: 64,
  SHUTDOWN: 128,
} as const;
/**
 * What a TCP socket waits for, IDIAG_TIMER_* of linux/inet_diag.h.
 * @enum
 */
export const IDIAG_TIMER = { OFF: 0, ON: 1, KEEPALIVE: 2, TIMEWAIT: 3, PROBE0: 4, DELACK: 5 } as const;
/** A cookie that means: any socket. */
export const INET_DIAG_NOCOOKIE = 0xffffffffffffffffn;

/** struct inet_diag_sockid: which socket. */
export interface InetSocketId {
  /** Local port. */
  sport: number;
  /** Peer's port; 0: none. */
  dport: number;
  /** Local address, as text by the header's family. */
  src: string;
  /** Peer's address. */
  dst: string;
  /** Index of the link that the socket is bound to; 0: any. */
  if: number;
  /** What tells the socket from an earlier one of the same addresses. Requests: INET_DIAG_NOCOOKIE is any. */
  cookie: bigint;
}

/** Where a socket's name stands in a struct. */
const socketId = (at: number): StructSpec<InetSocketId> => ({
  sport: [at, be16, "id.idiag_sport"],
  dport: [at + 2, be16, "id.idiag_dport"],
  src: [at + 4, address(16, "family"), "id.idiag_src"],
  dst: [at + 20, address(16, "family"), "id.idiag_dst"],
  if: [at + 36, u32, "id.idiag_if"],
  cookie: [at + 40, cookie, "id.idiag_cookie"],
});

/** What a request for sockets of IPv4 or IPv6 begins with. A dump looks at `states` and the ports alone; one socket is named by all. */
export interface InetRequestHeader extends InetSocketId {
  /** AF: INET or INET6. */
  family: number;
  /** IPPROTO; of those above 255 (MPTCP) IPPROTO_TCP, and the attribute `protocol`. IPPROTO_RAW: see `rawProtocol`. */
  protocol: number;
  /** INET_DIAG_EXT. */
  ext: number;
  /** Of raw sockets: their protocol. */
  rawProtocol: number;
  /** TCPF. */
  states: number;
}
/** struct inet_diag_req_raw, which is inet_diag_req_v2 with a name for its padding. */
export const inetRequestHeader: Struct<InetRequestHeader> = /* @__PURE__ */ struct<InetRequestHeader>(
  "inet_diag_req_raw",
  "sdiag_",
  56,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    protocol: [1, enumOf(u8, "IPPROTO_", IPPROTO)],
    ext: [2, flagsOf(u8, "INET_DIAG_", INET_DIAG_EXT), "idiag_ext"],
    rawProtocol: [3, enumOf(u8, "IPPROTO_", IPPROTO)],
    states: [4, flagsOf(u32, "TCPF_", TCPF), "idiag_states"],
    ...socketId(8),
  }),
);

/** What a request of TCPDIAG_GETSOCK begins with: of kernels before 3.3, and of programs that still run on those. */
export interface InetLegacyRequestHeader extends InetSocketId {
  /** AF. A dump brings both families whatever it says. */
  family: number;
  /** Never used. */
  srcLen: number;
  /** Never used. */
  dstLen: number;
  /** INET_DIAG_EXT. */
  ext: number;
  /** TCPF. */
  states: number;
  /** Never used. */
  dbs: number;
}
/** struct inet_diag_req. */
export const inetLegacyRequestHeader: Struct<InetLegacyRequestHeader> = /* @__PURE__ */ struct<InetLegacyRequestHeader>(
  "inet_diag_req",
  "idiag_",
  60,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    srcLen: [1, u8],
    dstLen: [2, u8],
    ext: [3, flagsOf(u8, "INET_DIAG_", INET_DIAG_EXT)],
    ...socketId(4),
    states: [52, flagsOf(u32, "TCPF_", TCPF)],
    dbs: [56, u32],
  }),
);

/** What the answer about a socket of IPv4 or IPv6 begins with. */
export interface InetHeader extends InetSocketId {
  /** AF: INET, or INET6, also for a socket of IPv6 that talks IPv4 (`::ffff:192.0.2.1`). */
  family: number;
  /** TCP. */
  state: number;
  /** IDIAG_TIMER: what `expires` is about. */
  timer: number;
  /** How often it was sent again, or asked. */
  retrans: number;
  /** Milliseconds until the timer expires. */
  expires: number;
  /** Bytes received and not read; of a listening socket: connections to accept. */
  rqueue: number;
  /** Bytes sent and not acknowledged; of a listening socket: connections it may hold. */
  wqueue: number;
  /** User that made it. */
  uid: number;
  /** Its inode: `socket:[inode]` in /proc/PID/fd. 0: it has no file any more. */
  inode: number;
}
/** struct inet_diag_msg. */
export const inetHeader: Struct<InetHeader> = /* @__PURE__ */ struct<InetHeader>("inet_diag_msg", "idiag_", 72, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  state: [1, enumOf(u8, "TCP_", TCP)],
  timer: [2, enumOf(u8, "IDIAG_TIMER_", IDIAG_TIMER)],
  retrans: [3, u8],
  ...socketId(4),
  expires: [52, u32],
  rqueue: [56, u32],
  wqueue: [60, u32],
  uid: [64, u32],
  inode: [68, u32],
}));
