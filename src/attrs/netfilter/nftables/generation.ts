// NFT_MSG_*GEN: NFTA_GEN_*. The ruleset as a whole has a number that every transaction raises.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32 } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";

/** Attributes of the generation. */
export interface NftGenerationAttrs extends Attrs {
  /** The number. */
  id?: number | undefined;
  /** Event: process that made the change. */
  procPid?: number | undefined;
  /** Event: name of that process, at most 15 bytes. */
  procName?: string | undefined;
}
/** The table of NFTA_GEN_*. */
export const nftGenerationAttrs: AttrTable<NftGenerationAttrs> = /* @__PURE__ */ attrs<NftGenerationAttrs>(
  "NFTA_GEN_",
  () => ({
    id: [1, be32],
    procPid: [2, be32],
    procName: [3, string],
  }),
);
