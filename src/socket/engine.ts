// Sends what may be sent, in its order, and receives what is there. Promises are not its business, nor what the bytes say.
import type { MessageType, Registry } from "../codec/registry.ts";
import { joined } from "./batch.ts";
import { now } from "./clock.ts";
import { type Counters, type Counting, counting } from "./counters.ts";
import { SystemError } from "./errors.ts";
import type { Exchange, Verdict } from "./exchange.ts";
import { Inbox } from "./inbox.ts";
import { ENOBUFS } from "./libc.ts";
import { type Observer, observing } from "./observe.ts";
import type { Transport } from "./transport.ts";

/** One datagram to be sent, and the requests in it. */
export interface Parcel<M extends MessageType> {
  /** The requests, one behind the other. Undefined: there is only one. */
  readonly bytes?: Uint8Array | undefined;
  /** An exchange for each of them. */
  readonly exchanges: readonly Exchange<M>[];
}
const weightOf = <M extends MessageType>({ exchanges }: Parcel<M>): number => {
  let sum = 0;
  for (const { weight, settled } of exchanges) if (!settled) sum += weight;
  return sum;
};
/** Those whose callers still wait; the same list when all do. */
const liveOf = <M extends MessageType>(exchanges: readonly Exchange<M>[]): readonly Exchange<M>[] => {
  for (const { settled } of exchanges) if (settled) return exchanges.filter((exchange) => !exchange.settled);
  return exchanges;
};

/** Datagrams taken before other work gets its turn. */
const DRAIN = 8;
/** The default receive buffer (212,992 bytes) holds 256 acks, whatever their length. */
const CAPACITY = 256;
/** Milliseconds of the kernel's work that one turn of the event loop may hold: it all happens inside send(2). */
const TURN = 10;
/** Milliseconds until a dump is asked again that the kernel was too busy for. */
const LATER = 5;

/** The machinery of a connection. */
export class Engine<M extends MessageType> {
  readonly types: Registry<M>;
  readonly transport: Transport;
  readonly #counters: Counting = counting();
  readonly #inbox: Inbox<M>;
  readonly #queue: Parcel<M>[] = [];
  readonly #dumps: Parcel<M>[] = [];
  /** Dumps that the kernel was too busy for. */
  readonly #postponed: Parcel<M>[] = [];
  #later: NodeJS.Timeout | undefined;
  #resuming = false;
  readonly #observer: Observer;
  #dumping: Exchange<M> | undefined;
  #weight = 0;
  /** Milliseconds of the kernel's work since the loop last turned. */
  #spent = 0;
  /** A turn of the loop is awaited. */
  #yielding = false;
  #waiting = false;
  /** ENOBUFS was seen: when the buffer is empty, what is still unanswered is lost. */
  #overrun = false;
  closed = false;

  constructor(transport: Transport, types: Registry<M>) {
    this.transport = transport;
    this.types = types;
    this.#observer = observing(types, transport.portId);
    const obey = this.#obey.bind(this);
    this.#inbox = new Inbox(types, transport, this.#counters, this.#observer, obey);
  }

  get counters(): Counters {
    return this.#counters;
  }

  /** A sequence number that is not in use. */
  next(): number {
    return this.#inbox.next();
  }

  /** Puts a parcel in line, and sends what may be sent now. Never throws: what goes wrong is told to the exchanges. */
  submit(parcel: Parcel<M>): void {
    this.enqueue(parcel);
    this.run();
  }

