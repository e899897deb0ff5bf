// A conversation over NETLINK_ROUTE, with verbs for what it is mostly used for.
import { AF } from "../attrs/families.ts";
import { RTNLGRP } from "../attrs/route/groups.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { route } from "../attrs/route/messages.ts";
import type { Registry } from "../codec/registry.ts";
import { plain } from "../codec/text.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import { DumpInterrupted } from "../socket/errors.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";
import type { Subscription, SubscriptionOptions } from "../socket/subscription.ts";
import type { EventSocketOptions, Transport } from "../socket/transport.ts";
import { Addresses } from "./addresses.ts";
import { Links } from "./links.ts";
import { type Neighbour, Neighbours } from "./neighbours.ts";
import { Nexthops } from "./nexthops.ts";
import { type Route, Routes } from "./routes.ts";
import { RoutingRules } from "./routing-rules.ts";
import { Qdiscs, TrafficClasses, TrafficFilters } from "./traffic-control.ts";
import { type OpenWatches, Watch } from "./watch.ts";
import { rulesOf, type Watched } from "./watch-rules.ts";
import type { WatchOptions } from "./watch-types.ts";

/** How to talk to rtnetlink. */
export interface RtnetlinkOptions extends ConnectionOptions, Omit<SocketOptions, "protocol"> {
  /** The messages that it knows: `route`, or what `extendRegistry` made of it. Default: `route`. */
  readonly types?: Registry<RouteMessageType> | undefined;
}

/** A multicast group by its kernel name, without RTNLGRP_. */
export type GroupName = keyof typeof RTNLGRP;
/** How to listen. */
export interface RtnetlinkEvents extends SubscriptionOptions, Omit<EventSocketOptions, "groups"> {}

/** Bytes that a watch's unread events may take: some thousands. */
const WATCH_BUFFER = 4 * 1024 * 1024;

/** A misspelt name is told by its name, and with it those that there are. */
const checkName = (what: string, name: string, known: object): void => {
  if (Object.hasOwn(known, name)) return;
  throw new RangeError(`${what}: "${plain(String(name))}" is none of ${Object.keys(known).join(", ")}`);
};

/**
 * Links, addresses, routes and neighbours of one network namespace, rules, next hops, and traffic control.
 * @example
 * await using rtnl = await Rtnetlink.open({ netns: "ns1" });
 * await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
 * await rtnl.addresses.add("br0", "192.168.100.1/24");
 */
export class Rtnetlink implements AsyncDisposable {
  /** Requests of your own making. */
  readonly connection: Connection<RouteMessageType>;
  /** RTM_*LINK */
  readonly links: Links;
  /** RTM_*ADDR */
  readonly addresses: Addresses;
  /** RTM_*ROUTE */
  readonly routes: Routes;
  /** RTM_*NEIGH */
  readonly neighbours: Neighbours;
  /** RTM_*RULE */
  readonly rules: RoutingRules;
  /** RTM_*NEXTHOP */
  readonly nexthops: Nexthops;
  /** RTM_*QDISC */
  readonly qdiscs: Qdiscs;
  /** RTM_*TCLASS */
  readonly classes: TrafficClasses;
  /** RTM_*TFILTER */
  readonly filters: TrafficFilters;
  readonly #watches: OpenWatches = new Set();

  /**
   * Verbs over a connection that you have.
   * @param connection closed with this
   */
  constructor(connection: Connection<RouteMessageType>) {
    this.connection = connection;
    this.links = new Links(connection);
    this.addresses = new Addresses(connection, this.links);
    this.routes = new Routes(connection, this.links);
    this.neighbours = new Neighbours(connection, this.links);
    this.rules = new RoutingRules(connection);
    this.nexthops = new Nexthops(connection, this.links);
    this.qdiscs = new Qdiscs(connection, this.links);
    this.classes = new TrafficClasses(connection, this.links);
    this.filters = new TrafficFilters(connection, this.links);
  }

