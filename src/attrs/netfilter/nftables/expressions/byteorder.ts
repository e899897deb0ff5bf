// Expression "byteorder": NFTA_BYTEORDER_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * Which way bytes are turned, NFT_BYTEORDER_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_BYTEORDER = {
  NTOH: 0,
  HTON: 1,
} as const;

/** Between host and network byte order. */
export interface NftByteorder extends Attrs {
  /** Register that is read. */
  sreg?: number | undefined;
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_BYTEORDER. */
  op?: number | undefined;
  /** Bytes, all integers together. */
  len?: number | undefined;
  /** Bytes of one integer: 2, 4 or 8. */
  size?: number | undefined;
}
/** The table of NFTA_BYTEORDER_*. */
export const nftByteorder: AttrTable<NftByteorder> = /* @__PURE__ */ attrs<NftByteorder>("NFTA_BYTEORDER_", () => ({
  sreg: [1, nftRegister],
  dreg: [2, nftRegister],
  op: [3, enumOf(be32, "NFT_BYTEORDER_", NFT_BYTEORDER)],
  len: [4, be32],
  size: [5, be32],
}));
