// Which sockets somebody wants to see, and the questions that ask the kernel for them.
import { type InetFilter, inetFilter } from "../attrs/diag/filter.ts";
import type { SockDiag } from "../attrs/diag/messages.ts";
import { NDIAG_PROTO_ALL, NDIAG_SHOW } from "../attrs/diag/netlink.ts";
import { PACKET_SHOW } from "../attrs/diag/packet.ts";
import { TCP } from "../attrs/diag/socket.ts";
import { UDIAG_SHOW } from "../attrs/diag/unix.ts";
import { AF } from "../attrs/families.ts";
import type { LooseVariants } from "../codec/message.ts";

/** Transport protocols that sock_diag lists: IPPROTO_* of linux/in.h. */
export const PROTOCOL: Readonly<Record<SocketProtocol, number>> = { tcp: 6, udp: 17, udplite: 136, sctp: 132 };
/** One of them, by name. */
export type SocketProtocol = "tcp" | "udp" | "udplite" | "sctp";

/** What every list of sockets can be asked for. */
export interface AnySocketFilter {
  /** TCP: only in these states. UDP knows ESTABLISHED (connected) and CLOSE, unix sockets those and LISTEN. Default: all. */
  readonly states?: readonly number[] | undefined;
  /** Look up the processes that hold each: reads /proc. Default: false. */
  readonly processes?: boolean | undefined;
}
/** Which sockets of IPv4 and IPv6. */
export interface SocketFilter extends AnySocketFilter {
  /** Default: tcp and udp. */
  readonly protocols?: readonly SocketProtocol[] | undefined;
  /** AF.INET, AF.INET6. Default: both. */
  readonly families?: readonly number[] | undefined;
  /** Only with this local port. */
  readonly port?: number | undefined;
  /** A condition that the kernel checks: what does not hold is not sent. */
  readonly filter?: InetFilter | undefined;
  /** INET_DIAG_EXT: what else to tell of each. Default: 0. */
  readonly ext?: number | undefined;
}

/** What takes connections, or datagrams from anybody. */
export const LISTENS: Readonly<Record<SocketProtocol, readonly number[]>> = {
  tcp: [TCP.LISTEN],
  sctp: [TCP.LISTEN],
  udp: [TCP.CLOSE],
  udplite: [TCP.CLOSE],
};

/** Every state. */
export const ALL_STATES = 0xffffffff;
const bitsOf = (states: readonly number[] | undefined): number =>
  states?.reduce((bits, state) => (bits | (1 << state)) >>> 0, 0) ?? ALL_STATES;

/** A question of NETLINK_SOCK_DIAG. */
export type Question = LooseVariants<SockDiag>;

/**
 * Sockets of one protocol and family.
 * @throws EncodeError for a condition that cannot be said
 */
export const inetQuestion = (protocol: SocketProtocol, family: number, wanted: SocketFilter): Question => {
  const { states, port, filter, ext = 0 } = wanted;
  const conditions = [
    ...(port === undefined ? [] : [{ sport: { eq: port } }]),
    ...(filter === undefined ? [] : [filter]),
  ];
  const header = { family, protocol: PROTOCOL[protocol], ext, states: bitsOf(states) };
  const attrs = conditions.length === 0 ? {} : { bytecode: inetFilter({ and: conditions }) };
  return { inetRequest: { header, attrs } };
};

/** Unix sockets, with all that `ss -xae` shows. */
export const unixQuestion = ({ states }: AnySocketFilter): Question => {
  const { NAME, VFS, PEER, RQLEN, UID } = UDIAG_SHOW;
  return {
    unixRequest: { header: { family: AF.UNIX, states: bitsOf(states), show: NAME | VFS | PEER | RQLEN | UID } },
  };
};

/** Every netlink socket, with its groups. */
export const netlinkQuestion = (): Question => ({
  netlinkRequest: { header: { family: AF.NETLINK, protocol: NDIAG_PROTO_ALL, show: NDIAG_SHOW.GROUPS } },
});

/** Every packet socket, with what it hears. */
export const packetQuestion = (): Question => ({
  packetRequest: { header: { family: AF.PACKET, show: PACKET_SHOW.INFO | PACKET_SHOW.FANOUT } },
});
