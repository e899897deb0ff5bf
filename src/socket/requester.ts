// Makes exchanges out of messages, and waits for them: with a promise, or with the thread blocked.
import { type WriteOptions, Writer } from "../codec/bytes.ts";
import { NLM_F } from "../codec/control.ts";
import { shown } from "../codec/expect.ts";
import { fieldsOf } from "../codec/fields.ts";
import { type AnyInput, writeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { onAbort } from "./abort.ts";
import { Desk } from "./desk.ts";
import { Engine } from "./engine.ts";
import { ConnectionClosed } from "./errors.ts";
import { type Answer, Exchange, type Outcome } from "./exchange.ts";
import { HOST_ORDER } from "./libc.ts";
import { Settlement } from "./settlement.ts";
import type { Transport } from "./transport.ts";

/** How a request behaves when it blocks the thread. */
export interface SyncOptions extends Omit<WriteOptions, "byteOrder"> {
  /** Milliseconds; the connection's by default. The kernel works inside send(2): that time cannot be cut short. */
  readonly timeout?: number | undefined;
  /**
   * May it be asked again when its answer was lost? Default: only messages called …_GET…, but for those that reset what they read.
   */
  readonly repeatable?: boolean | undefined;
  /**
   * False: without NLM_F_ACK, for a GET of one thing, whose answer is the object itself: one system call less. Where the kernel answers
   * with nothing at all, such a request waits for its timeout. Default: true. Dumps have none.
   */
  readonly ack?: boolean | undefined;
  /**
   * Only these attributes of the answers, by property name: `["ifname", "mtu"]`. The others are not read, which is faster, and stand
   * nowhere. A name that no message has is a RangeError.
   */
  readonly fields?: readonly string[] | undefined;
}
/** How one request behaves. */
export interface RequestOptions extends SyncOptions {
  /** Gives up waiting: the promise rejects with the signal's reason. A change that was sent may still have happened. */
  readonly signal?: AbortSignal | undefined;
}
/** What became of one request of several: as Promise.allSettled says it. */
export type BatchResult<M extends MessageType> = PromiseSettledResult<Answer<M>>;

/** Flags of a request that is answered by an ack, and of one that lists. */
export const REQUEST: number = NLM_F.REQUEST | NLM_F.ACK;
export const DUMP: number = NLM_F.REQUEST | NLM_F.DUMP;

/** What setTimeout can hold; longer is for ever. */
const LONGEST = 0x7fffffff;

/** A number that is none would be no limit, and text a limit of its digits. */
export const checkTimeout = (timeout: number): void => {
  if (typeof timeout === "number" && timeout >= 0) return;
  throw new RangeError(`timeout: milliseconds are due, 0 to Infinity, not ${shown(timeout)}`);
};

/** NFT_MSG_GETRULE_RESET and IPCTNL_MSG_CT_GET_CTRZERO set back what they read: asked twice, the first answer is lost. */
const isQuestion = (name: string): boolean => {
  let is = questions.get(name);
  if (is === undefined) {
    is = name.includes("_GET") && !/RESET|CTRZERO/.test(name);
    // Names are few, numbers of types that no registry has may be many.
    if (!name.includes(" ")) questions.set(name, is);
  }
  return is;
};
const questions = new Map<string, boolean>();

/** The asking side of a connection. */
export class Requester<M extends MessageType> {
  readonly engine: Engine<M>;
  readonly #types: Registry<M>;
  readonly #timeout: number;
  #desk: Desk<M> | undefined;
  constructor(transport: Transport, types: Registry<M>, timeout: number) {
    this.engine = new Engine(transport, types);
    checkTimeout(timeout);
    this.#types = types;
    this.#timeout = timeout;
  }

  check(signal?: AbortSignal): void {
    if (this.engine.closed) throw new ConnectionClosed();
    signal?.throwIfAborted();
  }

  /** A request that is sent later, or together with others. */
  exchange(message: AnyInput<M>, flags: number, options: SyncOptions, outcome: Outcome<M>): Exchange<M> {
    const desk = this.#takeDesk();
    try {
      const exchange = this.#exchange(desk, message, flags, options, outcome);
      exchange.keep();
      return exchange;
    } finally {
      this.#desk = desk;
    }
  }

  #exchange(
    desk: Desk<M>,
    message: AnyInput<M>,
    asked: number,
    options: SyncOptions,
    outcome: Outcome<M>,
  ): Exchange<M> {
    const seq = this.engine.next();
    const name = (message as { name?: string }).name ?? `nlmsg_type ${message.type ?? 0}`;
    const dump = (asked & NLM_F.DUMP) === NLM_F.DUMP;
    const repeatable = options.repeatable ?? (dump || isQuestion(name));
    const ackless = options.ack === false && !dump;
    // A change without an ack is not answered at all when all is well.
    if (ackless && !repeatable) throw new RangeError(`${name}: only a question can do without an ack`);
    const flags = ackless ? asked & ~NLM_F.ACK : asked;
    if (options.timeout !== undefined) checkTimeout(options.timeout);
    // Of anything else these bits say REPLACE and EXCL.
    if (!dump && isQuestion(name) && ((message.flags ?? 0) & NLM_F.DUMP) === NLM_F.DUMP) {
      throw new RangeError(`${name} with NLM_F_DUMP is a dump: dump() or stream() asks for it`);
    }
    const lent = options.nested === undefined && options.terminated === undefined;
    const request = lent ? desk.write(message, flags, seq) : this.#encoded(message, flags, seq, options);
    // A misspelt name is told to whoever asks, not to whoever receives.
    if (options.fields !== undefined) {
      if (!Array.isArray(options.fields))
        throw new TypeError(`fields: an array of names is due, not ${shown(options.fields)}`);
      fieldsOf(this.#types, options.fields, false);
    }
    const facts = { name, request, lent, seq, dump, repeatable, ackless, fields: options.fields };
    return new Exchange(facts, this.#types, outcome);
  }

  /** Written as the caller wants it. */
  #encoded(message: AnyInput<M>, flags: number, seq: number, { nested, terminated }: SyncOptions): Uint8Array {
    const w = new Writer({ nested, terminated, byteOrder: HOST_ORDER }, this.#types.extensions);
    writeWith(this.#types, w, message, flags, seq);
    return w.since(0);
  }

  /** The desk, for as long as the request on it may be sent. Who asks meanwhile (a hook, a getter in a message) has one of its own. */
  #takeDesk(): Desk<M> {
    const desk = this.#desk ?? new Desk(this.#types);
    this.#desk = undefined;
    return desk;
  }

  promise(message: AnyInput<M>, flags: number, options: RequestOptions): Promise<Answer<M>> {
    const settlement = new Settlement<M>();
    const desk = this.#takeDesk();
    try {
      this.check(options.signal);
      const exchange = this.#exchange(desk, message, flags, options, settlement);
      this.engine.submit({ exchanges: [exchange] });
      if (!exchange.settled) {
        exchange.keep();
        exchange.onSettled = this.limit([exchange], options);
      }
    } catch (error) {
      settlement.reject(error);
    } finally {
      this.#desk = desk;
    }
    settlement.shorten(Requester.prototype.promise);
    return settlement.promise();
  }

  block(message: AnyInput<M>, flags: number, options: SyncOptions): Answer<M> {
    this.check();
    const settlement = new Settlement<M>();
    const desk = this.#takeDesk();
    try {
      const exchange = this.#exchange(desk, message, flags, options, settlement);
      this.engine.enqueue({ exchanges: [exchange] });
      if (!this.engine.runSync(() => exchange.settled, options.timeout ?? this.#timeout)) {
        this.engine.abandon([exchange], () => exchange.lose("timeout"));
      }
      settlement.shorten(Requester.prototype.block);
      return settlement.value();
    } finally {
      this.#desk = desk;
    }
  }

  /** Sends and blocks until each has its result. */
  collect(
    messages: readonly AnyInput<M>[],
    flags: number,
    options: SyncOptions,
    enqueue: (exchanges: Exchange<M>[]) => void,
  ): BatchResult<M>[] {
    const { exchanges, results } = this.several(messages, flags, options, () => {});
    enqueue(exchanges);
    const done = (): boolean => exchanges.every(({ settled }) => settled);
    if (!this.engine.runSync(done, options.timeout ?? this.#timeout)) {
      this.engine.abandon(exchanges, (exchange) => exchange.lose("timeout"));
    }
    return results;
  }

  /** An exchange each, whose results come in the order of the messages. */
  several(
    messages: readonly AnyInput<M>[],
    flags: number,
    options: SyncOptions,
    settled: () => void,
  ): { readonly exchanges: Exchange<M>[]; readonly results: BatchResult<M>[] } {
    const results: BatchResult<M>[] = [];
    const exchanges = messages.map((message, i) => {
      const keep = (result: BatchResult<M>): void => {
        results[i] = result;
        settled();
      };
      return this.exchange(message, flags, options, {
        resolve: (value) => keep({ status: "fulfilled", value }),
        reject: (reason) => keep({ status: "rejected", reason }),
      });
    });
    return { exchanges, results };
  }

  /** Starts timer and signal, for what the kernel has not answered at once; the result stops them. */
  limit(exchanges: readonly Exchange<M>[], { signal, timeout = this.#timeout }: RequestOptions): () => void {
    const onTimeout = (): void => this.engine.abandon(exchanges, (exchange) => exchange.lose("timeout"));
    const abort = (): void => this.engine.abandon(exchanges, (exchange) => exchange.fail(signal?.reason));
    const timer = timeout <= LONGEST ? setTimeout(onTimeout, timeout) : undefined;
    const forget = signal?.aborted === false ? onAbort(signal, abort) : undefined;
    // A transport of the caller's own, or a hook, may have aborted while the request was sent.
    if (signal?.aborted === true) queueMicrotask(abort);
    return () => {
      clearTimeout(timer);
      forget?.();
    };
  }
}
