// Which sockets would take a connection to an address.
import { AF } from "../../attrs/families.ts";
import type { InetSocketEntry } from "../../client/sockets.ts";
import { plain } from "../../codec/text.ts";

const MAPPED = "::ffff:";

/** The address that a socket is bound to; IPv4's where it is one in IPv6's clothes. */
export const boundTo = ({ header }: InetSocketEntry): string =>
  header.src.startsWith(MAPPED) && header.src.includes(".") ? header.src.slice(MAPPED.length) : header.src;

/** Does it take what is sent to this address? */
export const takes = (socket: InetSocketEntry, address: string): boolean => {
  const bound = boundTo(socket);
  const isIp4 = !address.includes(":");
  if (bound === "::" && socket.header.family === AF.INET6) return !isIp4 || socket.attrs.skv6only !== 1;
  return bound === address || (bound === "0.0.0.0" && isIp4);
};

/** "Xvnc (pid 4711)" */
export const holderOf = ({ holders = [] }: InetSocketEntry): string => {
  const [first] = [...holders].sort((x, y) => x.pid - y.pid);
  return first === undefined ? "somebody" : `${plain(first.command)} (pid ${first.pid})`;
};
