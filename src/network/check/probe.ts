// Packets sent from inside a namespace: a TCP connection, a datagram, an echo request.
import { randomInt } from "node:crypto";
import { SOCK } from "../../attrs/diag/socket.ts";
import { AF } from "../../attrs/families.ts";
import { IPPROTO } from "../../attrs/ip-protocols.ts";
import { ipBytes } from "../../codec/address.ts";
import { errnoName } from "../../codec/errno.ts";
import { socketIn } from "../../socket/descriptor.ts";
import { echoRequest, isReply } from "../../socket/icmp.ts";
import { check, EAGAIN, errno, libc, MSG_DONTWAIT } from "../../socket/libc.ts";
import type { NetnsRef } from "../../socket/netns.ts";
import type { Probe, Service } from "./situation.ts";

type Outcome = Probe["outcome"];

const SOCK_NONBLOCK = 0o4000;
const EALREADY = 114;
const EINPROGRESS = 115;
const ECONNREFUSED = 111;
const EISCONN = 106;
/** Between two looks, in milliseconds. */
const PAUSE = 5;

/** struct sockaddr_in or sockaddr_in6: ip(7), ipv6(7). */
const socketAddress = (address: string, port: number): Uint8Array => {
  const octets = ipBytes(address);
  const isIp4 = octets.length === 4;
  const bytes = new Uint8Array(isIp4 ? 16 : 28);
  new Uint16Array(bytes.buffer, 0, 1)[0] = isIp4 ? AF.INET : AF.INET6;
  new DataView(bytes.buffer).setUint16(2, port);
  bytes.set(octets, isIp4 ? 4 : 8);
  return bytes;
};
const outcomeOf = (code: number): Outcome => (code === ECONNREFUSED ? "refused" : { code: errnoName(code) });

/** How long to wait, and whether it is known already that nothing will come. */
export interface Patience {
  /** Milliseconds. */
  readonly timeout: number;
  /** Somebody dropped the packet. */
  isLost(): boolean;
}

/** Asks again and again until there is an outcome; silence when the time is over, or there is nothing to wait for. */
const until = async ({ timeout, isLost }: Patience, look: () => Outcome | undefined): Promise<Outcome> => {
  const end = performance.now() + timeout;
  for (;;) {
    const isOver = performance.now() > end || isLost();
    const outcome = look();
    if (outcome !== undefined) return outcome;
    if (isOver) return "silent";
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
};

/** A socket with a port of its own, so that a trace can be told of it before the first packet. */
export interface BoundSocket {
  /** The port. */
  readonly port: number;
  /** Sends, and waits for what comes. */
  run(patience: Patience): Promise<Outcome>;
  /** Closes it. */
  close(): void;
}

/**
 * Opens a socket inside a namespace and gives it a port.
 * @param netns where
 * @param address to whom
 * @param service which transport and port
 * @throws SystemError
 */
export const bindSocket = (netns: NetnsRef, address: string, { protocol, port }: Service): BoundSocket => {
  const to = socketAddress(address, port);
  const isTcp = protocol === "tcp";
  const family = to.length === 16 ? AF.INET : AF.INET6;
  const fd = socketIn(netns, family, (isTcp ? SOCK.STREAM : SOCK.DGRAM) | SOCK_NONBLOCK, 0);
  const own = socketAddress(family === AF.INET ? "0.0.0.0" : "::", 0);
  try {
    check(libc().bind(fd, own, own.length), "bind");
    const length = new Uint8Array(new Uint32Array([own.length]).buffer);
    check(libc().getsockname(fd, own, length), "getsockname");
  } catch (error) {
    libc().close(fd);
    throw error;
  }
  /** connect(2) asked again says how the first is doing: no getsockopt is needed. */
  const connect = (): Outcome | undefined => {
    if (libc().connect(fd, to, to.length) === 0) return "answered";
    const code = errno();
    if (code === EISCONN) return "answered";
    return code === EALREADY || code === EINPROGRESS ? undefined : outcomeOf(code);
  };
  const buffer = new Uint8Array(1);
  const answer = (): Outcome | undefined => {
    if (libc().recv(fd, buffer, buffer.length, MSG_DONTWAIT) >= 0) return "answered";
    const code = errno();
    return code === EAGAIN ? undefined : outcomeOf(code);
  };
  return {
    port: new DataView(own.buffer).getUint16(2),
    async run(patience) {
      if (isTcp) return until(patience, connect);
      const connected = connect();
      if (connected !== "answered") return connected ?? "silent";
      // Empty: the least that a server could take for a request.
      return libc().send(fd, buffer, 0, 0) < 0 ? outcomeOf(errno()) : until(patience, answer);
    },
    close: () => void libc().close(fd),
  };
};

/** An echo request of either family, and whether a packet answers it. A raw socket gets IPv4 packets with their header, IPv6 ones without. */
const echoOf = (address: string): { readonly packet: Uint8Array; answers(received: Uint8Array): boolean } => {
  const id = randomInt(0x10000);
  if (!address.includes(":")) {
    return { packet: echoRequest(id, 1), answers: (received) => isReply(received, ipBytes(address), id, 1) };
  }
  // RFC 4443 4.1: types 128 and 129. The kernel fills in the checksum.
  const packet = new Uint8Array([128, 0, 0, 0, id >> 8, id & 255, 0, 1]);
  return {
    packet,
    answers: (received) =>
      received[0] === 129 && received.length >= 8 && received[4] === packet[4] && received[5] === packet[5],
  };
};

/**
 * One echo request.
 * @param netns from where
 * @param address to whom
 * @param patience how long to wait
 * @throws SystemError EPERM without CAP_NET_RAW
 */
export const echo = async (netns: NetnsRef, address: string, patience: Patience): Promise<Outcome> => {
  const to = socketAddress(address, 0);
  const [family, protocol] = to.length === 16 ? [AF.INET, IPPROTO.ICMP] : [AF.INET6, IPPROTO.ICMPV6];
  const fd = socketIn(netns, family, SOCK.RAW | SOCK_NONBLOCK, protocol);
  try {
    const { packet, answers } = echoOf(address);
    if (libc().sendto(fd, packet, packet.length, 0, to, to.length) < 0) return outcomeOf(errno());
    const buffer = new Uint8Array(2048);
    return await until(patience, () => {
      for (;;) {
        const length = libc().recv(fd, buffer, buffer.length, MSG_DONTWAIT);
        if (length < 0) return errno() === EAGAIN ? undefined : outcomeOf(errno());
        if (answers(buffer.subarray(0, length))) return "answered";
      }
    });
  } finally {
    libc().close(fd);
  }
};
