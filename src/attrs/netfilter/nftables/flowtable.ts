// NFT_MSG_*FLOWTABLE: NFTA_FLOWTABLE_*. Connections that go round the ruleset.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { be32, be64, bes32, enumOf, flagsOf } from "../../../codec/int.ts";
import { string } from "../../../codec/scalars.ts";
import { NF_NETDEV, type NftDevices, nftDevices } from "./hook.ts";

/**
 * Flags of a flowtable, NFT_FLOWTABLE_* of linux/netfilter/nf_tables.h.
 * @enum
 */
export const NFT_FLOWTABLE = {
  HW_OFFLOAD: 1,
  COUNTER: 2,
} as const;

/** Where a flowtable takes packets. */
export interface NftFlowtableHook extends Attrs {
  /** NF_NETDEV.INGRESS. */
  num?: number | undefined;
  /** Among the hooks of its links. */
  priority?: number | undefined;
  /** The links. */
  devs?: NftDevices | undefined;
}
/** The table of NFTA_FLOWTABLE_HOOK_*. */
export const nftFlowtableHook: AttrTable<NftFlowtableHook> = /* @__PURE__ */ attrs<NftFlowtableHook>(
  "NFTA_FLOWTABLE_HOOK_",
  () => ({
    num: [1, enumOf(be32, "NF_NETDEV_", NF_NETDEV)],
    priority: [2, bes32],
    devs: [3, nftDevices],
  }),
);

/** Attributes of a flowtable. */
export interface NftFlowtableAttrs extends Attrs {
  /** The table it is in. */
  table?: string | undefined;
  /** Its name, at most 255 bytes. */
  name?: string | undefined;
  /** Where it takes packets. */
  hook?: NftFlowtableHook | undefined;
  /** Answer: rules that use it. */
  use?: number | undefined;
  /** Number that the kernel gave it. */
  handle?: bigint | undefined;
  /** NFT_FLOWTABLE. */
  flags?: number | undefined;
}
/** The table of NFTA_FLOWTABLE_*. */
export const nftFlowtableAttrs: AttrTable<NftFlowtableAttrs> = /* @__PURE__ */ attrs<NftFlowtableAttrs>(
  "NFTA_FLOWTABLE_",
  () => ({
    table: [1, string],
    name: [2, string],
    hook: [3, nftFlowtableHook],
    use: [4, be32],
    handle: [5, be64],
    flags: [7, flagsOf(be32, "NFT_FLOWTABLE_", NFT_FLOWTABLE)],
  }),
);
