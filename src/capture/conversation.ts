// Captured datagrams -> who said what, and in answer to what.
import { align4 } from "../codec/bytes.ts";
import { isDoubtful } from "../codec/doubt.ts";
import { type AnyMessage, decodeWith, NLMSG_HDRLEN } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import type { Captured } from "./datagram.ts";
import { type Exchange, isRequest, type Paired } from "./exchange.ts";
import { Pairing } from "./pairing.ts";
import { type Refused, refusedBy } from "./refused.ts";

/** One message of a conversation. */
export interface Turn extends Paired {
  /** The datagram in which it stands. */
  readonly captured: Captured;
  /** The registry by which it reads. */
  readonly types: Registry;
  /** Its own bytes: nlmsghdr, body, padding. */
  readonly bytes: Uint8Array;
  /** Keys are hidden in `message`, and in what is said of a refusal. */
  readonly masked: boolean;
  /** What decoding gives for them. */
  readonly message: object;
  /** "event": from the kernel, and no request that was seen is behind it. */
  readonly role: "request" | "answer" | "event";
  /** What it begins, or belongs to. Its counts go on with what is heard later. */
  readonly exchange?: Exchange<Turn> | undefined;
  /** Of an answer: nanoseconds since the request; undefined: the capture has no times. */
  readonly latency?: bigint | undefined;
  /** Of an answer: nothing more will come. */
  readonly last?: boolean | undefined;
  /** Of an answer that is a refusal: what the kernel did not like, in the bytes of the request. */
  readonly refused?: Refused | undefined;
}
/** What a conversation may be told. */
export interface ConversationOptions {
  /** Keys and secrets stand in messages and in what is explained, which otherwise hide them. Default: false. */
  readonly showKeys?: boolean | undefined;
  /** Told of each exchange when it is over: answered, or given up. */
  readonly ended?: ((exchange: Exchange<Turn>) => void) | undefined;
}

/** The messages of a datagram, each by itself; what frames none is left out. */
const framesOf = ({ bytes, byteOrder }: Captured, types: Registry, masked: boolean): Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Uint8Array[] = [];
  let before: number | undefined;
  for (let at = 0; bytes.length - at >= NLMSG_HDRLEN; ) {
    const little = byteOrder === "little";
    const length = view.getUint32(at, little);
    if (length < NLMSG_HDRLEN || (masked && isDoubtful(types, view, little, before, at))) break;
    before = at;
    out.push(bytes.subarray(at, at + length));
    // Of lengths beyond 2^31 the next multiple of four would be negative.
    at = length > bytes.length - at ? bytes.length : at + align4(length);
  }
  return out;
};

/** Requests and answers of any number of sockets, in the order in which they were captured. */
export class Conversation {
  readonly #pairing: Pairing<Turn>;
  readonly #masked: boolean;
  readonly #ended: (exchange: Exchange<Turn>) => void;
  /** Exchanges that are over: told of when their last answer is a whole turn. */
  #over: Exchange<Turn>[] = [];
  /** @param options keys; who is told of ends */
  constructor({ showKeys = false, ended = () => {} }: ConversationOptions = {}) {
    this.#masked = !showKeys;
    this.#ended = ended;
    this.#pairing = new Pairing((exchange) => void this.#over.push(exchange));
  }

  /** Requests that nothing has ended. */
  get open(): Exchange<Turn>[] {
    return this.#pairing.open;
  }

  /**
   * Takes a datagram and says what its messages are: as many as decoding gives, but for bytes at its end that frame none. Never throws.
   * @param captured the datagram
   * @param types the registry of its protocol
   */
  hear(captured: Captured, types: Registry): Turn[] {
    const turns = framesOf(captured, types, this.#masked).map((bytes) => this.#turn(captured, types, bytes));
    this.#tell();
    return turns;
  }

  /** The capture is over: gives up what waits. */
  end(): void {
    this.#pairing.end();
    this.#tell();
  }

  #tell(): void {
    if (this.#over.length === 0) return;
    const over = this.#over;
    this.#over = [];
    for (const exchange of over) this.#ended(exchange);
  }

  #turn(captured: Captured, types: Registry, bytes: Uint8Array): Turn {
    const { protocol, socket, direction, byteOrder, time } = captured;
    const masked = this.#masked && types.secrets === true;
    const [message] = decodeWith(types, bytes, { byteOrder, masked }) as [AnyMessage<MessageType>];
    const { name, type, flags, seq, pid } = message;
    const said = { captured, types, bytes, masked, message, protocol, socket, time, name, type, flags, seq, pid };
    if (isRequest(direction, flags)) {
      const request = { ...said, role: "request" } as const;
      // One object: the exchange has the turn, and the turn the exchange.
      return Object.assign(request, { exchange: this.#pairing.ask(request) });
    }
    const { error, about } = controlOf(message);
    const answer = { ...said, role: "answer", error, about } as const;
    const exchange = this.#pairing.answer(answer);
    if (exchange === undefined) return { ...said, role: "event" };
    const { latency, outcome, request } = exchange;
    const refused = refusedBy(message, request);
    return Object.assign(answer, { exchange, latency, last: outcome !== undefined, refused });
  }
}

/** What NLMSG_ERROR and NLMSG_DONE say. */
const controlOf = (message: AnyMessage<MessageType>): { error?: number; about?: number } => {
  if (message.name !== "NLMSG_ERROR" && message.name !== "NLMSG_DONE") return {};
  const { error, type } = ((message as { header?: object }).header ?? {}) as { error?: number; type?: number };
  return { ...(error === undefined ? {} : { error }), ...(type === undefined ? {} : { about: type }) };
};
