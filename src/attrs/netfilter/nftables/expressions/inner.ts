// Expression "inner": NFTA_INNER_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, flagsOf } from "../../../../codec/int.ts";
import type { Names } from "../../../../codec/names.ts";
import { type NftExpression, nftExpression } from "../expression.ts";

/**
 * Tunnels, NFT_INNER_* of linux/netfilter/nf_tables.h; and the flags of the same prefix: HDRSIZE (the size is given), and what the tunnel
 * carries: link-layer (LL), network (NH), transport header (TH).
 * @enum
 */
export const NFT_INNER = {
  UNSPEC: 0,
  VXLAN: 1,
  GENEVE: 2,
  HDRSIZE: 1,
  LL: 2,
  NH: 4,
  TH: 8,
} as const;

const types: Names["values"] = { UNSPEC: 0, VXLAN: 1, GENEVE: 2 };
const flags: Names["values"] = { HDRSIZE: 1, LL: 2, NH: 4, TH: 8 };

/** Evaluates an expression on what a tunnel carries. */
export interface NftInner extends Attrs {
  /** Which one inside another: 0. */
  num?: number | undefined;
  /** NFT_INNER.VXLAN, GENEVE, or UNSPEC for a tunnel of IP. */
  type?: number | undefined;
  /** NFT_INNER.HDRSIZE, LL, NH and TH. */
  flags?: number | undefined;
  /** Bytes of the tunnel's header. */
  hdrsize?: number | undefined;
  /** The expression: "payload" or "meta". */
  expr?: NftExpression | undefined;
}
/** The table of NFTA_INNER_*. */
export const nftInner: AttrTable<NftInner> = /* @__PURE__ */ attrs<NftInner>("NFTA_INNER_", () => ({
  num: [1, be32],
  type: [2, enumOf(be32, "NFT_INNER_", types)],
  flags: [3, flagsOf(be32, "NFT_INNER_", flags)],
  hdrsize: [4, be32],
  expr: [5, nftExpression],
}));
