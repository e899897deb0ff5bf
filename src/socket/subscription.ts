// What the kernel tells unasked, as changes.
import { type Reader, readerOf } from "../codec/bytes.ts";
import { type AnyMessage, decodeInto } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { HOST_ORDER } from "./libc.ts";
import { type Heard, Listener, type ListenerOptions, type Overrun, type ReadEvents } from "./listener.ts";
import { type Observer, observing } from "./observe.ts";
import type { EventTransport } from "./transport.ts";

/** Something has come into being or changed ("new"), or is gone ("del"). */
export interface Change<M extends MessageType> {
  /** What happened: by the message's name, …_DEL… is "del". */
  readonly action: "new" | "del";
  /** What it happened to, as the codec gives it. */
  readonly message: AnyMessage<M>;
  /** The namespace that it happened in, by its id in ours; absent: ours. Only with `allNamespaces`. */
  readonly nsid?: number | undefined;
}
/** What a subscription gives. */
export type EventItem<M extends MessageType> = Change<M> | Overrun;

/** How to listen. */
export interface SubscriptionOptions extends ListenerOptions {}

/** What `next` gives: an item, or the end. */
export type EventResult<M extends MessageType> = Heard<Change<M>>;

/** Names that were looked at: an event says one of a few. */
const deletions = new Map<string, boolean>();
const isDeletion = (name: string | undefined): boolean => {
  if (name === undefined) return false;
  let is = deletions.get(name);
  if (is === undefined) {
    is = name.includes("_DEL");
    deletions.set(name, is);
  }
  return is;
};

/** Decodes by one reader as long as the buffer stays the same: events are short, and making a reader is not free. */
const changesIn = <M extends MessageType>(types: Registry<M>, observer: Observer): ReadEvents<Change<M>> => {
  let reader: Reader | undefined;
  let last: Uint8Array | undefined;
  return (buffer, length, nsid) => {
    observer.event(buffer, length);
    if (reader === undefined || buffer !== last) {
      reader = readerOf(buffer, { byteOrder: HOST_ORDER }, types.extensions);
      last = buffer;
    }
    return decodeInto(types, reader, 0, length, []).map((message): Change<M> => {
      const action = isDeletion(message.name) ? "del" : "new";
      return nsid === undefined ? { action, message } : { action, message, nsid };
    });
  };
};

/**
 * Events, one at a time. Somebody who awaits the next keeps the process alive.
 * @example
 * for await (const { action, message } of connection.subscribe({ groups: [RTNLGRP.LINK] })) …
 */
export class Subscription<M extends MessageType> extends Listener<Change<M>> {
  readonly #observer: Observer;
  /**
   * @param transport its datagrams; closed with the subscription
   * @param types the messages that it knows
   * @param options signal
   */
  constructor(transport: EventTransport, types: Registry<M>, options: SubscriptionOptions = {}) {
    const observer = observing(types, transport.portId);
    super(transport, changesIn(types, observer), options);
    this.#observer = observer;
  }

  /** Published, as a connection's own. */
  protected override overran(): void {
    this.#observer.overrun();
  }
}
