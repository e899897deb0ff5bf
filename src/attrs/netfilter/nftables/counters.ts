// NFTA_COUNTER_*: of an expression, an object, the policy of a chain.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be64 } from "../../../codec/int.ts";

/** How much was counted. */
export interface NftCounter extends Attrs {
  /** Bytes, network headers included. */
  bytes?: bigint | undefined;
  /** Packets. */
  packets?: bigint | undefined;
}
/** The table of NFTA_COUNTER_*. */
export const nftCounter: AttrTable<NftCounter> = /* @__PURE__ */ attrs<NftCounter>("NFTA_COUNTER_", () => ({
  bytes: [1, be64],
  packets: [2, be64],
}));
