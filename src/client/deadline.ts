// How long somebody waits: a time, a signal. Neither knows of it afterwards, however many wait under one signal, one behind the other.
import { onAbort } from "../socket/abort.ts";

/** What setTimeout can hold: longer ones are waited for in parts. */
const LONGEST = 0x7fffffff;

/** A time and a signal that end a waiting. */
export class Deadline {
  readonly #signal: AbortSignal | undefined;
  readonly #wake: () => void;
  readonly #forget: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  /**
   * @param timeout milliseconds; Infinity: none
   * @param signal another reason
   * @param wake called when it is over; must not throw
   * @throws RangeError for what is no time
   */
  constructor(timeout: number, signal: AbortSignal | undefined, wake: () => void) {
    if (typeof timeout !== "number" || !(timeout >= 0)) {
      throw new RangeError(`timeout: milliseconds, 0 or more, or Infinity, not ${String(timeout)}`);
    }
    this.#signal = signal;
    this.#wake = wake;
    this.#forget = signal?.aborted === false ? onAbort(signal, wake) : undefined;
    if (timeout !== Infinity) this.#start(timeout);
  }

  #start(left: number): void {
    const part = Math.min(left, LONGEST);
    this.#timer = setTimeout(() => {
      if (left > part) return this.#start(left - part);
      this.#isOver = true;
      this.#wake();
    }, part);
  }

  /** @throws the signal's reason; a TimeoutError (DOMException) */
  check(): void {
    this.#signal?.throwIfAborted();
    if (this.#isOver) throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
  }

  /** Nobody waits any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#forget?.();
  }
}
