// IFLA_AF_SPEC: settings of a link by address family.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Choice, Struct } from "../../codec/codec.ts";
import { enumOf, s32, u8, u32, u64 } from "../../codec/int.ts";
import { choiceByHeader } from "../../codec/nests.ts";
import { arrayOf, bytes, ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { type BridgeAfSpec, bridgeAfSpec } from "./link-bridge-spec.ts";

/**
 * How IPv6 makes the lower half of its own addresses, IN6_ADDR_GEN_MODE_* of linux/if_link.h.
 * @enum
 */
export const IN6_ADDR_GEN_MODE = {
  EUI64: 0,
  NONE: 1,
  STABLE_PRIVACY: 2,
  RANDOM: 3,
} as const;

/** What IPv4 knows of a link. */
export interface LinkInet extends Attrs {
  /**
   * net.ipv4.conf of this link: item i is IPV4_DEVCONF number i + 1. A request has a nest of u32 here instead, each
   * under its number: give its bytes in `unknown`.
   */
  conf?: readonly number[] | undefined;
}
/** The table of IFLA_INET_*. */
export const linkInet: AttrTable<LinkInet> = /* @__PURE__ */ attrs<LinkInet>("IFLA_INET_", () => ({
  conf: [1, arrayOf(u32)],
}));

/** Timing of IPv6 on a link. */
export interface Inet6CacheInfo {
  /** Bytes a reassembled packet may have. */
  maxReasmLen: number;
  /** When it was last changed, in USER_HZ (1/100 s) since boot. */
  tstamp: number;
  /** How long a neighbour counts as reachable, in ms. */
  reachableTime: number;
  /** Between two solicitations, in ms. */
  retransTime: number;
}
/** struct ifla_cacheinfo. */
export const inet6CacheInfo: Struct<Inet6CacheInfo> = /* @__PURE__ */ struct<Inet6CacheInfo>(
  "ifla_cacheinfo",
  "",
  16,
  () => ({
    maxReasmLen: [0, u32],
    tstamp: [4, u32],
    reachableTime: [8, u32],
    retransTime: [12, u32],
  }),
);

/** What IPv6 knows of a link. */
export interface LinkInet6 extends Attrs {
  /** State of autoconfiguration: the kernel's own IF_READY, IF_RA_RCVD and others. */
  flags?: number | undefined;
  /** net.ipv6.conf of this link: item i is DEVCONF number i. */
  conf?: readonly number[] | undefined;
  /** Counters: item i is IPSTATS_MIB number i, which kernels renumber; item 0 is how many. */
  stats?: readonly bigint[] | undefined;
  /** Never used by the kernel. */
  mcast?: Uint8Array | undefined;
  /** Timing. */
  cacheinfo?: Inet6CacheInfo | undefined;
  /** ICMPv6 counters: item i is ICMP6_MIB number i; item 0 is how many. */
  icmp6stats?: readonly bigint[] | undefined;
  /** Lower half of addresses made from router advertisements; :: is none. */
  token?: string | undefined;
  /** IN6_ADDR_GEN_MODE. */
  addrGenMode?: number | undefined;
  /** MTU that a router advertised, bytes. */
  raMtu?: number | undefined;
}
/** The table of IFLA_INET6_*. */
export const linkInet6: AttrTable<LinkInet6> = /* @__PURE__ */ attrs<LinkInet6>("IFLA_INET6_", () => ({
  flags: [1, u32],
  conf: [2, arrayOf(s32)],
  stats: [3, arrayOf(u64)],
  mcast: [4, bytes],
  cacheinfo: [5, inet6CacheInfo],
  icmp6stats: [6, arrayOf(u64)],
  token: [7, ip],
  addrGenMode: [8, enumOf(u8, "IN6_ADDR_GEN_MODE_", IN6_ADDR_GEN_MODE)],
  raMtu: [9, u32],
}));

/** What MCTP knows of a link. */
export interface LinkMctp extends Attrs {
  /** Number of the MCTP network. */
  net?: number | undefined;
  /** Physical transport binding, as DMTF DSP0239 numbers them. */
  physBinding?: number | undefined;
}
/** The table of IFLA_MCTP_*. */
export const linkMctp: AttrTable<LinkMctp> = /* @__PURE__ */ attrs<LinkMctp>("IFLA_MCTP_", () => ({
  net: [1, u32],
  physBinding: [2, u8],
}));

/** IFLA_AF_SPEC of a message whose family is not AF_BRIDGE. */
export interface LinkAfSpecs extends Attrs {
  /** IPv4. */
  inet?: LinkInet | undefined;
  /** IPv6. */
  inet6?: LinkInet6 | undefined;
  /** MCTP. */
  mctp?: LinkMctp | undefined;
}
/** The table of AF_* in IFLA_AF_SPEC. */
export const linkAfSpecs: AttrTable<LinkAfSpecs> = /* @__PURE__ */ attrs<LinkAfSpecs>("AF_", () => ({
  inet: [AF.INET, linkInet],
  inet6: [AF.INET6, linkInet6],
  mctp: [AF.MCTP, linkMctp],
}));

/** IFLA_AF_SPEC: settings by address family, or in a message of AF_BRIDGE `bridge` alone. */
export interface LinkAfSpec extends LinkAfSpecs {
  /** AF_BRIDGE: the VLANs of a bridge or of its port. */
  bridge?: BridgeAfSpec | undefined;
}
/** The layout of IFLA_AF_SPEC, by ifi_family. */
export const linkAfSpec: Choice<LinkAfSpec> = /* @__PURE__ */ choiceByHeader<LinkAfSpec>(
  "family",
  { prefix: "AF_", values: AF },
  () => ({ bridge: bridgeAfSpec }),
  linkAfSpecs,
);
