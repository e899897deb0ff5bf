// NFT_MSG_*SETELEM: elements of sets and maps.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, flagsOf } from "../../../codec/int.ts";
import { listOf } from "../../../codec/list.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftData, nftData } from "./data.ts";
import { type NftExpression, nftExpression, nftExpressionList } from "./expression.ts";
import { type NftElementUserdata, nftElementUserdata } from "./userdata.ts";

/**
 * Flags of an element, NFT_SET_ELEM_* of linux/netfilter/nf_tables.h. INTERVAL_END: the first key behind an interval; CATCHALL: whatever no
 * other element has.
 * @enum
 */
export const NFT_SET_ELEM = {
  INTERVAL_END: 1,
  CATCHALL: 2,
} as const;

/** One element. */
export interface NftSetElement extends Attrs {
  /** The key; of an interval without `keyEnd` its first. */
  key?: NftData | undefined;
  /** Map: what the key leads to. */
  data?: NftData | undefined;
  /** NFT_SET_ELEM. */
  flags?: number | undefined;
  /** How long it stays, in milliseconds. */
  timeout?: bigint | undefined;
  /** How long it still has, in milliseconds. */
  expiration?: bigint | undefined;
  /** Comment. */
  userdata?: NftElementUserdata | undefined;
  /** Its one expression: a counter, a limit…. */
  expr?: NftExpression | undefined;
  /** Map to objects: the name of the object. */
  objref?: string | undefined;
  /** Of an interval in a concatenation: the last key. */
  keyEnd?: NftData | undefined;
  /** Its expressions, when there are several. */
  expressions?: readonly NftExpression[] | undefined;
}
/** The table of NFTA_SET_ELEM_*. */
export const nftSetElement: AttrTable<NftSetElement> = /* @__PURE__ */ attrs<NftSetElement>("NFTA_SET_ELEM_", () => ({
  key: [1, nftData],
  data: [2, nftData],
  flags: [3, flagsOf(be32, "NFT_SET_ELEM_", NFT_SET_ELEM)],
  timeout: [4, be64],
  expiration: [5, be64],
  userdata: [6, nftElementUserdata],
  expr: [7, nftExpression],
  objref: [9, string],
  keyEnd: [10, nftData],
  expressions: [11, nftExpressionList],
}));

/** Attributes of a message about elements. */
export interface NftSetElementsAttrs extends Attrs {
  /** The table of the set. */
  table?: string | undefined;
  /** The set. */
  set?: string | undefined;
  /** The elements, 64 KiB of them at most: more take several messages. Written with a number each, as nft does it. */
  elements?: readonly NftSetElement[] | undefined;
  /** Request: the set of this id in the same batch. */
  setId?: number | undefined;
}
/** The table of NFTA_SET_ELEM_LIST_*. */
export const nftSetElementsAttrs: AttrTable<NftSetElementsAttrs> = /* @__PURE__ */ attrs<NftSetElementsAttrs>(
  "NFTA_SET_ELEM_LIST_",
  () => ({
    table: [1, string],
    set: [2, string],
    elements: [3, listOf(nftSetElement, "NFTA_LIST_ELEM", 1, true)],
    setId: [4, be32],
  }),
);
