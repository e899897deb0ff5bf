// Expression "lookup": NFTA_LOOKUP_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, flagsOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { nftRegister } from "../registers.ts";

/**
 * Flags of lookup, NFT_LOOKUP_F_* of linux/netfilter/nf_tables.h. INV: goes on when the set has it not.
 * @enum
 */
export const NFT_LOOKUP_F = {
  INV: 1,
} as const;

/** Looks a register up in a set or map. */
export interface NftLookup extends Attrs {
  /** The set. */
  set?: string | undefined;
  /** Register with the key. */
  sreg?: number | undefined;
  /** Map: register for the data; NFT_REG.VERDICT of a verdict map. */
  dreg?: number | undefined;
  /** Request: the set of this id in the same batch. */
  setId?: number | undefined;
  /** NFT_LOOKUP_F. */
  flags?: number | undefined;
}
/** The table of NFTA_LOOKUP_*. */
export const nftLookup: AttrTable<NftLookup> = /* @__PURE__ */ attrs<NftLookup>("NFTA_LOOKUP_", () => ({
  set: [1, string],
  sreg: [2, nftRegister],
  dreg: [3, nftRegister],
  setId: [4, be32],
  flags: [5, flagsOf(be32, "NFT_LOOKUP_F_", NFT_LOOKUP_F)],
}));
