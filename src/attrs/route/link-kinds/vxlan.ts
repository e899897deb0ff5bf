// Link kind "vxlan": IFLA_VXLAN_*.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, be32, enumOf, u8, u32 } from "../../../codec/int.ts";
import { bytes, flag, flagOrByte, ip } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";

/**
 * The don't-fragment bit of the outer header, VXLAN_DF_* of linux/if_link.h.
 * @enum
 */
export const VXLAN_DF = {
  UNSET: 0,
  SET: 1,
  INHERIT: 2,
} as const;
/**
 * Where the flow label comes from, VXLAN_LABEL_* of linux/if_link.h.
 * @enum
 */
export const VXLAN_LABEL = {
  FIXED: 0,
  INHERIT: 1,
} as const;

/** UDP source ports, network order. */
export interface VxlanPortRange {
  /** Lowest. */
  low: number;
  /** Highest. */
  high: number;
}
/** struct ifla_vxlan_port_range. */
export const vxlanPortRange: Struct<VxlanPortRange> = /* @__PURE__ */ struct<VxlanPortRange>(
  "ifla_vxlan_port_range",
  "",
  4,
  () => ({
    low: [0, be16],
    high: [2, be16],
  }),
);

/** What a VXLAN link has of its own. What is 0 or 1 switches something. */
export interface VxlanInfo extends Attrs {
  /** VXLAN network identifier, 24 bits. */
  id?: number | undefined;
  /** Multicast group or remote end, IPv4. */
  group?: string | undefined;
  /** Index of the link that packets leave by. */
  link?: number | undefined;
  /** Source address, IPv4. */
  local?: string | undefined;
  /** Of the outer header; 0: as the system does. */
  ttl?: number | undefined;
  /** Of the outer header; 1: that of the inner one. */
  tos?: number | undefined;
  /** 1: learn remote ends from packets. */
  learning?: number | undefined;
  /** How long a learned address is kept unused, in seconds. */
  ageing?: number | undefined;
  /** Addresses at most; 0: no limit. */
  limit?: number | undefined;
  /** UDP source ports. */
  portRange?: VxlanPortRange | undefined;
  /** 1: answer ARP for others. */
  proxy?: number | undefined;
  /** 1: route short circuit, send to the next hop directly. */
  rsc?: number | undefined;
  /** 1: tell user space of unknown link-layer addresses. */
  l2miss?: number | undefined;
  /** 1: tell user space of unknown IP addresses. */
  l3miss?: number | undefined;
  /** UDP destination port, network order: 4789. */
  port?: number | undefined;
  /** Multicast group or remote end, IPv6. */
  group6?: string | undefined;
  /** Source address, IPv6. */
  local6?: string | undefined;
  /** 1: UDP checksums over IPv4. */
  udpCsum?: number | undefined;
  /** 1: send without UDP checksums over IPv6. */
  udpZeroCsum6Tx?: number | undefined;
  /** 1: take packets without UDP checksums over IPv6. */
  udpZeroCsum6Rx?: number | undefined;
  /** 1: send with remote checksum offload. */
  remcsumTx?: number | undefined;
  /** 1: take packets with remote checksum offload. */
  remcsumRx?: number | undefined;
  /** Group policy extension. */
  gbp?: true | undefined;
  /** Remote checksum offload without the partial method. */
  remcsumNopartial?: true | undefined;
  /** 1: tunnel fields come with each packet, from routes or tc. */
  collectMetadata?: number | undefined;
  /** IPv6 flow label, network order. */
  label?: number | undefined;
  /** Generic protocol extension. */
  gpe?: true | undefined;
  /** The inner header's TTL goes into the outer one. In a request true, or absent; the kernel takes no false. */
  ttlInherit?: boolean | undefined;
  /** VXLAN_DF. */
  df?: number | undefined;
  /** 1: take only the identifiers of RTM_NEWTUNNEL. */
  vnifilter?: number | undefined;
  /** 1: packets to a local address go straight to the link that has it. */
  localbypass?: number | undefined;
  /** VXLAN_LABEL. */
  labelPolicy?: number | undefined;
  /** Header bits that are ignored when set: a struct vxlanhdr, 8 bytes. */
  reservedBits?: Uint8Array | undefined;
  /** 1: multicast follows the multicast routing table. */
  mcRoute?: number | undefined;
}
/** The table of IFLA_VXLAN_*. */
export const vxlanInfo: AttrTable<VxlanInfo> = /* @__PURE__ */ attrs<VxlanInfo>("IFLA_VXLAN_", () => ({
  id: [1, u32],
  group: [2, ip],
  link: [3, u32],
  local: [4, ip],
  ttl: [5, u8],
  tos: [6, u8],
  learning: [7, u8],
  ageing: [8, u32],
  limit: [9, u32],
  portRange: [10, vxlanPortRange],
  proxy: [11, u8],
  rsc: [12, u8],
  l2miss: [13, u8],
  l3miss: [14, u8],
  port: [15, be16],
  group6: [16, ip],
  local6: [17, ip],
  udpCsum: [18, u8],
  udpZeroCsum6Tx: [19, u8],
  udpZeroCsum6Rx: [20, u8],
  remcsumTx: [21, u8],
  remcsumRx: [22, u8],
  gbp: [23, flag],
  remcsumNopartial: [24, flag],
  collectMetadata: [25, u8],
  label: [26, be32],
  gpe: [27, flag],
  ttlInherit: [28, flagOrByte],
  df: [29, enumOf(u8, "VXLAN_DF_", VXLAN_DF)],
  vnifilter: [30, u8],
  localbypass: [31, u8],
  labelPolicy: [32, enumOf(u32, "VXLAN_LABEL_", VXLAN_LABEL)],
  reservedBits: [33, bytes],
  mcRoute: [34, u8],
}));
