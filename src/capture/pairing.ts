// Which answer belongs to which request: by socket and nlmsg_seq. Knows nothing of bytes.
import { NLM_F, NLMSG } from "../codec/control.ts";
import { type Exchange, Ongoing, type Paired } from "./exchange.ts";

/**
 * Requests that wait at once. Those that are never answered (without NLM_F_ACK, and with success) must not fill the memory: of more the
 * oldest are given up. nft sends as many in one batch, and hears of refusals when all have been looked at.
 */
const MOST = 16_384;

/** Never an answer: they are about the socket. */
const isStray = (type: number): boolean => type === NLMSG.NOOP || type === NLMSG.OVERRUN;

/**
 * Pairs requests and answers of any number of sockets: by socket where the capture says which (a strace log), else by protocol; then by
 * nlmsg_seq, by the type that an error quotes, and by the port to which an answer goes. Of several the oldest, since the kernel answers
 * in order.
 */
export class Pairing<T extends Paired> {
  /** By protocol and seq, in the order in which they were asked. */
  readonly #open = new Map<string, Ongoing<T>[]>();
  #size = 0;
  readonly #ended: (exchange: Exchange<T>) => void;

  /** @param ended told of each exchange when it is over: answered, or given up */
  constructor(ended: (exchange: Exchange<T>) => void = () => {}) {
    this.#ended = ended;
  }

  /**
   * Notes a request. One of the same type and seq on the same socket that nothing has ended is given up: it was asked again.
   * @param request the message
   * @returns undefined: the kernel does not look at it, having neither NLM_F_REQUEST nor NLM_F_ACK
   */
  ask(request: T): Exchange<T> | undefined {
    if ((request.flags & (NLM_F.REQUEST | NLM_F.ACK)) === 0) return undefined;
    const key = keyOf(request);
    const { socket, type } = request;
    const again =
      socket === undefined ? undefined : this.#find(key, (one) => one.socket === socket && one.type === type);
    if (again !== undefined) this.#giveUp(key, again);
    if (this.#size >= MOST) this.#giveUpOldest();
    const made = new Ongoing(request);
    const same = this.#open.get(key);
    if (same === undefined) this.#open.set(key, [made]);
    else same.push(made);
    this.#size++;
    return made;
  }

  /**
   * The exchange to which an answer belongs.
   * @param answer the message
   * @returns undefined: an event, or the answer to a request that nobody has seen
   */
  answer(answer: T): Exchange<T> | undefined {
    if (isStray(answer.type)) return undefined;
    const key = keyOf(answer);
    const same = this.#open.get(key);
    const found = same?.find((one) => one.fits(answer, true)) ?? same?.find((one) => one.fits(answer, false));
    if (found?.take(answer) !== true) return found;
    this.#drop(key, found);
    this.#ended(found);
    return found;
  }

  /** Requests that nothing has ended, in the order of their first seq. */
  get open(): Exchange<T>[] {
    return [...this.#open.values()].flat();
  }

  /** The capture is over: gives up what waits. */
  end(): void {
    for (const [key, same] of this.#open) for (const one of [...same]) this.#giveUp(key, one);
  }

  #find(key: string, is: (request: T) => boolean): Ongoing<T> | undefined {
    return this.#open.get(key)?.find(({ request }) => is(request));
  }

  #drop(key: string, one: Ongoing<T>): void {
    const same = this.#open.get(key) ?? [];
    if (same.length === 1) this.#open.delete(key);
    else same.splice(same.indexOf(one), 1);
    this.#size--;
  }

  #giveUp(key: string, one: Ongoing<T>): void {
    this.#drop(key, one);
    one.giveUp();
    this.#ended(one);
  }

  #giveUpOldest(): void {
    for (const [key, [oldest]] of this.#open) {
      if (oldest !== undefined) this.#giveUp(key, oldest);
      return;
    }
  }
}

const keyOf = ({ protocol, seq }: Paired): string => `${protocol} ${seq}`;
