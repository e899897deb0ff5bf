// Netlink protocols: their numbers, and the registry that nlkit has for each.
import { enumName, type Names } from "../codec/names.ts";
import { type Registry, registry } from "../codec/registry.ts";
import { route } from "./route/messages.ts";

/**
 * Netlink protocols, the third argument of socket(2): NETLINK_* of linux/netlink.h.
 * @enum
 */
export const NETLINK = {
  ROUTE: 0,
  UNUSED: 1,
  USERSOCK: 2,
  FIREWALL: 3,
  SOCK_DIAG: 4,
  NFLOG: 5,
  XFRM: 6,
  SELINUX: 7,
  ISCSI: 8,
  AUDIT: 9,
  FIB_LOOKUP: 10,
  CONNECTOR: 11,
  NETFILTER: 12,
  IP6_FW: 13,
  DNRTMSG: 14,
  KOBJECT_UEVENT: 15,
  GENERIC: 16,
  SCSITRANSPORT: 18,
  ECRYPTFS: 19,
  RDMA: 20,
  CRYPTO: 21,
  SMC: 22,
  INET_DIAG: 4,
} as const;

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
 * The registry of a protocol: `route` for NETLINK_ROUTE, an empty one for every other, so that its messages decode as bytes.
 * @param protocol its number, or its name with or without NETLINK_, in either case
 * @returns undefined when there is no such protocol
 */
export const registryOf = (protocol: number | string): Registry | undefined => {
  const number = numberOf(protocol);
  if (number === NETLINK.ROUTE) return route;
  if (number === undefined || !Number.isInteger(number) || number < 0 || number >= MAX_LINKS) return undefined;
  return registry(enumName(names, number) ?? String(number), number);
};
