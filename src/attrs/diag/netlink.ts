// Sockets of AF_NETLINK: NETLINK_DIAG_*.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import { cookie } from "../../codec/bits.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { arrayOf } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { NETLINK } from "../netlink-protocols.ts";
import { SOCK, type SocketMemory, socketMemory } from "./socket.ts";
import { noAttrs } from "./unix.ts";

/**
 * What a request for netlink sockets asks for, NDIAG_SHOW_* of linux/netlink_diag.h.
 * @enum
 */
export const NDIAG_SHOW = { MEMINFO: 1, GROUPS: 2, RING_CFG: 4, FLAGS: 8 } as const;
/**
 * Flags of a netlink socket, NDIAG_FLAG_* of linux/netlink_diag.h.
 * @enum
 */
export const NDIAG_FLAG = {
  CB_RUNNING: 1,
  PKTINFO: 2,
  BROADCAST_ERROR: 4,
  NO_ENOBUFS: 8,
  LISTEN_ALL_NSID: 0x10,
  CAP_ACK: 0x20,
} as const;
/** `protocol` of a request: sockets of every netlink protocol. */
export const NDIAG_PROTO_ALL = 255;

/** What a request for netlink sockets begins with. */
export interface NetlinkRequestHeader {
  /** AF.NETLINK. */
  family: number;
  /** NETLINK, or NDIAG_PROTO_ALL. */
  protocol: number;
  /** Never used: only dumps are answered. */
  ino: number;
  /** NDIAG_SHOW. */
  show: number;
  /** Never used. */
  cookie: bigint;
}
/** struct netlink_diag_req. */
export const netlinkRequestHeader: Struct<NetlinkRequestHeader> = /* @__PURE__ */ struct<NetlinkRequestHeader>(
  "netlink_diag_req",
  "ndiag_",
  20,
  () => ({
    family: [0, enumOf(u8, "AF_", AF), "sdiag_family"],
    protocol: [1, enumOf(u8, "NETLINK_", NETLINK), "sdiag_protocol"],
    ino: [4, u32],
    show: [8, flagsOf(u32, "NDIAG_SHOW_", NDIAG_SHOW)],
    cookie: [12, cookie],
  }),
);

/** What the answer about a netlink socket begins with. */
export interface NetlinkHeader {
  /** AF.NETLINK. */
  family: number;
  /** SOCK: DGRAM or RAW, which are the same. */
  type: number;
  /** NETLINK. */
  protocol: number;
  /** 0 unconnected, 1 connected. */
  state: number;
  /** Its port: often the process id of who made it. */
  portid: number;
  /** Port that it is connected to. */
  dstPortid: number;
  /** Groups that it is connected to, as bits. */
  dstGroup: number;
  /** Its inode: `socket:[inode]` in /proc/PID/fd. 0: the kernel's own. */
  ino: number;
  /** What tells it from an earlier socket. */
  cookie: bigint;
}
/** struct netlink_diag_msg. */
export const netlinkHeader: Struct<NetlinkHeader> = /* @__PURE__ */ struct<NetlinkHeader>(
  "netlink_diag_msg",
  "ndiag_",
  28,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    type: [1, enumOf(u8, "SOCK_", SOCK)],
    protocol: [2, enumOf(u8, "NETLINK_", NETLINK)],
    state: [3, u8],
    portid: [4, u32],
    dstPortid: [8, u32],
    dstGroup: [12, u32],
    ino: [16, u32],
    cookie: [20, cookie],
  }),
);

/** Memory that a netlink socket shared with its program, of kernels before 4.6. */
export interface NetlinkRing {
  /** Bytes a block. */
  blockSize: number;
  /** Blocks. */
  blockNr: number;
  /** Bytes a frame. */
  frameSize: number;
  /** Frames. */
  frameNr: number;
}
/** struct netlink_diag_ring. */
export const netlinkRing: Struct<NetlinkRing> = /* @__PURE__ */ struct<NetlinkRing>(
  "netlink_diag_ring",
  "ndr_",
  16,
  () => ({
    blockSize: [0, u32],
    blockNr: [4, u32],
    frameSize: [8, u32],
    frameNr: [12, u32],
  }),
);

/** What the kernel tells of a netlink socket, as far as it was asked (NDIAG_SHOW). */
export interface NetlinkAttrs extends Attrs {
  /** Memory. */
  meminfo?: SocketMemory | undefined;
  /** Groups that it listens to, as bits: group n is bit (n - 1) & 31 of item (n - 1) >> 5. */
  groups?: readonly number[] | undefined;
  /** Memory shared for receiving. */
  rxRing?: NetlinkRing | undefined;
  /** Memory shared for sending. */
  txRing?: NetlinkRing | undefined;
  /** NDIAG_FLAG. */
  flags?: number | undefined;
}
/** The table of NETLINK_DIAG_*. */
export const netlinkAttrs: AttrTable<NetlinkAttrs> = /* @__PURE__ */ attrs<NetlinkAttrs>("NETLINK_DIAG_", () => ({
  meminfo: [0, socketMemory],
  groups: [1, arrayOf(u32)],
  rxRing: [2, netlinkRing],
  txRing: [3, netlinkRing],
  flags: [4, flagsOf(u32, "NDIAG_FLAG_", NDIAG_FLAG)],
}));

/** A request for netlink sockets. */
export type NetlinkRequest = HeaderAndAttrs<NetlinkRequestHeader, Attrs>;
/** The body of such a request. */
export const netlinkRequestBody: Body<NetlinkRequest> = /* @__PURE__ */ body<NetlinkRequestHeader, Attrs>(
  netlinkRequestHeader,
  noAttrs,
);
/** A netlink socket. */
export type NetlinkSocketInfo = HeaderAndAttrs<NetlinkHeader, NetlinkAttrs>;
/** The body of an answer about one. */
export const netlinkBody: Body<NetlinkSocketInfo> = /* @__PURE__ */ body<NetlinkHeader, NetlinkAttrs>(
  netlinkHeader,
  netlinkAttrs,
);
