// The kernel's side of the conversation, for tests of programs that speak netlink: scripted, and as unreliable as is wished.
import { NLM_F, NLMSG } from "../codec/control.ts";
import {
  type AnyInput,
  type AnyMessage,
  decodeWith,
  encodeWith,
  type MessageOf,
  type Named,
} from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import type { EventSocketOptions } from "../socket/transport.ts";
import { framesOf, HOST_ORDER } from "./fake-bytes.ts";
import { FakeReply, type KernelAbilities, type Reply } from "./fake-reply.ts";
import { FakeSocket } from "./fake-socket.ts";
import { FakeTransport, type FakeTransportOptions } from "./fake-transport.ts";
import { type Fault, FaultPlan } from "./faults.ts";

/** What kind of kernel it is. */
export interface FakeKernelOptions extends KernelAbilities {
  /** What faults with a `chance` are drawn with. Default: 1. */
  readonly seed?: number | undefined;
}
/** Where an event goes. */
export interface EmitOptions {
  /** The multicast group, by number. Default: every socket that listens to any. */
  readonly group?: number | undefined;
  /** The namespace it happened in, if another: only sockets that hear all namespaces get it. */
  readonly nsid?: number | undefined;
  /** Port of the sender. Default: 0, the kernel. */
  readonly sender?: number | undefined;
}
/** The request of a name, decoded. */
export type RequestNamed<M extends MessageType, N extends string> = Extract<MessageOf<M>, Named<N>>;
/** Answers a request. It must not wait. */
export type Handler<M extends MessageType, Request = AnyMessage<M>> = (request: Request, reply: Reply<M>) => void;

const EOPNOTSUPP = 95;
/** Of the first socket. */
const FIRST_PORT = 4711;

class EventSocket extends FakeSocket {
  readonly #options: EventSocketOptions;
  constructor(portId: number, faults: FaultPlan, options: EventSocketOptions) {
    super(portId, faults, options.receiveBuffer);
    this.#options = options;
  }
  hear(bytes: Uint8Array, { group, nsid, sender = 0 }: EmitOptions): void {
    const { groups, allNamespaces } = this.#options;
    if (group !== undefined && !groups.includes(group)) return;
    if (nsid === undefined || allNamespaces === true) this.put(bytes, "event", { sender, nsid });
  }
}

/**
 * A kernel that a test writes. By itself it refuses everything with EOPNOTSUPP; handlers, or `fakeTable`, teach it more. What it says
 * it says as Linux does: an ack where NLM_F_ACK asks for one (behind the object, for a GET), dumps in datagrams of at most 32 KiB that
 * are made as they are received, EBUSY for a second dump on a socket, a receive buffer of 212,992 bytes that holds 256 acks and then
 * fails with ENOBUFS.
 * @example
 * const kernel = new FakeKernel(route);
 * kernel.on("RTM_GETLINK", (request, reply) => reply.object({ name: "RTM_NEWLINK", header: { index: request.header.index } }));
 * kernel.on("RTM_NEWLINK", (_, reply) => reply.error(17, { msg: "it exists", at: "ifname" }));
 * kernel.fault({ kind: "delay", ms: 20, on: "ack" });
 * const connection = new Connection(kernel.transport(), route);
 */
export class FakeKernel<M extends MessageType> {
  /** The messages that it knows. */
  readonly types: Registry<M>;
  /** Every message that it has got, decoded, in order. */
  readonly requests: AnyMessage<M>[] = [];
  /** Every datagram that it has got. */
  readonly datagrams: Uint8Array[] = [];
  readonly #abilities: KernelAbilities;
  readonly #faults: FaultPlan;
  readonly #handlers = new Map<string, Handler<M>>();
  readonly #listeners = new Set<EventSocket>();
  #otherwise: Handler<M> = (_, reply) => reply.error(EOPNOTSUPP);
  #port = FIRST_PORT;

  /**
   * @param types the messages that it knows
   * @param options what kind of kernel it is
   */
  constructor(types: Registry<M>, options: FakeKernelOptions = {}) {
    this.types = types;
    this.#abilities = options;
    this.#faults = new FaultPlan(options.seed ?? 1);
  }

  /**
   * Answers requests of a name; the last handler of a name counts.
   * @param name constant of the message
   * @param handler its answer
   */
  on<N extends MessageOf<M>["name"]>(name: N, handler: Handler<M, RequestNamed<M, N>>): this {
    this.#handlers.set(name, handler as unknown as Handler<M>);
    return this;
  }

  /**
   * Answers all other requests.
   * @param handler their answer
   */
  otherwise(handler: Handler<M>): this {
    this.#otherwise = handler;
    return this;
  }

  /**
   * Arms a fault, for every socket of this kernel. Any number may be armed; one chance can be taken by several.
   * @param faults what goes wrong, and when
   */
  fault(...faults: readonly Fault[]): this {
    for (const fault of faults) this.#faults.arm(fault);
    return this;
  }

  /** Disarms all faults. */
  heal(): void {
    this.#faults.clear();
  }

  /** Forgets the requests that it has got. */
  forget(): void {
    this.requests.length = 0;
    this.datagrams.length = 0;
  }

  /**
   * Opens a socket.
   * @param options its buffer, and the pieces of its dumps
   */
  transport(options: FakeTransportOptions = {}): FakeTransport<M> {
    const host = {
      types: this.types,
      abilities: this.#abilities,
      faults: this.#faults,
      answer: (from: FakeTransport<M>, datagram: Uint8Array) => this.#answer(from, datagram),
      listen: (listening: EventSocketOptions) => {
        const socket = new EventSocket(this.#port++, this.#faults, listening);
        this.#listeners.add(socket);
        return socket;
      },
    };
    return new FakeTransport(host, this.#port++, options);
  }

  /**
   * Tells who listens.
   * @param message the event; seq and pid are 0 unless it has them
   * @param options group, namespace, sender
   */
  emit(message: AnyInput<M>, options: EmitOptions = {}): void {
    const bytes = encodeWith(this.types, message, { byteOrder: HOST_ORDER });
    for (const socket of this.#listeners) {
      if (socket.closed) this.#listeners.delete(socket);
      else socket.hear(bytes, options);
    }
  }

  #answer(from: FakeTransport<M>, datagram: Uint8Array): void {
    this.datagrams.push(datagram);
    for (const frame of framesOf(datagram)) {
      const bytes = datagram.slice(frame.at, frame.at + frame.length);
      const [message] = decodeWith(this.types, bytes, { byteOrder: HOST_ORDER }) as [AnyMessage<M>];
      this.requests.push(message);
      const reply = new FakeReply(from, bytes, frame);
      // No request, or a control message: acknowledged if asked for, and not looked at.
      const isRequest = (frame.flags & NLM_F.REQUEST) !== 0 && frame.type >= NLMSG.MIN_TYPE;
      const isDump = isRequest && (frame.flags & NLM_F.DUMP) === NLM_F.DUMP && message.name?.includes("_GET") === true;
      if (isRequest) (this.#handlers.get(message.name ?? "") ?? this.#otherwise)(message, reply);
      reply.finish(isDump);
    }
  }
}
