// Which number is which family: learned from what nlctrl says in the same capture.
import type { ReadOptions } from "../../codec/bytes.ts";
import { type AnyMessage, decodeWith } from "../../codec/message.ts";
import type { Registry } from "../../codec/registry.ts";
import type { ControlAttrs } from "./control.ts";
import { CTRL_CMD } from "./control.ts";
import { type GenericMessageType, genericTypes } from "./messages.ts";

/** What `learn` looks at: any decoded message. */
interface Loose {
  readonly name?: string | undefined;
  readonly header?: { readonly cmd?: number | undefined } | undefined;
  readonly attrs?: object | undefined;
}

/**
 * Learns the numbers of families from the messages of a capture, in their order, and gives a registry for those that it knows.
 * @example
 * const families = new GenericFamilies();
 * for (const bytes of datagrams) console.log(families.read(bytes));
 */
export class GenericFamilies {
  readonly #names: Map<number, string>;
  #types: Registry<GenericMessageType> | undefined;
  /**
   * @param known names by number, where some are known beforehand
   */
  constructor(known: Iterable<readonly [number, string]> = []) {
    this.#names = new Map(known);
  }
  /** Names by number. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }
  /** The registry for what is known now; the same one until something is learned. */
  get types(): Registry<GenericMessageType> {
    this.#types ??= genericTypes(this.#names);
    return this.#types;
  }
  /**
   * Looks at a decoded message.
   * @param message any message of generic netlink
   * @returns whether `types` is another registry now
   */
  learn(message: object): boolean {
    const { name, header, attrs } = message as Loose;
    if (name !== "nlctrl" || attrs === undefined) return false;
    const { familyId, familyName } = attrs as ControlAttrs;
    if (familyId === undefined || familyName === undefined) return false;
    const gone = header?.cmd === CTRL_CMD.DELFAMILY;
    if (gone ? !this.#names.delete(familyId) : this.#names.get(familyId) === familyName) return false;
    if (!gone) this.#names.set(familyId, familyName);
    this.#types = undefined;
    return true;
  }

  /**
   * Decodes a datagram with what is known, and learns from it.
   * @param bytes one or several messages, one behind the other
   * @param options byte order; lossless; strict
   * @throws DecodeError only with `strict`
   */
  read(bytes: Uint8Array, options?: ReadOptions): AnyMessage<GenericMessageType>[] {
    const messages = decodeWith(this.types, bytes, options);
    for (const message of messages) this.learn(message);
    return messages;
  }
}
