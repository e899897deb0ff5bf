// Sockets of IPv4 and IPv6: INET_DIAG_*.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body } from "../../codec/codec.ts";
import { enumOf, u8, u32, u64 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, string } from "../../codec/scalars.ts";
import { structs } from "../../codec/sequence.ts";
import { IPPROTO } from "../ip-protocols.ts";
import { type InetBytecode, inetBytecode } from "./bytecode.ts";
import { type BbrInfo, bbrInfo, type DctcpInfo, dctcpInfo, type VegasInfo, vegasInfo } from "./congestion.ts";
import {
  type InetHeader,
  type InetLegacyRequestHeader,
  type InetRequestHeader,
  inetHeader,
  inetLegacyRequestHeader,
  inetRequestHeader,
} from "./inet-header.ts";
import {
  type BpfStorageRequest,
  type BpfStorages,
  bpfStorageRequest,
  bpfStorages,
  type InetMemory,
  type InetSockopt,
  inetMemory,
  inetSockopt,
  type TcpMd5sig,
  tcpMd5sig,
} from "./inet-parts.ts";
import { type SocketMemory, socketMemory } from "./socket.ts";
import { type TcpInfo, tcpInfo } from "./tcp-info.ts";
import { type UlpInfo, ulpInfo } from "./ulp.ts";

export * from "./bytecode.ts";
export * from "./congestion.ts";
export * from "./inet-header.ts";
export * from "./inet-parts.ts";
export * from "./tcp-info.ts";
export * from "./ulp.ts";

/** What a request for sockets may add. */
export interface InetRequestAttrs extends Attrs {
  /** A dump: the program that chooses sockets. `inetFilter` writes it. */
  bytecode?: readonly InetBytecode[] | undefined;
  /** Also what BPF programs keep of each socket. */
  skBpfStorages?: BpfStorageRequest | undefined;
  /** IPPROTO, where it does not fit into the header's eight bits. */
  protocol?: number | undefined;
}
/** The table of INET_DIAG_REQ_*. */
export const inetRequestAttrs: AttrTable<InetRequestAttrs> = /* @__PURE__ */ attrs<InetRequestAttrs>(
  "INET_DIAG_REQ_",
  () => ({
    bytecode: [1, inetBytecode],
    skBpfStorages: [2, bpfStorageRequest],
    protocol: [3, enumOf(u32, "IPPROTO_", IPPROTO)],
  }),
);

/** What the kernel tells of a socket, as far as it was asked (INET_DIAG_EXT). */
export interface InetAttrs extends Attrs {
  /** Memory, in short. */
  meminfo?: InetMemory | undefined;
  /** The TCP connection. Of MPTCP and SCTP sockets the kernel sends other structs here, which this one misreads. */
  info?: TcpInfo | undefined;
  /** What TCP Vegas, or one like it, measures. */
  vegasinfo?: VegasInfo | undefined;
  /** Congestion control: "cubic". */
  cong?: string | undefined;
  /** IP_TOS. */
  tos?: number | undefined;
  /** IPV6_TCLASS. */
  tclass?: number | undefined;
  /** Memory. */
  skmeminfo?: SocketMemory | undefined;
  /** Which directions are shut: 1 receiving, 2 sending. */
  shutdown?: number | undefined;
  /** What DCTCP measures. */
  dctcpinfo?: DctcpInfo | undefined;
  /** Of raw sockets: IPPROTO. */
  protocol?: number | undefined;
  /** IPV6_V6ONLY: 0 or 1. */
  skv6only?: number | undefined;
  /** SCTP: local addresses, a sockaddr_storage of 128 bytes each. */
  locals?: Uint8Array | undefined;
  /** SCTP: the peer's addresses, likewise. */
  peers?: Uint8Array | undefined;
  /** SO_MARK; to CAP_NET_ADMIN alone. */
  mark?: number | undefined;
  /** What BBR measures. */
  bbrinfo?: BbrInfo | undefined;
  /** Class of traffic control: of the control group, or SO_PRIORITY. */
  classId?: number | undefined;
  /** Keys of TCP MD5 signatures; to CAP_NET_ADMIN alone. */
  md5sig?: readonly TcpMd5sig[] | undefined;
  /** TLS or Multipath TCP upon it. */
  ulpInfo?: UlpInfo | undefined;
  /** What BPF programs keep of it. */
  skBpfStorages?: BpfStorages | undefined;
  /** Its control group: the inode in the cgroup2 file system. */
  cgroupId?: bigint | undefined;
  /** Socket options. */
  sockopt?: InetSockopt | undefined;
}
/** The table of INET_DIAG_*. */
export const inetAttrs: AttrTable<InetAttrs> = /* @__PURE__ */ attrs<InetAttrs>("INET_DIAG_", () => ({
  meminfo: [1, inetMemory],
  info: [2, tcpInfo],
  vegasinfo: [3, vegasInfo],
  cong: [4, string],
  tos: [5, u8],
  tclass: [6, u8],
  skmeminfo: [7, socketMemory],
  shutdown: [8, u8],
  dctcpinfo: [9, dctcpInfo],
  protocol: [10, enumOf(u8, "IPPROTO_", IPPROTO)],
  skv6only: [11, u8],
  locals: [12, bytes],
  peers: [13, bytes],
  mark: [15, u32],
  bbrinfo: [16, bbrInfo],
  classId: [17, u32],
  md5sig: [18, structs<TcpMd5sig>(tcpMd5sig)],
  ulpInfo: [19, ulpInfo],
  skBpfStorages: [20, bpfStorages],
  cgroupId: [21, u64],
  sockopt: [22, inetSockopt],
}));

/** A request for sockets of IPv4 or IPv6. */
export type InetRequest = HeaderAndAttrs<InetRequestHeader, InetRequestAttrs>;
/** The body of such a request. */
export const inetRequestBody: Body<InetRequest> = /* @__PURE__ */ body<InetRequestHeader, InetRequestAttrs>(
  inetRequestHeader,
  inetRequestAttrs,
);
/** A request of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK. */
export type InetLegacyRequest = HeaderAndAttrs<InetLegacyRequestHeader, InetRequestAttrs>;
/** The body of such a request. */
export const inetLegacyRequestBody: Body<InetLegacyRequest> = /* @__PURE__ */ body<
  InetLegacyRequestHeader,
  InetRequestAttrs
>(inetLegacyRequestHeader, inetRequestAttrs);
/** A socket of IPv4 or IPv6. */
export type InetSocket = HeaderAndAttrs<InetHeader, InetAttrs>;
/** The body of an answer about one. */
export const inetBody: Body<InetSocket> = /* @__PURE__ */ body<InetHeader, InetAttrs>(inetHeader, inetAttrs);
