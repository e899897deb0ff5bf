// Traffic control: disciplines, classes and filters of links. What `tc qdisc`, `tc class` and `tc filter` do.
import { AF } from "../attrs/families.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { type TcHandle, tcHandle } from "../attrs/route/tc/handle.ts";
import { TC_H, type TcAttrs, type TcHeader } from "../attrs/route/tc/tc.ts";
import { NLM_F } from "../codec/control.ts";
import type { AnyInput, AnyMessage } from "../codec/message.ts";
import type { Connection } from "../socket/connection.ts";
import { HOST_ORDER } from "../socket/libc.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { allOf, type NamedMessage, oneOf } from "./answers.ts";
import type { LinkRef } from "./link-ref.ts";
import type { Links } from "./links.ts";
import { VERB } from "./verb.ts";

/** A discipline as the kernel lists it: `header` is its tcmsg, `attrs` its TCA_*. */
export type Qdisc = NamedMessage<"RTM_NEWQDISC">;
/** A class of a discipline. */
export type TrafficClass = NamedMessage<"RTM_NEWTCLASS">;
/** A filter. */
export type TrafficFilter = NamedMessage<"RTM_NEWTFILTER">;

/** Which of them, and where they hang. */
export interface TcOptions extends RequestOptions {
  /** Below what: "root", "1:", "1:1". Default: "root"; of `ingress` and `clsact` the one place that they have. */
  readonly parent?: TcHandle | undefined;
  /** Its own handle. Default: the kernel takes a free one. */
  readonly handle?: TcHandle | undefined;
}
/** The same of a filter. */
export interface TcFilterOptions extends TcOptions {
  /** The lowest is asked first; 0: the kernel takes one. */
  readonly priority?: number | undefined;
  /** EtherType of the packets that it looks at, 0x0800. Default: of a new one ETH_P_ALL, 0x0003; else whatever it is. */
  readonly protocol?: number | undefined;
}

/** Which of them to list. */
export interface TcFilter {
  /** Of this link. */
  readonly link: LinkRef;
  /** Only those below. */
  readonly parent?: TcHandle | undefined;
}

/** Where a discipline, and no other, can be. */
const FIXED: Readonly<Record<string, Partial<TcHeader>>> = {
  ingress: { parent: TC_H.INGRESS, handle: 0xffff0000 },
  clsact: { parent: TC_H.INGRESS, handle: 0xffff0000 },
};
/** Filters have another word for the root: none. By TC_H_ROOT the kernel would look for the discipline ffff:, that of ingress. */
const parentOf = (sort: Sort, parent: TcHandle): number =>
  sort === "TFILTER" && parent === "root" ? TC_H.UNSPEC : tcHandle(parent);
const placeOf = (sort: Sort, { parent, handle }: TcOptions, kind: string | undefined): Partial<TcHeader> => {
  const fixed = kind !== undefined && Object.hasOwn(FIXED, kind) ? FIXED[kind] : undefined;
  const place: Partial<TcHeader> = { parent: parentOf(sort, "root"), ...fixed };
  if (parent !== undefined) place.parent = parentOf(sort, parent);
  if (handle !== undefined) place.handle = tcHandle(handle);
  return place;
};

const ETH_P_ALL = 3;
/** TC_H_MAKE(priority << 16, htons(protocol)). What makes none has to say no protocol to find those of any. */
const infoOf = (verb: number, { priority = 0, protocol }: TcFilterOptions): number => {
  const { CREATE } = NLM_F;
  const type = protocol ?? ((verb & CREATE) === CREATE ? ETH_P_ALL : 0);
  const swapped = HOST_ORDER === "little" ? ((type & 0xff) << 8) | (type >> 8) : type;
  return priority * 0x10000 + swapped;
};

/** RTM_NEW*, RTM_DEL* and RTM_GET* of one sort. */
type Sort = "QDISC" | "TCLASS" | "TFILTER";

/** What the verbs of all three share. */
class TcTable<T extends Qdisc | TrafficClass | TrafficFilter, O extends TcOptions> {
  readonly #connection: Connection<RouteMessageType>;
  readonly #links: Links;
  readonly #sort: Sort;
  /**
   * @param connection over which to talk
   * @param links who finds a link by its name
   * @param sort in the names of its messages
   */
  constructor(connection: Connection<RouteMessageType>, links: Links, sort: Sort) {
    this.#connection = connection;
    this.#links = links;
    this.#sort = sort;
  }

  /**
   * Makes one.
   * @param link whose
   * @param attrs `kind`, and what it has of its own: `{ kind: "fq_codel", options: { fq_codel: { limit: 100 } } }`
   * @param options where it hangs, its handle
   * @returns it, with the handle that the kernel gave it
   * @throws KernelError EEXIST, ENOENT for a kind or a parent that is not there, EINVAL with the reason
   */
  add(link: LinkRef, attrs: TcAttrs, options?: O): Promise<T> {
    return this.#make(VERB.ADD, link, attrs, options);
  }

  /**
   * Makes one, in the place of what is there.
   * @param link whose
   * @param attrs as for `add`
   * @param options as for `add`
   * @returns it
   * @throws KernelError
   */
  replace(link: LinkRef, attrs: TcAttrs, options?: O): Promise<T> {
    // A class or a filter is changed by CREATE alone; a discipline of another kind takes REPLACE.
    return this.#make(this.#sort === "QDISC" ? VERB.REPLACE : NLM_F.CREATE, link, attrs, options);
  }

