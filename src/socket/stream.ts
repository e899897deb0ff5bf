// A dump, read a datagram at a time: what is not read is not received, and what is not received the kernel has not made yet.
import type { AnyMessage } from "../codec/message.ts";
import type { MessageType } from "../codec/registry.ts";
import type { Answer, Exchange, Outcome } from "./exchange.ts";
import { Turns } from "./turns.ts";

type Batch<M extends MessageType> = AnyMessage<M>[];
interface Waiting<M extends MessageType> {
  resolve(result: IteratorResult<Batch<M>, undefined>): void;
  reject(error: unknown): void;
}

/** What a stream asks of its connection. */
export interface StreamHost<M extends MessageType> {
  /** Somebody reads again. */
  wake(): void;
  /** Nobody will read any more. */
  abandon(exchange: Exchange<M>): void;
  /** Waits for one `next` only so long. */
  limit(exchange: Exchange<M>): () => void;
  /** Its reader's. */
  readonly signal: AbortSignal | undefined;
}

/** The consumer's side of a dump. */
export class DumpStream<M extends MessageType> implements AsyncIterableIterator<Batch<M>, undefined>, Outcome<M> {
  readonly #host: StreamHost<M>;
  readonly #batches: Batch<M>[] = [];
  readonly #turns = new Turns();
  #waiting: Waiting<M> | undefined;
  #ended: { readonly error?: unknown } | undefined;
  #release: (() => void) | undefined;
  /** Set by the connection, which makes both. */
  exchange!: Exchange<M>;
  constructor(host: StreamHost<M>) {
    this.#host = host;
  }

  readonly batch = (messages: Batch<M>): void => {
    const waiting = this.#stopWaiting();
    if (waiting === undefined) this.#batches.push(messages);
    else waiting.resolve({ done: false, value: messages });
  };

  resolve(_answer: Answer<M>): void {
    this.#ended = {};
    this.#stopWaiting()?.resolve({ done: true, value: undefined });
  }

  reject(error: unknown): void {
    const waiting = this.#stopWaiting();
    // Told once: what comes after a failure is the end.
    this.#ended = waiting === undefined ? { error } : {};
    waiting?.reject(error);
  }

  #stopWaiting(): Waiting<M> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.exchange.hungry = false;
    this.#release?.();
    this.#release = undefined;
    return waiting;
  }

  /** The messages of the next datagram. One call at a time. */
  next(): Promise<IteratorResult<Batch<M>, undefined>> {
    const pause = this.#turns.pause();
    return pause === undefined ? this.#next() : pause.then(() => this.#next());
  }

  #next(): Promise<IteratorResult<Batch<M>, undefined>> {
    // Also while there is always something to read.
    if (this.#host.signal?.aborted === true && this.#ended === undefined) {
      void this.return();
      return Promise.reject(this.#host.signal.reason);
    }
    const value = this.#batches.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    const ended = this.#ended;
    if (ended !== undefined) {
      this.#ended = {};
      return "error" in ended ? Promise.reject(ended.error) : Promise.resolve({ done: true, value: undefined });
    }
    if (this.#waiting !== undefined) {
      return Promise.reject(new TypeError("next() was called before the last one was settled"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.exchange.hungry = true;
      this.#host.wake();
      if (this.#waiting !== undefined) this.#release = this.#host.limit(this.exchange);
    });
  }

  /** Ends it early: what the kernel has left is dropped. */
  return(): Promise<IteratorResult<Batch<M>, undefined>> {
    this.#batches.length = 0;
    this.#stopWaiting()?.resolve({ done: true, value: undefined });
    this.#host.abandon(this.exchange);
    this.#ended = {};
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
