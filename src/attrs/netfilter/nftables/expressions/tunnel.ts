// Expression "tunnel": NFTA_TUNNEL_*. The object is in ../objects/tunnel.ts.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { nftRegister } from "../registers.ts";

/**
 * What of a tunnel's packet is read, NFT_TUNNEL_* of linux/netfilter/nf_tables.h. PATH: whether there is anything.
 * @enum
 */
export const NFT_TUNNEL = {
  PATH: 0,
  ID: 1,
} as const;

/**
 * Of which direction, NFT_TUNNEL_MODE_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_TUNNEL_MODE = {
  NONE: 0,
  RX: 1,
  TX: 2,
} as const;

/** Reads what a tunnel noted of the packet into a register. */
export interface NftTunnel extends Attrs {
  /** NFT_TUNNEL. */
  key?: number | undefined;
  /** Register that is written. */
  dreg?: number | undefined;
  /** NFT_TUNNEL_MODE. */
  mode?: number | undefined;
}
/** The table of NFTA_TUNNEL_*. */
export const nftTunnel: AttrTable<NftTunnel> = /* @__PURE__ */ attrs<NftTunnel>("NFTA_TUNNEL_", () => ({
  key: [1, enumOf(be32, "NFT_TUNNEL_", NFT_TUNNEL)],
  dreg: [2, nftRegister],
  mode: [3, enumOf(be32, "NFT_TUNNEL_MODE_", NFT_TUNNEL_MODE)],
}));
