// Sockets of AF_UNIX: UNIX_DIAG_*.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import { cookie } from "../../codec/bits.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { arrayOf } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { SOCK, type SocketMemory, socketMemory, TCP, TCPF } from "./socket.ts";
import { sunPath } from "./sun-path.ts";

/**
 * What a request for unix sockets asks for, UDIAG_SHOW_* of linux/unix_diag.h.
 * @enum
 */
export const UDIAG_SHOW = { NAME: 1, VFS: 2, PEER: 4, ICONS: 8, RQLEN: 0x10, MEMINFO: 0x20, UID: 0x40 } as const;

/** What a request for unix sockets begins with. */
export interface UnixRequestHeader {
  /** AF.UNIX. */
  family: number;
  /** 0. */
  protocol: number;
  /** TCPF. */
  states: number;
  /** One socket: its inode. */
  ino: number;
  /** UDIAG_SHOW. */
  show: number;
  /** One socket: its cookie; INET_DIAG_NOCOOKIE: whichever has that inode. */
  cookie: bigint;
}
/** struct unix_diag_req. */
export const unixRequestHeader: Struct<UnixRequestHeader> = /* @__PURE__ */ struct<UnixRequestHeader>(
  "unix_diag_req",
  "udiag_",
  24,
  () => ({
    family: [0, enumOf(u8, "AF_", AF), "sdiag_family"],
    protocol: [1, u8, "sdiag_protocol"],
    states: [4, flagsOf(u32, "TCPF_", TCPF)],
    ino: [8, u32],
    show: [12, flagsOf(u32, "UDIAG_SHOW_", UDIAG_SHOW)],
    cookie: [16, cookie],
  }),
);

/** What the answer about a unix socket begins with. */
export interface UnixHeader {
  /** AF.UNIX. */
  family: number;
  /** SOCK. */
  type: number;
  /** TCP. */
  state: number;
  /** Its inode: `socket:[inode]` in /proc/PID/fd. */
  ino: number;
  /** What tells it from an earlier socket of the same inode. */
  cookie: bigint;
}
/** struct unix_diag_msg. */
export const unixHeader: Struct<UnixHeader> = /* @__PURE__ */ struct<UnixHeader>("unix_diag_msg", "udiag_", 16, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  type: [1, enumOf(u8, "SOCK_", SOCK)],
  state: [2, enumOf(u8, "TCP_", TCP)],
  ino: [4, u32],
  cookie: [8, cookie],
}));

/** Where a unix socket's file is. */
export interface UnixVfs {
  /** Inode. */
  vfsIno: number;
  /** Device: major << 20 | minor. */
  vfsDev: number;
}
/** struct unix_diag_vfs. */
export const unixVfs: Struct<UnixVfs> = /* @__PURE__ */ struct<UnixVfs>("unix_diag_vfs", "udiag_", 8, () => ({
  vfsIno: [0, u32],
  vfsDev: [4, u32],
}));
/** Queues of a unix socket. */
export interface UnixRqlen {
  /** Bytes received and not read; of a listening socket: connections to accept. */
  rqueue: number;
  /** Bytes sent and not read; of a listening socket: connections it may hold. */
  wqueue: number;
}
/** struct unix_diag_rqlen. */
export const unixRqlen: Struct<UnixRqlen> = /* @__PURE__ */ struct<UnixRqlen>("unix_diag_rqlen", "udiag_", 8, () => ({
  rqueue: [0, u32],
  wqueue: [4, u32],
}));

/** What the kernel tells of a unix socket, as far as it was asked (UDIAG_SHOW). */
export interface UnixAttrs extends Attrs {
  /** Its path; an abstract name begins with NUL ("\0name", which `ss` shows as "@name") and may hold more of them. Absent: none. */
  name?: string | undefined;
  /** The file that it is bound to. */
  vfs?: UnixVfs | undefined;
  /** Inode of the socket that it is connected to; 0: one of another namespace. */
  peer?: number | undefined;
  /** Inodes of those that wait to be accepted; 0: already closed. */
  icons?: readonly number[] | undefined;
  /** Queues. */
  rqlen?: UnixRqlen | undefined;
  /** Memory. */
  meminfo?: SocketMemory | undefined;
  /** Which directions are shut: 1 receiving, 2 sending. */
  shutdown?: number | undefined;
  /** User that made it. */
  uid?: number | undefined;
}
/** The table of UNIX_DIAG_*. */
export const unixAttrs: AttrTable<UnixAttrs> = /* @__PURE__ */ attrs<UnixAttrs>("UNIX_DIAG_", () => ({
  name: [0, sunPath],
  vfs: [1, unixVfs],
  peer: [2, u32],
  icons: [3, arrayOf(u32)],
  rqlen: [4, unixRqlen],
  meminfo: [5, socketMemory],
  shutdown: [6, u8],
  uid: [7, u32],
}));

/** Requests for sockets other than those of IP have no attributes. */
export const noAttrs: AttrTable<Attrs> = /* @__PURE__ */ attrs<Attrs>("", () => ({}));

/** A request for unix sockets. */
export type UnixRequest = HeaderAndAttrs<UnixRequestHeader, Attrs>;
/** The body of such a request. */
export const unixRequestBody: Body<UnixRequest> = /* @__PURE__ */ body<UnixRequestHeader, Attrs>(
  unixRequestHeader,
  noAttrs,
);
/** A unix socket. */
export type UnixSocket = HeaderAndAttrs<UnixHeader, UnixAttrs>;
/** The body of an answer about one. */
export const unixBody: Body<UnixSocket> = /* @__PURE__ */ body<UnixHeader, UnixAttrs>(unixHeader, unixAttrs);
