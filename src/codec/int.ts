// Integers of every width, sign and byte order.
import type { Reader, Writer } from "./bytes.ts";
import type { Int } from "./codec.ts";
import { EncodeError } from "./errors.ts";
import { expected } from "./expect.ts";
import { fault } from "./fault.ts";
import type { Names } from "./names.ts";

/** An integer of another width than declared: the kernel accepts and sends them (padded u8, u32 for u64), so do we. */
const oddWidth = (r: Reader, at: number, end: number, little: boolean, size: number): bigint | undefined => {
  if (at === end || r.issues === undefined) return fault(r, "BAD_LENGTH", at, end - at, size);
  // Of too many bytes the least significant count, which is what both orders keep of a padded value.
  const count = Math.min(end - at, 8);
  let value = 0n;
  for (let i = 0; i < count; i++) {
    value = (value << 8n) | BigInt(r.u8[little ? at + count - 1 - i : end - count + i] as number);
  }
  return value;
};

const range = (value: unknown, signed: boolean, size: number): EncodeError =>
  typeof value === "number" || typeof value === "bigint"
    ? new EncodeError("OUT_OF_RANGE", `${value} is no ${signed ? "s" : "u"}${size * 8}`)
    : expected(size === 8 ? "a bigint" : "a number", value);

/* @__NO_SIDE_EFFECTS__ */
const small = (size: 1 | 2 | 4, signed: boolean, big: boolean): Int<number> => {
  const lowest = signed ? -(2 ** (size * 8 - 1)) : 0;
  const highest = 2 ** (signed ? size * 8 - 1 : size * 8) - 1;
  return {
    kind: "int",
    size,
    signed,
    big,
    read(r, at, end) {
      const { dv } = r;
      const little = r.little && !big && !r.net;
      if (end - at !== size) {
        const wide = oddWidth(r, at, end, little, size);
        if (wide === undefined) return undefined;
        return Number(signed ? BigInt.asIntN(size * 8, wide) : BigInt.asUintN(size * 8, wide));
      }
      if (size === 4) return signed ? dv.getInt32(at, little) : dv.getUint32(at, little);
      if (size === 2) return signed ? dv.getInt16(at, little) : dv.getUint16(at, little);
      return signed ? dv.getInt8(at) : dv.getUint8(at);
    },
    write(w, value) {
      if (!Number.isInteger(value) || value < lowest || value > highest) throw range(value, signed, size);
      const at = w.room(size);
      const little = w.little && !big && !w.net;
      if (size === 4) w.dv.setUint32(at, value, little);
      else if (size === 2) w.dv.setUint16(at, value, little);
      else w.dv.setUint8(at, value);
    },
  };
};

/* @__NO_SIDE_EFFECTS__ */
const wide = (signed: boolean, big: boolean): Int<bigint> => ({
  kind: "int",
  size: 8,
  signed,
  big,
  read(r, at, end) {
    const little = r.little && !big && !r.net;
    if (end - at !== 8) {
      const value = oddWidth(r, at, end, little, 8);
      return signed && value !== undefined ? BigInt.asIntN(8 * Math.min(end - at, 8), value) : value;
    }
    return signed ? r.dv.getBigInt64(at, little) : r.dv.getBigUint64(at, little);
  },
  write(w: Writer, value: bigint) {
    if (typeof value !== "bigint" || (signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) !== value) {
      throw range(value, signed, 8);
    }
    const at = w.room(8);
    w.dv.setBigUint64(at, BigInt.asUintN(64, value), w.little && !big && !w.net);
  },
});

/** Unsigned, 1 byte. */
export const u8: Int<number> = /* @__PURE__ */ small(1, false, false);
/** Unsigned, 2 bytes, host order. */
export const u16: Int<number> = /* @__PURE__ */ small(2, false, false);
/** Unsigned, 4 bytes, host order. */
export const u32: Int<number> = /* @__PURE__ */ small(4, false, false);
/** Unsigned, 8 bytes, host order: a bigint. */
export const u64: Int<bigint> = /* @__PURE__ */ wide(false, false);
/** Signed, 1 byte. */
export const s8: Int<number> = /* @__PURE__ */ small(1, true, false);
/** Signed, 2 bytes, host order. */
export const s16: Int<number> = /* @__PURE__ */ small(2, true, false);
/** Signed, 4 bytes, host order. */
export const s32: Int<number> = /* @__PURE__ */ small(4, true, false);
/** Signed, 8 bytes, host order: a bigint. */
export const s64: Int<bigint> = /* @__PURE__ */ wide(true, false);
/** Unsigned, 2 bytes, network order. */
export const be16: Int<number> = /* @__PURE__ */ small(2, false, true);
/** Unsigned, 4 bytes, network order. */
export const be32: Int<number> = /* @__PURE__ */ small(4, false, true);
/** Signed, 4 bytes, network order. */
export const bes32: Int<number> = /* @__PURE__ */ small(4, true, true);
/** Unsigned, 8 bytes, network order: a bigint. */
export const be64: Int<bigint> = /* @__PURE__ */ wide(false, true);

/**
 * An integer whose values have names: `enumOf(u8, "IF_OPER_", IF_OPER)`. The value stays a number.
 * @param of the integer
 * @param prefix what the constants have in common
 * @param values the rest of each name, and its number
 */
/* @__NO_SIDE_EFFECTS__ */
export const enumOf = <T extends number | bigint>(of: Int<T>, prefix: string, values: Names["values"]): Int<T> => ({
  ...of,
  names: { prefix, values },
});
/**
 * An integer whose bits have names: `flagsOf(u32, "IFF_", IFF)`. The value stays a number.
 * @param of the integer
 * @param prefix what the constants have in common
 * @param values the rest of each name, and its bit
 */
/* @__NO_SIDE_EFFECTS__ */
export const flagsOf = <T extends number | bigint>(of: Int<T>, prefix: string, values: Names["values"]): Int<T> => ({
  ...of,
  names: { prefix, values },
  bits: true,
});
