// RTM_*QDISC, TCLASS, TFILTER, CHAIN and ACTION: struct tcmsg with TCA_*, struct tcamsg with TCA_ROOT_*.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Body, Choice, Struct } from "../../../codec/codec.ts";
import { enumOf, s32, u8, u32 } from "../../../codec/int.ts";
import { listOf } from "../../../codec/list.ts";
import { body, choice, type HeaderAndAttrs } from "../../../codec/nests.ts";
import { flag, string } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type Bitfield32, bitfield32 } from "../../bitfield32.ts";
import { AF } from "../../families.ts";
import { type TcAction, tcAction } from "./actions.ts";
import {
  type TcBasic,
  type TcBpf,
  type TcCgroup,
  type TcFlow,
  type TcFw,
  type TcMatchall,
  type TcRoute4,
  type TcU32,
  tcBasic,
  tcBpf,
  tcCgroup,
  tcFlow,
  tcFw,
  tcMatchall,
  tcRoute4,
  tcU32,
} from "./filters.ts";
import { type TcFlower, tcFlower } from "./flower.ts";
import {
  type TcChoke,
  type TcChokeXstats,
  type TcCodel,
  type TcCodelXstats,
  type TcFifo,
  type TcFq,
  type TcFqCodel,
  type TcFqCodelXstats,
  type TcMultiq,
  type TcPie,
  type TcPieXstats,
  type TcPlug,
  type TcPrio,
  type TcRed,
  type TcRedXstats,
  type TcSfq,
  type TcSfqXstats,
  tcChoke,
  tcChokeXstats,
  tcCodel,
  tcCodelXstats,
  tcFifo,
  tcFq,
  tcFqCodel,
  tcFqCodelXstats,
  tcMultiq,
  tcPie,
  tcPieXstats,
  tcPlug,
  tcPrio,
  tcRed,
  tcRedXstats,
  tcSfq,
  tcSfqXstats,
} from "./queues.ts";
import {
  type TcCbs,
  type TcDrr,
  type TcDrrXstats,
  type TcEtf,
  type TcHfsc,
  type TcHtb,
  type TcHtbXstats,
  type TcIngress,
  type TcNetem,
  type TcQfq,
  type TcQfqXstats,
  type TcTbf,
  tcCbs,
  tcDrr,
  tcDrrXstats,
  tcEtf,
  tcHfsc,
  tcHtb,
  tcHtbXstats,
  tcIngress,
  tcNetem,
  tcQfq,
  tcQfqXstats,
  tcTbf,
} from "./shapers.ts";
import {
  type TcEstimator,
  type TcStab,
  type TcStats,
  type TcStats2,
  tcEstimator,
  tcStab,
  tcStats,
  tcStats2,
} from "./stats.ts";

/**
 * Handles that have a name, TC_H_* of linux/pkt_sched.h.
 * @enum
 */
export const TC_H = {
  UNSPEC: 0,
  ROOT: 4294967295,
  INGRESS: 4294967281,
} as const;

/** What RTM_*QDISC, TCLASS, TFILTER and CHAIN begin with. */
export interface TcHeader {
  /** AF: UNSPEC. */
  family: number;
  /** Index of the link; 0xffffffff as u32: a block of filters, whose number is in `parent`. */
  ifindex: number;
  /** Its handle: major number in the upper half. */
  handle: number;
  /** The handle it hangs below; TC_H. */
  parent: number;
  /**
   * Of a filter: priority in the upper half, EtherType (network order) in the lower. Of a discipline: who holds it.
   */
  info: number;
}
/** struct tcmsg. */
export const tcHeader: Struct<TcHeader> = /* @__PURE__ */ struct<TcHeader>("tcmsg", "tcm_", 20, () => ({
  family: [0, enumOf(u8, "AF_", AF)],
  ifindex: [4, s32],
  handle: [8, u32],
  parent: [12, enumOf(u32, "TC_H_", TC_H)],
  info: [16, u32],
}));

