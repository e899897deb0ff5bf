// What a rule asks of a packet: each call adds what `nft` would have made of the same words.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import { NFT_CMP } from "../../attrs/netfilter/nftables/expressions/cmp.ts";
import { NFT_CT } from "../../attrs/netfilter/nftables/expressions/ct.ts";
import { NFT_FIB_RESULT, NFTA_FIB_F } from "../../attrs/netfilter/nftables/expressions/fib.ts";
import { NFT_LOOKUP_F } from "../../attrs/netfilter/nftables/expressions/lookup.ts";
import { NFT_META } from "../../attrs/netfilter/nftables/expressions/meta.ts";
import { NFT_PAYLOAD } from "../../attrs/netfilter/nftables/expressions/payload.ts";
import { NFT_REG } from "../../attrs/netfilter/nftables/registers.ts";
import { RTN } from "../../attrs/route/route-header.ts";
import { hardwareBytes } from "../../codec/address.ts";
import { parsePrefix } from "../prefix.ts";
import {
  address,
  be16,
  hasPorts,
  host32,
  IP_PROTOCOL,
  linkName,
  maskOf,
  type PortProtocol,
  type TransportProtocol,
} from "./values.ts";

/** How a match is meant. */
export interface MatchOptions {
  /** What does not match, matches. Default: false. */
  readonly not?: boolean | undefined;
}
/** States of a connection, as bits: NF_CT_STATE_BIT of linux/netfilter/nf_conntrack_common.h. */
const CT_STATE: Readonly<Record<ConnectionState, number>> = {
  invalid: 1,
  established: 2,
  related: 4,
  new: 8,
  untracked: 64,
};
/** A state of a connection. */
export type ConnectionState = "invalid" | "established" | "related" | "new" | "untracked";
const REG = NFT_REG[1];
/** Offset and length of addresses: struct iphdr, struct ipv6hdr. */
const PLACE = {
  4: { saddr: 12, daddr: 16, length: 4 },
  6: { saddr: 8, daddr: 24, length: 16 },
} as const;
const ETHERTYPE = { 4: 0x0800, 6: 0x86dd } as const;
/** ARPHRD_ETHER of linux/if_arp.h. */
const ARPHRD_ETHER = 1;

/** A rule that nothing can match lets everything by it: that is refused. */
const never = (wanted: string, already: string): RangeError =>
  new RangeError(`a rule that matches ${already} already cannot match ${wanted} too`);

/** The matches of a rule in the making. What one depends on (that it is IPv4, that it is TCP) is added before it, once. */
export class RuleMatches {
  /** What the rule does, from left to right: `attrs.expressions` of a NFT_MSG_NEWRULE. */
  readonly expressions: NftExpression[] = [];
  readonly #family: number;
  #layer3: 4 | 6 | undefined;
  #layer4: TransportProtocol | undefined;
  readonly #notLayer4 = new Set<TransportProtocol>();
  #hasOwn = false;
  #isEthernet: boolean;
  /** @param family NFPROTO of the table */
  constructor(family: number) {
    this.#family = family;
    this.#layer3 = family === NFPROTO.IPV4 ? 4 : family === NFPROTO.IPV6 ? 6 : undefined;
    this.#isEthernet = family === NFPROTO.BRIDGE;
  }

  /**
   * Adds expressions of your own: what they match is not looked into.
   * @param expressions in their order
   */
  add(...expressions: NftExpression[]): this {
    this.#hasOwn = true;
    return this.push(...expressions);
  }
  /** Adds what a word stands for. */
  protected push(...expressions: NftExpression[]): this {
    this.expressions.push(...expressions);
    return this;
  }

