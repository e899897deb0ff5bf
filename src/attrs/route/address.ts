// RTM_*ADDR: IFA_*, the IP addresses of a link.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, s32, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip, string } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { RT_SCOPE } from "./route-header.ts";

/**
 * Flags of an address, IFA_F_* of linux/if_addr.h. For IPv6 SECONDARY means TEMPORARY.
 * @enum
 */
export const IFA_F = {
  SECONDARY: 1,
  NODAD: 2,
  OPTIMISTIC: 4,
  DADFAILED: 8,
  HOMEADDRESS: 16,
  DEPRECATED: 32,
  TENTATIVE: 64,
  PERMANENT: 128,
  MANAGETEMPADDR: 256,
  NOPREFIXROUTE: 512,
  MCAUTOJOIN: 1024,
  STABLE_PRIVACY: 2048,
} as const;
/**
 * Who made an address, IFAPROT_* of linux/if_addr.h.
 * @enum
 */
export const IFAPROT = {
  UNSPEC: 0,
  KERNEL_LO: 1,
  KERNEL_RA: 2,
  KERNEL_LL: 3,
} as const;

/** What every RTM_*ADDR begins with. */
export interface AddressHeader {
  /** AF: INET or INET6. */
  family: number;
  /** Bits of the network part. */
  prefixlen: number;
  /** IFA_F, the lower eight bits; all of them are in `attrs.flags`. */
  flags: number;
  /** RT_SCOPE: how far the address is good. */
  scope: number;
  /** Index of the link. */
  index: number;
}
/** struct ifaddrmsg. */
export const addressHeader: Struct<AddressHeader> = /* @__PURE__ */ struct<AddressHeader>(
  "ifaddrmsg",
  "ifa_",
  8,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    prefixlen: [1, u8],
    flags: [2, flagsOf(u8, "IFA_F_", IFA_F)],
    scope: [3, enumOf(u8, "RT_SCOPE_", RT_SCOPE)],
    index: [4, u32],
  }),
);

/** How long an address lives; 0xffffffff: for ever. */
export interface AddressCacheInfo {
  /** Seconds until it is deprecated. The kernel spells it so. */
  prefered: number;
  /** Seconds until it is removed. */
  valid: number;
  /** When it was made, in 1/100 s since boot. */
  cstamp: number;
  /** When it was last changed, in 1/100 s since boot. */
  tstamp: number;
}
/** struct ifa_cacheinfo. */
export const addressCacheInfo: Struct<AddressCacheInfo> = /* @__PURE__ */ struct<AddressCacheInfo>(
  "ifa_cacheinfo",
  "ifa_",
  16,
  () => ({
    prefered: [0, u32],
    valid: [4, u32],
    cstamp: [8, u32, "cstamp"],
    tstamp: [12, u32, "tstamp"],
  }),
);

/** Attributes of an address. */
export interface AddressAttrs extends Attrs {
  /** The address; on a point-to-point IPv4 link that of the other end. */
  address?: string | undefined;
  /** The link's own address. IPv6 has it only where there is a peer. */
  local?: string | undefined;
  /** IPv4: a name that begins with the link's, "eth0:1". */
  label?: string | undefined;
  /** IPv4: broadcast address. */
  broadcast?: string | undefined;
  /** IPv6: an anycast address of the link. */
  anycast?: string | undefined;
  /** Lifetimes. */
  cacheinfo?: AddressCacheInfo | undefined;
  /** A multicast address of the link. */
  multicast?: string | undefined;
  /** IFA_F, all bits. */
  flags?: number | undefined;
  /** Metric of the route to its network. */
  rtPriority?: number | undefined;
  /** Id of the namespace a request is about, and its answer. */
  targetNetnsid?: number | undefined;
  /** IFAPROT, or any number of user space. */
  proto?: number | undefined;
  /** How many have joined the multicast address. */
  mcUsers?: number | undefined;
}
/** The table of IFA_*. */
export const addressAttrs: AttrTable<AddressAttrs> = /* @__PURE__ */ attrs<AddressAttrs>("IFA_", () => ({
  address: [1, ip],
  local: [2, ip],
  label: [3, string],
  broadcast: [4, ip],
  anycast: [5, ip],
  cacheinfo: [6, addressCacheInfo],
  multicast: [7, ip],
  flags: [8, flagsOf(u32, "IFA_F_", IFA_F)],
  rtPriority: [9, u32],
  targetNetnsid: [10, s32],
  proto: [11, enumOf(u8, "IFAPROT_", IFAPROT)],
  mcUsers: [12, u32],
}));

/** What stands behind nlmsghdr in every RTM_*ADDR. */
export type AddressBody = HeaderAndAttrs<AddressHeader, AddressAttrs>;
/** The body of every RTM_*ADDR. */
export const addressBody: Body<AddressBody> = /* @__PURE__ */ body<AddressHeader, AddressAttrs>(
  addressHeader,
  addressAttrs,
);
