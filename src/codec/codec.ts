// What a declaration is made of. Every codec can read and write; beyond that it is plain data (`kind` and its facts), which is what
// explain, the arbitraries, the uapi check and the generator look at. They live elsewhere and cost nothing to who does not import them.
import type { Reader, Writer } from "./bytes.ts";
import type { Names } from "./names.ts";

/** Reads and writes one payload. */
export interface Codec<T> {
  /** Which of the shapes below it is. */
  readonly kind: string;
  /** What it reads is a key: see `secret`. */
  readonly secret?: true | undefined;
  /** Bytes that it has at most; more may have a key among them: see `upTo`. */
  readonly longest?: number | ((siblings: object) => number) | undefined;
  /** Reads u8[at, end). `siblings` is the object being filled. Undefined: not understood, and not an error (an unknown link kind). */
  read(r: Reader, at: number, end: number, siblings: object): T | undefined;
  /** Appends the payload. `siblings` is the object that holds the value; `constant` the attribute it is written for. */
  write(w: Writer, value: T, siblings: object, constant: string): void;
}

/** An integer of a fixed width. */
export interface Int<T extends number | bigint = number | bigint> extends Codec<T> {
  readonly kind: "int";
  /** Bytes. */
  readonly size: 1 | 2 | 4 | 8;
  /** Two's complement. */
  readonly signed: boolean;
  /** Network byte order, whatever the host. */
  readonly big: boolean;
  /** C constants of its values, or of its bits. */
  readonly names?: Names | undefined;
  /** The names are bits of a word, not its values. */
  readonly bits?: boolean | undefined;
  /** Of a C bitfield: how many bits. Members of a struct that share a byte have the same offset. */
  readonly width?: number | undefined;
}
/** Text, octets, or presence alone. */
export interface Simple<T = unknown> extends Codec<T> {
  readonly kind: "string" | "ip" | "hardware" | "bytes" | "flag";
}
/** Integers one behind the other. */
export interface ArrayOf<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "array";
  /** One of them. */
  readonly of: Int;
}
/** The attribute itself occurs once an item. */
export interface Repeated<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "repeated";
  /** What each occurrence holds. */
  readonly of: Codec<T>;
}
/** A nest whose attribute types are not names but a count: 1, 2, 3… (or from `first`). */
export interface Indexed<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "indexed";
  /** What each item holds. */
  readonly of: Codec<T>;
  /** Attribute type of the first. */
  readonly first: number;
}
/** A nest that holds one thing several times, under one attribute type (NFTA_LIST_ELEM). */
export interface List<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "list";
  /** What each item holds. */
  readonly of: Codec<T>;
  /** C constant of the items. */
  readonly constant: string;
  /** Attribute type of the items. */
  readonly id: number;
  /** Written as id, id + 1, id + 2…. */
  readonly counted: boolean;
}
/** A nest whose attribute types are numbers with a meaning of their own (CTRL_ATTR_OP_POLICY: commands). */
export interface Numbered<T = unknown> extends Codec<readonly NumberedItem<T>[]> {
  readonly kind: "numbered";
  /** What each holds. */
  readonly of: Codec<T>;
}
/** One of them. */
export interface NumberedItem<T = unknown> {
  /** Its attribute type. */
  readonly number: number;
  /** What it holds. */
  readonly value: T;
}
/** One member of a C struct. */
export interface Member {
  /** Property name. */
  readonly name: string;
  /** C member name. */
  readonly constant: string;
  /** Bytes from the struct's beginning. */
  readonly offset: number;
  /** What it holds. */
  readonly codec: Int | Octets;
  /** Bytes. */
  readonly size: number;
  /** An unsigned integer of one byte, all of it. */
  readonly isOctet: boolean;
}
/** A fixed number of octets inside a struct, as text. */
export interface Octets extends Codec<string> {
  readonly kind: "octets";
  /** Bytes. */
  readonly size: number;
  /** They are text up to the first NUL: char[64]. */
  readonly chars?: true | undefined;
  /** An IP address; of 16 bytes whose meaning another member decides: IPv4 in the first four where it is AF_INET or ETH_P_IP. */
  readonly address?: AddressBy | undefined;
}
/** What decides how an address reads. */
export interface AddressBy {
  /** The member that holds the family, declared before it; undefined: its length alone. */
  readonly by: string | undefined;
}
/** A C struct. */
export interface Struct<T = unknown> extends Codec<T> {
  readonly kind: "struct";
  /** Its C name: ifinfomsg. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Those that are not padding. */
  readonly members: readonly Member[];
  /** It grows with the kernel: members that were not sent are absent, not 0. */
  readonly open?: true | undefined;
}
/** One declared attribute. */
export interface Field {
  /** Property name. */
  readonly name: string;
  /** C constant. */
  readonly constant: string;
  /** Attribute type, without flags. */
  readonly id: number;
  /** What it holds. */
  // biome-ignore lint/suspicious/noExplicitAny: a table holds codecs of every type; attrs<T>() has checked each against T.
  readonly codec: Codec<any>;
}
/** The attributes of one nest. */
export interface AttrTable<T = unknown> extends Codec<T> {
  readonly kind: "attrs";
  /** What the constants have in common: "IFLA_". */
  readonly prefix: string;
  /** In the order of the declaration. */
  readonly fields: readonly Field[];
  /** By attribute type. */
  readonly byId: readonly (Field | undefined)[];
  /** By property. */
  readonly byName: ReadonlyMap<string, Field>;
}
/** Values behind one byte of type and one of length each (nftnl_udata). */
export interface Tlv8<T = unknown> extends Codec<T> {
  readonly kind: "tlv8";
  /** What the constants have in common: "NFTNL_UDATA_RULE_". */
  readonly prefix: string;
  /** In the order of the declaration. */
  readonly fields: readonly Field[];
}
/** A struct, then attributes: a message body, a veth peer, a next hop. */
export interface Body<T = unknown> extends Codec<T> {
  readonly kind: "body";
  /** What comes first. */
  readonly header: Struct;
  /** What follows. */
  readonly attrs: AttrTable;
}
/** Bodies one behind the other, each with its own length in its first two bytes (RTA_MULTIPATH). */
export interface Records<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "records";
  /** One of them. */
  readonly of: Body<T>;
  /** C name of one: "nexthop". */
  readonly constant: string;
}
/** A payload whose layout a sibling, or a member of the header, decides. The value is an object with one key: `{ bridge: {...} }`. */
export interface Choice<T = unknown> extends Codec<T> {
  readonly kind: "choice";
  /** The sibling's property name, or the header member's. */
  readonly by: string;
  /** Set when a header member decides: the names of its values. */
  readonly header: Names | undefined;
  /** Set when the sibling is a number: the names of its values. */
  readonly names?: Names | undefined;
  /** The layouts, by name. */
  readonly cases: { readonly [name: string]: Codec<unknown> };
  /** What any other value of a header member means; its value has no key around it. */
  readonly fallback: Codec<unknown> | undefined;
}
/** A struct whose last member has no fixed length (rtvia). The value is flat. */
export interface Tailed<T = unknown> extends Codec<T> {
  readonly kind: "tailed";
  /** What comes first. */
  readonly header: Struct;
  /** Property name of the last member. */
  readonly name: string;
  /** C name of the last member. */
  readonly constant: string;
  /** What takes the rest. */
  readonly tail: Codec<unknown>;
}
/** NLMSG_ERROR and NLMSG_DONE: a struct, perhaps the request that it answers, perhaps attributes; the message's flags say which. */
export interface Control<T = unknown> extends Codec<T> {
  readonly kind: "control";
  /** What comes first. */
  readonly header: Struct;
  /** The extended ack. */
  readonly attrs: AttrTable;
}
/** A datagram that is text, and no struct: it names its own fields (kobject-uevent). */
export interface Text<T = unknown> extends Codec<T> {
  readonly kind: "text";
  /** The properties of its value. */
  readonly keys: readonly string[];
  /** A struct that may stand in front of it. */
  readonly header: Struct;
  /** Which bytes are what: C name, property, bounds, text; one behind the other, without gaps. */
  parts(r: Reader, at: number, end: number): readonly TextPart[];
}
/** A stretch of such a datagram. */
export interface TextPart {
  /** Its name; empty: it has none. */
  readonly constant: string;
  /** Property path. */
  readonly property: string;
  /** Where it begins. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;
  /** Its value. */
  readonly value: string | number;
}
/** A message whose payload is only bytes: NLMSG_NOOP, NLMSG_OVERRUN. */
export interface Opaque<T = unknown> extends Codec<T> {
  readonly kind: "opaque";
}
/** Structs one behind the other; members with fixed values tell which one each is (inet_diag_bc_op). */
export interface Sequence<T = unknown> extends Codec<readonly T[]> {
  readonly kind: "sequence";
  /** C name of one. */
  readonly constant: string;
  /** Which structs there are: of the first whose members have one of these values. */
  readonly cases: readonly SequenceCase[];
  /** The member that says how many bytes one takes, where it may be more than the struct has; undefined: none. */
  readonly length?: string | undefined;
}
/** One struct of a sequence. */
export interface SequenceCase {
  /** Its layout. */
  readonly struct: Struct;
  /** Members that must have one of these values; empty: any. */
  readonly is: { readonly [member: string]: readonly number[] };
}
/** A message whose layout depends on its direction and its first byte. The value has one key: which of them it is. */
export interface Variants<T = unknown> extends Codec<T> {
  readonly kind: "variants";
  /** The layouts, by key. */
  readonly cases: { readonly [name: string]: Variant };
}
/** One layout of a message. */
export interface Variant {
  /** Of messages with NLM_F_REQUEST, or of those without. */
  readonly request: boolean;
  /** Of requests with NLM_F_DUMP, or of those without. Undefined: either. */
  readonly dump?: boolean | undefined;
  /** First byte of the body: an address family, or a command. Undefined: any. */
  readonly families: readonly number[] | undefined;
  /** What stands behind nlmsghdr. */
  readonly body: Body;
}
/** Every shape there is: what a `switch (codec.kind)` has to know. */
export type AnyCodec =
  | Int
  | Simple
  | ArrayOf
  | Octets
  | Repeated
  | Indexed
  | List
  | Numbered
  | Struct
  | AttrTable
  | Tlv8
  | Body
  | Records
  | Choice
  | Tailed
  | Control
  | Opaque
  | Text
  | Sequence
  | Variants;

/** What a table holds: `ValueOf<typeof linkAttrs>` is LinkAttrs. */
export type ValueOf<C> = C extends Codec<infer T> ? T : never;
