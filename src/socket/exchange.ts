// One request and what came back for it, until it is settled. Knows no socket.
import { type ExtAck, NLM_F } from "../codec/control.ts";
import type { AnyMessage, ControlMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { ConnectionClosed, DumpInterrupted, type LostReason, NoAnswer, OutcomeUnknown } from "./errors.ts";
import { EBUSY, HOST_ORDER } from "./libc.ts";
import { refusal } from "./refusal.ts";

/** What a request was answered with. */
export interface Answer<M extends MessageType> {
  /** The objects that came before the ack, or those of the dump. */
  readonly messages: AnyMessage<M>[];
  /** What the kernel had to say beside its yes: a sentence of the extended ack. */
  readonly warning?: string | undefined;
}

/** How a request was meant. */
export interface ExchangeFacts {
  /** Constant of the request. */
  readonly name: string;
  /** Its bytes, nlmsg_seq filled in. */
  readonly request: Uint8Array;
  /** They stand where the next request will be written. Default: false. */
  readonly lent?: boolean | undefined;
  readonly seq: number;
  readonly dump: boolean;
  /** It changes nothing, so it may be asked again. */
  readonly repeatable: boolean;
  /** It is asked without NLM_F_ACK: the object that answers it is the last word. Default: false. */
  readonly ackless?: boolean | undefined;
  /** Which attributes of the answers are read; undefined: all. */
  readonly fields?: readonly string[] | undefined;
}

/** Who hears how it ended. Called at most once in all. */
export interface Outcome<M extends MessageType> {
  resolve(answer: Answer<M>): void;
  reject(error: unknown): void;
  /** Takes the messages of each datagram as they come; then none are in the answer, and nothing is asked again. */
  readonly batch?: ((messages: AnyMessage<M>[]) => void) | undefined;
}

/** What an exchange wants after a message: more of them, to be sent again (at once, or after a while), or nothing. */
export type Verdict = "more" | "again" | "later" | "settled";

/** What an ack without words says. */
const NOTHING: ExtAck = {};

/** How often a question is asked before it is given up. */
export const ATTEMPTS = 5;

/** Where nlmsg_seq stands in nlmsghdr, and the lower half of nlmsg_flags. */
const NLMSG_SEQ = 8;
const NLMSG_FLAGS_LOW = HOST_ORDER === "little" ? 6 : 7;

/** Will the object that it makes be told beside the ack? */
const isEchoed = (request: Uint8Array): boolean => ((request[NLMSG_FLAGS_LOW] as number) & NLM_F.ECHO) !== 0;

/**
 * What answers may take of the receive buffer, in acks (832 bytes each, with what the kernel keeps beside): of a dump two datagrams of up
 * to 32 KiB, which is what the kernel makes unasked; of a question an object of some pages; of a change with NLM_F_ECHO the object that it
 * made, of some KiB. The engine's CAPACITY is counted in the same.
 */
const WEIGHT = { dump: 64, question: 16, echo: 8, ack: 1 } as const;
const weightFor = ({ dump, repeatable, request }: ExchangeFacts): number =>
  dump ? WEIGHT.dump : repeatable ? WEIGHT.question : isEchoed(request) ? WEIGHT.echo : WEIGHT.ack;

/** The life of one request. */
export class Exchange<M extends MessageType> implements ExchangeFacts {
  readonly name: string;
  request: Uint8Array;
  lent: boolean;
  seq: number;
  readonly dump: boolean;
  readonly repeatable: boolean;
  readonly ackless: boolean;
  readonly fields: readonly string[] | undefined;
  readonly #types: Registry<M>;
  readonly #outcome: Outcome<M>;
  #messages: AnyMessage<M>[] = [];
  #attempts = 0;
  /** Messages that were handed out as they came. */
  #given = 0;
  #interrupted = false;
  /** Part of the answer was cut off or lost. */
  #damaged: LostReason | undefined;
  #settled = false;
  /** What its answers may take of the receive buffer, in acks. */
  readonly weight: number;
  /** Does whoever asked want more now? Not of a stream that nobody reads. */
  hungry = true;
  /** Called once the outcome is known. */
  onSettled: (() => void) | undefined;
  constructor(facts: ExchangeFacts, types: Registry<M>, outcome: Outcome<M>) {
    this.name = facts.name;
    this.request = facts.request;
    this.lent = facts.lent === true;
    this.seq = facts.seq;
    this.dump = facts.dump;
    this.repeatable = facts.repeatable && outcome.batch === undefined;
    this.ackless = facts.ackless === true;
    this.fields = facts.fields;
    this.weight = weightFor(facts);
    this.#types = types;
    this.#outcome = outcome;
  }

  /** The outcome is known; the kernel may still be sending. */
  get settled(): boolean {
    return this.#settled;
  }

  /** It has been handed to the kernel. */
  get sent(): boolean {
    return this.#attempts > 0;
  }

  /** Its bytes, for as long as somebody may want them. */
  keep(): Uint8Array {
    if (this.lent) this.request = this.request.slice();
    this.lent = false;
    return this.request;
  }

  /** Another number, so that what still comes for the old one is a stray. */
  renumber(seq: number): void {
    this.seq = seq;
    const { buffer, byteOffset } = this.request;
    new DataView(buffer, byteOffset).setUint32(NLMSG_SEQ, seq, HOST_ORDER === "little");
  }

  /** Starts (again) with nothing received. */
  begin(): void {
    this.#attempts++;
    if (this.#attempts === 1) return;
    this.#messages = [];
    this.#interrupted = false;
    this.#damaged = undefined;
  }

  /** An ack of 0 with nothing beside it. */
  acknowledge(): Verdict {
    return this.#end(0, NOTHING);
  }

  /** A message with this exchange's seq and port. */
  take(message: AnyMessage<M>): Verdict {
    if ((message.flags & NLM_F.DUMP_INTR) !== 0) this.#interrupted = true;
    const control = message as ControlMessage;
    if (control.name === "NLMSG_ERROR" || control.name === "NLMSG_DONE") {
      return this.#end(control.header.error, control.attrs);
    }
    if (control.name === "NLMSG_NOOP") return "more";
    if (!this.#settled) this.#messages.push(message);
    // Of several parts the end is said, whatever was asked for.
    return this.ackless && (message.flags & NLM_F.MULTI) === 0 ? this.#end(0, NOTHING) : "more";
  }

  /** Several messages of a dump, put behind those that came before; not read at all when nobody wants them any more. */
  takeAll(read: (into: AnyMessage<M>[]) => void): void {
    if (!this.#settled) read(this.#messages);
  }

  /** All messages of a datagram have been taken. */
  endOfDatagram(): void {
    if (this.#outcome.batch === undefined || this.#messages.length === 0) return;
    const batch = this.#messages;
    this.#messages = [];
    this.#given += batch.length;
    this.#outcome.batch(batch);
  }

  /** Part of what the kernel sent is gone. A dump goes on to its end and is then asked again; anything else ends here. */
  damage(reason: LostReason): Verdict {
    this.#damaged = reason;
    return this.dump ? "more" : this.#again(reason);
  }

  #end(error: number, ack: ExtAck): Verdict {
    if (this.#settled) return "settled";
    // The kernel is still giving an older dump of ours to whoever gave that up.
    if (error === -EBUSY && this.dump && this.#attempts < ATTEMPTS) return "later";
    if (error < 0) return this.fail(refusal(this.#types, this.keep(), this.name, error, ack));
    if (this.#damaged !== undefined) return this.#again(this.#damaged);
    if (this.#interrupted && this.dump) {
      if (this.repeatable && this.#attempts < ATTEMPTS) return "again";
      return this.fail(new DumpInterrupted(this.#attempts, this.#messages, this.#given));
    }
    const messages = this.#messages;
    this.endOfDatagram();
    this.#settle();
    this.#outcome.resolve(ack.msg === undefined ? { messages } : { messages, warning: ack.msg });
    return "settled";
  }

  #again(reason: LostReason): Verdict {
    if (this.repeatable && this.#attempts < ATTEMPTS) return "again";
    return this.lose(reason);
  }

  /** Ends without an answer: a change that was sent may have happened; a question was only not answered. */
  lose(reason: LostReason): Verdict {
    const harmless = this.repeatable || this.dump || !this.sent;
    if (!harmless) return this.fail(new OutcomeUnknown(this.name, reason, this.keep()));
    return this.fail(reason === "closed" ? new ConnectionClosed() : new NoAnswer(this.name, reason, this.sent));
  }

  /** Receiving failed: whatever was answered, it will not be heard. */
  break(error: unknown): Verdict {
    if (this.repeatable || this.dump || !this.sent) return this.fail(error);
    return this.fail(new OutcomeUnknown(this.name, "error", this.keep(), error));
  }

  fail(error: unknown): Verdict {
    if (this.#settled) return "settled";
    this.#settle();
    this.#outcome.reject(error);
    return "settled";
  }

  #settle(): void {
    this.#settled = true;
    this.#messages = [];
    this.onSettled?.();
  }
}
