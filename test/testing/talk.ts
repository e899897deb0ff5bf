// A socket, spoken to without a connection: datagram by datagram.
import {
  type AnyMessage,
  decodeMessages,
  encodeMessage,
  type MessageInput,
  type RouteMessageType,
} from "../../src/index.ts";
import { SystemError } from "../../src/socket/errors.ts";
import type { Transport } from "../../src/socket/transport.ts";

/** What a receive gave: the messages of a datagram, or the name of an errno. */
export type Heard = AnyMessage<RouteMessageType>[] | string;

const buffer = new Uint8Array(256 * 1024);

/** One datagram; undefined: there is none. */
export const hear = (transport: Pick<Transport, "receive">): Heard | undefined => {
  try {
    const length = transport.receive(buffer);
    return length === undefined ? undefined : decodeMessages(buffer.subarray(0, length));
  } catch (error) {
    if (error instanceof SystemError) return error.code;
    throw error;
  }
};

/** All that is there. */
export const hearAll = (transport: Pick<Transport, "receive">): Heard[] => {
  const all: Heard[] = [];
  for (let heard = hear(transport); heard !== undefined; heard = hear(transport)) all.push(heard);
  return all;
};

let seq = 0;
/** Sends a message with a number of its own, which it returns. */
export const say = (transport: Transport, message: MessageInput): number => {
  transport.send(encodeMessage({ ...message, seq: ++seq } as MessageInput));
  return seq;
};
