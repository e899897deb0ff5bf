// Values as registers of nf_tables hold them.
import { ipBytes } from "../../codec/address.ts";
import { HOST_ORDER } from "../../socket/libc.ts";

/** Transport protocols that have ports, and ICMP: IPPROTO_* of linux/in.h. */
export const IP_PROTOCOL: Readonly<Record<TransportProtocol, number>> = {
  tcp: 6,
  udp: 17,
  sctp: 132,
  dccp: 33,
  udplite: 136,
  icmp: 1,
  icmpv6: 58,
};
/** A transport protocol by name. */
export type TransportProtocol = "tcp" | "udp" | "sctp" | "dccp" | "udplite" | "icmp" | "icmpv6";
/** One that has ports. */
export type PortProtocol = Exclude<TransportProtocol, "icmp" | "icmpv6">;

/** Has it ports? */
export const hasPorts = (protocol: TransportProtocol): protocol is PortProtocol =>
  protocol !== "icmp" && protocol !== "icmpv6";

/**
 * A port, in network order.
 * @throws RangeError
 */
export const be16 = (value: number): Uint8Array => {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError(`${value} is no port: 0 to 65535`);
  return new Uint8Array([value >> 8, value & 255]);
};

/** What the kernel keeps in its own order: states, marks, route types. */
export const host32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0, HOST_ORDER === "little");
  return bytes;
};

/**
 * An IP address.
 * @throws RangeError
 */
export const address = (text: string): Uint8Array => {
  const bytes = ipBytes(text);
  if (bytes.length !== 4 && bytes.length !== 16) throw new RangeError(`${JSON.stringify(text)} is no IP address`);
  return bytes;
};

/** `length` bits, then zeros, in `size` bytes. */
export const maskOf = (length: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (0xff00 >> Math.min(8, Math.max(0, length - 8 * i))) & 255);

/** IFNAMSIZ of linux/if.h. */
const IFNAMSIZ = 16;

/**
 * A link's name as the kernel compares it: with its NULs, so that "br0" is not "br01"; with `*` at its end only what stands before.
 * @throws RangeError for one that no link can have
 */
export const linkName = (name: string): Uint8Array => {
  const isPrefix = name.endsWith("*");
  const bytes = new TextEncoder().encode(isPrefix ? name.slice(0, -1) : name);
  if (bytes.length === 0 || bytes.length >= IFNAMSIZ) {
    throw new RangeError(`${JSON.stringify(name)} can be no link's name: 1 to ${IFNAMSIZ - 1} bytes`);
  }
  if (isPrefix) return bytes;
  const padded = new Uint8Array(IFNAMSIZ);
  padded.set(bytes);
  return padded;
};
