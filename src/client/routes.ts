// Routes: list, get (a lookup), add, replace, delete.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { RouteAttrs } from "../attrs/route/route.ts";
import { type RouteHeader, RTM_F } from "../attrs/route/route-header.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput, AnyMessage } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import { KernelError } from "../socket/errors.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asAsked, asking, type NamedMessage, oneOf, readingAlso } from "./answers.ts";
import type { LinkRef } from "./link-ref.ts";
import type { Links } from "./links.ts";
import { familyOf, parsePrefix } from "./prefix.ts";
import { routeDefaults } from "./route-defaults.ts";
import { tableOf } from "./routing-table.ts";
import { VERB } from "./verb.ts";

/** A route as the kernel lists it: `header` is its rtmsg, `attrs` its RTA_*. */
export type Route = NamedMessage<"RTM_NEWROUTE">;

/** Which routes to list. */
export interface RouteFilter {
  /** AF.INET or AF.INET6; default: both. */
  readonly family?: number | undefined;
  /** Routing table: RT_TABLE.MAIN (254), or any other number. Default: all. */
  readonly table?: number | undefined;
  /** Only those that leave by this link. */
  readonly oif?: LinkRef | undefined;
  /** Who made it: RTPROT. */
  readonly protocol?: number | undefined;
  /** What it does: RTN. */
  readonly type?: number | undefined;
}
/** What a route says, or a packet is like: the links may be names. */
export interface RouteWords extends Omit<RouteAttrs, "oif" | "iif"> {
  /** The link to leave by. */
  oif?: LinkRef | undefined;
  /** Of a look-up: the link that it came in by. */
  iif?: LinkRef | undefined;
}
/** What may go with a change. */
export interface RouteOptions extends RequestOptions {
  /** Members of rtmsg: `{ type: RTN.BLACKHOLE, scope: RT_SCOPE.LINK }`. */
  readonly header?: Partial<RouteHeader> | undefined;
}

/** RTM_*ROUTE, by name. */
export class Routes {
  readonly #connection: Connection<RouteMessageType>;
  readonly #links: Links;
  /**
   * @param connection over which to talk
   * @param links who finds a link by its name
   */
  constructor(connection: Connection<RouteMessageType>, links: Links) {
    this.#connection = connection;
    this.#links = links;
  }

  /**
   * Lists routes; the kernel filters.
   * @param filter which
   * @param options timeout, signal
   */
  async list(filter: RouteFilter = {}, options?: RequestOptions): Promise<Route[]> {
    const oif = filter.oif === undefined ? undefined : await this.#links.index(filter.oif, options);
    const resolved = { ...filter, oif };
    if (filter.family !== undefined) return this.#dump(filter.family, resolved, options);
    const found = await this.#dump(AF.INET, resolved, options);
    return found.concat(await this.#dump(AF.INET6, resolved, options));
  }

  async #dump(family: number, filter: ResolvedFilter, options?: RequestOptions): Promise<Route[]> {
    const { protocol, type, oif } = filter;
    const table = tableOf(filter.table);
    const header: Partial<RouteHeader> = { family, ...table.header };
    if (protocol !== undefined) header.protocol = protocol;
    if (type !== undefined) header.type = type;
    const attrs: RouteAttrs = { ...table.attrs };
    if (oif !== undefined) attrs.oif = oif;
    const needs = needsOf(filter);
    const messages: AnyMessage<RouteMessageType>[] = await this.#connection
      .dump({ name: "RTM_GETROUTE", header, attrs }, readingAlso(options, needs))
      .then(
        (answer) => answer.messages,
        (error: unknown) => {
          // "FIB table does not exist": a table without routes is an empty one.
          if (error instanceof KernelError && error.code === "ENOENT" && filter.table !== undefined) return [];
          throw error;
        },
      );
    const isMeant = meantBy(filter);
    return asAsked(
      allOf(messages, "RTM_NEWROUTE", (one) => one.header.family === family && isMeant(one)),
      options,
      needs,
    );
  }