  /** Puts a parcel in line for `runSync`. */
  enqueue(parcel: Parcel<M>): void {
    (parcel.exchanges[0]?.dump === true ? this.#dumps : this.#queue).push(parcel);
  }

  /** Does what can be done in this turn of the loop; sees to it that the rest is done in another. */
  run = (): void => {
    if (this.closed || this.#yielding) return;
    for (;;) {
      // What was sent is received first, however long it took: a timeout must not find an answer that nobody has looked at.
      const idle = this.#drain();
      if (this.#spent >= TURN && (!idle || this.#isQueued)) {
        this.#turn();
        return;
      }
      const parcel = this.#take();
      if (parcel !== undefined) this.#send(parcel, false);
      else if (idle) break;
    }
    this.#wait();
  };

  /**
   * The same for callers that cannot wait for the loop: blocks the thread until `done`.
   * @param milliseconds at most
   * @returns false when the time is over
   */
  runSync(done: () => boolean, milliseconds: number): boolean {
    const end = milliseconds === Number.POSITIVE_INFINITY ? milliseconds : now() + milliseconds;
    for (let first = true; !done(); first = false) {
      const idle = this.#drain();
      // Most are answered now, and need no clock.
      if (done()) break;
      const left = first ? milliseconds : end - now();
      // Also when there is no end of datagrams, of failures, or of what is to be sent.
      if (left <= 0 && !first) break;
      const parcel = this.#take();
      if (parcel !== undefined) this.#send(parcel, true);
      else if (idle && !done()) this.#block(left);
    }
    // Others that wait with the loop still do.
    if (this.#isBusy) this.#turn();
    else this.rest();
    return done();
  }

  #block(milliseconds: number): void {
    const time = Math.max(0, this.#postponed.length > 0 ? Math.min(milliseconds, LATER) : milliseconds);
    try {
      if (!this.transport.block(time)) this.#resume();
    } catch (error) {
      this.#broken(error);
      this.#resume();
    }
  }

  /** Lets the loop turn before it goes on. */
  #turn(): void {
    if (this.#yielding) return;
    this.#yielding = true;
    setImmediate(() => {
      this.#yielding = false;
      this.#spent = 0;
      this.run();
    });
  }

  /** Is there anything to be done in another turn of the loop? */
  get #isBusy(): boolean {
    return this.#inbox.pending.size + this.#queue.length + this.#dumps.length + this.#postponed.length > 0;
  }

  get #isQueued(): boolean {
    return this.#queue.length > 0 || (this.#dumps.length > 0 && this.#dumping === undefined);
  }

  /** The weight of the first in line; 0: nobody waits there. Those that were given up in line leave it here. */
  #firstWeight(): number {
    for (;;) {
      const [first] = this.#queue;
      const weight = first === undefined ? 0 : weightOf(first);
      if (first === undefined || weight > 0) return weight;
      this.#queue.shift();
    }
  }

  /** What is on its way leaves no room for the first in line. */
  #isBlocked(): boolean {
    if (this.#weight === 0 || this.#queue.length === 0) return false;
    const weight = this.#firstWeight();
    return weight > 0 && this.#weight + weight > CAPACITY;
  }