  /**
   * Opens a socket.
   * @param options namespace (by name, path, pid or descriptor; none: the present one), timeout
   * @throws SystemError ENOENT for a namespace that does not exist, EPERM for one that is not yours
   */
  static async open(options: RtnetlinkOptions = {}): Promise<Rtnetlink> {
    return new Rtnetlink(Connection.open(options.types ?? route, options));
  }

  /**
   * Talks over a transport of your own: a recording, a replay.
   * @param transport closed with this
   * @param options timeout, messages
   */
  static over(transport: Transport, options: Omit<RtnetlinkOptions, "netns"> = {}): Rtnetlink {
    return new Rtnetlink(new Connection(transport, options.types ?? route, options));
  }

  /**
   * Listens to what changes in this namespace, on a socket of its own.
   * @param groups by their kernel names: "LINK" is RTNLGRP_LINK
   * @param options all namespaces, signal, buffer
   * @throws SystemError EPERM; ENOENT for a group that the kernel does not have; RangeError for one that nlkit does not
   * @example
   * for await (const { action, message } of rtnl.subscribe(["LINK", "IPV4_IFADDR"])) …
   */
  subscribe(groups: readonly GroupName[], options: RtnetlinkEvents = {}): Subscription<RouteMessageType> {
    for (const group of groups) checkName("groups", group, RTNLGRP);
    return this.connection.subscribe({ ...options, groups: groups.map((group) => RTNLGRP[group]) });
  }

  /**
   * A table that stays true: read once, kept up to date by events, read again where events were lost.
   * @param table which
   * @param options what to do on a change, signal
   * @throws what `subscribe` and a dump throw; the signal's reason; RangeError for a table that is none
   * @example
   * await using links = await rtnl.watch("link", { onChange: ({ action, message }) => … });
   * await links.until((table) => table.list().some(({ attrs }) => attrs.ifname === "eth0" && attrs.carrier === 1));
   */
  async watch<K extends keyof Watched>(table: K, options: WatchOptions<Watched[K]> = {}): Promise<Watch<Watched[K]>> {
    checkName("table", table, rulesOf);
    const rules = rulesOf[table]();
    const { groups } = rules;
    const { signal, receiveBuffer = WATCH_BUFFER } = options;
    const events = this.connection.subscribe({ groups, receiveBuffer, signal });
    const dumps: { readonly [T in keyof Watched]: () => Promise<Watched[T][]> } = {
      link: () => this.links.list({}, { signal }),
      address: () => this.addresses.list({}, { signal }),
      route: () => this.#everyRoute({ signal }),
      neighbour: () => this.#everyNeighbour({ signal }),
    };
    return Watch.start(rules, events, dumps[table], options, this.#watches);
  }

  /** Of IPv4 and IPv6; of other families none, which the groups do not tell of either. */
  async #everyRoute(options: RequestOptions): Promise<Route[]> {
    return this.#ofIp((family) => this.routes.list({ family }, options));
  }

  async #everyNeighbour(options: RequestOptions): Promise<Neighbour[]> {
    return this.#ofIp((family) => this.neighbours.list({ family }, options));
  }

  /** Both families, also where one kept changing: what there is of it is not the whole table. */
  async #ofIp<T>(list: (family: number) => Promise<T[]>): Promise<T[]> {
    const all: T[] = [];
    let interrupted: DumpInterrupted<T> | undefined;
    for (const family of [AF.INET, AF.INET6]) {
      try {
        for (const one of await list(family)) all.push(one);
      } catch (error) {
        if (!(error instanceof DumpInterrupted)) throw error;
        interrupted = error as DumpInterrupted<T>;
        for (const one of interrupted.messages) all.push(one);
      }
    }
    if (interrupted !== undefined) throw new DumpInterrupted(interrupted.attempts, all);
    return all;
  }

  /** Closes the socket, and every watch; what is pending is rejected. */
  close(): void {
    for (const watch of this.#watches) watch.close();
    this.connection.close();
  }

  /** `await using rtnl = …` closes it at the end of the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