  /**
   * Asks which way a packet would go, and in which table that stands: `attrs.table`. Until somebody makes a rule (`ip rule add`) IPv4
   * keeps table local inside main, and says main for both.
   * @param destination an address
   * @param words what the packet is like: `src`, `oif`, `iif`, `mark`, `uid`
   * @param options `header`: `{ flags: RTM_F.FIB_MATCH }` for the route itself instead of the resolved way
   * @throws KernelError ENETUNREACH; EHOSTUNREACH, EACCES for unreachable and prohibit routes
   */
  async get(destination: string, words: RouteWords = {}, options: RouteOptions = {}): Promise<Route> {
    const { header, ...how } = options;
    const { family, address, length } = parsePrefix(destination);
    const attrs = await this.#resolved(words, how);
    const request: AnyInput<RouteMessageType> = {
      name: "RTM_GETROUTE",
      header: {
        family,
        dstLen: length,
        ...sourceLength(attrs.src),
        ...header,
        // As `ip route get`: without it IPv4 answers table main, wherever it found the way. IPv6 tells it unasked, and refuses the flag.
        flags: (header?.flags ?? 0) | (family === AF.INET ? RTM_F.LOOKUP_TABLE : 0),
      },
      attrs: { dst: address, ...attrs },
    };
    const { messages } = await this.#connection.request(request, asking(how));
    return oneOf(messages, "RTM_NEWROUTE");
  }

  /**
   * Makes a route. What neither `attrs` nor `options.header` says is as `ip route add` fills it in: unicast, protocol boot; table
   * local for the types local, broadcast, anycast and nat, else main; the scope of an IPv4 route host for local and nat, link for
   * broadcast, multicast, anycast and for unicast without a next hop, else universe.
   * @param destination a prefix, or "default"
   * @param attrs where to: `gateway`, `oif`, `multipath`, `table`, `priority`, `metrics`…
   * @param options `header`: type, protocol, scope
   * @throws KernelError EEXIST, ENETUNREACH "Nexthop has invalid gateway", ENODEV; RangeError for `src` of IPv4, which is `prefsrc`
   */
  add(destination: string, attrs: RouteWords, options?: RouteOptions): Promise<void> {
    return this.#change("RTM_NEWROUTE", VERB.ADD, destination, attrs, options);
  }

  /**
   * Makes a route, or changes the one with the same destination, table and priority.
   * @param destination a prefix, or "default"
   * @param attrs where to
   * @param options `header`: type, protocol, scope
   * @throws KernelError
   */
  replace(destination: string, attrs: RouteWords, options?: RouteOptions): Promise<void> {
    return this.#change("RTM_NEWROUTE", VERB.REPLACE, destination, attrs, options);
  }

  /**
   * Makes a route behind those with the same destination, table and priority; of IPv6 another next hop of the one that is there.
   * @param destination a prefix, or "default"
   * @param attrs where to
   * @param options `header`: type, protocol, scope
   * @throws KernelError EEXIST for one that is the same in all
   */
  append(destination: string, attrs: RouteWords, options?: RouteOptions): Promise<void> {
    return this.#change("RTM_NEWROUTE", VERB.APPEND, destination, attrs, options);
  }

  /**
   * Deletes the first route that has all of this; table and scope by its type, as `ip route del` fills them in.
   * @param destination a prefix, or "default"
   * @param attrs what else it has
   * @param options `header`: type, protocol, scope
   * @throws KernelError ESRCH
   */
  delete(destination: string, attrs: RouteWords = {}, options?: RouteOptions): Promise<void> {
    return this.#change("RTM_DELROUTE", VERB.DELETE, destination, attrs, options);
  }

