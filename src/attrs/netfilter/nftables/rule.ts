// NFT_MSG_*RULE: NFTA_RULE_*.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";
import { IPPROTO } from "../../ip-protocols.ts";
import { type NftExpression, nftExpressionList } from "./expression.ts";
import { type NftRuleUserdata, nftRuleUserdata } from "./userdata.ts";

/**
 * Flags of NFTA_RULE_COMPAT_FLAGS, NFT_RULE_COMPAT_F_* of linux/netfilter/nf_tables.h. INV: all protocols but that one.
 * @enum
 */
export const NFT_RULE_COMPAT_F = {
  UNUSED: 1,
  INV: 2,
} as const;

/** What an xtables extension in the rule asks of the protocol. */
export interface NftRuleCompat extends Attrs {
  /** IPPROTO that the rule is for. */
  proto?: number | undefined;
  /** NFT_RULE_COMPAT_F. */
  flags?: number | undefined;
}
/** The table of NFTA_RULE_COMPAT_*. */
export const nftRuleCompat: AttrTable<NftRuleCompat> = /* @__PURE__ */ attrs<NftRuleCompat>(
  "NFTA_RULE_COMPAT_",
  () => ({
    proto: [1, enumOf(be32, "IPPROTO_", IPPROTO)],
    flags: [2, flagsOf(be32, "NFT_RULE_COMPAT_F_", NFT_RULE_COMPAT_F)],
  }),
);

/** Attributes of a rule. */
export interface NftRuleAttrs extends Attrs {
  /** The table it is in. */
  table?: string | undefined;
  /** The chain it is in. */
  chain?: string | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** What it does, from left to right; the first that does not match ends it. */
  expressions?: readonly NftExpression[] | undefined;
  /** Request: for xtables extensions. */
  compat?: NftRuleCompat | undefined;
  /** Answer: handle of the rule before it. Request: handle of the rule to be put in front of, or with NLM_F_APPEND behind. */
  position?: bigint | undefined;
  /** Comment. */
  userdata?: NftRuleUserdata | undefined;
  /** Request: a number by which the same batch refers to it. */
  id?: number | undefined;
  /** Request: as `position`, by the id of a rule in the same batch. */
  positionId?: number | undefined;
  /** Request: the chain of this id in the same batch, instead of `chain`. */
  chainId?: number | undefined;
}
/** The table of NFTA_RULE_*. */
export const nftRuleAttrs: AttrTable<NftRuleAttrs> = /* @__PURE__ */ attrs<NftRuleAttrs>("NFTA_RULE_", () => ({
  table: [1, string],
  chain: [2, string],
  handle: [3, be64],
  expressions: [4, nftExpressionList],
  compat: [5, nftRuleCompat],
  position: [6, be64],
  userdata: [7, nftRuleUserdata],
  id: [9, be32],
  positionId: [10, be32],
  chainId: [11, be32],
}));
