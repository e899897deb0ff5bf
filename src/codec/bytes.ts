// Reading in place and writing with back-patched lengths. No subarrays, one DataView a buffer.
import type { Codec } from "./codec.ts";
import { EncodeError, type Issue } from "./errors.ts";
import type { MessageType } from "./registry.ts";

/** "little" for x86, ARM and RISC-V; "big" for s390x and captures made there. */
export type ByteOrder = "little" | "big";

/** Layouts that a caller adds to a choice: a link kind of its own. Made by `extendRegistry`. */
export type Extensions = ReadonlyMap<unknown, { readonly [name: string]: Codec<unknown> }>;

/** Which attributes of a table are to be read, by type: 1 where one is. */
export type Wanted = Readonly<Uint8Array>;
/** What the option `fields` means in each table that stands in a message itself. */
export type Fields = ReadonlyMap<unknown, Wanted>;

/** A buffer being decoded, with how to decode it. Made once for a datagram. */
export interface Reader {
  /** The whole buffer. */
  readonly u8: Uint8Array;
  /** The same bytes. */
  readonly dv: DataView;
  /** Byte order of the machine: of every length and type, and of integers that are not declared big-endian. */
  readonly little: boolean;
  /** Inside an attribute that carries NLA_F_NET_BYTEORDER: integers are big-endian, lengths are not. */
  net: boolean;
  /** Only in lossless mode: where values are encoded again, to see what they cannot say. */
  readonly scratch: Writer | undefined;
  /** Layouts that the caller added. */
  readonly extensions: Extensions | undefined;
  /** Where problems go; undefined means strict: they are thrown. */
  issues: Issue[] | undefined;
  /** Property names from the message down to where we are. */
  readonly path: string[];
  /** Which attributes are asked for, by their table, where no nest is around it. Undefined: all. */
  fields: Fields | undefined;
  /** What the message before was: of a dump they are all the same. */
  type: MessageType | undefined;
  /** nlmsg_flags of the message being read. */
  flags: number;
  /** The fixed struct in front of the attributes being read: ifi_family decides what IFLA_PROTINFO is. */
  header: object;
  /** Nests that we are in. */
  depth: number;
  /** Keys are not to be shown. */
  readonly masked: boolean;
  /** Of a registry with keys: `explain` marks as one whatever it did not read as something else. */
  readonly guarded: boolean;
  /** Of such a registry: an undeclared payload shorter than this many bytes is too short for a key, and is shown. */
  plain: number;
}

/** How bytes are to be read. */
export interface ReadOptions {
  /** Byte order of the machine that wrote the bytes. Default: little. */
  readonly byteOrder?: ByteOrder | undefined;
  /** Keep what plain objects cannot say, so that encoding gives the same bytes. Default: false. */
  readonly lossless?: boolean | undefined;
  /** Throw a DecodeError at the first malformed attribute instead of keeping it raw. Default: false. */
  readonly strict?: boolean | undefined;
  /**
   * Only these attributes of each message, by property: `["ifname", "mtu"]`. All others are skipped, not kept in `unknown`; what
   * decides the layout of one comes with it. Nests are read whole. Default: all. Not with `lossless`, which loses nothing.
   */
  readonly fields?: readonly string[] | undefined;
  /**
   * Give `<secret: 32 bytes>`, a text, in place of every key that is declared with `secret`. Of a registry that says `withSecrets` also
   * zeros in place of bytes that nothing was read from, since a key may be among them: malformed and undeclared attributes, the request
   * that a refusal echoes, what is no message. Default: false. Not with `lossless`.
   */
  readonly masked?: boolean | undefined;
}

/** How values are to be written, where programs differ. */
export interface WriteOptions {
  /** Byte order of the machine that will read the bytes. Default: little. */
  readonly byteOrder?: ByteOrder | undefined;
  /**
   * Which nests carry NLA_F_NESTED. Default: all (kernels since 5.2 demand it of new attributes, older ones ignore it). A list of
   * constants (`["IFLA_PROP_LIST"]`) means exactly those, as in the requests of programs that set it here and there.
   */
  readonly nested?: boolean | readonly string[] | undefined;
  /**
   * Which strings end in a NUL. Default: all (the kernel takes them with and without). A list of constants means exactly those.
   */
  readonly terminated?: boolean | readonly string[] | undefined;
}

/** Does an option that may be a list hold for this constant? */
const holds = (option: boolean | readonly string[] | undefined, constant: string): boolean =>
  typeof option === "object" ? option.includes(constant) : option !== false;

