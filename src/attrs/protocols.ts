// Netlink protocols: their numbers, and the registry that nlkit has for each.
import type { Registry } from "../codec/registry.ts";
import { audit } from "./audit/messages.ts";
import { connector } from "./connector/connector.ts";
import { sockDiag } from "./diag/messages.ts";
import { generic } from "./generic/messages.ts";
import { netfilter } from "./netfilter/messages.ts";
import { NETLINK, protocolOf, withoutMessages } from "./netlink-protocols.ts";
import { route } from "./route/messages.ts";
import { selinux } from "./selinux/messages.ts";
import { uevents } from "./uevent/uevent.ts";
import { xfrm } from "./xfrm/messages.ts";

export { NETLINK };

const REGISTRIES = (): ReadonlyMap<number, Registry> =>
  new Map<number, Registry>([
    [NETLINK.ROUTE, route],
    [NETLINK.SOCK_DIAG, sockDiag],
    [NETLINK.XFRM, xfrm],
    [NETLINK.SELINUX, selinux],
    [NETLINK.AUDIT, audit],
    [NETLINK.CONNECTOR, connector],
    [NETLINK.NETFILTER, netfilter],
    [NETLINK.KOBJECT_UEVENT, uevents],
    [NETLINK.GENERIC, generic],
  ]);
let known: ReadonlyMap<number, Registry> | undefined;

/**
 * The registry of a protocol: `route` for NETLINK_ROUTE, `netfilter` for NETLINK_NETFILTER, `sockDiag` for NETLINK_SOCK_DIAG (alias
 * NETLINK_INET_DIAG), `generic` for NETLINK_GENERIC (families beside nlctrl: `genericTypes`), `xfrm`, `audit`, `connector`, `selinux`,
 * and `uevents` for NETLINK_KOBJECT_UEVENT; an empty one for every other, so that its messages decode as bytes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @returns undefined when there is no such protocol
 */
export const registryOf = (protocol: number | string): Registry | undefined => {
  const number = protocolOf(protocol);
  if (number === undefined) return undefined;
  known ??= REGISTRIES();
  return known.get(number) ?? withoutMessages(number);
};
