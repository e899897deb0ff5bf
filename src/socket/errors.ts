// What can go wrong with a live socket, as facts. Words are made here and nowhere else.
import { getSystemErrorMap } from "node:util";
import type { AttributePolicy, ExtAck } from "../codec/control.ts";
import { errnoName } from "../codec/errno.ts";
import { plain } from "../codec/text.ts";

/** What libuv calls this errno: "file already exists". Node makes the table anew whenever it is asked for, which takes 70 µs. */
const words = (errno: number): string | undefined => {
  table ??= getSystemErrorMap();
  return table.get(-errno)?.[1];
};
let table: ReturnType<typeof getSystemErrorMap> | undefined;

/** A system call failed. */
export class SystemError extends Error {
  /** Always "SystemError". */
  override readonly name = "SystemError";
  /** The call: "setns". */
  readonly syscall: string;
  /** errno(3), positive. */
  readonly errno: number;
  /** Its name: "EPERM". */
  readonly code: string;
  /**
   * @param syscall the call
   * @param errno positive
   * @param detail what it was about
   */
  constructor(syscall: string, errno: number, detail?: string) {
    const code = errnoName(errno);
    const about = detail === undefined ? "" : ` ${plain(detail)}`;
    super(`${syscall}${about}: ${code} (${words(errno) ?? `errno ${errno}`})`);
    this.syscall = syscall;
    this.errno = errno;
    this.code = code;
  }
}

/** What a refusal says. */
export interface KernelErrorFacts {
  /** Positive errno. */
  readonly errno: number;
  /** The request's constant: "RTM_NEWLINK". */
  readonly message: string;
  /** The kernel's sentence, if it gave one. */
  readonly text?: string | undefined;
  /**
   * The attribute it points at, by property names: `linkinfo.data.ageingTime`. It follows the nests on the wire, so the key that names a
   * kind (`data.bridge`) is not in it. Absent when the kernel points at none.
   */
  readonly path?: string | undefined;
  /** The same attribute's constant: "IFLA_BR_AGEING_TIME". */
  readonly attribute?: string | undefined;
  /** A required attribute that is missing: its constant, or "IFLA_INFO_DATA: type 7" when no table has it. */
  readonly missing?: string | undefined;
  /** What the attribute should have been. */
  readonly policy?: AttributePolicy | undefined;
  /** The object that the request names, where the errno says only that there is none or one already: `ifname "eth7"`. */
  readonly subject?: string | undefined;
  /** The extended ack that came with it. Default: none. */
  readonly ack?: ExtAck | undefined;
  /** The request as it was sent. */
  readonly request: Uint8Array;
}

/** JSON has no bigints. */
const textOf = (policy: AttributePolicy): { [name: string]: number | string } => {
  const out: { [name: string]: number | string } = {};
  for (const [name, value] of Object.entries(policy)) {
    if (typeof value === "bigint") out[name] = String(value);
    else if (typeof value === "number") out[name] = value;
  }
  return out;
};

/** What a KernelError is as JSON. Its `message` is the error's own. */
export interface KernelErrorJson extends Omit<KernelErrorFacts, "request" | "ack" | "policy"> {
  /** What the attribute should have been; 64-bit numbers as text. */
  readonly policy?: { readonly [name: string]: number | string } | undefined;
  /** "KernelError". */
  readonly name: string;
  /** Of the errno: "EEXIST". */
  readonly code: string;
}

/** The kernel said no. Its JSON has all of this but the request's bytes. */
export class KernelError extends Error implements Omit<KernelErrorFacts, "message"> {
  /** Always "KernelError". */
  override readonly name = "KernelError";
  /** Positive errno. */
  readonly errno: number;
  /** Its name: "EEXIST". Match on this, not on words. */
  readonly code: string;
  /** The request's constant: "RTM_NEWLINK". */
  readonly messageName: string;
  /** The kernel's sentence, if it gave one. Text from the kernel: escape it before a terminal sees it. */
  readonly text: string | undefined;
  /** The attribute it points at, by property names, without the key that names a kind. Absent when it points at none: never a guess. */
  readonly path: string | undefined;
  /** The same attribute's constant. */
  readonly attribute: string | undefined;
  /** A required attribute that is missing. */
  readonly missing: string | undefined;
  /** What the attribute should have been. */
  readonly policy: AttributePolicy | undefined;
  /** The object that the request names, where the errno asks which: `ifname "eth7"`. Safe to print. */
  readonly subject: string | undefined;
  /** The request as it was sent: give it to `explain`. Not among what an inspection of the error shows. */
  declare readonly request: Uint8Array;
  /** The extended ack that came with it: with `request` and `errno` what `refusedRequest` of nlkit/capture makes hints of. */
  declare readonly ack: ExtAck;
  /** @param facts what the kernel answered */
  constructor(facts: KernelErrorFacts) {
    const code = errnoName(facts.errno);
    const parts = [
      `${facts.message}: ${code} (${words(facts.errno) ?? `errno ${facts.errno}`})`,
      facts.text === undefined ? undefined : `"${plain(facts.text)}"`,
      facts.subject,
      facts.path === undefined ? undefined : `at ${facts.path} (${facts.attribute})`,
      facts.missing === undefined ? undefined : `missing ${facts.missing}`,
    ];
    super(parts.filter((part) => part !== undefined).join(", "));
    this.errno = facts.errno;
    this.code = code;
    this.messageName = facts.message;
    this.text = facts.text;
    this.path = facts.path;
    this.attribute = facts.attribute;
    this.missing = facts.missing;
    this.policy = facts.policy;
    this.subject = facts.subject;
    Object.defineProperty(this, "request", { value: facts.request });
    Object.defineProperty(this, "ack", { value: facts.ack ?? {} });
  }

