// How one request ended: known at once most of the time, and only otherwise worth a promise's machinery.
import type { MessageType } from "../codec/registry.ts";
import { KernelError } from "./errors.ts";
import type { Answer, Outcome } from "./exchange.ts";

/** Takes the outcome, and hands it on: with a promise, or thrown. */
export class Settlement<M extends MessageType> implements Outcome<M> {
  #answer: Answer<M> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #waiting: Outcome<M> | undefined;

  resolve(answer: Answer<M>): void {
    this.#answer = answer;
    this.#waiting?.resolve(answer);
  }

  reject(error: unknown): void {
    this.#failure = { error };
    this.#waiting?.reject(error);
  }

  /**
   * Lets the stack of a refusal begin where the request was made. All ten frames of it are the engine's otherwise.
   * @param entry the innermost function that a caller of the library has not to do with
   */
  shorten(entry: (...args: never) => unknown): void {
    const error = this.#failure?.error;
    if (error instanceof KernelError) Error.captureStackTrace(error, entry);
  }

  /** For who waits. */
  promise(): Promise<Answer<M>> {
    if (this.#answer !== undefined) return Promise.resolve(this.#answer);
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** For who has waited until it was settled. */
  value(): Answer<M> {
    if (this.#answer !== undefined) return this.#answer;
    throw this.#failure?.error;
  }
}
