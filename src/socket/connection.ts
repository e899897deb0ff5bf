// What a user calls: requests, batches, transactions, dumps and events over one transport.
import type { AnyInput, AnyMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { joined, parcelsOf } from "./batch.ts";
import type { Counters } from "./counters.ts";
import type { Answer } from "./exchange.ts";
import { openSocket, type SocketOptions } from "./netlink-socket.ts";
import {
  type BatchResult,
  checkTimeout,
  DUMP,
  REQUEST,
  Requester,
  type RequestOptions,
  type SyncOptions,
} from "./requester.ts";
import { DumpStream } from "./stream.ts";
import { Subscription, type SubscriptionOptions } from "./subscription.ts";
import { type Transaction, type TransactionAnswer, transact } from "./transaction.ts";
import type { EventSocketOptions, Transport } from "./transport.ts";

/** How a connection behaves. */
export interface ConnectionOptions {
  /** Milliseconds that a request may take, waiting for its turn included. Default: 10,000; Infinity for no limit. */
  readonly timeout?: number | undefined;
}
const TIMEOUT = 10_000;

/** A conversation with the kernel over one socket. */
export class Connection<M extends MessageType> implements AsyncDisposable {
  /** The messages that it knows. */
  readonly types: Registry<M>;
  readonly #requester: Requester<M>;
  /** Ended with it. */
  readonly #subscriptions = new Set<Subscription<M>>();

  /**
   * Over a transport of your own: a replay, a recording, a fake kernel.
   * @param transport its datagrams; closed with the connection
   * @param types the messages that it knows
   * @param options its behaviour
   */
  constructor(transport: Transport, types: Registry<M>, options: ConnectionOptions = {}) {
    this.types = types;
    this.#requester = new Requester(transport, types, options.timeout ?? TIMEOUT);
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
    // Before there is a socket that nobody would close.
    if (options.timeout !== undefined) checkTimeout(options.timeout);
    return new Connection(openSocket({ ...options, protocol: types.protocol }), types, options);
  }

  /** nl_pid of the socket. */
  get portId(): number {
    return this.#requester.engine.transport.portId;
  }

  /** What it has seen so far. */
  get counters(): Counters {
    return { ...this.#requester.engine.counters };
  }

  /**
   * Sends a request, NLM_F_REQUEST and NLM_F_ACK added, and waits for its ack. Any number may wait at once.
   * @param message what to ask
   * @param options timeout, signal, how to write
   * @returns what came before the ack
   * @throws KernelError the refusal; OutcomeUnknown, NoAnswer, ConnectionClosed, SystemError; EncodeError
   */
  request(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#requester.promise(message, REQUEST, options);
  }

  /**
   * `request`, with the thread blocked until the answer is there.
   * @param message what to ask
   * @param options timeout, how to write
   * @throws the same
   */
  requestSync(message: AnyInput<M>, options: SyncOptions = {}): Answer<M> {
    return this.#requester.block(message, REQUEST, options);
  }

  /**
   * Sends a request with NLM_F_DUMP and collects all it gives. Dumps on one socket take turns.
   * @param message what to list
   * @param options timeout, signal, how to write
   * @throws KernelError; DumpInterrupted with what there is, when the table kept changing; NoAnswer, ConnectionClosed, SystemError
   */
  dump(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#requester.promise(message, DUMP, options);
  }

  /**
   * `dump`, with the thread blocked until it is whole.
   * @param message what to list
   * @param options timeout, how to write
   * @throws the same
   */
  dumpSync(message: AnyInput<M>, options: SyncOptions = {}): Answer<M> {
    return this.#requester.block(message, DUMP, options);
  }

  /**
   * A dump as it comes: the messages of one datagram (at most 32 KiB) at a time. While nobody reads, nothing is received; another
   * request on the same connection makes it keep what stands before its own answer. Breaking off drops what is left. A table that
   * changed under way is not asked again: the last `next` throws DumpInterrupted.
   * @param message what to list
   * @param options timeout of each step, signal, how to write
   * @throws at once EncodeError, ConnectionClosed, the signal's reason; from `next` what `dump` throws
   * @example
   * for await (const batch of connection.stream({ name: "RTM_GETROUTE" })) for (const route of batch) …
   */
  stream(message: AnyInput<M>, options: RequestOptions = {}): AsyncIterableIterator<AnyMessage<M>[], undefined> {
    this.#requester.check(options.signal);
    const requester = this.#requester;
    const { engine } = requester;
    const stream: DumpStream<M> = new DumpStream<M>({
      wake: () => engine.run(),
      abandon: (exchange) => engine.abandon([exchange], () => exchange.lose("closed")),
      limit: (exchange) => requester.limit([exchange], options),
      signal: options.signal,
    });
    stream.exchange = requester.exchange(message, DUMP, options, stream);
    stream.exchange.hungry = false;
    engine.submit({ exchanges: [stream.exchange] });
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
    const requester = this.#requester;
    const { engine } = requester;
    return new Promise((resolve) => {
      requester.check(options.signal);
      let left = messages.length;
      let release = (): void => {};
      const { exchanges, results } = requester.several(messages, REQUEST, options, () => {
        if (--left > 0) return;
        release();
        resolve(results);
      });
      if (left === 0) resolve(results);
      for (const parcel of parcelsOf(exchanges)) engine.enqueue(parcel);
      engine.run();
      if (left > 0) release = requester.limit(exchanges, options);
    });
  }

  /**
   * `dump`, with questions about single things in the same datagram: their answers come without acks.
   * @internal
   * @param message what to list
   * @param questions GETs of one thing each
   * @param options timeout and signal of the whole
   * @returns the dump's result, and one for each question in the same order
   * @throws EncodeError, ConnectionClosed
   */
  dumpWith(
    message: AnyInput<M>,
    questions: readonly AnyInput<M>[],
    options: RequestOptions = {},
  ): Promise<readonly [dump: BatchResult<M>, ...answers: BatchResult<M>[]]> {
    const requester = this.#requester;
    return new Promise((resolve) => {
      requester.check(options.signal);
      let left = 1 + questions.length;
      let release = (): void => {};
      const settled = (): void => {
        if (--left > 0) return;
        release();
        resolve([dump.results[0] as BatchResult<M>, ...answers.results]);
      };
      const dump = requester.several([message], DUMP, options, settled);
      const answers = requester.several(questions, REQUEST, { ...options, ack: false }, settled);
      // The dump first: its turn is what they all wait for.
      const exchanges = [...dump.exchanges, ...answers.exchanges];
      requester.engine.submit({ bytes: joined(exchanges), exchanges });
      if (left > 0) release = requester.limit(exchanges, options);
    });
  }

  /**
   * `batch`, with the thread blocked until all are answered.
   * @param messages what to ask
   * @param options timeout, how to write
   */
  batchSync(messages: readonly AnyInput<M>[], options: SyncOptions = {}): BatchResult<M>[] {
    this.#requester.check();
    return this.#requester.collect(messages, REQUEST, options, (exchanges) => {
      for (const parcel of parcelsOf(exchanges)) this.#requester.engine.enqueue(parcel);
    });
  }

  /**
   * Sends messages that take effect together or not at all, in one datagram. There is one outcome.
   * @param transaction what opens it, what is to happen, what closes it
   * @param options timeout, signal, how to write
   * @throws TransactionFailed with every message that was refused; KernelError about the whole: ERESTART when the generation that the
   * beginning names is no longer the present one; OutcomeUnknown; SystemError EMSGSIZE; ConnectionClosed; EncodeError
   */
  transaction(transaction: Transaction<M>, options: RequestOptions = {}): Promise<TransactionAnswer<M>> {
    return transact(this.#requester, transaction, options);
  }

  /**
   * Listens to groups, on a socket of its own in the same namespace: an event never disturbs a request.
   * @param options groups by number (RTNLGRP); all namespaces; buffer; signal
   * @throws SystemError EPERM, ENOENT for a group that the kernel does not have; ConnectionClosed; TypeError for a transport that has
   * no events (a replay)
   */
  subscribe(options: EventSocketOptions & SubscriptionOptions): Subscription<M> {
    this.#requester.check(options.signal);
    const { transport } = this.#requester.engine;
    if (transport.events === undefined) throw new TypeError("this transport has no events");
    const subscription = new Subscription(transport.events(options), this.types, options);
    this.#subscriptions.add(subscription);
    subscription.onEnd = () => this.#subscriptions.delete(subscription);
    return subscription;
  }

  /**
   * Closes the socket, and ends its subscriptions. What is pending is rejected: a question with ConnectionClosed, a change with
   * OutcomeUnknown.
   */
  close(): void {
    this.#requester.engine.close();
    for (const subscription of [...this.#subscriptions]) subscription.close();
  }

  /** `await using connection = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
