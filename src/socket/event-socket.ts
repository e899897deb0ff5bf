// The live socket for events: not connected, so that it hears everybody; recvmsg(2) says who spoke, and in which namespace.
import { shown } from "../codec/expect.ts";
import { type PollHandle, pollError, pollReadable, socketIn } from "./descriptor.ts";
import { SystemError } from "./errors.ts";
import { koffi } from "./koffi.ts";
import {
  AF_NETLINK,
  check,
  EAGAIN,
  EINTR,
  errno,
  HOST_ORDER,
  intOption,
  libc,
  MSG_DONTWAIT,
  MSG_TRUNC,
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_LISTEN_ALL_NSID,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOCK_RAW,
  SOL_NETLINK,
  SOL_SOCKET,
} from "./libc.ts";
import type { NetnsRef } from "./netns.ts";
import type { EventSocketOptions, EventTransport } from "./transport.ts";

const little = HOST_ORDER === "little";
const SOCKADDR_NL = 12;
const CONTROL = 64;

/** Memory that stays where it is: what C is given an address of. */
const pinned = (size: number): DataView => new DataView(new ArrayBuffer(size));

/**
 * struct msghdr, with its iovec, address and control buffer behind it; packed once, which is 1 µs a call cheaper than a koffi struct.
 * With words of P bytes: name 0, namelen P, iov 2P, iovlen 3P, control 4P, controllen 5P, flags 6P; iov_base 7P, iov_len 8P.
 */
class MessageHeader {
  readonly #word: 4 | 8 = koffi().sizeof("void *") === 8 ? 8 : 4;
  readonly #header = pinned(9 * 8);
  readonly #name = pinned(SOCKADDR_NL);
  readonly #control = pinned(CONTROL);
  readonly bytes = new Uint8Array(this.#header.buffer);
  #buffer: Uint8Array | undefined;
  constructor() {
    this.#put(0, koffi().address(this.#name));
    this.#put(2, BigInt(koffi().address(this.bytes)) + BigInt(7 * this.#word));
    this.#put(3, 1n);
    this.#put(4, koffi().address(this.#control));
  }
  #put(index: number, value: bigint): void {
    if (this.#word === 8) this.#header.setBigUint64(index * 8, value, little);
    else this.#header.setUint32(index * 4, Number(value), little);
  }
  /** Where the lower 32 bits of a word stand: lengths need no more, and a bigint costs as much as all the rest here. */
  #low(index: number): number {
    return index * this.#word + (little ? 0 : this.#word - 4);
  }
  /** To be called before each recvmsg, which overwrites the lengths. */
  aim(buffer: Uint8Array): void {
    this.#header.setUint32(this.#word, SOCKADDR_NL, little);
    this.#header.setUint32(this.#low(5), CONTROL, little);
    if (buffer === this.#buffer) return;
    this.#buffer = buffer;
    this.#put(7, koffi().address(buffer));
    this.#put(8, BigInt(buffer.length));
  }
  /** nl_pid of the sender. */
  get sender(): number {
    return this.#name.getUint32(4, little);
  }
  /** The namespace id that came as NETLINK_LISTEN_ALL_NSID, if one did. struct cmsghdr: len, level, type, data. */
  get nsid(): number | undefined {
    const length = this.#header.getUint32(this.#low(5), little);
    if (length < this.#word + 12) return undefined;
    const level = this.#control.getInt32(this.#word, little);
    const type = this.#control.getInt32(this.#word + 4, little);
    if (level !== SOL_NETLINK || type !== NETLINK_LISTEN_ALL_NSID) return undefined;
    return this.#control.getInt32(this.#word + 8, little);
  }
}

/**
 * Opens a socket that hears groups.
 * @param options protocol, namespace, groups
 * @throws SystemError EPERM for a group that needs privileges, ENOENT for one that is not
 */
export const openEventSocket = (
  options: EventSocketOptions & { readonly protocol: number; readonly netns?: NetnsRef | undefined },
): EventTransport => {
  const fd = socketIn(options.netns, AF_NETLINK, SOCK_RAW, options.protocol);
  try {
    return new EventSocket(fd, setUp(fd, options));
  } catch (error) {
    libc().close(fd);
    throw error;
  }
};

const setUp = (fd: number, { groups, allNamespaces, receiveBuffer }: EventSocketOptions): number => {
  const calls = libc();
  if (receiveBuffer !== undefined) {
    // The kernel takes an int, and would make what is beyond it nothing.
    if (!Number.isInteger(receiveBuffer) || receiveBuffer < 0 || receiveBuffer > 0x7fffffff) {
      throw new RangeError(`receiveBuffer: bytes are due, 0 to ${0x7fffffff}, not ${shown(receiveBuffer)}`);
    }
    const size = intOption(receiveBuffer);
    // FORCE needs CAP_NET_ADMIN; without it the system's limit holds, silently.
    if (calls.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) < 0) {
      check(calls.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, size, 4), "setsockopt", "SO_RCVBUF");
    }
  }
  if (allNamespaces === true) {
    check(calls.setsockopt(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, intOption(1), 4), "setsockopt", "listen all nsid");
  }
  const own = new Uint8Array(SOCKADDR_NL);
  new Uint16Array(own.buffer, 0, 1)[0] = AF_NETLINK;
  check(calls.bind(fd, own, own.length), "bind");
  for (const group of groups) {
    check(
      calls.setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, intOption(group), 4),
      "setsockopt",
      `group ${group}`,
    );
  }
  check(calls.getsockname(fd, own, intOption(own.length)), "getsockname");
  return new Uint32Array(own.buffer, 4, 1)[0] as number;
};

class EventSocket implements EventTransport {
  readonly portId: number;
  sender = 0;
  nsid: number | undefined;
  readonly #message = new MessageHeader();
  readonly #calls = libc();
  #fd: number;
  #handle: PollHandle | undefined;
  #wake: ((error?: Error) => void) | undefined;
  constructor(fd: number, portId: number) {
    this.#fd = fd;
    this.portId = portId;
  }

  receive(buffer: Uint8Array): number | undefined {
    for (;;) {
      this.#message.aim(buffer);
      const length = this.#calls.recvmsg(this.#fd, this.#message.bytes, MSG_DONTWAIT | MSG_TRUNC);
      if (length >= 0) {
        this.sender = this.#message.sender;
        this.nsid = this.#message.nsid;
        return length;
      }
      const code = errno();
      if (code === EAGAIN) return undefined;
      if (code !== EINTR) throw new SystemError("recvmsg", code);
    }
  }

  wait(wake: (error?: Error) => void): void {
    this.#wake = wake;
    this.#handle = pollReadable(this.#handle, this.#fd, (status) => {
      const waiting = this.#wake;
      this.cancel();
      waiting?.(pollError(status));
    });
  }

  cancel(): void {
    this.#wake = undefined;
    this.#handle?.stop();
  }

  close(): void {
    if (this.#fd < 0) return;
    this.cancel();
    this.#handle?.close();
    this.#handle = undefined;
    libc().close(this.#fd);
    this.#fd = -1;
  }
}