  async #change(
    name: "RTM_NEWROUTE" | "RTM_DELROUTE",
    flags: number,
    destination: string,
    words: RouteWords,
    options: RouteOptions = {},
  ): Promise<void> {
    const attrs = isResolved(words) ? words : await this.#resolved(words, options);
    const { header, attrs: said } = changeOf(name, destination, attrs, options.header);
    await this.#connection.request({ name, flags, header, attrs: said }, options);
  }

  /** Links by their indexes, in the place where their names stood. */
  async #resolved(words: RouteWords, options: RequestOptions): Promise<RouteAttrs> {
    const attrs = { ...words };
    for (const name of ["oif", "iif"] as const) {
      const link = attrs[name];
      if (typeof link === "string") attrs[name] = await this.#links.index(link, options);
    }
    return attrs as RouteAttrs;
  }
}

/** With the link's index in the place of its name. */
interface ResolvedFilter extends RouteFilter {
  readonly oif?: number | undefined;
}

/** The attributes that `meantBy` looks at. */
const needsOf = ({ table, oif }: ResolvedFilter): string[] => [
  ...(table === undefined ? [] : ["table"]),
  ...(oif === undefined ? [] : ["oif", "multipath"]),
];

/**
 * Is a route what was asked for? A kernel without strict check has filtered nothing, and one with takes a protocol of 0 for none. Only of
 * the link it knows better where it says that it has filtered: with net.ipv4.nexthop_compat_mode=0 it does not tell that of a next hop
 * object.
 */
const meantBy = (filter: ResolvedFilter): ((route: Route) => boolean) => {
  const { table, protocol, type, oif } = filter;
  if (table === undefined && protocol === undefined && type === undefined && oif === undefined) return () => true;
  return ({ flags, header, attrs }) =>
    (table === undefined || (attrs.table ?? header.table) === table) &&
    (protocol === undefined || header.protocol === protocol) &&
    (type === undefined || header.type === type) &&
    (oif === undefined ||
      (flags & NLM_F.DUMP_FILTERED) !== 0 ||
      attrs.oif === oif ||
      attrs.multipath?.some((hop) => hop.header?.ifindex === oif) === true);
};

const isResolved = (words: RouteWords): words is RouteAttrs =>
  typeof words.oif !== "string" && typeof words.iif !== "string";

/** What is said, and what iproute2 would fill in. */
const changeOf = (
  name: "RTM_NEWROUTE" | "RTM_DELROUTE",
  destination: string,
  attrs: RouteAttrs,
  given: Partial<RouteHeader> | undefined,
): { header: Partial<RouteHeader>; attrs: RouteAttrs } => {
  const { family, dst, length } = destinationOf(destination, attrs);
  const header: Partial<RouteHeader> = routeDefaults(name, family, length, given?.type, attrs);
  if (attrs.src !== undefined) {
    // The kernel would take it, and ignore it.
    if (family === AF.INET) throw new RangeError("src is of IPv6 routes: what `ip route` calls src is prefsrc");
    header.srcLen = parsePrefix(attrs.src).length;
  }
  const said: RouteAttrs = dst === undefined ? { ...attrs } : { dst, ...attrs };
  if (attrs.table !== undefined) {
    const where = tableOf(attrs.table);
    Object.assign(header, where.header);
    said.table = where.attrs.table;
  }
  if (given !== undefined) Object.assign(header, given);
  return { header, attrs: said };
};

/** Without rtm_src_len the kernel ignores RTA_SRC: all bits, unless the caller says fewer. */
const sourceLength = (src: string | undefined): Partial<RouteHeader> =>
  src === undefined ? {} : { srcLen: parsePrefix(src).length };

/** "default" has the family of its next hop. */
const destinationOf = (
  destination: string,
  attrs: RouteAttrs,
): { family: number; dst: string | undefined; length: number } => {
  if (destination !== "default") {
    const { family, address, length } = parsePrefix(destination);
    return { family, dst: length === 0 ? undefined : address, length };
  }
  const hop = attrs.gateway ?? attrs.prefsrc ?? attrs.multipath?.[0]?.attrs?.gateway;
  return { family: hop === undefined ? AF.INET : familyOf(hop), dst: undefined, length: 0 };
};
