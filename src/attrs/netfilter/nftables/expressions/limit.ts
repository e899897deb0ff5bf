// Expression and object "limit": NFTA_LIMIT_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf } from "../../../../codec/int.ts";

/**
 * What is limited, NFT_LIMIT_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_LIMIT = {
  PKTS: 0,
  PKT_BYTES: 1,
} as const;

/**
 * Flags of limit, NFT_LIMIT_F_* of linux/netfilter/nf_tables.h. INV: over the limit.
 * @enum
 */
export const NFT_LIMIT_F = {
  INV: 1,
} as const;

/** Goes on up to a rate. */
export interface NftLimit extends Attrs {
  /** Packets or bytes in each `unit`. */
  rate?: bigint | undefined;
  /** Seconds. */
  unit?: bigint | undefined;
  /** Packets or bytes beyond the rate. */
  burst?: number | undefined;
  /** NFT_LIMIT. Default: PKTS. */
  type?: number | undefined;
  /** NFT_LIMIT_F. */
  flags?: number | undefined;
}
/** The table of NFTA_LIMIT_*. */
export const nftLimit: AttrTable<NftLimit> = /* @__PURE__ */ attrs<NftLimit>("NFTA_LIMIT_", () => ({
  rate: [1, be64],
  unit: [2, be64],
  burst: [3, be32],
  type: [4, enumOf(be32, "NFT_LIMIT_", NFT_LIMIT)],
  flags: [5, flagsOf(be32, "NFT_LIMIT_F_", NFT_LIMIT_F)],
}));
