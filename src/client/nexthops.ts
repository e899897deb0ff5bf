// Next hops that routes name by a number: list, get, add, replace, delete. What `ip nexthop` does.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { NexthopAttrs, NexthopHeader } from "../attrs/route/nexthop.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asking, type NamedMessage, oneOf } from "./answers.ts";
import type { LinkRef } from "./link-ref.ts";
import type { Links } from "./links.ts";
import { familyOf } from "./prefix.ts";
import { VERB } from "./verb.ts";

/** A next hop as the kernel lists it: `header` is its nhmsg, `attrs` its NHA_*. */
export type Nexthop = NamedMessage<"RTM_NEWNEXTHOP">;

/** Which next hops to list. */
export interface NexthopFilter {
  /** AF.INET or AF.INET6: neither has groups, which are AF.UNSPEC. Default: all. */
  readonly family?: number | undefined;
  /** Only those that leave by this link. */
  readonly oif?: LinkRef | undefined;
  /** Only those that leave by a link of this master. */
  readonly master?: LinkRef | undefined;
  /** Only groups. */
  readonly groups?: boolean | undefined;
}
/** What a next hop says: the link may be a name. */
export interface NexthopWords extends Omit<NexthopAttrs, "oif"> {
  /** The link to leave by. */
  oif?: LinkRef | undefined;
}
/** What may go with a change. */
export interface NexthopOptions extends RequestOptions {
  /** Members of nhmsg: `{ flags: RTNH_F.ONLINK, protocol: RTPROT.STATIC }`. */
  readonly header?: Partial<NexthopHeader> | undefined;
}

/** A group has no family of its own; what only leaves by a link is of IPv4, as `ip nexthop` has it. */
const familyFor = ({ gateway, group }: NexthopAttrs): number =>
  gateway !== undefined ? familyOf(gateway) : group !== undefined ? AF.UNSPEC : AF.INET;

/** RTM_*NEXTHOP, by name. */
export class Nexthops {
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
   * Lists next hops, by their ids; the kernel filters.
   * @param filter which
   * @param options timeout, signal
   */
  async list(filter: NexthopFilter = {}, options?: RequestOptions): Promise<Nexthop[]> {
    const { family = AF.UNSPEC, groups } = filter;
    const attrs: NexthopAttrs = {};
    if (filter.oif !== undefined) attrs.oif = await this.#links.index(filter.oif, options);
    if (filter.master !== undefined) attrs.master = await this.#links.index(filter.master, options);
    if (groups === true) attrs.groups = true;
    const { messages } = await this.#connection.dump({ name: "RTM_GETNEXTHOP", header: { family }, attrs }, options);
    return allOf(messages, "RTM_NEWNEXTHOP", ({ header }) => family === AF.UNSPEC || header.family === family);
  }

  /**
   * One next hop.
   * @param id its number
   * @param options timeout, signal
   * @throws KernelError ENOENT
   */
  async get(id: number, options?: RequestOptions): Promise<Nexthop> {
    const { messages } = await this.#connection.request({ name: "RTM_GETNEXTHOP", attrs: { id } }, asking(options));
    return oneOf(messages, "RTM_NEWNEXTHOP");
  }

  /**
   * Makes a next hop: a way out, a blackhole, or a group of others.
   * @param attrs `oif`, `gateway`, `blackhole`, `group`; without `id` the kernel takes a free one
   * @param options `header`: flags, protocol, family
   * @returns the next hop; its number is `attrs.id`
   * @throws KernelError EEXIST, ENODEV, ENETDOWN for a link that is down, EINVAL with the reason
   * @example
   * const { attrs } = await rtnl.nexthops.add({ gateway: "10.0.0.9", oif: "eth0" });
   * await rtnl.routes.add("10.7.0.0/16", { nhId: attrs.id });
   */
  add(attrs: NexthopWords, options?: NexthopOptions): Promise<Nexthop> {
    return this.#make(VERB.ADD, attrs, options);
  }

  /**
   * Makes a next hop, or changes the one with that id under the routes that use it.
   * @param attrs as for `add`
   * @param options `header`: flags, protocol, family
   * @returns the next hop
   * @throws KernelError
   */
  replace(attrs: NexthopWords, options?: NexthopOptions): Promise<Nexthop> {
    return this.#make(VERB.REPLACE, attrs, options);
  }

  /**
   * Deletes a next hop, and every route over it; groups lose it as a member.
   * @param id its number
   * @param options timeout, signal
   * @throws KernelError ENOENT
   */
  async delete(id: number, options?: RequestOptions): Promise<void> {
    await this.#connection.request({ name: "RTM_DELNEXTHOP", flags: VERB.DELETE, attrs: { id } }, options);
  }

  async #make(verb: number, words: NexthopWords, options: NexthopOptions = {}): Promise<Nexthop> {
    const { header, ...how } = options;
    const attrs = { ...words };
    if (typeof attrs.oif === "string") attrs.oif = await this.#links.index(attrs.oif, how);
    const family = header?.family ?? familyFor(attrs as NexthopAttrs);
    // The echo says the number that the kernel took. With a number of the caller's it is not asked for: a replacement would echo every route
    // over it (net.ipv4.nexthop_compat_mode).
    const isNumbered = attrs.id !== undefined && attrs.id !== 0;
    const flags = isNumbered ? verb : verb | NLM_F.ECHO;
    const request: AnyInput<RouteMessageType> = {
      name: "RTM_NEWNEXTHOP",
      flags,
      header: { ...header, family },
      attrs: attrs as NexthopAttrs,
    };
    const { messages } = await this.#connection.request(request, how);
    return isNumbered ? this.get(attrs.id ?? 0, how) : oneOf(messages, "RTM_NEWNEXTHOP");
  }
}
