// Where in the way of packets a chain or a flowtable stands.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, bes32 } from "../../../codec/int.ts";
import { repeated, string } from "../../../codec/scalars.ts";

/**
 * Hooks of IPv4, IPv6, inet and bridge chains, NF_INET_* of linux/netfilter.h. Of ARP chains: 0 input, 1 output.
 * @enum
 */
export const NF_INET = {
  PRE_ROUTING: 0,
  LOCAL_IN: 1,
  FORWARD: 2,
  LOCAL_OUT: 3,
  POST_ROUTING: 4,
  INGRESS: 5,
} as const;

/**
 * Priorities of what the kernel itself does at a hook of IPv4, IPv6 and inet: NF_IP_PRI_* of linux/netfilter_ipv4.h. A chain of type nat
 * stands at NAT_DST or NAT_SRC.
 * @enum
 */
export const NF_IP_PRI = {
  RAW_BEFORE_DEFRAG: -450,
  CONNTRACK_DEFRAG: -400,
  RAW: -300,
  SELINUX_FIRST: -225,
  CONNTRACK: -200,
  MANGLE: -150,
  NAT_DST: -100,
  FILTER: 0,
  SECURITY: 50,
  NAT_SRC: 100,
  SELINUX_LAST: 225,
  CONNTRACK_HELPER: 300,
} as const;

/**
 * Hooks of netdev chains, NF_NETDEV_* of linux/netfilter.h.
 * @enum
 */
export const NF_NETDEV = {
  INGRESS: 0,
  EGRESS: 1,
} as const;

/** Links that a chain or flowtable is bound to. */
export interface NftDevices extends Attrs {
  /** Names of links. */
  name?: readonly string[] | undefined;
  /** What names of links begin with: `"eth"` is what nft writes as `"eth*"`. Linux 6.12 does not know it. */
  prefix?: readonly string[] | undefined;
}
/** The table of NFTA_DEVICE_*. */
export const nftDevices: AttrTable<NftDevices> = /* @__PURE__ */ attrs<NftDevices>("NFTA_DEVICE_", () => ({
  name: [1, repeated(string)],
  prefix: [2, repeated(string)],
}));

/** The hook of a base chain. */
export interface NftHook extends Attrs {
  /** NF_INET, or NF_NETDEV in the netdev family. */
  hooknum?: number | undefined;
  /** Chains of one hook run from the lowest to the highest. */
  priority?: number | undefined;
  /** netdev: the one link. */
  dev?: string | undefined;
  /** netdev: the links. */
  devs?: NftDevices | undefined;
}
/** The table of NFTA_HOOK_*. */
export const nftHook: AttrTable<NftHook> = /* @__PURE__ */ attrs<NftHook>("NFTA_HOOK_", () => ({
  hooknum: [1, be32],
  priority: [2, bes32],
  dev: [3, string],
  devs: [4, nftDevices],
}));
