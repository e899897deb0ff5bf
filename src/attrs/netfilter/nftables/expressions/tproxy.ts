// Expression "tproxy": NFTA_TPROXY_*.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be32, enumOf } from "../../../../codec/int.ts";
import { NFPROTO } from "../../nfnetlink.ts";
import { nftRegister } from "../registers.ts";

/** Hands the packet to a local socket without changing it. */
export interface NftTproxy extends Attrs {
  /** NFPROTO of the packets. */
  family?: number | undefined;
  /** Register with the address. */
  regAddr?: number | undefined;
  /** Register with the port. */
  regPort?: number | undefined;
}
/** The table of NFTA_TPROXY_*. */
export const nftTproxy: AttrTable<NftTproxy> = /* @__PURE__ */ attrs<NftTproxy>("NFTA_TPROXY_", () => ({
  family: [1, enumOf(be32, "NFPROTO_", NFPROTO)],
  regAddr: [2, nftRegister],
  regPort: [3, nftRegister],
}));
