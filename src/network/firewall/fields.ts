// Keys of sets: what of a packet makes one, where its parts stand in registers, and the bytes of an element.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import { NFT_LOOKUP_F } from "../../attrs/netfilter/nftables/expressions/lookup.ts";
import { NFT_META } from "../../attrs/netfilter/nftables/expressions/meta.ts";
import { NFT_NAT } from "../../attrs/netfilter/nftables/expressions/nat.ts";
import { NFT_PAYLOAD } from "../../attrs/netfilter/nftables/expressions/payload.ts";
import { NFT_REG, NFT_REG32 } from "../../attrs/netfilter/nftables/registers.ts";
import type { NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import { be16, host32, IP_PROTOCOL, linkName, type TransportProtocol } from "../../client/nft/values.ts";
import { hardwareBytes, ipBytes } from "../../codec/address.ts";

/** A part of a key. */
export interface Field {
  /** nft's number of its type (libnftnl knows none; `nft list` reads it). */
  readonly type: number;
  /** Bytes. */
  readonly length: number;
  /** Reads it into a register. */
  readonly load: (dreg: number) => NftExpression;
}

const meta =
  (key: number) =>
  (dreg: number): NftExpression => ({ name: "meta", data: { meta: { key, dreg } } });
const payload =
  (base: number, offset: number, len: number) =>
  (dreg: number): NftExpression => ({ name: "payload", data: { payload: { dreg, base, offset, len } } });

// Data types of nft, enum datatypes of its datatype.h: they make `nft list` print "br0" and 10.0.0.2 instead of hex.
const TYPE = {
  IPADDR: 7,
  IP6ADDR: 8,
  ETHERADDR: 9,
  INET_PROTOCOL: 12,
  INET_SERVICE: 13,
  MARK: 19,
  IFNAME: 41,
} as const;
const { LL_HEADER, NETWORK_HEADER, TRANSPORT_HEADER } = NFT_PAYLOAD;

/** Name of the link that a packet came in by. */
export const IIFNAME: Field = { type: TYPE.IFNAME, length: 16, load: meta(NFT_META.IIFNAME) };
/** Name of the link that it leaves by. */
export const OIFNAME: Field = { type: TYPE.IFNAME, length: 16, load: meta(NFT_META.OIFNAME) };
/** 32 bits that no packet has: the number of a piece of metadata. */
export const NUMBER: Field = { type: TYPE.MARK, length: 4, load: meta(NFT_META.MARK) };
/** Source of the Ethernet frame: struct ethhdr. */
export const ETHER_SADDR: Field = { type: TYPE.ETHERADDR, length: 6, load: payload(LL_HEADER, 6, 6) };
/** Sender's hardware address of an ARP packet: RFC 826, for Ethernet and IPv4. */
export const ARP_SHA: Field = { type: TYPE.ETHERADDR, length: 6, load: payload(NETWORK_HEADER, 8, 6) };
/** Sender's address of an ARP packet. */
export const ARP_SPA: Field = { type: TYPE.IPADDR, length: 4, load: payload(NETWORK_HEADER, 14, 4) };
/** Target of a neighbour advertisement: RFC 4861 section 4.4. */
export const ND_TARGET: Field = { type: TYPE.IP6ADDR, length: 16, load: payload(TRANSPORT_HEADER, 8, 16) };
/** The link-layer address of the option behind so many bytes of a message of neighbour discovery. */
export const ND_LL_ADDR = (length: number): Field => ({
  type: TYPE.ETHERADDR,
  length: 6,
  load: payload(TRANSPORT_HEADER, length + 2, 6),
});
/** Source address: struct iphdr, struct ipv6hdr. */
export const SADDR: Readonly<Record<4 | 6, Field>> = {
  4: { type: TYPE.IPADDR, length: 4, load: payload(NETWORK_HEADER, 12, 4) },
  6: { type: TYPE.IP6ADDR, length: 16, load: payload(NETWORK_HEADER, 8, 16) },
};
/** Destination address. */
export const DADDR: Readonly<Record<4 | 6, Field>> = {
  4: { type: TYPE.IPADDR, length: 4, load: payload(NETWORK_HEADER, 16, 4) },
  6: { type: TYPE.IP6ADDR, length: 16, load: payload(NETWORK_HEADER, 24, 16) },
};
/** Transport protocol. */
export const L4PROTO: Field = { type: TYPE.INET_PROTOCOL, length: 1, load: meta(NFT_META.L4PROTO) };
/** Destination port of TCP, UDP and SCTP alike. */
export const DPORT: Field = { type: TYPE.INET_SERVICE, length: 2, load: payload(TRANSPORT_HEADER, 2, 2) };

/** Every part of a concatenation begins on four bytes. */
const words = (length: number): number => Math.ceil(length / 4);

/** The register of four bytes that begins at a word; one of 16 bytes where it can be, as nft and the kernel say it. */
const registerAt = (word: number): number => (word % 4 === 0 ? NFT_REG[1] + word / 4 : NFT_REG32["00"] + word);

/** nft's number of a type, of a concatenation with six bits each part. */
export const typeOf = (fields: readonly Field[]): number => fields.reduce((type, field) => (type << 6) | field.type, 0);
/** Bytes of a key or of data. One part stands alone, of several each takes whole words. */
export const lengthOf = (fields: readonly Field[]): number =>
  fields.length === 1 ? (fields[0] as Field).length : fields.reduce((sum, field) => sum + words(field.length) * 4, 0);

/** How a key is looked up. */
export interface Lookup {
  /** Goes on where the set has it not. */
  readonly not?: boolean;
  /** Of a map: where its data goes. */
  readonly dreg?: number;
}

/** Reads the parts of a key, and goes on where a set has it. */
export const lookup = (fields: readonly Field[], set: string, { not = false, dreg }: Lookup = {}): NftExpression[] => {
  let word = 0;
  const loads = fields.map((field) => {
    const expression = field.load(registerAt(word));
    word += words(field.length);
    return expression;
  });
  const flags = not ? { flags: NFT_LOOKUP_F.INV } : {};
  const to = dreg === undefined ? {} : { dreg };
  return [...loads, { name: "lookup", data: { lookup: { set, sreg: NFT_REG[1], ...to, ...flags } } }];
};

/** Looks a verdict up, and obeys it. */
export const verdictOf = (fields: readonly Field[], map: string): NftExpression[] =>
  lookup(fields, map, { dreg: NFT_REG.VERDICT });

/** Destination NAT to the address and port that a map has for a key. */
export const dnatTo = (fields: readonly Field[], map: string, version: 4 | 6): NftExpression[] => {
  const family = version === 4 ? NFPROTO.IPV4 : NFPROTO.IPV6;
  const port = registerAt(words(DADDR[version].length));
  const nat = { type: NFT_NAT.DNAT, family, regAddrMin: NFT_REG[1], regProtoMin: port };
  return [...lookup(fields, map, { dreg: NFT_REG[1] }), { name: "nat", data: { nat } }];
};

/** Bytes of a key: each part padded to whole words, unless it is the only one. */
export const keyOf = (...parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + words(part.length) * 4, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += words(part.length) * 4;
  }
  return bytes;
};

/** Values of parts, as bytes. */
export interface Values {
  ifname(name: string): Uint8Array;
  number(value: number): Uint8Array;
  mac(text: string): Uint8Array;
  address(text: string): Uint8Array;
  protocol(name: TransportProtocol): Uint8Array;
  port(value: number): Uint8Array;
}
/** Values of parts, as bytes: each throws a RangeError for what is none. */
export const value: Values = {
  ifname: linkName,
  number: host32,
  mac: (text) => hardwareBytes(text),
  address: (text) => ipBytes(text),
  protocol: (name) => new Uint8Array([IP_PROTOCOL[name]]),
  port: be16,
};

/** An element of a set. */
export const element = (...parts: readonly Uint8Array[]): NftSetElement => ({ key: { value: keyOf(...parts) } });
