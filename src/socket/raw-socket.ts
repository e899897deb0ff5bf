// Raw sockets that only send: packet(7) for what is no IP, and ICMPv6 with its checksum made by the kernel (RFC 3542 3.1).
import { close } from "node:fs";
import { socketIn } from "./descriptor.ts";
import { AF_INET6, AF_PACKET, check, intOption, libc, MSG_DONTWAIT, SOCK_DGRAM, SOCK_RAW } from "./libc.ts";
import type { NetnsRef } from "./netns.ts";

const IPPROTO_IPV6 = 41;
const IPPROTO_ICMPV6 = 58;
/** Options of linux/in6.h and linux/icmpv6.h. */
const IPV6_MULTICAST_IF = 17;
const IPV6_MULTICAST_HOPS = 18;
const IPV6_MULTICAST_LOOP = 19;
const ICMPV6_FILTER = 1;
/** struct icmp6_filter: a bit for each of 256 types, set for what is kept away. */
const NOTHING_COMES_IN = new Uint8Array(32).fill(0xff);

/** Through which link of which namespace. */
export interface RawSocketOptions {
  /** Undefined: the calling thread's namespace. */
  readonly netns: NetnsRef | undefined;
  /** The link's index there. */
  readonly index: number;
}

/** The family's number at the beginning of every sockaddr, in the machine's order. */
const sockaddr = (length: number, family: number): { readonly bytes: Uint8Array; readonly view: DataView } => {
  const bytes = new Uint8Array(length);
  new Uint16Array(bytes.buffer, 0, 1)[0] = family;
  return { bytes, view: new DataView(bytes.buffer) };
};

/** struct sockaddr_ll: family, protocol (network order), ifindex (machine's), hatype, pkttype, halen, addr[8]. */
const linkAddress = (index: number, protocol: number, to: Uint8Array): Uint8Array => {
  const { bytes, view } = sockaddr(20, AF_PACKET);
  view.setUint16(2, protocol);
  new Int32Array(bytes.buffer, 4, 1)[0] = index;
  view.setUint8(11, to.length);
  bytes.set(to, 12);
  return bytes;
};

/** struct sockaddr_in6: family, port, flowinfo, addr, scope_id (machine's order). The port must be 0 for a raw socket. */
const ip6Address = (address: Uint8Array, index: number): Uint8Array => {
  const { bytes } = sockaddr(28, AF_INET6);
  bytes.set(address, 8);
  new Uint32Array(bytes.buffer, 24, 1)[0] = index;
  return bytes;
};

