// Tracked flows of one network namespace: list, watch, delete. The kernel filters, but for IPv6 addresses.
import { AF } from "../attrs/families.ts";
import { IPS } from "../attrs/netfilter/conntrack/flow.ts";
import { type ConntrackMessageType, conntrack } from "../attrs/netfilter/conntrack/messages.ts";
import { NFNLGRP } from "../attrs/netfilter/nfnetlink.ts";
import type { AnyMessage, Named } from "../codec/message.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import { KernelError } from "../socket/errors.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";
import type { Subscription, SubscriptionOptions } from "../socket/subscription.ts";
import type { EventSocketOptions } from "../socket/transport.ts";
import { asAsked, readingAlso } from "./answers.ts";
import { type FlowFilter, filterAttrs, isMeant } from "./flow-filter.ts";

/** A flow, as listed. */
export type Flow = Extract<AnyMessage<ConntrackMessageType>, Named<"IPCTNL_MSG_CT_NEW">>;

/**
 * Connection tracking of one network namespace.
 * @example
 * await using flows = await Conntrack.open({ netns: "host" });
 * await flows.delete({ orig: { dst: "172.17.0.2", protocol: "udp" } });
 */
export class Conntrack implements AsyncDisposable {
  /** Requests of your own making. */
  readonly connection: Connection<ConntrackMessageType>;
  /** @param connection over which to talk; closed with this */
  constructor(connection: Connection<ConntrackMessageType>) {
    this.connection = connection;
  }

  /**
   * Opens a socket.
   * @param options namespace, timeout
   * @throws SystemError
   */
  static async open(options: ConnectionOptions & Omit<SocketOptions, "protocol"> = {}): Promise<Conntrack> {
    return new Conntrack(Connection.open(conntrack, options));
  }

  /**
   * Lists flows; the kernel filters, so nothing else is received. (By IPv6 addresses it cannot: then all of IPv6 is.)
   * @param filter which; none: all
   * @param options timeout, signal
   * @throws KernelError; EncodeError, RangeError for a filter that cannot be said
   */
  async list(filter: FlowFilter = {}, options?: RequestOptions): Promise<Flow[]> {
    const { family, attrs } = filterAttrs(filter);
    if (family === AF.UNSPEC && attrs.filter !== undefined) {
      // EOPNOTSUPP for a tuple of no family (Linux 6.18).
      const each = [AF.INET, AF.INET6].map((one) => this.list({ ...filter, family: one }, options));
      return (await Promise.all(each)).flat();
    }
    const request = { name: "IPCTNL_MSG_CT_GET", header: { family }, attrs } as const;
    const { messages } = await this.connection.dump(request, readingAlso(options, LOOKED_AT));
    const found = messages.filter(
      (message): message is Flow => message.name === "IPCTNL_MSG_CT_NEW" && isMeant(filter, message.attrs),
    );
    return asAsked(found, options, LOOKED_AT);
  }

  /**
   * Deletes flows: what comes next of them is a new flow, and meets the present rules. Those that are gone meanwhile do not count.
   * @param filter which
   * @param options timeout, signal
   * @returns how many were deleted
   * @throws KernelError EPERM…
   */
  async delete(filter: FlowFilter, options?: RequestOptions): Promise<number> {
    const { fields: _fields, ...how } = options ?? {};
    return this.deleteFlows(await this.list(filter, how), how);
  }

  /**
   * Deletes flows that were listed; those that are gone meanwhile do not count.
   * @param flows which: with `tupleOrig`, at least
   * @param options timeout, signal
   * @returns how many were deleted
   * @throws KernelError EPERM…; RangeError for one without a tuple: the kernel would take that for all flows
   */
  async deleteFlows(flows: readonly Flow[], options?: RequestOptions): Promise<number> {
    if (flows.some(({ attrs }) => attrs.tupleOrig === undefined))
      throw new RangeError("a flow without tupleOrig: which?");
    const results = await this.connection.batch(
      flows.map(({ header, attrs: { tupleOrig, zone, id } }) => ({
        name: "IPCTNL_MSG_CT_DELETE" as const,
        header: { family: header.family },
        // The id: a new flow of the same tuple is another.
        attrs: { tupleOrig, ...(zone === undefined ? {} : { zone }), id },
      })),
      options,
    );
    const failed = results.find(
      (result): result is PromiseRejectedResult =>
        result.status === "rejected" && !(result.reason instanceof KernelError && result.reason.code === "ENOENT"),
    );
    if (failed !== undefined) throw failed.reason;
    return results.filter(({ status }) => status === "fulfilled").length;
  }

  /**
   * Deletes every flow, with one message, and receives none of them.
   * @param options timeout, signal
   * @throws KernelError EPERM
   */
  async flush(options?: RequestOptions): Promise<void> {
    await this.connection.request({ name: "IPCTNL_MSG_CT_DELETE" }, options);
  }

  /**
   * Listens to flows that begin, change and end. An update is "new" too: its `message.flags` lack NLM_F_CREATE.
   * @param options signal, buffer, all namespaces
   * @throws SystemError EPERM
   */
  subscribe(
    options: SubscriptionOptions & Omit<EventSocketOptions, "groups"> = {},
  ): Subscription<ConntrackMessageType> {
    const groups = [NFNLGRP.CONNTRACK_NEW, NFNLGRP.CONNTRACK_UPDATE, NFNLGRP.CONNTRACK_DESTROY];
    return this.connection.subscribe({ ...options, groups });
  }

  /** Closes the socket; what is pending is rejected. */
  close(): void {
    this.connection.close();
  }

  /** `await using flows = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

/** What our own filter looks at. */
const LOOKED_AT = ["tupleOrig", "tupleReply"];

/** Has the flow been answered? */
export const isAnswered = ({ attrs }: Flow): boolean => ((attrs.status ?? 0) & IPS.SEEN_REPLY) !== 0;
