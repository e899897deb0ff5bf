// What can go wrong between a program and the kernel, as data: written by hand, or drawn by fast-check.

/**
 * What a datagram of the kernel is: an ack of 0; a refusal; an object that a request gets beside its ack; a piece of a dump; a dump's
 * end; an event; bytes that the test made itself.
 */
export type ReplyPart = "ack" | "error" | "object" | "dump" | "done" | "event" | "raw";

/** Which chances a fault takes. */
export interface FaultChance {
  /** Chances that it lets pass first. Default: 0. */
  readonly skip?: number | undefined;
  /** How often it strikes after that; Infinity: always. Default: 1. */
  readonly times?: number | undefined;
  /** How likely it is to take a chance, from 0 to 1, drawn with the kernel's seed. Default: 1. */
  readonly chance?: number | undefined;
}

/**
 * Something happens to a datagram of the kernel. What a real kernel can do:
 * - `overrun`: dropped, as is what follows until all has been received that is there, and the next receive fails with ENOBUFS; never
 *   a piece of a dump, which the kernel makes only when there is room
 * - `delay`: comes `ms` later, and what is behind it too
 * - `truncate`: longer than whatever buffer it is received into
 * - `interrupt`: NLM_F_DUMP_INTR is set in it
 * - `event`: the same messages with seq 0 and port 0 come in front of it
 * - `forge`: an ack of 0 for the same seq and another port comes in front of it; for an event, the same event of another sender
 *
 * What it never does, and a program has to survive: `lose` (dropped without a word), `duplicate`, `reorder` (changes places with the
 * next), `half` (ends inside the message that stands in its middle), `wrongSeq`, `wrongPort`, `stall` (a dump that stops here for ever: the socket stays busy).
 * Of these nobody can notice a piece of a dump that is lost, doubled or late: see `noticeable`.
 */
export interface ReplyFault extends FaultChance {
  /** What goes wrong with a datagram. */
  readonly kind:
    | "overrun"
    | "delay"
    | "truncate"
    | "interrupt"
    | "event"
    | "forge"
    | "lose"
    | "duplicate"
    | "reorder"
    | "half"
    | "wrongSeq"
    | "wrongPort"
    | "stall";
  /** Only datagrams of this kind. Default: any. */
  readonly on?: ReplyPart | undefined;
  /** Milliseconds, for `delay`. Default: 5. */
  readonly ms?: number | undefined;
  /** Bytes of the message that `half` leaves; less than 16 are not even a header. Default: half of them. */
  readonly keep?: number | undefined;
}
/**
 * A call fails with an errno, and has done nothing: `send`; `receive`; `wait` (throws at once); `poll` (calls back with the error);
 * `block`.
 */
export interface ErrnoFault extends FaultChance {
  /** Which call fails. */
  readonly kind: "send" | "receive" | "wait" | "poll" | "block";
  /** Positive errno. Default: EIO. */
  readonly errno?: number | undefined;
}
/** `again`: receive says that there is nothing, although there is. `wake`: wait and block end although there is nothing. */
export interface CallFault extends FaultChance {
  /** What a call pretends. */
  readonly kind: "again" | "wake";
}
/** Whatever can go wrong. */
export type Fault = ReplyFault | ErrnoFault | CallFault;

/**
 * Can a client tell that this happened? It cannot when the kernel, without a word, leaves out or doubles a piece of a dump, or an object
 * that was asked for. No kernel does; a test that holds results against the truth leaves these out.
 * @param fault the fault
 */
export const noticeable = ({ kind, on }: Fault & { readonly on?: ReplyPart | undefined }): boolean => {
  if (!["lose", "duplicate", "reorder", "wrongSeq", "wrongPort"].includes(kind)) return true;
  return on === "ack" || on === "error" || (on === "done" && kind !== "reorder");
};

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Armed {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** The faults that are armed. */
export class FaultPlan {
  readonly #random: () => number;
  #armed: Armed[] = [];
  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  arm(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Those that take this chance, in the order in which they were armed. */
  take<F extends Fault>(matches: (fault: Fault) => fault is F): F[] {
    if (this.#armed.length === 0) return [];
    const struck: F[] = [];
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (!matches(fault)) continue;
      if (armed.skip > 0) armed.skip--;
      else if ((fault.chance ?? 1) >= 1 || this.#random() < (fault.chance ?? 1)) {
        armed.times--;
        struck.push(fault);
      }
    }
    if (struck.length > 0) this.#armed = this.#armed.filter(({ times }) => times > 0);
    return struck;
  }

  /** The errno of a call that fails now. */
  errno(kind: ErrnoFault["kind"]): number | undefined {
    const [fault] = this.take((f): f is ErrnoFault => f.kind === kind);
    return fault === undefined ? undefined : (fault.errno ?? EIO);
  }

  /** Does a call go wrong without an errno? */
  strikes(kind: CallFault["kind"]): boolean {
    return this.take((f): f is CallFault => f.kind === kind).length > 0;
  }
}
const EIO = 5;

const CALLS: ReadonlySet<string> = new Set(["send", "receive", "wait", "poll", "block", "again", "wake"]);

/** Is it about a datagram of this kind? */
export const concerns =
  (part: ReplyPart) =>
  (fault: Fault): fault is ReplyFault => {
    if (CALLS.has(fault.kind)) return false;
    const { kind, on } = fault as ReplyFault;
    if (kind === "overrun" && (part === "dump" || part === "done")) return false;
    if (kind === "interrupt" || kind === "stall") return part === "dump" && (on ?? "dump") === "dump";
    return on === undefined || on === part;
  };
