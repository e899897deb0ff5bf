// What the generated readers share. A reader gives undefined for what only the tables can read: nothing is thrown, since hostile
// bytes would make each throw cost a microsecond.
import type { RawAttribute } from "./attribute.ts";
import { copyOf } from "./bytes.ts";

/** Nests of one table inside itself that a generated reader follows; deeper ones are left to the tables, which know the bound. */
export const FAST_DEPTH = 6;

/** An unsigned integer of 8 bytes, little-endian. Most counters are 0, which costs no allocation: 24 of them 300 -> 60 ns. */
export const u64Of = (dv: DataView, at: number): bigint =>
  dv.getInt32(at, true) === 0 && dv.getInt32(at + 4, true) === 0 ? 0n : dv.getBigUint64(at, true);

/** An attribute that no table declares, as a copy. */
export const rawOf = (u8: Uint8Array, word: number, at: number, end: number): RawAttribute => ({
  word,
  bytes: copyOf(u8, at, end),
});

/** Structs of 12 bytes that were read lately are found again by these: more than the lengths of a prefix. */
const SLOTS = 256;

/**
 * Structs that many messages have alike: the rtmsg of 100,000 routes says the same but for the length of the prefix. One frozen object
 * for all of them is a third of the memory of such a dump, and a quarter of the peak. For structs of 12 bytes, little-endian.
 */
export class Alike<T extends object> {
  readonly #words: Int32Array = new Int32Array(3 * SLOTS);
  readonly #values: (T | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  #slot = 0;

  /** The struct with the bytes that stand at `at`, if it was kept. */
  find(dv: DataView, at: number): T | undefined {
    const a = dv.getInt32(at, true);
    const b = dv.getInt32(at + 4, true);
    const c = dv.getInt32(at + 8, true);
    const slot = (a ^ (a >>> 8) ^ b ^ (b >>> 8) ^ c) & (SLOTS - 1);
    const words = this.#words;
    const known = this.#values[slot];
    const at3 = 3 * slot;
    if (known !== undefined && words[at3] === a && words[at3 + 1] === b && words[at3 + 2] === c) return known;
    words[at3] = a;
    words[at3 + 1] = b;
    words[at3 + 2] = c;
    this.#slot = slot;
    return undefined;
  }

  /** Keeps what was just not found. */
  keep(value: T): T {
    this.#values[this.#slot] = Object.freeze(value);
    return value;
  }
}

/** Lists that are kept at most, and the longest: net.ipv6.conf has 60 items. */
const LISTS = 64;
const LONGEST_LIST = 256;
/** What is not found in a place replaces what is kept there the second time, and each 64th after: two that take turns do not cost more. */
const PATIENCE = 64;

/**
 * The same for lists of integers of 4 bytes: net.ipv4.conf and net.ipv6.conf, which make a third of a link's memory, are the same for all
 * links of a host but for a few. They are told apart by a look at four items, and compared once: two passes would cost what they save.
 */
export class AlikeLists {
  readonly #kept: ({ readonly words: Int32Array; readonly list: readonly number[] } | undefined)[] = Array.from(
    { length: LISTS },
    () => undefined,
  );
  readonly #misses: Int32Array = new Int32Array(LISTS);
  #slot = 0;

  /** The list of the bytes at [at, end), if it was kept. */
  find(dv: DataView, at: number, end: number): readonly number[] | undefined {
    const count = (end - at) >> 2;
    if (count < 4) return undefined;
    const look = dv.getInt32(at, true) ^ (dv.getInt32(at + 8, true) << 1) ^ dv.getInt32(at + 12, true);
    const slot = (look ^ (look >>> 6) ^ dv.getInt32(end - 4, true) ^ count) & (LISTS - 1);
    this.#slot = slot;
    const known = this.#kept[slot];
    if (known === undefined || known.words.length !== count) return undefined;
    const { words } = known;
    for (let i = 0, p = at; i < count; i++, p += 4) if (words[i] !== dv.getInt32(p, true)) return undefined;
    return known.list;
  }

  /** Keeps what was just not found, if its place has been asked for before. */
  keep(list: readonly number[]): readonly number[] {
    if (list.length < 4 || list.length > LONGEST_LIST) return list;
    const misses = this.#misses[this.#slot] as number;
    this.#misses[this.#slot] = misses + 1;
    // An Int32Array has the bits of what is unsigned, too.
    if (misses % PATIENCE === 1) this.#kept[this.#slot] = { words: Int32Array.from(list), list: Object.freeze(list) };
    return list;
  }
}

/**
 * A maker of plain objects with room for 64 keys. V8 counts the assignments to `this`, whatever their names, and keeps that many places
 * in the object itself until it has seen how many are used; `{}` has four and is moved at every third key more. A link of 40 keys:
 * 1360 -> 1060 ns. Its prototype is Object.prototype: the objects are as plain as `{}`.
 */
/* @__NO_SIDE_EFFECTS__ */
export const roomy = <T extends object>(): (new () => T) => {
  function Roomy(this: { _?: number }): void {
    if (this._ === undefined) return;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
    this._ = 0;
  }
  Roomy.prototype = Object.prototype;
  return Roomy as unknown as new () => T;
};
