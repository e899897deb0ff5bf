// Expression "hash": NFTA_HASH_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { nftRegister } from "../registers.ts";

/**
 * Which hash, NFT_HASH_* of linux/netfilter/nf_tables.h. SYM: the same for both directions of a connection.
 * @enum
 */
export const NFT_HASH = {
  JENKINS: 0,
  SYM: 1,
} as const;

/** A hash into a register. */
export interface NftHash extends Attrs {
  /** JENKINS: register that is read. */
  sreg?: number | undefined;
  /** Register that is written. */
  dreg?: number | undefined;
  /** JENKINS: bytes that are read. */
  len?: number | undefined;
  /** Results are smaller than this. */
  modulus?: number | undefined;
  /** JENKINS: seed. Default: chosen by the kernel. */
  seed?: number | undefined;
  /** Added to the result. */
  offset?: number | undefined;
  /** NFT_HASH. Default: JENKINS. */
  type?: number | undefined;
  /** Not used since Linux 4.17: a map to look the result up in. */
  setName?: string | undefined;
  /** Not used since Linux 4.17: id of that map. */
  setId?: number | undefined;
}
/** The table of NFTA_HASH_*. */
export const nftHash: AttrTable<NftHash> = /* @__PURE__ */ attrs<NftHash>("NFTA_HASH_", () => ({
  sreg: [1, nftRegister],
  dreg: [2, nftRegister],
  len: [3, be32],
  modulus: [4, be32],
  seed: [5, be32],
  offset: [6, be32],
  type: [7, enumOf(be32, "NFT_HASH_", NFT_HASH)],
  setName: [8, string],
  setId: [9, be32],
}));
