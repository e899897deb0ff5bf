// Netlink protocols: their numbers, and the registry that nlkit has for each.
import type { Registry } from "../codec/registry.ts";
import { sockDiag } from "./diag/messages.ts";
import { generic } from "./generic/messages.ts";
import { netfilter } from "./netfilter/messages.ts";
import { NETLINK, protocolOf, withoutMessages } from "./netlink-protocols.ts";
import { route } from "./route/messages.ts";
import { xfrm } from "./xfrm/messages.ts";

export { NETLINK };

/**
 * The registry of a protocol: `route` for NETLINK_ROUTE, `netfilter` for NETLINK_NETFILTER, `sockDiag` for NETLINK_SOCK_DIAG (alias
 * NETLINK_INET_DIAG), `generic` for NETLINK_GENERIC (families beside nlctrl: `genericTypes`), `xfrm` for NETLINK_XFRM, an empty one for every other, so that its messages decode as bytes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @returns undefined when there is no such protocol
 */
export const registryOf = (protocol: number | string): Registry | undefined => {
  const number = protocolOf(protocol);
  if (number === NETLINK.ROUTE) return route;
  if (number === NETLINK.NETFILTER) return netfilter;
  if (number === NETLINK.SOCK_DIAG) return sockDiag;
  if (number === NETLINK.XFRM) return xfrm;
  if (number === NETLINK.GENERIC) return generic;
  return number === undefined ? undefined : withoutMessages(number);
};
