// nlmsghdr: a datagram <-> messages. Which body a type has is told by the caller's registry.
import { wire } from "./attribute.ts";
import { align4, type Reader, type ReadOptions, readerOf, type WriteOptions, Writer } from "./bytes.ts";
import type { AnyCodec } from "./codec.ts";
import { DecodeError, EncodeError, type Issue } from "./errors.ts";
import { checkBytes, checkKeys, checkList, checkRecord, shown } from "./expect.ts";
import { fault } from "./fault.ts";
import { fieldsOf } from "./fields.ts";
import { BODY_KEYS, type HeaderAndAttrs } from "./nests.ts";
import { type ControlType, type Hidden, type MessageType, namedType, type Registry, typeOf } from "./registry.ts";
import { keptBytes, writeOrKept } from "./unwritable.ts";
import { variantKeys } from "./variants.ts";

/** sizeof(struct nlmsghdr) */
export const NLMSG_HDRLEN = 16;

/** What lossless decoding keeps beside a message. */
export interface MessageWire {
  /** The body that stood there, where encoding it would give other bytes. */
  readonly bytes?: Uint8Array | undefined;
  /**
   * What encoding would give: while it still does, `bytes` is written. Undefined beside `bytes`: encoding would throw, and `bytes` is
   * written while the message says what they say.
   */
  readonly canonical?: Uint8Array | undefined;
  /** nlmsg_len, where it says more than there is. */
  readonly length?: number | undefined;
  /** What stands between this message and the next, where it is not just zeros up to a multiple of four. */
  readonly after?: Uint8Array | undefined;
}

/** nlmsghdr without its length, and what was wrong. */
export interface Envelope {
  /** nlmsg_type. Encoding looks at `name` first: a decoded message under another name is another message. */
  readonly type: number;
  /** nlmsg_flags: NLM_F. */
  readonly flags: number;
  /** nlmsg_seq: what pairs an answer with its request. */
  readonly seq: number;
  /** nlmsg_pid: the port of the socket that asked; 0 from and to the kernel. */
  readonly pid: number;
  /** What was wrong with it; the bytes concerned are in `unknown` of their nest. Absent: nothing. */
  readonly issues?: readonly Issue[] | undefined;
  /** Only after a lossless decode. */
  readonly [wire]?: MessageWire | undefined;
}
/** A message that the registry does not have, or bytes that are no message at all. */
export interface UnknownMessage extends Envelope {
  /** Undefined: what tells it from the others. */
  readonly name: undefined;
  /** What stands behind nlmsghdr. */
  readonly payload: Uint8Array;
  /** The bytes are not framed: `payload` is all of them, and type, flags, seq and pid mean nothing. */
  readonly runt?: true | undefined;
}
/** A message of a registry, decoded; discriminated by `name`. */
export type MessageOf<M> =
  M extends MessageType<infer N, infer T> ? (N extends string ? Envelope & Named<N> & T : never) : never;
/** What tells messages apart. */
export interface Named<N extends string> {
  /** The message's constant: "RTM_NEWLINK". */
  readonly name: N;
}
/** NLMSG_ERROR, NLMSG_DONE, NLMSG_NOOP, NLMSG_OVERRUN. */
export type ControlMessage = MessageOf<ControlType>;
/** Whatever a datagram of a registry's protocol can hold. */
export type AnyMessage<M extends MessageType> = MessageOf<M> | ControlMessage | UnknownMessage;

/** What one needs to say. Only the header is loosened: a deep mapped type would show as 200 lines in an editor. */
export type InputOf<M> =
  M extends MessageType<infer N, infer T>
    ? Named<N> & (T extends HeaderAndAttrs<infer H, infer A> ? LooseBody<H, A> : LooseVariants<T>) & Partial<Envelope>
    : never;
/** A body that has several layouts: any part of the one that is given may be left out. */
export type LooseVariants<T> = {
  readonly [K in keyof T]: NonNullable<T[K]> extends HeaderAndAttrs<infer H, infer A>
    ? LooseBody<H, A> | undefined
    : T[K];
};
/** A body of which any part may be left out. */
export interface LooseBody<H, A> {
  /** Members of the fixed struct; the others are 0. */
  readonly header?: Partial<H> | undefined;
  /** Attributes; absent means absent. */
  readonly attrs?: A | undefined;
  /** Of an ack: the request's payload that it echoes. */
  readonly payload?: Uint8Array | undefined;
}
/** Bytes of a type that no registry has. */
export interface RawInput extends Partial<Omit<UnknownMessage, "payload">> {
  /** What stands behind nlmsghdr. */
  readonly payload: Uint8Array;
}
/** What `encodeMessage` takes: what decoding gave, edited or not, or what you write yourself. */
export type AnyInput<M extends MessageType> = InputOf<M> | InputOf<ControlType> | RawInput;

