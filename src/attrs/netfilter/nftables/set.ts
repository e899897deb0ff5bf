// NFT_MSG_*SET: NFTA_SET_*. Sets, maps and verdict maps; elements are in set-element.ts.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf } from "../../../codec/int.ts";
import { listOf } from "../../../codec/list.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftExpression, nftExpression, nftExpressionList } from "./expression.ts";
import { NFT_OBJECT } from "./object-type.ts";
import { type NftSetUserdata, nftSetUserdata } from "./userdata.ts";

/**
 * Flags of a set, NFT_SET_* of linux/netfilter/nf_tables.h. EVAL: rules add to it; OBJECT: a map to objects; EXPR: its elements may hold
 * expressions.
 * @enum
 */
export const NFT_SET = {
  ANONYMOUS: 1,
  CONSTANT: 2,
  INTERVAL: 4,
  MAP: 8,
  TIMEOUT: 16,
  EVAL: 32,
  OBJECT: 64,
  CONCAT: 128,
  EXPR: 256,
} as const;

/**
 * What a set is to be good at, NFT_SET_POL_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_SET_POL = {
  PERFORMANCE: 0,
  MEMORY: 1,
} as const;

/**
 * Types of data that the kernel knows, NFT_DATA_* of linux/netfilter/nf_tables.h. Any other number is a type of the program that made the
 * set.
 * @enum
 */
export const NFT_DATA = {
  VALUE: 0,
  VERDICT: 4294967040,
} as const;

/** One part of a concatenated key. */
export interface NftSetField extends Attrs {
  /** Bytes, without the padding up to a multiple of four. */
  len?: number | undefined;
}
/** The table of NFTA_SET_FIELD_*. */
export const nftSetField: AttrTable<NftSetField> = /* @__PURE__ */ attrs<NftSetField>("NFTA_SET_FIELD_", () => ({
  len: [1, be32],
}));

/** What elements there will be: by this the kernel chooses how to keep them. */
export interface NftSetDescription extends Attrs {
  /** Elements, at most. */
  size?: number | undefined;
  /** The parts of a concatenated key, in order. */
  concat?: readonly NftSetField[] | undefined;
}
/** The table of NFTA_SET_DESC_*. */
export const nftSetDescription: AttrTable<NftSetDescription> = /* @__PURE__ */ attrs<NftSetDescription>(
  "NFTA_SET_DESC_",
  () => ({
    size: [1, be32],
    concat: [2, listOf(nftSetField, "NFTA_LIST_ELEM", 1)],
  }),
);

/** Attributes of a set. */
export interface NftSetAttrs extends Attrs {
  /** The table it is in. */
  table?: string | undefined;
  /** Its name, at most 255 bytes; `%d` in the name of an anonymous one becomes a number. */
  name?: string | undefined;
  /** NFT_SET. */
  flags?: number | undefined;
  /** Type of the key: a number of the program's own, of nft its data type (several of six bits each in a concatenation). */
  keyType?: number | undefined;
  /** Bytes of a key; of a concatenation each part takes a multiple of four. */
  keyLen?: number | undefined;
  /** Map: NFT_DATA.VERDICT, or as `keyType`. */
  dataType?: number | undefined;
  /** Map: bytes of the data. */
  dataLen?: number | undefined;
  /** NFT_SET_POL. */
  policy?: number | undefined;
  /** What elements there will be. */
  desc?: NftSetDescription | undefined;
  /** Request: a number by which the same batch refers to it. The kernel makes no set without. */
  id?: number | undefined;
  /** How long elements stay, in milliseconds, unless they say otherwise. */
  timeout?: bigint | undefined;
  /** How often old elements are removed, in milliseconds. */
  gcInterval?: number | undefined;
  /** Comment, and how nft is to show keys and data. */
  userdata?: NftSetUserdata | undefined;
  /** Map to objects: NFT_OBJECT, which sort. */
  objType?: number | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** The one expression that every element gets. */
  expr?: NftExpression | undefined;
  /** The expressions that every element gets. */
  expressions?: readonly NftExpression[] | undefined;
  /** Answer: the symbol by which the kernel keeps the elements ("nft_set_rbtree_type"), or its address where the kernel has no names. Linux 6.12
   * does not say it. */
  type?: string | undefined;
  /** Answer: elements in it; of intervals half of their ends, rounded down. Linux 6.12 does not say it. */
  count?: number | undefined;
}
/** The table of NFTA_SET_*. */
export const nftSetAttrs: AttrTable<NftSetAttrs> = /* @__PURE__ */ attrs<NftSetAttrs>("NFTA_SET_", () => ({
  table: [1, string],
  name: [2, string],
  flags: [3, flagsOf(be32, "NFT_SET_", NFT_SET)],
  keyType: [4, be32],
  keyLen: [5, be32],
  dataType: [6, enumOf(be32, "NFT_DATA_", NFT_DATA)],
  dataLen: [7, be32],
  policy: [8, enumOf(be32, "NFT_SET_POL_", NFT_SET_POL)],
  desc: [9, nftSetDescription],
  id: [10, be32],
  timeout: [11, be64],
  gcInterval: [12, be32],
  userdata: [13, nftSetUserdata],
  objType: [15, enumOf(be32, "NFT_OBJECT_", NFT_OBJECT)],
  handle: [16, be64],
  expr: [17, nftExpression],
  expressions: [18, nftExpressionList],
  type: [19, string],
  count: [20, be32],
}));
