// Captured datagrams -> who said what, and in answer to what.
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { decodeWith, type UnknownMessage } from "../codec/message.ts";
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
  /** What `explain` gives for them: offsets count from its nlmsghdr. */
  readonly field: Field;
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

/** Requests and answers of any number of sockets, in the order in which they were captured. */
export class Conversation {
  readonly #pairing = new Pairing<Turn>();

  /** Requests that nothing has ended. */
  get open(): Turn[] {
    return this.#pairing.open;
  }

  /**
   * Takes a datagram and says what its messages are.
   * @param captured the datagram
   * @param types the registry of its protocol
   */
  hear(captured: Captured, types: Registry): Turn[] {
    const { bytes, byteOrder } = captured;
    // A bare tail of zeros is no message.
    const frames = explainWith(types, bytes, { byteOrder }).filter(
      (f) => f.children.length > 0 || f.issue !== undefined,
    );
    return frames.map(({ offset, length }) => this.#turn(captured, types, bytes.subarray(offset, offset + length)));
  }

  #turn(captured: Captured, types: Registry, bytes: Uint8Array): Turn {
    const { protocol, socket, direction, byteOrder, time } = captured;
    const [field] = explainWith(types, bytes, { byteOrder });
    const [message] = decodeWith(types, bytes, { byteOrder });
    const { type, flags, seq, pid } = message as UnknownMessage;
    const facts = { captured, types, bytes, field: field as Field, message: message as object };
    const said = { ...facts, protocol, socket, type, flags, seq, pid };
    if (isRequest(direction, flags)) {
      const request: Turn = { ...said, role: "request" };
      if ((message as UnknownMessage).runt !== true) this.#pairing.ask(request);
      return request;
    }
    const match = this.#pairing.answer({ ...said, role: "answer" });
    if (match === undefined) return { ...said, role: "event" };
    const { request, last } = match;
    const asked = request.captured.time;
    const latency = time === undefined || asked === undefined ? undefined : time - asked;
    const refused = refusedBy(message as UnknownMessage, request);
    return { ...said, role: "answer", request, latency, last, refused };
  }
}
