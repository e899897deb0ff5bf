// Expression "cmp": NFTA_CMP_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { type NftData, nftData } from "../data.ts";
import { nftRegister } from "../registers.ts";

/**
 * How a register is compared, NFT_CMP_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_CMP = {
  EQ: 0,
  NEQ: 1,
  LT: 2,
  LTE: 3,
  GT: 4,
  GTE: 5,
} as const;

/** Goes on when a register compares so with a value, as memcmp does it. */
export interface NftCmp extends Attrs {
  /** Register that is read. */
  sreg?: number | undefined;
  /** NFT_CMP. */
  op?: number | undefined;
  /** What it is compared with, on the right of the operator. */
  data?: NftData | undefined;
}
/** The table of NFTA_CMP_*. */
export const nftCmp: AttrTable<NftCmp> = /* @__PURE__ */ attrs<NftCmp>("NFTA_CMP_", () => ({
  sreg: [1, nftRegister],
  op: [2, enumOf(be32, "NFT_CMP_", NFT_CMP)],
  data: [3, nftData],
}));
