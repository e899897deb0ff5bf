// Hardware addresses of endpoints, and the link-local address that IPv6 makes of one.
import { randomBytes } from "node:crypto";
import { hardwareBytes, ipBytes, ipText } from "../codec/address.ts";

const text = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");

/** A random one: local (bit 1), of one station (bit 0). */
export const randomMac = (): string => {
  const bytes = new Uint8Array(randomBytes(6));
  bytes[0] = ((bytes[0] as number) & 0xfe) | 0x02;
  return text(bytes);
};

/** 02:42 and the four bytes of an IPv4 address: two endpoints have the same only if they have the same address. */
export const macOf = (ipv4: string): string => text(new Uint8Array([0x02, 0x42, ...ipBytes(ipv4)]));

/**
 * fe80:: and the modified EUI-64 of a MAC: RFC 4291 appendix A.
 * @param mac six bytes
 */
export const linkLocal = (mac: string): string => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = hardwareBytes(mac);
  const bytes = new Uint8Array([0xfe, 0x80, 0, 0, 0, 0, 0, 0, a ^ 0x02, b, c, 0xff, 0xfe, d, e, f]);
  return ipText(bytes, 0, bytes.length);
};

/** The host's end has a MAC of its own, from which the bridge must not take its address: a bridge with a set one does not. */
export const hostMac = (mac: string): string => {
  const [first = "02", ...rest] = mac.split(":");
  // Bit 2 is nobody's: another address, as unlike others as the endpoint's own.
  return [(Number.parseInt(first, 16) ^ 0x04).toString(16).padStart(2, "0"), ...rest].join(":");
};

/**
 * Gives a MAC back, if an endpoint can have it.
 * @param mac "02:42:0a:01:00:02"
 * @throws RangeError for another length, a group address, or none at all
 */
export const checkMac = (mac: string): string => {
  const isMac = /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(mac);
  const bytes = isMac ? hardwareBytes(mac) : new Uint8Array([1]);
  if (((bytes[0] as number) & 1) !== 0 || bytes.every((byte) => byte === 0)) {
    throw new RangeError(`${JSON.stringify(mac)} can be no link's MAC: six bytes, not all zero, of one station`);
  }
  return mac.toLowerCase();
};
