// Neighbours: list, get, add, replace, delete. ARP and ND entries; with family AF.BRIDGE the forwarding database.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { type NeighbourAttrs, type NeighbourHeader, NTF, NUD } from "../attrs/route/neighbour.ts";
import type { AnyInput } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asking, type NamedMessage, oneOf } from "./answers.ts";
import type { LinkRef } from "./link-ref.ts";
import type { Links } from "./links.ts";
import { familyOf } from "./prefix.ts";
import { VERB } from "./verb.ts";

/** A neighbour as the kernel lists it: `header` is its ndmsg, `attrs` its NDA_*. */
export type Neighbour = NamedMessage<"RTM_NEWNEIGH">;

/** Which neighbours to list. */
export interface NeighbourFilter {
  /** Only those on this link. */
  readonly link?: LinkRef | undefined;
  /** AF.INET, AF.INET6, or AF.BRIDGE for forwarding databases. Default: the first two. */
  readonly family?: number | undefined;
}
/** What may go with a change. */
export interface NeighbourOptions extends RequestOptions {
  /** Members of ndmsg: `{ state: NUD.STALE, flags: NTF.PROXY }`. */
  readonly header?: Partial<NeighbourHeader> | undefined;
}

/** What may go with a look-up. */
export interface NeighbourQuery extends NeighbourOptions {
  /** What tells the neighbour from others: `vlan`, of a VXLAN `srcVni`. */
  readonly attrs?: NeighbourAttrs | undefined;
}

/** RTM_*NEIGH, by name. */
export class Neighbours {
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
   * Lists neighbours.
   * @param filter which; the kernel filters
   * @param options timeout, signal
   */
  async list(filter: NeighbourFilter = {}, options?: RequestOptions): Promise<Neighbour[]> {
    const { family = 0 } = filter;
    const ifindex = filter.link === undefined ? undefined : await this.#links.index(filter.link, options);
    const attrs: NeighbourAttrs = ifindex === undefined ? {} : { ifindex };
    const request: AnyInput<RouteMessageType> = { name: "RTM_GETNEIGH", header: { family }, attrs };
    const { messages } = await this.#connection.dump(request, options);
    return allOf(
      messages,
      "RTM_NEWNEIGH",
      (one) =>
        (ifindex === undefined || one.header.ifindex === ifindex) && (family === 0 || one.header.family === family),
    );
  }

  /**
   * One neighbour. Of AF.BRIDGE: the entry of a forwarding database, which is the bridge's own for the bridge and for its ports (the
   * entry's port is its `header.ifindex`), and with `flags: NTF.SELF` that of the link itself, a vxlan.
   * @param link on which
   * @param address its IP address; for AF.BRIDGE its hardware address
   * @param options `header`: `{ flags: NTF.PROXY }`, `{ family: AF.BRIDGE }`; `attrs`: what tells it from others, `{ vlan: 7 }`
   * @throws KernelError ENOENT; EINVAL for AF.BRIDGE and a link that is neither bridge nor port
   */
  async get(link: LinkRef, address: string, options: NeighbourQuery = {}): Promise<Neighbour> {
    const { header, attrs, ...how } = options;
    const isBridge = header?.family === AF.BRIDGE;
    const where = isBridge
      ? await this.#fdbOf(link, header?.flags, how)
      : { header: { family: familyOf(address), ifindex: await this.#links.index(link, how) }, attrs: {} };
    const request: AnyInput<RouteMessageType> = {
      name: "RTM_GETNEIGH",
      header: { ...where.header, ...header },
      attrs: { ...(isBridge ? { lladdr: address } : { dst: address }), ...where.attrs, ...attrs },
    };
    const { messages } = await this.#connection.request(request, asking(how));
    return oneOf(messages, "RTM_NEWNEIGH");
  }

  /** As `bridge fdb get … br BRIDGE` or `… dev LINK` says it: the kernel takes a bridge in NDA_MASTER, a port in ndm_ifindex. */
  async #fdbOf(
    link: LinkRef,
    flags: number = 0,
    how: RequestOptions,
  ): Promise<{ header: Partial<NeighbourHeader>; attrs: NeighbourAttrs }> {
    // Whatever the caller wants of the neighbour.
    const { header, attrs } = await this.#links.get(link, { ...how, fields: ["linkinfo"] });
    const isMaster = attrs.linkinfo?.kind === "bridge" && (flags & NTF.SELF) === 0;
    return isMaster
      ? { header: {}, attrs: { master: header.index } }
      : { header: { ifindex: header.index }, attrs: {} };
  }

  /**
   * Adds a neighbour: permanent, unless `options.header.state` says otherwise.
   * @param link on which
   * @param address its IP address; for AF.BRIDGE its hardware address
   * @param attrs `lladdr`: its hardware address
   * @param options `header`: state, flags, family
   * @throws KernelError EEXIST
   */
  add(link: LinkRef, address: string, attrs: NeighbourAttrs = {}, options?: NeighbourOptions): Promise<void> {
    return this.#change("RTM_NEWNEIGH", VERB.ADD, link, address, attrs, options);
  }

  /**
   * Adds an entry beside those of the same address: of a VXLAN's forwarding database (`header: { family: AF.BRIDGE, flags: NTF.SELF }`)
   * one more `dst` that frames are copied to.
   * @param link on which
   * @param address its hardware address
   * @param attrs `dst`, `port`, `vni`
   * @param options `header`: state, flags, family
   * @throws KernelError; not for one that is there already
   */
  append(link: LinkRef, address: string, attrs: NeighbourAttrs = {}, options?: NeighbourOptions): Promise<void> {
    return this.#change("RTM_NEWNEIGH", VERB.APPEND, link, address, attrs, options);
  }

  /**
   * Adds a neighbour, or changes the one with that address.
   * @param link on which
   * @param address its IP address; for AF.BRIDGE its hardware address
   * @param attrs `lladdr`
   * @param options `header`: state, flags, family
   * @throws KernelError
   */
  replace(link: LinkRef, address: string, attrs: NeighbourAttrs = {}, options?: NeighbourOptions): Promise<void> {
    return this.#change("RTM_NEWNEIGH", VERB.REPLACE, link, address, attrs, options);
  }

  /**
   * Deletes a neighbour.
   * @param link on which
   * @param address its IP address; for AF.BRIDGE its hardware address
   * @param attrs what tells it from others: `vlan`
   * @param options `header`: flags, family
   * @throws KernelError ENOENT
   */
  delete(link: LinkRef, address: string, attrs: NeighbourAttrs = {}, options?: NeighbourOptions): Promise<void> {
    return this.#change("RTM_DELNEIGH", VERB.DELETE, link, address, attrs, options);
  }

  async #change(
    name: "RTM_NEWNEIGH" | "RTM_DELNEIGH",
    flags: number,
    link: LinkRef,
    address: string,
    attrs: NeighbourAttrs,
    options: NeighbourOptions = {},
  ): Promise<void> {
    const { header, ...how } = options;
    const ifindex = await this.#links.index(link, how);
    const family = header?.family ?? familyOf(address);
    const state = name === "RTM_NEWNEIGH" ? { state: NUD.PERMANENT } : {};
    const key: NeighbourAttrs = family === AF.BRIDGE ? { lladdr: address } : { dst: address };
    const request: AnyInput<RouteMessageType> = {
      name,
      flags,
      header: { family, ifindex, ...state, ...header },
      attrs: { ...key, ...attrs },
    };
    await this.#connection.request(request, how);
  }
}