/**
 * Decodes a datagram with a registry of your choice. `decodeMessages` is the same with all that nlkit knows; this one lets a bundler
 * leave out the rest.
 * @param types the registry
 * @param bytes one or several messages, one behind the other
 * @param options byte order; lossless; strict; fields
 * @throws DecodeError only with `strict`
 * @throws RangeError for a name in `fields` that no message of the registry has, and for `fields` with `lossless`
 */
export const decodeWith = <M extends MessageType>(
  types: Registry<M>,
  bytes: Uint8Array,
  options?: ReadOptions,
): AnyMessage<M>[] => {
  if (options?.masked === true && types.hide !== undefined) {
    return decodeHidden(types, types.hide(types, bytes, options), options);
  }
  const r = readerOf(bytes, options, types.extensions);
  if (options?.fields !== undefined) r.fields = fieldsOf(types, options.fields, r.scratch !== undefined);
  return decodeInto(types, r, 0, bytes.length, []);
};

/**
 * Decodes a datagram whose keys are zeros already.
 * @param types the registry
 * @param hidden what hiding gave
 * @param options as for `decodeWith`
 * @throws DecodeError only with `strict`
 */
export const decodeHidden = <M extends MessageType>(
  types: Registry<M>,
  { bytes, end }: Hidden,
  options: ReadOptions,
): AnyMessage<M>[] => {
  const r = readerOf(bytes, options, types.extensions);
  if (options.fields !== undefined) r.fields = fieldsOf(types, options.fields, r.scratch !== undefined);
  const messages = decodeInto(types, r, 0, end, []);
  if (end < bytes.length) messages.push(readRunt(r, end, bytes.length, end === 0 ? "TRUNCATED" : "TRAILING"));
  return messages;
};

/**
 * Decodes a part of what a reader has: for callers that receive into one buffer again and again.
 * @param types the registry, always the same for one reader
 * @param r a reader that has read before, or not
 * @param start where the first message begins
 * @param end where the last one ends
 * @param messages they are put behind these
 * @returns the same list
 * @throws DecodeError only where the reader is strict
 */
export const decodeInto = <M extends MessageType>(
  types: Registry<M>,
  r: Reader,
  start: number,
  end: number,
  messages: AnyMessage<M>[],
): AnyMessage<M>[] => {
  if (types.unframed !== undefined) {
    if (end > start) messages.push(readUnframed(types.unframed, r, start, end) as AnyMessage<M>);
    return messages;
  }
  for (let at = start; at < end; ) at = readFrame(types, r, at, end, messages);
  return messages;
};

/**
 * Decodes a message's body that stands without its nlmsghdr. Flags, seq and pid of the result are 0.
 * @param types the registry
 * @param name constant of the message
 * @param bytes the body
 * @param options byte order; lossless; strict; fields
 * @returns undefined when the registry has no such message
 * @throws DecodeError only with `strict`
 */
export const decodeBodyWith = <M extends MessageType>(
  types: Registry<M>,
  name: string,
  bytes: Uint8Array,
  options?: ReadOptions,
): MessageOf<M> | undefined => {
  const found = types.byName.get(name);
  if (found === undefined) return undefined;
  const w = new Writer(options);
  writeMessage(w, types, { type: found.type, payload: bytes });
  const unshifted = (issue: Issue): Issue => ({ ...issue, offset: issue.offset - NLMSG_HDRLEN });
  try {
    const [message] = decodeWith(types, w.since(0), options);
    const issues = message?.issues?.map(unshifted);
    return { ...message, ...(issues && { issues }) } as MessageOf<M>;
  } catch (error) {
    throw error instanceof DecodeError ? new DecodeError(unshifted(error)) : error;
  }
};

/** Reads what stands at `at` and says where the next message begins. */
const readFrame = (types: Registry, r: Reader, at: number, stop: number, messages: object[]): number => {
  const { u8 } = r;
  const rest = stop - at;
  const length = framed(r, at, stop);
  if (length === undefined) {
    messages.push(readRunt(r, at, stop, at === 0 ? "TRUNCATED" : "TRAILING"));
    return stop;
  }
  if (r.issues !== undefined && r.issues.length > 0) r.issues = [];
  if (r.path.length > 0) r.path.length = 0;
  if (length > rest) fault(r, "TRUNCATED", at, rest, length);
  const end = length > rest ? stop : at + length;
  const message = readMessage(types, r, at, end) as { [wire]?: MessageWire };
  messages.push(message);
  // Zeros behind the last message are what iproute2 sends: no fault, and kept by lossless decoding only.
  let next = length > rest ? end : Math.min(stop, at + align4(length));
  if (framed(r, next, stop) === undefined && isZero(u8, next, stop)) next = stop;
  if (r.scratch === undefined) return next;
  if (length > rest) message[wire] = { ...message[wire], length };
  if (next === stop ? next > end : !isZero(u8, end, next)) {
    message[wire] = { ...message[wire], after: u8.slice(end, next) };
  }
  return next;
};

