// NFT_MSG_*CHAIN: NFTA_CHAIN_*.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftCounter, nftCounter } from "./counters.ts";
import { NF } from "./data.ts";
import { type NftHook, nftHook } from "./hook.ts";
import { type NftChainUserdata, nftChainUserdata } from "./userdata.ts";

/**
 * Flags of a chain, NFT_CHAIN_* of linux/netfilter/nf_tables.h. BINDING: it has no name and goes with the rule that jumps there.
 * @enum
 */
export const NFT_CHAIN = {
  BASE: 1,
  HW_OFFLOAD: 2,
  BINDING: 4,
} as const;

/** Attributes of a chain. */
export interface NftChainAttrs extends Attrs {
  /** The table it is in. */
  table?: string | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** Its name, at most 255 bytes. */
  name?: string | undefined;
  /** Base chain: where packets come in from. */
  hook?: NftHook | undefined;
  /** Base chain: NF.ACCEPT or NF.DROP, what becomes of packets that reach its end. */
  policy?: number | undefined;
  /** Answer: rules in it, and jumps to it. */
  use?: number | undefined;
  /** Base chain: "filter", "nat" or "route". */
  type?: string | undefined;
  /** Base chain: what met its policy. */
  counters?: NftCounter | undefined;
  /** NFT_CHAIN. */
  flags?: number | undefined;
  /** Request: a number by which the same batch refers to it. */
  id?: number | undefined;
  /** Comment. */
  userdata?: NftChainUserdata | undefined;
}
/** The table of NFTA_CHAIN_*. */
export const nftChainAttrs: AttrTable<NftChainAttrs> = /* @__PURE__ */ attrs<NftChainAttrs>("NFTA_CHAIN_", () => ({
  table: [1, string],
  handle: [2, be64],
  name: [3, string],
  hook: [4, nftHook],
  policy: [5, enumOf(be32, "NF_", NF)],
  use: [6, be32],
  type: [7, string],
  counters: [8, nftCounter],
  flags: [10, flagsOf(be32, "NFT_CHAIN_", NFT_CHAIN)],
  id: [11, be32],
  userdata: [12, nftChainUserdata],
}));
