// Who waits for an answer, by number.
import type { MessageType } from "../codec/registry.ts";
import type { Exchange } from "./exchange.ts";

/** Exchanges by number. Mostly there is one, which needs no table: entering and leaving one costs 100 ns. */
export class Pending<M extends MessageType> {
  /** The one that was sent last, while it waits: nearly always the one that an answer is for. */
  #last: Exchange<M> | undefined;
  readonly #others = new Map<number, Exchange<M>>();

  get size(): number {
    return this.#others.size + (this.#last === undefined ? 0 : 1);
  }

  add(exchange: Exchange<M>): void {
    if (this.#last !== undefined) this.#others.set(this.#last.seq, this.#last);
    this.#last = exchange;
  }

  get(seq: number): Exchange<M> | undefined {
    if (this.#last?.seq === seq) return this.#last;
    return this.#others.size === 0 ? undefined : this.#others.get(seq);
  }

  /** @returns false: it was not there */
  remove(exchange: Exchange<M>): boolean {
    if (exchange !== this.#last) return this.#others.delete(exchange.seq);
    this.#last = undefined;
    return true;
  }

  /** All of them, as they are now, in the order in which they were sent. */
  all(): Exchange<M>[] {
    const all = [...this.#others.values()];
    if (this.#last !== undefined) all.push(this.#last);
    return all;
  }

  /** Does any of them still have somebody who wants more now? */
  get awaited(): boolean {
    if (isAwaited(this.#last)) return true;
    if (this.#others.size > 0) for (const exchange of this.#others.values()) if (isAwaited(exchange)) return true;
    return false;
  }

  clear(): void {
    this.#last = undefined;
    this.#others.clear();
  }
}

const isAwaited = <M extends MessageType>(exchange: Exchange<M> | undefined): boolean =>
  exchange?.settled === false && exchange.hungry;
