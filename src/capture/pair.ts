// Requests and what became of them: who answered, when, and how.
import type { Captured } from "./datagram.ts";

/** What pairing looks at in a decoded message. */
export interface PairMessage {
  readonly name?: string | undefined;
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  readonly pid: number;
  readonly header?: object;
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
  /** Nothing came back that the capture holds. */
  | "none";
/** A request, and what became of it. */
export interface Pair {
  readonly request: Captured;
  /** The message in it: a datagram may hold several. */
  readonly message: PairMessage;
  /** Messages that answered it, the last one too. */
  readonly replies: number;
  readonly outcome: Outcome;
  /** errno of a refusal, positive. */
  readonly error?: number;
  /** The datagram that ended it. */
  readonly reply?: Captured;
  /** Nanoseconds from the request to its first answer; undefined: the capture has no times. */
  readonly first?: bigint;
  /** Nanoseconds to its last one. */
  readonly latency?: bigint;
}
/** Pairs datagrams as they come. */
export interface Pairer {
  /**
   * The next datagram.
   * @param captured as it came
   * @param direction who spoke, also where the capture does not say
   * @param messages what is in it
   * @returns requests that ended with it
   */
  add(captured: Captured, direction: ">" | "<", messages: readonly PairMessage[]): Pair[];
  /** The capture has ended: requests that were not answered. */
  end(): Pair[];
}

const NLM_F = { REQUEST: 1, MULTI: 2, ACK: 4 } as const;
/** Requests that wait at once; of more the oldest are given up. */
const MOST = 65_536;

interface Open {
  readonly request: Captured;
  readonly message: PairMessage;
  replies: number;
  first: bigint | undefined;
}

const errorOf = ({ header }: PairMessage): number =>
  Math.abs((header as { readonly error?: number } | undefined)?.error ?? 0);

/** An object and an ack answer a GET that asks for one; a dump ends with NLMSG_DONE. */
const isOver = (open: Open, { name, flags }: PairMessage): Outcome | undefined => {
  if (name === "NLMSG_DONE") return "done";
  if (name === "NLMSG_ERROR") return "ack";
  if ((flags & NLM_F.MULTI) !== 0) return undefined;
  return (open.message.flags & NLM_F.ACK) !== 0 ? undefined : "reply";
};

const unanswered = ({ replies, message: { flags, name } }: Open): Outcome =>
  replies > 0 || (flags & NLM_F.ACK) !== 0 || name === undefined || /_GET|SOCK_DIAG/.test(name) ? "none" : "silent";

const since = (open: Open, { time }: Captured): bigint | undefined =>
  time === undefined || open.request.time === undefined ? undefined : time - open.request.time;

/**
 * Pairs by socket where the capture says which (a strace log), else by protocol; then by sequence number, and by the port to which the
 * answer goes where both are known. Events of the kernel, with sequence number 0 and no request, belong to none.
 */
export const pairer = (): Pairer => {
  const open = new Map<string, Open[]>();
  let waiting = 0;
  const keyOf = ({ socket, protocol }: Captured, seq: number): string => `${socket ?? ""} ${protocol} ${seq}`;

  const finish = (one: Open, outcome: Outcome, reply: Captured | undefined, error: number): Pair => {
    const { request, message, replies, first } = one;
    const latency = reply === undefined ? undefined : since(one, reply);
    return {
      request,
      message,
      replies,
      outcome: error === 0 ? outcome : "error",
      ...(error === 0 ? {} : { error }),
      ...(reply === undefined ? {} : { reply }),
      ...(first === undefined ? {} : { first }),
      ...(latency === undefined ? {} : { latency }),
    };
  };
  const forget = (key: string, one: Open): void => {
    const rest = (open.get(key) ?? []).filter((other) => other !== one);
    if (rest.length === 0) open.delete(key);
    else open.set(key, rest);
    waiting--;
  };
  const ask = (captured: Captured, message: PairMessage): Pair[] => {
    const key = keyOf(captured, message.seq);
    const given: Pair[] = [];
    if (waiting >= MOST) {
      const [oldest] = open;
      const [first] = oldest?.[1] ?? [];
      if (oldest !== undefined && first !== undefined) {
        forget(oldest[0], first);
        given.push(finish(first, unanswered(first), undefined, 0));
      }
    }
    open.set(key, [...(open.get(key) ?? []), { request: captured, message, replies: 0, first: undefined }]);
    waiting++;
    return given;
  };
  const answer = (captured: Captured, message: PairMessage): Pair[] => {
    const key = keyOf(captured, message.seq);
    // The port is that of the request's socket; most requests leave it to the kernel.
    const one = open.get(key)?.find(({ message: { pid } }) => pid === 0 || message.pid === 0 || pid === message.pid);
    if (one === undefined) return [];
    one.replies++;
    one.first ??= since(one, captured);
    const outcome = isOver(one, message);
    if (outcome === undefined) return [];
    forget(key, one);
    return [
      finish(one, outcome, captured, message.name === "NLMSG_ERROR" || outcome === "done" ? errorOf(message) : 0),
    ];
  };
  return {
    add: (captured, direction, messages) =>
      messages.flatMap((message) => {
        if (direction === "<") return answer(captured, message);
        return (message.flags & NLM_F.REQUEST) === 0 ? [] : ask(captured, message);
      }),
    end() {
      const rest = [...open.values()].flat().map((one) => finish(one, unanswered(one), undefined, 0));
      open.clear();
      waiting = 0;
      return rest;
    },
  };
};
