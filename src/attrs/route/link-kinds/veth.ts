// Link kind "veth": VETH_INFO_*. Its one attribute is a whole link message.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { type LinkPeer, linkBody } from "../link.ts";

/** What a veth has of its own. */
export interface VethInfo extends Attrs {
  /** Request: the other end, an ifinfomsg and its attributes. */
  peer?: LinkPeer | undefined;
}
/** The table of VETH_INFO_*. */
export const vethInfo: AttrTable<VethInfo> = /* @__PURE__ */ attrs<VethInfo>("VETH_INFO_", () => ({
  peer: [1, linkBody],
}));
