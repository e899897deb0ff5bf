// Structs and small nests of a socket of IPv4 or IPv6.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import { address, bitfield } from "../../codec/bits.ts";
import type { AttrTable, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32 } from "../../codec/int.ts";
import { bytes, octets, repeated } from "../../codec/scalars.ts";
import { secret } from "../../codec/secret.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** Memory of a socket, in bytes: what INET_DIAG_SKMEMINFO says with more detail. */
export interface InetMemory {
  /** Waiting to be read. */
  rmem: number;
  /** Written and not yet sent. */
  wmem: number;
  /** Reserved and not used. */
  fmem: number;
  /** Being sent. */
  tmem: number;
}
/** struct inet_diag_meminfo. */
export const inetMemory: Struct<InetMemory> = /* @__PURE__ */ struct<InetMemory>(
  "inet_diag_meminfo",
  "idiag_",
  16,
  () => ({
    rmem: [0, u32],
    wmem: [4, u32],
    fmem: [8, u32],
    tmem: [12, u32],
  }),
);

/** Options of a socket: each is 0 or 1. */
export interface InetSockopt {
  /** IP_RECVERR, IPV6_RECVERR. */
  recverr: number;
  /** It has connections: TCP. */
  isIcsk: number;
  /** IP_FREEBIND. */
  freebind: number;
  /** IP_HDRINCL. */
  hdrincl: number;
  /** IP_MULTICAST_LOOP. */
  mcLoop: number;
  /** IP_TRANSPARENT. */
  transparent: number;
  /** IP_MULTICAST_ALL. */
  mcAll: number;
  /** IP_NODEFRAG. */
  nodefrag: number;
  /** IP_BIND_ADDRESS_NO_PORT. */
  bindAddressNoPort: number;
  /** IP_RECVERR_RFC4884. */
  recverrRfc4884: number;
  /** TCP_FASTOPEN_CONNECT, and not yet connected. */
  deferConnect: number;
}
/** struct inet_diag_sockopt. */
export const inetSockopt: Struct<InetSockopt> = /* @__PURE__ */ struct<InetSockopt>("inet_diag_sockopt", "", 2, () => ({
  recverr: [0, bitfield(0, 1)],
  isIcsk: [0, bitfield(1, 1)],
  freebind: [0, bitfield(2, 1)],
  hdrincl: [0, bitfield(3, 1)],
  mcLoop: [0, bitfield(4, 1)],
  transparent: [0, bitfield(5, 1)],
  mcAll: [0, bitfield(6, 1)],
  nodefrag: [0, bitfield(7, 1)],
  bindAddressNoPort: [1, bitfield(0, 1)],
  recverrRfc4884: [1, bitfield(1, 1)],
  deferConnect: [1, bitfield(2, 1)],
}));

/** A key of TCP MD5 signatures. The kernel shows it to CAP_NET_ADMIN alone. */
export interface TcpMd5sig {
  /** AF. */
  family: number;
  /** Bits of `addr` that a peer must share. */
  prefixlen: number;
  /** Octets of `key` that count. */
  keylen: number;
  /** Peer. */
  addr: string;
  /** The secret: 80 octets as text. */
  key: string;
}
/** struct tcp_diag_md5sig. */
export const tcpMd5sig: Struct<TcpMd5sig> = /* @__PURE__ */ struct<TcpMd5sig>("tcp_diag_md5sig", "tcpm_", 100, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  prefixlen: [1, u8],
  keylen: [2, u16],
  addr: [4, address(16, "family")],
  key: [20, secret(octets(80))],
}));

/** INET_DIAG_REQ_SK_BPF_STORAGES: which maps a dump is to read. Empty: all. */
export interface BpfStorageRequest extends Attrs {
  /** Descriptors of maps. */
  mapFd?: readonly number[] | undefined;
}
/** The table of SK_DIAG_BPF_STORAGE_REQ_*. */
export const bpfStorageRequest: AttrTable<BpfStorageRequest> = /* @__PURE__ */ attrs<BpfStorageRequest>(
  "SK_DIAG_BPF_STORAGE_REQ_",
  () => ({ mapFd: [1, repeated(u32)] }),
);
/** What a BPF map holds of a socket. */
export interface BpfStorage extends Attrs {
  /** The map. */
  mapId?: number | undefined;
  /** Its value, in the map's own layout. */
  mapValue?: Uint8Array | undefined;
}
/** The table of SK_DIAG_BPF_STORAGE_* inside one. */
export const bpfStorage: AttrTable<BpfStorage> = /* @__PURE__ */ attrs<BpfStorage>("SK_DIAG_BPF_STORAGE_", () => ({
  mapId: [2, u32],
  mapValue: [3, bytes],
}));
/** INET_DIAG_SK_BPF_STORAGES. */
export interface BpfStorages extends Attrs {
  /** One a map. */
  storage?: readonly BpfStorage[] | undefined;
}
/** The table of SK_DIAG_BPF_STORAGE. */
export const bpfStorages: AttrTable<BpfStorages> = /* @__PURE__ */ attrs<BpfStorages>("SK_DIAG_BPF_", () => ({
  storage: [1, repeated(bpfStorage)],
}));
