// wireguard: WG_CMD_*, WGDEVICE_A_*, WGPEER_A_*, WGALLOWEDIP_A_*. Its keys are masked where messages are printed.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { listOf } from "../../codec/list.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { bytes, ip, string } from "../../codec/scalars.ts";
import { secret, upTo } from "../../codec/secret.ts";
import { AF } from "../families.ts";
import { type GenlHeader, genlHeaderOf } from "./header.ts";

/**
 * Commands of wireguard, WG_CMD_* of linux/wireguard.h.
 * @enum
 */
export const WG_CMD = {
  GET_DEVICE: 0,
  SET_DEVICE: 1,
} as const;

/**
 * What a request does to a peer, WGPEER_F_* of linux/wireguard.h.
 * @enum
 */
export const WGPEER_F = {
  REMOVE_ME: 1,
  REPLACE_ALLOWEDIPS: 2,
  UPDATE_ONLY: 4,
} as const;

/** A network behind a peer. */
export interface WireguardAllowedIp extends Attrs {
  /** AF. */
  family?: number | undefined;
  /** Address. */
  ipaddr?: string | undefined;
  /** Bits of it that count. */
  cidrMask?: number | undefined;
  /** Request: 1: remove it. */
  flags?: number | undefined;
}
/** The table of WGALLOWEDIP_A_*. */
export const wireguardAllowedIp: AttrTable<WireguardAllowedIp> = /* @__PURE__ */ attrs<WireguardAllowedIp>(
  "WGALLOWEDIP_A_",
  () => ({
    family: [1, enumOf(u16, "AF_", AF)],
    ipaddr: [2, ip],
    cidrMask: [3, u8],
    flags: [4, u32],
  }),
);

/** A peer. */
export interface WireguardPeer extends Attrs {
  /** Its public key: 32 bytes. */
  publicKey?: Uint8Array | undefined;
  /** A key that both have: 32 bytes. */
  presharedKey?: Uint8Array | undefined;
  /** Request: WGPEER_F. */
  flags?: number | undefined;
  /** Where it is: struct sockaddr_in or sockaddr_in6. */
  endpoint?: Uint8Array | undefined;
  /** Seconds between two signs of life; 0: none. */
  persistentKeepaliveInterval?: number | undefined;
  /** Last handshake: struct __kernel_timespec, seconds and nanoseconds in 64 bits each. */
  lastHandshakeTime?: Uint8Array | undefined;
  /** Bytes received. */
  rxBytes?: bigint | undefined;
  /** Bytes sent. */
  txBytes?: bigint | undefined;
  /** Networks behind it. */
  allowedips?: readonly WireguardAllowedIp[] | undefined;
  /** Version of the protocol: 1. */
  protocolVersion?: number | undefined;
}
/** The table of WGPEER_A_*. */
export const wireguardPeer: AttrTable<WireguardPeer> = /* @__PURE__ */ attrs<WireguardPeer>("WGPEER_A_", () => ({
  publicKey: [1, upTo(bytes, 32)],
  presharedKey: [2, secret(bytes)],
  flags: [3, flagsOf(u32, "WGPEER_F_", WGPEER_F)],
  endpoint: [4, upTo(bytes, 28)],
  persistentKeepaliveInterval: [5, u16],
  lastHandshakeTime: [6, upTo(bytes, 16)],
  rxBytes: [7, u64],
  txBytes: [8, u64],
  allowedips: [9, listOf(wireguardAllowedIp, "WGPEER_A_ALLOWEDIPS", 0)],
  protocolVersion: [10, u32],
}));

/** Attributes of a wireguard link. */
export interface WireguardAttrs extends Attrs {
  /** Its index. */
  ifindex?: number | undefined;
  /** Its name. */
  ifname?: string | undefined;
  /** Its private key: 32 bytes. */
  privateKey?: Uint8Array | undefined;
  /** Its public key: 32 bytes. */
  publicKey?: Uint8Array | undefined;
  /** Request: 1: peers that are not named go. */
  flags?: number | undefined;
  /** UDP port. */
  listenPort?: number | undefined;
  /** Firewall mark of what it sends. */
  fwmark?: number | undefined;
  /** Its peers. */
  peers?: readonly WireguardPeer[] | undefined;
}
/** The table of WGDEVICE_A_*. */
export const wireguardAttrs: AttrTable<WireguardAttrs> = /* @__PURE__ */ attrs<WireguardAttrs>("WGDEVICE_A_", () => ({
  ifindex: [1, u32],
  ifname: [2, string],
  privateKey: [3, secret(bytes)],
  publicKey: [4, upTo(bytes, 32)],
  flags: [5, u32],
  listenPort: [6, u16],
  fwmark: [7, u32],
  peers: [8, listOf(wireguardPeer, "WGDEVICE_A_PEERS", 0)],
}));

const wireguardHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf(() => ({ prefix: "WG_CMD_", values: WG_CMD }));
/** What stands behind nlmsghdr in messages of wireguard. */
export type WireguardBody = HeaderAndAttrs<GenlHeader, WireguardAttrs>;
/** The body of messages of wireguard. */
export const wireguardBody: Body<WireguardBody> = /* @__PURE__ */ body<GenlHeader, WireguardAttrs>(
  wireguardHeader,
  wireguardAttrs,
);
