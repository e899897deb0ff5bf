// Keys of sets, as nft knows them by name: their types, how long they are, how their values are written.
import type { NftData } from "../../attrs/netfilter/nftables/data.ts";
import type { NftSetAttrs } from "../../attrs/netfilter/nftables/set.ts";
import { hardwareBytes } from "../../codec/address.ts";
import { address, be16, host32, IP_PROTOCOL, linkName, type TransportProtocol } from "./values.ts";

/** What stands in a key, by nft's names. */
export type SetKeyType = "ipv4_addr" | "ipv6_addr" | "ether_addr" | "inet_proto" | "inet_service" | "mark" | "ifname";
/** A value of one: an address, a name of a protocol or link; a port or a mark as a number. */
export type SetKeyValue = string | number;

interface KeyType {
  /** nft's number: `enum datatypes` of its datatype.h. The kernel keeps it and asks nothing. */
  readonly number: number;
  readonly length: number;
  /** Kept in the machine's own order, which nft has to be told. */
  readonly isHostOrder?: boolean;
  readonly bytes: (value: SetKeyValue) => Uint8Array;
}
const ip =
  (length: number) =>
  (value: SetKeyValue): Uint8Array => {
    const bytes = address(String(value));
    if (bytes.length !== length) throw new RangeError(`"${value}" is no IPv${length === 4 ? 4 : 6} address`);
    return bytes;
  };
const protocol = (value: SetKeyValue): Uint8Array => {
  const number = Object.hasOwn(IP_PROTOCOL, value) ? IP_PROTOCOL[value as TransportProtocol] : undefined;
  if (number === undefined) throw new RangeError(`"${value}" is none of ${Object.keys(IP_PROTOCOL).join(", ")}`);
  return Uint8Array.of(number);
};
const TYPES: Readonly<Record<SetKeyType, KeyType>> = {
  ipv4_addr: { number: 7, length: 4, bytes: ip(4) },
  ipv6_addr: { number: 8, length: 16, bytes: ip(16) },
  ether_addr: { number: 9, length: 6, bytes: (value) => hardwareBytes(String(value)) },
  inet_proto: { number: 12, length: 1, bytes: protocol },
  inet_service: { number: 13, length: 2, bytes: (value) => be16(Number(value)) },
  mark: { number: 19, length: 4, isHostOrder: true, bytes: (value) => host32(Number(value)) },
  ifname: { number: 41, length: 16, isHostOrder: true, bytes: (value) => linkName(String(value)) },
};
/** Bits of a type within a concatenation. */
const TYPE_BITS = 6;
/** NFTNL_UDATA_SET_KEYBYTEORDER. */
const ORDER = { host: 1, network: 2 } as const;

/** A key: what the set has to say of it, and its values. */
export interface SetKey {
  /** Of the set: `newSet(family, table, name, { ...key.attrs, id: 1 })`. */
  readonly attrs: NftSetAttrs;
  /**
   * A value, for an element or a lookup: `{ key: key.value("10.0.0.1", 80) }`.
   * @throws RangeError for what cannot be such a value
   */
  value(...parts: readonly SetKeyValue[]): NftData;
}

const padded = (length: number): number => (length + 3) & ~3;

/**
 * The key of a set; of several types, their concatenation (`ipv4_addr . inet_service`).
 * @param types by nft's names
 */
export const setKey = (...types: readonly [SetKeyType, ...SetKeyType[]]): SetKey => {
  const parts = types.map((name) => TYPES[name]);
  const [only] = parts;
  const isOne = parts.length === 1;
  const width = ({ length }: KeyType): number => (isOne ? length : padded(length));
  const keyLen = parts.reduce((sum, part) => sum + width(part), 0);
  return {
    attrs: {
      keyType: parts.reduce((bits, { number }) => (bits << TYPE_BITS) | number, 0),
      keyLen,
      ...(isOne && { userdata: { keybyteorder: only?.isHostOrder === true ? ORDER.host : ORDER.network } }),
    },
    value(...values) {
      if (values.length !== parts.length) throw new RangeError(`${values.length} values for a key of ${parts.length}`);
      const value = new Uint8Array(keyLen);
      let at = 0;
      for (const [i, part] of parts.entries()) {
        value.set(part.bytes(values[i] as SetKeyValue), at);
        at += width(part);
      }
      return { value };
    },
  };
};
