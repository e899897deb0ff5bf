// The names of the tables: apart from the tables, which load the families.

/** What there is to list, by the name that a person types. */
export const TABLE_NAMES = ["link", "address", "route", "neighbour", "nft", "conntrack", "socket"] as const;
