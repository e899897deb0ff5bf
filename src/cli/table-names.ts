// The names of tables and of groups: apart from what they stand for, which loads the families.

/** What there is to list, by the name that a person types. */
export const TABLE_NAMES = ["link", "address", "route", "neighbour", "nft", "conntrack", "socket"] as const;

/** What there is to monitor. */
export const GROUP_NAMES = [
  "link",
  "address",
  "route",
  "neighbour",
  "rule",
  "nexthop",
  "tc",
  "nsid",
  "nft",
  "conntrack",
] as const;

/** What is heard only where it is asked for. */
export const MORE_GROUP_NAMES = ["uevent", "xfrm"] as const;
