// Requests and dumps over any transport: numbers them, pairs what comes back, settles promises.
import type { WriteOptions } from "../codec/bytes.ts";
import { NLM_F } from "../codec/control.ts";
import { type AnyInput, decodeWith, encodeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { ConnectionClosed, SystemError } from "./errors.ts";
import { type Answer, Exchange, type ExchangeFacts, type Verdict } from "./exchange.ts";
import { ENOBUFS, HOST_ORDER } from "./libc.ts";
import { openSocket, type SocketOptions } from "./netlink-socket.ts";
import type { Transport } from "./transport.ts";

/** How a connection behaves. */
export interface ConnectionOptions {
  /** Milliseconds that a request may take. Default: 10,000; Infinity for no limit. */
  readonly timeout?: number | undefined;
}
/** How one request behaves. */
export interface RequestOptions extends Omit<WriteOptions, "byteOrder"> {
  /** Milliseconds; the connection's by default. The kernel works inside send(2): that time cannot be cut short. */
  readonly timeout?: number | undefined;
  /** Gives up waiting: the promise rejects with the signal's reason. A change that was sent may still have happened. */
  readonly signal?: AbortSignal | undefined;
  /**
   * May it be asked again when its answer was lost? Default: only messages called …_GET….
   */
  readonly repeatable?: boolean | undefined;
}

/** The kernel caps a dump's datagrams at 32 KiB; an ack that echoes a request can be longer. */
const RECEIVE = 256 * 1024;
/** Datagrams taken before other work gets its turn. */
const DRAIN = 8;
const TIMEOUT = 10_000;
/** What setTimeout can hold; longer is for ever. */
const LONGEST = 0x7fffffff;

/** A conversation with the kernel over one socket. */
export class Connection<M extends MessageType> implements AsyncDisposable {
  /** The messages that it knows. */
  readonly types: Registry<M>;
  readonly #transport: Transport;
  readonly #timeout: number;
  readonly #pending = new Map<number, Exchange<M>>();
  readonly #dumps: Exchange<M>[] = [];
  #dumping: Exchange<M> | undefined;
  #buffer: Uint8Array = new Uint8Array(RECEIVE);
  #seq = 0;
  #waiting = false;
  #closed = false;

  /**
   * Over a transport of your own: a replay, a recording, a fake kernel.
   * @param transport its datagrams; closed with the connection
   * @param types the messages that it knows
   * @param options its behaviour
   */
  constructor(transport: Transport, types: Registry<M>, options: ConnectionOptions = {}) {
    this.types = types;
    this.#transport = transport;
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
    return this.#transport.portId;
  }

  /**
   * Sends a request, NLM_F_REQUEST and NLM_F_ACK added, and waits for its ack.
   * @param message what to ask
   * @param options timeout, signal, how to write
   * @returns what came before the ack
   * @throws KernelError the refusal; OutcomeUnknown, NoAnswer, ConnectionClosed, SystemError; EncodeError
   */
  request(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#ask(message, NLM_F.REQUEST | NLM_F.ACK, false, options);
  }

  /**
   * Sends a request with NLM_F_DUMP and collects all it gives. Dumps on one socket take turns.
   * @param message what to list
   * @param options timeout, signal, how to write
   * @throws KernelError; DumpInterrupted with what there is, when the table kept changing; NoAnswer, ConnectionClosed, SystemError
   */
  dump(message: AnyInput<M>, options: RequestOptions = {}): Promise<Answer<M>> {
    return this.#ask(message, NLM_F.REQUEST | NLM_F.DUMP, true, options);
  }

  #ask(message: AnyInput<M>, flags: number, dump: boolean, options: RequestOptions): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new ConnectionClosed();
      options.signal?.throwIfAborted();
      const seq = this.#next();
      const input = { ...message, flags: (message.flags ?? 0) | flags, seq };
      const name = (message as { name?: string }).name ?? `nlmsg_type ${message.type ?? 0}`;
      const facts: ExchangeFacts = {
        name,
        request: encodeWith(this.types, input as AnyInput<M>, { ...options, byteOrder: HOST_ORDER }),
        seq,
        dump,
        repeatable: options.repeatable ?? (dump || name.includes("_GET")),
      };
      const exchange = new Exchange(facts, this.types, resolve, reject);
      if (dump && this.#dumping !== undefined) this.#dumps.push(exchange);
      else this.#submit(exchange);
      this.#drain();
      if (!exchange.settled) this.#limit(exchange, options);
    });
  }

  /** A sequence number that is not in use; never 0, which is what events carry. */
  #next(): number {
    do this.#seq = (this.#seq + 1) >>> 0;
    while (this.#seq === 0 || this.#pending.has(this.#seq));
    return this.#seq;
  }

  /** Timeout and signal: only for what the kernel has not answered at once. */
  #limit(exchange: Exchange<M>, { signal, timeout = this.#timeout }: RequestOptions): void {
    const onAbort = (): void => this.#abandon(exchange, () => exchange.fail(signal?.reason));
    const onTimeout = (): void => this.#abandon(exchange, () => exchange.lose("timeout"));
    const timer = timeout <= LONGEST ? setTimeout(onTimeout, timeout) : undefined;
    signal?.addEventListener("abort", onAbort, { once: true });
    exchange.onSettled = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  }

  /** Its caller waits no longer. A dump that the kernel is still giving is read to its end, or the next one would be EBUSY. */
  #abandon(exchange: Exchange<M>, settle: () => void): void {
    settle();
    const queued = this.#dumps.indexOf(exchange);
    if (queued >= 0) this.#dumps.splice(queued, 1);
    if (exchange !== this.#dumping) this.#pending.delete(exchange.seq);
    this.#rest();
  }

  #submit(exchange: Exchange<M>): void {
    exchange.begin();
    this.#pending.set(exchange.seq, exchange);
    if (exchange.dump) this.#dumping = exchange;
    try {
      this.#transport.send(exchange.request);
    } catch (error) {
      exchange.fail(error);
      this.#finish(exchange);
    }
  }

  /** The kernel has said its last word on it. */
  #finish(exchange: Exchange<M>): void {
    this.#pending.delete(exchange.seq);
    if (exchange !== this.#dumping) return;
    this.#dumping = undefined;
    const next = this.#dumps.shift();
    if (next !== undefined) this.#submit(next);
  }

  /** Is anybody waiting for an answer? */
  get #awaited(): boolean {
    for (const exchange of this.#pending.values()) if (!exchange.settled) return true;
    return this.#dumps.length > 0;
  }

  /** Takes what is there; waits for the rest. Never throws: it runs inside koffi's poll callback, where an exception vanishes. */
  #drain(): void {
    for (let i = 0; i < DRAIN; i++) {
      if (this.#closed || !this.#awaited) {
        this.#rest();
        return;
      }
      let length: number | undefined;
      try {
        length = this.#transport.receive(this.#buffer);
      } catch (error) {
        this.#lost(error);
        continue;
      }
      if (length === undefined) {
        this.#wait();
        return;
      }
      this.#datagram(length);
    }
    setImmediate(() => this.#drain());
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#transport.wait((error) => {
      this.#waiting = false;
      if (error !== undefined) this.#lost(error);
      this.#drain();
    });
  }

  /** Nobody waits: an idle connection keeps no process alive. */
  #rest(): void {
    if (!this.#waiting || this.#closed || this.#awaited) return;
    this.#waiting = false;
    this.#transport.cancel();
  }

  #datagram(length: number): void {
    const cut = length > this.#buffer.length;
    const messages = decodeWith(this.types, this.#buffer.subarray(0, length), { byteOrder: HOST_ORDER });
    for (const message of messages) {
      const exchange = this.#pending.get(message.seq);
      // Strays: answers to a request that was given up, or to another socket's.
      if (exchange === undefined || message.pid !== this.portId) continue;
      this.#obey(exchange, cut ? exchange.damage("truncated") : exchange.take(message));
      if (cut) break;
    }
    if (cut) this.#buffer = new Uint8Array(length);
  }

  #obey(exchange: Exchange<M>, verdict: Verdict): void {
    if (verdict === "again") {
      this.#pending.delete(exchange.seq);
      exchange.renumber(this.#next());
      this.#submit(exchange);
    } else if (verdict === "settled") this.#finish(exchange);
  }

  /** Receiving failed: with ENOBUFS answers were dropped, nobody knows which; anything else is the end of every request. */
  #lost(error: unknown): void {
    const overrun = error instanceof SystemError && error.errno === ENOBUFS;
    for (const exchange of [...this.#pending.values()]) {
      this.#obey(exchange, overrun ? exchange.damage("overrun") : exchange.fail(error));
    }
  }

  /** Closes the socket. What is pending is rejected: a question with ConnectionClosed, a change with OutcomeUnknown. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transport.close();
    for (const queued of this.#dumps.splice(0)) queued.lose("closed");
    for (const exchange of this.#pending.values()) exchange.lose("closed");
    this.#pending.clear();
  }

  /** `await using connection = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
