// Which answer belongs to which request: by socket and nlmsg_seq. Knows nothing of bytes.
import { NLM_F, NLMSG } from "../codec/control.ts";

/** What a message has to say of itself to be paired. */
export interface Paired {
  /** The protocol's constant. */
  readonly protocol: string;
  /** Who had it: "1234:3". Undefined: the capture does not say, then nlmsg_pid is all there is. */
  readonly socket: string | undefined;
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  readonly pid: number;
  /** Of a request: it will be answered, also when nothing goes wrong. */
  readonly due?: boolean | undefined;
  /** Of NLMSG_ERROR: nlmsg_type of the request, which it quotes. */
  readonly about?: number | undefined;
}
/** A request that has been found for an answer. */
export interface Match<T> {
  readonly request: T;
  /** Nothing more will come for it. */
  readonly last: boolean;
}

/** Requests that are never answered (without NLM_F_ACK, and with success) must not fill the memory. */
const MAX_OPEN = 4096;

/** Does this end the answer to that request? */
const ends = (request: Paired, answer: Paired): boolean => {
  if (answer.type === NLMSG.ERROR || answer.type === NLMSG.DONE) return true;
  // An object for a GET; with NLM_F_ACK the ack is still to come, with NLM_F_MULTI the rest, with NLM_F_ECHO whatever has changed.
  return (answer.flags & NLM_F.MULTI) === 0 && (request.flags & (NLM_F.ACK | NLM_F.ECHO)) === 0;
};

/**
 * May this be the answer to that request? Where sockets are known, an event that another program's request has caused is told from an
 * answer by them: the kernel gives it the seq and the port of that request.
 */
const fits = (request: Paired, answer: Paired): boolean => {
  if (request.protocol !== answer.protocol || request.seq !== answer.seq) return false;
  // Messages of an nft batch want no answer, and nft uses their numbers again for questions.
  if (answer.about === undefined ? request.due === false : answer.about !== request.type) return false;
  if (request.socket !== undefined && answer.socket !== undefined) return request.socket === answer.socket;
  return request.pid === 0 || request.pid === answer.pid;
};

/** Is it a message to the kernel? Its flag says so where the capture does not. */
export const isRequest = (direction: ">" | "<" | undefined, flags: number): boolean =>
  direction === undefined ? (flags & NLM_F.REQUEST) !== 0 : direction === ">";

/** Requests whose answers are due. */
export class Pairing<T extends Paired> {
  /** By protocol and seq, in the order in which they were asked. */
  readonly #open = new Map<string, T[]>();
  #size = 0;

  /** Notes a request. One of the same type and seq on the same socket that nothing has ended will not be answered any more. */
  ask(request: T): void {
    if (this.#size >= MAX_OPEN) this.#forgetOldest();
    const key = `${request.protocol} ${request.seq}`;
    const same = this.#open.get(key);
    this.#size++;
    if (same === undefined) {
      this.#open.set(key, [request]);
      return;
    }
    const { socket, type } = request;
    const old = socket === undefined ? -1 : same.findIndex((one) => one.socket === socket && one.type === type);
    if (old >= 0) {
      same.splice(old, 1);
      this.#size--;
    }
    same.push(request);
  }

  /** The request that an answer is for: of several the oldest, since the kernel answers in order. Undefined: an event. */
  answer(answer: T): Match<T> | undefined {
    const key = `${answer.protocol} ${answer.seq}`;
    const same = this.#open.get(key);
    const at = same?.findIndex((request) => fits(request, answer)) ?? -1;
    const request = same?.[at];
    if (same === undefined || request === undefined) return undefined;
    const last = ends(request, answer);
    if (last) {
      same.splice(at, 1);
      this.#size--;
      if (same.length === 0) this.#open.delete(key);
    }
    return { request, last };
  }

  /** What no answer has ended, in the order of their first seq. */
  get open(): T[] {
    return [...this.#open.values()].flat();
  }

  #forgetOldest(): void {
    for (const [key, same] of this.#open) {
      same.shift();
      this.#size--;
      if (same.length === 0) this.#open.delete(key);
      return;
    }
  }
}
