// What a live table tells, how it is asked for, and what it has to know of a family.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { EventItem } from "../socket/subscription.ts";

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
   * Called when the table has been read again as a whole, after the changes that this showed. Not for a reading that was interrupted
   * (DumpInterrupted): that is believed in what it shows, not in what it lacks, and is followed by another.
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
