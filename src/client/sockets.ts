// Who listens where, and who talks to whom: NETLINK_SOCK_DIAG, and /proc for the processes.

import type { InetSocket } from "../attrs/diag/inet.ts";
import { type SockDiagMessageType, sockDiag } from "../attrs/diag/messages.ts";
import { TCP } from "../attrs/diag/socket.ts";
import type { UnixSocket } from "../attrs/diag/unix.ts";
import { UDIAG_SHOW } from "../attrs/diag/unix.ts";
import { AF } from "../attrs/families.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import { KernelError } from "../socket/errors.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { type Holder, holdersOf } from "./processes.ts";

/** Transport protocols that sock_diag lists: IPPROTO_* of linux/in.h. */
const PROTOCOL: Readonly<Record<SocketProtocol, number>> = { tcp: 6, udp: 17, udplite: 136, sctp: 132 };
/** One of them, by name. */
export type SocketProtocol = "tcp" | "udp" | "udplite" | "sctp";

/** Which sockets of IPv4 and IPv6. */
export interface SocketFilter {
  /** Default: tcp and udp. */
  readonly protocols?: readonly SocketProtocol[] | undefined;
  /** AF.INET, AF.INET6. Default: both. */
  readonly families?: readonly number[] | undefined;
  /** States of TCP; the others have ESTABLISHED (connected) and CLOSE. Default: all. */
  readonly states?: readonly number[] | undefined;
  /** Only with this local port. */
  readonly port?: number | undefined;
  /** INET_DIAG_EXT: what else to tell of each. Default: 0. */
  readonly ext?: number | undefined;
  /** Look up the processes that hold each: reads /proc. Default: false. */
  readonly processes?: boolean | undefined;
}

/** A socket of IPv4 or IPv6. */
export interface InetSocketEntry extends InetSocket {
  /** Its protocol. */
  readonly protocol: SocketProtocol;
  /** Who holds it, when that was asked for. Empty: nobody (a connection that is closing), or nobody that may be looked into. */
  readonly holders?: readonly Holder[] | undefined;
}

/** What is bound, for a TCP socket or another. */
const LISTENS: Readonly<Record<SocketProtocol, readonly number[]>> = {
  tcp: [TCP.LISTEN],
  sctp: [TCP.LISTEN],
  udp: [TCP.CLOSE],
  udplite: [TCP.CLOSE],
};

const ALL_STATES = 0xffffffff;

/**
 * Sockets of one network namespace.
 * @example
 * await using sockets = await Sockets.open();
 * for (const { header, holders } of await sockets.listeners({ port: 80, processes: true })) …
 */
export class Sockets implements AsyncDisposable {
  /** Requests of your own making. */
  readonly connection: Connection<SockDiagMessageType>;
  /** @param connection over which to talk; closed with this */
  constructor(connection: Connection<SockDiagMessageType>) {
    this.connection = connection;
  }

  /**
   * Opens a socket.
   * @param options namespace, timeout
   * @throws SystemError
   */
  static async open(options: ConnectionOptions & Omit<SocketOptions, "protocol"> = {}): Promise<Sockets> {
    return new Sockets(Connection.open(sockDiag, options));
  }

  /**
   * Lists sockets of IPv4 and IPv6.
   * @param filter which
   * @param options timeout, signal
   * @throws KernelError; DumpInterrupted
   */
  async list(filter: SocketFilter = {}, options?: RequestOptions): Promise<InetSocketEntry[]> {
    const { protocols = ["tcp", "udp"], families = [AF.INET, AF.INET6], port } = filter;
    const found: InetSocketEntry[] = [];
    for (const protocol of protocols) {
      for (const family of families) {
        const all = await this.#dump(protocol, family, filter, options);
        for (const entry of all) if (port === undefined || entry.header.sport === port) found.push(entry);
      }
    }
    if (filter.processes !== true) return found;
    const holders = await holdersOf(new Set(found.map(({ header }) => header.inode)));
    return found.map((entry) => ({ ...entry, holders: holders.get(entry.header.inode) ?? [] }));
  }

  async #dump(
    protocol: SocketProtocol,
    family: number,
    { states, ext = 0 }: SocketFilter,
    options?: RequestOptions,
  ): Promise<InetSocketEntry[]> {
    const mask = states?.reduce((bits, state) => (bits | (1 << state)) >>> 0, 0) ?? ALL_STATES;
    const header = { family, protocol: PROTOCOL[protocol], ext, states: mask };
    try {
      const request = { name: "SOCK_DIAG_BY_FAMILY", inetRequest: { header, attrs: {} } } as const;
      const { messages } = await this.connection.dump(request, options);
      return messages.flatMap((message) => {
        const { inet } = message as { readonly inet?: InetSocket | undefined };
        return inet === undefined ? [] : [{ ...inet, protocol }];
      });
    } catch (error) {
      // A kernel without that protocol, or whose module is not loaded.
      if (error instanceof KernelError && error.code === "ENOENT") return [];
      throw error;
    }
  }

  /**
   * Sockets that take connections, or datagrams from anybody.
   * @param filter which
   * @param options timeout, signal
   */
  async listeners(filter: Omit<SocketFilter, "states"> = {}, options?: RequestOptions): Promise<InetSocketEntry[]> {
    const { protocols = ["tcp", "udp"], ...rest } = filter;
    const found: InetSocketEntry[][] = [];
    for (const protocol of protocols) {
      found.push(await this.list({ ...rest, protocols: [protocol], states: LISTENS[protocol] }, options));
    }
    return found.flat();
  }

  /**
   * Lists unix sockets.
   * @param options timeout, signal
   */
  async unix(options?: RequestOptions): Promise<UnixSocket[]> {
    const show = UDIAG_SHOW.NAME | UDIAG_SHOW.PEER | UDIAG_SHOW.RQLEN | UDIAG_SHOW.UID;
    const header = { family: AF.UNIX, states: ALL_STATES, show };
    const request = { name: "SOCK_DIAG_BY_FAMILY", unixRequest: { header, attrs: {} } } as const;
    const { messages } = await this.connection.dump(request, options);
    return messages.flatMap((message) => {
      const { unix } = message as { readonly unix?: UnixSocket | undefined };
      return unix === undefined ? [] : [unix];
    });
  }

  /**
   * Ends a connection from outside: both sides see it reset.
   * @param socket one of `list`
   * @param options timeout, signal
   * @throws KernelError ENOENT when it is gone, EOPNOTSUPP for a kernel without CONFIG_INET_DIAG_DESTROY
   */
  async destroy(socket: InetSocketEntry, options?: RequestOptions): Promise<void> {
    const { family, sport, dport, src, dst, if: link, cookie } = socket.header;
    const header = { family, protocol: PROTOCOL[socket.protocol], states: ALL_STATES };
    const id = { sport, dport, src, dst, if: link, cookie };
    const request = { name: "SOCK_DESTROY", inetRequest: { header: { ...header, ...id }, attrs: {} } } as const;
    await this.connection.request(request, options);
  }

  /** Closes the socket; what is pending is rejected. */
  close(): void {
    this.connection.close();
  }

  /** `await using sockets = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
