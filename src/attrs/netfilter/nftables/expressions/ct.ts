// Expression "ct": NFTA_CT_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf, u8 } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of a connection is read or set, NFT_CT_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_CT = {
  STATE: 0,
  DIRECTION: 1,
  STATUS: 2,
  MARK: 3,
  SECMARK: 4,
  EXPIRATION: 5,
  HELPER: 6,
  L3PROTOCOL: 7,
  SRC: 8,
  DST: 9,
  PROTOCOL: 10,
  PROTO_SRC: 11,
  PROTO_DST: 12,
  LABELS: 13,
  PKTS: 14,
  BYTES: 15,
  AVGPKT: 16,
  ZONE: 17,
  EVENTMASK: 18,
  SRC_IP: 19,
  DST_IP: 20,
  SRC_IP6: 21,
  DST_IP6: 22,
  ID: 23,
} as const;

/** Reads something of the connection into a register, or sets it from one. */
export interface NftCt extends Attrs {
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_CT. */
  key?: number | undefined;
  /** Of addresses, ports and counters: 0 as the connection was begun, 1 in reply. */
  direction?: number | undefined;
  /** Register that is read: then the connection is changed. */
  sreg?: number | undefined;
}
/** The table of NFTA_CT_*. */
export const nftCt: AttrTable<NftCt> = /* @__PURE__ */ attrs<NftCt>("NFTA_CT_", () => ({
  dreg: [1, nftRegister],
  key: [2, enumOf(be32, "NFT_CT_", NFT_CT)],
  direction: [3, u8],
  sreg: [4, nftRegister],
}));
