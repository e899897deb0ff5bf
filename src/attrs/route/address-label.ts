// RTM_*ADDRLABEL: struct ifaddrlblmsg and IFAL_*: labels of RFC 6724.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, u8, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What every RTM_*ADDRLABEL begins with. */
export interface AddressLabelHeader {
  /** AF: INET6. */
  family: number;
  /** Bits of `address` that count. */
  prefixlen: number;
  /** Flags: 0. */
  flags: number;
  /** Index of the link; 0: any. */
  index: number;
  /** Changes with every change of the table. */
  seq: number;
}
/** struct ifaddrlblmsg. */
export const addressLabelHeader: Struct<AddressLabelHeader> = /* @__PURE__ */ struct<AddressLabelHeader>(
  "ifaddrlblmsg",
  "ifal_",
  12,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
    prefixlen: [2, u8],
    flags: [3, u8],
    index: [4, u32],
    seq: [8, u32],
  }),
);

/** Attributes of a label. */
export interface AddressLabelAttrs extends Attrs {
  /** Prefix that has it. */
  address?: string | undefined;
  /** The label. */
  label?: number | undefined;
}
/** The table of IFAL_*. */
export const addressLabelAttrs: AttrTable<AddressLabelAttrs> = /* @__PURE__ */ attrs<AddressLabelAttrs>(
  "IFAL_",
  () => ({
    address: [1, ip],
    label: [2, u32],
  }),
);

/** What stands behind nlmsghdr in every RTM_*ADDRLABEL. */
export type AddressLabelBody = HeaderAndAttrs<AddressLabelHeader, AddressLabelAttrs>;
/** The body of every RTM_*ADDRLABEL. */
export const addressLabelBody: Body<AddressLabelBody> = /* @__PURE__ */ body<AddressLabelHeader, AddressLabelAttrs>(
  addressLabelHeader,
  addressLabelAttrs,
);
