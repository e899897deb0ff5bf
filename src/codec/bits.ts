// Members of C structs that are less, or more, than an integer: bitfields, addresses, cookies, text.
import { ipBytes, ipText } from "./address.ts";
import type { Int, Octets } from "./codec.ts";
import { EncodeError } from "./errors.ts";
import { expected, shown } from "./expect.ts";
import { textOf, writeText } from "./text.ts";

/**
 * A bitfield of C inside one byte. The compiler of a big-endian machine begins at the other end of the byte.
 * @param first bits before it
 * @param width its own bits
 */
/* @__NO_SIDE_EFFECTS__ */
export const bitfield = (first: number, width: number): Int<number> => {
  const mask = (1 << width) - 1;
  const shift = (little: boolean): number => (little ? first : 8 - first - width);
  return {
    kind: "int",
    size: 1,
    signed: false,
    big: false,
    width,
    read: (r, at) => ((r.u8[at] as number) >> shift(r.little)) & mask,
    // A struct is zeros before its members are written: what is there already is of another bitfield.
    write(w, value) {
      if (!Number.isInteger(value) || value < 0 || value > mask) {
        throw new EncodeError(
          "OUT_OF_RANGE",
          `${shown(value)} does not fit into ${width} bit${width === 1 ? "" : "s"}`,
        );
      }
      const at = w.room(1);
      w.u8[at] = (w.u8[at] as number) | (value << shift(w.little));
    },
  };
};

/** Two u32, the lower half of a number first on every machine: the cookie of a socket. */
export const cookie: Int<bigint> = {
  kind: "int",
  size: 8,
  signed: false,
  big: false,
  read: (r, at) => BigInt(r.dv.getUint32(at, r.little)) | (BigInt(r.dv.getUint32(at + 4, r.little)) << 32n),
  write(w, value) {
    if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value) {
      throw new EncodeError("OUT_OF_RANGE", `${shown(value)} is no u64 as a bigint`);
    }
    const at = w.room(8);
    w.dv.setUint32(at, Number(value & 0xffffffffn), w.little);
    w.dv.setUint32(at + 4, Number(value >> 32n), w.little);
  },
};

/**
 * Text in a struct: an array of char, filled up with NULs. Bytes that are no UTF-8 are read as U+FFFD; where its three bytes are too
 * many, each is written as "?".
 * @param size bytes
 */
/* @__NO_SIDE_EFFECTS__ */
export const chars = (size: number): Octets => ({
  kind: "octets",
  size,
  chars: true,
  read: (r, at) => textOf(r.u8, at, at + size),
  write(w, value) {
    if (typeof value !== "string") throw expected("a string", value);
    if (value.includes("\0"))
      throw new EncodeError("BAD_VALUE", "a string ends at its first NUL: none may stand in it");
    const from = w.pos;
    // What came out of so many bytes goes back into as many.
    const isTooLong = value.includes("\ufffd") && new TextEncoder().encode(value).length > size;
    writeText(w, isTooLong ? value.replaceAll("\ufffd", "?") : value);
    const length = w.pos - from;
    if (length > size) throw new EncodeError("TOO_LONG", `${length} bytes of text do not fit into ${size}`);
    w.zeros(size - length);
  },
});

/** What says that an address is of IPv4: AF_INET, and ETH_P_IP, which is no family. */
const INET: readonly unknown[] = [2, 0x0800];

/**
 * An IP address in a struct, as text.
 * @param size bytes: 4, or 16
 * @param by of 16 bytes: the member that says which family it is of (AF or ETH_P), declared before it; an IPv4 address takes the first
 *   four bytes
 */
/* @__NO_SIDE_EFFECTS__ */
export const address = (size: 4 | 16, by?: string): Octets => ({
  kind: "octets",
  size,
  address: { by },
  read(r, at, _end, siblings) {
    const family = by === undefined ? undefined : (siblings as { readonly [name: string]: unknown })[by];
    return addressText(r.u8, at, at + size, family);
  },
  write(w, value, siblings) {
    const raw = ipBytes(value);
    const family = by === undefined ? undefined : (siblings as { readonly [name: string]: unknown })[by];
    const short =
      by !== undefined && raw.length === 4 && (family === undefined || family === 0 || INET.includes(family));
    if (raw.length !== size && !short) {
      throw new EncodeError("BAD_ADDRESS", `${shown(value)} is an address of ${raw.length} bytes, due are ${size}`);
    }
    w.raw(raw);
    w.zeros(size - raw.length);
  },
});

/**
 * The text of an address whose family is known, in the form that encoding takes back. Of IPv4 the first four bytes count; where
 * others are set all sixteen are shown.
 */
export const addressText = (u8: Uint8Array, at: number, end: number, family: unknown): string => {
  let rest = INET.includes(family) ? at + 4 : at;
  while (rest > at && rest < end && u8[rest] === 0) rest++;
  return ipText(u8, at, rest === end && rest > at ? at + 4 : end);
};
