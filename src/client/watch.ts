// A live table: a dump, kept true by events, read again when events were lost. Knows no family: `watch-rules.ts` does.

import { isDeepStrictEqual } from "node:util";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { ConnectionClosed, DumpInterrupted } from "../socket/errors.ts";
import type { EventItem, Subscription } from "../socket/subscription.ts";
import { Deadline } from "./deadline.ts";
import type { Step, TableChange, WatchOptions, WatchRules } from "./watch-types.ts";

/** Milliseconds that a table may be left as it is before it is read again, so that a burst costs one reading. */
const CALM = 20;
/** Events kept while the table is read; with more it is read again. */
const PENDING = 100_000;

/** The socket's error, in words of the watch. */
const watchClosed = (): ConnectionClosed => {
  const error = new ConnectionClosed();
  error.message = "the watch is closed";
  // The stack begins with the words.
  Error.captureStackTrace(error, watchClosed);
  return error;
};

/** Whoever closes watches together with something else. */
export type OpenWatches = Set<{ close(): void }>;

/**
 * A table that stays true. Events lost, dumps interrupted and what the kernel changes without a word make it read again by itself; in
 * between it may be behind, never inconsistent for long. A watch keeps the process alive until it is closed.
 */
export class Watch<T> implements AsyncDisposable {
  readonly #rules: WatchRules<T>;
  readonly #events: Subscription<RouteMessageType>;
  readonly #dump: () => Promise<T[]>;
  readonly #options: WatchOptions<T>;
  readonly #open: OpenWatches;
  readonly #waiters = new Set<() => void>();
  #table = new Map<string, T>();
  #pending: EventItem<RouteMessageType>[] | undefined;
  #resyncs = 0;
  #dirty = false;
  #lost = false;
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #closed = false;
  #failure: { readonly error: unknown } | undefined;
  #fail!: (error: unknown) => void;
  #finish!: () => void;
  /**
   * Resolves when the watch is closed, its Rtnetlink is, or its signal aborts; rejects when it cannot go on. Unhandled, that is an
   * unhandledRejection, unless an `until` was waiting, which rejects with the same.
   */
  readonly done: Promise<void>;

  private constructor(
    rules: WatchRules<T>,
    events: Subscription<RouteMessageType>,
    dump: () => Promise<T[]>,
    options: WatchOptions<T>,
    open: OpenWatches,
  ) {
    this.#open = open;
    open.add(this);
    this.#rules = rules;
    this.#events = events;
    this.#dump = dump;
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
  }

  /**
   * Listens first and reads then, so that nothing falls between.
   * @internal
   */
  static async start<T>(
    rules: WatchRules<T>,
    events: Subscription<RouteMessageType>,
    dump: () => Promise<T[]>,
    options: WatchOptions<T>,
    open: OpenWatches,
  ): Promise<Watch<T>> {
    const watch = new Watch(rules, events, dump, options, open);
    void watch.#listen();
    try {
      await watch.#read();
    } catch (error) {
      watch.close();
      throw error;
    }
    if (watch.#closed) {
      options.signal?.throwIfAborted();
      throw watch.#whyEnded();
    }
    watch.#started = true;
    return watch;
  }

  /** How many objects there are. */
  get size(): number {
    return this.#table.size;
  }

  /** How often the table was read as a whole; the first time included. */
  get resyncs(): number {
    return this.#resyncs;
  }

