// Expression "meta": NFTA_META_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of a packet is read or set, NFT_META_* of linux/netfilter/nf_tables.h. IIFTYPE is another name of IFTYPE.
 * @enum
 */
export const NFT_META = {
  LEN: 0,
  PROTOCOL: 1,
  PRIORITY: 2,
  MARK: 3,
  IIF: 4,
  OIF: 5,
  IIFNAME: 6,
  OIFNAME: 7,
  IFTYPE: 8,
  OIFTYPE: 9,
  SKUID: 10,
  SKGID: 11,
  NFTRACE: 12,
  RTCLASSID: 13,
  SECMARK: 14,
  NFPROTO: 15,
  L4PROTO: 16,
  BRI_IIFNAME: 17,
  BRI_OIFNAME: 18,
  PKTTYPE: 19,
  CPU: 20,
  IIFGROUP: 21,
  OIFGROUP: 22,
  CGROUP: 23,
  PRANDOM: 24,
  SECPATH: 25,
  IIFKIND: 26,
  OIFKIND: 27,
  BRI_IIFPVID: 28,
  BRI_IIFVPROTO: 29,
  TIME_NS: 30,
  TIME_DAY: 31,
  TIME_HOUR: 32,
  SDIF: 33,
  SDIFNAME: 34,
  BRI_BROUTE: 35,
  BRI_IIFHWADDR: 37,
  IIFTYPE: 8,
} as const;

/** Reads something of the packet that is in no header into a register, or sets it from one. */
export interface NftMeta extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_META. */
  key?: number | undefined;
  /** Register that is read: then the packet is changed. */
  sreg?: number | undefined;
}
/** The table of NFTA_META_*. */
export const nftMeta: AttrTable<NftMeta> = /* @__PURE__ */ attrs<NftMeta>("NFTA_META_", () => ({
  dreg: [1, nftRegister],
  key: [2, enumOf(be32, "NFT_META_", NFT_META)],
  sreg: [3, nftRegister],
}));
