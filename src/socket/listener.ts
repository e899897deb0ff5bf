// Listening to a socket for events: an async iterable. Not reading it lets the kernel's buffer run over, and then it says so. What a
// datagram means is for others to say.
import { onAbort } from "./abort.ts";
import { SystemError } from "./errors.ts";
import { ENOBUFS } from "./libc.ts";
import type { EventTransport } from "./transport.ts";
import { Turns } from "./turns.ts";

/** Events were lost, nobody knows which: what was learned so far may be wrong. Dump again. */
export interface Overrun {
  /** What tells it from a change. */
  readonly action: "overrun";
}
/** Counts since the subscription was made. */
export interface EventCounters {
  /** Datagrams from the kernel. */
  readonly received: number;
  /** Datagrams that somebody else sent to this socket: dropped. */
  readonly forged: number;
  /** How often events were lost. */
  readonly overruns: number;
}
/** How to listen. */
export interface ListenerOptions {
  /** Ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes items of a datagram.
 * @param buffer the receive buffer: what is kept has to be copied
 * @param length bytes of it that are the datagram
 * @param nsid the namespace that it came from; undefined: the socket's own
 */
export type ReadEvents<T> = (buffer: Uint8Array, length: number, nsid: number | undefined) => readonly T[];
/** What `next` gives: an item, or the end. */
export type Heard<T> = IteratorResult<T | Overrun, undefined>;
interface Waiting<T> {
  resolve(result: Heard<T>): void;
  reject(error: unknown): void;
}

const RECEIVE = 256 * 1024;
/** Datagrams taken at a time. */
const DRAIN = 8;

const OVERRUN: Overrun = { action: "overrun" };
const ENDED = { done: true, value: undefined } as const;

/** What is heard, one item at a time. Somebody who awaits the next keeps the process alive. */
export class Listener<T> implements AsyncIterableIterator<T | Overrun, undefined>, AsyncDisposable {
  readonly #transport: EventTransport;
  readonly #read: ReadEvents<T>;
  readonly #counters = { received: 0, forged: 0, overruns: 0 };
  readonly #turns = new Turns();
  readonly #unlisten: (() => void) | undefined;
  #items: (T | Overrun)[] = [];
  /** How many of `#items` have been given. */
  #given = 0;
  #waiting: Waiting<T> | undefined;
  #ended: { readonly error?: unknown } | undefined;
  #buffer: Uint8Array = new Uint8Array(RECEIVE);
  /**
   * Called once, when it has ended.
   * @internal
   */
  onEnd: (() => void) | undefined;

  /**
   * @param transport its datagrams; closed with the subscription
   * @param read what to make of a datagram
   * @param options signal
   */
  constructor(transport: EventTransport, read: ReadEvents<T>, { signal }: ListenerOptions = {}) {
    this.#transport = transport;
    this.#read = read;
    const abort = (): void => this.#end({ error: signal?.reason });
    this.#unlisten = signal?.aborted === false ? onAbort(signal, abort) : undefined;
    if (signal?.aborted === true) abort();
  }

  /** nl_pid of the socket. */
  get portId(): number {
    return this.#transport.portId;
  }

  /** What it has seen so far. */
  get counters(): EventCounters {
    return { ...this.#counters };
  }

  /**
   * The next item: one call at a time.
   * @throws SystemError when receiving fails; the signal's reason
   */
  next(): Promise<Heard<T>> {
    const pause = this.#given === this.#items.length ? this.#turns.pause() : undefined;
    return pause === undefined ? this.#next() : pause.then(() => this.#next());
  }

  #next(): Promise<Heard<T>> {
    const item = this.#take();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    const ended = this.#ended;
    if (ended !== undefined) {
      this.#ended = {};
      return "error" in ended ? Promise.reject(ended.error) : Promise.resolve(ENDED);
    }
    if (this.#waiting !== undefined) {
      return Promise.reject(new TypeError("next() was called before the last one was settled"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#wait();
    });
  }

  /** An item that is there, or that the socket has. */
  #take(): T | Overrun | undefined {
    if (this.#given === this.#items.length) this.#receive();
    const item = this.#items[this.#given];
    if (item !== undefined) this.#given++;
    return item;
  }

  /** Takes some datagrams, if there are any. */
  #receive(): void {
    this.#items = [];
    this.#given = 0;
    for (let i = 0; i < DRAIN && this.#ended === undefined; i++) {
      try {
        const length = this.#transport.receive(this.#buffer);
        if (length === undefined) return;
        this.#datagram(length);
      } catch (error) {
        if (error instanceof SystemError && error.errno === ENOBUFS) this.#overrun();
        else this.#end({ error });
      }
    }
  }

  #datagram(length: number): void {
    // Anybody may send to a netlink port: what is not the kernel's is nobody's.
    if (this.#transport.sender !== 0) {
      this.#counters.forged++;
      return;
    }
    this.#counters.received++;
    if (length > this.#buffer.length) {
      this.#buffer = new Uint8Array(length);
      this.#overrun();
      return;
    }
    for (const item of this.#read(this.#buffer, length, this.#transport.nsid)) this.#items.push(item);
  }

  /** Once, however often the kernel says it in a row. */
  #overrun(): void {
    this.#counters.overruns++;
    this.overran();
    if (this.#items.at(-1) !== OVERRUN) this.#items.push(OVERRUN);
  }

  /** For who watches. */
  protected overran(): void {}

  #wait(): void {
    try {
      this.#transport.wait(this.#wake);
    } catch (error) {
      this.#end({ error });
    }
  }

  /** Runs in koffi's callback, where an exception vanishes: nothing in it throws. */
  readonly #wake = (error?: Error): void => {
    if (error !== undefined) {
      this.#end({ error });
      return;
    }
    const value = this.#take();
    if (value === undefined) {
      // A false alarm, or only forged datagrams.
      if (this.#ended === undefined) this.#wait();
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ done: false, value });
  };

  #end(how: { readonly error?: unknown }): void {
    if (this.#ended !== undefined) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#ended = waiting === undefined ? how : {};
    this.#unlisten?.();
    this.#transport.close();
    this.onEnd?.();
    if (waiting === undefined) return;
    if ("error" in how) waiting.reject(how.error);
    else waiting.resolve(ENDED);
  }

  /** Stops listening: whoever awaits the next item gets the end. */
  close(): void {
    this.#items = [];
    this.#given = 0;
    this.#end({});
  }

  /** Breaking off a `for await` closes it. */
  return(): Promise<Heard<T>> {
    this.close();
    return Promise.resolve(ENDED);
  }

  /** `for await` reads it. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** `await using events = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
