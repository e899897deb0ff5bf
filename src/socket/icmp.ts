// ICMP echo over a raw socket: the proof that a network carries packets. RFC 792; icmp(7), raw(7).
import { ipBytes } from "../codec/address.ts";
import { type PollHandle, pollReadable, socketIn } from "./descriptor.ts";
import { SystemError } from "./errors.ts";
import { AF_INET, check, EAGAIN, EINTR, errno, libc, MSG_DONTWAIT, SOCK_RAW } from "./libc.ts";
import type { NetnsRef } from "./netns.ts";

const IPPROTO_ICMP = 1;
const ECHO_REPLY = 0;
/** Where the source address stands in an IPv4 header. */
const IP_SOURCE = 12;
const ECHO_REQUEST = 8;

/** Whom to ask, and for how long. */
export interface PingOptions {
  /** The namespace to send from. Default: the calling thread's. */
  readonly netns?: NetnsRef | undefined;
  /** IPv4 address. */
  readonly address: string;
  /** Milliseconds to wait for the answer. Default: 1,000; Infinity for no limit. */
  readonly timeout?: number | undefined;
  /** icmp_seq, 0 to 65535. Default: 1. */
  readonly sequence?: number | undefined;
}

/** RFC 1071: ones' complement sum of 16-bit words. */
export const checksum = (bytes: Uint8Array): number => {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
};

/** An echo request of 56 data bytes, as ping(8) sends it. */
export const echoRequest = (id: number, sequence: number): Uint8Array => {
  const packet = new Uint8Array(64).map((_, i) => (i < 8 ? 0 : i));
  const dv = new DataView(packet.buffer);
  dv.setUint8(0, ECHO_REQUEST);
  dv.setUint16(4, id);
  dv.setUint16(6, sequence);
  dv.setUint16(2, checksum(packet));
  return packet;
};

/** Does an IPv4 packet, header included, answer this request? */
export const isReply = (packet: Uint8Array, from: Uint8Array, id: number, sequence: number): boolean => {
  const at = ((packet[0] ?? 0) & 15) * 4;
  if (packet.length < at + 8 || packet[at] !== ECHO_REPLY) return false;
  // A raw socket gets every ICMP packet of its namespace.
  if (from.some((octet, i) => packet[IP_SOURCE + i] !== octet)) return false;
  const dv = new DataView(packet.buffer, packet.byteOffset + at);
  return dv.getUint16(4) === id && dv.getUint16(6) === sequence && checksum(packet.subarray(at)) === 0;
};

/** struct sockaddr_in of ip(7): family in the machine's order, port 0, address. */
const socketAddress = (address: string): Uint8Array => {
  // Four octets with colons are four bytes too, and no IPv4 address.
  const octets = address.includes(":") ? undefined : ipBytes(address);
  if (octets?.length !== 4) throw new RangeError(`${JSON.stringify(address)} is no IPv4 address`);
  const bytes = new Uint8Array(16);
  new Uint16Array(bytes.buffer, 0, 1)[0] = AF_INET;
  bytes.set(octets, 4);
  return bytes;
};

/** What setTimeout can hold, in milliseconds; longer is for ever. */
const LONGEST = 0x7fffffff;

/** Resolves when the descriptor is readable, or when the time is up. */
const readable = (fd: number, timeout: number): Promise<void> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let handle: PollHandle | undefined;
    const done = (status: number): void => {
      clearTimeout(timer);
      handle?.close();
      if (status < 0) reject(new SystemError("poll", -status));
      else resolve();
    };
    // Before the timer: when this throws, nothing is left that would ring.
    handle = pollReadable(undefined, fd, done);
    if (timeout <= LONGEST) timer = setTimeout(done, timeout, 0);
  });

/**
 * Sends one ICMP echo request and waits for its reply.
 * @param options whom, from where, for how long
 * @returns the round trip in milliseconds; undefined when no reply came in time
 * @throws SystemError EPERM without CAP_NET_RAW, ENETUNREACH without a route; RangeError for what is no IPv4 address
 */
export const ping = async (options: PingOptions): Promise<number | undefined> => {
  const { address, timeout = 1000, sequence = 1 } = options;
  const to = socketAddress(address);
  const fd = socketIn(options.netns, AF_INET, SOCK_RAW, IPPROTO_ICMP);
  // Two of one process at once, or of processes whose ids agree in 16 bits, must not take each other's replies.
  const [id = 0] = crypto.getRandomValues(new Uint16Array(1));
  const packet = echoRequest(id, sequence);
  const buffer = new Uint8Array(2048);
  try {
    const begin = process.hrtime.bigint();
    check(libc().sendto(fd, packet, packet.length, 0, to, to.length), "sendto", address);
    const deadline = Date.now() + timeout;
    for (let left = timeout; left > 0; left = deadline - Date.now()) {
      await readable(fd, left);
      for (;;) {
        const length = libc().recv(fd, buffer, buffer.length, MSG_DONTWAIT);
        if (length >= 0) {
          if (isReply(buffer.subarray(0, length), to.subarray(4, 8), id, sequence))
            return Number(process.hrtime.bigint() - begin) / 1e6;
          continue;
        }
        const code = errno();
        if (code === EAGAIN) break;
        if (code !== EINTR) throw new SystemError("recv", code, address);
      }
    }
    return undefined;
  } finally {
    libc().close(fd);
  }
};
