// Object "secmark": NFTA_SECMARK_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { string } from "../../../../codec/scalars.ts";

/** A security label for packets. */
export interface NftSecmark extends Attrs {
  /** The label, as the security module writes it. */
  ctx?: string | undefined;
}
/** The table of NFTA_SECMARK_*. */
export const nftSecmark: AttrTable<NftSecmark> = /* @__PURE__ */ attrs<NftSecmark>("NFTA_SECMARK_", () => ({
  ctx: [1, string],
}));
