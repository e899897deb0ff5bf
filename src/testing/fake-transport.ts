// A socket of the fake kernel: what a Connection is made over.
import type { MessageType, Registry } from "../codec/registry.ts";
import { SystemError } from "../socket/errors.ts";
import type { EventSocketOptions, EventTransport, Transport } from "../socket/transport.ts";
import type { FakeDump, KernelAbilities, ReplyTarget } from "./fake-reply.ts";
import { FakeSocket } from "./fake-socket.ts";
import type { FaultPlan, ReplyPart } from "./faults.ts";

const EBADF = 9;

/** What the kernel can put into one piece: 32 KiB less its own bookkeeping; a page's worth before anything was received. */
const LARGEST = 32_448;
const SMALLEST = 3776;

/** How a socket is made. */
export interface FakeTransportOptions {
  /** Bytes that unread datagrams may take. Default: 212,992, as net.core.rmem_default. */
  readonly receiveBuffer?: number | undefined;
  /** Bytes of a dump's datagram, at most. Default: 32,448, as Linux. A short dump in many pieces needs less. */
  readonly dumpBytes?: number | undefined;
}
/** What the kernel does for its sockets. */
export interface TransportHost<M extends MessageType> {
  readonly types: Registry<M>;
  readonly abilities: KernelAbilities;
  readonly faults: FaultPlan;
  /** Answers a datagram. */
  answer(from: FakeTransport<M>, datagram: Uint8Array): void;
  /** Opens a socket for events. */
  listen(options: EventSocketOptions): EventTransport;
}

/** One socket. Answers are on it when `send` returns. */
export class FakeTransport<M extends MessageType> extends FakeSocket implements Transport, ReplyTarget<M> {
  readonly #host: TransportHost<M>;
  #dump: FakeDump<M> | undefined;
  #stalled = false;
  readonly #largestPiece: number;
  constructor(host: TransportHost<M>, portId: number, options: FakeTransportOptions) {
    super(portId, host.faults, options.receiveBuffer);
    this.#host = host;
    this.#largestPiece = options.dumpBytes ?? LARGEST;
  }

  /** The messages that it knows. */
  get types(): Registry<M> {
    return this.#host.types;
  }
  /** What its kernel knows of. */
  get abilities(): KernelAbilities {
    return this.#host.abilities;
  }
  /** Is a dump being given? Then a second one gets EBUSY. */
  get dumping(): boolean {
    return this.#dump !== undefined;
  }

  /**
   * Hands a datagram to the kernel, which has answered when this returns.
   * @param datagram one or several messages
   * @throws SystemError what a fault says; EBADF when it is closed. Whatever a handler throws.
   */
  send(datagram: Uint8Array): void {
    if (this.closed) throw new SystemError("send", EBADF);
    const errno = this.faults.errno("send");
    if (errno !== undefined) throw new SystemError("send", errno);
    this.#host.answer(this, datagram.slice());
  }

  override put(bytes: Uint8Array, part: ReplyPart): void {
    super.put(bytes, part);
  }

  /**
   * Puts bytes on the socket, unasked.
   * @param datagrams each as it is; a number is an errno, for a receive to fail with
   */
  deliver(...datagrams: readonly (Uint8Array | number)[]): void {
    for (const datagram of datagrams) {
      if (typeof datagram === "number") this.fail(datagram);
      else this.put(datagram.slice(), "raw");
    }
  }

  /** @returns false: another dump runs */
  startDump(dump: FakeDump<M>): boolean {
    if (this.#dump !== undefined) return false;
    this.#dump = dump;
    if (this.full) this.overrun();
    else this.more();
    return true;
  }

  protected override more(): void {
    const dump = this.#dump;
    if (dump === undefined || this.#stalled) return;
    dump.next(Math.min(this.#largestPiece, Math.max(SMALLEST, this.largest)));
    if (dump.ended) this.#dump = undefined;
  }

  protected override stall(): void {
    this.#stalled = true;
  }

  /** Opens a socket for events in the same namespace. */
  readonly events = (options: EventSocketOptions): EventTransport => this.#host.listen(options);
}
