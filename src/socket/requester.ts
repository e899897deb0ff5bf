// Makes exchanges out of messages, and waits for them: with a promise, or with the thread blocked.
import type { WriteOptions } from "../codec/bytes.ts";
import { NLM_F } from "../codec/control.ts";
import { fieldsOf } from "../codec/fields.ts";
import { type AnyInput, encodeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { Engine } from "./engine.ts";
import { ConnectionClosed } from "./errors.ts";
import { type Answer, Exchange, type Outcome } from "./exchange.ts";
import { HOST_ORDER } from "./libc.ts";
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

/** NFT_MSG_GETRULE_RESET and IPCTNL_MSG_CT_GET_CTRZERO set back what they read: asked twice, the first answer is lost. */
const isQuestion = (name: string): boolean => name.includes("_GET") && !/RESET|CTRZERO/.test(name);

/** The asking side of a connection. */
export class Requester<M extends MessageType> {
  readonly engine: Engine<M>;
  readonly #types: Registry<M>;
  readonly #timeout: number;
  constructor(transport: Transport, types: Registry<M>, timeout: number) {
    this.engine = new Engine(transport, types);
    this.#types = types;
    this.#timeout = timeout;
  }

  check(signal?: AbortSignal): void {
    if (this.engine.closed) throw new ConnectionClosed();
    signal?.throwIfAborted();
  }

  exchange(message: AnyInput<M>, flags: number, options: SyncOptions, outcome: Outcome<M>): Exchange<M> {
    const seq = this.engine.next();
    const input = { ...message, flags: (message.flags ?? 0) | flags, seq };
    const name = (message as { name?: string }).name ?? `nlmsg_type ${message.type ?? 0}`;
    const dump = (flags & NLM_F.DUMP) === NLM_F.DUMP;
    const facts = {
      name,
      request: encodeWith(this.#types, input as AnyInput<M>, { ...options, byteOrder: HOST_ORDER }),
      seq,
      dump,
      repeatable: options.repeatable ?? (dump || isQuestion(name)),
      fields: options.fields,
    };
    // A misspelt name is told to whoever asks, not to whoever receives.
    if (options.fields !== undefined) fieldsOf(this.#types, options.fields, false);
    return new Exchange(facts, this.#types, outcome);
  }

  promise(message: AnyInput<M>, flags: number, options: RequestOptions): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      this.check(options.signal);
      const exchange = this.exchange(message, flags, options, { resolve, reject });
      this.engine.submit({ bytes: exchange.request, exchanges: [exchange] });
      if (!exchange.settled) exchange.onSettled = this.limit([exchange], options);
    });
  }

  block(message: AnyInput<M>, flags: number, options: SyncOptions): Answer<M> {
    this.check();
    const [settled] = this.collect([message], flags, options, (exchanges) => {
      for (const exchange of exchanges) this.engine.enqueue({ bytes: exchange.request, exchanges: [exchange] });
    });
    if (settled?.status === "fulfilled") return settled.value;
    throw settled?.reason;
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
    const onAbort = (): void => this.engine.abandon(exchanges, (exchange) => exchange.fail(signal?.reason));
    const timer = timeout <= LONGEST ? setTimeout(onTimeout, timeout) : undefined;
    signal?.addEventListener("abort", onAbort, { once: true });
    // A transport of the caller's own, or a hook, may have aborted while the request was sent.
    if (signal?.aborted === true) queueMicrotask(onAbort);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  }
}
