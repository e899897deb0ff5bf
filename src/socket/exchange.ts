// One request and what came back for it, until it is settled. Knows no socket.
import { type ExtAck, NLM_F } from "../codec/control.ts";
import type { AnyMessage, ControlMessage } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { ConnectionClosed, DumpInterrupted, type LostReason, NoAnswer, OutcomeUnknown } from "./errors.ts";
import { HOST_ORDER } from "./libc.ts";
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
  readonly seq: number;
  readonly dump: boolean;
  /** It changes nothing, so it may be asked again. */
  readonly repeatable: boolean;
}

/** What an exchange wants after a message. */
export type Verdict = "more" | "again" | "settled";

/** How often a dump that changed under way is asked before it is given up. */
export const DUMP_ATTEMPTS = 5;

/** Where nlmsg_seq stands in nlmsghdr. */
const NLMSG_SEQ = 8;

/** The life of one request. */
export class Exchange<M extends MessageType> implements ExchangeFacts {
  readonly name: string;
  readonly request: Uint8Array;
  seq: number;
  readonly dump: boolean;
  readonly repeatable: boolean;
  readonly #types: Registry<M>;
  readonly #resolve: (answer: Answer<M>) => void;
  readonly #reject: (error: unknown) => void;
  #messages: AnyMessage<M>[] = [];
  #attempts = 0;
  #interrupted = false;
  /** Part of the answer was cut off or lost. */
  #damaged: LostReason | undefined;
  #settled = false;
  /** Called once the promise has its outcome. */
  onSettled: () => void = () => {};
  constructor(
    facts: ExchangeFacts,
    types: Registry<M>,
    resolve: (answer: Answer<M>) => void,
    reject: (error: unknown) => void,
  ) {
    this.name = facts.name;
    this.request = facts.request;
    this.seq = facts.seq;
    this.dump = facts.dump;
    this.repeatable = facts.repeatable;
    this.#types = types;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** The promise has its outcome; the kernel may still be sending. */
  get settled(): boolean {
    return this.#settled;
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
    this.#messages = [];
    this.#interrupted = false;
    this.#damaged = undefined;
  }

  /** A message with this exchange's seq and port. */
  take(message: AnyMessage<M>): Verdict {
    if ((message.flags & NLM_F.DUMP_INTR) !== 0) this.#interrupted = true;
    const control = message as ControlMessage;
    if (control.name === "NLMSG_ERROR" || control.name === "NLMSG_DONE") {
      return this.#end(control.header.error, control.attrs);
    }
    if (control.name !== "NLMSG_NOOP" && !this.#settled) this.#messages.push(message);
    return "more";
  }

  /** Part of what the kernel sent is gone. A dump goes on to its end and is then asked again; anything else ends here. */
  damage(reason: LostReason): Verdict {
    this.#damaged = reason;
    if (this.dump) return "more";
    return this.#again(reason);
  }

  #end(error: number, ack: ExtAck): Verdict {
    if (this.#settled) return "settled";
    if (error < 0) return this.fail(refusal(this.#types, this.request, this.name, error, ack));
    if (this.#damaged !== undefined) return this.#again(this.#damaged);
    if (this.#interrupted && this.dump) {
      if (this.#attempts < DUMP_ATTEMPTS) return "again";
      return this.fail(new DumpInterrupted(this.#attempts, this.#messages));
    }
    this.#resolve({ messages: this.#messages, ...(ack.msg === undefined ? {} : { warning: ack.msg }) });
    return this.#settle();
  }

  #again(reason: LostReason): Verdict {
    if (this.repeatable && this.#attempts < DUMP_ATTEMPTS) return "again";
    return this.lose(reason);
  }

  /** Ends without an answer: a change may have happened, a question was only not answered. */
  lose(reason: LostReason): Verdict {
    if (this.repeatable)
      return this.fail(reason === "closed" ? new ConnectionClosed() : new NoAnswer(this.name, reason));
    return this.fail(new OutcomeUnknown(this.name, reason, this.request));
  }

  fail(error: unknown): Verdict {
    if (this.#settled) return "settled";
    this.#reject(error);
    return this.#settle();
  }

  #settle(): Verdict {
    this.#settled = true;
    this.#messages = [];
    this.onSettled();
    return "settled";
  }
}
