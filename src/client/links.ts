// Links: list, get, add, set, up, down, rename, master, namespace, alternative names, delete.
import { type LinkAttrs, RTEXT_FILTER } from "../attrs/route/link.ts";
import type { LinkHeader } from "../attrs/route/link-header.ts";
import { IFF } from "../attrs/route/link-names.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { NLM_F } from "../codec/control.ts";
import type { Connection } from "../socket/connection.ts";
import { type NetnsRef, openNetns } from "../socket/netns.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asAsked, asking, type NamedMessage, oneOf, readingAlso } from "./answers.ts";
import { changeOf } from "./change-link.ts";
import { createLink } from "./create-link.ts";
import { type LinkRef, reference } from "./link-ref.ts";
import type { NewLink, NewLinkHere } from "./new-link.ts";

/** A link as the kernel lists it: `header` is its ifinfomsg, `attrs` its IFLA_*. */
export type Link = NamedMessage<"RTM_NEWLINK">;

/** Which links to list. */
export interface LinkFilter {
  /** Only ports of this bridge, slaves of this bond… */
  readonly master?: LinkRef | undefined;
  /** Only links of this kind: "veth". */
  readonly kind?: string | undefined;
  /**
   * Ask for the counters of IPv6 too (IFLA_INET6_STATS, IFLA_INET6_ICMP6STATS); those of the link come always. Default: false.
   */
  readonly statistics?: boolean | undefined;
}
/** What may go with a change: ifi_flags and the like, and how to ask. */
export interface LinkOptions extends RequestOptions {
  /** Members of ifinfomsg: `{ flags: IFF.UP, change: IFF.UP }`. */
  readonly header?: Partial<LinkHeader> | undefined;
}

/** RTM_*LINK, by name. */
export class Links {
  readonly #connection: Connection<RouteMessageType>;
  /** @param connection over which to talk */
  constructor(connection: Connection<RouteMessageType>) {
    this.#connection = connection;
  }

  /**
   * Lists links; the kernel filters.
   * @param filter which
   * @param options timeout, signal, fields
   */
  async list(filter: LinkFilter = {}, options?: RequestOptions): Promise<Link[]> {
    const { kind, statistics = false } = filter;
    const master = filter.master === undefined ? undefined : await this.index(filter.master, options);
    const attrs: LinkAttrs = { extMask: statistics ? 0 : RTEXT_FILTER.SKIP_STATS };
    if (master !== undefined) attrs.master = master;
    if (kind !== undefined) attrs.linkinfo = { kind };
    const needs = [...(master === undefined ? [] : ["master"]), ...(kind === undefined ? [] : ["linkinfo"])];
    const how = readingAlso(options, needs);
    const { messages } = await this.#connection.dump({ name: "RTM_GETLINK", attrs }, how);
    // A kernel that does not know the kind does not filter by it, and says NLM_F_DUMP_FILTERED for the master alone.
    const found = allOf(
      messages,
      "RTM_NEWLINK",
      (link) =>
        (master === undefined || link.attrs.master === master) &&
        (kind === undefined || link.attrs.linkinfo?.kind === kind),
    );
    return asAsked(found, options, needs);
  }

  /**
   * One link, counters included.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError ENODEV
   */
  async get(link: LinkRef, options?: RequestOptions): Promise<Link> {
    const { messages } = await this.#connection.request({ name: "RTM_GETLINK", ...reference(link) }, asking(options));
    return oneOf(messages, "RTM_NEWLINK");
  }

  /**
   * The index of a link: itself, if it is one.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError ENODEV
   */
  async index(link: LinkRef, options?: RequestOptions): Promise<number> {
    if (typeof link === "number") return link;
    const { header, attrs } = reference(link);
    const request = { name: "RTM_GETLINK", header, attrs: { extMask: RTEXT_FILTER.SKIP_STATS, ...attrs } } as const;
    const { messages } = await this.#connection.request(request, asking(options));
    return oneOf(messages, "RTM_NEWLINK").header.index;
  }

