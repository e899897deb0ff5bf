// Payloads without structure other than integers: text, addresses, bytes, flags, and several of one sort.
import { hardwareBytes, hardwareText, ipText, writeIp } from "./address.ts";
import { copyOf } from "./bytes.ts";
import type { ArrayOf, Codec, Int, Octets, Repeated, Simple } from "./codec.ts";
import { below, EncodeError } from "./errors.ts";
import { checkBytes, checkList, expected } from "./expect.ts";
import { fault } from "./fault.ts";
import { textOf, writeText } from "./text.ts";

/** Text. Read with or without its NUL; written with one unless `WriteOptions.terminated` says otherwise. */
export const string: Simple<string> = {
  kind: "string",
  read: (r, at, end) => textOf(r.u8, at, end),
  write(w, value, _siblings, constant) {
    if (typeof value !== "string") throw expected("a string", value);
    if (value.includes("\0"))
      throw new EncodeError("BAD_VALUE", "a string ends at its first NUL: none may stand in it");
    writeText(w, value);
    if (w.terminates(constant)) w.zeros(1);
  },
};

/** An IP address as text, by its length: 4 or 16 bytes; any other length as octets: see `ipText`. */
export const ip: Simple<string> = {
  kind: "ip",
  read: (r, at, end) => ipText(r.u8, at, end),
  write: (w, value) => writeIp(w, value),
};

/** A link-layer address as text: "02:42:ac:11:00:02". */
export const hardware: Simple<string> = {
  kind: "hardware",
  read: (r, at, end) => hardwareText(r.u8, at, end),
  write: (w, value) => w.raw(hardwareBytes(value)),
};

/** Bytes as they are: a copy, never a window into a receive buffer. */
export const bytes: Simple<Uint8Array> = {
  kind: "bytes",
  read: (r, at, end) => copyOf(r.u8, at, end),
  write(w, value) {
    checkBytes(value);
    w.raw(value);
  },
};

/** Presence is the value. */
export const flag: Simple<true> = {
  kind: "flag",
  read: () => true,
  write(_w, value) {
    if (value !== true) throw expected("true (leave a flag out to say false)", value);
  },
};

/** A flag in requests, a byte in answers (IFLA_VXLAN_TTL_INHERIT). The kernel takes no `false`: leave it out. */
export const flagOrByte: Simple<boolean> = {
  kind: "flag",
  read: (r, at, end) => at === end || r.u8[at] !== 0,
  write(w, value) {
    if (typeof value !== "boolean") throw expected("a boolean", value);
    if (!value) w.zeros(1);
  },
};

/**
 * Integers one behind the other.
 * @param of the integer
 */
/* @__NO_SIDE_EFFECTS__ */
export const arrayOf = <T extends number | bigint>(of: Int<T>): ArrayOf<T> => ({
  kind: "array",
  of: of as unknown as Int,
  read(r, at, end) {
    if ((end - at) % of.size !== 0) {
      // A piece of an integer is left over: the whole stays raw rather than lose it.
      return fault(r, "BAD_LENGTH", at, end - at, end - at - ((end - at) % of.size));
    }
    const items: T[] = [];
    for (let p = at; p < end; p += of.size) items.push(of.read(r, p, p + of.size, items) as T);
    return items;
  },
  write(w, items, _siblings, constant) {
    checkList(items);
    let i = 0;
    try {
      for (; i < items.length; i++) of.write(w, items[i] as T, items, constant);
    } catch (error) {
      throw below(error, `[${i}]`);
    }
  },
});

/**
 * A fixed number of octets inside a struct, as text with colons.
 * @param size how many
 */
/* @__NO_SIDE_EFFECTS__ */
export const octets = (size: number): Octets => ({
  kind: "octets",
  size,
  read: (r, at) => hardwareText(r.u8, at, at + size),
  write(w, value) {
    const raw = hardwareBytes(value);
    if (raw.length !== size) throw new EncodeError("BAD_ADDRESS", `expected ${size} octets, got ${raw.length}`);
    w.raw(raw);
  },
});

/**
 * The attribute itself occurs once an item; the value is an array.
 * @param of what one holds
 */
/* @__NO_SIDE_EFFECTS__ */
export const repeated = <T>(of: Codec<T>): Repeated<T> => ({
  kind: "repeated",
  of,
  read(r, at, end, siblings) {
    const item = of.read(r, at, end, siblings);
    return item === undefined ? undefined : [item];
  },
  write(w, items, siblings, constant) {
    checkList(items);
    for (const item of items) of.write(w, item, siblings, constant);
  },
});
