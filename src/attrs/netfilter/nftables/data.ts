// NFTA_DATA_*: a value, or a verdict.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Int } from "../../../codec/codec.ts";
import { be32, bes32, enumOf } from "../../../codec/int.ts";
import type { Names } from "../../../codec/names.ts";
import { bytes, string } from "../../../codec/scalars.ts";

/**
 * Verdicts that end the way through a hook, NF_* of linux/netfilter.h.
 * @enum
 */
export const NF = {
  DROP: 0,
  ACCEPT: 1,
  STOLEN: 2,
  QUEUE: 3,
  REPEAT: 4,
  STOP: 5,
} as const;

/**
 * Verdicts inside a ruleset, NFT_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT = {
  CONTINUE: -1,
  BREAK: -2,
  JUMP: -3,
  GOTO: -4,
  RETURN: -5,
} as const;

/** Both sorts of verdict, under the prefix that their constants have in common. */
const verdicts: Names["values"] = {
  _DROP: 0,
  _ACCEPT: 1,
  _STOLEN: 2,
  _QUEUE: 3,
  _REPEAT: 4,
  _STOP: 5,
  T_CONTINUE: -1,
  T_BREAK: -2,
  T_JUMP: -3,
  T_GOTO: -4,
  T_RETURN: -5,
};
/** A verdict: NF or NFT. Of NF_QUEUE the upper half is the queue's number. */
export const nftVerdictCode: Int<number> = /* @__PURE__ */ enumOf(bes32, "NF", verdicts);

/** What becomes of a packet. */
export interface NftVerdict extends Attrs {
  /** NF or NFT. */
  code?: number | undefined;
  /** JUMP and GOTO: the chain to go on in. */
  chain?: string | undefined;
  /** Request: the chain of this id in the same batch, instead of `chain`. */
  chainId?: number | undefined;
}
/** The table of NFTA_VERDICT_*. */
export const nftVerdict: AttrTable<NftVerdict> = /* @__PURE__ */ attrs<NftVerdict>("NFTA_VERDICT_", () => ({
  code: [1, nftVerdictCode],
  chain: [2, string],
  chainId: [3, be32],
}));

/** A value or a verdict: one of the two. */
export interface NftData extends Attrs {
  /** At most 64 bytes, mostly in network order; as they stand in a register. */
  value?: Uint8Array | undefined;
  /** A verdict. */
  verdict?: NftVerdict | undefined;
}
/** The table of NFTA_DATA_*. */
export const nftData: AttrTable<NftData> = /* @__PURE__ */ attrs<NftData>("NFTA_DATA_", () => ({
  value: [1, bytes],
  verdict: [2, nftVerdict],
}));
