// Expression and object "quota": NFTA_QUOTA_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, be64, flagsOf } from "../../../../codec/int.ts";

/**
 * Flags of quota, NFT_QUOTA_F_* of linux/netfilter/nf_tables.h. INV: over the quota; DEPLETED: it has been used up.
 * @enum
 */
export const NFT_QUOTA_F = {
  INV: 1,
  DEPLETED: 2,
} as const;

/** Goes on up to a number of bytes. */
export interface NftQuota extends Attrs {
  /** Bytes. */
  bytes?: bigint | undefined;
  /** NFT_QUOTA_F. */
  flags?: number | undefined;
  /** Bytes used so far. */
  consumed?: bigint | undefined;
}
/** The table of NFTA_QUOTA_*. */
export const nftQuota: AttrTable<NftQuota> = /* @__PURE__ */ attrs<NftQuota>("NFTA_QUOTA_", () => ({
  bytes: [1, be64],
  flags: [2, flagsOf(be32, "NFT_QUOTA_F_", NFT_QUOTA_F)],
  consumed: [4, be64],
}));
