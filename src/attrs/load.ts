// The registry of a protocol for callers that can wait: of the families only one is loaded. A whole `nlkit decode` is mostly loading modules
// (0.5 ms each on Node 20), and those of all families are three quarters of them.
import type { Registry } from "../codec/registry.ts";
import { NETLINK, protocolOf, withoutMessages } from "./netlink-protocols.ts";

/**
 * What `registryOf` gives, with no more loaded than it takes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @returns undefined when there is no such protocol
 */
export const loadRegistry = async (protocol: number | string): Promise<Registry | undefined> => {
  const number = protocolOf(protocol);
  if (number === NETLINK.ROUTE) return (await import("./load-route-all.ts")).routeByAllTables();
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
