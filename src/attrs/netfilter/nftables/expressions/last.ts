// Expression "last": NFTA_LAST_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, be64 } from "../../../../codec/int.ts";

/** When a packet last came here. */
export interface NftLast extends Attrs {
  /** 1: one has come. */
  set?: number | undefined;
  /** How long ago, in milliseconds. */
  msecs?: bigint | undefined;
}
/** The table of NFTA_LAST_*. */
export const nftLast: AttrTable<NftLast> = /* @__PURE__ */ attrs<NftLast>("NFTA_LAST_", () => ({
  set: [1, be32],
  msecs: [2, be64],
}));
