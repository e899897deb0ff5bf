// Captured datagrams -> who said what, and in answer to what.
import { align4 } from "../codec/bytes.ts";
import { NLM_F } from "../codec/control.ts";
import { decodeWith, NLMSG_HDRLEN, type UnknownMessage } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import type { Captured } from "./datagram.ts";
import { isRequest, type Paired, Pairing } from "./pairing.ts";
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
  /** Of an answer: what it is an answer to. */
  readonly request?: Turn | undefined;
  /** Of an answer: nanoseconds since the request; undefined: the capture has no times. */
  readonly latency?: bigint | undefined;
  /** Of an answer: nothing more will come. */
  readonly last?: boolean | undefined;
  /** Of an answer that is a refusal: what the kernel did not like, in the bytes of the request. */
  readonly refused?: Refused | undefined;
}

/** The messages of a datagram, each by itself; what frames none is left out. */
const framesOf = ({ bytes, byteOrder }: Captured): Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Uint8Array[] = [];
  for (let at = 0; bytes.length - at >= NLMSG_HDRLEN; ) {
    const length = view.getUint32(at, byteOrder === "little");
    if (length < NLMSG_HDRLEN) break;
    out.push(bytes.subarray(at, at + length));
    at += align4(length);
  }
  return out;
};

/** Will it be answered? A change without NLM_F_ACK only is when it is refused. Of messages that we do not know: who knows. */
const isDue = (flags: number, name: string | undefined): boolean =>
  (flags & (NLM_F.ACK | NLM_F.ECHO)) !== 0 || name === undefined || !/_(NEW|DEL|SET|BATCH_BEGIN|BATCH_END)/.test(name);

/** Requests and answers of any number of sockets, in the order in which they were captured. */
export class Conversation {
  readonly #pairing = new Pairing<Turn>();
  readonly #masked: boolean;
  /** @param showKeys keys and secrets stand in what is explained, which otherwise hides them. Default: false */
  constructor(showKeys = false) {
    this.#masked = !showKeys;
  }

  /** Requests that nothing has ended. */
  get open(): Turn[] {
    return this.#pairing.open;
  }

  /**
   * Takes a datagram and says what its messages are: as many as decoding gives, but for bytes at its end that frame none.
   * @param captured the datagram
   * @param types the registry of its protocol
   */
  hear(captured: Captured, types: Registry): Turn[] {
    return framesOf(captured).map((bytes) => this.#turn(captured, types, bytes));
  }

  #turn(captured: Captured, types: Registry, bytes: Uint8Array): Turn {
    const { protocol, socket, direction, byteOrder, time } = captured;
    const read = { byteOrder, masked: this.#masked && types.secrets === true };
    const [message] = decodeWith(types, bytes, read);
    const { type, flags, seq, pid } = message as UnknownMessage;
    const facts = { captured, types, bytes, masked: read.masked, message: message as object };
    const said = { ...facts, protocol, socket, type, flags, seq, pid };
    const { name } = message as { name?: string };
    if (isRequest(direction, flags)) {
      const request: Turn = { ...said, role: "request", due: isDue(flags, name) };
      this.#pairing.ask(request);
      return request;
    }
    const about = name === "NLMSG_ERROR" ? (message as { header?: { type: number } }).header?.type : undefined;
    const match = this.#pairing.answer({ ...said, role: "answer", about });
    if (match === undefined) return { ...said, role: "event" };
    const { request, last } = match;
    const asked = request.captured.time;
    const latency = time === undefined || asked === undefined ? undefined : time - asked;
    const refused = refusedBy(message as UnknownMessage, request);
    return { ...said, role: "answer", request, latency, last, refused };
  }
}
