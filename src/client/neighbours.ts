// Neighbours: list, get, add, replace, delete. ARP and ND entries; with family AF.BRIDGE the forwarding database.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { type NeighbourAttrs, type NeighbourHeader, NUD } from "../attrs/route/neighbour.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput, AnyMessage, Named } from "../codec/message.ts";
import type { Connection, RequestOptions } from "../socket/connection.ts";
import type { LinkRef, Links } from "./links.ts";
import { familyOf } from "./prefix.ts";

/** A neighbour as the kernel lists it: `header` is its ndmsg, `attrs` its NDA_*. */
export type Neighbour = Extract<AnyMessage<RouteMessageType>, Named<"RTM_NEWNEIGH">>;

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
    return messages.filter(
      (message): message is Neighbour =>
        message.name === "RTM_NEWNEIGH" &&
        (ifindex === undefined || message.header.ifindex === ifindex) &&
        (family === 0 || message.header.family === family),
    );
  }

  /**
   * One neighbour.
   * @param link on which
   * @param address its address
   * @param options `header`: `{ flags: NTF.PROXY }`
   * @throws KernelError ENOENT
   */
  async get(link: LinkRef, address: string, options: NeighbourOptions = {}): Promise<Neighbour> {
    const { header, ...how } = options;
    const ifindex = await this.#links.index(link, how);
    const request: AnyInput<RouteMessageType> = {
      name: "RTM_GETNEIGH",
      header: { family: familyOf(address), ifindex, ...header },
      attrs: { dst: address },
    };
    const { messages } = await this.#connection.request(request, how);
    const found = messages.find((message): message is Neighbour => message.name === "RTM_NEWNEIGH");
    if (found === undefined) throw new TypeError("RTM_GETNEIGH was answered without a neighbour");
    return found;
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
    return this.#change("RTM_NEWNEIGH", NLM_F.CREATE | NLM_F.EXCL, link, address, attrs, options);
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
    return this.#change("RTM_NEWNEIGH", NLM_F.CREATE | NLM_F.REPLACE, link, address, attrs, options);
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
    return this.#change("RTM_DELNEIGH", 0, link, address, attrs, options);
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
