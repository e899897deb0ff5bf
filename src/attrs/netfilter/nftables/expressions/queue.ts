// Expression "queue": NFTA_QUEUE_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be16, flagsOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * Flags of queue, NFT_QUEUE_FLAG_* of linux/netfilter/nf_tables.h. BYPASS: accepted when no program listens; CPU_FANOUT: a queue a processor.
 * @enum
 */
export const NFT_QUEUE_FLAG = {
  BYPASS: 1,
  CPU_FANOUT: 2,
} as const;

/** Hands the packet to a program of nfqueue. */
export interface NftQueue extends Attrs {
  /** Number of the first queue. */
  num?: number | undefined;
  /** How many queues share the packets. */
  total?: number | undefined;
  /** NFT_QUEUE_FLAG. */
  flags?: number | undefined;
  /** Register with the number of the queue, instead of `num`. */
  sregQnum?: number | undefined;
}
/** The table of NFTA_QUEUE_*. */
export const nftQueue: AttrTable<NftQueue> = /* @__PURE__ */ attrs<NftQueue>("NFTA_QUEUE_", () => ({
  num: [1, be16],
  total: [2, be16],
  flags: [3, flagsOf(be16, "NFT_QUEUE_FLAG_", NFT_QUEUE_FLAG)],
  sregQnum: [4, nftRegister],
}));
