// Expression "fib": NFTA_FIB_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, flagsOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What is asked of the routes, NFT_FIB_RESULT_* of linux/netfilter/nf_tables.h. ADDRTYPE: RTN.
 * @enum
 */
export const NFT_FIB_RESULT = {
  UNSPEC: 0,
  OIF: 1,
  OIFNAME: 2,
  ADDRTYPE: 3,
} as const;

/**
 * What is looked up, and what has to be equal, NFTA_FIB_F_* of linux/netfilter/nf_tables.h. PRESENT: only whether there is a route.
 * @enum
 */
export const NFTA_FIB_F = {
  SADDR: 1,
  DADDR: 2,
  MARK: 4,
  IIF: 8,
  OIF: 16,
  PRESENT: 32,
} as const;

/** Looks an address up in the routes. */
export interface NftFib extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_FIB_RESULT. */
  result?: number | undefined;
  /** NFTA_FIB_F. */
  flags?: number | undefined;
}
/** The table of NFTA_FIB_*. */
export const nftFib: AttrTable<NftFib> = /* @__PURE__ */ attrs<NftFib>("NFTA_FIB_", () => ({
  dreg: [1, nftRegister],
  result: [2, enumOf(be32, "NFT_FIB_RESULT_", NFT_FIB_RESULT)],
  flags: [3, flagsOf(be32, "NFTA_FIB_F_", NFTA_FIB_F)],
}));