  /** The objects, as the codec gives them. */
  list(): T[] {
    return [...this.#table.values()];
  }

  /** The objects, one at a time. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.#table.values();
  }

  /**
   * Waits until the table holds what is looked for: a link with carrier, an address that is no longer tentative.
   * @param found looked at now and after each change; anything but undefined and false ends the wait
   * @param options milliseconds (default: 10,000; Infinity for no limit), signal
   * @returns what `found` gave
   * @throws the signal's reason; a TimeoutError (DOMException) when the time is over; ConnectionClosed behind the end of the watch;
   * what `done` rejects with; RangeError for a timeout that is none
   */
  async until<V>(
    found: (table: Watch<T>) => V | undefined | false,
    { timeout = 10_000, signal }: { readonly timeout?: number; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<V> {
    // Not `done`: it would keep a reaction for each change as long as the watch lives.
    let again = (): void => {};
    const wake = (): void => again();
    const deadline = new Deadline(timeout, signal, wake);
    this.#waiters.add(wake);
    try {
      for (;;) {
        const value = found(this);
        if (value !== undefined && value !== false) return value;
        deadline.check();
        if (this.#closed) throw this.#whyEnded();
        await new Promise<void>((resolve) => {
          again = resolve;
        });
      }
    } finally {
      this.#waiters.delete(wake);
      deadline.clear();
    }
  }

  #whyEnded(): unknown {
    return this.#failure === undefined ? watchClosed() : this.#failure.error;
  }

  async #listen(): Promise<void> {
    try {
      for await (const item of this.#events) {
        if (this.#pending === undefined) this.#apply(item);
        else if (this.#pending.push(item) > PENDING) {
          this.#pending = [];
          this.#dirty = true;
          this.#lost = true;
        }
      }
      this.close();
    } catch (error) {
      this.#end(error);
    }
  }

  /** The end that nobody called for; by the signal, or with the connection, somebody did. */
  #end(error: unknown): void {
    if (this.#closed) return;
    if (this.#options.signal?.aborted === true || error instanceof ConnectionClosed) {
      this.close();
      return;
    }
    this.#failure = { error };
    // Who waits for the start or for a change is told, and need not look at `done` too.
    if (!this.#started || this.#waiters.size > 0) this.done.catch(() => {});
    this.#stop(() => this.#fail(error));
  }

  #apply(item: EventItem<RouteMessageType>): void {
    if (this.#closed) return;
    if (item.action === "overrun") this.#lost = true;
    const effect = item.action === "overrun" ? ({ kind: "resync" } as const) : this.#rules.effect(item, this.#table);
    if (effect === undefined) return;
    if ("kind" in effect) this.#step(effect);
    else for (const step of effect) this.#step(step);
  }

  #step(step: Step<T>): void {
    if (step.kind === "resync") this.#later();
    else if (step.kind === "set") this.#set(step.key, step.message);
    else this.#delete(step.key);
  }

  #set(key: string, message: T): void {
    const previous = this.#table.get(key);
    this.#table.set(key, message);
    this.#tell(previous === undefined ? { action: "new", message } : { action: "new", message, previous });
  }

  #delete(key: string): void {
    const message = this.#table.get(key);
    if (message === undefined) return;
    this.#table.delete(key);
    this.#tell({ action: "del", message, previous: message });
  }

  #tell(change: TableChange<T>): void {
    this.#wake();
    // The one before may have closed it.
    if (!this.#closed) this.#call(() => this.#options.onChange?.(change));
  }

  #wake(): void {
    for (const wake of this.#waiters) wake();
  }

  #call(theirs: () => void): void {
    try {
      theirs();
    } catch (error) {
      // Not here: below may be koffi's callback, where it would vanish.
      setImmediate(() => {
        throw error;
      });
    }
  }

  /** Reads the table again, once it is calm. */
  #later(): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending !== undefined) this.#dirty = true;
      else this.#read().catch((error: unknown) => this.#end(error));
    }, CALM);
  }

  /** Dumps, and then catches up with what was told meanwhile. */
  async #read(): Promise<void> {
    this.#pending = [];
    this.#dirty = false;
    this.#resyncs++;
    const lost = this.#lost;
    this.#lost = false;
    const { messages, isWhole } = await this.#dumped();
    if (this.#closed) return;
    const missed = this.#pending;
    this.#pending = undefined;
    this.#replace(messages, isWhole);
    if (isWhole) this.#tellReading(lost);
    else {
      this.#lost ||= lost;
      this.#dirty = true;
    }
    for (const item of missed) this.#apply(item);
    if (this.#dirty) this.#later();
  }

  /** One that kept changing is told apart: it may lack what is there, and is asked for again. */
  async #dumped(): Promise<{ messages: readonly T[]; isWhole: boolean }> {
    try {
      return { messages: await this.#dump(), isWhole: true };
    } catch (error) {
      if (!(error instanceof DumpInterrupted)) throw error;
      return { messages: error.messages as readonly T[], isWhole: false };
    }
  }

  /** The table as it was read; what a part of it lacks stays. */
  #replace(messages: readonly T[], isWhole: boolean): void {
    const before = this.#table;
    this.#table = new Map(isWhole ? [] : before);
    for (const message of messages) this.#table.set(this.#rules.key(message), message);
    if (!this.#started) return;
    this.#tellDifference(before);
    this.#wake();
  }

  #tellReading(lost: boolean): void {
    if (this.#started && !this.#closed) this.#call(() => this.#options.onResync?.(lost));
  }

  #tellDifference(before: ReadonlyMap<string, T>): void {
    for (const [key, previous] of before) {
      if (!this.#table.has(key)) this.#tell({ action: "del", message: previous, previous });
    }
    for (const [key, message] of this.#table) {
      const previous = before.get(key);
      if (previous === undefined) this.#tell({ action: "new", message });
      else if (!this.#isSame(previous, message)) this.#tell({ action: "new", message, previous });
    }
  }

  #isSame(one: T, other: T): boolean {
    return isDeepStrictEqual(this.#rules.state(one), this.#rules.state(other));
  }

  /** Ends it: no more changes are told. */
  close(): void {
    this.#stop(this.#finish);
  }

  #stop(how: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#open.delete(this);
    clearTimeout(this.#timer);
    how();
    this.#wake();
    this.#events.close();
  }

  /** `await using table = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
