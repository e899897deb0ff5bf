// struct nla_bitfield32: some bits, and which of them are meant.
import type { Struct } from "../codec/codec.ts";
import { u32 } from "../codec/int.ts";
import { struct } from "../codec/struct.ts";

/** Bits of which only some are meant. */
export interface Bitfield32 {
  /** The bits. */
  value: number;
  /** Which of them count. */
  selector: number;
}
/** struct nla_bitfield32. */
export const bitfield32: Struct<Bitfield32> = /* @__PURE__ */ struct<Bitfield32>("nla_bitfield32", "", 8, () => ({
  value: [0, u32],
  selector: [4, u32],
}));
