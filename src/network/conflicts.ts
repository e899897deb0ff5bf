// Which subnets the host uses already: a network on one of them would take its traffic away.
import { AF } from "../attrs/families.ts";
import { RT_SCOPE, RT_TABLE, RTM_F, RTN } from "../attrs/route/route-header.ts";
import type { Address } from "../client/addresses.ts";
import type { Link } from "../client/links.ts";
import { familyOf } from "../client/prefix.ts";
import type { Route } from "../client/routes.ts";
import { plain } from "../codec/text.ts";
import {
  addressToNumber,
  contains,
  formatSubnet,
  numberToAddress,
  overlaps,
  parseSubnet,
  type Subnet,
  subnetOf,
} from "./subnet.ts";

/** What the host has, as the client lists it. */
export interface HostAddressing {
  /** Every route, or those of table main. */
  readonly routes: readonly Route[];
  /** Every address: one that has no route to its subnet (IFA_F_NOPREFIXROUTE, a link that is down) counts too. Default: none. */
  readonly addresses?: readonly Address[] | undefined;
  /** Links, for their names. Default: they are named by their index. */
  readonly links?: readonly Link[] | undefined;
  /** Name servers of resolv.conf: `nameServersOf`. */
  readonly nameServers: readonly string[];
}
/** A subnet in use. */
export interface Busy {
  /** Which. */
  readonly subnet: Subnet;
  /** By what: "route 10.1.0.0/16 dev eth1". Escaped for print. */
  readonly what: string;
}

/** Every link has these to itself: fe80::/10, ff00::/8. */
const PER_LINK = [parseSubnet("fe80::/10"), parseSubnet("ff00::/8")];
const isPerLink = (subnet: Subnet): boolean => PER_LINK.some((one) => contains(one, subnet));

/** Leads straight out by a link: what is behind it is there, not behind a router. IPv6 has no scopes: no gateway tells it. */
const isOnLink = ({ header, attrs }: Route): boolean =>
  (attrs.table ?? header.table) === RT_TABLE.MAIN &&
  header.type === RTN.UNICAST &&
  (header.flags & RTM_F.CLONED) === 0 &&
  header.dstLen > 0 &&
  (header.family === AF.INET
    ? header.scope === RT_SCOPE.LINK
    : attrs.oif !== undefined && attrs.gateway === undefined && attrs.via === undefined);

/**
 * The subnets that a host uses: its on-link routes, its addresses, its name servers. Not what is behind a router: a default route would
 * make everything busy.
 * @param host what it has
 */
export const busyOf = (host: HostAddressing): Busy[] => {
  const names = new Map(host.links?.map(({ header, attrs }) => [header.index, attrs.ifname]));
  const dev = (index: number | undefined): string => `dev ${plain(names.get(index ?? 0) ?? `if${index}`)}`;
  const routes = host.routes.filter(isOnLink).flatMap(({ header, attrs }): Busy[] => {
    if (attrs.dst === undefined) return [];
    const subnet = subnetOf(attrs.dst, header.dstLen);
    return [{ subnet, what: `route ${formatSubnet(subnet)} ${dev(attrs.oif)}` }];
  });
  const addresses = (host.addresses ?? []).flatMap(({ header, attrs }): Busy[] => {
    const own = attrs.local ?? attrs.address;
    if (own === undefined) return [];
    const subnet = subnetOf(own, header.prefixlen);
    return [{ subnet, what: `address ${own}/${header.prefixlen} ${dev(header.index)}` }];
  });
  const servers = host.nameServers.map((server): Busy => {
    const subnet = subnetOf(server, familyOf(server) === AF.INET ? 32 : 128);
    return { subnet, what: `name server ${server}` };
  });
  return [...routes, ...addresses, ...servers].filter(({ subnet }) => !isPerLink(subnet));
};

/**
 * The name servers of a resolv.conf(5), without their zones; lines that name none are passed over, as the resolver does it.
 * @param text of the file
 */
export const nameServersOf = (text: string): string[] =>
  text.split("\n").flatMap((line) => {
    const [, server] = /^nameserver[ \t]+([^\s%]+)/.exec(line) ?? [];
    try {
      return server === undefined ? [] : [numberToAddress(addressToNumber(server), familyOf(server))];
    } catch {
      return [];
    }
  });

/**
 * Why a subnet cannot be had.
 * @param subnet that somebody wants
 * @param busy what `busyOf` gave
 * @returns "10.1.0.0/16 is in use: route 10.1.0.0/16 dev eth1"; undefined: nothing is in its way
 */
export const conflict = (subnet: Subnet, busy: readonly Busy[]): string | undefined => {
  const found = busy.find((one) => overlaps(subnet, one.subnet));
  return found === undefined ? undefined : `${formatSubnet(subnet)} is in use: ${found.what}`;
};
