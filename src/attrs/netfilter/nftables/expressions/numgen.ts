// Expression "numgen": NFTA_NG_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { nftRegister } from "../registers.ts";

/**
 * How numbers follow one another, NFT_NG_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_NG = {
  INCREMENTAL: 0,
  RANDOM: 1,
} as const;

/** A number into a register, another for every packet. */
export interface NftNumgen extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** Numbers are smaller than this. */
  modulus?: number | undefined;
  /** NFT_NG. */
  type?: number | undefined;
  /** Added to the number. */
  offset?: number | undefined;
  /** Not used since Linux 4.17: a map to look the number up in. */
  setName?: string | undefined;
  /** Not used since Linux 4.17: id of that map. */
  setId?: number | undefined;
}
/** The table of NFTA_NG_*. */
export const nftNumgen: AttrTable<NftNumgen> = /* @__PURE__ */ attrs<NftNumgen>("NFTA_NG_", () => ({
  dreg: [1, nftRegister],
  modulus: [2, be32],
  type: [3, enumOf(be32, "NFT_NG_", NFT_NG)],
  offset: [4, be32],
  setName: [5, string],
  setId: [6, be32],
}));
