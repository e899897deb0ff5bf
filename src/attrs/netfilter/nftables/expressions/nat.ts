// Expressions "nat", "masq" and "redir": NFTA_NAT_*, NFTA_MASQ_*, NFTA_REDIR_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, flagsOf } from "../../../../codec/int.ts";
import { NFPROTO } from "../../nfnetlink.ts";
import { nftRegister } from "../registers.ts";

/**
 * Which address is translated, NFT_NAT_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_NAT = {
  SNAT: 0,
  DNAT: 1,
} as const;

/**
 * How the new address and port are chosen, NF_NAT_RANGE_* of linux/netfilter/nf_nat.h. MAP_IPS and PROTO_SPECIFIED: there are addresses,
 * ports; the kernel sets them itself.
 * @enum
 */
export const NF_NAT_RANGE = {
  MAP_IPS: 1,
  PROTO_SPECIFIED: 2,
  PROTO_RANDOM: 4,
  PERSISTENT: 8,
  PROTO_RANDOM_FULLY: 16,
  PROTO_OFFSET: 32,
  NETMAP: 64,
} as const;

/** Translates to addresses and ports in registers. */
export interface NftNat extends Attrs {
  /** NFT_NAT. */
  type?: number | undefined;
  /** NFPROTO.IPV4 or IPV6. */
  family?: number | undefined;
  /** Register with the lowest address. */
  regAddrMin?: number | undefined;
  /** Register with the highest address. */
  regAddrMax?: number | undefined;
  /** Register with the lowest port. */
  regProtoMin?: number | undefined;
  /** Register with the highest port. */
  regProtoMax?: number | undefined;
  /** NF_NAT_RANGE. */
  flags?: number | undefined;
}
/** The table of NFTA_NAT_*. */
export const nftNat: AttrTable<NftNat> = /* @__PURE__ */ attrs<NftNat>("NFTA_NAT_", () => ({
  type: [1, enumOf(be32, "NFT_NAT_", NFT_NAT)],
  family: [2, enumOf(be32, "NFPROTO_", NFPROTO)],
  regAddrMin: [3, nftRegister],
  regAddrMax: [4, nftRegister],
  regProtoMin: [5, nftRegister],
  regProtoMax: [6, nftRegister],
  flags: [7, flagsOf(be32, "NF_NAT_RANGE_", NF_NAT_RANGE)],
}));

/** Translates the source to the address of the link that the packet leaves by. */
export interface NftMasq extends Attrs {
  /** NF_NAT_RANGE. */
  flags?: number | undefined;
  /** Register with the lowest port. */
  regProtoMin?: number | undefined;
  /** Register with the highest port. */
  regProtoMax?: number | undefined;
}
/** The table of NFTA_MASQ_*. */
export const nftMasq: AttrTable<NftMasq> = /* @__PURE__ */ attrs<NftMasq>("NFTA_MASQ_", () => ({
  flags: [1, flagsOf(be32, "NF_NAT_RANGE_", NF_NAT_RANGE)],
  regProtoMin: [2, nftRegister],
  regProtoMax: [3, nftRegister],
}));

/** Translates the destination to this machine. */
export interface NftRedir extends Attrs {
  /** Register with the lowest port. */
  regProtoMin?: number | undefined;
  /** Register with the highest port. */
  regProtoMax?: number | undefined;
  /** NF_NAT_RANGE. */
  flags?: number | undefined;
}
/** The table of NFTA_REDIR_*. */
export const nftRedir: AttrTable<NftRedir> = /* @__PURE__ */ attrs<NftRedir>("NFTA_REDIR_", () => ({
  regProtoMin: [1, nftRegister],
  regProtoMax: [2, nftRegister],
  flags: [3, flagsOf(be32, "NF_NAT_RANGE_", NF_NAT_RANGE)],
}));
