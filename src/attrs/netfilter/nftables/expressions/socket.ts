// Expression "socket": NFTA_SOCKET_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of a socket is read, NFT_SOCKET_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_SOCKET = {
  TRANSPARENT: 0,
  MARK: 1,
  WILDCARD: 2,
  CGROUPV2: 3,
} as const;

/** Reads something of the socket that the packet is for into a register. */
export interface NftSocket extends Attrs {
  /** NFT_SOCKET. */
  key?: number | undefined;
  /** Register that is written. */
  dreg?: number | undefined;
  /** CGROUPV2: how many levels below the root. */
  level?: number | undefined;
}
/** The table of NFTA_SOCKET_*. */
export const nftSocket: AttrTable<NftSocket> = /* @__PURE__ */ attrs<NftSocket>("NFTA_SOCKET_", () => ({
  key: [1, enumOf(be32, "NFT_SOCKET_", NFT_SOCKET)],
  dreg: [2, nftRegister],
  level: [3, be32],
}));
