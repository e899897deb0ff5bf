// C structs.
import type { Codec, Int, Member, Octets, Struct } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkRecord, isPlain, ownOf } from "./expect.ts";
import { fault } from "./fault.ts";
import { lowerSnake } from "./names.ts";
import { plain } from "./text.ts";

/** [offset, codec], and the C member name where the naming rule does not give it. */
export type StructSpec<T> = {
  readonly [K in keyof T]-?: readonly [offset: number, codec: Codec<NonNullable<T[K]>> & (Int | Octets), name?: string];
};

/**
 * Declares a C struct. Shorter bytes are zero-extended as the kernel does it (an issue only for strict decoding); longer ones are
 * of a newer kernel and read as far as they are known.
 * @param name its C name
 * @param prefix what its members' names have in common: "ifi_"
 * @param size sizeof
 * @param spec offset and codec of each member
 */
/* @__NO_SIDE_EFFECTS__ */
export const struct = <T extends object>(
  name: string,
  prefix: string,
  size: number,
  spec: () => StructSpec<T>,
): Struct<T> => new StructCodec<T>(name, prefix, size, spec as () => AnySpec);

/**
 * Declares a C struct that grows with the kernel (tcp_info): members beyond the bytes that were sent are absent, and encoding ends
 * with the last member given.
 * @param name its C name
 * @param prefix what its members' names have in common
 * @param size sizeof, as far as nlkit knows it
 * @param spec offset and codec of each member
 */
/* @__NO_SIDE_EFFECTS__ */
export const openStruct = <T extends object>(
  name: string,
  prefix: string,
  size: number,
  spec: () => StructSpec<T>,
): Struct<T> => new StructCodec<T>(name, prefix, size, spec as () => AnySpec, true);

type AnySpec = { readonly [key: string]: readonly [offset: number, codec: Int | Octets, name?: string] };

class StructCodec<T> implements Struct<T> {
  readonly kind = "struct";
  readonly name: string;
  readonly size: number;
  readonly open: true | undefined;
  readonly #prefix: string;
  readonly #spec: () => AnySpec;
  #members: readonly Member[] | undefined;
  #byName: ReadonlyMap<string, Member> | undefined;
  constructor(name: string, prefix: string, size: number, spec: () => AnySpec, open?: true) {
    this.name = name;
    this.size = size;
    this.open = open;
    this.#prefix = prefix;
    this.#spec = spec;
  }
  get members(): readonly Member[] {
    this.#members ??= Object.entries(this.#spec()).map(([name, [offset, codec, constant]]) => ({
      name,
      offset,
      codec,
      constant: constant ?? this.#prefix + lowerSnake(name),
      size: codec.size,
      isOctet: codec.kind === "int" && codec.size === 1 && !codec.signed && codec.width === undefined,
    }));
    return this.#members;
  }

  #index(): ReadonlyMap<string, Member> {
    const byName = new Map(this.members.map((m) => [m.name, m]));
    this.#byName = byName;
    return byName;
  }

  read: Codec<T>["read"] = (r, start, end) => {
    const { size, open } = this;
    let from = r;
    let at = start;
    if (end - at < size && open !== true) {
      if (r.issues === undefined) return fault(r, "BAD_LENGTH", at, end - at, size);
      const u8 = new Uint8Array(size);
      u8.set(r.u8.subarray(at, end));
      from = { ...r, u8, dv: new DataView(u8.buffer) };
      at = 0;
    }
    const out: Record<string, unknown> = {};
    for (const m of this.members) {
      if (open === true && at + m.offset + m.size > end) continue;
      out[m.name] = m.codec.read(from, at + m.offset, at + m.offset + m.size, out);
    }
    return out as T;
  };

  write: Codec<T>["write"] = (w, value, _siblings, constant) => {
    if (!isPlain(value)) checkRecord(`struct ${this.name}`, value);
    const at = w.zeros(this.size);
    let last = 0;
    const given = ownOf(value as Record<string, unknown>);
    const byName = this.#byName ?? this.#index();
    for (const key in given) {
      const m = byName.get(key);
      if (m === undefined) throw new EncodeError("UNKNOWN_NAME", `struct ${this.name} has no "${plain(key)}"`);
      const member = given[key];
      if (member === undefined) continue;
      last = Math.max(last, m.offset + m.size);
      // What most are: a call through a table of many sorts of codecs takes longer than what is done there.
      if (m.isOctet && typeof member === "number" && member >>> 0 === member && member <= 0xff) {
        w.u8[at + m.offset] = member;
        continue;
      }
      w.pos = at + m.offset;
      try {
        (m.codec as Codec<unknown>).write(w, member, given, constant);
      } catch (error) {
        throw below(error, key);
      }
    }
    w.pos = at + (this.open === true ? last : this.size);
  };
}
