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
 * How to ask when a filter of ours looks at attributes that the caller's `fields` may leave out.
 * @param options the caller's
 * @param needs what the filter looks at
 */
export const readingAlso = <O extends RequestOptions>(
  options: O | undefined,
  needs: readonly string[],
): O | undefined =>
  options?.fields === undefined || needs.length === 0 ? options : { ...options, fields: [...options.fields, ...needs] };

/**
 * Takes off again what only a filter needed.
 * @param messages what passed it; changed in place
 * @param options the caller's
 * @param needs what the filter looked at
 */
export const asAsked = <T extends { attrs: object }>(
  messages: T[],
  options: RequestOptions | undefined,
  needs: readonly string[],
): T[] => {
  const { fields } = options ?? {};
  const extra = fields === undefined ? [] : needs.filter((name) => !fields.includes(name));
  if (extra.length > 0) for (const message of messages) message.attrs = without(message.attrs, extra);
  return messages;
};

/** A copy: objects of which something was deleted are slow, and lists are long. */
const without = (attrs: object, names: readonly string[]): object => {
  const left: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attrs)) if (!names.includes(name)) left[name] = value;
  return left;
};

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
