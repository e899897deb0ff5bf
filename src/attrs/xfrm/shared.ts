// Structs of NETLINK_XFRM that stand inside others, and in attributes of their own.
import { address } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { be16, be32, enumOf, s32, u8, u16, u32, u64 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";

/**
 * How packets are wrapped, XFRM_MODE_* of linux/xfrm.h.
 * @enum
 */
export const XFRM_MODE = {
  TRANSPORT: 0,
  TUNNEL: 1,
  ROUTEOPTIMIZATION: 2,
  IN_TRIGGER: 3,
  BEET: 4,
  IPTFS: 5,
} as const;

/** Which packets are meant. */
export interface XfrmSelector {
  /** AF of the selector. */
  family: number;
  /** Destination network. */
  daddr: string;
  /** Source network. */
  saddr: string;
  /** Destination port. */
  dport: number;
  /** Which bits of it count. */
  dportMask: number;
  /** Source port. */
  sport: number;
  /** Which bits of it count. */
  sportMask: number;
  /** Bits of the destination that count. */
  prefixlenD: number;
  /** Bits of the source that count. */
  prefixlenS: number;
  /** IPPROTO; 0: any. */
  proto: number;
  /** Index of the link; 0: any. */
  ifindex: number;
  /** User; 0: any. */
  user: number;
}
/** struct xfrm_selector. */
export const xfrmSelector: Struct<XfrmSelector> = /* @__PURE__ */ struct<XfrmSelector>("xfrm_selector", "", 56, () => ({
  family: [40, enumOf(u16, "AF_", AF)],
  daddr: [0, address(16, "family")],
  saddr: [16, address(16, "family")],
  dport: [32, be16],
  dportMask: [34, be16],
  sport: [36, be16],
  sportMask: [38, be16],
  prefixlenD: [42, u8],
  prefixlenS: [43, u8],
  proto: [44, enumOf(u8, "IPPROTO_", IPPROTO)],
  ifindex: [48, s32],
  user: [52, u32],
}));

/** What names an association, where its family stands elsewhere. */
export interface XfrmId {
  /** Destination. */
  daddr: string;
  /** Index of the association (SPI). */
  spi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  proto: number;
}
/**
 * struct xfrm_id.
 * @param family the member of the outer struct that says of which family the address is
 */
/* @__NO_SIDE_EFFECTS__ */
export const xfrmId = (family: string): Struct<XfrmId> =>
  struct<XfrmId>("xfrm_id", "", 24, () => ({
    daddr: [0, address(16, family)],
    spi: [16, be32],
    proto: [20, enumOf(u8, "IPPROTO_", IPPROTO)],
  }));

/** How long an association or a policy lasts. */
export interface XfrmLifetimeLimits {
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  softByteLimit: bigint;
  /** Bytes after which it ends. */
  hardByteLimit: bigint;
  /** Packets after which a warning comes. */
  softPacketLimit: bigint;
  /** Packets after which it ends. */
  hardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  softAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  hardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  softUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  hardUseExpiresSeconds: bigint;
}
/** struct xfrm_lifetime_cfg. */
export const xfrmLifetimeLimits: Struct<XfrmLifetimeLimits> = /* @__PURE__ */ struct<XfrmLifetimeLimits>(
  "xfrm_lifetime_cfg",
  "",
  64,
  () => ({
    softByteLimit: [0, u64],
    hardByteLimit: [8, u64],
    softPacketLimit: [16, u64],
    hardPacketLimit: [24, u64],
    softAddExpiresSeconds: [32, u64],
    hardAddExpiresSeconds: [40, u64],
    softUseExpiresSeconds: [48, u64],
    hardUseExpiresSeconds: [56, u64],
  }),
);

/** How much it has done. */
export interface XfrmLifetime {
  /** Bytes so far. */
  bytes: bigint;
  /** Packets so far. */
  packets: bigint;
  /** When it was made: seconds since 1970. */
  addTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  useTime: bigint;
}
/** struct xfrm_lifetime_cur. */
export const xfrmLifetime: Struct<XfrmLifetime> = /* @__PURE__ */ struct<XfrmLifetime>(
  "xfrm_lifetime_cur",
  "",
  32,
  () => ({
    bytes: [0, u64],
    packets: [8, u64],
    addTime: [16, u64],
    useTime: [24, u64],
  }),
);

/** What was refused. */
export interface XfrmStats {
  /** Packets too old for the replay window. */
  replayWindow: number;
  /** Packets that came twice. */
  replay: number;
  /** Packets with a wrong checksum. */
  integrityFailed: number;
}
/** struct xfrm_stats. */
export const xfrmStats: Struct<XfrmStats> = /* @__PURE__ */ struct<XfrmStats>("xfrm_stats", "", 12, () => ({
  replayWindow: [0, u32],
  replay: [4, u32],
  integrityFailed: [8, u32],
}));