/** A descriptor that is closed once: then it is -1, and every call says EBADF. */
class Raw {
  #fd: number;
  constructor(fd: number) {
    this.#fd = fd;
  }
  get fd(): number {
    return this.#fd;
  }
  option(level: number, option: number, value: Uint8Array, detail: string): void {
    check(libc().setsockopt(this.#fd, level, option, value, value.length), "setsockopt", detail);
  }
  /** Never waits for room: then EAGAIN or ENOBUFS says so. */
  send(packet: Uint8Array, to: Uint8Array, detail: string): void {
    check(libc().sendto(this.#fd, packet, packet.length, MSG_DONTWAIT, to, to.length), "sendto", detail);
  }
  /** Gives the descriptor away, to be closed: -1 when that was done. */
  release(): number {
    const fd = this.#fd;
    this.#fd = -1;
    return fd;
  }
}

/**
 * Closing a packet socket waits for an RCU grace period (packet_release: synchronize_net), 14 ms where a raw one takes 2 µs. So it is done
 * by Node's thread pool; two at a time, which leaves the other threads of the pool to others.
 */
const closing: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
let turn = 0;
const closeInBackground = (fd: number): Promise<void> => {
  turn = (turn + 1) % closing.length;
  const before = closing[turn] as Promise<void>;
  const closed = before.then(() => new Promise<void>((resolve) => close(fd, () => resolve())));
  closing[turn] = closed;
  return closed;
};

/** Sends packets whose link-layer header the kernel makes: SOCK_DGRAM of packet(7). Receives nothing. */
export class PacketSender {
  readonly #raw: Raw;
  readonly #index: number;
  readonly #protocol: number;
  /**
   * @param options namespace, link
   * @param protocol of the packets, ETH_P_ of linux/if_ether.h
   * @throws SystemError EPERM without CAP_NET_RAW
   */
  constructor({ netns, index }: RawSocketOptions, protocol: number) {
    // Protocol 0 in socket(2): no packet is ever queued here.
    this.#raw = new Raw(socketIn(netns, AF_PACKET, SOCK_DGRAM, 0));
    this.#index = index;
    this.#protocol = protocol;
  }
  /**
   * Sends one packet; the sender in the link-layer header is the link's own address.
   * @param packet what stands behind the link-layer header
   * @param to link-layer address
   * @param detail what an error is to say
   * @throws SystemError ENETDOWN, ENXIO for a link that is not, ENOBUFS
   */
  send(packet: Uint8Array, to: Uint8Array, detail: string): void {
    this.#raw.send(packet, linkAddress(this.#index, this.#protocol, to), detail);
  }
  /** Lets go of the socket, in the background; twice is harmless. Resolves when it is closed, never rejects. */
  async close(): Promise<void> {
    const fd = this.#raw.release();
    if (fd >= 0) await closeInBackground(fd);
  }
}

/** Sends ICMPv6 to multicast groups of a link, with hop limit 255. Receives nothing. */
export class Icmp6Sender {
  readonly #raw: Raw;
  readonly #index: number;
  #from: Uint8Array | undefined;
  /**
   * @param options namespace, link
   * @throws SystemError EPERM without CAP_NET_RAW, EAFNOSUPPORT without IPv6, ENODEV for a link that is not
   */
  constructor({ netns, index }: RawSocketOptions) {
    const raw = new Raw(socketIn(netns, AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
    try {
      raw.option(IPPROTO_ICMPV6, ICMPV6_FILTER, NOTHING_COMES_IN, "ICMPV6_FILTER");
      raw.option(IPPROTO_IPV6, IPV6_MULTICAST_IF, intOption(index), `IPV6_MULTICAST_IF ${index}`);
      // Neighbour discovery believes only what no router can have passed on (RFC 4861 7.1).
      raw.option(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, intOption(255), "IPV6_MULTICAST_HOPS");
      raw.option(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, intOption(0), "IPV6_MULTICAST_LOOP");
    } catch (error) {
      libc().close(raw.release());
      throw error;
    }
    this.#raw = raw;
    this.#index = index;
  }
  /**
   * Sends one message.
   * @param message with room for the checksum, which the kernel fills in
   * @param from the link's own address to send it from, 16 bytes
   * @param to a group of link-local scope, 16 bytes
   * @param detail what an error is to say
   * @throws SystemError EADDRNOTAVAIL for an address that the namespace does not have, or has not yet (tentative); ENETDOWN…
   */
  send(message: Uint8Array, from: Uint8Array, to: Uint8Array, detail: string): void {
    if (this.#from?.every((octet, i) => octet === from[i]) !== true) {
      // A raw socket may be bound again and again (rawv6_bind).
      const own = ip6Address(from, isLinkLocal(from) ? this.#index : 0);
      check(libc().bind(this.#raw.fd, own, own.length), "bind", detail);
      this.#from = from;
    }
    this.#raw.send(message, ip6Address(to, this.#index), detail);
  }
  /** Lets go of the socket; twice is harmless. */
  close(): void {
    const fd = this.#raw.release();
    if (fd >= 0) libc().close(fd);
  }
}

/** fe80::/10 */
const isLinkLocal = (address: Uint8Array): boolean => address[0] === 0xfe && ((address[1] as number) & 0xc0) === 0x80;
