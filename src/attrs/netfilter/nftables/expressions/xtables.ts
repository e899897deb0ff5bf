// Expressions "match" and "target": extensions of xtables, as iptables-nft uses them (linux/netfilter/nf_tables_compat.h).
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32 } from "../../../../codec/int.ts";
import { bytes, string } from "../../../../codec/scalars.ts";

/** Goes on when an xtables extension matches. */
export interface NftMatch extends Attrs {
  /** Name of the extension. */
  name?: string | undefined;
  /** Its revision. */
  rev?: number | undefined;
  /** Its own struct; not taken apart. */
  info?: Uint8Array | undefined;
}
/** The table of NFTA_MATCH_*. */
export const nftMatch: AttrTable<NftMatch> = /* @__PURE__ */ attrs<NftMatch>("NFTA_MATCH_", () => ({
  name: [1, string],
  rev: [2, be32],
  info: [3, bytes],
}));

/** Does what an xtables extension does. */
export interface NftTarget extends Attrs {
  /** Name of the extension. */
  name?: string | undefined;
  /** Its revision. */
  rev?: number | undefined;
  /** Its own struct; not taken apart. */
  info?: Uint8Array | undefined;
}
/** The table of NFTA_TARGET_*. */
export const nftTarget: AttrTable<NftTarget> = /* @__PURE__ */ attrs<NftTarget>("NFTA_TARGET_", () => ({
  name: [1, string],
  rev: [2, be32],
  info: [3, bytes],
}));
