// Tracked flows of one network namespace: list, watch, delete. The kernel filters.
import { AF } from "../attrs/families.ts";
import { type ConntrackAttrs, IPS } from "../attrs/netfilter/conntrack/flow.ts";
import { type ConntrackMessageType, conntrack } from "../attrs/netfilter/conntrack/messages.ts";
import { CTA_FILTER_F } from "../attrs/netfilter/conntrack/parts.ts";
import type { ConntrackIp, ConntrackProto, ConntrackTuple } from "../attrs/netfilter/conntrack/tuple.ts";
import { NFNLGRP } from "../attrs/netfilter/nfnetlink.ts";
import { ipBytes } from "../codec/address.ts";
import type { AnyMessage, Named } from "../codec/message.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import { KernelError } from "../socket/errors.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { RequestOptions } from "../socket/requester.ts";
import type { Subscription, SubscriptionOptions } from "../socket/subscription.ts";
import type { EventSocketOptions } from "../socket/transport.ts";
import { IP_PROTOCOL, type TransportProtocol } from "./nft/values.ts";

/** A flow, as listed. */
export type Flow = Extract<AnyMessage<ConntrackMessageType>, Named<"IPCTNL_MSG_CT_NEW">>;

/** One direction of a flow: what is said must be so. */
export interface FlowEnd {
  /** Source address. */
  readonly src?: string | undefined;
  /** Destination address. */
  readonly dst?: string | undefined;
  /** Transport protocol: ports need it. */
  readonly protocol?: TransportProtocol | undefined;
  /** Source port. */
  readonly sport?: number | undefined;
  /** Destination port. */
  readonly dport?: number | undefined;
}
/** Which flows. All of it must be so. */
export interface FlowFilter {
  /** AF.INET or AF.INET6. Default: that of the addresses; without any, both. */
  readonly family?: number | undefined;
  /** As the flow was begun. */
  readonly orig?: FlowEnd | undefined;
  /** As answers come: behind NAT the two differ. */
  readonly reply?: FlowEnd | undefined;
  /** The mark; `markMask` says which bits count. */
  readonly mark?: number | undefined;
  /** Bits of `mark` that count. Default: all. */
  readonly markMask?: number | undefined;
  /** Bits of IPS that must be set. */
  readonly status?: number | undefined;
  /** The zone. */
  readonly zone?: number | undefined;
}

const F = CTA_FILTER_F;

/** Flags and tuple of one direction. */
const tupleOf = (
  end: FlowEnd,
): { readonly tuple: ConntrackTuple; readonly flags: number; readonly family?: number } => {
  const ip: ConntrackIp = {};
  const proto: ConntrackProto = {};
  let flags = 0;
  let family: number | undefined;
  for (const [side, bit] of [
    ["src", F.CTA_IP_SRC],
    ["dst", F.CTA_IP_DST],
  ] as const) {
    const text = end[side];
    if (text === undefined) continue;
    const { length } = ipBytes(text);
    if (length !== 4 && length !== 16) throw new RangeError(`${JSON.stringify(text)} is no IP address`);
    family = length === 4 ? AF.INET : AF.INET6;
    ip[length === 4 ? (side === "src" ? "v4Src" : "v4Dst") : side === "src" ? "v6Src" : "v6Dst"] = text;
    flags |= bit;
  }
  if (end.protocol !== undefined) {
    proto.num = IP_PROTOCOL[end.protocol];
    flags |= F.CTA_PROTO_NUM;
  } else if (end.sport !== undefined || end.dport !== undefined) {
    throw new RangeError("a port without its protocol says nothing");
  }
  if (end.sport !== undefined) {
    proto.srcPort = end.sport;
    flags |= F.CTA_PROTO_SRC_PORT;
  }
  if (end.dport !== undefined) {
    proto.dstPort = end.dport;
    flags |= F.CTA_PROTO_DST_PORT;
  }
  return { tuple: { ip, proto }, flags, ...(family === undefined ? {} : { family }) };
};

/** A filter as the kernel takes it. */
const attrsOf = (filter: FlowFilter): { readonly family: number; readonly attrs: ConntrackAttrs } => {
  const attrs: ConntrackAttrs = {};
  let family = filter.family;
  const orig = filter.orig && tupleOf(filter.orig);
  const reply = filter.reply && tupleOf(filter.reply);
  if (orig !== undefined) attrs.tupleOrig = orig.tuple;
  if (reply !== undefined) attrs.tupleReply = reply.tuple;
  if (orig !== undefined || reply !== undefined) {
    attrs.filter = { origFlags: orig?.flags ?? 0, replyFlags: reply?.flags ?? 0 };
    family ??= orig?.family ?? reply?.family;
  }
  if (filter.mark !== undefined) {
    attrs.mark = filter.mark;
    attrs.markMask = filter.markMask ?? 0xffffffff;
  }
  if (filter.status !== undefined) {
    attrs.status = filter.status;
    attrs.statusMask = filter.status;
  }
  if (filter.zone !== undefined) attrs.zone = filter.zone;
  return { family: family ?? AF.UNSPEC, attrs };
};

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
   * Lists flows; the kernel filters, so nothing else is received.
   * @param filter which; none: all
   * @param options timeout, signal
   * @throws KernelError; EncodeError, RangeError for a filter that cannot be said
   */
  async list(filter: FlowFilter = {}, options?: RequestOptions): Promise<Flow[]> {
    const { family, attrs } = attrsOf(filter);
    const request = { name: "IPCTNL_MSG_CT_GET", header: { family }, attrs } as const;
    const { messages } = await this.connection.dump(request, options);
    return messages.filter((message): message is Flow => message.name === "IPCTNL_MSG_CT_NEW");
  }

  /**
   * Deletes flows: what comes next of them is a new flow, and meets the present rules. Those that are gone meanwhile do not count.
   * @param filter which
   * @param options timeout, signal
   * @returns how many were deleted
   * @throws KernelError EPERM…
   */
  async delete(filter: FlowFilter, options?: RequestOptions): Promise<number> {
    const flows = await this.list(filter, options);
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

/** Has the flow been answered? */
export const isAnswered = ({ attrs }: Flow): boolean => ((attrs.status ?? 0) & IPS.SEEN_REPLY) !== 0;
