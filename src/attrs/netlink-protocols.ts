// Netlink protocols by number: apart from their registries, since sockets of netlink are told by them too, and since these are not
// loaded for a name.
import { enumName, type Names } from "../codec/names.ts";
import { type Registry, registry } from "../codec/registry.ts";

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

/** Their constants. */
const protocolNames: Names = { prefix: "NETLINK_", values: NETLINK };

/** The protocol's number: from NETLINK_SOCK_DIAG, sock_diag, sock-diag, NETLINK_4, "4" or 4. Undefined: there is none. */
export const protocolOf = (protocol: number | string): number | undefined => {
  const number = typeof protocol === "number" ? protocol : numberOf(protocol);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number < MAX_LINKS ? number : undefined;
};

const numberOf = (text: string): number | undefined => {
  const key = text
    .toUpperCase()
    .replaceAll("-", "_")
    .replace(/^NETLINK_/, "");
  if (/^\d+$/.test(key)) return Number(key);
  return Object.hasOwn(protocolNames.values, key) ? protocolNames.values[key] : undefined;
};

/**
 * The protocol's constant; of one that has none, NETLINK_ and its number.
 * @param number as the third argument of socket(2)
 */
export const protocolConstant = (number: number): string => {
  const known = constants[number];
  if (known !== undefined) return known;
  const constant = enumName(protocolNames, number) ?? `NETLINK_${number}`;
  if (number < MAX_LINKS) constants[number] = constant;
  return constant;
};
/** Those that were asked for: a capture asks with each packet. */
const constants: string[] = [];

/** A protocol of which nlkit knows no message. */
export const withoutMessages = (number: number): Registry => registry(protocolConstant(number), number);
