// What a handler may answer, and how the kernel says it: acks, refusals, dumps.
import { type ExtAck, NLM_F } from "../codec/control.ts";
import { explainWith } from "../codec/explain.ts";
import type { Field } from "../codec/explain-field.ts";
import { type AnyInput, encodeWith } from "../codec/message.ts";
import type { MessageType, Registry } from "../codec/registry.ts";
import { type Frame, HOST_ORDER, joined } from "./fake-bytes.ts";
import type { ReplyPart } from "./faults.ts";

/** What the kernel knows of: older ones lack it. */
export interface KernelAbilities {
  /** It applies the filters of a dump: NETLINK_GET_STRICT_CHK, Linux 4.20. Default: true. */
  readonly strictCheck?: boolean | undefined;
  /** It says in words what is wrong: NETLINK_EXT_ACK, Linux 4.12. Default: true. */
  readonly extAck?: boolean | undefined;
  /** A refusal does not repeat the whole request: NETLINK_CAP_ACK, Linux 4.3. Default: true. */
  readonly capAck?: boolean | undefined;
}

/** How a refusal is worded. */
export interface Refusal extends ExtAck {
  /** The attribute it points at, by property names: `linkinfo.data.ageingTime`; gives `offs`. */
  readonly at?: string | undefined;
}
/** How a dump is given. */
export interface DumpOptions<M extends MessageType> {
  /** Which entries were asked for. A kernel that knows filters applies it and sets NLM_F_DUMP_FILTERED; an older one gives all. */
  readonly filter?: ((message: AnyInput<M>) => boolean) | undefined;
  /** Asked before each datagram: has the table changed under way? From then on NLM_F_DUMP_INTR is set. */
  readonly changed?: (() => boolean) | undefined;
}

/** A handler's answer. The ack is sent behind it, when it was asked for and nothing else was said. */
export interface Reply<M extends MessageType> {
  /** An object that was asked for. Before the ack; any number. */
  object(message: AnyInput<M>): void;
  /** Answers a request with NLM_F_DUMP: datagrams of at most 32 KiB, made as they are received. EBUSY while another dump runs. */
  dump(messages: Iterable<AnyInput<M>>, options?: DumpOptions<M>): void;
  /** Yes, with a sentence or a cookie. */
  ack(words?: Pick<ExtAck, "msg" | "cookie">): void;
  /** No. Of a dump: in its NLMSG_DONE, as rtnetlink does. */
  error(errno: number, words?: Refusal): void;
  /** These bytes, as they are. */
  raw(bytes: Uint8Array): void;
  /** No ack: the kernel never says how it went. */
  silence(): void;
}

/** Where answers go. */
export interface ReplyTarget<M extends MessageType> {
  readonly portId: number;
  readonly types: Registry<M>;
  readonly abilities: KernelAbilities;
  put(bytes: Uint8Array, part: ReplyPart): void;
  /** @returns false: another dump runs */
  startDump(dump: FakeDump<M>): boolean;
}

const EBUSY = 16;
const order = { byteOrder: HOST_ORDER } as const;