/** What TCA_OPTIONS holds: one property, the kind. Add to it as to LinkKinds. */
export interface TcKinds {
  /** A queue by packets. */
  pfifo?: TcFifo | undefined;
  /** A queue by bytes. */
  bfifo?: TcFifo | undefined;
  /** The same, the oldest packet goes. */
  pfifo_head_drop?: TcFifo | undefined;
  /** Three queues. */
  pfifo_fast?: TcPrio | undefined;
  /** Queues by priority. */
  prio?: TcPrio | undefined;
  /** Queues of the device. */
  multiq?: TcMultiq | undefined;
  /** Stops and goes. */
  plug?: TcPlug | undefined;
  /** Fair by chance. */
  sfq?: TcSfq | undefined;
  /** Drops early. */
  red?: TcRed | undefined;
  /** Drops early, and the greedy first. */
  choke?: TcChoke | undefined;
  /** By delay. */
  codel?: TcCodel | undefined;
  /** Fair, by delay. */
  fq_codel?: TcFqCodel | undefined;
  /** Fair and paced. */
  fq?: TcFq | undefined;
  /** By delay. */
  pie?: TcPie | undefined;
  /** A bucket of tokens. */
  tbf?: TcTbf | undefined;
  /** A tree of classes. */
  htb?: TcHtb | undefined;
  /** Service curves. */
  hfsc?: TcHfsc | undefined;
  /** Round robin. */
  drr?: TcDrr | undefined;
  /** Fair by weight. */
  qfq?: TcQfq | undefined;
  /** A bad network. */
  netem?: TcNetem | undefined;
  /** By credit. */
  cbs?: TcCbs | undefined;
  /** By time. */
  etf?: TcEtf | undefined;
  /** Where filters of incoming packets hang. */
  ingress?: TcIngress | undefined;
  /** The same, of outgoing ones too. */
  clsact?: TcIngress | undefined;
  /** Filter: words of the packet. */
  u32?: TcU32 | undefined;
  /** Filter: matches put together. */
  basic?: TcBasic | undefined;
  /** Filter: every packet. */
  matchall?: TcMatchall | undefined;
  /** Filter: firewall marks. */
  fw?: TcFw | undefined;
  /** Filter: a class by hash. */
  flow?: TcFlow | undefined;
  /** Filter: by the sender's control group. */
  cgroup?: TcCgroup | undefined;
  /** Filter: a program. */
  bpf?: TcBpf | undefined;
  /** Filter: realms. */
  route?: TcRoute4 | undefined;
  /** Filter: fields of the packet. */
  flower?: TcFlower | undefined;
}
/** The layout of TCA_OPTIONS, by TCA_KIND. */
export const tcKinds: Choice<TcKinds> = /* @__PURE__ */ choice<TcKinds>("kind", () => ({
  pfifo: tcFifo,
  bfifo: tcFifo,
  pfifo_head_drop: tcFifo,
  pfifo_fast: tcPrio,
  prio: tcPrio,
  multiq: tcMultiq,
  plug: tcPlug,
  sfq: tcSfq,
  red: tcRed,
  choke: tcChoke,
  codel: tcCodel,
  fq_codel: tcFqCodel,
  fq: tcFq,
  pie: tcPie,
  tbf: tcTbf,
  htb: tcHtb,
  hfsc: tcHfsc,
  drr: tcDrr,
  qfq: tcQfq,
  netem: tcNetem,
  cbs: tcCbs,
  etf: tcEtf,
  ingress: tcIngress,
  clsact: tcIngress,
  u32: tcU32,
  basic: tcBasic,
  matchall: tcMatchall,
  fw: tcFw,
  flow: tcFlow,
  cgroup: tcCgroup,
  bpf: tcBpf,
  route: tcRoute4,
  flower: tcFlower,
}));

/** What TCA_XSTATS holds: one property, the kind. */
export interface TcXstats {
  /** Of a class. */
  htb?: TcHtbXstats | undefined;
  /** Of a flow. */
  sfq?: TcSfqXstats | undefined;
  /** Of the discipline. */
  red?: TcRedXstats | undefined;
  /** Of the discipline. */
  choke?: TcChokeXstats | undefined;
  /** Of the discipline. */
  codel?: TcCodelXstats | undefined;
  /** Of the discipline or a flow: a list of one. */
  fq_codel?: readonly TcFqCodelXstats[] | undefined;
  /** Of the discipline. */
  pie?: TcPieXstats | undefined;
  /** Of a class. */
  drr?: TcDrrXstats | undefined;
  /** Of a class. */
  qfq?: TcQfqXstats | undefined;
}
/** The layout of TCA_XSTATS, by TCA_KIND. */
export const tcXstats: Choice<TcXstats> = /* @__PURE__ */ choice<TcXstats>("kind", () => ({
  htb: tcHtbXstats,
  sfq: tcSfqXstats,
  red: tcRedXstats,
  choke: tcChokeXstats,
  codel: tcCodelXstats,
  fq_codel: tcFqCodelXstats,
  pie: tcPieXstats,
  drr: tcDrrXstats,
  qfq: tcQfqXstats,
}));

