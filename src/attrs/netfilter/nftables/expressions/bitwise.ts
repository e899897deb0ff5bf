// Expression "bitwise": NFTA_BITWISE_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { type NftData, nftData } from "../data.ts";
import { nftRegister } from "../registers.ts";

/**
 * What is done to the bits, NFT_BITWISE_* of linux/netfilter/nf_tables.h. MASK_XOR: (value & mask) ^ xor. Linux 6.12 knows no
 * AND, OR and XOR.
 * @enum
 */
export const NFT_BITWISE = {
  MASK_XOR: 0,
  LSHIFT: 1,
  RSHIFT: 2,
  AND: 3,
  OR: 4,
  XOR: 5,
} as const;

/** Bit arithmetic on a register. */
export interface NftBitwise extends Attrs {
  /** Register that is read. */
  sreg?: number | undefined;
  /** Register that is written. */
  dreg?: number | undefined;
  /** Bytes. */
  len?: number | undefined;
  /** MASK_XOR: the bits to keep. */
  mask?: NftData | undefined;
  /** MASK_XOR: the bits to turn. */
  xor?: NftData | undefined;
  /** NFT_BITWISE. Default: MASK_XOR. */
  op?: number | undefined;
  /** LSHIFT and RSHIFT: by how many bits, a u32 in host order; AND, OR and XOR: the other operand. */
  data?: NftData | undefined;
  /** AND, OR and XOR: register of the other operand, instead of `data`. */
  sreg2?: number | undefined;
}
/** The table of NFTA_BITWISE_*. */
export const nftBitwise: AttrTable<NftBitwise> = /* @__PURE__ */ attrs<NftBitwise>("NFTA_BITWISE_", () => ({
  sreg: [1, nftRegister],
  dreg: [2, nftRegister],
  len: [3, be32],
  mask: [4, nftData],
  xor: [5, nftData],
  op: [6, enumOf(be32, "NFT_BITWISE_", NFT_BITWISE)],
  data: [7, nftData],
  sreg2: [8, nftRegister],
}));
