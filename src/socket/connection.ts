// Requests, batches and dumps over any transport, for who waits with promises and for who blocks.
import type { WriteOptions } from "../codec/bytes.ts";
import { NLM_F } from "../codec/control.ts";
import { type AnyInput, type AnyMessage, encodeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { type Parts, parcelsOf } from "./batch.ts";
import type { Counters } from "./counters.ts";
import { Engine } from "./engine.ts";
import { ConnectionClosed } from "./errors.ts";
import { type Answer, Exchange, type Outcome } from "./exchange.ts";
import { HOST_ORDER } from "./libc.ts";
import { openSocket, type SocketOptions } from "./netlink-socket.ts";
import { DumpStream } from "./stream.ts";
import { Subscription, type SubscriptionOptions } from "./subscription.ts";
import type { EventSocketOptions, Transport } from "./transport.ts";

/** How a connection behaves. */
export interface ConnectionOptions {
  /** Milliseconds that a request may take, waiting for its turn included. Default: 10,000; Infinity for no limit. */
  readonly timeout?: number | undefined;
}
/** How a request behaves when it blocks the thread. */
export interface SyncOptions extends Omit<WriteOptions, "byteOrder"> {
  /** Milliseconds; the connection's by default. The kernel works inside send(2): that time cannot be cut short. */
  readonly timeout?: number | undefined;
  /**
   * May it be asked again when its answer was lost? Default: only messages called …_GET….
   */
  readonly repeatable?: boolean | undefined;
}
/** How one request behaves. */
export interface RequestOptions extends SyncOptions {
  /** Gives up waiting: the promise rejects with the signal's reason. A change that was sent may still have happened. */
  readonly signal?: AbortSignal | undefined;
}
/** What became of one request of a batch: as Promise.allSettled says it. */
export type BatchResult<M extends MessageType> = PromiseSettledResult<Answer<M>>;

const TIMEOUT = 10_000;
/** What setTimeout can hold; longer is for ever. */
const LONGEST = 0x7fffffff;

const REQUEST = NLM_F.REQUEST | NLM_F.ACK;
const DUMP = NLM_F.REQUEST | NLM_F.DUMP;

/** A conversation with the kernel over one socket. */
export class Connection<M extends MessageType> implements AsyncDisposable {
  /** The messages that it knows. */
  readonly types: Registry<M>;
  readonly #engine: Engine<M>;
  readonly #timeout: number;

  /**
   * Over a transport of your own: a replay, a recording, a fake kernel.
   * @param transport its datagrams; closed with the connection
   * @param types the messages that it knows
   * @param options its behaviour
   */
  constructor(transport: Transport, types: Registry<M>, options: ConnectionOptions = {}) {
    this.types = types;
    this.#engine = new Engine(transport, types);
    this.#timeout = options.timeout ?? TIMEOUT;
  }

  /**
   * Opens a socket of the registry's protocol.
   * @param types the messages that it knows
   * @param options namespace and behaviour
   * @throws SystemError
   */
  static open<M extends MessageType>(
    types: Registry<M>,
    options: ConnectionOptions & Omit<SocketOptions, "protocol"> = {},
  ): Connection<M> {
    return new Connection(openSocket({ ...options, protocol: types.protocol }), types, options);
  }

  /** nl_pid of the socket. */
  get portId(): number {
    return this.#engine.transport.portId;
  }

  /** What it has seen so far. */
  get counters(): Counters {
    return { ...this.#engine.counters };
  }

  /**
   * Sends a request, NLM_F_REQUEST and NLM_F_ACK added, and waits for its ack. Any number may wait at once.
   * @param message what to ask
   * @param options timeout, signal, how to write
   * @returns what came before the ack
   * @throws KernelError the refusal; OutcomeUnknown, NoAnswer, ConnectionClosed, SystemError; EncodeError
   */
  request(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#promise(message, REQUEST, options);
  }

  /**
   * `request`, with the thread blocked until the answer is there.
   * @param message what to ask
   * @param options timeout, how to write
   * @throws the same
   */
  requestSync(message: AnyInput<M>, options: SyncOptions = {}): Answer<M> {
    return this.#block(message, REQUEST, options);
  }

  /**
   * Sends a request with NLM_F_DUMP and collects all it gives. Dumps on one socket take turns.
   * @param message what to list
   * @param options timeout, signal, how to write
   * @throws KernelError; DumpInterrupted with what there is, when the table kept changing; NoAnswer, ConnectionClosed, SystemError
   */
  dump(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#promise(message, DUMP, options);
  }

  /**
   * `dump`, with the thread blocked until it is whole.
   * @param message what to list
   * @param options timeout, how to write
   * @throws the same
   */
  dumpSync(message: AnyInput<M>, options: SyncOptions = {}): Answer<M> {
    return this.#block(message, DUMP, options);
  }

  /**
   * A dump as it comes: the messages of one datagram (at most 32 KiB) at a time. While nobody reads, nothing is received; another
   * request on the same connection makes it keep what stands before its own answer. Breaking off drops what is left. A table that
   * changed under way is not asked again: the last `next` throws DumpInterrupted.
   * @param message what to list
   * @param options timeout of each step, signal, how to write
   * @throws as `dump`, from `next`
   * @example
   * for await (const batch of connection.stream({ name: "RTM_GETROUTE" })) for (const route of batch) …
   */
  stream(message: AnyInput<M>, options: RequestOptions = {}): AsyncIterableIterator<AnyMessage<M>[], undefined> {
    this.#check(options.signal);
    const engine = this.#engine;
    const stream: DumpStream<M> = new DumpStream<M>({
      wake: () => engine.run(),
      abandon: (exchange) => engine.abandon([exchange], () => exchange.lose("closed")),
      limit: (exchange) => this.#limit([exchange], options),
    });
    stream.exchange = this.#exchange(message, DUMP, options, stream);
    stream.exchange.hungry = false;
    engine.submit({ bytes: stream.exchange.request, exchanges: [stream.exchange] });
    return stream;
  }

  /**
   * Sends many requests with few system calls: up to 200 in one datagram. Each has its own result; later ones run although earlier
   * ones failed.
   * @param messages what to ask, in the order in which the kernel is to do it
   * @param options timeout and signal of the whole, how to write
   * @returns a result each, in the same order
   * @throws EncodeError before anything is sent; ConnectionClosed
   */
  batch(messages: readonly AnyInput<M>[], options: RequestOptions = {}): Promise<BatchResult<M>[]> {
    return new Promise((resolve) => {
      this.#check(options.signal);
      let left = messages.length;
      let release = (): void => {};
      const { exchanges, results } = this.#parts(messages, options, () => {
        if (--left > 0) return;
        release();
        resolve(results);
      });
      if (left === 0) resolve(results);
      for (const parcel of parcelsOf(exchanges)) this.#engine.enqueue(parcel);
      this.#engine.run();
      if (left > 0) release = this.#limit(exchanges, options);
    });
  }

  /**
   * `batch`, with the thread blocked until all are answered.
   * @param messages what to ask
   * @param options timeout, how to write
   */
  batchSync(messages: readonly AnyInput<M>[], options: SyncOptions = {}): BatchResult<M>[] {
    this.#check();
    const { exchanges, results } = this.#parts(messages, options, () => {});
    for (const parcel of parcelsOf(exchanges)) this.#engine.enqueue(parcel);
    const done = (): boolean => exchanges.every(({ settled }) => settled);
    if (!this.#engine.runSync(done, options.timeout ?? this.#timeout)) {
      this.#engine.abandon(exchanges, (exchange) => exchange.lose("timeout"));
    }
    return results;
  }

  /**
   * Listens to groups, on a socket of its own in the same namespace: an event never disturbs a request.
   * @param options groups by number (RTNLGRP); all namespaces; buffer; signal
   * @throws SystemError EPERM, ENOENT for a group that the kernel does not have; ConnectionClosed; TypeError for a transport that has
   * no events (a replay)
   */
  subscribe(options: EventSocketOptions & SubscriptionOptions): Subscription<M> {
    this.#check(options.signal);
    const { transport } = this.#engine;
    if (transport.events === undefined) throw new TypeError("this transport has no events");
    return new Subscription(transport.events(options), this.types, options);
  }

  #parts(messages: readonly AnyInput<M>[], options: SyncOptions, settled: () => void): Parts<M> {
    const results: BatchResult<M>[] = [];
    const exchanges = messages.map((message, i) => {
      const keep = (result: BatchResult<M>): void => {
        results[i] = result;
        settled();
      };
      return this.#exchange(message, REQUEST, options, {
        resolve: (value) => keep({ status: "fulfilled", value }),
        reject: (reason) => keep({ status: "rejected", reason }),
      });
    });
    return { exchanges, results };
  }

  #promise(message: AnyInput<M>, flags: number, options: RequestOptions): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      this.#check(options.signal);
      const exchange = this.#exchange(message, flags, options, { resolve, reject });
      this.#engine.submit({ bytes: exchange.request, exchanges: [exchange] });
      if (!exchange.settled) exchange.onSettled = this.#limit([exchange], options);
    });
  }

  #block(message: AnyInput<M>, flags: number, options: SyncOptions): Answer<M> {
    this.#check();
    let result: BatchResult<M> | undefined;
    const exchange = this.#exchange(message, flags, options, {
      resolve: (value) => {
        result = { status: "fulfilled", value };
      },
      reject: (reason) => {
        result = { status: "rejected", reason };
      },
    });
    this.#engine.enqueue({ bytes: exchange.request, exchanges: [exchange] });
    if (!this.#engine.runSync(() => exchange.settled, options.timeout ?? this.#timeout)) {
      this.#engine.abandon([exchange], () => exchange.lose("timeout"));
    }
    const settled = result as BatchResult<M> | undefined;
    if (settled?.status === "fulfilled") return settled.value;
    throw settled?.reason;
  }

  #check(signal?: AbortSignal): void {
    if (this.#engine.closed) throw new ConnectionClosed();
    signal?.throwIfAborted();
  }

  #exchange(message: AnyInput<M>, flags: number, options: SyncOptions, outcome: Outcome<M>): Exchange<M> {
    const seq = this.#engine.next();
    const input = { ...message, flags: (message.flags ?? 0) | flags, seq };
    const name = (message as { name?: string }).name ?? `nlmsg_type ${message.type ?? 0}`;
    const dump = flags === DUMP;
    const facts = {
      name,
      request: encodeWith(this.types, input as AnyInput<M>, { ...options, byteOrder: HOST_ORDER }),
      seq,
      dump,
      repeatable: options.repeatable ?? (dump || name.includes("_GET")),
    };
    return new Exchange(facts, this.types, outcome);
  }

  /** Starts timer and signal, for what the kernel has not answered at once; the result stops them. */
  #limit(exchanges: readonly Exchange<M>[], { signal, timeout = this.#timeout }: RequestOptions): () => void {
    const onTimeout = (): void => this.#engine.abandon(exchanges, (exchange) => exchange.lose("timeout"));
    const onAbort = (): void => this.#engine.abandon(exchanges, (exchange) => exchange.fail(signal?.reason));
    const timer = timeout <= LONGEST ? setTimeout(onTimeout, timeout) : undefined;
    signal?.addEventListener("abort", onAbort, { once: true });
    // A transport of the caller's own, or a hook, may have aborted while the request was sent.
    if (signal?.aborted === true) queueMicrotask(onAbort);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  }

  /** Closes the socket. What is pending is rejected: a question with ConnectionClosed, a change with OutcomeUnknown. */
  close(): void {
    this.#engine.close();
  }

  /** `await using connection = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
