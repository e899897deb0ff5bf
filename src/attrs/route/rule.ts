// RTM_*RULE: struct fib_rule_hdr and FRA_*. Addresses are bare: four or sixteen bytes, as the family has them.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct } from "../../codec/codec.ts";
import { be32, be64, enumOf, flagsOf, u8, u16, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { ip, string } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";
import { RT_TABLE, RTPROT } from "./route-header.ts";

/**
 * What a rule does with the packets that it matches, FR_ACT_* of linux/fib_rules.h.
 * @enum
 */
export const FR_ACT = {
  UNSPEC: 0,
  TO_TBL: 1,
  GOTO: 2,
  NOP: 3,
  RES3: 4,
  RES4: 5,
  BLACKHOLE: 6,
  UNREACHABLE: 7,
  PROHIBIT: 8,
} as const;

/**
 * Flags of a rule, FIB_RULE_* of linux/fib_rules.h.
 * @enum
 */
export const FIB_RULE = {
  PERMANENT: 1,
  INVERT: 2,
  UNRESOLVED: 4,
  IIF_DETACHED: 8,
  OIF_DETACHED: 16,
  FIND_SADDR: 65536,
} as const;

/** What every RTM_*RULE begins with. */
export interface RuleHeader {
  /** AF. */
  family: number;
  /** Bits of `dst` that count. */
  dstLen: number;
  /** Bits of `src` that count. */
  srcLen: number;
  /** Only packets with this type of service; 0: any. */
  tos: number;
  /** RT_TABLE, where eight bits are enough; else `attrs.table` says it. */
  table: number;
  /** FR_ACT. */
  action: number;
  /** FIB_RULE. */
  flags: number;
}
/** struct fib_rule_hdr. */
export const ruleHeader: Struct<RuleHeader> = /* @__PURE__ */ struct<RuleHeader>("fib_rule_hdr", "", 12, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  dstLen: [1, u8],
  srcLen: [2, u8],
  tos: [3, u8],
  table: [4, enumOf(u8, "RT_TABLE_", RT_TABLE)],
  action: [7, enumOf(u8, "FR_ACT_", FR_ACT)],
  flags: [8, flagsOf(u32, "FIB_RULE_", FIB_RULE)],
}));

/** Users, from first to last. */
export interface RuleUidRange {
  /** First. */
  start: number;
  /** Last. */
  end: number;
}
/** struct fib_rule_uid_range. */
export const ruleUidRange: Struct<RuleUidRange> = /* @__PURE__ */ struct<RuleUidRange>(
  "fib_rule_uid_range",
  "",
  8,
  () => ({
    start: [0, u32],
    end: [4, u32],
  }),
);

/** Ports, from first to last. */
export interface RulePortRange {
  /** First. */
  start: number;
  /** Last. */
  end: number;
}
/** struct fib_rule_port_range. */
export const rulePortRange: Struct<RulePortRange> = /* @__PURE__ */ struct<RulePortRange>(
  "fib_rule_port_range",
  "",
  4,
  () => ({
    start: [0, u16],
    end: [2, u16],
  }),
);

/** Attributes of a rule. */
export interface RuleAttrs extends Attrs {
  /** Destination network. */
  dst?: string | undefined;
  /** Source network. */
  src?: string | undefined;
  /** Name of the link packets come in by. */
  iifname?: string | undefined;
  /** Priority of the rule to go on with, for FR_ACT.GOTO. */
  goto?: number | undefined;
  /** The lowest is asked first. */
  priority?: number | undefined;
  /** Only packets with this firewall mark. */
  fwmark?: number | undefined;
  /** Realm: of the source in the upper half, of the destination in the lower. */
  flow?: number | undefined;
  /** Only packets of the tunnel with this id. */
  tunId?: bigint | undefined;
  /** Routes by links of this group do not count; 0xffffffff: all do. */
  suppressIfgroup?: number | undefined;
  /** Routes with a prefix this long or shorter do not count; 0xffffffff: all do. */
  suppressPrefixlen?: number | undefined;
  /** RT_TABLE, or any other number. */
  table?: number | undefined;
  /** Which bits of `fwmark` count. */
  fwmask?: number | undefined;
  /** Name of the link that the socket is bound to. */
  oifname?: string | undefined;
  /** 1: the table of the packet's VRF. */
  l3mdev?: number | undefined;
  /** Only packets of these users. */
  uidRange?: RuleUidRange | undefined;
  /** RTPROT: who made the rule. */
  protocol?: number | undefined;
  /** Only this IP protocol. */
  ipProto?: number | undefined;
  /** Only these source ports. */
  sportRange?: RulePortRange | undefined;
  /** Only these destination ports. */
  dportRange?: RulePortRange | undefined;
  /** Only this DSCP: six bits. */
  dscp?: number | undefined;
  /** Only this IPv6 flow label. */
  flowlabel?: number | undefined;
  /** Which bits of `flowlabel` count. */
  flowlabelMask?: number | undefined;
  /** Which bits of the source port count. */
  sportMask?: number | undefined;
  /** Which bits of the destination port count. */
  dportMask?: number | undefined;
  /** Which bits of `dscp` count. */
  dscpMask?: number | undefined;
}
/** The table of FRA_*. */
export const ruleAttrs: AttrTable<RuleAttrs> = /* @__PURE__ */ attrs<RuleAttrs>("FRA_", () => ({
  dst: [1, ip],
  src: [2, ip],
  iifname: [3, string],
  goto: [4, u32],
  priority: [6, u32],
  fwmark: [10, u32],
  flow: [11, u32],
  tunId: [12, be64],
  suppressIfgroup: [13, u32],
  suppressPrefixlen: [14, u32],
  table: [15, enumOf(u32, "RT_TABLE_", RT_TABLE)],
  fwmask: [16, u32],
  oifname: [17, string],
  l3mdev: [19, u8],
  uidRange: [20, ruleUidRange],
  protocol: [21, enumOf(u8, "RTPROT_", RTPROT)],
  ipProto: [22, enumOf(u8, "IPPROTO_", IPPROTO)],
  sportRange: [23, rulePortRange],
  dportRange: [24, rulePortRange],
  dscp: [25, u8],
  flowlabel: [26, be32],
  flowlabelMask: [27, be32],
  sportMask: [28, u16],
  dportMask: [29, u16],
  dscpMask: [30, u8],
}));

/** What stands behind nlmsghdr in every RTM_*RULE. */
export type RuleBody = HeaderAndAttrs<RuleHeader, RuleAttrs>;
/** The body of every RTM_*RULE. */
export const ruleBody: Body<RuleBody> = /* @__PURE__ */ body<RuleHeader, RuleAttrs>(ruleHeader, ruleAttrs);
