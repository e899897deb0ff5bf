// NFNL_MSG_COMPAT_GET: which revision of an xtables extension the kernel has (linux/netfilter/nf_tables_compat.h).
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32 } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";

/** Attributes of the question and of its answer. */
export interface NftCompatAttrs extends Attrs {
  /** Name of the extension. */
  name?: string | undefined;
  /** Revision. */
  rev?: number | undefined;
  /** 0: a match; 1: a target. */
  type?: number | undefined;
}
/** The table of NFTA_COMPAT_*. */
export const nftCompatAttrs: AttrTable<NftCompatAttrs> = /* @__PURE__ */ attrs<NftCompatAttrs>("NFTA_COMPAT_", () => ({
  name: [1, string],
  rev: [2, be32],
  type: [3, be32],
}));
