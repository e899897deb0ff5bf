// What parsers of formats without facts of their own give: a datagram of the protocol that the user named.
import { byteOrderOf } from "./byte-order.ts";
import type { Collector } from "./collector.ts";
import { uncooked } from "./cooked.ts";
import type { Captured, CaptureOptions } from "./datagram.ts";

/** What a format may know beside the bytes. */
export type Facts = Partial<Omit<Captured, "bytes">>;

/**
 * A datagram, with what the options say where the format is silent.
 * @param bytes the datagram
 * @param options protocol and byte order
 * @param facts what the format says
 */
export const found = (bytes: Uint8Array, options: CaptureOptions, facts: Facts = {}): Captured => ({
  direction: undefined,
  ...facts,
  protocol: facts.protocol ?? options.protocol ?? "NETLINK_ROUTE",
  byteOrder: options.byteOrder ?? byteOrderOf(bytes, facts.byteOrder),
  bytes,
});

/**
 * What a collector holds, as a datagram.
 * @param collector taken from
 * @param options protocol and byte order
 * @param facts what the format says
 */
export const collected = (collector: Collector, options: CaptureOptions, facts: Facts = {}): Captured => {
  const { bytes, ...cut } = collector.take();
  return uncooked(found(bytes, options, { ...facts, ...cut }), options);
};

/** Characters of a comment that are looked at. */
export const ABOUT_LENGTH = 64;

/**
 * What `emit` writes into the comment before a datagram: "> NETLINK_NETFILTER …".
 * @param comment its text, without what makes it one
 */
export const factsOf = (comment: string): Facts => {
  const [, sign, protocol] = /^\s*([<>]) (NETLINK_[A-Z\d_]+)(?=\s|$)/.exec(comment) ?? [];
  return protocol === undefined ? {} : { direction: sign as ">" | "<", protocol };
};
