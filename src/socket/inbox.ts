// What came: datagrams -> messages -> the exchanges that they are for, by number and port.
import { align4, type Reader, readerOf } from "../codec/bytes.ts";
import { NLM_F, NLMSG } from "../codec/control.ts";
import { fieldsOf } from "../codec/fields.ts";
import { type AnyMessage, decodeInto, type UnknownMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import type { Counting } from "./counters.ts";
import type { Exchange, Verdict } from "./exchange.ts";
import { HOST_ORDER } from "./libc.ts";
import type { Observer } from "./observe.ts";
import { Pending } from "./pending.ts";
import type { Transport } from "./transport.ts";

/** The kernel caps a dump's datagrams at 32 KiB; an ack that echoes a request can be longer. */
const RECEIVE = 256 * 1024;

/**
 * Buffers of connections that were closed, for the next ones. Who opens one for a few requests, in one namespace after the other, would have
 * 256 KiB cleared and collected for each.
 */
const spare: Uint8Array[] = [];
const SPARE = 4;

const little = HOST_ORDER === "little";
const NONE: Uint8Array = new Uint8Array(0);
const NLMSG_HDRLEN = 16;
/** sizeof(struct nlmsgerr) */
const NLMSGERR = 20;

/** The receiving side of an engine. */
export class Inbox<M extends MessageType> {
  /** Who waits, by number. */
  readonly pending: Pending<M> = new Pending();
  readonly #types: Registry<M>;
  readonly #transport: Transport;
  readonly #counters: Counting;
  readonly #observer: Observer;
  readonly #obey: (exchange: Exchange<M>, verdict: Verdict) => void;
  #buffer: Uint8Array = spare.pop() ?? new Uint8Array(RECEIVE);
  /** Somebody may be told of what is in the buffer: who closes the connection now must not give it away. */
  #taking = false;
  #view: DataView = new DataView(this.#buffer.buffer);
  #reader: Reader;
  #seq = 0;
  constructor(
    types: Registry<M>,
    transport: Transport,
    counters: Counting,
    observer: Observer,
    obey: (exchange: Exchange<M>, verdict: Verdict) => void,
  ) {
    this.#types = types;
    this.#reader = readerOf(this.#buffer, { byteOrder: HOST_ORDER }, types.extensions);
    this.#transport = transport;
    this.#counters = counters;
    this.#observer = observer;
    this.#obey = obey;
  }

  /** A sequence number that is not in use; never 0, which is what events carry. */
  next(): number {
    do this.#seq = (this.#seq + 1) >>> 0;
    while (this.#seq === 0 || this.pending.get(this.#seq) !== undefined);
    return this.#seq;
  }

  /**
   * Takes one datagram, and tells whom it is for.
   * @returns false when there is none
   * @throws SystemError
   */
  take(): boolean {
    const length = this.#transport.receive(this.#buffer);
    if (length === undefined) return false;
    this.#taking = true;
    this.#datagram(length);
    this.#taking = false;
    return true;
  }

  /** Nothing will be received any more. */
  close(): void {
    if (!this.#taking && this.#buffer.length === RECEIVE && spare.length < SPARE) spare.push(this.#buffer);
    this.#buffer = NONE;
  }

  #datagram(length: number): void {
    this.#counters.received++;
    const cut = length > this.#buffer.length;
    const buffer = this.#buffer;
    const end = cut ? buffer.length : length;
    if (cut) {
      this.#truncated(end);
      this.#buffer = new Uint8Array(length);
      this.#view = new DataView(this.#buffer.buffer);
      this.#reader = readerOf(this.#buffer, { byteOrder: HOST_ORDER }, this.#types.extensions);
    } else if (!this.#acknowledged(end)) this.#messages(end);
    // Last: who watches may ask something, and the answer would overwrite what has not been read.
    this.#observer.received(buffer, end);
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
    // All of a datagram answers one request, unless a fake puts it together: that of the first message says what is read.
    const first = end >= NLMSG_HDRLEN ? this.pending.get(this.#view.getUint32(8, little)) : undefined;
    this.#reader.fields = first?.fields === undefined ? undefined : fieldsOf(this.#types, first.fields, false);
    let last = first?.dump === true ? first : undefined;
    const plain = last === undefined ? 0 : this.#plain(last, end);
    if (plain > 0) last?.takeAll((into) => decodeInto(this.#types, this.#reader, 0, plain, into));
    for (const message of decodeInto(this.#types, this.#reader, plain, end, [])) {
      if ((message as UnknownMessage).runt === true) {
        // Less than a header: what it was is gone, and whose it was unless something stands before it.
        const losers = last === undefined ? this.pending.all() : [last];
        for (const loser of losers) this.#obey(loser, loser.damage("truncated"));
        continue;
      }
      const exchange =
        last?.seq === message.seq && message.pid === this.#transport.portId && this.pending.get(last.seq) === last
          ? last
          : this.#addressee(message.seq, message.pid);
      if (exchange === undefined) continue;
      if (last !== undefined && last !== exchange) last.endOfDatagram();
      last = exchange;
      this.#obey(exchange, isCut(message as AnyMessage<never>) ? exchange.damage("truncated") : exchange.take(message));
    }
    last?.endOfDatagram();
  }

  /** How much of a datagram is whole messages for a dump, none of them about the dump itself: no need to look at them one by one. */
  #plain(exchange: Exchange<M>, end: number): number {
    const view = this.#view;
    const { seq } = exchange;
    const { portId } = this.#transport;
    let at = 0;
    while (end - at >= NLMSG_HDRLEN) {
      const length = view.getUint32(at, little);
      const isPlain =
        length >= NLMSG_HDRLEN &&
        length <= end - at &&
        view.getUint16(at + 4, little) >= NLMSG.MIN_TYPE &&
        (view.getUint16(at + 6, little) & NLM_F.DUMP_INTR) === 0 &&
        view.getUint32(at + 8, little) === seq &&
        view.getUint32(at + 12, little) === portId;
      if (!isPlain) break;
      at += align4(length);
    }
    return Math.min(at, end);
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
    const exchange = portId === this.#transport.portId ? this.pending.get(seq) : undefined;
    if (exchange !== undefined) return exchange;
    const wasOurs = portId === this.#transport.portId && seq !== 0 && seq <= this.#seq;
    if (wasOurs) this.#counters.late++;
    else this.#counters.strays++;
    return undefined;
  }
}

/** Did its datagram end before it did? Then even an ack's verdict may be missing. */
const isCut = (message: AnyMessage<never>): boolean =>
  (message.name === "NLMSG_ERROR" && message.header.len < NLMSG_HDRLEN) ||
  message.issues?.some(({ code, path }) => code === "TRUNCATED" && path === "") === true;
