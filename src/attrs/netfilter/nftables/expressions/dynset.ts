// Expression "dynset": NFTA_DYNSET_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { type NftExpression, nftExpression, nftExpressionList } from "../expression.ts";
import { nftRegister } from "../registers.ts";

/**
 * What is done to the set, NFT_DYNSET_OP_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_DYNSET_OP = {
  ADD: 0,
  UPDATE: 1,
  DELETE: 2,
} as const;

/**
 * Flags of dynset, NFT_DYNSET_F_* of linux/netfilter/nf_tables.h. EXPR: there are expressions; nft sets it with `expressions`.
 * @enum
 */
export const NFT_DYNSET_F = {
  INV: 1,
  EXPR: 2,
} as const;

/** Changes a set as packets pass. */
export interface NftDynset extends Attrs {
  /** The set. */
  setName?: string | undefined;
  /** Request: the set of this id in the same batch. */
  setId?: number | undefined;
  /** NFT_DYNSET_OP. */
  op?: number | undefined;
  /** Register with the key. */
  sregKey?: number | undefined;
  /** Map: register with the data. */
  sregData?: number | undefined;
  /** How long the element stays, in milliseconds. The kernel answers 0 for none, but refuses 0 unless the set has timeouts. */
  timeout?: bigint | undefined;
  /** The one expression that a new element gets. */
  expr?: NftExpression | undefined;
  /** NFT_DYNSET_F. */
  flags?: number | undefined;
  /** The expressions that a new element gets, when there are several. */
  expressions?: readonly NftExpression[] | undefined;
}
/** The table of NFTA_DYNSET_*. */
export const nftDynset: AttrTable<NftDynset> = /* @__PURE__ */ attrs<NftDynset>("NFTA_DYNSET_", () => ({
  setName: [1, string],
  setId: [2, be32],
  op: [3, enumOf(be32, "NFT_DYNSET_OP_", NFT_DYNSET_OP)],
  sregKey: [4, nftRegister],
  sregData: [5, nftRegister],
  timeout: [6, be64],
  expr: [7, nftExpression],
  flags: [9, flagsOf(be32, "NFT_DYNSET_F_", NFT_DYNSET_F)],
  expressions: [10, nftExpressionList],
}));