const offsetOf = (fields: readonly Field[], path: string): number | undefined => {
  for (const field of fields) {
    const isIt = field.word !== undefined && field.property === path;
    const found = isIt ? field.offset : offsetOf(field.children, path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The answer to one message. */
export class FakeReply<M extends MessageType> implements Reply<M> {
  readonly #to: ReplyTarget<M>;
  readonly #request: Uint8Array;
  readonly #frame: Frame;
  /** The dump that answers it. */
  #dump: FakeDump<M> | undefined;
  #outcome: { readonly errno: number; readonly words: Refusal } | undefined;
  #silent = false;
  constructor(to: ReplyTarget<M>, request: Uint8Array, frame: Frame) {
    this.#to = to;
    this.#request = request;
    this.#frame = frame;
  }

  object(message: AnyInput<M>): void {
    this.#put(message, 0, "object");
  }
  dump(messages: Iterable<AnyInput<M>>, options: DumpOptions<M> = {}): void {
    this.#dump = new FakeDump(this.#to, this.#frame, messages, options);
  }
  ack(words: Pick<ExtAck, "msg" | "cookie"> = {}): void {
    this.#outcome = { errno: 0, words };
  }
  error(errno: number, words: Refusal = {}): void {
    this.#outcome = { errno, words };
  }
  raw(bytes: Uint8Array): void {
    this.#to.put(bytes.slice(), "raw");
  }
  silence(): void {
    this.#silent = true;
  }

  #put(message: AnyInput<M>, flags: number, part: ReplyPart): void {
    const { seq } = this.#frame;
    const whole = { ...message, flags: (message.flags ?? 0) | flags, seq, pid: this.#to.portId } as AnyInput<M>;
    this.#to.put(encodeWith(this.#to.types, whole, order), part);
  }

  /** The handler has returned: says what is left to say. */
  finish(isDump: boolean): void {
    if (this.#silent) return;
    if (this.#outcome === undefined && this.#dump !== undefined) {
      if (!this.#to.startDump(this.#dump)) this.#acknowledge(EBUSY, {});
      return;
    }
    const { errno, words } = this.#outcome ?? { errno: 0, words: {} };
    if (isDump && errno > 0) this.#done(errno, words);
    else if (errno > 0 || (this.#frame.flags & NLM_F.ACK) !== 0) this.#acknowledge(errno, words);
  }

  #words({ at, ...words }: Refusal): ExtAck | undefined {
    if (this.#to.abilities.extAck === false) return undefined;
    const offs = at === undefined ? undefined : offsetOf(explainWith(this.#to.types, this.#request, order), at);
    if (at !== undefined && offs === undefined) throw new TypeError(`the request has no attribute ${at}`);
    const all = offs === undefined ? words : { ...words, offs };
    return Object.keys(all).length === 0 ? undefined : all;
  }

  #acknowledge(errno: number, refusal: Refusal): void {
    const attrs = this.#words(refusal);
    const echo = errno > 0 && this.#to.abilities.capAck === false;
    const flags = (echo ? 0 : NLM_F.CAPPED) | (attrs === undefined ? 0 : NLM_F.ACK_TLVS);
    const { length: len, type, flags: asked, seq, pid } = this.#frame;
    const ack = {
      name: "NLMSG_ERROR",
      header: { error: -errno, len, type, flags: asked, seq, pid },
      ...(echo && { payload: this.#request.slice(16) }),
      attrs: attrs ?? {},
    } as const;
    this.#put(ack, flags, errno > 0 ? "error" : "ack");
  }

  #done(errno: number, refusal: Refusal): void {
    const attrs = this.#words(refusal);
    const flags = NLM_F.MULTI | (attrs === undefined ? 0 : NLM_F.ACK_TLVS);
    this.#put({ name: "NLMSG_DONE", header: { error: -errno }, attrs: attrs ?? {} }, flags, "done");
  }
}

/** A dump that is being given. */
export class FakeDump<M extends MessageType> {
  readonly #to: ReplyTarget<M>;
  readonly #seq: number;
  readonly #messages: Iterator<AnyInput<M>>;
  readonly #filter: ((message: AnyInput<M>) => boolean) | undefined;
  readonly #changed: () => boolean;
  /** Did not fit into the last piece. */
  #left: Uint8Array | undefined;
  #flags: number;
  ended = false;
  constructor(
    to: ReplyTarget<M>,
    { seq }: Frame,
    messages: Iterable<AnyInput<M>>,
    { filter, changed = () => false }: DumpOptions<M>,
  ) {
    this.#to = to;
    this.#seq = seq;
    this.#messages = messages[Symbol.iterator]();
    this.#filter = to.abilities.strictCheck === false ? undefined : filter;
    this.#flags = NLM_F.MULTI | (this.#filter === undefined ? 0 : NLM_F.DUMP_FILTERED);
    this.#changed = changed;
  }

  /** Puts the next piece on the socket; the end has a datagram of its own. */
  next(room: number): void {
    if (this.#changed()) this.#flags |= NLM_F.DUMP_INTR;
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const message = this.#left ?? this.#take();
      this.#left = undefined;
      if (message === undefined) break;
      if (size > 0 && size + message.length > room) {
        this.#left = message;
        break;
      }
      parts.push(message);
      size += (message.length + 3) & ~3;
    }
    if (parts.length > 0) this.#to.put(joined(parts), "dump");
    else {
      this.ended = true;
      this.#to.put(this.#encode({ name: "NLMSG_DONE", header: { error: 0 } }), "done");
    }
  }

  #take(): Uint8Array | undefined {
    for (;;) {
      const { done, value } = this.#messages.next();
      if (done === true) return undefined;
      if (this.#filter?.(value) !== false) return this.#encode(value);
    }
  }

  #encode(message: AnyInput<M>): Uint8Array {
    const flags = (message.flags ?? 0) | this.#flags;
    return encodeWith(
      this.#to.types,
      { ...message, flags, seq: this.#seq, pid: this.#to.portId } as AnyInput<M>,
      order,
    );
  }
}
