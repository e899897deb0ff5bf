// Expression "rt": NFTA_RT_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of the route is read, NFT_RT_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_RT = {
  CLASSID: 0,
  NEXTHOP4: 1,
  NEXTHOP6: 2,
  TCPMSS: 3,
  XFRM: 4,
} as const;

/** Reads something of the packet's route into a register. */
export interface NftRt extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_RT. */
  key?: number | undefined;
}
/** The table of NFTA_RT_*. */
export const nftRt: AttrTable<NftRt> = /* @__PURE__ */ attrs<NftRt>("NFTA_RT_", () => ({
  dreg: [1, nftRegister],
  key: [2, enumOf(be32, "NFT_RT_", NFT_RT)],
}));
