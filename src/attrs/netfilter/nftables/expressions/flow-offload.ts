// Expression "flow_offload": NFTA_FLOW_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { string } from "../../../../codec/scalars.ts";

/** Hands the connection to a flowtable. */
export interface NftFlowOffload extends Attrs {
  /** The flowtable. */
  tableName?: string | undefined;
}
/** The table of NFTA_FLOW_*. */
export const nftFlowOffload: AttrTable<NftFlowOffload> = /* @__PURE__ */ attrs<NftFlowOffload>("NFTA_FLOW_", () => ({
  tableName: [1, string],
}));
