// Expression "fwd": NFTA_FWD_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { NFPROTO } from "../../nfnetlink.ts";
import { nftRegister } from "../registers.ts";

/** Sends the packet out by another link; netdev family. */
export interface NftFwd extends Attrs {
  /** Register with the index of the link. */
  sregDev?: number | undefined;
  /** Register with the address of the neighbour. */
  sregAddr?: number | undefined;
  /** NFPROTO of that address. */
  nfproto?: number | undefined;
}
/** The table of NFTA_FWD_*. */
export const nftFwd: AttrTable<NftFwd> = /* @__PURE__ */ attrs<NftFwd>("NFTA_FWD_", () => ({
  sregDev: [1, nftRegister],
  sregAddr: [2, nftRegister],
  nfproto: [3, enumOf(be32, "NFPROTO_", NFPROTO)],
}));
