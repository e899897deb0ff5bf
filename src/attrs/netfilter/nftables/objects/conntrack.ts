// Objects that rules give to connections: helpers, timeouts, expectations.
import type { Attrs } from "../../../../codec/attribute.ts";
import { attrs } from "../../../../codec/attrs.ts";
import type { AttrTable } from "../../../../codec/codec.ts";
import { be16, enumOf, u8, u32 } from "../../../../codec/int.ts";
import { string } from "../../../../codec/scalars.ts";
import { IPPROTO } from "../../../ip-protocols.ts";
import { NFPROTO } from "../../nfnetlink.ts";
import { type NftTimeouts, nftTimeouts } from "./timeouts.ts";

/** A conntrack helper. */
export interface NftCtHelper extends Attrs {
  /** Name of the helper: "ftp". */
  name?: string | undefined;
  /** NFPROTO. Default: that of the table. */
  l3proto?: number | undefined;
  /** IPPROTO. */
  l4proto?: number | undefined;
}
/** The table of NFTA_CT_HELPER_*. */
export const nftCtHelper: AttrTable<NftCtHelper> = /* @__PURE__ */ attrs<NftCtHelper>("NFTA_CT_HELPER_", () => ({
  name: [1, string],
  l3proto: [2, enumOf(be16, "NFPROTO_", NFPROTO)],
  l4proto: [3, enumOf(u8, "IPPROTO_", IPPROTO)],
}));

/** How long connections are kept in each state. */
export interface NftCtTimeout extends Attrs {
  /** NFPROTO. */
  l3proto?: number | undefined;
  /** IPPROTO: it decides what `data` holds. */
  l4proto?: number | undefined;
  /** Timeouts by state; one property, the name of the protocol. */
  data?: NftTimeouts | undefined;
}
/** The table of NFTA_CT_TIMEOUT_*. */
export const nftCtTimeout: AttrTable<NftCtTimeout> = /* @__PURE__ */ attrs<NftCtTimeout>("NFTA_CT_TIMEOUT_", () => ({
  l3proto: [1, enumOf(be16, "NFPROTO_", NFPROTO)],
  l4proto: [2, enumOf(u8, "IPPROTO_", IPPROTO)],
  data: [3, nftTimeouts],
}));

/** A connection that is to be expected. */
export interface NftCtExpect extends Attrs {
  /** NFPROTO. Default: that of the table. */
  l3proto?: number | undefined;
  /** IPPROTO. */
  l4proto?: number | undefined;
  /** Its destination port. */
  dport?: number | undefined;
  /** How long it is expected, in milliseconds; host order. */
  timeout?: number | undefined;
  /** How many at once. */
  size?: number | undefined;
}
/** The table of NFTA_CT_EXPECT_*. */
export const nftCtExpect: AttrTable<NftCtExpect> = /* @__PURE__ */ attrs<NftCtExpect>("NFTA_CT_EXPECT_", () => ({
  l3proto: [1, enumOf(be16, "NFPROTO_", NFPROTO)],
  l4proto: [2, enumOf(u8, "IPPROTO_", IPPROTO)],
  dport: [3, be16],
  timeout: [4, u32],
  size: [5, u8],
}));
