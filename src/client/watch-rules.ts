// What each table's events mean, and what the kernel changes without an event.
import { AF } from "../attrs/families.ts";
import { RTNLGRP } from "../attrs/route/groups.ts";
import { IFF } from "../attrs/route/link-names.ts";
import { NTF } from "../attrs/route/neighbour.ts";
import { RTM_F } from "../attrs/route/route.ts";
import { NLM_F } from "../codec/control.ts";
import type { Address } from "./addresses.ts";
import type { Link } from "./links.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Route } from "./routes.ts";
import { linkRules } from "./watch-link.ts";
import type { Effect, WatchRules } from "./watch-types.ts";

/** The tables that can be watched, and what they hold. */
export interface Watched {
  /** RTM_*LINK. */
  link: Link;
  /** RTM_*ADDR. */
  address: Address;
  /** RTM_*ROUTE of IPv4 and IPv6, every table. */
  route: Route;
  /** RTM_*NEIGH of IPv4 and IPv6. The kernel tells of an entry once its state changes: a new one may be missing until then. */
  neighbour: Neighbour;
}

/** What all events but a few mean: NEW sets, DEL deletes. */
const plainly = <T>(action: "new" | "del", key: string, message: T): Effect<T> =>
  action === "new" ? { kind: "set", key, message } : { kind: "delete", key };

/** Without the clocks: lifetimes that run, and when it was last used. */
const withoutClocks = ({ header, attrs }: Address | Neighbour): unknown => {
  const { cacheinfo: _cacheinfo, ...others } = attrs;
  return [header, others];
};

const address: WatchRules<Address> = {
  groups: [RTNLGRP.IPV4_IFADDR, RTNLGRP.IPV6_IFADDR],
  key: ({ header, attrs }) =>
    [header.index, header.family, header.prefixlen, attrs.local ?? "", attrs.address ?? ""].join("|"),
  state: withoutClocks,
  effect({ action, message }) {
    if (message.name !== "RTM_NEWADDR" && message.name !== "RTM_DELADDR") return undefined;
    return plainly(action, address.key(message as Address), message as Address);
  },
};

/** What an object holds, as one text. JSON of the whole costs three times as much, a hundred thousand times. */
const textOf = (object: object): string => {
  let text = "";
  for (const [name, value] of Object.entries(object)) {
    text += `${name}=${typeof value === "object" ? json(value) : value};`;
  }
  return text;
};
const json = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));

/** Members of rtmsg that tell a state, and change without the route being another. */
const routeKey = ({
  header: { flags: _flags, ...header },
  attrs: { cacheinfo: _cacheinfo, ...attrs },
}: Route): string => textOf(header) + textOf(attrs);

/**
 * Does a new route change one that it does not name? A replacement does not say what it replaced. An IPv6 route that gains a next hop is
 * told as a whole, and was another route before; a new one of several hops looks the same.
 */
const changesAnother = ({ flags, header, attrs }: Route): boolean => {
  if ((flags & NLM_F.EXCL) !== 0) return false;
  return (
    (flags & (NLM_F.REPLACE | NLM_F.APPEND)) !== 0 || (header.family === AF.INET6 && attrs.multipath !== undefined)
  );
};

/** Links, addresses and next hops take routes along when they go. */
const ROUTE_GROUPS: readonly number[] = [
  RTNLGRP.IPV4_ROUTE,
  RTNLGRP.IPV6_ROUTE,
  RTNLGRP.LINK,
  RTNLGRP.IPV4_IFADDR,
  RTNLGRP.IPV6_IFADDR,
  RTNLGRP.NEXTHOP,
];

const route = (): WatchRules<Route> => {
  const flags = new Map<number, number>();
  return {
    groups: ROUTE_GROUPS,
    key: routeKey,
    // All else is in the key.
    state: ({ header }) => header.flags,
    effect({ action, message }, table) {
      switch (message.name) {
        case "RTM_NEWROUTE":
        case "RTM_DELROUTE": {
          if ((message.header.flags & RTM_F.CLONED) !== 0) return undefined;
          const key = routeKey(message as Route);
          const isUnclear = action === "new" ? changesAnother(message as Route) : !table.has(key);
          return isUnclear ? { kind: "resync" } : plainly(action, key, message as Route);
        }
        // A link that goes takes its IPv4 routes along, and one that loses carrier marks them: no event tells.
        case "RTM_NEWLINK":
        case "RTM_DELLINK": {
          const { index } = message.header;
          const now = message.header.flags & (IFF.UP | IFF.RUNNING | IFF.LOWER_UP);
          const before = flags.get(index);
          if (action === "del") flags.delete(index);
          else flags.set(index, now);
          return action === "new" && now === before ? undefined : { kind: "resync" };
        }
        // Routes that preferred an address that is gone; routes over a next hop, of IPv4 without a word.
        case "RTM_DELADDR":
        case "RTM_DELNEXTHOP":
          return { kind: "resync" };
        case "RTM_NEWNEXTHOP":
          return (message.flags & NLM_F.REPLACE) === 0 ? undefined : { kind: "resync" };
        default:
          return undefined;
      }
    },
  };
};

const neighbour: WatchRules<Neighbour> = {
  groups: [RTNLGRP.NEIGH],
  key: ({ header, attrs }) => [header.ifindex, header.family, attrs.dst ?? ""].join("|"),
  state: withoutClocks,
  effect({ action, message }) {
    if (message.name !== "RTM_NEWNEIGH" && message.name !== "RTM_DELNEIGH") return undefined;
    const { family, flags } = message.header;
    // A bridge's forwarding table and proxy entries are other tables, with events in the same group.
    if ((family !== AF.INET && family !== AF.INET6) || (flags & NTF.PROXY) !== 0) return undefined;
    return plainly(action, neighbour.key(message as Neighbour), message as Neighbour);
  },
};

/** The rules of a table, made for one watch. */
export const rulesOf: { readonly [K in keyof Watched]: () => WatchRules<Watched[K]> } = {
  link: () => linkRules,
  address: () => address,
  route,
  neighbour: () => neighbour,
};
