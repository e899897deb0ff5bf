// CTA_TUPLE_*: one direction of a tracked flow. Every integer is in network order.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be16, enumOf, u8 } from "../../../codec/int.ts";
import { ip } from "../../../codec/scalars.ts";
import { IPPROTO } from "../../ip-protocols.ts";

/** CTA_TUPLE_IP: addresses; those of IPv4, or those of IPv6. */
export interface ConntrackIp extends Attrs {
  /** IPv4 address that packets of this direction come from. */
  v4Src?: string | undefined;
  /** IPv4 address that they go to. */
  v4Dst?: string | undefined;
  /** IPv6 address that packets of this direction come from. */
  v6Src?: string | undefined;
  /** IPv6 address that they go to. */
  v6Dst?: string | undefined;
}
/** The table of CTA_IP_*. */
export const conntrackIp: AttrTable<ConntrackIp> = /* @__PURE__ */ attrs<ConntrackIp>("CTA_IP_", () => ({
  v4Src: [1, ip],
  v4Dst: [2, ip],
  v6Src: [3, ip],
  v6Dst: [4, ip],
}));

/** CTA_TUPLE_PROTO: what of the transport header tells flows apart. */
export interface ConntrackProto extends Attrs {
  /** IPPROTO. */
  num?: number | undefined;
  /** Source port; of GRE the key. */
  srcPort?: number | undefined;
  /** Destination port; of GRE the key. */
  dstPort?: number | undefined;
  /** ICMP: identifier. */
  icmpId?: number | undefined;
  /** ICMP: type. */
  icmpType?: number | undefined;
  /** ICMP: code. */
  icmpCode?: number | undefined;
  /** ICMPv6: identifier. */
  icmpv6Id?: number | undefined;
  /** ICMPv6: type. */
  icmpv6Type?: number | undefined;
  /** ICMPv6: code. */
  icmpv6Code?: number | undefined;
}
/** The table of CTA_PROTO_*. */
export const conntrackProto: AttrTable<ConntrackProto> = /* @__PURE__ */ attrs<ConntrackProto>("CTA_PROTO_", () => ({
  num: [1, enumOf(u8, "IPPROTO_", IPPROTO)],
  srcPort: [2, be16],
  dstPort: [3, be16],
  icmpId: [4, be16],
  icmpType: [5, u8],
  icmpCode: [6, u8],
  icmpv6Id: [7, be16],
  icmpv6Type: [8, u8],
  icmpv6Code: [9, u8],
}));

/** One direction of a flow: what its packets look like. */
export interface ConntrackTuple extends Attrs {
  /** Addresses. */
  ip?: ConntrackIp | undefined;
  /** Protocol, and ports or the like. */
  proto?: ConntrackProto | undefined;
  /** Zone of this direction alone; of a zone for both see `zone` of the flow. */
  zone?: number | undefined;
}
/** The table of CTA_TUPLE_* inside a tuple. */
export const conntrackTuple: AttrTable<ConntrackTuple> = /* @__PURE__ */ attrs<ConntrackTuple>("CTA_TUPLE_", () => ({
  ip: [1, conntrackIp],
  proto: [2, conntrackProto],
  zone: [3, be16],
}));
