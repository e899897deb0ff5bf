// Netlink protocols: their numbers, and the registry that nlkit has for each.
import { enumName, type Names } from "../codec/names.ts";
import { type Registry, registry } from "../codec/registry.ts";
import { sockDiag } from "./diag/messages.ts";
import { netfilter } from "./netfilter/messages.ts";
import { NETLINK } from "./netlink-protocols.ts";
import { route } from "./route/messages.ts";

export { NETLINK };

/** MAX_LINKS of linux/netlink.h: numbers beyond are no protocols. */
const MAX_LINKS = 32;

const names: Names = { prefix: "NETLINK_", values: NETLINK };

/** The protocol's number: from NETLINK_ROUTE, route, "0" or 0. */
const numberOf = (protocol: number | string): number | undefined => {
  if (typeof protocol === "number") return protocol;
  if (/^\d+$/.test(protocol)) return Number(protocol);
  const key = protocol.toUpperCase().replace(/^NETLINK_/, "");
  return Object.hasOwn(names.values, key) ? names.values[key] : undefined;
};

/**
 * The registry of a protocol: `route` for NETLINK_ROUTE, `netfilter` for NETLINK_NETFILTER, `sockDiag` for NETLINK_SOCK_DIAG (alias
 * NETLINK_INET_DIAG), an empty one for every other, so that its messages decode as bytes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @returns undefined when there is no such protocol
 */
export const registryOf = (protocol: number | string): Registry | undefined => {
  const number = numberOf(protocol);
  if (number === NETLINK.ROUTE) return route;
  if (number === NETLINK.NETFILTER) return netfilter;
  if (number === NETLINK.SOCK_DIAG) return sockDiag;
  if (number === undefined || !Number.isInteger(number) || number < 0 || number >= MAX_LINKS) return undefined;
  return registry(enumName(names, number) ?? String(number), number);
};
