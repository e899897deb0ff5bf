// A live table: a dump, kept true by events, read again when events were lost. Knows no family: `watch-rules.ts` does.

import { isDeepStrictEqual } from "node:util";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { DumpInterrupted } from "../socket/errors.ts";
import type { EventItem, Subscription } from "../socket/subscription.ts";

/** What a change did to the table. */
export interface TableChange<T> {
  /** "new": it is there, or other than it was; "del": it is gone. */
  readonly action: "new" | "del";
  /** As it is now; of what is gone, as it was. */
  readonly message: T;
  /** What stood there before. */
  readonly previous?: T | undefined;
}
/** How to watch. */
export interface WatchOptions<T> {
  /**
   * Called for each change, after the table has it; not for what is there at the beginning. What it throws becomes an
   * uncaughtException, and the watch goes on.
   */
  readonly onChange?: ((change: TableChange<T>) => void) | undefined;
  /**
   * Called when the table has been read again as a whole, after the changes that this showed.
   * @param lost events were lost: what came and went meanwhile is told by nobody. Otherwise an event did not tell all
   */
  readonly onResync?: ((lost: boolean) => void) | undefined;
  /** Ends the watch, as `close` does. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes that unread events may take in the kernel. Default: 4 MiB, some thousands; needs CAP_NET_ADMIN. */
  readonly receiveBuffer?: number | undefined;
}

/** One thing that an event changes. */
export type Step<T> =
  | { readonly kind: "set"; readonly key: string; readonly message: T }
  | { readonly kind: "delete"; readonly key: string }
  /** The event does not tell all: read the table again. */
  | { readonly kind: "resync" };
/** What an event means for a table; undefined: nothing. */
export type Effect<T> = Step<T> | readonly Step<T>[] | undefined;

/** What a family has to say. */
export interface WatchRules<T> {
  /** Groups to join: RTNLGRP. */
  readonly groups: readonly number[];
  /** What tells one object from another. */
  key(message: T): string;
  /** What a reading is compared by: all but counters and clocks, which run by themselves. */
  state(message: T): unknown;
  /** What an event does. `table` is as it was before. */
  effect(event: Exclude<EventItem<RouteMessageType>, { action: "overrun" }>, table: ReadonlyMap<string, T>): Effect<T>;
}

/** Milliseconds that a table may be left as it is before it is read again, so that a burst costs one reading. */
const CALM = 20;
/** Events kept while the table is read; with more it is read again. */
const PENDING = 100_000;

/**
 * A table that stays true. Events lost, dumps interrupted and what the kernel changes without a word make it read again by itself; in
 * between it may be behind, never inconsistent for long. A watch keeps the process alive until it is closed.
 */
export class Watch<T> implements AsyncDisposable {
  readonly #rules: WatchRules<T>;
  readonly #events: Subscription<RouteMessageType>;
  readonly #dump: () => Promise<T[]>;
  readonly #options: WatchOptions<T>;
  readonly #waiters = new Set<() => void>();
  #table = new Map<string, T>();
  #pending: EventItem<RouteMessageType>[] | undefined;
  #resyncs = 0;
  #dirty = false;
  #lost = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #fail!: (error: unknown) => void;
  #finish!: () => void;
  /** Resolves when the watch is closed or its signal aborts; rejects when it cannot go on. Unhandled, that is an unhandledRejection. */
  readonly done: Promise<void>;

  private constructor(
    rules: WatchRules<T>,
    events: Subscription<RouteMessageType>,
    dump: () => Promise<T[]>,
    options: WatchOptions<T>,
  ) {
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
  ): Promise<Watch<T>> {
    const watch = new Watch(rules, events, dump, options);
    void watch.#listen();
    try {
      await watch.#read(false);
    } catch (error) {
      watch.close();
      throw error;
    }
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
   * @param options milliseconds (default: 10,000), signal
   * @returns what `found` gave
   * @throws the signal's reason; a TimeoutError (DOMException) when the time is over; what `done` rejects with
   */
  async until<V>(
    found: (table: Watch<T>) => V | undefined | false,
    { timeout = 10_000, signal }: { readonly timeout?: number; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<V> {
    const limit = AbortSignal.timeout(timeout);
    const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
    for (;;) {
      const value = found(this);
      if (value !== undefined && value !== false) return value;
      either.throwIfAborted();
      if (this.#closed) throw new Error("the watch was closed");
      let wake = (): void => {};
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.#waiters.add(wake);
      either.addEventListener("abort", wake, { once: true });
      try {
        await Promise.race([changed, this.done]);
      } finally {
        this.#waiters.delete(wake);
        either.removeEventListener("abort", wake);
      }
    }
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

  /** The end that nobody called for; by the signal somebody did. */
  #end(error: unknown): void {
    this.#stop(this.#options.signal?.aborted === true ? this.#finish : () => this.#fail(error));
  }

  #apply(item: EventItem<RouteMessageType>): void {
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
    this.#call(() => this.#options.onChange?.(change));
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
      else this.#read(true).catch((error: unknown) => this.#end(error));
    }, CALM);
  }

  /** Dumps, and then catches up with what was told meanwhile. */
  async #read(tell: boolean): Promise<void> {
    this.#pending = [];
    this.#dirty = false;
    this.#resyncs++;
    const lost = this.#lost;
    this.#lost = false;
    const fresh = await this.#whole();
    if (this.#closed) return;
    const before = this.#table;
    this.#table = new Map(fresh.map((message) => [this.#rules.key(message), message]));
    const missed = this.#pending;
    this.#pending = undefined;
    if (tell) {
      this.#tellDifference(before);
      this.#call(() => this.#options.onResync?.(lost));
      this.#wake();
    }
    for (const item of missed) this.#apply(item);
    if (this.#dirty) this.#later();
  }

  /** The dump; one that kept changing is good enough, since it will be read again. */
  async #whole(): Promise<T[]> {
    try {
      return await this.#dump();
    } catch (error) {
      if (!(error instanceof DumpInterrupted)) throw error;
      this.#dirty = true;
      return error.messages as T[];
    }
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
