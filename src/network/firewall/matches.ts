// Matches that nlkit's own rules are made of, beside those of `rule()`. Each is a list of expressions for `Rule.add`.

import { IPS } from "../../attrs/netfilter/conntrack/flow.ts";
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import { NFT_CMP } from "../../attrs/netfilter/nftables/expressions/cmp.ts";
import { NFT_CT } from "../../attrs/netfilter/nftables/expressions/ct.ts";
import { NFT_META } from "../../attrs/netfilter/nftables/expressions/meta.ts";
import { NFT_PAYLOAD } from "../../attrs/netfilter/nftables/expressions/payload.ts";
import { NFT_REG } from "../../attrs/netfilter/nftables/registers.ts";
import { be16, host32 } from "../../client/nft/values.ts";

const REG = NFT_REG[1];
const cmp = (value: Uint8Array, op: number = NFT_CMP.EQ): NftExpression => ({
  name: "cmp",
  data: { cmp: { sreg: REG, op, data: { value } } },
});
const meta = (key: number): NftExpression => ({ name: "meta", data: { meta: { key, dreg: REG } } });
const payload = (base: number, offset: number, len: number): NftExpression => ({
  name: "payload",
  data: { payload: { base, offset, len, dreg: REG } },
});

/** linux/if_ether.h */
export const ETH_P = { IP: 0x0800, ARP: 0x0806, IPV6: 0x86dd } as const;
/** ICMPv6 types of neighbour discovery and multicast listening: RFC 4861, RFC 2710, RFC 3810. */
export const ICMPV6 = {
  MLD_QUERY: 130,
  MLD_REPORT: 131,
  MLD_DONE: 132,
  ROUTER_SOLICIT: 133,
  ROUTER_ADVERT: 134,
  NEIGHBOUR_SOLICIT: 135,
  NEIGHBOUR_ADVERT: 136,
  REDIRECT: 137,
  MLD2_REPORT: 143,
} as const;
const IPPROTO_ICMPV6 = 58;
/** No packet's. */
const IPPROTO_RAW = 255;

/** inet: the packet is of this version. */
export const version = (number: 4 | 6): NftExpression[] => [
  meta(NFT_META.NFPROTO),
  cmp(new Uint8Array([number === 4 ? NFPROTO.IPV4 : NFPROTO.IPV6])),
];
/** bridge: the frame's type as it is on the wire. A frame with a VLAN tag is neither IP nor ARP, wherever the kernel keeps its tag. */
export const etherType = (type: number): NftExpression[] => [payload(NFT_PAYLOAD.LL_HEADER, 12, 2), cmp(be16(type))];
/** The link that it came in by is of that group; with `not`, of another or none. */
export const iifgroup = (group: number, not = false): NftExpression[] => [
  meta(NFT_META.IIFGROUP),
  cmp(host32(group), not ? NFT_CMP.NEQ : NFT_CMP.EQ),
];
/** The link that it leaves by is of that group. */
export const oifgroup = (group: number, not = false): NftExpression[] => [
  meta(NFT_META.OIFGROUP),
  cmp(host32(group), not ? NFT_CMP.NEQ : NFT_CMP.EQ),
];
/** The kernel has found the transport protocol: not of fragments whose extension headers are elsewhere. */
export const isTransportKnown = (): NftExpression[] => [
  meta(NFT_META.L4PROTO),
  cmp(new Uint8Array([IPPROTO_RAW]), NFT_CMP.NEQ),
];
/** Link-layer address options: RFC 4861 section 4.6.1, eight bytes of Ethernet's. */
export const ND_OPT = { SOURCE_LL_ADDR: 1, TARGET_LL_ADDR: 2 } as const;
/** A message of neighbour discovery right behind struct ipv6hdr, without options. */
export const withoutOptions = (length: number): NftExpression[] => [
  payload(NFT_PAYLOAD.NETWORK_HEADER, 4, 3),
  cmp(new Uint8Array([length >> 8, length & 255, IPPROTO_ICMPV6])),
];
/** The same with options, of which the first is a link-layer address: of two of a kind that one counts. Which is for a look-up to say. */
export const withLlAddr = (length: number, option: number): NftExpression[] => [
  payload(NFT_PAYLOAD.NETWORK_HEADER, 6, 1),
  cmp(new Uint8Array([IPPROTO_ICMPV6])),
  payload(NFT_PAYLOAD.TRANSPORT_HEADER, length, 2),
  cmp(new Uint8Array([option, 1])),
];
const IPPROTO_IGMP = 2;
const IGMP_MEMBERSHIP_QUERY = 0x11;
/** Somebody wants to be the one who asks for groups (RFC 2236). */
export const igmpQuery = (): NftExpression[] => [
  meta(NFT_META.L4PROTO),
  cmp(new Uint8Array([IPPROTO_IGMP])),
  payload(NFT_PAYLOAD.TRANSPORT_HEADER, 0, 1),
  cmp(new Uint8Array([IGMP_MEMBERSHIP_QUERY])),
];
/** Its destination was translated. */
export const isDnat = (): NftExpression[] => [
  { name: "ct", data: { ct: { key: NFT_CT.STATUS, dreg: REG } } },
  {
    name: "bitwise",
    data: {
      bitwise: {
        sreg: REG,
        dreg: REG,
        len: 4,
        mask: { value: host32(IPS.DST_NAT) },
        xor: { value: host32(0) },
      },
    },
  },
  cmp(host32(0), NFT_CMP.NEQ),
];
/** ICMPv6 of one type. */
export const icmpv6 = (type: number): NftExpression[] => [
  meta(NFT_META.L4PROTO),
  cmp(new Uint8Array([IPPROTO_ICMPV6])),
  payload(NFT_PAYLOAD.TRANSPORT_HEADER, 0, 1),
  cmp(new Uint8Array([type])),
];
