// Expression and object "synproxy": NFTA_SYNPROXY_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be16, be32, flagsOf, u8 } from "../../../../codec/int.ts";

/**
 * What the server behind it can do, NF_SYNPROXY_OPT_* of linux/netfilter/nf_synproxy.h.
 * @enum
 */
export const NF_SYNPROXY_OPT = {
  MSS: 1,
  WSCALE: 2,
  SACK_PERM: 4,
  TIMESTAMP: 8,
  ECN: 16,
} as const;

/** Answers SYNs in place of the server. */
export interface NftSynproxy extends Attrs {
  /** Maximum segment size to announce. */
  mss?: number | undefined;
  /** Window scale to announce. */
  wscale?: number | undefined;
  /** NF_SYNPROXY_OPT. */
  flags?: number | undefined;
}
/** The table of NFTA_SYNPROXY_*. */
export const nftSynproxy: AttrTable<NftSynproxy> = /* @__PURE__ */ attrs<NftSynproxy>("NFTA_SYNPROXY_", () => ({
  mss: [1, be16],
  wscale: [2, u8],
  flags: [3, flagsOf(be32, "NF_SYNPROXY_OPT_", NF_SYNPROXY_OPT)],
}));
