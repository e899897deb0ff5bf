// The registry of a protocol for who can wait: of the families only one is loaded. A whole `nlkit decode` is mostly loading modules
// (0.5 ms each on Node 20), and those of all families are three quarters of them.
import type { Registry } from "../codec/registry.ts";
import { NETLINK, protocolOf, withoutMessages } from "./netlink-protocols.ts";

/** What is to be loaded. */
interface LoadOptions {
  /**
   * Of NETLINK_ROUTE links, addresses, routes, neighbours and namespace ids alone, which are half of it: messages of the rest decode as
   * bytes. Default: false.
   */
  readonly common?: boolean | undefined;
}

/**
 * What `registryOf` gives, with no more loaded than it takes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @param options how much of it
 * @returns undefined when there is no such protocol
 */
export const loadRegistry = async (
  protocol: number | string,
  { common = false }: LoadOptions = {},
): Promise<Registry | undefined> => {
  const number = protocolOf(protocol);
  if (number === NETLINK.ROUTE) {
    const { routeByTables } = await import("./load-route.ts");
    return routeByTables(common ? [] : (await import("./route/other-messages.ts")).otherRouteTypes);
  }
  if (number === NETLINK.NETFILTER) return (await import("./netfilter/messages.ts")).netfilter;
  if (number === NETLINK.SOCK_DIAG) return (await import("./diag/messages.ts")).sockDiag;
  if (number === NETLINK.KOBJECT_UEVENT) return (await import("./uevent/uevent.ts")).uevents;
  if (number === NETLINK.AUDIT) return (await import("./audit/messages.ts")).audit;
  if (number === NETLINK.CONNECTOR) return (await import("./connector/connector.ts")).connector;
  if (number === NETLINK.SELINUX) return (await import("./selinux/messages.ts")).selinux;
  if (number === NETLINK.XFRM) return (await import("./xfrm/messages.ts")).xfrm;
  if (number === NETLINK.GENERIC) return (await import("./generic/messages.ts")).generic;
  return number === undefined ? undefined : withoutMessages(number);
};
