// What a connection answered, as the one sort of message that was asked for.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { AnyMessage, Named } from "../codec/message.ts";
import type { RequestOptions } from "../socket/requester.ts";

type RouteMessage = AnyMessage<RouteMessageType>;
/** The messages of that name. */
export type NamedMessage<N extends string> = Extract<RouteMessage, Named<N>>;

const OBJECT: RequestOptions = { ack: false };
/**
 * How one thing is asked for that the kernel answers with an object: no ack is wanted behind it.
 * @param options the caller's
 */
export const asking = (options: RequestOptions | undefined): RequestOptions =>
  options === undefined ? OBJECT : { ...options, ack: false };

/**
 * The messages of one name; a dump's end and an ack are none.
 * @param messages an answer, which is used up: the list is the same one, since it may be long
 * @param name "RTM_NEWLINK"
 * @param holds which of them; default: all
 */
export const allOf = <N extends string>(
  messages: RouteMessage[],
  name: N,
  holds?: (message: NamedMessage<N>) => boolean,
): NamedMessage<N>[] => {
  let count = 0;
  for (const message of messages) {
    if (message.name !== name) continue;
    if (holds === undefined || holds(message as NamedMessage<N>)) messages[count++] = message;
  }
  messages.length = count;
  return messages as NamedMessage<N>[];
};

/**
 * The message of that name, where there must be one.
 * @param messages the answer to a GET
 * @param name "RTM_NEWLINK"
 * @throws TypeError for an answer without one
 */
export const oneOf = <N extends string>(messages: readonly RouteMessage[], name: N): NamedMessage<N> => {
  for (const message of messages) if (message.name === name) return message as NamedMessage<N>;
  throw new TypeError(`a request was answered without ${name}`);
};
