// NFT_MSG_*TABLE: NFTA_TABLE_*.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, flagsOf } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftTableUserdata, nftTableUserdata } from "./userdata.ts";

/**
 * Flags of a table, NFT_TABLE_F_* of linux/netfilter/nf_tables.h. OWNER: only the socket that made it may change it, and it goes with that
 * socket; PERSIST: it stays, without an owner.
 * @enum
 */
export const NFT_TABLE_F = {
  DORMANT: 1,
  OWNER: 2,
  PERSIST: 4,
} as const;

/** Attributes of a table. */
export interface NftTableAttrs extends Attrs {
  /** Its name, at most 255 bytes. */
  name?: string | undefined;
  /** NFT_TABLE_F. */
  flags?: number | undefined;
  /** Answer: chains, sets, objects and flowtables in it. */
  use?: number | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** Comment. */
  userdata?: NftTableUserdata | undefined;
  /** Answer: port id of the socket that owns it. */
  owner?: number | undefined;
}
/** The table of NFTA_TABLE_*. */
export const nftTableAttrs: AttrTable<NftTableAttrs> = /* @__PURE__ */ attrs<NftTableAttrs>("NFTA_TABLE_", () => ({
  name: [1, string],
  flags: [2, flagsOf(be32, "NFT_TABLE_F_", NFT_TABLE_F)],
  use: [3, be32],
  handle: [4, be64],
  userdata: [6, nftTableUserdata],
  owner: [7, be32],
}));
