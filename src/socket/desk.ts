// Where requests are written: one buffer, used again and again. A fresh one each would cost as much as what is written into it, and a
// small array of JavaScript's has to be moved before C can see it: 44 bytes to send(2) 300 -> 20 ns.
import { Writer } from "../codec/bytes.ts";
import { type AnyInput, writeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { HOST_ORDER } from "./libc.ts";

/** Room for most requests. */
const ROOM = 4096;

/** The room for one request at a time. Who asks while it is in use (a hook, a getter of the caller's) takes another. */
export class Desk<M extends MessageType> {
  readonly #types: Registry<M>;
  readonly #buffer: Uint8Array = new Uint8Array(ROOM);
  readonly #writer: Writer;
  /** The buffer's first bytes, by their number: requests have few lengths. */
  readonly #views = new Map<number, Uint8Array>();
  constructor(types: Registry<M>) {
    this.#types = types;
    this.#writer = new Writer({ byteOrder: HOST_ORDER }, types.extensions, this.#buffer);
  }

  /**
   * Writes a request.
   * @returns its bytes, true only until the next one is written
   * @throws EncodeError
   */
  write(message: AnyInput<M>, flags: number, seq: number): Uint8Array {
    const w = this.#writer;
    w.reset();
    writeWith(this.#types, w, message, flags, seq);
    const length = w.pos;
    if (length > ROOM) return w.since(0);
    // It was too long before, and the writer has gone to a larger one.
    if (w.u8 !== this.#buffer) this.#buffer.set(w.u8.subarray(0, length));
    const known = this.#views.get(length);
    if (known !== undefined) return known;
    const view = this.#buffer.subarray(0, length);
    this.#views.set(length, view);
    return view;
  }
}
