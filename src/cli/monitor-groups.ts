// What `nlkit monitor` can listen to, by the name that a person types.
import { NFNLGRP } from "../attrs/netfilter/nfnetlink.ts";
import { NETLINK } from "../attrs/netlink-protocols.ts";
import { RTNLGRP } from "../attrs/route/groups.ts";
import { UsageError } from "./failure.ts";
import { groupsOfFamily } from "./kernel-families.ts";
import { GROUP_NAMES, MORE_GROUP_NAMES } from "./table-names.ts";

/** Multicast groups of one protocol. */
export interface Groups {
  readonly protocol: number;
  readonly groups: readonly number[];
}

const route = (...groups: readonly (keyof typeof RTNLGRP)[]): Groups => ({
  protocol: NETLINK.ROUTE,
  groups: groups.map((group) => RTNLGRP[group]),
});
const netfilter = (...groups: readonly (keyof typeof NFNLGRP)[]): Groups => ({
  protocol: NETLINK.NETFILTER,
  groups: groups.map((group) => NFNLGRP[group]),
});

const BY_NAME: Readonly<Record<(typeof GROUP_NAMES)[number], Groups>> = {
  link: route("LINK"),
  address: route("IPV4_IFADDR", "IPV6_IFADDR"),
  route: route("IPV4_ROUTE", "IPV6_ROUTE", "MPLS_ROUTE"),
  neighbour: route("NEIGH"),
  rule: route("IPV4_RULE", "IPV6_RULE"),
  nexthop: route("NEXTHOP"),
  tc: route("TC"),
  nsid: route("NSID"),
  nft: netfilter("NFTABLES"),
  conntrack: netfilter("CONNTRACK_NEW", "CONNTRACK_UPDATE", "CONNTRACK_DESTROY"),
};

/** Only where they are named: devices are not the network, and few have keys. */
const MORE: Readonly<Record<(typeof MORE_GROUP_NAMES)[number], Groups>> = {
  uevent: { protocol: NETLINK.KOBJECT_UEVENT, groups: [1] },
  // XFRMNLGRP_ACQUIRE, EXPIRE, SA, POLICY, REPORT, MIGRATE, MAPPING
  xfrm: { protocol: NETLINK.XFRM, groups: [1, 2, 3, 4, 6, 7, 8] },
};

/** A group of a family of generic netlink: "ethtool/monitor", or "ethtool/" for all that it has. */
const ofFamily = async (word: string): Promise<Groups> => {
  const [family = "", name = ""] = word.split("/");
  const known = await groupsOfFamily(family);
  const chosen = known.filter((group) => name === "" || group.name === name);
  if (chosen.length > 0) return { protocol: NETLINK.GENERIC, groups: chosen.map(({ id }) => id) };
  const all = known.map((group) => group.name).join(", ");
  throw new UsageError(all === "" ? `${family} has no groups` : `${family} has no group "${name}", but ${all}`);
};

/** A name, or as much of its beginning as no other has: "addr", "neigh". */
const named = (word: string): Groups => {
  const found = Object.entries({ ...BY_NAME, ...MORE }).filter(([name]) => name === word || name.startsWith(word));
  const [only] = found.filter(([name]) => name === word).concat(found.length === 1 ? found : []);
  if (only !== undefined) return only[1];
  const all = [...GROUP_NAMES, ...MORE_GROUP_NAMES].join(", ");
  throw new UsageError(
    found.length === 0
      ? `"${word}" is none of ${all}, nor FAMILY/GROUP of generic netlink`
      : `"${word}" may be ${found.map(([name]) => name).join(" or ")}`,
  );
};

/**
 * The groups that some names stand for, a list for each protocol.
 * @param words as a person types them; none: all
 * @throws UsageError; KernelError for a family that there is not
 */
export const groupsOf = async (words: readonly string[]): Promise<Groups[]> => {
  const chosen =
    words.length === 0
      ? Object.values(BY_NAME)
      : await Promise.all(words.map((word) => (word.includes("/") ? ofFamily(word) : named(word))));
  const out = new Map<number, Set<number>>();
  for (const { protocol, groups } of chosen) {
    const known = out.get(protocol) ?? new Set();
    for (const group of groups) known.add(group);
    out.set(protocol, known);
  }
  return [...out].map(([protocol, groups]) => ({ protocol, groups: [...groups] }));
};
