// Sends what may be sent, receives what is there, and pairs the two by number and port. Promises and threads are not its business.
import { NLM_F, NLMSG } from "../codec/control.ts";
import { type AnyMessage, decodeWith, type UnknownMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { joined } from "./batch.ts";
import { type Counters, type Counting, counting } from "./counters.ts";
import { SystemError } from "./errors.ts";
import type { Exchange, Verdict } from "./exchange.ts";
import { ENOBUFS, HOST_ORDER } from "./libc.ts";
import { type Observer, observing } from "./observe.ts";
import type { Transport } from "./transport.ts";

/** One datagram to be sent, and the requests in it. */
export interface Parcel<M extends MessageType> {
  /** The requests, one behind the other. */
  readonly bytes: Uint8Array;
  /** An exchange for each of them. */
  readonly exchanges: readonly Exchange<M>[];
}
const weightOf = <M extends MessageType>({ exchanges }: Parcel<M>): number =>
  exchanges.reduce((sum, { weight }) => sum + weight, 0);

/** The kernel caps a dump's datagrams at 32 KiB; an ack that echoes a request can be longer. */
const RECEIVE = 256 * 1024;
/** Datagrams taken before other work gets its turn. */
const DRAIN = 8;
/** The default receive buffer (212,992 bytes) holds 256 acks, whatever their length. */
const CAPACITY = 256;
/** Milliseconds of the kernel's work that one turn of the event loop may hold: it all happens inside send(2). */
const TURN = 10;
/** Milliseconds until a dump is asked again that the kernel was too busy for. */
const LATER = 5;

const little = HOST_ORDER === "little";
const NLMSG_HDRLEN = 16;
/** sizeof(struct nlmsgerr) */
const NLMSGERR = 20;

/** The machinery of a connection. */
export class Engine<M extends MessageType> {
  readonly types: Registry<M>;
  readonly transport: Transport;
  readonly #counters: Counting = counting();
  readonly #pending = new Map<number, Exchange<M>>();
  readonly #queue: Parcel<M>[] = [];
  readonly #dumps: Parcel<M>[] = [];
  /** Dumps that the kernel was too busy for. */
  readonly #postponed: Parcel<M>[] = [];
  #later: NodeJS.Timeout | undefined;
  #resuming = false;
  readonly #observer: Observer;
  #dumping: Exchange<M> | undefined;
  #weight = 0;
  #buffer: Uint8Array = new Uint8Array(RECEIVE);
  #view = new DataView(this.#buffer.buffer);
  #seq = 0;
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
  }

  get counters(): Counters {
    return this.#counters;
  }

  /** A sequence number that is not in use; never 0, which is what events carry. */
  next(): number {
    do this.#seq = (this.#seq + 1) >>> 0;
    while (this.#seq === 0 || this.#pending.has(this.#seq));
    return this.#seq;
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
      if (parcel !== undefined) this.#send(parcel);
      else if (idle) break;
    }
    this.#wait();
  };

  /**
   * The same for who cannot wait for the loop: blocks the thread until `done`.
   * @param milliseconds at most
   * @returns false when the time is over
   */
  runSync(done: () => boolean, milliseconds: number): boolean {
    const end = performance.now() + milliseconds;
    for (let first = true; !done(); first = false) {
      const idle = this.#drain();
      const left = end - performance.now();
      // Also when there is no end of datagrams, of failures, or of what is to be sent.
      if (!first && left <= 0) break;
      const parcel = this.#take();
      if (parcel !== undefined) this.#send(parcel);
      else if (idle && !done()) this.#block(left);
    }
    // Others that wait with the loop still do.
    this.#turn();
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

  get #isQueued(): boolean {
    return this.#queue.length > 0 || (this.#dumps.length > 0 && this.#dumping === undefined);
  }

  /** The next parcel that may be sent. */
  #take(): Parcel<M> | undefined {
    const first = this.#queue[0];
    if (first !== undefined && (this.#weight === 0 || this.#weight + weightOf(first) <= CAPACITY)) {
      return this.#queue.shift();
    }
    if (this.#dumping === undefined && this.#dumps.length > 0) return this.#dumps.shift();
    return undefined;
  }

  #send(parcel: Parcel<M>): void {
    const live = parcel.exchanges.filter((exchange) => !exchange.settled);
    if (live.length === 0) return;
    // What was given up while it waited in line is not sent any more.
    const bytes = live.length === parcel.exchanges.length ? parcel.bytes : joined(live);
    for (const exchange of live) {
      exchange.begin();
      this.#pending.set(exchange.seq, exchange);
      this.#weight += exchange.weight;
      if (exchange.dump) this.#dumping = exchange;
    }
    this.#counters.sent++;
    this.#observer.sent(bytes);
    const begin = performance.now();
    try {
      this.transport.send(bytes);
    } catch (error) {
      for (const exchange of live) this.#obey(exchange, exchange.fail(error));
    }
    this.#spent += performance.now() - begin;
  }

  /** Is anybody waiting for an answer? A dump that was given up, or that nobody reads, counts while another waits for its end. */
  get #awaited(): boolean {
    for (const exchange of this.#pending.values()) if (!exchange.settled && exchange.hungry) return true;
    // One that the kernel is too busy for waits for the end of another that nobody knows of any more.
    const postponed = this.#postponed.some(({ exchanges }) => exchanges.some((exchange) => !exchange.settled));
    return postponed || (this.#dumps.length > 0 && this.#dumping !== undefined);
  }

  /** Takes what is there. True when nothing is left, or nobody wants it. */
  #drain(): boolean {
    for (let i = 0; i < DRAIN; i++) {
      if (this.closed || !this.#awaited) return true;
      let length: number | undefined;
      try {
        length = this.transport.receive(this.#buffer);
      } catch (error) {
        this.#broken(error);
        continue;
      }
      if (length === undefined) {
        this.#empty();
        return true;
      }
      this.#datagram(length);
    }
    this.#spent = TURN;
    return false;
  }

  /** The kernel has nothing more to say for now. */
  #empty(): void {
    if (this.#overrun) {
      this.#overrun = false;
      for (const exchange of [...this.#pending.values()]) this.#obey(exchange, exchange.damage("overrun"));
    }
    // A dump that was given up and gives nothing more: its end is lost, or long past. If not, the next is told EBUSY.
    if (this.#dumping?.settled === true) this.#finish(this.#dumping);
    if (!this.#resuming) return;
    this.#resuming = false;
    for (const parcel of this.#postponed.splice(0)) this.enqueue(parcel);
  }

  /** Receiving failed: with ENOBUFS answers were dropped, nobody knows which; anything else is the end of every request. */
  #broken(error: unknown): void {
    if (error instanceof SystemError && error.errno === ENOBUFS) {
      this.#counters.overruns++;
      this.#observer.overrun();
      this.#overrun = true;
      return;
    }
    for (const exchange of [...this.#pending.values()]) this.#obey(exchange, exchange.fail(error));
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

  #datagram(length: number): void {
    this.#counters.received++;
    const cut = length > this.#buffer.length;
    const end = cut ? this.#buffer.length : length;
    this.#observer.received(this.#buffer, end);
    if (cut) {
      this.#truncated(end);
      this.#buffer = new Uint8Array(length);
      this.#view = new DataView(this.#buffer.buffer);
    } else if (!this.#acknowledged(end)) this.#messages(end);
  }

  /** What most requests are answered with, one ack of 0 alone in its datagram, needs no decoding. */
  #acknowledged(end: number): boolean {
    const view = this.#view;
    const isAck =
      end >= NLMSG_HDRLEN + NLMSGERR &&
      view.getUint32(0, little) === end &&
      view.getUint16(4, little) === NLMSG.ERROR &&
      view.getInt32(NLMSG_HDRLEN, little) === 0 &&
      (view.getUint16(6, little) & NLM_F.ACK_TLVS) === 0;
    if (!isAck) return false;
    const exchange = this.#addressee(view.getUint32(8, little), view.getUint32(12, little));
    if (exchange !== undefined) this.#obey(exchange, exchange.acknowledge());
    return true;
  }

  #messages(end: number): void {
    const messages = decodeWith(this.types, this.#buffer.subarray(0, end), { byteOrder: HOST_ORDER });
    let last: Exchange<M> | undefined;
    for (const message of messages) {
      if ((message as UnknownMessage).runt === true) {
        // Less than a header: what it was is gone, and whose it was unless something stands before it.
        const losers = last === undefined ? [...this.#pending.values()] : [last];
        for (const loser of losers) this.#obey(loser, loser.damage("truncated"));
        continue;
      }
      const exchange =
        last?.seq === message.seq && message.pid === this.transport.portId && this.#pending.has(last.seq)
          ? last
          : this.#addressee(message.seq, message.pid);
      if (exchange === undefined) continue;
      if (last !== undefined && last !== exchange) last.endOfDatagram();
      last = exchange;
      this.#obey(exchange, isCut(message as AnyMessage<never>) ? exchange.damage("truncated") : exchange.take(message));
    }
    last?.endOfDatagram();
  }

  /** Of a datagram that was cut only the numbers are looked at: whose answers are gone. */
  #truncated(end: number): void {
    this.#counters.truncated++;
    for (let at = 0; end - at >= NLMSG_HDRLEN; ) {
      const length = this.#view.getUint32(at, little);
      const exchange = this.#addressee(this.#view.getUint32(at + 8, little), this.#view.getUint32(at + 12, little));
      if (exchange !== undefined) this.#obey(exchange, exchange.damage("truncated"));
      at += Math.max(NLMSG_HDRLEN, (length + 3) & ~3);
    }
  }

  /** Whom an answer is for; undefined for nobody's. */
  #addressee(seq: number, portId: number): Exchange<M> | undefined {
    const exchange = portId === this.transport.portId ? this.#pending.get(seq) : undefined;
    if (exchange !== undefined) return exchange;
    const wasOurs = portId === this.transport.portId && seq !== 0 && seq <= this.#seq;
    if (wasOurs) this.#counters.late++;
    else this.#counters.strays++;
    return undefined;
  }

  #obey(exchange: Exchange<M>, verdict: Verdict): void {
    if (verdict === "more") return;
    this.#finish(exchange);
    if (verdict === "settled") return;
    this.#counters.retries++;
    exchange.renumber(this.next());
    const again: Parcel<M> = { bytes: exchange.request, exchanges: [exchange] };
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
    if (!this.#pending.delete(exchange.seq)) return;
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
    for (const exchange of this.#pending.values()) exchange.lose("closed");
    this.#pending.clear();
  }
}

/** Did its datagram end before it did? Then even an ack's verdict may be missing. */
const isCut = (message: AnyMessage<never>): boolean =>
  (message.name === "NLMSG_ERROR" && message.header.len < NLMSG_HDRLEN) ||
  message.issues?.some(({ code, path }) => code === "TRUNCATED" && path === "") === true;