/* @__NO_SIDE_EFFECTS__ */
export const readerOf = (
  u8: Uint8Array,
  options: ReadOptions = {},
  extensions?: Extensions,
  guarded = false,
): Reader => ({
  u8,
  dv: new DataView(u8.buffer, u8.byteOffset, u8.byteLength),
  little: options.byteOrder !== "big",
  net: false,
  scratch: options.lossless === true ? new Writer({ byteOrder: options.byteOrder }, extensions) : undefined,
  extensions,
  issues: options.strict === true ? undefined : [],
  path: [],
  fields: undefined,
  type: undefined,
  flags: 0,
  header: {},
  depth: 0,
  masked: options.masked === true,
  guarded,
  plain: 0,
});

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/**
 * A copy of u8[at, end). Empty nests are common (two in every link), an empty slice is what V8 is slowest at (190 ns), and an array without
 * bytes is 200 of memory: all of them are one.
 */
export const copyOf = (u8: Uint8Array, at: number, end: number): Uint8Array =>
  at === end ? NOTHING : u8.slice(at, end);

/** The next multiple of four: NLMSG_ALIGN, NLA_ALIGN, RTA_ALIGN. */
export const align4 = (n: number): number => (n + 3) & ~3;

/** Why an attribute cannot be longer. */
export const LENGTH_ENDS = "an attribute's length field ends at 65535";

/** A growing buffer. */
export class Writer {
  /** The buffer; replaced when it grows. */
  u8: Uint8Array;
  /** The same bytes. */
  dv: DataView;
  /** Where the next byte goes. */
  pos = 0;
  /** Byte order of lengths, types and undeclared integers. */
  readonly little: boolean;
  /** Inside an attribute that carries NLA_F_NET_BYTEORDER. */
  net = false;
  /** nlmsg_flags of the message being written. */
  flags = 0;
  /** The fixed struct in front of the attributes being written. */
  header: object = {};
  /** Nests that we are in. */
  depth = 0;
  /** Layouts that the caller added. */
  readonly extensions: Extensions | undefined;
  readonly #nested: WriteOptions["nested"];
  readonly #terminated: WriteOptions["terminated"];
  constructor(options: WriteOptions = {}, extensions?: Extensions, buffer: Uint8Array = new Uint8Array(1024)) {
    this.little = options.byteOrder !== "big";
    this.#nested = options.nested;
    this.#terminated = options.terminated;
    this.extensions = extensions;
    this.u8 = buffer;
    this.dv = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }
  /** Does a nest of this constant carry NLA_F_NESTED? */
  nests(constant: string): boolean {
    return holds(this.#nested, constant);
  }
  /** Does a string of this constant end in NUL? */
  terminates(constant: string): boolean {
    return holds(this.#terminated, constant);
  }
  /** Claims n bytes, which the caller writes, and says where they begin. Look at `u8` and `dv` only after: this may replace them. */
  room(n: number): number {
    const at = this.pos;
    const need = at + n;
    if (need > this.u8.length) {
      const old = this.u8;
      this.u8 = new Uint8Array(Math.max(need, old.length * 2));
      this.u8.set(old);
      this.dv = new DataView(this.u8.buffer);
    }
    this.pos = need;
    return at;
  }
  /** Claims n bytes of zero. */
  zeros(n: number): number {
    const at = this.room(n);
    const { u8 } = this;
    // `fill` is a call, and most are short.
    if (n > 16) u8.fill(0, at, at + n);
    else for (let i = at; i < at + n; i++) u8[i] = 0;
    return at;
  }
  /** Begins anew, in the same buffer, whatever was being written. */
  reset(): void {
    this.pos = 0;
    this.net = false;
    this.depth = 0;
  }
  /** Takes back everything from `at` on. */
  rewind(at: number): void {
    this.pos = at;
  }
  /** Appends bytes. */
  raw(bytes: Uint8Array): void {
    // An array that was transferred elsewhere has none, and cannot be copied.
    if (bytes.length === 0) return;
    const at = this.room(bytes.length);
    this.u8.set(bytes, at);
  }
  /** Writes a TLV header; `close` fills in its length. */
  open(word: number): number {
    const at = this.room(4);
    this.dv.setUint16(at + 2, word, this.little);
    return at;
  }
  /** Fills in the length of the TLV at `at`, and pads. */
  close(at: number, padding?: Uint8Array): void {
    const length = this.pos - at;
    if (length > 0xffff) throw new EncodeError("TOO_LONG", `${length} bytes: ${LENGTH_ENDS}`);
    this.dv.setUint16(at, length, this.little);
    // Kept padding of a value that has since become longer does not fit.
    if (padding !== undefined && padding.length <= align4(length) - length) this.raw(padding);
    else if ((length & 3) !== 0) this.zeros(align4(length) - length);
  }
  /** The bytes from `from` on, as a copy. */
  since(from: number): Uint8Array {
    return this.u8.slice(from, this.pos);
  }
  /** Are the bytes from `from` on exactly source[at, end)? */
  matches(from: number, source: Uint8Array, at: number, end: number): boolean {
    if (this.pos - from !== end - at) return false;
    for (let i = at; i < end; i++) if (this.u8[from + i - at] !== source[i]) return false;
    return true;
  }
}