  /** For JSON.stringify, which would leave out the message. */
  toJSON(): KernelErrorJson {
    const { policy, ...facts } = this;
    return {
      ...facts,
      ...(policy === undefined ? {} : { policy: textOf(policy) }),
      name: this.name,
      message: this.message,
    };
  }
}

/**
 * A dump changed while it was read, again and again: what came last is in `messages`, and may lack or repeat entries. Of a stream, which
 * has handed them out, there are none.
 */
export class DumpInterrupted<M = unknown> extends Error {
  /** Always "DumpInterrupted". */
  override readonly name = "DumpInterrupted";
  /** For matching. */
  readonly code = "DUMP_INTERRUPTED";
  /** How often it was asked. */
  readonly attempts: number;
  /** What the last attempt gave. */
  readonly messages: readonly M[];
  /**
   * @param attempts how often it was asked
   * @param messages what the last attempt gave
   * @param given how many messages of it a stream has handed out already
   */
  constructor(attempts: number, messages: readonly M[], given = 0) {
    const times = attempts === 1 ? "" : `, ${attempts} times`;
    const got = `${given + messages.length} messages${given > 0 ? ", which have been handed out" : ""}`;
    super(`the dump changed while it was read${times}; the last attempt gave ${got}`);
    this.attempts = attempts;
    this.messages = messages;
  }
}

/** One message of a transaction, and why the kernel refused it. */
export interface Refused {
  /** Which message, counted from 0. */
  readonly index: number;
  /** Why. */
  readonly error: KernelError;
}

/** A transaction was refused: nothing of it has happened, whatever the other messages would have been answered. */
export class TransactionFailed extends Error {
  /** Always "TransactionFailed". */
  override readonly name = "TransactionFailed";
  /** errno's name of the first refusal: "ENOENT". */
  readonly code: string;
  /** Every message that was refused, in order: of more than 256 the first, as many as the default receive buffer holds. */
  readonly errors: readonly Refused[];
  /** @param errors at least one */
  constructor(errors: readonly Refused[]) {
    const [first] = errors;
    const others = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
    super(`message ${first?.index} of the transaction: ${first?.error.message}${others}`, { cause: first?.error });
    this.code = first?.error.code ?? "";
    this.errors = errors;
  }
}

/** Why an answer never came. "error": receiving failed, and the `cause` says how. */
export type LostReason = "timeout" | "overrun" | "truncated" | "closed" | "error";

/** A change was sent and its answer is lost: it may have happened. Ask the kernel before you repeat it. */
export class OutcomeUnknown extends Error {
  /** Always "OutcomeUnknown". */
  override readonly name = "OutcomeUnknown";
  /** For matching. */
  readonly code = "OUTCOME_UNKNOWN";
  /** Why. */
  readonly reason: LostReason;
  /** The request as it was sent. */
  readonly request: Uint8Array;
  /**
   * @param message the request's constant
   * @param reason why the answer is lost
   * @param request its bytes
   * @param cause what receiving failed with, for the reason "error"
   */
  constructor(message: string, reason: LostReason, request: Uint8Array, cause?: unknown) {
    const words = `${message}: sent, but its answer is lost (${reason}); it may or may not have happened`;
    super(words, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.request = request;
  }
}

/** A question was not answered in time, or its answer was lost. Nothing changed. */
export class NoAnswer extends Error {
  /** Always "NoAnswer". */
  override readonly name = "NoAnswer";
  /** For matching. */
  readonly code = "NO_ANSWER";
  /** Why. */
  readonly reason: LostReason;
  /** False: it was still waiting for its turn, so a change has not happened either. */
  readonly sent: boolean;
  /**
   * @param message the request's constant
   * @param reason why there is none
   * @param sent whether it was handed to the kernel
   */
  constructor(message: string, reason: LostReason, sent = true) {
    super(`${message}: ${sent ? "" : "not sent, "}no answer (${reason})`);
    this.reason = reason;
    this.sent = sent;
  }
}

/** The connection is closed. */
export class ConnectionClosed extends Error {
  /** Always "ConnectionClosed". */
  override readonly name = "ConnectionClosed";
  /** For matching. */
  readonly code = "CONNECTION_CLOSED";
  constructor() {
    super("the connection is closed");
  }
}
