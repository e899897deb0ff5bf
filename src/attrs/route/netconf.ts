// RTM_*NETCONF: struct netconfmsg and NETCONFA_*: sysctls of a link, as messages.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { enumOf, s32, u8 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/** What every RTM_*NETCONF begins with. */
export interface NetconfHeader {
  /** AF. */
  family: number;
}
/** struct netconfmsg. */
export const netconfHeader: Struct<NetconfHeader> = /* @__PURE__ */ struct<NetconfHeader>(
  "netconfmsg",
  "ncm_",
  1,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
  }),
);

/** Attributes of a link's settings. */
export interface NetconfAttrs extends Attrs {
  /** Index of the link; -1: all, -2: those to come. */
  ifindex?: number | undefined;
  /** Packets for others are passed on. */
  forwarding?: number | undefined;
  /** Reverse path filter: 0 none, 1 strict, 2 loose. */
  rpFilter?: number | undefined;
  /** Multicast packets are passed on. */
  mcForwarding?: number | undefined;
  /** Requests for others' addresses are answered. */
  proxyNeigh?: number | undefined;
  /** Routes by a link without carrier do not count. */
  ignoreRoutesWithLinkdown?: number | undefined;
  /** MPLS packets are accepted. */
  input?: number | undefined;
  /** Directed broadcasts are passed on. */
  bcForwarding?: number | undefined;
  /** IPv6: packets are passed on whatever `forwarding` of all says. */
  forceForwarding?: number | undefined;
}
/** The table of NETCONFA_*. */
export const netconfAttrs: AttrTable<NetconfAttrs> = /* @__PURE__ */ attrs<NetconfAttrs>("NETCONFA_", () => ({
  ifindex: [1, s32],
  forwarding: [2, s32],
  rpFilter: [3, s32],
  mcForwarding: [4, s32],
  proxyNeigh: [5, s32],
  ignoreRoutesWithLinkdown: [6, s32],
  input: [7, s32],
  bcForwarding: [8, s32],
  forceForwarding: [9, s32],
}));

/** What stands behind nlmsghdr in every RTM_*NETCONF. */
export type NetconfBody = HeaderAndAttrs<NetconfHeader, NetconfAttrs>;
/** The body of every RTM_*NETCONF. */
export const netconfBody: Body<NetconfBody> = /* @__PURE__ */ body<NetconfHeader, NetconfAttrs>(
  netconfHeader,
  netconfAttrs,
  true,
);
