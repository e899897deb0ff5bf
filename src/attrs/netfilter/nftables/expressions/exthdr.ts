// Expression "exthdr": NFTA_EXTHDR_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, flagsOf, u8 } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * Flags of exthdr, NFT_EXTHDR_F_* of linux/netfilter/nf_tables.h. PRESENT: only whether it is there.
 * @enum
 */
export const NFT_EXTHDR_F = {
  PRESENT: 1,
} as const;

/**
 * Where the header or option is looked for, NFT_EXTHDR_OP_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_EXTHDR_OP = {
  IPV6: 0,
  TCPOPT: 1,
  IPV4: 2,
  SCTP: 3,
  DCCP: 4,
} as const;

/** Reads or sets an extension header of IPv6, an option of IPv4, TCP or DCCP, a chunk of SCTP. */
export interface NftExthdr extends Attrs {
  /** Register that is written. Without it and `sreg` a TCP option is taken out: then only `type` and `op` may be there. */
  dreg?: number | undefined;
  /** Number of the header, option or chunk. */
  type?: number | undefined;
  /** Bytes from its beginning. */
  offset?: number | undefined;
  /** Bytes. */
  len?: number | undefined;
  /** NFT_EXTHDR_F. Without `dreg` the kernel answers 0, but refuses it in a request. */
  flags?: number | undefined;
  /** NFT_EXTHDR_OP. Default: IPV6. */
  op?: number | undefined;
  /** Register that is read: then a TCP option is changed. */
  sreg?: number | undefined;
}
/** The table of NFTA_EXTHDR_*. */
export const nftExthdr: AttrTable<NftExthdr> = /* @__PURE__ */ attrs<NftExthdr>("NFTA_EXTHDR_", () => ({
  dreg: [1, nftRegister],
  type: [2, u8],
  offset: [3, be32],
  len: [4, be32],
  flags: [5, flagsOf(be32, "NFT_EXTHDR_F_", NFT_EXTHDR_F)],
  op: [6, enumOf(be32, "NFT_EXTHDR_OP_", NFT_EXTHDR_OP)],
  sreg: [7, nftRegister],
}));
