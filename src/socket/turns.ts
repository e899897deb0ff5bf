// Lets the loop turn for readers of what never ends: `await` alone goes on in the same turn, and timers and other sockets would wait.
import { now } from "./clock.ts";

/** Milliseconds that one turn of the loop may take. */
const TURN = 10;

/** One reader's share of the loop. */
export class Turns {
  /** When it began to read in this turn of the loop. */
  #begin: number | undefined;

  /** Waits for the next turn where this one has taken its time; undefined: go on. */
  pause(): Promise<void> | undefined {
    if (this.#begin === undefined) {
      this.#begin = now();
      setImmediate(() => {
        this.#begin = undefined;
      });
      return undefined;
    }
    return now() - this.#begin < TURN ? undefined : new Promise((resolve) => setImmediate(resolve));
  }
}
