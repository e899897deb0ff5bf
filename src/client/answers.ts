// What a connection answered, as the one sort of message that was asked for.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { AnyMessage, Named } from "../codec/message.ts";

type RouteMessage = AnyMessage<RouteMessageType>;
/** The messages of that name. */
export type NamedMessage<N extends string> = Extract<RouteMessage, Named<N>>;

/**
 * The messages of one name; a dump's end and an ack are none.
 * @param messages an answer
 * @param name "RTM_NEWLINK"
 */
export const allOf = <N extends string>(messages: readonly RouteMessage[], name: N): NamedMessage<N>[] =>
  messages.filter((message): message is NamedMessage<N> => message.name === name);

/**
 * The message of that name, where there must be one.
 * @param messages the answer to a GET
 * @param name "RTM_NEWLINK"
 * @throws TypeError for an answer without one
 */
export const oneOf = <N extends string>(messages: readonly RouteMessage[], name: N): NamedMessage<N> => {
  const [found] = allOf(messages, name);
  if (found === undefined) throw new TypeError(`a request was answered without ${name}`);
  return found;
};