  /** The next parcel that may be sent. */
  #take(): Parcel<M> | undefined {
    if (this.#queue.length > 0) {
      const weight = this.#firstWeight();
      if (weight > 0 && (this.#weight === 0 || this.#weight + weight <= CAPACITY)) return this.#queue.shift();
    }
    if (this.#dumping === undefined && this.#dumps.length > 0) return this.#dumps.shift();
    return undefined;
  }

  #send(parcel: Parcel<M>, blocking: boolean): void {
    const live = liveOf(parcel.exchanges);
    const [first] = live;
    if (first === undefined) return;
    // What was given up while it waited in line is not sent any more.
    const whole = live === parcel.exchanges ? parcel.bytes : joined(live);
    const bytes = whole ?? first.request;
    for (const exchange of live) {
      exchange.begin();
      this.#inbox.pending.add(exchange);
      this.#weight += exchange.weight;
      if (exchange.dump) this.#dumping = exchange;
    }
    // Who blocks the thread anyway has no turn of the loop to keep short.
    const begin = blocking ? 0 : now();
    let sent = true;
    try {
      this.transport.send(bytes);
      this.#counters.sent++;
    } catch (error) {
      sent = false;
      for (const exchange of live) this.#obey(exchange, exchange.fail(error));
    }
    if (!blocking) this.#spent += now() - begin;
    // Last: who watches may ask something, which must not overtake this.
    if (sent) this.#observer.sent(bytes);
  }

  /** Is anybody waiting for an answer? A dump that was given up, or that nobody reads, counts while another waits for its end or room. */
  get #awaited(): boolean {
    if (this.#inbox.pending.awaited) return true;
    if (this.#dumping !== undefined && this.#isBlocked()) return true;
    // One that the kernel is too busy for waits for the end of another that nobody knows of any more.
    for (const { exchanges } of this.#postponed) if (exchanges.some((exchange) => !exchange.settled)) return true;
    return this.#dumps.length > 0 && this.#dumping !== undefined;
  }

  /** Takes what is there. True when nothing is left, or nobody wants it. */
  #drain(): boolean {
    for (let i = 0; i < DRAIN; i++) {
      if (this.closed || !this.#awaited) return true;
      let taken: boolean;
      try {
        taken = this.#inbox.take();
      } catch (error) {
        this.#broken(error);
        continue;
      }
      if (!taken) {
        this.#empty();
        return true;
      }
    }
    this.#spent = TURN;
    return false;
  }

  /** The kernel has nothing more to say for now. */
  #empty(): void {
    if (this.#overrun) {
      this.#overrun = false;
      for (const exchange of this.#inbox.pending.all()) this.#obey(exchange, exchange.damage("overrun"));
    }
    // A dump that was given up and gives nothing more: its end is lost, or long past. If not, the next is told EBUSY.
    if (this.#dumping?.settled === true) this.#finish(this.#dumping);
    if (!this.#resuming) return;
    this.#resuming = false;
    for (const parcel of this.#postponed.splice(0)) this.enqueue(parcel);
  }

  /** Receiving failed: with ENOBUFS answers were dropped, nobody knows which; anything else is the end of every request that was sent. */
  #broken(error: unknown): void {
    if (error instanceof SystemError && error.errno === ENOBUFS) {
      this.#counters.overruns++;
      this.#overrun = true;
      this.#observer.overrun();
      return;
    }
    for (const exchange of this.#inbox.pending.all()) this.#obey(exchange, exchange.break(error));
  }

  #wait(): void {
    if (this.closed || !this.#awaited) {
      this.rest();
      return;
    }
    if (this.#waiting) return;
    this.#waiting = true;
    try {
      // koffi loses what is thrown in its callback: `run` does not throw.
      this.transport.wait((error) => {
        this.#waiting = false;
        if (error !== undefined) this.#broken(error);
        this.run();
      });
    } catch (error) {
      this.#waiting = false;
      this.#broken(error);
      // What is in line has not failed, and nobody else will send it.
      this.#turn();
    }
  }

  /** Nobody waits: an idle connection keeps no process alive. */
  rest(): void {
    if (!this.#waiting || this.closed || this.#awaited) return;
    this.#waiting = false;
    this.transport.cancel();
  }

  #obey(exchange: Exchange<M>, verdict: Verdict): void {
    if (verdict === "more") return;
    this.#finish(exchange);
    if (verdict === "settled") return;
    this.#counters.retries++;
    exchange.renumber(this.next());
    const again: Parcel<M> = { exchanges: [exchange] };
    if (verdict === "again") this.enqueue(again);
    else if (this.#postponed.push(again) === 1) {
      this.#later = setTimeout(() => {
        this.#resume();
        this.run();
      }, LATER);
    }
  }

  /** The time is over for what the kernel was too busy for: asked again as soon as what it still had to say has been read. */
  #resume(): void {
    clearTimeout(this.#later);
    this.#resuming = this.#postponed.length > 0;
  }

  /** The kernel has said its last word on it. */
  #finish(exchange: Exchange<M>): void {
    if (!this.#inbox.pending.remove(exchange)) return;
    this.#weight -= exchange.weight;
    if (exchange === this.#dumping) this.#dumping = undefined;
  }

  /** Their caller waits no longer. A dump that the kernel is still giving is read to its end, or the next one would be EBUSY. */
  abandon(exchanges: readonly Exchange<M>[], settle: (exchange: Exchange<M>) => unknown): void {
    for (const exchange of exchanges) {
      settle(exchange);
      if (exchange !== this.#dumping) this.#finish(exchange);
    }
    this.run();
    this.rest();
  }

  /** Closes the transport, and tells everybody. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.#later);
    this.transport.close();
    for (const { exchanges } of [this.#queue, this.#dumps, this.#postponed].flatMap((line) => line.splice(0))) {
      for (const exchange of exchanges) exchange.lose("closed");
    }
    for (const exchange of this.#inbox.pending.all()) exchange.lose("closed");
    this.#inbox.pending.clear();
    this.#inbox.close();
  }
}
