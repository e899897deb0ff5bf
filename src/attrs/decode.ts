// What most programs call: the codec, with the registry of a protocol.
import type { ReadOptions, WriteOptions } from "../codec/bytes.ts";
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { type AnyInput, type AnyMessage, decodeWith, encodeAllWith, encodeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { plain } from "../codec/text.ts";
import { NETLINK, registryOf } from "./protocols.ts";
import { type RouteMessageType, route } from "./route/messages.ts";

/** Whatever a datagram of NETLINK_ROUTE can hold. */
export type Message = AnyMessage<RouteMessageType>;
/** What `encodeMessage` takes: what decoding gave, edited or not, or what you write yourself. */
export type MessageInput = AnyInput<RouteMessageType>;

/** Which messages there are. */
export interface TypesOptions<M extends MessageType = RouteMessageType> {
  /** The netlink protocol, by number or name. Default: NETLINK_ROUTE. */
  readonly protocol?: number | string | undefined;
  /** A registry of your own; `protocol` does not count then. */
  readonly types?: Registry<M> | undefined;
}
/** How `decodeMessages` reads. */
export interface DecodeOptions<M extends MessageType = RouteMessageType> extends ReadOptions, TypesOptions<M> {}
/** How `encodeMessage` writes. */
export interface EncodeOptions<M extends MessageType = RouteMessageType> extends WriteOptions, TypesOptions<M> {}

const typesOf = <M extends MessageType>({ types, protocol }: TypesOptions<M>): Registry<M> => {
  const found = types ?? (protocol === undefined ? route : registryOf(protocol));
  if (found !== undefined) return found as Registry<M>;
  const names = Object.keys(NETLINK).map((name) => `NETLINK_${name}`);
  throw new RangeError(`"${plain(String(protocol))}" is no netlink protocol: ${names.join(", ")}`);
};

/**
 * Decodes a datagram. What is malformed or unknown stays in the result as bytes.
 * @param bytes one or several messages, one behind the other
 * @param options protocol or registry; byte order; lossless; strict
 * @throws DecodeError only with `strict`
 * @throws RangeError when `protocol` is none
 */
export const decodeMessages = <M extends MessageType = RouteMessageType>(
  bytes: Uint8Array,
  options: DecodeOptions<M> = {},
): AnyMessage<M>[] => decodeWith(typesOf(options), bytes, options);

/**
 * Encodes one message; nlmsg_len is filled in.
 * @param message what to say
 * @param options protocol or registry; byte order; which nests are flagged and which strings end in NUL
 * @throws EncodeError with the path of the value that cannot be said
 * @throws RangeError when `protocol` is none
 */
export const encodeMessage = <M extends MessageType = RouteMessageType>(
  message: AnyInput<M>,
  options: EncodeOptions<M> = {},
): Uint8Array => encodeWith(typesOf(options), message, options);

/**
 * Encodes several messages into one datagram, each beginning at a multiple of four.
 * @param messages what to say
 * @param options as for `encodeMessage`
 * @throws EncodeError with the path of the value that cannot be said
 * @throws RangeError when `protocol` is none
 */
export const encodeMessages = <M extends MessageType = RouteMessageType>(
  messages: readonly AnyInput<M>[],
  options: EncodeOptions<M> = {},
): Uint8Array => encodeAllWith(typesOf(options), messages, options);

/**
 * Every byte of a datagram, named: one field a message, its children in wire order.
 * @param bytes one or several messages
 * @param options protocol or registry; byte order
 * @throws RangeError when `protocol` is none
 */
export const explain = <M extends MessageType = RouteMessageType>(
  bytes: Uint8Array,
  options: DecodeOptions<M> = {},
): Field[] => explainWith(typesOf(options), bytes, options);