  /**
   * Makes a link. What the kernel would ignore in a creation (ifalias, alternative names, slave data…) goes in a second message; when
   * that is refused, or the look at the result fails, the link is taken away again.
   * @param attrs name, kind, and what else it shall have; `operstate` counts only for a link that is made up
   * @param options header flags: `{ header: { flags: IFF.UP, change: IFF.UP } }` makes it up at once (not one end of a pair: ENOTCONN as long as the other is down)
   * @returns the link; undefined when it was made in another namespace
   * @throws KernelError EEXIST, EOPNOTSUPP for an unknown kind, EPERM…; RangeError for what the kernel would ignore without a word:
   * `qdisc`, counters and whatever else is read-only
   */
  add(attrs: NewLinkHere, options?: LinkOptions): Promise<Link>;
  add(attrs: NewLink, options?: LinkOptions): Promise<Link | undefined>;
  add(attrs: NewLink, options?: LinkOptions): Promise<Link | undefined> {
    return createLink(this.#connection, this, attrs, options);
  }

  /**
   * Changes a link: attributes by their kernel names. The kernel ignores, without a word, read-only ones (`qdisc`,
   * `promiscuity`, `minMtu`, counters, `phys…`, `parentDev…`), those that are settled when a link is made (`numTxQueues`,
   * `numRxQueues`, mostly `link`), `operstate` of a link that is down, and `newIfindex` without a namespace to move to. It refuses
   * others that are read-only, such as `tsoMaxSize`.
   * @param link which
   * @param attrs what shall be different; `ifname` renames; `protinfo.bridge` stands alone or with `afSpec`, and is sent as an AF_BRIDGE
   * RTM_SETLINK, since RTM_NEWLINK ignores it
   * @param options header flags
   * @throws KernelError with the path of the attribute that was refused; RangeError for what cannot go together
   */
  async set(link: LinkRef, attrs: LinkAttrs, options: LinkOptions = {}): Promise<void> {
    const { header = {}, ...how } = options;
    await this.#connection.request(await changeOf(link, attrs, header, (ref) => this.index(ref, how)), how);
  }

  /**
   * Sets IFF_UP.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError
   */
  up(link: LinkRef, options?: RequestOptions): Promise<void> {
    return this.set(link, {}, { ...options, header: { flags: IFF.UP, change: IFF.UP } });
  }

  /**
   * Clears IFF_UP.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError
   */
  down(link: LinkRef, options?: RequestOptions): Promise<void> {
    return this.set(link, {}, { ...options, header: { flags: 0, change: IFF.UP } });
  }

  /**
   * Gives a link another name.
   * @param link which
   * @param ifname up to 15 bytes
   * @param options timeout, signal
   * @throws KernelError EEXIST; EBUSY while it is up, before Linux 6.1
   */
  rename(link: LinkRef, ifname: string, options?: RequestOptions): Promise<void> {
    return this.set(link, { ifname }, options);
  }

  /**
   * Makes a link a port of a bridge, a slave of a bond…
   * @param link which
   * @param master whose; undefined: nobody's
   * @param options timeout, signal
   * @throws KernelError
   */
  async setMaster(link: LinkRef, master: LinkRef | undefined, options?: RequestOptions): Promise<void> {
    await this.set(link, { master: master === undefined ? 0 : await this.index(master, options) }, options);
  }

  /**
   * Moves a link to another namespace. It arrives down, without addresses.
   * @param link which
   * @param netns where to: a name of `ip netns`, a path, a pid, a descriptor
   * @param options `ifname`: what it shall be called there
   * @throws KernelError EEXIST when the name is taken there; SystemError ENOENT for a namespace that does not exist
   */
  async setNetns(
    link: LinkRef,
    netns: NetnsRef,
    options: RequestOptions & { readonly ifname?: string | undefined } = {},
  ): Promise<void> {
    const { ifname, ...how } = options;
    const target = openNetns(netns);
    try {
      await this.set(link, { netNsFd: target.fd, ...(ifname === undefined ? {} : { ifname }) }, how);
    } finally {
      target.close();
    }
  }

  /**
   * Gives a link more names, of up to 127 bytes.
   * @param link which
   * @param names the names
   * @param options timeout, signal
   * @throws KernelError EEXIST
   */
  addAltNames(link: LinkRef, names: readonly string[], options?: RequestOptions): Promise<void> {
    return this.#altNames("RTM_NEWLINKPROP", NLM_F.CREATE | NLM_F.EXCL | NLM_F.APPEND, link, names, options);
  }

  /**
   * Takes alternative names away.
   * @param link which
   * @param names the names
   * @param options timeout, signal
   * @throws KernelError ENOENT
   */
  deleteAltNames(link: LinkRef, names: readonly string[], options?: RequestOptions): Promise<void> {
    return this.#altNames("RTM_DELLINKPROP", 0, link, names, options);
  }

  async #altNames(
    name: "RTM_NEWLINKPROP" | "RTM_DELLINKPROP",
    flags: number,
    link: LinkRef,
    altIfname: readonly string[],
    options?: RequestOptions,
  ): Promise<void> {
    const { header, attrs } = reference(link);
    await this.#connection.request({ name, flags, header, attrs: { ...attrs, propList: { altIfname } } }, options);
  }

  /**
   * Deletes a link; of a veth, both ends.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError ENODEV, EOPNOTSUPP for hardware
   */
  async delete(link: LinkRef, options?: RequestOptions): Promise<void> {
    await this.#connection.request({ name: "RTM_DELLINK", ...reference(link) }, options);
  }
}
