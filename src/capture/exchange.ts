// A request and what became of it, and what is due to a request at all. Knows nothing of bytes.
import { NLM_F, NLMSG } from "../codec/control.ts";

/** What a message has to say of itself to be paired. */
export interface Paired {
  /** The protocol's constant. */
  readonly protocol: string;
  /** Who had it: "1234:3". Undefined: the capture does not say, then nlmsg_pid is all there is. */
  readonly socket?: string | undefined;
  /** Nanoseconds; undefined: the capture has no times. */
  readonly time?: bigint | undefined;
  /** Its constant; undefined: nobody knows it. */
  readonly name?: string | undefined;
  /** nlmsg_type. */
  readonly type: number;
  /** nlmsg_flags. */
  readonly flags: number;
  /** nlmsg_seq. */
  readonly seq: number;
  /** nlmsg_pid. */
  readonly pid: number;
  /** Of NLMSG_ERROR and NLMSG_DONE: 0, or a negative errno. */
  readonly error?: number | undefined;
  /** Of NLMSG_ERROR: nlmsg_type of the request, which it quotes. */
  readonly about?: number | undefined;
}

/** How a request ended. */
export type Outcome =
  /** It was granted: an ack of 0. */
  | "ack"
  /** It was refused: `error` says why. */
  | "error"
  /** The end of a dump. */
  | "done"
  /** The answer was all there was. */
  | "reply"
  /** Nothing came back, and nothing was due: no ack was asked for, and nothing to read. */
  | "silent"
  /** Its answer, or the end of it, is not in the capture. */
  | "none";

/** A request, and what became of it. */
export interface Exchange<T extends Paired = Paired> {
  /** What was asked. */
  readonly request: T;
  /** Messages that answered it so far: objects, and the ack or NLMSG_DONE behind them. */
  readonly replies: number;
  /** How it ended; undefined: it has not yet. */
  readonly outcome: Outcome | undefined;
  /** Positive errno of a refusal. */
  readonly error: number | undefined;
  /** The last message that answered it. */
  readonly answer: T | undefined;
  /** Nanoseconds from the request to its first answer; undefined: none came, or the capture has no times. */
  readonly first: bigint | undefined;
  /** Nanoseconds to the last one. */
  readonly latency: bigint | undefined;
  /** The kernel said that what it was dumping changed meanwhile (NLM_F_DUMP_INTR): what it gave may not be all. */
  readonly interrupted: boolean;
}

/**
 * Is it a message to the kernel? Its flag says so where the capture does not.
 * @param direction as captured
 * @param flags nlmsg_flags
 */
export const isRequest = (direction: ">" | "<" | undefined, flags: number): boolean =>
  direction === undefined ? (flags & NLM_F.REQUEST) !== 0 : direction === ">";

/** Changes that are answered by NLMSG_ERROR alone, unless NLM_F_ECHO asks for what has become of them. */
const CHANGE =
  /^(RTM_(NEW|DEL)|NFT_MSG_(NEW|DEL|DESTROY)|NFNL_MSG_BATCH_|IPCTNL_MSG_\w+_(NEW|DELETE)|XFRM_MSG_(NEW|DEL|FLUSH))/;
/** Others of which we have the name only: without NLM_F_ACK they may be answered, or not. */
const MAY_CHANGE = /_(NEW|DEL|SET|UPD)/;

/** May an object answer it? */
const takesObjects = ({ name, flags }: Paired): boolean =>
  (flags & NLM_F.ECHO) !== 0 || name === undefined || !CHANGE.test(name);

const isDump = ({ name, flags }: Paired): boolean =>
  (flags & NLM_F.DUMP) === NLM_F.DUMP && !(name !== undefined && (CHANGE.test(name) || MAY_CHANGE.test(name)));

/** Will it be answered, also when nothing goes wrong? Of messages that we do not know: who knows. */
const isDue = ({ name, flags }: Paired): boolean =>
  (flags & (NLM_F.ACK | NLM_F.ECHO)) !== 0 || name === undefined || !(CHANGE.test(name) || MAY_CHANGE.test(name));

/** An exchange that goes on. */
export class Ongoing<T extends Paired> implements Exchange<T> {
  readonly request: T;
  replies = 0;
  outcome: Outcome | undefined;
  error: number | undefined;
  answer: T | undefined;
  first: bigint | undefined;
  latency: bigint | undefined;
  interrupted = false;
  /** Port of the asker; 0: not known yet, since most requests leave it to the kernel. */
  #port: number;

  constructor(request: T) {
    this.request = request;
    this.#port = request.pid;
  }

  /**
   * May this be an answer to it? Where sockets are known, an event that another program's request has caused is told from an answer by
   * them: the kernel gives it the seq and the port of that request.
   * @param exactly the port has to be known, and the same
   */
  fits(answer: T, exactly: boolean): boolean {
    const { request } = this;
    if (answer.about === undefined) {
      if (answer.type !== NLMSG.ERROR && !takesObjects(request)) return false;
    } else if (answer.about !== request.type) return false;
    if (request.socket !== undefined && answer.socket !== undefined) return request.socket === answer.socket;
    if (exactly) return this.#port === answer.pid && this.#port !== 0;
    // Some families answer without the port; an event has neither port nor number.
    return this.#port === 0 ? answer.pid !== 0 || answer.seq !== 0 : answer.pid === 0;
  }

  /** Takes an answer that fits. True: nothing more will come. */
  take(answer: T): boolean {
    const { request } = this;
    const { time, type, flags, pid } = answer;
    this.replies++;
    this.answer = answer;
    // Another socket that asks with the same number is answered at another port.
    if (this.#port === 0) this.#port = pid;
    this.latency = time === undefined || request.time === undefined ? undefined : time - request.time;
    this.first ??= this.latency;
    if ((flags & NLM_F.DUMP_INTR) !== 0) this.interrupted = true;
    this.outcome = this.#ended(type, flags);
    if (this.outcome !== undefined && (answer.error ?? 0) !== 0) {
      this.outcome = "error";
      this.error = Math.abs(answer.error ?? 0);
    }
    return this.outcome !== undefined;
  }

  /** An object for a GET; with NLM_F_ACK the ack is still to come, with NLM_F_MULTI the rest, with NLM_F_ECHO whatever has changed. */
  #ended(type: number, flags: number): Outcome | undefined {
    if (type === NLMSG.DONE) return "done";
    if (type === NLMSG.ERROR) return "ack";
    const goesOn = (flags & NLM_F.MULTI) !== 0 || (this.request.flags & (NLM_F.ACK | NLM_F.ECHO)) !== 0;
    return goesOn || isDump(this.request) ? undefined : "reply";
  }

  /** Nothing more is waited for. */
  giveUp(): void {
    const isEcho = (this.request.flags & (NLM_F.ECHO | NLM_F.ACK)) === NLM_F.ECHO;
    if (this.replies > 0) this.outcome = isEcho ? "reply" : "none";
    else this.outcome = isDue(this.request) ? "none" : "silent";
  }
}
