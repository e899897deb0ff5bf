// Expression "range": NFTA_RANGE_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { type NftData, nftData } from "../data.ts";
import { nftRegister } from "../registers.ts";

/**
 * How a register is compared, NFT_RANGE_* of linux/netfilter/nf_tables.h: EQ inside, NEQ outside.
 * @enum
 */
export const NFT_RANGE = {
  EQ: 0,
  NEQ: 1,
} as const;

/** Goes on when a register is inside, or outside, a range. */
export interface NftRange extends Attrs {
  /** Register that is read. */
  sreg?: number | undefined;
  /** NFT_RANGE. */
  op?: number | undefined;
  /** The lowest value. */
  fromData?: NftData | undefined;
  /** The highest value. */
  toData?: NftData | undefined;
}
/** The table of NFTA_RANGE_*. */
export const nftRange: AttrTable<NftRange> = /* @__PURE__ */ attrs<NftRange>("NFTA_RANGE_", () => ({
  sreg: [1, nftRegister],
  op: [2, enumOf(be32, "NFT_RANGE_", NFT_RANGE)],
  fromData: [3, nftData],
  toData: [4, nftData],
}));