  #meta(key: number): this {
    return this.push({ name: "meta", data: { meta: { key, dreg: REG } } });
  }
  #cmp(value: Uint8Array, { not = false }: MatchOptions = {}, op: number = not ? NFT_CMP.NEQ : NFT_CMP.EQ): this {
    return this.push({ name: "cmp", data: { cmp: { sreg: REG, op, data: { value } } } });
  }
  #payload(base: number, offset: number, len: number): this {
    return this.push({ name: "payload", data: { payload: { dreg: REG, base, offset, len } } });
  }
  #and(mask: Uint8Array): this {
    const xor = { value: new Uint8Array(mask.length) };
    return this.push({
      name: "bitwise",
      data: { bitwise: { sreg: REG, dreg: REG, len: mask.length, mask: { value: mask }, xor } },
    });
  }

  /** The packet is IPv4 or IPv6. */
  #ip(version: 4 | 6): this {
    if (this.#layer3 === version) return this;
    if (this.#layer3 !== undefined) throw never(`IPv${version}`, `IPv${this.#layer3}`);
    this.#layer3 = version;
    const isInet = this.#family === NFPROTO.INET;
    this.#meta(isInet ? NFT_META.NFPROTO : NFT_META.PROTOCOL);
    return this.#cmp(isInet ? new Uint8Array([version === 4 ? NFPROTO.IPV4 : NFPROTO.IPV6]) : be16(ETHERTYPE[version]));
  }

  /**
   * The link that the packet came in by.
   * @param name of the link; a `*` at its end stands for anything
   * @param options not
   */
  iifname(name: string, options?: MatchOptions): this {
    return this.#meta(NFT_META.IIFNAME).#cmp(linkName(name), options);
  }
  /**
   * The link that the packet leaves by.
   * @param name of the link; a `*` at its end stands for anything
   * @param options not
   */
  oifname(name: string, options?: MatchOptions): this {
    return this.#meta(NFT_META.OIFNAME).#cmp(linkName(name), options);
  }
  /**
   * The source address.
   * @param prefix IPv4 or IPv6, with or without a length; bits behind the length do not count
   * @param options not
   * @throws RangeError for no prefix, or one of the other IP than what is matched already or the table has
   */
  saddr(prefix: string, options?: MatchOptions): this {
    return this.#address("saddr", prefix, options);
  }
  /**
   * The destination address.
   * @param prefix as for `saddr`
   * @param options not
   * @throws RangeError as `saddr`
   */
  daddr(prefix: string, options?: MatchOptions): this {
    return this.#address("daddr", prefix, options);
  }
  #address(which: "saddr" | "daddr", prefix: string, options?: MatchOptions): this {
    const { address: text, length } = parsePrefix(prefix);
    const bytes = address(text);
    const version = bytes.length === 4 ? 4 : 6;
    const place = PLACE[version];
    if (length === 0 && options?.not === true) throw never(`anything but ${prefix}`, "every address of that");
    this.#ip(version);
    if (length % 8 === 0 && length > 0) {
      // Whole bytes: as nft does it, only those are read.
      return this.#payload(NFT_PAYLOAD.NETWORK_HEADER, place[which], length / 8).#cmp(
        bytes.subarray(0, length / 8),
        options,
      );
    }
    const mask = maskOf(length, place.length);
    this.#payload(NFT_PAYLOAD.NETWORK_HEADER, place[which], place.length).#and(mask);
    return this.#cmp(
      bytes.map((b, i) => b & (mask[i] as number)),
      options,
    );
  }
  /**
   * The source address of the Ethernet frame.
   * @param mac "02:42:ac:11:00:02"
   * @param options not
   */
  etherSaddr(mac: string, options?: MatchOptions): this {
    if (!this.#isEthernet) {
      this.#isEthernet = true;
      const type = new Uint8Array(2);
      new Uint16Array(type.buffer)[0] = ARPHRD_ETHER;
      this.#meta(NFT_META.IFTYPE).#cmp(type);
    }
    return this.#payload(NFT_PAYLOAD.LL_HEADER, 6, 6).#cmp(hardwareBytes(mac), options);
  }
  /**
   * The transport protocol.
   * @param protocol its name
   * @param options not
   * @throws RangeError for one beside another
   */
  l4proto(protocol: TransportProtocol, options?: MatchOptions): this {
    if (!Object.hasOwn(IP_PROTOCOL, protocol))
      throw new RangeError(`${JSON.stringify(protocol)} is no transport protocol`);
    if (options?.not === true) {
      if (this.#layer4 === protocol) throw never(`anything but ${protocol}`, protocol);
      this.#notLayer4.add(protocol);
    } else {
      if (this.#layer4 !== undefined && this.#layer4 !== protocol) throw never(protocol, this.#layer4);
      if (this.#notLayer4.has(protocol)) throw never(protocol, `anything but ${protocol}`);
      this.#layer4 = protocol;
    }
    return this.#meta(NFT_META.L4PROTO).#cmp(new Uint8Array([IP_PROTOCOL[protocol]]), options);
  }
  /**
   * The source port.
   * @param protocol "tcp", "udp", "sctp"
   * @param port one, or first and last
   * @param options not
   * @throws RangeError for no port, a range that ends before it begins, a protocol without ports or beside another
   */
  sport(protocol: PortProtocol, port: number | readonly [number, number], options?: MatchOptions): this {
    return this.#port(0, protocol, port, options);
  }
  /**
   * The destination port.
   * @param protocol "tcp", "udp", "sctp"
   * @param port one, or first and last
   * @param options not
   * @throws RangeError for no port, a range that ends before it begins, a protocol without ports or beside another
   */
  dport(protocol: PortProtocol, port: number | readonly [number, number], options?: MatchOptions): this {
    return this.#port(2, protocol, port, options);
  }
  #port(
    offset: number,
    protocol: PortProtocol,
    port: number | readonly [number, number],
    options?: MatchOptions,
  ): this {
    if (!hasPorts(protocol)) throw new RangeError(`${protocol} has no ports`);
    if (this.#layer4 !== protocol) this.l4proto(protocol);
    this.#payload(NFT_PAYLOAD.TRANSPORT_HEADER, offset, 2);
    if (typeof port === "number") return this.#cmp(be16(port), options);
    const [from, to] = [be16(port[0]), be16(port[1])];
    if (options?.not === true && port[0] === 0 && port[1] === 0xffff)
      throw never("anything but ports 0 to 65535", protocol);
    if (port[0] > port[1]) throw new RangeError(`ports ${port[0]} to ${port[1]}: the range ends before it begins`);
    if (options?.not !== true) return this.#cmp(from, {}, NFT_CMP.GTE).#cmp(to, {}, NFT_CMP.LTE);
    const range = { sreg: REG, op: NFT_CMP.NEQ, fromData: { value: from }, toData: { value: to } };
    return this.push({ name: "range", data: { range } });
  }
  /**
   * The state of the connection.
   * @param states any of them
   * @throws RangeError for none
   */
  ctState(...states: ConnectionState[]): this {
    if (states.length === 0) throw new RangeError("ctState of no state: no packet would match");
    const bits = states.reduce((sum, state) => sum | CT_STATE[state], 0);
    this.push({ name: "ct", data: { ct: { key: NFT_CT.STATE, dreg: REG } } });
    return this.#and(host32(bits)).#cmp(host32(0), { not: true });
  }
  /**
   * What the routes say of an address: `local`, it is this machine's.
   * @param which source or destination
   * @param type a key of RTN, in lower case: "local", "unicast", "broadcast"…
   * @param options not
   */
  fibType(which: "saddr" | "daddr", type: Lowercase<keyof typeof RTN>, options?: MatchOptions): this {
    const flags = which === "saddr" ? NFTA_FIB_F.SADDR : NFTA_FIB_F.DADDR;
    this.push({ name: "fib", data: { fib: { dreg: REG, result: NFT_FIB_RESULT.ADDRTYPE, flags } } });
    return this.#cmp(host32(RTN[type.toUpperCase() as keyof typeof RTN]), options);
  }
  /**
   * The mark of the packet.
   * @param mark 32 bits
   * @param options not
   */
  mark(mark: number, options?: MatchOptions): this {
    return this.#meta(NFT_META.MARK).#cmp(host32(mark), options);
  }
  /**
   * An address that stands in a named set of the same table.
   * @param which source or destination
   * @param version 4 or 6
   * @param set its name
   * @param options not
   */
  addressIn(which: "saddr" | "daddr", version: 4 | 6, set: string, options?: MatchOptions): this {
    this.#ip(version).#payload(NFT_PAYLOAD.NETWORK_HEADER, PLACE[version][which], PLACE[version].length);
    const inverse = options?.not === true ? { flags: NFT_LOOKUP_F.INV } : {};
    return this.push({ name: "lookup", data: { lookup: { set, sreg: REG, ...inverse } } });
  }

  /** Which IP the matches so far, or the table, let through; undefined: both. */
  protected get ipVersion(): 4 | 6 | undefined {
    return this.#layer3;
  }
  /** May ports be translated? What expressions of the caller's own match nobody knows. */
  protected get mayHavePorts(): boolean {
    return this.#hasOwn || (this.#layer4 !== undefined && hasPorts(this.#layer4));
  }
  /** NFPROTO of the table. */
  protected get family(): number {
    return this.#family;
  }
}
