// Many messages that take effect together or not at all (nfnetlink's batches), and the one outcome that they have.
import { NLM_F } from "../codec/control.ts";
import type { AnyInput, AnyMessage } from "../codec/message.ts";
import type { MessageType } from "../codec/registry.ts";
import { joined } from "./batch.ts";
import { KernelError, TransactionFailed } from "./errors.ts";
import type { Outcome } from "./exchange.ts";
import { REQUEST, type Requester, type RequestOptions } from "./requester.ts";

/** What is to happen together. */
export interface Transaction<M extends MessageType> {
  /** Opens the batch: NFNL_MSG_BATCH_BEGIN. */
  readonly begin: AnyInput<M>;
  /** What to do, in this order. */
  readonly messages: readonly AnyInput<M>[];
  /** Closes it: NFNL_MSG_BATCH_END. */
  readonly end: AnyInput<M>;
}
/** What came of it. */
export interface TransactionAnswer<M extends MessageType> {
  /** What the kernel echoed, where NLM_F_ECHO asked for it. */
  readonly messages: AnyMessage<M>[];
}

/**
 * Collects the outcomes of all messages into one. Only the last message asks for an ack: the kernel goes on after an error to find
 * the others, and tells all of them in order, so that ack is the last word. What concerns the whole (a stale generation, a commit that
 * failed, no permission) it says about the beginning, and then perhaps nothing else.
 */
export class Verdicts<M extends MessageType> {
  readonly #errors: { readonly index: number; readonly error: KernelError }[] = [];
  readonly #messages: AnyMessage<M>[] = [];
  #settled = false;
  readonly #resolve: (answer: TransactionAnswer<M>) => void;
  readonly #reject: (error: unknown) => void;
  constructor(resolve: (answer: TransactionAnswer<M>) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Of the beginning (index -1), of a message, or of the last one. */
  outcome(index: number, isLast: boolean): Outcome<M> {
    return {
      batch: (messages) => void this.#messages.push(...messages),
      resolve: () => {
        if (isLast) this.#end();
      },
      reject: (error) => {
        if (!(error instanceof KernelError) || index < 0) this.#fail(error);
        else this.#errors.push({ index, error });
        if (isLast) this.#end();
      },
    };
  }

  #end(): void {
    if (this.#errors.length > 0) this.#fail(new TransactionFailed(this.#errors));
    else if (!this.#settled) {
      this.#settled = true;
      this.#resolve({ messages: this.#messages });
    }
  }

  /** The first word on the whole counts; a loss after an error is no longer unknown: nothing happened. */
  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(this.#errors.length > 0 ? new TransactionFailed(this.#errors) : error);
  }
}

/** Sends a transaction and waits for its outcome. */
export const transact = <M extends MessageType>(
  requester: Requester<M>,
  { begin, messages, end }: Transaction<M>,
  options: RequestOptions,
): Promise<TransactionAnswer<M>> =>
  new Promise((resolve, reject) => {
    requester.check(options.signal);
    if (messages.length === 0) {
      resolve({ messages: [] });
      return;
    }
    const { engine } = requester;
    let release = (): void => {};
    // Messages that had nothing to say are settled with the whole.
    const settle = (): void => {
      release();
      const quiet = exchanges.filter(({ settled }) => !settled);
      engine.abandon(quiet, (exchange) => exchange.fail(undefined));
    };
    const verdicts = new Verdicts<M>(
      (answer) => {
        resolve(answer);
        settle();
      },
      (error) => {
        reject(error);
        settle();
      },
    );
    const plain = { ...options, repeatable: false };
    const last = messages.length - 1;
    const exchanges = [
      requester.exchange(begin, NLM_F.REQUEST, plain, verdicts.outcome(-1, false)),
      ...messages.map((message, i) =>
        requester.exchange(message, i === last ? REQUEST : NLM_F.REQUEST, plain, verdicts.outcome(i, i === last)),
      ),
      requester.exchange(end, NLM_F.REQUEST, plain, verdicts.outcome(-1, false)),
    ];
    engine.submit({ bytes: joined(exchanges), exchanges });
    if (!verdicts.settled) release = requester.limit(exchanges, options);
  });
