// Who listens where, and who talks to whom: NETLINK_SOCK_DIAG, and /proc for the processes.
import type { InetSocket } from "../attrs/diag/inet.ts";
import { type SockDiag, type SockDiagMessageType, sockDiag } from "../attrs/diag/messages.ts";
import type { UnixSocket } from "../attrs/diag/unix.ts";
import { AF } from "../attrs/families.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import { KernelError } from "../socket/errors.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { type Holder, holdersOf } from "./processes.ts";
import {
  ALL_STATES,
  type AnySocketFilter,
  inetQuestion,
  LISTENS,
  PROTOCOL,
  type Question,
  type SocketFilter,
  type SocketProtocol,
  unixQuestion,
} from "./socket-filter.ts";

/** Who has a socket open. */
export interface Held {
  /** Who holds it, when that was asked for. Empty: nobody (a connection that is closing), or nobody that may be looked into. */
  readonly holders?: readonly Holder[] | undefined;
}
/** A socket of IPv4 or IPv6. */
export interface InetSocketEntry extends InetSocket, Held {
  /** Its protocol. */
  readonly protocol: SocketProtocol;
}
/** A unix socket. */
export interface UnixSocketEntry extends UnixSocket, Held {}

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
   * Lists sockets of IPv4 and IPv6; the kernel filters.
   * @param filter which
   * @param options timeout, signal
   * @throws KernelError; DumpInterrupted; EncodeError for a filter that cannot be said
   */
  async list(filter: SocketFilter = {}, options?: RequestOptions): Promise<InetSocketEntry[]> {
    const { protocols = ["tcp", "udp"], families = [AF.INET, AF.INET6] } = filter;
    const found: InetSocketEntry[] = [];
    for (const protocol of protocols) {
      for (const family of families) {
        const answers = await this.#ask(inetQuestion(protocol, family, filter), options);
        for (const { inet } of answers) if (inet !== undefined) found.push({ ...inet, protocol });
      }
    }
    return filter.processes === true ? await held(found, ({ header }) => header.inode) : found;
  }

  /**
   * Sockets that take connections, or datagrams from anybody.
   * @param filter which
   * @param options timeout, signal
   * @throws as `list`
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
   * Lists unix sockets. A name is hostile text: a path or, behind a NUL, an abstract name, of any bytes.
   * @param filter which
   * @param options timeout, signal
   * @throws KernelError; DumpInterrupted
   */
  async unix(filter: AnySocketFilter = {}, options?: RequestOptions): Promise<UnixSocketEntry[]> {
    const answers = await this.#ask(unixQuestion(filter), options);
    const found: UnixSocketEntry[] = answers.flatMap(({ unix }) => (unix === undefined ? [] : [unix]));
    return filter.processes === true ? await held(found, ({ header }) => header.ino) : found;
  }

  async #ask(question: Question, options?: RequestOptions): Promise<SockDiag[]> {
    try {
      const { messages } = await this.connection.dump({ name: "SOCK_DIAG_BY_FAMILY", ...question }, options);
      return messages.flatMap((message) => (message.name === "SOCK_DIAG_BY_FAMILY" ? [message] : []));
    } catch (error) {
      // A kernel without that protocol, or whose module is not loaded.
      if (error instanceof KernelError && error.code === "ENOENT") return [];
      throw error;
    }
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

/** The same sockets with those who hold them. */
const held = async <S extends Held>(sockets: readonly S[], inodeOf: (socket: S) => number): Promise<S[]> => {
  const holders = await holdersOf(new Set(sockets.map(inodeOf)));
  return sockets.map((socket) => ({ ...socket, holders: holders.get(inodeOf(socket)) ?? [] }));
};
