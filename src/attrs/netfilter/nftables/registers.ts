// Where expressions leave values for one another: four registers of 16 bytes, alias sixteen of 4 bytes.
import type { Int } from "../../../codec/codec.ts";
import { be32, enumOf } from "../../../codec/int.ts";
import type { Names } from "../../../codec/names.ts";

/**
 * Registers of 16 bytes, NFT_REG_* of linux/netfilter/nf_tables.h; VERDICT decides what becomes of the packet.
 * @enum
 */
export const NFT_REG = {
  VERDICT: 0,
  1: 1,
  2: 2,
  3: 3,
  4: 4,
} as const;

/**
 * Registers of 4 bytes, NFT_REG32_* of linux/netfilter/nf_tables.h: "00" to "03" are together NFT_REG[1], and so on.
 * The kernel answers with the name of 16 bytes wherever a value begins on one.
 * @enum
 */
export const NFT_REG32 = {
  "00": 8,
  "01": 9,
  "02": 10,
  "03": 11,
  "04": 12,
  "05": 13,
  "06": 14,
  "07": 15,
  "08": 16,
  "09": 17,
  "10": 18,
  "11": 19,
  "12": 20,
  "13": 21,
  "14": 22,
  "15": 23,
} as const;

/** Both sorts, under the prefix that their constants have in common. */
const registers: Names["values"] = {
  REG_VERDICT: 0,
  REG_1: 1,
  REG_2: 2,
  REG_3: 3,
  REG_4: 4,
  REG32_00: 8,
  REG32_01: 9,
  REG32_02: 10,
  REG32_03: 11,
  REG32_04: 12,
  REG32_05: 13,
  REG32_06: 14,
  REG32_07: 15,
  REG32_08: 16,
  REG32_09: 17,
  REG32_10: 18,
  REG32_11: 19,
  REG32_12: 20,
  REG32_13: 21,
  REG32_14: 22,
  REG32_15: 23,
};
/** A register: NFT_REG or NFT_REG32. */
export const nftRegister: Int<number> = /* @__PURE__ */ enumOf(be32, "NFT_", registers);