/** nlmsg_len of the message at `at`; undefined when none begins there. */
const framed = (r: Reader, at: number, stop: number): number | undefined => {
  if (stop - at < NLMSG_HDRLEN) return undefined;
  const length = r.dv.getUint32(at, r.little);
  return length < NLMSG_HDRLEN ? undefined : length;
};

const isZero = (u8: Uint8Array, at: number, end: number): boolean => {
  for (let i = at; i < end; i++) if (u8[i] !== 0) return false;
  return true;
};

const readRunt = (r: Reader, at: number, stop: number, code: "TRUNCATED" | "TRAILING"): UnknownMessage => {
  const payload = r.u8.slice(at, stop);
  if (r.issues !== undefined) r.issues = [];
  fault(r, code, at, payload.length);
  return { type: 0, name: undefined, flags: 0, seq: 0, pid: 0, payload, runt: true, issues: r.issues };
};

const readMessage = (types: Registry, r: Reader, at: number, end: number): object => {
  const { dv, little } = r;
  const type = dv.getUint16(at + 4, little);
  const flags = dv.getUint16(at + 6, little);
  const seq = dv.getUint32(at + 8, little);
  const pid = dv.getUint32(at + 12, little);
  const from = at + NLMSG_HDRLEN;
  const found = r.type?.type === type ? r.type : typeOf(types, type);
  r.type = found;
  if (found === undefined) return unnamed(r, { type, flags, seq, pid }, from, end);
  r.depth = 0;
  const { fast } = found;
  if (fast !== undefined && little && r.scratch === undefined && !(r.issues !== undefined && r.issues.length > 0)) {
    const message = { type, name: found.name, flags, seq, pid, header: NO_HEADER, attrs: NO_HEADER };
    if (fast(r, from, end, message)) return message;
    r.depth = 0;
  }
  r.flags = flags;
  r.header = {};
  const body = found.body.read(r, from, end, {}) as object | undefined;
  // What cannot be read stays bytes.
  if (body === undefined) return unnamed(r, { type, flags, seq, pid }, from, end);
  const message = withIssues({ type, name: found.name, flags, seq, pid, ...body }, r);
  if (r.scratch === undefined) return message;
  r.scratch.flags = flags;
  const kept = keptBytes(r, found.body as never, body, from, end);
  return kept === undefined ? message : { ...message, [wire]: kept };
};

/** A message of which only nlmsghdr is known. */
const unnamed = (r: Reader, header: object, from: number, end: number): object =>
  withIssues({ ...header, name: undefined, payload: r.u8.slice(from, end) }, r);

/** A datagram without nlmsghdr. */
const readUnframed = ({ name, body: codec }: MessageType, r: Reader, start: number, end: number): object => {
  const value = codec.read(r, start, end, {}) as object;
  const message = withIssues({ type: 0, name, flags: 0, seq: 0, pid: 0, ...value }, r);
  const kept = keptBytes(r, codec as never, value, start, end);
  return kept === undefined ? message : { ...message, [wire]: kept };
};

const withIssues = <T extends object>(message: T, { issues }: Reader): T =>
  issues !== undefined && issues.length > 0 ? { ...message, issues } : message;

/**
 * Encodes one message with a registry of your choice; nlmsg_len is filled in.
 * @param types the registry
 * @param message what to say
 * @param options byte order; which nests are flagged and which strings end in NUL
 * @throws EncodeError with the path of the value that cannot be said
 */
export const encodeWith = <M extends MessageType>(
  types: Registry<M>,
  message: AnyInput<M>,
  options?: WriteOptions,
): Uint8Array => encodeAllWith(types, [message], options);

/**
 * Encodes several messages into one datagram, each beginning at a multiple of four.
 * @param types the registry
 * @param messages what to say
 * @param options as for `encodeWith`
 * @throws EncodeError
 */
export const encodeAllWith = <M extends MessageType>(
  types: Registry<M>,
  messages: readonly AnyInput<M>[],
  options?: WriteOptions,
): Uint8Array => {
  checkList(messages);
  // A getter of the caller's may encode something itself: then the buffer is in use.
  const buffer = spare ?? new Uint8Array(SPARE);
  spare = undefined;
  const w = new Writer(options, types.extensions, buffer);
  try {
    messages.forEach((message, i) => {
      writeMessage(w, types, message as LooseInput);
      const after = (message as LooseInput)[wire]?.after;
      if (after !== undefined) w.raw(after);
      else if (i < messages.length - 1) w.zeros(align4(w.pos) - w.pos);
    });
    return w.since(0);
  } finally {
    spare = buffer;
  }
};

