// Expression and object "connlimit": NFTA_CONNLIMIT_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, flagsOf } from "../../../../codec/int.ts";

/**
 * Flags of connlimit, NFT_CONNLIMIT_F_* of linux/netfilter/nf_tables.h. INV: over the count.
 * @enum
 */
export const NFT_CONNLIMIT_F = {
  INV: 1,
} as const;

/** Goes on up to a number of connections. */
export interface NftConnlimit extends Attrs {
  /** Connections. */
  count?: number | undefined;
  /** NFT_CONNLIMIT_F. */
  flags?: number | undefined;
}
/** The table of NFTA_CONNLIMIT_*. */
export const nftConnlimit: AttrTable<NftConnlimit> = /* @__PURE__ */ attrs<NftConnlimit>("NFTA_CONNLIMIT_", () => ({
  count: [1, be32],
  flags: [2, flagsOf(be32, "NFT_CONNLIMIT_F_", NFT_CONNLIMIT_F)],
}));
