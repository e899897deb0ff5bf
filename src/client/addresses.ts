// Addresses of links: list, get, add, replace, delete.
import type { AddressAttrs, AddressHeader } from "../attrs/route/address.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { RT_SCOPE } from "../attrs/route/route-header.ts";
import { canonicalIp } from "../codec/address.ts";
import type { AnyInput } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, asAsked, type NamedMessage, readingAlso } from "./answers.ts";
import type { LinkRef } from "./link-ref.ts";
import type { Links } from "./links.ts";
import { parsePrefix } from "./prefix.ts";
import { VERB } from "./verb.ts";

/** An address as the kernel lists it: `header` is its ifaddrmsg, `attrs` its IFA_*. */
export type Address = NamedMessage<"RTM_NEWADDR">;

/** Which addresses to list. */
export interface AddressFilter {
  /** Only those of this link. */
  readonly link?: LinkRef | undefined;
  /** AF.INET or AF.INET6; default: both. */
  readonly family?: number | undefined;
}
/** What may go with a change. */
export interface AddressOptions extends RequestOptions {
  /** Members of ifaddrmsg: `{ scope: RT_SCOPE.LINK }`. */
  readonly header?: Partial<AddressHeader> | undefined;
}

/** RTM_*ADDR, by name. */
export class Addresses {
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
   * Lists addresses.
   * @param filter which; the kernel filters
   * @param options timeout, signal
   */
  async list(filter: AddressFilter = {}, options?: RequestOptions): Promise<Address[]> {
    const index = filter.link === undefined ? 0 : await this.#links.index(filter.link, options);
    const header = { family: filter.family ?? 0, index };
    const { messages } = await this.#connection.dump({ name: "RTM_GETADDR", header }, options);
    return allOf(
      messages,
      "RTM_NEWADDR",
      (one) =>
        (index === 0 || one.header.index === index) && (header.family === 0 || one.header.family === header.family),
    );
  }

  /**
   * One address of a link. rtnetlink has no such question for IPv4: it is found in the link's list.
   * @param link whose
   * @param address with or without its length
   * @param options timeout, signal
   * @returns undefined when the link has no such address
   */
  async get(link: LinkRef, address: string, options?: RequestOptions): Promise<Address | undefined> {
    const { family, address: text, length } = parsePrefix(address);
    const needs = ["local", "address"];
    const all = await this.list({ link, family }, readingAlso(options, needs));
    const wanted = canonicalIp(text);
    const found = all.find(
      ({ header, attrs }) =>
        (attrs.local ?? attrs.address) === wanted && (!address.includes("/") || header.prefixlen === length),
    );
    return found && asAsked([found], options, needs)[0];
  }

  /**
   * Gives a link an address.
   * @param link whose
   * @param address "192.168.100.1/24"; without "/" all bits are the network
   * @param attrs more: `broadcast`, `label`, `flags: IFA_F.NODAD`, `address` of a point-to-point peer
   * @param options `header`: scope
   * @throws KernelError EEXIST, ENODEV, EADDRNOTAVAIL
   */
  add(link: LinkRef, address: string, attrs?: AddressAttrs, options?: AddressOptions): Promise<void> {
    return this.#change("RTM_NEWADDR", VERB.ADD, link, address, attrs, options);
  }

  /**
   * Gives a link an address, or changes the lifetimes and flags of one that it has.
   * @param link whose
   * @param address "192.168.100.1/24"
   * @param attrs as for `add`
   * @param options `header`: scope
   * @throws KernelError
   */
  replace(link: LinkRef, address: string, attrs?: AddressAttrs, options?: AddressOptions): Promise<void> {
    return this.#change("RTM_NEWADDR", VERB.REPLACE, link, address, attrs, options);
  }

  /**
   * Takes an address from a link.
   * @param link whose
   * @param address with its length
   * @param attrs `label`, if several are the same but for that
   * @param options timeout, signal
   * @throws KernelError EADDRNOTAVAIL
   */
  delete(link: LinkRef, address: string, attrs?: AddressAttrs, options?: AddressOptions): Promise<void> {
    return this.#change("RTM_DELADDR", VERB.DELETE, link, address, attrs, options);
  }

  async #change(
    name: "RTM_NEWADDR" | "RTM_DELADDR",
    flags: number,
    link: LinkRef,
    text: string,
    attrs: AddressAttrs = {},
    options: AddressOptions = {},
  ): Promise<void> {
    const { header, ...how } = options;
    const { family, address, length } = parsePrefix(text);
    const index = await this.#links.index(link, how);
    const request: AnyInput<RouteMessageType> = {
      name,
      flags,
      // As `ip` does it: the kernel refuses 127/8 in any other scope.
      header: {
        family,
        prefixlen: length,
        index,
        ...(/^127\./.test(address) ? { scope: RT_SCOPE.HOST } : {}),
        ...header,
      },
      // IFA_ADDRESS is the other end of a point-to-point link; otherwise the address itself.
      attrs: { local: address, address, ...attrs },
    };
    await this.#connection.request(request, how);
  }
}
