// What sockets of every family have: types, states, memory.
import type { Struct } from "../../codec/codec.ts";
import { u32 } from "../../codec/int.ts";
import { openStruct } from "../../codec/struct.ts";

/**
 * Types of sockets, SOCK_* of sys/socket.h.
 * @enum
 */
export const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3, RDM: 4, SEQPACKET: 5, DCCP: 6, PACKET: 10 } as const;
/**
 * States of TCP, which sockets of other protocols borrow: TCP_* of netinet/tcp.h. A bound UDP socket is CLOSE, a connected one
 * ESTABLISHED; of unix sockets LISTEN and ESTABLISHED mean what they say, CLOSE all others.
 * @enum
 */
export const TCP = {
  ESTABLISHED: 1,
  SYN_SENT: 2,
  SYN_RECV: 3,
  FIN_WAIT1: 4,
  FIN_WAIT2: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
  CLOSE_WAIT: 8,
  LAST_ACK: 9,
  LISTEN: 10,
  CLOSING: 11,
  NEW_SYN_RECV: 12,
  BOUND_INACTIVE: 13,
} as const;
/**
 * The same states as bits: which of them a request asks for. 0xffffffff is all.
 * @enum
 */
export const TCPF = {
  ESTABLISHED: 0x2,
  SYN_SENT: 0x4,
  SYN_RECV: 0x8,
  FIN_WAIT1: 0x10,
  FIN_WAIT2: 0x20,
  TIME_WAIT: 0x40,
  CLOSE: 0x80,
  CLOSE_WAIT: 0x100,
  LAST_ACK: 0x200,
  LISTEN: 0x400,
  CLOSING: 0x800,
  NEW_SYN_RECV: 0x1000,
  BOUND_INACTIVE: 0x2000,
} as const;
/**
 * Groups of NETLINK_SOCK_DIAG: sockets that are gone. SKNLGRP_* of linux/sock_diag.h.
 * @enum
 */
export const SKNLGRP = {
  NONE: 0,
  INET_TCP_DESTROY: 1,
  INET_UDP_DESTROY: 2,
  INET6_TCP_DESTROY: 3,
  INET6_UDP_DESTROY: 4,
} as const;

/** Memory of a socket, in bytes. What the kernel did not send is absent. */
export interface SocketMemory {
  /** Waiting to be read, with overhead. */
  rmemAlloc?: number | undefined;
  /** SO_RCVBUF: what that may be. */
  rcvbuf?: number | undefined;
  /** Being sent, with overhead. */
  wmemAlloc?: number | undefined;
  /** SO_SNDBUF: what that may be. */
  sndbuf?: number | undefined;
  /** Reserved and not used. */
  fwdAlloc?: number | undefined;
  /** Written and not yet sent. */
  wmemQueued?: number | undefined;
  /** Options, filters, and the like. */
  optmem?: number | undefined;
  /** Received while the socket was busy. */
  backlog?: number | undefined;
  /** Datagrams dropped: a number, not bytes. */
  drops?: number | undefined;
}
/** The array that SK_MEMINFO_* are the indexes of. */
export const socketMemory: Struct<SocketMemory> = /* @__PURE__ */ openStruct<SocketMemory>(
  "sk_meminfo",
  "",
  36,
  () => ({
    rmemAlloc: [0, u32, "SK_MEMINFO_RMEM_ALLOC"],
    rcvbuf: [4, u32, "SK_MEMINFO_RCVBUF"],
    wmemAlloc: [8, u32, "SK_MEMINFO_WMEM_ALLOC"],
    sndbuf: [12, u32, "SK_MEMINFO_SNDBUF"],
    fwdAlloc: [16, u32, "SK_MEMINFO_FWD_ALLOC"],
    wmemQueued: [20, u32, "SK_MEMINFO_WMEM_QUEUED"],
    optmem: [24, u32, "SK_MEMINFO_OPTMEM"],
    backlog: [28, u32, "SK_MEMINFO_BACKLOG"],
    drops: [32, u32, "SK_MEMINFO_DROPS"],
  }),
);
