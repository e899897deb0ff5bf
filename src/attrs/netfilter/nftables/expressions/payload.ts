// Expression "payload": NFTA_PAYLOAD_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, flagsOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * Where offsets count from, NFT_PAYLOAD_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_PAYLOAD = {
  LL_HEADER: 0,
  NETWORK_HEADER: 1,
  TRANSPORT_HEADER: 2,
  INNER_HEADER: 3,
  TUN_HEADER: 4,
} as const;

/**
 * Which checksum is mended, NFT_PAYLOAD_CSUM_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_PAYLOAD_CSUM = {
  NONE: 0,
  INET: 1,
  SCTP: 2,
} as const;

/**
 * Bits of NFTA_PAYLOAD_CSUM_FLAGS, NFT_PAYLOAD_L4CSUM_* of linux/netfilter/nf_tables.h: the bytes belong to the pseudo header.
 * @enum
 */
export const NFT_PAYLOAD_L4CSUM = {
  PSEUDOHDR: 1,
} as const;

/** Reads bytes of the packet into a register, or writes them from one. */
export interface NftPayload extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_PAYLOAD. */
  base?: number | undefined;
  /** Bytes from there. */
  offset?: number | undefined;
  /** Bytes. */
  len?: number | undefined;
  /** Register that is read: then the packet is changed. */
  sreg?: number | undefined;
  /** Change: NFT_PAYLOAD_CSUM. */
  csumType?: number | undefined;
  /** Change: where the checksum is, bytes from `base`. */
  csumOffset?: number | undefined;
  /** Change: NFT_PAYLOAD_L4CSUM. */
  csumFlags?: number | undefined;
}
/** The table of NFTA_PAYLOAD_*. */
export const nftPayload: AttrTable<NftPayload> = /* @__PURE__ */ attrs<NftPayload>("NFTA_PAYLOAD_", () => ({
  dreg: [1, nftRegister],
  base: [2, enumOf(be32, "NFT_PAYLOAD_", NFT_PAYLOAD)],
  offset: [3, be32],
  len: [4, be32],
  sreg: [5, nftRegister],
  csumType: [6, enumOf(be32, "NFT_PAYLOAD_CSUM_", NFT_PAYLOAD_CSUM)],
  csumOffset: [7, be32],
  csumFlags: [8, flagsOf(be32, "NFT_PAYLOAD_L4CSUM_", NFT_PAYLOAD_L4CSUM)],
}));
