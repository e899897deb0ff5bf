// Expression "dup": NFTA_DUP_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { nftRegister } from "../registers.ts";

/** Sends a copy of the packet elsewhere. */
export interface NftDup extends Attrs {
  /** Register with the address to send it to. */
  sregAddr?: number | undefined;
  /** Register with the index of the link to send it by. */
  sregDev?: number | undefined;
}
/** The table of NFTA_DUP_*. */
export const nftDup: AttrTable<NftDup> = /* @__PURE__ */ attrs<NftDup>("NFTA_DUP_", () => ({
  sregAddr: [1, nftRegister],
  sregDev: [2, nftRegister],
}));
