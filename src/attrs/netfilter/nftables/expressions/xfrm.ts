// Expression "xfrm": NFTA_XFRM_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, u8 } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of the IPsec state is read, NFT_XFRM_KEY_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_XFRM_KEY = {
  UNSPEC: 0,
  DADDR_IP4: 1,
  DADDR_IP6: 2,
  SADDR_IP4: 3,
  SADDR_IP6: 4,
  REQID: 5,
  SPI: 6,
} as const;

/** Reads something of the packet's IPsec state into a register. */
export interface NftXfrm extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_XFRM_KEY. */
  key?: number | undefined;
  /** 0: as it came in; 1: as it goes out. */
  dir?: number | undefined;
  /** Which state, when there are several: 0 is the first. */
  spnum?: number | undefined;
}
/** The table of NFTA_XFRM_*. */
export const nftXfrm: AttrTable<NftXfrm> = /* @__PURE__ */ attrs<NftXfrm>("NFTA_XFRM_", () => ({
  dreg: [1, nftRegister],
  key: [2, enumOf(be32, "NFT_XFRM_KEY_", NFT_XFRM_KEY)],
  dir: [3, u8],
  spnum: [4, be32],
}));
