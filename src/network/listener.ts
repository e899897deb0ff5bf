// Is a port of the host taken? A published port takes packets away from whoever listens there, without a word: bind(2) is never asked.
import { TCP } from "../attrs/diag/socket.ts";
import { AF } from "../attrs/families.ts";
import { familyOf } from "../client/prefix.ts";
import type { SocketFilter } from "../client/socket-filter.ts";
import type { InetSocketEntry, Sockets } from "../client/sockets.ts";
import { plain } from "../codec/text.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { addressToNumber, numberToAddress } from "./subnet.ts";

/** A port to be published. */
export interface HostPort {
  /** What is published. */
  readonly protocol: "tcp" | "udp" | "sctp";
  /** The host's address; "0.0.0.0" or "::": every one of that family. */
  readonly address: string;
  /** 1 to 65535. */
  readonly port: number;
}
/** Who has it. */
export interface PortHolder {
  /** The address that its socket is bound to, as it was bound: "::" takes ports of IPv4 too, unless IPV6_V6ONLY is set. */
  readonly address: string;
  /** The process, the first of those that share the socket; undefined: none that may be looked into. */
  readonly pid: number | undefined;
  /** Its name, /proc/PID/comm: hostile text. */
  readonly command: string | undefined;
}

/** Sockets that bind(2) would meet. A TCP connection shares its port with a listener (SO_REUSEADDR); a connected UDP socket does not. */
const BOUND = {
  tcp: [TCP.LISTEN, TCP.BOUND_INACTIVE],
  udp: [TCP.CLOSE, TCP.ESTABLISHED],
  sctp: [TCP.LISTEN],
} as const;

const ANY = { [AF.INET]: "0.0.0.0", [AF.INET6]: "::" } as const;
const MAPPED = "::ffff:";

/** Would packets to the wanted address reach this socket? */
const isInTheWay = ({ header, attrs }: InetSocketEntry, wanted: string, family: number): boolean => {
  const isIp4 = family === AF.INET;
  if (header.family === AF.INET && !isIp4) return false;
  const mapped = header.src.startsWith(MAPPED) && header.src.includes(".");
  if (header.family === AF.INET6 && isIp4 && !mapped) return header.src === "::" && attrs.skv6only !== 1;
  if (header.family === AF.INET6 && !isIp4 && mapped) return false;
  const bound = mapped ? header.src.slice(MAPPED.length) : header.src;
  const any = isIp4 ? ANY[AF.INET] : ANY[AF.INET6];
  return bound === wanted || bound === any || wanted === any;
};

/** A port that somebody has. */
export interface TakenPort extends HostPort {
  /** Who has it. */
  readonly holder: PortHolder;
}

/** Where to look: all ports of a protocol at once, since the kernel looks through all of its sockets for one, too. */
const filterOf = (protocol: HostPort["protocol"], ports: readonly number[]): SocketFilter => {
  const [ge, le] = [ports.reduce((a, b) => Math.min(a, b)), ports.reduce((a, b) => Math.max(a, b))];
  return { protocols: [protocol], states: BOUND[protocol], filter: { sport: { ge, le } } };
};

/**
 * The first of some ports that somebody has already, in the namespace of `sockets`: a socket on that address or on every one; for a
 * publication on every address, a socket on any of them. A process may still bind later: without a daemon nobody keeps the port.
 * @param sockets of the host's namespace
 * @param ports what is to be published
 * @param options timeout, signal
 * @returns undefined: none of them is taken
 * @throws RangeError for what is no address; KernelError
 */
export const takenPort = async (
  sockets: Sockets,
  ports: readonly HostPort[],
  options?: RequestOptions,
): Promise<TakenPort | undefined> => {
  for (const protocol of new Set(ports.map((port) => port.protocol))) {
    const wanted = ports.filter((port) => port.protocol === protocol);
    const filter = filterOf(
      protocol,
      wanted.map(({ port }) => port),
    );
    const wantedBy = byPort(wanted);
    // Who holds it is looked for in the whole of /proc: only when somebody does.
    if (inTheWay(await sockets.list(filter, options), wantedBy) === undefined) continue;
    const found = inTheWay(await sockets.list({ ...filter, processes: true }, options), wantedBy);
    if (found === undefined) continue;
    const [port, { header, holders = [] }] = found;
    // A server and its workers share a socket: the one that was there first is the server.
    const [first] = [...holders].sort((a, b) => a.pid - b.pid);
    return { ...port, holder: { address: header.src, pid: first?.pid, command: first?.command } };
  }
  return undefined;
};

/** A port as it is compared with sockets. */
interface Wanted {
  readonly port: HostPort;
  readonly family: number;
  readonly address: string;
}
const byPort = (ports: readonly HostPort[]): ReadonlyMap<number, readonly Wanted[]> => {
  const all = new Map<number, Wanted[]>();
  for (const port of ports) {
    const family = familyOf(port.address);
    const address = numberToAddress(addressToNumber(port.address), family);
    const same = all.get(port.port) ?? [];
    all.set(port.port, same);
    same.push({ port, family, address });
  }
  return all;
};
const inTheWay = (
  sockets: readonly InetSocketEntry[],
  wanted: ReadonlyMap<number, readonly Wanted[]>,
): readonly [HostPort, InetSocketEntry] | undefined => {
  for (const socket of sockets) {
    const met = wanted.get(socket.header.sport)?.find(({ address, family }) => isInTheWay(socket, address, family));
    if (met !== undefined) return [met.port, socket];
  }
  return undefined;
};

/**
 * The words for it: "tcp 0.0.0.0:8080 is taken by nginx (pid 4711)".
 * @param port what `takenPort` gave
 */
export const portTaken = ({ protocol, address, port, holder }: TakenPort): string => {
  const place = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  const who =
    holder.pid === undefined
      ? "the kernel, or a process that may not be looked into"
      : `${plain(holder.command ?? "")} (pid ${holder.pid})`;
  return `${protocol} ${place} is taken by ${who}`;
};
