// What can go wrong with bytes and with values, as facts. Words are made here and nowhere else.

/**
 * What is wrong with some bytes.
 *
 * - `BAD_LENGTH`: a payload is shorter than its type, or empty where it may not be.
 * - `TRUNCATED`: a length field says more than there is, or less than its own header.
 * - `TRAILING`: bytes are left over that frame nothing.
 * - `TOO_DEEP`: nests in nests in nests, beyond any that the kernel makes.
 */
export type DecodeCode = "BAD_LENGTH" | "TRUNCATED" | "TRAILING" | "TOO_DEEP";

/** One thing that is wrong with some bytes. A lenient decode lists these in `issues`; a strict one throws the first. */
export interface Issue {
  /** What kind of fault. */
  readonly code: DecodeCode;
  /** Byte index into the decoded buffer. */
  readonly offset: number;
  /** The attributes above the fault, by property name: `linkinfo.data.peer.mtu`. Empty: the message itself. */
  readonly path: string;
  /** The length that stands there. */
  readonly found: number;
  /** The length that is due, where one is. */
  readonly expected?: number | undefined;
}

/** The issue as one line of English: `linkinfo.data.peer: TRUNCATED at byte 92: 255, expected 32`. */
export const issueText = (issue: Issue): string =>
  `${issue.path || "message"}: ${issue.code} at byte ${issue.offset}: ${issue.found}` +
  (issue.expected === undefined ? "" : `, expected ${issue.expected}`);

/** The one thing that a strict decode throws. */
export class DecodeError extends RangeError implements Issue {
  /** Always "DecodeError". */
  override readonly name = "DecodeError";
  /** What kind of fault. */
  readonly code: DecodeCode;
  /** Byte index into the decoded buffer. */
  readonly offset: number;
  /** The attributes above the fault, by property name. */
  readonly path: string;
  /** The length that stands there. */
  readonly found: number;
  /** The length that is due, where one is. */
  readonly expected: number | undefined;
  /** @param issue the facts */
  constructor(issue: Issue) {
    super(issueText(issue));
    this.code = issue.code;
    this.offset = issue.offset;
    this.path = issue.path;
    this.found = issue.found;
    this.expected = issue.expected;
  }
}

/**
 * Why a value cannot be written.
 *
 * - `OUT_OF_RANGE`: an integer does not fit, or is none.
 * - `BAD_ADDRESS`: text that is no address.
 * - `BAD_VALUE`: a value of another JavaScript type than the attribute's.
 * - `UNKNOWN_NAME`: no attribute, member or message is called so.
 * - `WRONG_KIND`: data of one kind under the name of another.
 * - `TOO_LONG`: more bytes than a length field can say.
 */
export type EncodeCode = "OUT_OF_RANGE" | "BAD_ADDRESS" | "BAD_VALUE" | "UNKNOWN_NAME" | "WRONG_KIND" | "TOO_LONG";

/** A value that the wire cannot say. The one thing that encoding throws. */
export class EncodeError extends RangeError {
  /** Always "EncodeError". */
  override readonly name = "EncodeError";
  /** Why. */
  readonly code: EncodeCode;
  /** What is wrong, without the path. */
  readonly detail: string;
  /** The attributes above the value, by property name: `linkinfo.data.ageingTime`. */
  path = "";
  /**
   * @param code why
   * @param detail what is wrong, in words
   */
  constructor(code: EncodeCode, detail: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
  /** Called while unwinding, innermost first, so that success pays nothing for paths. */
  within(name: string): this {
    this.path = this.path === "" || this.path.startsWith("[") ? name + this.path : `${name}.${this.path}`;
    this.message = `${this.path}: ${this.detail}`;
    return this;
  }
}
/** What to throw on: an EncodeError learns what it stands below. */
export const below = (error: unknown, name: string): unknown =>
  error instanceof EncodeError ? error.within(name) : error;
