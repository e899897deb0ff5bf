// Expression "osf": NFTA_OSF_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, flagsOf, u8 } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * Flags of osf, NFT_OSF_F_* of linux/netfilter/nf_tables.h. VERSION: the version too.
 * @enum
 */
export const NFT_OSF_F = {
  VERSION: 1,
} as const;

/** The name of the operating system that a TCP SYN looks like, into a register. */
export interface NftOsf extends Attrs {
  /** Register that is written: 16 bytes. */
  dreg?: number | undefined;
  /** How the TTL counts: 0 as of the same network, 1 not lower, 2 not at all. */
  ttl?: number | undefined;
  /** NFT_OSF_F. The kernel answers 0, but refuses it in a request. */
  flags?: number | undefined;
}
/** The table of NFTA_OSF_*. */
export const nftOsf: AttrTable<NftOsf> = /* @__PURE__ */ attrs<NftOsf>("NFTA_OSF_", () => ({
  dreg: [1, nftRegister],
  ttl: [2, u8],
  flags: [3, flagsOf(be32, "NFT_OSF_F_", NFT_OSF_F)],
}));
