// Userdata: what the kernel keeps for programs without looking at it, 256 bytes at most, as libnftnl and nft lay it out
// (libnftnl/udata.h). What another program put there in another form is left raw in `unknown`.
import type { Attrs } from "../../../codec/attribute.ts";
import type { Tlv8 } from "../../../codec/codec.ts";
import { flagsOf, u32 } from "../../../codec/int.ts";
import { bytes, string } from "../../../codec/scalars.ts";
import { tlv8 } from "../../../codec/tlv8.ts";

/** What is written on a rule. */
export interface NftRuleUserdata extends Attrs {
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
  /** ebtables-nft: this rule stands for the policy of its chain. */
  ebtablesPolicy?: number | undefined;
}
/** The table of NFTNL_UDATA_RULE_*. */
export const nftRuleUserdata: Tlv8<NftRuleUserdata> = /* @__PURE__ */ tlv8<NftRuleUserdata>(
  "NFTNL_UDATA_RULE_",
  () => ({
    comment: [0, string],
    ebtablesPolicy: [1, u32],
  }),
);

/** What is written on a table. */
export interface NftTableUserdata extends Attrs {
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
}
/** The table of NFTNL_UDATA_TABLE_*. */
export const nftTableUserdata: Tlv8<NftTableUserdata> = /* @__PURE__ */ tlv8<NftTableUserdata>(
  "NFTNL_UDATA_TABLE_",
  () => ({
    comment: [0, string],
  }),
);

/** What is written on a chain. */
export interface NftChainUserdata extends Attrs {
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
}
/** The table of NFTNL_UDATA_CHAIN_*. */
export const nftChainUserdata: Tlv8<NftChainUserdata> = /* @__PURE__ */ tlv8<NftChainUserdata>(
  "NFTNL_UDATA_CHAIN_",
  () => ({
    comment: [0, string],
  }),
);

/** What is written on an object. */
export interface NftObjectUserdata extends Attrs {
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
}
/** The table of NFTNL_UDATA_OBJ_*. */
export const nftObjectUserdata: Tlv8<NftObjectUserdata> = /* @__PURE__ */ tlv8<NftObjectUserdata>(
  "NFTNL_UDATA_OBJ_",
  () => ({
    comment: [0, string],
  }),
);

/** Which expression gave a set its type: `typeof ip saddr`. */
export interface NftTypeof extends Attrs {
  /** Number of the expression's sort in nft's own list. */
  expr?: number | undefined;
  /** What that sort says of itself, in the same form of type, length and value. */
  data?: Uint8Array | undefined;
}
/** The table of NFTNL_UDATA_SET_TYPEOF_*. */
export const nftTypeof: Tlv8<NftTypeof> = /* @__PURE__ */ tlv8<NftTypeof>("NFTNL_UDATA_SET_TYPEOF_", () => ({
  expr: [0, u32],
  data: [1, bytes],
}));

/** What is written on a set. Integers are in the byte order of the machine. */
export interface NftSetUserdata extends Attrs {
  /** Byte order of keys: 1 host, 2 network. */
  keybyteorder?: number | undefined;
  /** Byte order of the data of a map: 1 host, 2 network. */
  databyteorder?: number | undefined;
  /** 1: `auto-merge`, adjoining intervals become one. */
  mergeElements?: number | undefined;
  /** The expression that keys are of. */
  keyTypeof?: NftTypeof | undefined;
  /** The expression that data is of. */
  dataTypeof?: NftTypeof | undefined;
  /** Expressions of the set, in a form of nft's own. */
  expr?: Uint8Array | undefined;
  /** 1: the data of the map are intervals. */
  dataInterval?: number | undefined;
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
}
/** The table of NFTNL_UDATA_SET_*. */
export const nftSetUserdata: Tlv8<NftSetUserdata> = /* @__PURE__ */ tlv8<NftSetUserdata>("NFTNL_UDATA_SET_", () => ({
  keybyteorder: [0, u32],
  databyteorder: [1, u32],
  mergeElements: [2, u32],
  keyTypeof: [3, nftTypeof],
  dataTypeof: [4, nftTypeof],
  expr: [5, bytes],
  dataInterval: [6, u32],
  comment: [7, string],
}));

/**
 * Bits of NFTNL_UDATA_SET_ELEM_FLAGS, NFTNL_SET_ELEM_F_* of libnftnl/udata.h.
 * @enum
 */
export const NFTNL_SET_ELEM_F = {
  INTERVAL_OPEN: 1,
} as const;

/** What is written on an element of a set. */
export interface NftElementUserdata extends Attrs {
  /** What `nft list` shows behind `comment`: at most 127 bytes. */
  comment?: string | undefined;
  /** NFTNL_SET_ELEM_F: INTERVAL_OPEN on an interval without an end. */
  flags?: number | undefined;
}
/** The table of NFTNL_UDATA_SET_ELEM_*. */
export const nftElementUserdata: Tlv8<NftElementUserdata> = /* @__PURE__ */ tlv8<NftElementUserdata>(
  "NFTNL_UDATA_SET_ELEM_",
  () => ({
    comment: [0, string],
    flags: [1, flagsOf(u32, "NFTNL_SET_ELEM_F_", NFTNL_SET_ELEM_F)],
  }),
);
