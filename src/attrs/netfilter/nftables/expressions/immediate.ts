// Expression "immediate": NFTA_IMMEDIATE_*. Verdicts are immediates into NFT_REG.VERDICT.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { type NftData, nftData } from "../data.ts";
import { nftRegister } from "../registers.ts";

/** Puts a constant, or a verdict, into a register. */
export interface NftImmediate extends Attrs {
  /** Register that is written; NFT_REG.VERDICT of a verdict. */
  dreg?: number | undefined;
  /** What is put there. */
  data?: NftData | undefined;
}
/** The table of NFTA_IMMEDIATE_*. */
export const nftImmediate: AttrTable<NftImmediate> = /* @__PURE__ */ attrs<NftImmediate>("NFTA_IMMEDIATE_", () => ({
  dreg: [1, nftRegister],
  data: [2, nftData],
}));