  /**
   * Changes what is there, and stays of the same kind.
   * @param link whose
   * @param attrs as for `add`; what is not said stays, as far as the kind has it so
   * @param options which
   * @returns it
   * @throws KernelError ENOENT (of filters EINVAL) for what is not there, EOPNOTSUPP for kinds that cannot be changed
   */
  change(link: LinkRef, attrs: TcAttrs, options?: O): Promise<T> {
    return this.#make(0, link, attrs, options);
  }

  /**
   * Deletes it, and all that hangs below.
   * @param link whose
   * @param attrs `kind`: of `ingress` and `clsact`, which have a place of their own; of filters only beside `priority`
   * @param options which
   * @throws KernelError ENOENT
   */
  async delete(link: LinkRef, attrs: TcAttrs = {}, options?: O): Promise<void> {
    await this.#ask(`RTM_DEL${this.#sort}`, VERB.DELETE, link, attrs, options);
  }

  /** The dump of one link or of all. */
  protected async dumpOf(link: LinkRef | undefined, parent: number, how?: RequestOptions): Promise<T[]> {
    const ifindex = link === undefined ? 0 : await this.#links.index(link, how);
    const header = { family: AF.UNSPEC, ifindex, parent };
    const { messages } = await this.#connection.dump({ name: `RTM_GET${this.#sort}`, header }, how);
    return allOf(
      messages,
      `RTM_NEW${this.#sort}`,
      (one) => ifindex === 0 || one.header.ifindex === ifindex,
    ) as readonly NamedMessage<`RTM_NEW${Sort}`>[] as T[];
  }

  async #make(verb: number, link: LinkRef, attrs: TcAttrs, options?: O): Promise<T> {
    const messages = await this.#ask(`RTM_NEW${this.#sort}`, verb | NLM_F.ECHO, link, attrs, options);
    return oneOf(messages, `RTM_NEW${this.#sort}`) as T;
  }

  async #ask(
    name: `RTM_NEW${Sort}` | `RTM_DEL${Sort}`,
    flags: number,
    link: LinkRef,
    attrs: TcAttrs,
    options: TcFilterOptions = {},
  ): Promise<AnyMessage<RouteMessageType>[]> {
    const ifindex = await this.#links.index(link, options);
    const place = placeOf(this.#sort, options, attrs.kind);
    const info = this.#sort === "TFILTER" ? { info: infoOf(flags, options) } : {};
    const request: AnyInput<RouteMessageType> = { name, flags, header: { ifindex, ...place, ...info }, attrs };
    const { messages } = await this.#connection.request(request, options);
    return messages;
  }
}

/** RTM_*QDISC, by name. */
export class Qdiscs extends TcTable<Qdisc, TcOptions> {
  /**
   * @param connection over which to talk
   * @param links who finds a link by its name
   */
  constructor(connection: Connection<RouteMessageType>, links: Links) {
    super(connection, links, "QDISC");
  }

  /**
   * Lists disciplines, `noqueue` among them; their counters are in `attrs.stats2`.
   * @param filter which: of one link; default: of all
   * @param options timeout, signal
   */
  list(filter: Partial<Pick<TcFilter, "link">> = {}, options?: RequestOptions): Promise<Qdisc[]> {
    return this.dumpOf(filter.link, TC_H.UNSPEC, options);
  }
}

/** RTM_*TCLASS, by name. */
export class TrafficClasses extends TcTable<TrafficClass, TcOptions> {
  /**
   * @param connection over which to talk
   * @param links who finds a link by its name
   */
  constructor(connection: Connection<RouteMessageType>, links: Links) {
    super(connection, links, "TCLASS");
  }

  /**
   * Lists the classes of a link: the kernel has no list of all.
   * @param filter whose; `parent`: those right below a class, "1:1", or all of a discipline, "1:"
   * @param options timeout, signal
   */
  async list({ link, parent }: TcFilter, options?: RequestOptions): Promise<TrafficClass[]> {
    const above = parent === undefined ? TC_H.UNSPEC : tcHandle(parent);
    const all = await this.dumpOf(link, TC_H.UNSPEC, options);
    if (above === TC_H.UNSPEC) return all;
    // Of a class at the top the kernel says that it is at the root, whatever discipline it is of.
    const major = above >>> 16;
    return (above & 0xffff) === 0
      ? all.filter(({ header }) => header.handle >>> 16 === major)
      : all.filter(({ header }) => header.parent === above);
  }
}

/** RTM_*TFILTER, by name. */
export class TrafficFilters extends TcTable<TrafficFilter, TcFilterOptions> {
  /**
   * @param connection over which to talk
   * @param links who finds a link by its name
   */
  constructor(connection: Connection<RouteMessageType>, links: Links) {
    super(connection, links, "TFILTER");
  }

  /**
   * Lists the filters of one discipline or class: the kernel has no list of all.
   * @param filter whose; `parent`: where they hang, "1:", "ffff:" of ingress, "ffff:fff2" of clsact. Default: the discipline at the root
   * @param options timeout, signal
   */
  list({ link, parent = "root" }: TcFilter, options?: RequestOptions): Promise<TrafficFilter[]> {
    return this.dumpOf(link, parentOf("TFILTER", parent), options);
  }
}
