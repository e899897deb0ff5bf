// RTM_*NSID: NETNSA_*, the numbers by which a network namespace knows others.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, s32, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What every RTM_*NSID begins with. */
export interface NsidHeader {
  /** AF: UNSPEC. */
  family: number;
}
/** struct rtgenmsg. */
export const nsidHeader: Struct<NsidHeader> = /* @__PURE__ */ struct<NsidHeader>("rtgenmsg", "rtgen_", 1, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
}));

/** Attributes of a namespace id. */
export interface NsidAttrs extends Attrs {
  /** The id; -1: none is assigned. */
  nsid?: number | undefined;
  /** Request: the namespace of this process. */
  pid?: number | undefined;
  /** Request: the namespace behind this descriptor. */
  fd?: number | undefined;
  /** Request: ask as seen from the namespace of this id. */
  targetNsid?: number | undefined;
  /** The id as seen from where the request came from, when `targetNsid` was given. */
  currentNsid?: number | undefined;
}
/** The table of NETNSA_*. */
export const nsidAttrs: AttrTable<NsidAttrs> = /* @__PURE__ */ attrs<NsidAttrs>("NETNSA_", () => ({
  nsid: [1, s32],
  pid: [2, u32],
  fd: [3, u32],
  targetNsid: [4, s32],
  currentNsid: [5, s32],
}));

/** What stands behind nlmsghdr in every RTM_*NSID. */
export type NsidBody = HeaderAndAttrs<NsidHeader, NsidAttrs>;
/** The body of every RTM_*NSID. */
export const nsidBody: Body<NsidBody> = /* @__PURE__ */ body<NsidHeader, NsidAttrs>(nsidHeader, nsidAttrs);
