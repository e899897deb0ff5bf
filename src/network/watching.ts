// One subscription for many waits. An event only says that it is worth looking; the look, one GET of one object, decides. So what an
// event left in the buffer says of a state long past cannot end a wait, and an event that was lost costs one look a wait.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { ConnectionClosed } from "../socket/errors.ts";
import type { Change, EventItem, Subscription } from "../socket/subscription.ts";

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
/** Something that has happened. */
export type WaitEvent = Change<RouteMessageType>;
/** What one wait is about. */
export interface Wait {
  /** The link. */
  readonly index: number;
  /** May this event of the link be what is waited for, or that it will not come? */
  hopeful(event: WaitEvent): boolean;
  /** Asks the kernel. What it throws ends the wait. */
  look(): Promise<boolean>;
  /** What to throw when the time is over. */
  late(): Error;
}

/** Bytes that unread events may take: some thousands. */
const BUFFER = 4 * 1024 * 1024;
/** What setTimeout can hold, in milliseconds; longer is for ever. */
const LONGEST = 0x7fffffff;

/** A wait under way. */
interface Waiting {
  readonly wait: Wait;
  /** Look again, or stop for this reason. */
  wake(reason?: { readonly error: unknown }): void;
}

/** Hears of links and addresses of one namespace, for any number of waits. Keeps the process alive until it is closed. */
export class Watching implements AsyncDisposable {
  /** Whom to ask. */
  readonly rtnl: Rtnetlink;
  readonly #events: Subscription<RouteMessageType>;
  readonly #waiting = new Map<number, Set<Waiting>>();
  #ended: { readonly error: unknown } | undefined;

  /**
   * @param rtnl of the namespace
   * @throws SystemError
   */
  constructor(rtnl: Rtnetlink) {
    this.rtnl = rtnl;
    this.#events = rtnl.subscribe(["LINK", "IPV4_IFADDR", "IPV6_IFADDR"], { receiveBuffer: BUFFER });
    void this.#listen();
  }

  async #listen(): Promise<void> {
    try {
      for await (const item of this.#events) this.#hear(item);
      this.#end(new ConnectionClosed());
    } catch (error) {
      this.#end(error);
    }
  }

  #hear(item: EventItem<RouteMessageType>): void {
    if (item.action === "overrun") {
      for (const one of this.#all()) one.wake();
      return;
    }
    const { message } = item;
    const index = "header" in message && "index" in message.header ? message.header.index : 0;
    for (const one of this.#waiting.get(index) ?? []) if (one.wait.hopeful(item)) one.wake();
  }

  #all(): Waiting[] {
    return [...this.#waiting.values()].flatMap((some) => [...some]);
  }

  #end(error: unknown): void {
    this.#ended ??= { error };
    for (const one of this.#all()) one.wake(this.#ended);
  }

  /**
   * Looks, and looks again at each hopeful event, until it is so.
   * @internal
   * @param wait what for
   * @param options how long
   * @throws what `wait` says; the signal's reason; ConnectionClosed when this is closed meanwhile
   */
  async until(wait: Wait, { timeout, signal }: WaitOptions): Promise<void> {
    let stop: { readonly error: unknown } | undefined = this.#ended;
    let woken = false;
    let resume = (): void => {};
    const wake = (reason?: { readonly error: unknown }): void => {
      stop ??= reason;
      woken = true;
      resume();
    };
    const onAbort = (): void => wake({ error: signal?.reason });
    const timer = timeout <= LONGEST ? setTimeout(() => wake({ error: wait.late() }), timeout) : undefined;
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
    const leave = this.#enter({ wait, wake });
    try {
      for (;;) {
        if (stop !== undefined) throw stop.error;
        woken = false;
        if (await wait.look()) return;
        if (!woken) {
          await new Promise<void>((resolve) => {
            resume = resolve;
          });
        }
      }
    } finally {
      leave();
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Has it woken; gives what takes it out again. */
  #enter(one: Waiting): () => void {
    const { index } = one.wait;
    const some = this.#waiting.get(index) ?? new Set();
    this.#waiting.set(index, some.add(one));
    return () => {
      some.delete(one);
      if (some.size === 0) this.#waiting.delete(index);
    };
  }

  /** Stops listening; waits under way are rejected with ConnectionClosed. */
  close(): void {
    this.#events.close();
  }

  /** `await using watching = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

/**
 * Listens to a namespace, so that any number of waits share one subscription: `carrierUp`, `portForwarding` and `addressesReady` take it in
 * place of the Rtnetlink.
 * @param rtnl of the namespace
 * @throws SystemError
 * @example
 * await using host = watching(rtnl);
 * await Promise.all(ports.map((index) => portForwarding(host, index, { timeout: 5000 })));
 */
export const watching = (rtnl: Rtnetlink): Watching => new Watching(rtnl);

/**
 * A subscription for one call, where there is none yet.
 * @param where listening already, or to be listened to
 * @param run gets the subscription
 */
export const heard = async <T>(where: Rtnetlink | Watching, run: (watching: Watching) => Promise<T>): Promise<T> => {
  if (where instanceof Watching) return run(where);
  await using own = watching(where);
  return await run(own);
};
