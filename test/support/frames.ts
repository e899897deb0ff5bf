// Frames byte by byte, for senders that lie: Ethernet, ARP, IPv4 and IPv6, each with a mark that sniffers look for.
import { hardwareBytes, ipBytes } from "../../src/codec/address.ts";
import { MARK } from "./agent.ts";

const be16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const join = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
/** What sniffers count a frame by: two characters. */
const mark = (kind: string): Uint8Array => new TextEncoder().encode(`${MARK}${kind}`);

/** RFC 1071. */
const checksum = (...parts: readonly (Uint8Array | readonly number[])[]): number[] => {
  const bytes = join(...parts);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return be16(~sum & 0xffff);
};

/** A frame, padded to the least that Ethernet carries. */
export const ethernet = (to: string, from: string, type: number, payload: Uint8Array): Uint8Array => {
  const frame = join(hardwareBytes(to), hardwareBytes(from), be16(type), payload);
  return frame.length >= 60 ? frame : join(frame, new Uint8Array(60 - frame.length));
};
/** The same with an 802.1Q (0x8100) or 802.1ad (0x88a8) tag. */
export const tagged = (tag: number, vlan: number, frame: Uint8Array): Uint8Array =>
  join(frame.subarray(0, 12), be16(tag), be16(vlan), frame.subarray(12));

/** RFC 826. */
export const arp = (
  kind: string,
  {
    op = 2,
    sha,
    spa,
    tha = "00:00:00:00:00:00",
    tpa,
  }: { op?: number; sha: string; spa: string; tha?: string; tpa: string },
): Uint8Array =>
  join([0, 1, 8, 0, 6, 4], be16(op), hardwareBytes(sha), ipBytes(spa), hardwareBytes(tha), ipBytes(tpa), mark(kind));

export interface Between {
  readonly src: string;
  readonly dst: string;
}
/** A datagram of UDP from port 7 to a port, its checksum left out where IPv4 allows it. */
const udpHeader = (port: number, payload: Uint8Array): Uint8Array =>
  join(be16(7), be16(port), be16(payload.length + 8), [0, 0], payload);
/** RFC 791, with UDP in it. */
export const udp4 = (kind: string, { src, dst }: Between, port = 9, fragment = 0): Uint8Array => {
  const datagram = udpHeader(port, mark(kind));
  const head = [0x45, 0, ...be16(20 + datagram.length), 0x4e, 0x4b, ...be16(fragment), 64, 17];
  const addresses = join(ipBytes(src), ipBytes(dst));
  return join(head, checksum(head, [0, 0], addresses), addresses, datagram);
};

/** RFC 8200. */
const ipv6 = (next: number, { src, dst }: Between, payload: Uint8Array): Uint8Array =>
  join([0x60, 0, 0, 0], be16(payload.length), [next, 255], ipBytes(src), ipBytes(dst), payload);
const pseudo = ({ src, dst }: Between, length: number, next: number): Uint8Array =>
  join(ipBytes(src), ipBytes(dst), [0, 0], be16(length), [0, 0, 0, next]);
const ICMPV6 = 58;
/** An ICMPv6 message with its checksum. */
const icmp6 = (between: Between, type: number, body: Uint8Array): Uint8Array => {
  const sum = checksum(pseudo(between, body.length + 4, ICMPV6), [type, 0, 0, 0], body);
  return join([type, 0], sum, body);
};

/** UDP over IPv6. */
export const udp6 = (kind: string, between: Between, port = 9): Uint8Array => {
  const datagram = udpHeader(port, mark(kind));
  datagram.set(checksum(pseudo(between, datagram.length, 17), datagram), 6);
  return ipv6(17, between, datagram);
};

/** An option of neighbour discovery that nobody knows, with the mark in it: RFC 4861 4.6, RFC 4727. */
const markOption = (kind: string): Uint8Array => join([253, 2], mark(kind), [0, 0]);
const linkOption = (type: number, mac: string): Uint8Array => join([type, 1], hardwareBytes(mac));
export const ND = { MLD_QUERY: 130, RS: 133, RA: 134, NS: 135, NA: 136, REDIRECT: 137 } as const;

/** A message of neighbour discovery, as ICMPv6. */
const nd = (kind: string, between: Between, type: number, target: string, mac: string): Uint8Array => {
  if (type === ND.RA) {
    // Hop limit, flags, lifetime of 30 min: I am your router.
    const head = [64, 0, ...be16(1800), 0, 0, 0, 0, 0, 0, 0, 0];
    return icmp6(between, type, join(head, markOption(kind), linkOption(1, mac)));
  }
  const flags = type === ND.NA ? 0x20 : 0;
  const to = type === ND.REDIRECT ? ipBytes(between.dst) : [];
  const link = linkOption(type === ND.NS ? 1 : 2, mac);
  return icmp6(between, type, join([flags, 0, 0, 0], ipBytes(target), to, link, markOption(kind)));
};

/** How a message of neighbour discovery is wrapped. */
export type Wrapping = "plain" | "hop-by-hop" | "destination" | "atomic fragment";
const WRAP: Readonly<Record<Exclude<Wrapping, "plain">, readonly [next: number, head: readonly number[]]>> = {
  "hop-by-hop": [0, [ICMPV6, 0, 1, 4, 0, 0, 0, 0]],
  destination: [60, [ICMPV6, 0, 1, 4, 0, 0, 0, 0]],
  "atomic fragment": [44, [ICMPV6, 0, 0, 0, 0, 0, 0, 1]],
};
export interface Discovery extends Between {
  readonly type: number;
  readonly target: string;
  readonly mac: string;
}
export const discovery = (
  kind: string,
  { type, target, mac, ...between }: Discovery,
  wrapping: Wrapping = "plain",
): Uint8Array => {
  const message = nd(kind, between, type, target, mac);
  if (wrapping === "plain") return ipv6(ICMPV6, between, message);
  const [next, head] = WRAP[wrapping];
  return ipv6(next, between, join(head, message));
};
/** The same in fragments of as many bytes; with headers of options between, ICMPv6 itself begins only behind those. */
export const fragments = (
  kind: string,
  { type, target, mac, ...between }: Discovery,
  size: number,
  options = 0,
): Uint8Array[] => {
  const message = nd(kind, between, type, target, mac);
  const headers = Array.from({ length: options }, (_, i) => [i + 1 < options ? 60 : ICMPV6, 0, 1, 4, 0, 0, 0, 0]);
  const whole = join(...headers, message);
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => {
    const at = i * size;
    const more = at + size < whole.length ? 1 : 0;
    const head = [options > 0 ? 60 : ICMPV6, 0, ...be16(at | more), 0, 0, 0, size];
    return ipv6(44, between, join(head, whole.subarray(at, at + size)));
  });
};

/** Bytes of no protocol. */
export const raw = (kind: string): Uint8Array => join(mark(kind), new Uint8Array(32));