/** Attributes of traffic control. */
export interface TcAttrs extends Attrs {
  /** "htb", "u32". */
  kind?: string | undefined;
  /** What that kind has of its own; one property, named like `kind`. */
  options?: TcKinds | undefined;
  /** Counters, the old form. */
  stats?: TcStats | undefined;
  /** Counters of that kind; one property. */
  xstats?: TcXstats | undefined;
  /** How rates are estimated. */
  rate?: TcEstimator | undefined;
  /** Filters there are. */
  fcnt?: number | undefined;
  /** Counters. */
  stats2?: TcStats2 | undefined;
  /** A table of sizes. */
  stab?: TcStab | undefined;
  /** Request: default disciplines too. */
  dumpInvisible?: true | undefined;
  /** Chain of filters. */
  chain?: number | undefined;
  /** 1: hardware does it. */
  hwOffload?: number | undefined;
  /** Block of filters of incoming packets. */
  ingressBlock?: number | undefined;
  /** Block of filters of outgoing packets. */
  egressBlock?: number | undefined;
  /** Request: 1: few attributes. */
  dumpFlags?: Bitfield32 | undefined;
  /** What the kernel warns of. */
  extWarnMsg?: string | undefined;
}
/** The table of TCA_*. */
export const tcAttrs: AttrTable<TcAttrs> = /* @__PURE__ */ attrs<TcAttrs>("TCA_", () => ({
  kind: [1, string],
  options: [2, tcKinds],
  stats: [3, tcStats],
  xstats: [4, tcXstats],
  rate: [5, tcEstimator],
  fcnt: [6, u32],
  stats2: [7, tcStats2],
  stab: [8, tcStab],
  dumpInvisible: [10, flag],
  chain: [11, u32],
  hwOffload: [12, u8],
  ingressBlock: [13, u32],
  egressBlock: [14, u32],
  dumpFlags: [15, bitfield32],
  extWarnMsg: [16, string],
}));

/** What stands behind nlmsghdr in RTM_*QDISC, TCLASS, TFILTER and CHAIN. */
export type TcBody = HeaderAndAttrs<TcHeader, TcAttrs>;
/** The body of RTM_*QDISC, TCLASS, TFILTER and CHAIN. */
export const tcBody: Body<TcBody> = /* @__PURE__ */ body<TcHeader, TcAttrs>(tcHeader, tcAttrs);

/** What every RTM_*ACTION begins with. */
export interface TcActionHeader {
  /** AF: UNSPEC. */
  family: number;
}
/** struct tcamsg. */
export const tcActionHeader: Struct<TcActionHeader> = /* @__PURE__ */ struct<TcActionHeader>(
  "tcamsg",
  "tca_",
  4,
  () => ({
    family: [0, enumOf(u8, "AF_", AF)],
  }),
);

/** Attributes of actions that stand by themselves. */
export interface TcActionAttrs extends Attrs {
  /** The actions. */
  tab?: readonly TcAction[] | undefined;
  /** Request: 1: more than 32 in an answer, 2: few attributes. */
  flags?: Bitfield32 | undefined;
  /** Answer: how many follow. */
  count?: number | undefined;
  /** Request: only those used within so many milliseconds. */
  timeDelta?: number | undefined;
  /** What the kernel warns of. */
  extWarnMsg?: string | undefined;
}
/** The table of TCA_ROOT_*. */
export const tcActionAttrs: AttrTable<TcActionAttrs> = /* @__PURE__ */ attrs<TcActionAttrs>("TCA_ROOT_", () => ({
  tab: [1, listOf(tcAction, "TCA_ACT_TAB", 1, true)],
  flags: [2, bitfield32],
  count: [3, u32],
  timeDelta: [4, u32],
  extWarnMsg: [5, string],
}));

/** What stands behind nlmsghdr in every RTM_*ACTION. */
export type TcActionBody = HeaderAndAttrs<TcActionHeader, TcActionAttrs>;
/** The body of every RTM_*ACTION. */
export const tcActionBody: Body<TcActionBody> = /* @__PURE__ */ body<TcActionHeader, TcActionAttrs>(
  tcActionHeader,
  tcActionAttrs,
);
