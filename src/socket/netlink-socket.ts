// The live transport: an AF_NETLINK socket, connected to the kernel.
import { type PollHandle, pollError, pollReadable, pollSync, socketIn } from "./descriptor.ts";
import { SystemError } from "./errors.ts";
import { openEventSocket } from "./event-socket.ts";
import {
  AF_NETLINK,
  check,
  EAGAIN,
  EINTR,
  EMSGSIZE,
  ENOPROTOOPT,
  errno,
  intOption,
  type Libc,
  libc,
  MSG_DONTWAIT,
  MSG_TRUNC,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  SIOCGSKNS,
  SO_SNDBUFFORCE,
  SOCK_RAW,
  SOL_NETLINK,
  SOL_SOCKET,
} from "./libc.ts";
import type { NetnsHandle, NetnsRef } from "./netns.ts";
import type { Transport } from "./transport.ts";

/** Which socket. */
export interface SocketOptions {
  /** Protocol number: 0 is NETLINK_ROUTE. */
  readonly protocol: number;
  /** The namespace it belongs to, for its whole life. Default: the calling thread's. */
  readonly netns?: NetnsRef | undefined;
  /**
   * NETLINK_GET_STRICT_CHK: the kernel then applies the filters of a dump, and refuses requests that older programs get away with
   * (short headers, an index in a link dump). Default: true.
   */
  readonly strictCheck?: boolean | undefined;
}

/** The namespace of a socket, whatever became of its name or of the process that it was named by. */
const openNetnsOf = (fd: number): NetnsHandle => {
  const netns = check(libc().ioctl(fd, SIOCGSKNS, null), "ioctl", "SIOCGSKNS");
  return { fd: netns, close: () => libc().close(netns) };
};

/** Where events of this socket's namespace are heard. */
const eventsOf =
  (fd: number, { protocol, netns }: SocketOptions): Transport["events"] =>
  (options) => {
    // Asking needs CAP_NET_ADMIN; the present namespace needs no asking.
    if (netns === undefined) return openEventSocket({ ...options, protocol });
    const own = openNetnsOf(fd);
    try {
      return openEventSocket({ ...options, protocol, netns: { fd: own.fd } });
    } finally {
      own.close();
    }
  };

/** What the kernel wants beside the datagram itself. */
const SLACK = 4096;

/** struct sockaddr_nl of the kernel: nl_pid 0, no groups. */
const kernelAddress = (): Uint8Array => {
  const address = new Uint8Array(12);
  new Uint16Array(address.buffer, 0, 1)[0] = AF_NETLINK;
  return address;
};

/**
 * Opens a netlink socket to the kernel. Connected, so that the kernel itself drops what other processes send to it.
 * @param options protocol and namespace
 * @throws SystemError EPERM, EPROTONOSUPPORT; ENOENT for a namespace that does not exist
 */
export const openSocket = (options: SocketOptions): Transport => {
  const fd = socketIn(options.netns, AF_NETLINK, SOCK_RAW, options.protocol);
  try {
    return new NetlinkSocket(fd, setUp(fd, options.strictCheck !== false, libc()), libc(), eventsOf(fd, options));
  } catch (error) {
    libc().close(fd);
    throw error;
  }
};

/** The calls that a socket makes: libc's, or a test's. */
type Calls = Pick<Libc, "send" | "recv" | "poll" | "close" | "setsockopt" | "connect" | "getsockname">;

/** Turns on what the kernel knows, and gives the socket its port. */
export const setUp = (fd: number, strictCheck: boolean, calls: Calls): number => {
  const wanted = [NETLINK_EXT_ACK, NETLINK_CAP_ACK, ...(strictCheck ? [NETLINK_GET_STRICT_CHK] : [])];
  for (const option of wanted) {
    const result = calls.setsockopt(fd, SOL_NETLINK, option, intOption(1), 4);
    // Older than 4.20, 4.12, 4.2: everything works without, and says less.
    if (result < 0 && errno() !== ENOPROTOOPT) throw new SystemError("setsockopt", errno());
  }
  const kernel = kernelAddress();
  check(calls.connect(fd, kernel, kernel.length), "connect");
  const own = new Uint8Array(12);
  check(calls.getsockname(fd, own, intOption(own.length)), "getsockname");
  return new Uint32Array(own.buffer, 4, 1)[0] as number;
};

/** A descriptor as a transport. */
export class NetlinkSocket implements Transport {
  readonly portId: number;
  readonly #calls: Calls;
  #fd: number;
  /** What the send buffer was last enlarged for. */
  #sendBuffer = 0;
  #handle: PollHandle | undefined;
  #wake: ((error?: Error) => void) | undefined;
  readonly events: Transport["events"];
  constructor(fd: number, portId: number, calls: Calls, events?: Transport["events"]) {
    this.events = events;
    this.#fd = fd;
    this.portId = portId;
    this.#calls = calls;
  }

  send(datagram: Uint8Array): void {
    for (;;) {
      if (this.#calls.send(this.#fd, datagram, datagram.length, 0) >= 0) return;
      const code = errno();
      if (code === EMSGSIZE && this.#makeRoom(datagram.length)) continue;
      if (code !== EINTR)
        throw new SystemError("send", code, code === EMSGSIZE ? `${datagram.length} bytes` : undefined);
    }
  }

  /** A datagram longer than the send buffer: makes that larger, where CAP_NET_ADMIN allows it. Once for each length. */
  #makeRoom(length: number): boolean {
    if (length <= this.#sendBuffer) return false;
    this.#sendBuffer = length;
    return this.#calls.setsockopt(this.#fd, SOL_SOCKET, SO_SNDBUFFORCE, intOption(length + SLACK), 4) === 0;
  }

  receive(buffer: Uint8Array): number | undefined {
    for (;;) {
      const length = this.#calls.recv(this.#fd, buffer, buffer.length, MSG_DONTWAIT | MSG_TRUNC);
      if (length >= 0) return length;
      const code = errno();
      if (code === EAGAIN) return undefined;
      if (code !== EINTR) throw new SystemError("recv", code);
    }
  }

  block(milliseconds: number): boolean {
    return pollSync(this.#fd, milliseconds, this.#calls);
  }

  wait(wake: (error?: Error) => void): void {
    this.#wake = wake;
    this.#handle = pollReadable(this.#handle, this.#fd, this.#ready);
  }

  /** koffi loses an exception thrown in here: `wake` must not throw, and what it is given says what went wrong. */
  readonly #ready = (status: number): void => {
    const wake = this.#wake;
    this.cancel();
    wake?.(pollError(status));
  };

  cancel(): void {
    this.#wake = undefined;
    this.#handle?.stop();
  }

  close(): void {
    if (this.#fd < 0) return;
    this.cancel();
    this.#handle?.close();
    this.#handle = undefined;
    this.#calls.close(this.#fd);
    this.#fd = -1;
  }
}
