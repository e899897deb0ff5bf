// NFT_MSG_*OBJ: NFTA_OBJ_*. Named counters, quotas, limits, helpers….
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Choice } from "../../../codec/codec.ts";
import { be32, be64, enumOf } from "../../../codec/int.ts";
import { choiceByNumber } from "../../../codec/nests.ts";
import { string } from "../../../codec/scalars.ts";
import { type NftCounter, nftCounter } from "./counters.ts";
import { type NftConnlimit, nftConnlimit } from "./expressions/connlimit.ts";
import { type NftLimit, nftLimit } from "./expressions/limit.ts";
import { type NftQuota, nftQuota } from "./expressions/quota.ts";
import { type NftSynproxy, nftSynproxy } from "./expressions/synproxy.ts";
import { NFT_OBJECT } from "./object-type.ts";
import {
  type NftCtExpect,
  type NftCtHelper,
  type NftCtTimeout,
  nftCtExpect,
  nftCtHelper,
  nftCtTimeout,
} from "./objects/conntrack.ts";
import { type NftSecmark, nftSecmark } from "./objects/secmark.ts";
import { type NftTunnelKey, nftTunnelKey } from "./objects/tunnel.ts";
import { type NftObjectUserdata, nftObjectUserdata } from "./userdata.ts";

/**
 * What NFTA_OBJ_DATA holds: one property, the sort of object. Add one by merging into this interface and
 * `extendRegistry(nftables, nftObjects, …)`.
 */
export interface NftObjects {
  /** Counts. */
  counter?: NftCounter | undefined;
  /** A number of bytes. */
  quota?: NftQuota | undefined;
  /** A conntrack helper. */
  ctHelper?: NftCtHelper | undefined;
  /** A rate. */
  limit?: NftLimit | undefined;
  /** How many connections. */
  connlimit?: NftConnlimit | undefined;
  /** What goes around packets. */
  tunnel?: NftTunnelKey | undefined;
  /** Timeouts of connections. */
  ctTimeout?: NftCtTimeout | undefined;
  /** A security label. */
  secmark?: NftSecmark | undefined;
  /** A connection to be expected. */
  ctExpect?: NftCtExpect | undefined;
  /** Answers SYNs. */
  synproxy?: NftSynproxy | undefined;
}
/** The layout of NFTA_OBJ_DATA, by NFTA_OBJ_TYPE. */
export const nftObjects: Choice<NftObjects> = /* @__PURE__ */ choiceByNumber<NftObjects>(
  "type",
  { prefix: "NFT_OBJECT_", values: NFT_OBJECT },
  () => ({
    counter: nftCounter,
    quota: nftQuota,
    ctHelper: nftCtHelper,
    limit: nftLimit,
    connlimit: nftConnlimit,
    tunnel: nftTunnelKey,
    ctTimeout: nftCtTimeout,
    secmark: nftSecmark,
    ctExpect: nftCtExpect,
    synproxy: nftSynproxy,
  }),
);

/** Attributes of an object. */
export interface NftObjectAttrs extends Attrs {
  /** The table it is in. */
  table?: string | undefined;
  /** Its name, at most 255 bytes. */
  name?: string | undefined;
  /** NFT_OBJECT. */
  type?: number | undefined;
  /** What that sort has of its own; one property, named like the constant of `type`. */
  data?: NftObjects | undefined;
  /** Answer: how often rules and maps refer to it. */
  use?: number | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** Comment. */
  userdata?: NftObjectUserdata | undefined;
}
/** The table of NFTA_OBJ_*. */
export const nftObjectAttrs: AttrTable<NftObjectAttrs> = /* @__PURE__ */ attrs<NftObjectAttrs>("NFTA_OBJ_", () => ({
  table: [1, string],
  name: [2, string],
  type: [3, enumOf(be32, "NFT_OBJECT_", NFT_OBJECT)],
  data: [4, nftObjects],
  use: [5, be32],
  handle: [6, be64],
  userdata: [8, nftObjectUserdata],
}));