/**
 * Appends one message to what a writer holds.
 * @param types the registry
 * @param w with the registry's extensions
 * @param message what to say
 * @param flags added to its own
 * @param seq instead of its own
 * @throws EncodeError
 */
export const writeWith = <M extends MessageType>(
  types: Registry<M>,
  w: Writer,
  message: AnyInput<M>,
  flags: number,
  seq: number,
): void => writeMessage(w, types, message as LooseInput, flags, seq);

/** Room for most requests, used again and again: a fresh one each would cost a quarter of encoding a short message. */
const SPARE = 4096;
let spare: Uint8Array | undefined;

interface LooseInput extends Partial<Envelope> {
  readonly name?: string | undefined;
  readonly payload?: Uint8Array | undefined;
  readonly runt?: true | undefined;
}

/** nlmsghdr as properties: what every message may have beside its body. */
const ENVELOPE = ["type", "name", "flags", "seq", "pid", "issues", "runt"];
const KEYS = /* @__PURE__ */ (() => ({
  named: [...ENVELOPE, ...BODY_KEYS],
  control: [...ENVELOPE, ...BODY_KEYS, "payload"],
  bytes: [...ENVELOPE, "payload"],
}))();

const writeMessage = (w: Writer, types: Registry, input: LooseInput, added = 0, seq?: number): void => {
  checkRecord("a message", input);
  if (input.runt === true) {
    checkBytes(input.payload, "payload");
    w.raw(input.payload as Uint8Array);
    return;
  }
  if (types.unframed !== undefined && input.name === types.unframed.name) {
    w.flags = 0;
    writeBody(w, types, input, input[wire]);
    return;
  }
  const at = w.room(NLMSG_HDRLEN);
  // Before the body: its layout may depend on them.
  const given = word(input.flags, "flags", 0xffff);
  const flags = added === 0 ? given : given | added;
  w.flags = flags;
  const kept = input[wire];
  const type = writeBody(w, types, input, kept);
  const { dv, little } = w;
  dv.setUint32(at, kept?.length ?? w.pos - at, little);
  dv.setUint16(at + 4, word(type, "type", 0xffff), little);
  dv.setUint16(at + 6, word(flags, "flags", 0xffff), little);
  dv.setUint32(at + 8, word(seq ?? input.seq, "seq", 0xffffffff), little);
  dv.setUint32(at + 12, word(input.pid, "pid", 0xffffffff), little);
};

/** The properties of a message that has others than `header` and `attrs`. */
const ownKeys = (codec: AnyCodec): readonly string[] | undefined => {
  switch (codec.kind) {
    case "variants":
      return variantKeys(codec);
    case "tailed":
      return [...codec.header.members.map(({ name }) => name), codec.name];
    case "text":
      return codec.keys;
    default:
      return undefined;
  }
};

/** Appends the body and says which nlmsg_type it is. */
const writeBody = (
  w: Writer,
  types: Registry,
  input: LooseInput,
  kept: MessageWire | undefined,
): number | undefined => {
  const from = w.pos;
  if (input.name === undefined) {
    if (input.payload === undefined) throw new EncodeError("BAD_VALUE", "a message without a name needs a payload");
    checkKeys(input, KEYS.bytes, "a message without a name");
    checkBytes(input.payload, "payload");
    w.raw(input.payload);
    return input.type;
  }
  const found = namedType(types, input.name);
  if (found === undefined) {
    throw new EncodeError("UNKNOWN_NAME", `no message of ${types.name} is called ${shown(input.name)}`);
  }
  const { kind } = found.body;
  const keys = ownKeys(found.body as unknown as AnyCodec);
  checkKeys(
    input,
    keys !== undefined
      ? [...ENVELOPE, ...keys]
      : kind === "control"
        ? KEYS.control
        : kind === "opaque"
          ? KEYS.bytes
          : KEYS.named,
    found.name,
  );
  w.header = NO_HEADER;
  w.depth = 0;
  writeOrKept(w, found.body as never, input, {}, "", kept);
  if (kept?.bytes !== undefined && kept.canonical !== undefined) {
    if (w.matches(from, kept.canonical, 0, kept.canonical.length)) {
      w.rewind(from);
      w.raw(kept.bytes);
    }
  }
  return found.type < 0 ? input.type : found.type;
};

const NO_HEADER: object = /* @__PURE__ */ Object.freeze({});

const word = (value: number | undefined, name: string, highest: number): number => {
  if (value === undefined) return 0;
  if (Number.isInteger(value) && value >= 0 && value <= highest) return value;
  throw new EncodeError("OUT_OF_RANGE", `${shown(value)} is no u${highest === 0xffff ? 16 : 32}`).within(name);
};
