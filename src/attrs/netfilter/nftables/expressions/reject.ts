// Expression "reject": NFTA_REJECT_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, u8 } from "../../../../codec/int.ts";

/**
 * How the sender is told, NFT_REJECT_* of linux/netfilter/nf_tables.h. ICMPX: as the family of the packet has it.
 * @enum
 */
export const NFT_REJECT = {
  ICMP_UNREACH: 0,
  TCP_RST: 1,
  ICMPX_UNREACH: 2,
} as const;

/**
 * Reasons that ICMP and ICMPv6 both have, NFT_REJECT_ICMPX_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_REJECT_ICMPX = {
  NO_ROUTE: 0,
  PORT_UNREACH: 1,
  HOST_UNREACH: 2,
  ADMIN_PROHIBITED: 3,
} as const;

/** Drops the packet and tells its sender. */
export interface NftReject extends Attrs {
  /** NFT_REJECT. */
  type?: number | undefined;
  /** ICMPX_UNREACH: NFT_REJECT_ICMPX; ICMP_UNREACH: the code of the family's ICMP. */
  icmpCode?: number | undefined;
}
/** The table of NFTA_REJECT_*. */
export const nftReject: AttrTable<NftReject> = /* @__PURE__ */ attrs<NftReject>("NFTA_REJECT_", () => ({
  type: [1, enumOf(be32, "NFT_REJECT_", NFT_REJECT)],
  icmpCode: [2, u8],
}));
