// Sockets of AF_PACKET: PACKET_DIAG_*.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import { cookie } from "../../codec/bits.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, octets } from "../../codec/scalars.ts";
import { structs } from "../../codec/sequence.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { SOCK, type SocketMemory, socketMemory } from "./socket.ts";
import { noAttrs } from "./unix.ts";

/**
 * What a request for packet sockets asks for, PACKET_SHOW_* of linux/packet_diag.h.
 * @enum
 */
export const PACKET_SHOW = { INFO: 1, MCLIST: 2, RING_CFG: 4, FANOUT: 8, MEMINFO: 0x10, FILTER: 0x20 } as const;
/**
 * Flags of a packet socket, PDI_* of linux/packet_diag.h.
 * @enum
 */
export const PDI = { RUNNING: 1, AUXDATA: 2, ORIGDEV: 4, VNETHDR: 8, LOSS: 0x10 } as const;

/** What a request for packet sockets begins with. */
export interface PacketRequestHeader {
  /** AF.PACKET. */
  family: number;
  /** 0: anything else is refused. */
  protocol: number;
  /** Never used: only dumps are answered. */
  ino: number;
  /** PACKET_SHOW. */
  show: number;
  /** Never used. */
  cookie: bigint;
}
/** struct packet_diag_req. */
export const packetRequestHeader: Struct<PacketRequestHeader> = /* @__PURE__ */ struct<PacketRequestHeader>(
  "packet_diag_req",
  "pdiag_",
  20,
  () => ({
    family: [0, enumOf(u8, "AF_", AF), "sdiag_family"],
    protocol: [1, u8, "sdiag_protocol"],
    ino: [4, u32],
    show: [8, flagsOf(u32, "PACKET_SHOW_", PACKET_SHOW)],
    cookie: [12, cookie],
  }),
);

/** What the answer about a packet socket begins with. */
export interface PacketHeader {
  /** AF.PACKET. */
  family: number;
  /** SOCK: RAW with the link-layer header, DGRAM without. */
  type: number;
  /** EtherType that it takes: 3 is all (ETH_P_ALL). */
  num: number;
  /** Its inode: `socket:[inode]` in /proc/PID/fd. */
  ino: number;
  /** What tells it from an earlier socket of the same inode. */
  cookie: bigint;
}
/** struct packet_diag_msg. */
export const packetHeader: Struct<PacketHeader> = /* @__PURE__ */ struct<PacketHeader>(
  "packet_diag_msg",
  "pdiag_",
  16,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    type: [1, enumOf(u8, "SOCK_", SOCK)],
    num: [2, u16],
    ino: [4, u32],
    cookie: [8, cookie],
  }),
);

/** How a packet socket is set up. */
export interface PacketInfo {
  /** Index of the link that it is bound to; 0: any. */
  index: number;
  /** TPACKET_V1 is 0, V2 1, V3 2. */
  version: number;
  /** Bytes reserved in front of each packet. */
  reserve: number;
  /** PACKET_COPY_THRESH. */
  copyThresh: number;
  /** PACKET_TIMESTAMP. */
  tstamp: number;
  /** PDI. */
  flags: number;
}
/** struct packet_diag_info. */
export const packetInfo: Struct<PacketInfo> = /* @__PURE__ */ struct<PacketInfo>(
  "packet_diag_info",
  "pdi_",
  24,
  () => ({
    index: [0, u32],
    version: [4, u32],
    reserve: [8, u32],
    copyThresh: [12, u32],
    tstamp: [16, u32],
    flags: [20, flagsOf(u32, "PDI_", PDI)],
  }),
);
/** A link-layer group that a packet socket has joined. */
export interface PacketGroup {
  /** Index of the link. */
  index: number;
  /** How often. */
  count: number;
  /** PACKET_MR_*: 0 multicast, 1 promiscuous, 2 all multicast, 3 unicast. */
  type: number;
  /** Octets of `addr` that count. */
  alen: number;
  /** Always 32 octets. */
  addr: string;
}
/** struct packet_diag_mclist. */
export const packetGroup: Struct<PacketGroup> = /* @__PURE__ */ struct<PacketGroup>(
  "packet_diag_mclist",
  "pdmc_",
  44,
  () => ({
    index: [0, u32],
    count: [4, u32],
    type: [8, u16],
    alen: [10, u16],
    addr: [12, octets(32)],
  }),
);
/** Memory that a packet socket shares with its program. */
export interface PacketRing {
  /** Bytes a block. */
  blockSize: number;
  /** Blocks. */
  blockNr: number;
  /** Bytes a frame. */
  frameSize: number;
  /** Frames. */
  frameNr: number;
  /** TPACKET_V3: after how many ms a block is handed over. */
  retireTmo: number;
  /** TPACKET_V3: bytes at the beginning of each block for the program's own use. */
  sizeofPriv: number;
  /** TPACKET_V3: TP_FT_REQ_*. */
  features: number;
}
/** struct packet_diag_ring. */
export const packetRing: Struct<PacketRing> = /* @__PURE__ */ struct<PacketRing>(
  "packet_diag_ring",
  "pdr_",
  28,
  () => ({
    blockSize: [0, u32],
    blockNr: [4, u32],
    frameSize: [8, u32],
    frameNr: [12, u32],
    retireTmo: [16, u32],
    sizeofPriv: [20, u32],
    features: [24, u32],
  }),
);

/** What the kernel tells of a packet socket, as far as it was asked (PACKET_SHOW). */
export interface PacketAttrs extends Attrs {
  /** How it is set up. */
  info?: PacketInfo | undefined;
  /** Groups that it has joined. */
  mclist?: readonly PacketGroup[] | undefined;
  /** Memory shared for receiving. */
  rxRing?: PacketRing | undefined;
  /** Memory shared for sending. */
  txRing?: PacketRing | undefined;
  /** Sockets that share the packets of a link: their group in the lower half, how they share (PACKET_FANOUT_*) in the upper. */
  fanout?: number | undefined;
  /** User that made it. */
  uid?: number | undefined;
  /** Memory. */
  meminfo?: SocketMemory | undefined;
  /** Its filter: struct sock_filter, 8 bytes an instruction of BPF. */
  filter?: Uint8Array | undefined;
}
/** The table of PACKET_DIAG_*. */
export const packetAttrs: AttrTable<PacketAttrs> = /* @__PURE__ */ attrs<PacketAttrs>("PACKET_DIAG_", () => ({
  info: [0, packetInfo],
  mclist: [1, structs<PacketGroup>(packetGroup)],
  rxRing: [2, packetRing],
  txRing: [3, packetRing],
  fanout: [4, u32],
  uid: [5, u32],
  meminfo: [6, socketMemory],
  filter: [7, bytes],
}));

/** A request for packet sockets. */
export type PacketRequest = HeaderAndAttrs<PacketRequestHeader, Attrs>;
/** The body of such a request. */
export const packetRequestBody: Body<PacketRequest> = /* @__PURE__ */ body<PacketRequestHeader, Attrs>(
  packetRequestHeader,
  noAttrs,
);
/** A packet socket. */
export type PacketSocket = HeaderAndAttrs<PacketHeader, PacketAttrs>;
/** The body of an answer about one. */
export const packetBody: Body<PacketSocket> = /* @__PURE__ */ body<PacketHeader, PacketAttrs>(
  packetHeader,
  packetAttrs,
);
