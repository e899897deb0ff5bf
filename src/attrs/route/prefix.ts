// RTM_NEWPREFIX: struct prefixmsg and PREFIX_*: a prefix that a router has announced.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, s32, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What RTM_NEWPREFIX begins with. */
export interface PrefixHeader {
  /** AF: INET6. */
  family: number;
  /** Index of the link. */
  ifindex: number;
  /** ICMPv6 option: 3. */
  type: number;
  /** Bits of `address` that count. */
  len: number;
  /** 1: on the link, 2: for autoconfiguration. */
  flags: number;
}
/** struct prefixmsg. */
export const prefixHeader: Struct<PrefixHeader> = /* @__PURE__ */ struct<PrefixHeader>(
  "prefixmsg",
  "prefix_",
  12,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    ifindex: [4, s32],
    type: [8, u8],
    len: [9, u8],
    flags: [10, u8],
  }),
);

/** How long a prefix is good for. */
export interface PrefixCacheInfo {
  /** Seconds that its addresses are preferred. */
  preferredTime: number;
  /** Seconds that they are valid. */
  validTime: number;
}
/** struct prefix_cacheinfo. */
export const prefixCacheInfo: Struct<PrefixCacheInfo> = /* @__PURE__ */ struct<PrefixCacheInfo>(
  "prefix_cacheinfo",
  "",
  8,
  () => ({
    preferredTime: [0, u32],
    validTime: [4, u32],
  }),
);

/** Attributes of a prefix. */
export interface PrefixAttrs extends Attrs {
  /** The prefix. */
  address?: string | undefined;
  /** How long it is good for. */
  cacheinfo?: PrefixCacheInfo | undefined;
}
/** The table of PREFIX_*. */
export const prefixAttrs: AttrTable<PrefixAttrs> = /* @__PURE__ */ attrs<PrefixAttrs>("PREFIX_", () => ({
  address: [1, ip],
  cacheinfo: [2, prefixCacheInfo],
}));

/** What stands behind nlmsghdr in RTM_NEWPREFIX. */
export type PrefixBody = HeaderAndAttrs<PrefixHeader, PrefixAttrs>;
/** The body of RTM_NEWPREFIX. */
export const prefixBody: Body<PrefixBody> = /* @__PURE__ */ body<PrefixHeader, PrefixAttrs>(prefixHeader, prefixAttrs);
