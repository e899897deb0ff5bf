// What the kernel tells unasked: an async iterable of changes. Not reading it lets the kernel's buffer run over, and then it says so.
import { type Reader, readerOf } from "../codec/bytes.ts";
import { type AnyMessage, decodeInto } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { onAbort } from "./abort.ts";
import { SystemError } from "./errors.ts";
import { ENOBUFS, HOST_ORDER } from "./libc.ts";
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
/** Changes were lost, nobody knows which: what was learned so far may be wrong. Dump again. */
export interface Overrun {
  /** What tells it from a change. */
  readonly action: "overrun";
}
/** What a subscription gives. */
export type EventItem<M extends MessageType> = Change<M> | Overrun;

/** Counts since the subscription was made. */
export interface EventCounters {
  /** Datagrams from the kernel. */
  readonly received: number;
  /** Datagrams that somebody else sent to this socket: dropped. */
  readonly forged: number;
  /** How often events were lost. */
  readonly overruns: number;
}

/** How to listen. */
export interface SubscriptionOptions {
  /** Ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What `next` gives: an item, or the end. */
export type EventResult<M extends MessageType> = IteratorResult<EventItem<M>, undefined>;
interface Waiting<M extends MessageType> {
  resolve(result: EventResult<M>): void;
  reject(error: unknown): void;
}

const RECEIVE = 256 * 1024;
/** Datagrams taken before other work gets its turn. */
const DRAIN = 8;

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

const OVERRUN: Overrun = { action: "overrun" };
const ENDED = { done: true, value: undefined } as const;

/**
 * Events, one at a time. Somebody who awaits the next keeps the process alive.
 * @example
 * for await (const { action, message } of connection.subscribe({ groups: [RTNLGRP.LINK] })) …
 */
export class Subscription<M extends MessageType>
  implements AsyncIterableIterator<EventItem<M>, undefined>, AsyncDisposable
{
  readonly #transport: EventTransport;
  readonly #types: Registry<M>;
  readonly #counters = { received: 0, forged: 0, overruns: 0 };
  readonly #unlisten: (() => void) | undefined;
  #items: EventItem<M>[] = [];
  /** How many of `#items` have been given. */
  #given = 0;
  #waiting: Waiting<M> | undefined;
  #ended: { readonly error?: unknown } | undefined;
  #buffer: Uint8Array = new Uint8Array(RECEIVE);
  #reader: Reader;

  /**
   * @param transport its datagrams; closed with the subscription
   * @param types the messages that it knows
   * @param options signal
   */
  constructor(transport: EventTransport, types: Registry<M>, { signal }: SubscriptionOptions = {}) {
    this.#transport = transport;
    this.#types = types;
    this.#reader = readerOf(this.#buffer, { byteOrder: HOST_ORDER }, types.extensions);
    const abort = (): void => this.#end({ error: signal?.reason });
    this.#unlisten = signal?.aborted === false ? onAbort(signal, abort) : undefined;
    if (signal?.aborted === true) abort();
  }

  /** nl_pid of the socket. */
  get portId(): number {
    return this.#transport.portId;
  }

  /** What it has seen so far. */
  get counters(): EventCounters {
    return { ...this.#counters };
  }

  /**
   * The next item: one call at a time.
   * @throws SystemError when receiving fails; the signal's reason
   */
  next(): Promise<EventResult<M>> {
    const item = this.#take();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    const ended = this.#ended;
    if (ended !== undefined) {
      this.#ended = {};
      return "error" in ended ? Promise.reject(ended.error) : Promise.resolve(ENDED);
    }
    if (this.#waiting !== undefined) {
      return Promise.reject(new TypeError("next() was called before the last one was settled"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#wait();
    });
  }

  /** An item that is there, or that the socket has. */
  #take(): EventItem<M> | undefined {
    if (this.#given === this.#items.length) this.#receive();
    const item = this.#items[this.#given];
    if (item !== undefined) this.#given++;
    return item;
  }

  /** Takes some datagrams, if there are any. */
  #receive(): void {
    this.#items = [];
    this.#given = 0;
    for (let i = 0; i < DRAIN && this.#ended === undefined; i++) {
      try {
        const length = this.#transport.receive(this.#buffer);
        if (length === undefined) return;
        this.#datagram(length);
      } catch (error) {
        if (error instanceof SystemError && error.errno === ENOBUFS) this.#overrun();
        else this.#end({ error });
      }
    }
  }

  #datagram(length: number): void {
    // Anybody may send to a netlink port: what is not the kernel's is nobody's.
    if (this.#transport.sender !== 0) {
      this.#counters.forged++;
      return;
    }
    this.#counters.received++;
    if (length > this.#buffer.length) {
      this.#buffer = new Uint8Array(length);
      this.#reader = readerOf(this.#buffer, { byteOrder: HOST_ORDER }, this.#types.extensions);
      this.#overrun();
      return;
    }
    const { nsid } = this.#transport;
    for (const message of decodeInto(this.#types, this.#reader, 0, length, [])) {
      const action = isDeletion(message.name) ? "del" : "new";
      this.#items.push(nsid === undefined ? { action, message } : { action, message, nsid });
    }
  }

  /** Once, however often the kernel says it in a row. */
  #overrun(): void {
    this.#counters.overruns++;
    if (this.#items.at(-1) !== OVERRUN) this.#items.push(OVERRUN);
  }

  #wait(): void {
    try {
      this.#transport.wait(this.#wake);
    } catch (error) {
      this.#end({ error });
    }
  }

  /** Runs in koffi's callback, where an exception vanishes: nothing in it throws. */
  readonly #wake = (error?: Error): void => {
    if (error !== undefined) {
      this.#end({ error });
      return;
    }
    const value = this.#take();
    if (value === undefined) {
      // A false alarm, or only forged datagrams.
      if (this.#ended === undefined) this.#wait();
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ done: false, value });
  };

  #end(how: { readonly error?: unknown }): void {
    if (this.#ended !== undefined) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#ended = waiting === undefined ? how : {};
    this.#unlisten?.();
    this.#transport.close();
    if (waiting === undefined) return;
    if ("error" in how) waiting.reject(how.error);
    else waiting.resolve(ENDED);
  }

  /** Stops listening: whoever awaits the next item gets the end. */
  close(): void {
    this.#items = [];
    this.#given = 0;
    this.#end({});
  }

  /** Breaking off a `for await` closes it. */
  return(): Promise<EventResult<M>> {
    this.close();
    return Promise.resolve(ENDED);
  }

  /** `for await` reads it. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** `await using events = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
