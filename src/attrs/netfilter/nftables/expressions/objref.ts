// Expression "objref": NFTA_OBJREF_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { NFT_OBJECT } from "../object-type.ts";
import { nftRegister } from "../registers.ts";

/** Uses an object: one by name, or one that a map gives. */
export interface NftObjref extends Attrs {
  /** NFT_OBJECT, with `immName`. */
  immType?: number | undefined;
  /** The object. */
  immName?: string | undefined;
  /** Register with the key, with `setName`. */
  setSreg?: number | undefined;
  /** The map. */
  setName?: string | undefined;
  /** Request: the map of this id in the same batch. */
  setId?: number | undefined;
}
/** The table of NFTA_OBJREF_*. */
export const nftObjref: AttrTable<NftObjref> = /* @__PURE__ */ attrs<NftObjref>("NFTA_OBJREF_", () => ({
  immType: [1, enumOf(be32, "NFT_OBJECT_", NFT_OBJECT)],
  immName: [2, string],
  setSreg: [3, nftRegister],
  setName: [4, string],
  setId: [5, be32],
}));
