// Links: list, get, add, set, up, down, rename, master, namespace, alternative names, delete.
import { type LinkAttrs, RTEXT_FILTER } from "../attrs/route/link.ts";
import type { LinkHeader } from "../attrs/route/link-header.ts";
import { IFF } from "../attrs/route/link-names.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyMessage, Named } from "../codec/message.ts";
import type { Connection, RequestOptions } from "../socket/connection.ts";
import { type NetnsRef, openNetns } from "../socket/netns.ts";
import { IFNAME_MAX, nameLength } from "./ifname.ts";
import { type NewLink, type NewLinkHere, splitCreation } from "./new-link.ts";

/** A link as the kernel lists it: `header` is its ifinfomsg, `attrs` its IFLA_*. */
export type Link = Extract<AnyMessage<RouteMessageType>, Named<"RTM_NEWLINK">>;
/** A link by its index, its name, or one of its alternative names. */
export type LinkRef = number | string;

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

const nameAttribute = (name: string): LinkAttrs =>
  nameLength(name) > IFNAME_MAX ? { altIfname: name } : { ifname: name };

/** Where a link is named: its index in the header, or its name among the attributes. */
const reference = (link: LinkRef): { header: Partial<LinkHeader>; attrs: LinkAttrs } =>
  typeof link === "number" ? { header: { index: link }, attrs: {} } : { header: {}, attrs: nameAttribute(link) };

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
   * @param options timeout, signal
   */
  async list(filter: LinkFilter = {}, options?: RequestOptions): Promise<Link[]> {
    const { kind, statistics = false } = filter;
    const master = filter.master === undefined ? undefined : await this.index(filter.master, options);
    const attrs: LinkAttrs = { extMask: statistics ? 0 : RTEXT_FILTER.SKIP_STATS };
    if (master !== undefined) attrs.master = master;
    if (kind !== undefined) attrs.linkinfo = { kind };
    const { messages } = await this.#connection.dump({ name: "RTM_GETLINK", attrs }, options);
    // A kernel without strict check, or one that does not know the kind, filters nothing.
    return links(messages).filter(
      (link) =>
        (master === undefined || link.attrs.master === master) &&
        (kind === undefined || link.attrs.linkinfo?.kind === kind),
    );
  }

  /**
   * One link, counters included.
   * @param link which
   * @param options timeout, signal
   * @throws KernelError ENODEV
   */
  async get(link: LinkRef, options?: RequestOptions): Promise<Link> {
    const { messages } = await this.#connection.request({ name: "RTM_GETLINK", ...reference(link) }, options);
    const [found] = links(messages);
    if (found === undefined) throw new TypeError("RTM_GETLINK was answered without a link");
    return found;
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
    const { messages } = await this.#connection.request(request, options);
    return (links(messages)[0] as Link).header.index;
  }

  /**
   * Makes a link. What the kernel would ignore in a creation (ifalias, alternative names, slave data…) goes in a second message;
   * when that is refused the link is taken away again.
   * @param attrs name, kind, and what else it shall have
   * @param options header flags: `{ header: { flags: IFF.UP, change: IFF.UP } }` makes it up at once
   * @returns the link; undefined when it was made in another namespace
   * @throws KernelError EEXIST, EOPNOTSUPP for an unknown kind, EPERM…; RangeError for what the kernel would ignore without a word
   */
  add(attrs: NewLinkHere, options?: LinkOptions): Promise<Link>;
  add(attrs: NewLink, options?: LinkOptions): Promise<Link | undefined>;
  async add(attrs: NewLink, options: LinkOptions = {}): Promise<Link | undefined> {
    const { header, ...how } = options;
    const { first, then, altNames } = splitCreation(attrs);
    const elsewhere = attrs.netNsFd !== undefined || attrs.netNsPid !== undefined || attrs.targetNetnsid !== undefined;
    const more = Object.keys(then).length > 0 || altNames.length > 0;
    if (elsewhere && more) {
      throw new RangeError(
        `set ${[...Object.keys(then), ...altNames].join(", ")} in the namespace where the link is made`,
      );
    }
    const flags = NLM_F.CREATE | NLM_F.EXCL | NLM_F.ECHO;
    const { messages } = await this.#connection.request({ name: "RTM_NEWLINK", flags, header, attrs: first }, how);
    if (elsewhere) return undefined;
    // Linux before 6.2 does not echo what it made.
    const made = links(messages)[0] ?? (await this.get(attrs.ifname, how));
    if (!more) return made;
    const { index } = made.header;
    try {
      if (Object.keys(then).length > 0) await this.set(index, then, how);
      if (altNames.length > 0) await this.addAltNames(index, altNames, how);
    } catch (error) {
      // Without the caller's signal, which may be why; what the roll-back fails with would hide the reason.
      await this.delete(index).catch(() => undefined);
      throw error;
    }
    return this.get(index, how);
  }

  /**
   * Changes a link: attributes by their kernel names. Those that only report (`qdisc`, `promiscuity`, `minMtu`…) and those that are
   * settled when a link is made (`numTxQueues`, `link`) may stand there, as a dump gives them; the kernel ignores them.
   * @param link which
   * @param attrs what shall be different; `ifname` renames
   * @param options header flags
   * @throws KernelError with the path of the attribute that was refused
   */
  async set(link: LinkRef, attrs: LinkAttrs, options: LinkOptions = {}): Promise<void> {
    const { header, ...how } = options;
    if (attrs.propList !== undefined || attrs.altIfname !== undefined) {
      throw new RangeError("a change cannot carry alternative names: use addAltNames and deleteAltNames");
    }
    // A new name leaves no room for the old one.
    const by = attrs.ifname === undefined ? reference(link) : reference(await this.index(link, how));
    await this.#connection.request(
      { name: "RTM_NEWLINK", header: { ...header, ...by.header }, attrs: { ...by.attrs, ...attrs } },
      how,
    );
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
   * @throws KernelError EEXIST when the name is taken there; SystemError ENOENT for a namespace that is not
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

const links = (messages: readonly AnyMessage<RouteMessageType>[]): Link[] =>
  messages.filter((message): message is Link => message.name === "RTM_NEWLINK");
