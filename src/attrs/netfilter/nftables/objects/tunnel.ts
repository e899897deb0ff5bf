// Object "tunnel": NFTA_TUNNEL_KEY_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be16, be32, flagsOf, u8 } from "../../../../codec/int.ts";
import { bytes, ip, repeated } from "../../../../codec/scalars.ts";

/**
 * Flags of a tunnel object, NFT_TUNNEL_F_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_TUNNEL_F = {
  ZERO_CSUM_TX: 1,
  DONT_FRAGMENT: 2,
  SEQ_NUMBER: 4,
} as const;

/** Ends of a tunnel over IPv4. */
export interface NftTunnelIp extends Attrs {
  /** This end. */
  src?: string | undefined;
  /** The other end. */
  dst?: string | undefined;
}
/** The table of NFTA_TUNNEL_KEY_IP_*. */
export const nftTunnelIp: AttrTable<NftTunnelIp> = /* @__PURE__ */ attrs<NftTunnelIp>("NFTA_TUNNEL_KEY_IP_", () => ({
  src: [1, ip],
  dst: [2, ip],
}));

/** Ends of a tunnel over IPv6. */
export interface NftTunnelIp6 extends Attrs {
  /** This end. */
  src?: string | undefined;
  /** The other end. */
  dst?: string | undefined;
  /** Flow label. */
  flowlabel?: number | undefined;
}
/** The table of NFTA_TUNNEL_KEY_IP6_*. */
export const nftTunnelIp6: AttrTable<NftTunnelIp6> = /* @__PURE__ */ attrs<NftTunnelIp6>(
  "NFTA_TUNNEL_KEY_IP6_",
  () => ({
    src: [1, ip],
    dst: [2, ip],
    flowlabel: [3, be32],
  }),
);

/** What VXLAN adds. */
export interface NftTunnelVxlan extends Attrs {
  /** Group based policy. */
  gbp?: number | undefined;
}
/** The table of NFTA_TUNNEL_KEY_VXLAN_*. */
export const nftTunnelVxlan: AttrTable<NftTunnelVxlan> = /* @__PURE__ */ attrs<NftTunnelVxlan>(
  "NFTA_TUNNEL_KEY_VXLAN_",
  () => ({
    gbp: [1, be32],
  }),
);

/** What ERSPAN adds. */
export interface NftTunnelErspan extends Attrs {
  /** 1 or 2. */
  version?: number | undefined;
  /** Version 1: index of the port. */
  v1Index?: number | undefined;
  /** Version 2: number of the hardware. */
  v2Hwid?: number | undefined;
  /** Version 2: 0 in, 1 out. */
  v2Dir?: number | undefined;
}
/** The table of NFTA_TUNNEL_KEY_ERSPAN_*. */
export const nftTunnelErspan: AttrTable<NftTunnelErspan> = /* @__PURE__ */ attrs<NftTunnelErspan>(
  "NFTA_TUNNEL_KEY_ERSPAN_",
  () => ({
    version: [1, be32],
    v1Index: [2, be32],
    v2Hwid: [3, u8],
    v2Dir: [4, u8],
  }),
);

/** One option of Geneve. */
export interface NftTunnelGeneve extends Attrs {
  /** Class of the option. */
  class?: number | undefined;
  /** Type of the option. */
  type?: number | undefined;
  /** Its data: a multiple of four bytes, 128 at most. */
  data?: Uint8Array | undefined;
}
/** The table of NFTA_TUNNEL_KEY_GENEVE_*. */
export const nftTunnelGeneve: AttrTable<NftTunnelGeneve> = /* @__PURE__ */ attrs<NftTunnelGeneve>(
  "NFTA_TUNNEL_KEY_GENEVE_",
  () => ({
    class: [1, be16],
    type: [2, u8],
    data: [3, bytes],
  }),
);

/** What one sort of tunnel adds: one of these. */
export interface NftTunnelOptions extends Attrs {
  /** VXLAN. */
  vxlan?: NftTunnelVxlan | undefined;
  /** ERSPAN. */
  erspan?: NftTunnelErspan | undefined;
  /** Geneve. */
  geneve?: readonly NftTunnelGeneve[] | undefined;
}
/** The table of NFTA_TUNNEL_KEY_OPTS_*. */
export const nftTunnelOptions: AttrTable<NftTunnelOptions> = /* @__PURE__ */ attrs<NftTunnelOptions>(
  "NFTA_TUNNEL_KEY_OPTS_",
  () => ({
    vxlan: [1, nftTunnelVxlan],
    erspan: [2, nftTunnelErspan],
    geneve: [3, repeated(nftTunnelGeneve)],
  }),
);

/** What a tunnel is to put around packets. */
export interface NftTunnelKey extends Attrs {
  /** Number of the network. */
  id?: number | undefined;
  /** Ends, over IPv4. */
  ip?: NftTunnelIp | undefined;
  /** Ends, over IPv6. */
  ip6?: NftTunnelIp6 | undefined;
  /** NFT_TUNNEL_F. */
  flags?: number | undefined;
  /** TOS or traffic class. */
  tos?: number | undefined;
  /** TTL or hop limit. */
  ttl?: number | undefined;
  /** Source port. */
  sport?: number | undefined;
  /** Destination port. */
  dport?: number | undefined;
  /** What the sort of tunnel adds. */
  opts?: NftTunnelOptions | undefined;
}
/** The table of NFTA_TUNNEL_KEY_*. */
export const nftTunnelKey: AttrTable<NftTunnelKey> = /* @__PURE__ */ attrs<NftTunnelKey>("NFTA_TUNNEL_KEY_", () => ({
  id: [1, be32],
  ip: [2, nftTunnelIp],
  ip6: [3, nftTunnelIp6],
  flags: [4, flagsOf(be32, "NFT_TUNNEL_F_", NFT_TUNNEL_F)],
  tos: [5, u8],
  ttl: [6, u8],
  sport: [7, be16],
  dport: [8, be16],
  opts: [9, nftTunnelOptions],
}));
