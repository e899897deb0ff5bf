// Actions of filters by kind: TCA_ACT_OPTIONS of gact, mirred, police, skbedit, ct and the others; those that change the packet are in edits.ts.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Choice, Struct } from "../../../codec/codec.ts";
import { type Embedded, embedded } from "../../../codec/embedded.ts";
import { be16, enumOf, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { choice } from "../../../codec/nests.ts";
import { arrayOf, bytes, ip, string } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type Bitfield32, bitfield32 } from "../../bitfield32.ts";
import { AF } from "../../families.ts";
import { IPPROTO } from "../../ip-protocols.ts";
import {
  TC_ACT,
  type TcActionParms,
  type TcRateSpec,
  type TcTimes,
  tcActionParms,
  tcRateSpec,
  tcTimes,
} from "./common.ts";
import {
  type TcCsum,
  type TcMpls,
  type TcNat,
  type TcPedit,
  type TcSkbmod,
  type TcTunnelKey,
  type TcVlan,
  tcCsum,
  tcMpls,
  tcNat,
  tcPedit,
  tcSkbmod,
  tcTunnelKey,
  tcVlan,
} from "./edits.ts";
import { type TcStats2, tcStats2 } from "./stats.ts";

/** gact. */
export type TcGactParms = TcActionParms;
/** struct tc_gact. */
export const tcGactParms: Struct<TcGactParms> = /* @__PURE__ */ struct<TcGactParms>("tc_gact", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** Another verdict now and then. */
export interface TcGactProb {
  /** 0 never, 1 by chance, 2 by count. */
  ptype: number;
  /** One packet of so many. */
  pval: number;
  /** TC_ACT of those. */
  paction: number;
}
/** struct tc_gact_p. */
export const tcGactProb: Struct<TcGactProb> = /* @__PURE__ */ struct<TcGactProb>("tc_gact_p", "", 8, () => ({
  ptype: [0, u16],
  pval: [2, u16],
  paction: [4, enumOf(s32, "TC_ACT_", TC_ACT)],
}));

/** gact: a verdict. */
export interface TcGact extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** The verdict. */
  parms?: TcGactParms | undefined;
  /** Another one now and then. */
  prob?: TcGactProb | undefined;
}
/** The table of TCA_GACT_*. */
export const tcGact: AttrTable<TcGact> = /* @__PURE__ */ attrs<TcGact>("TCA_GACT_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcGactParms],
  prob: [3, tcGactProb],
}));

/** mirred. */
export interface TcMirredParms extends TcActionParms {
  /** 1 redirect and 2 mirror to where packets leave, 3 and 4 to where they come in. */
  eaction: number;
  /** Index of the other link. */
  ifindex: number;
}
/** struct tc_mirred. */
export const tcMirredParms: Struct<TcMirredParms> = /* @__PURE__ */ struct<TcMirredParms>("tc_mirred", "", 28, () => ({
  ...embedded("", 0, tcActionParms),
  eaction: [20, s32],
  ifindex: [24, u32],
}));

/** mirred: to another link. */
export interface TcMirred extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** Which link. */
  parms?: TcMirredParms | undefined;
  /** Or all links of this block. */
  blockid?: number | undefined;
}
/** The table of TCA_MIRRED_*. */
export const tcMirred: AttrTable<TcMirred> = /* @__PURE__ */ attrs<TcMirred>("TCA_MIRRED_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcMirredParms],
  blockid: [4, u32],
}));

/** police. */
export interface TcPoliceParms extends Embedded<"rate", TcRateSpec>, Embedded<"peakrate", TcRateSpec> {
  /** Number of the action. */
  index: number;
  /** TC_ACT of packets that are too many. */
  action: number;
  /** Never used by the kernel. */
  limit: number;
  /** Time that a burst lasts, ticks of 64 ns. */
  burst: number;
  /** Longest packet. */
  mtu: number;
  /** Filters and programs that hold it. */
  refcnt: number;
  /** Filters that hold it. */
  bindcnt: number;
  /** Never used by the kernel. */
  capab: number;
}
/** struct tc_police. */
export const tcPoliceParms: Struct<TcPoliceParms> = /* @__PURE__ */ struct<TcPoliceParms>("tc_police", "", 56, () => ({
  index: [0, u32],
  action: [4, enumOf(s32, "TC_ACT_", TC_ACT)],
  limit: [8, u32],
  burst: [12, u32],
  mtu: [16, u32],
  ...embedded("rate", 20, tcRateSpec),
  ...embedded("peakrate", 32, tcRateSpec),
  refcnt: [44, s32],
  bindcnt: [48, s32],
  capab: [52, u32],
}));

/** police: no faster than this. */
export interface TcPolice extends Attrs {
  /** Rate and burst. */
  tbf?: TcPoliceParms | undefined;
  /** Rate table: 256 times, ticks of 64 ns. */
  rate?: readonly number[] | undefined;
  /** The same of the peak rate. */
  peakrate?: readonly number[] | undefined;
  /** Bytes a second on average, at most. */
  avrate?: number | undefined;
  /** TC_ACT of packets that are not too many. */
  result?: number | undefined;
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** Bytes a second, where 32 bits are too few. */
  rate64?: bigint | undefined;
  /** The same of the peak rate. */
  peakrate64?: bigint | undefined;
  /** Packets a second. */
  pktrate64?: bigint | undefined;
  /** Packets of a burst. */
  pktburst64?: bigint | undefined;
}
/** The table of TCA_POLICE_*. */
export const tcPolice: AttrTable<TcPolice> = /* @__PURE__ */ attrs<TcPolice>("TCA_POLICE_", () => ({
  tbf: [1, tcPoliceParms],
  rate: [2, arrayOf(u32)],
  peakrate: [3, arrayOf(u32)],
  avrate: [4, u32],
  result: [5, enumOf(s32, "TC_ACT_", TC_ACT)],
  tm: [6, tcTimes],
  rate64: [8, u64],
  peakrate64: [9, u64],
  pktrate64: [10, u64],
  pktburst64: [11, u64],
}));

/** skbedit. */
export type TcSkbeditParms = TcActionParms;
/** struct tc_skbedit. */
export const tcSkbeditParms: Struct<TcSkbeditParms> = /* @__PURE__ */ struct<TcSkbeditParms>(
  "tc_skbedit",
  "",
  20,
  () => ({
    ...embedded("", 0, tcActionParms),
  }),
);

/** skbedit: what the kernel keeps of a packet. */
export interface TcSkbedit extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What becomes of the packet then. */
  parms?: TcSkbeditParms | undefined;
  /** Priority. */
  priority?: number | undefined;
  /** Queue of the device. */
  queueMapping?: number | undefined;
  /** Firewall mark. */
  mark?: number | undefined;
  /** PACKET_*: for whom the packet is. */
  ptype?: number | undefined;
  /** Which bits of `mark` are set. */
  mask?: number | undefined;
  /** 1: the priority follows DSCP; 2: the queue by hash. */
  flags?: bigint | undefined;
  /** The last of several queues. */
  queueMappingMax?: number | undefined;
}
/** The table of TCA_SKBEDIT_*. */
export const tcSkbedit: AttrTable<TcSkbedit> = /* @__PURE__ */ attrs<TcSkbedit>("TCA_SKBEDIT_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcSkbeditParms],
  priority: [3, u32],
  queueMapping: [4, u16],
  mark: [5, u32],
  ptype: [7, u16],
  mask: [8, u32],
  flags: [9, u64],
  queueMappingMax: [10, u16],
}));

/** connmark. */
export interface TcConnmarkParms extends TcActionParms {
  /** Zone of connection tracking. */
  zone: number;
}
/** struct tc_connmark. */
export const tcConnmarkParms: Struct<TcConnmarkParms> = /* @__PURE__ */ struct<TcConnmarkParms>(
  "tc_connmark",
  "",
  24,
  () => ({
    ...embedded("", 0, tcActionParms),
    zone: [20, u16],
  }),
);

/** connmark: the mark of the tracked connection. */
export interface TcConnmark extends Attrs {
  /** Which zone. */
  parms?: TcConnmarkParms | undefined;
  /** When it was made and used. */
  tm?: TcTimes | undefined;
}
/** The table of TCA_CONNMARK_*. */
export const tcConnmark: AttrTable<TcConnmark> = /* @__PURE__ */ attrs<TcConnmark>("TCA_CONNMARK_", () => ({
  parms: [1, tcConnmarkParms],
  tm: [2, tcTimes],
}));

/** simple. */
export type TcSimpleParms = TcActionParms;
/** struct tc_defact. */
export const tcSimpleParms: Struct<TcSimpleParms> = /* @__PURE__ */ struct<TcSimpleParms>("tc_defact", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** simple: prints to the kernel's log. */
export interface TcSimple extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What becomes of the packet then. */
  parms?: TcSimpleParms | undefined;
  /** What it prints. */
  data?: string | undefined;
}
/** The table of TCA_DEF_*. */
export const tcSimple: AttrTable<TcSimple> = /* @__PURE__ */ attrs<TcSimple>("TCA_DEF_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcSimpleParms],
  data: [3, string],
}));

/** sample. */
export type TcSampleParms = TcActionParms;
/** struct tc_sample. */
export const tcSampleParms: Struct<TcSampleParms> = /* @__PURE__ */ struct<TcSampleParms>("tc_sample", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** sample: packets for psample. */
export interface TcSample extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What becomes of the packet then. */
  parms?: TcSampleParms | undefined;
  /** One packet of so many. */
  rate?: number | undefined;
  /** Bytes of each. */
  truncSize?: number | undefined;
  /** Group of psample. */
  psampleGroup?: number | undefined;
}
/** The table of TCA_SAMPLE_*. */
export const tcSample: AttrTable<TcSample> = /* @__PURE__ */ attrs<TcSample>("TCA_SAMPLE_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcSampleParms],
  rate: [3, u32],
  truncSize: [4, u32],
  psampleGroup: [5, u32],
}));

/** bpf. */
export type TcActBpfParms = TcActionParms;
/** struct tc_act_bpf. */
export const tcActBpfParms: Struct<TcActBpfParms> = /* @__PURE__ */ struct<TcActBpfParms>("tc_act_bpf", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** bpf: a program as an action. */
export interface TcActBpf extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What becomes of the packet then. */
  parms?: TcActBpfParms | undefined;
  /** Instructions of classic BPF. */
  opsLen?: number | undefined;
  /** The instructions: struct sock_filter. */
  ops?: Uint8Array | undefined;
  /** Descriptor of the program. */
  fd?: number | undefined;
  /** Its name. */
  name?: string | undefined;
  /** Hash of the program. */
  tag?: Uint8Array | undefined;
  /** Its id. */
  id?: number | undefined;
}
/** The table of TCA_ACT_BPF_*. */
export const tcActBpf: AttrTable<TcActBpf> = /* @__PURE__ */ attrs<TcActBpf>("TCA_ACT_BPF_", () => ({
  tm: [1, tcTimes],
  parms: [2, tcActBpfParms],
  opsLen: [3, u16],
  ops: [4, bytes],
  fd: [5, u32],
  name: [6, string],
  tag: [8, bytes],
  id: [9, u32],
}));

/** ct. */
export type TcCtParms = TcActionParms;
/** struct tc_ct. */
export const tcCtParms: Struct<TcCtParms> = /* @__PURE__ */ struct<TcCtParms>("tc_ct", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** ct: connection tracking. */
export interface TcCt extends Attrs {
  /** What becomes of the packet then. */
  parms?: TcCtParms | undefined;
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** 1 commit, 2 force, 4 clear, 8 nat, 16 of the source, 32 of the destination. */
  action?: number | undefined;
  /** Zone. */
  zone?: number | undefined;
  /** Mark. */
  mark?: number | undefined;
  /** Which bits of it. */
  markMask?: number | undefined;
  /** Labels: 16 bytes. */
  labels?: Uint8Array | undefined;
  /** Which bits of them. */
  labelsMask?: Uint8Array | undefined;
  /** First address. */
  natIpv4Min?: string | undefined;
  /** Last address. */
  natIpv4Max?: string | undefined;
  /** First address. */
  natIpv6Min?: string | undefined;
  /** Last address. */
  natIpv6Max?: string | undefined;
  /** First port. */
  natPortMin?: number | undefined;
  /** Last port. */
  natPortMax?: number | undefined;
  /** Helper. */
  helperName?: string | undefined;
  /** AF of the helper. */
  helperFamily?: number | undefined;
  /** IPPROTO of the helper. */
  helperProto?: number | undefined;
}
/** The table of TCA_CT_*. */
export const tcCt: AttrTable<TcCt> = /* @__PURE__ */ attrs<TcCt>("TCA_CT_", () => ({
  parms: [1, tcCtParms],
  tm: [2, tcTimes],
  action: [3, u16],
  zone: [4, u16],
  mark: [5, u32],
  markMask: [6, u32],
  labels: [7, bytes],
  labelsMask: [8, bytes],
  natIpv4Min: [9, ip],
  natIpv4Max: [10, ip],
  natIpv6Min: [11, ip],
  natIpv6Max: [12, ip],
  natPortMin: [13, be16],
  natPortMax: [14, be16],
  helperName: [16, string],
  helperFamily: [17, enumOf(u8, "AF_", AF)],
  helperProto: [18, enumOf(u8, "IPPROTO_", IPPROTO)],
}));

/** ctinfo. */
export type TcCtinfoParms = TcActionParms;
/** struct tc_ctinfo. */
export const tcCtinfoParms: Struct<TcCtinfoParms> = /* @__PURE__ */ struct<TcCtinfoParms>("tc_ctinfo", "", 20, () => ({
  ...embedded("", 0, tcActionParms),
}));

/** ctinfo: DSCP and mark out of connection tracking. */
export interface TcCtinfo extends Attrs {
  /** When it was made and used. */
  tm?: TcTimes | undefined;
  /** What becomes of the packet then. */
  act?: TcCtinfoParms | undefined;
  /** Zone. */
  zone?: number | undefined;
  /** Bits of the mark that hold DSCP. */
  parmsDscpMask?: number | undefined;
  /** Bits that say that they do. */
  parmsDscpStatemask?: number | undefined;
  /** Bits that are copied to the packet. */
  parmsCpmarkMask?: number | undefined;
  /** DSCP restored. */
  statsDscpSet?: bigint | undefined;
  /** Packets that could not be changed. */
  statsDscpError?: bigint | undefined;
  /** Marks copied. */
  statsCpmarkSet?: bigint | undefined;
}
/** The table of TCA_CTINFO_*. */
export const tcCtinfo: AttrTable<TcCtinfo> = /* @__PURE__ */ attrs<TcCtinfo>("TCA_CTINFO_", () => ({
  tm: [2, tcTimes],
  act: [3, tcCtinfoParms],
  zone: [4, u16],
  parmsDscpMask: [5, u32],
  parmsDscpStatemask: [6, u32],
  parmsCpmarkMask: [7, u32],
  statsDscpSet: [8, u64],
  statsDscpError: [9, u64],
  statsCpmarkSet: [10, u64],
}));

/** What TCA_ACT_OPTIONS holds: one property, the kind. Add to it as to LinkKinds. */
export interface TcActionKinds {
  /** A verdict. */
  gact?: TcGact | undefined;
  /** To another link. */
  mirred?: TcMirred | undefined;
  /** No faster than this. */
  police?: TcPolice | undefined;
  /** What the kernel keeps of a packet. */
  skbedit?: TcSkbedit | undefined;
  /** Tags on and off. */
  vlan?: TcVlan | undefined;
  /** Addresses. */
  nat?: TcNat | undefined;
  /** Checksums. */
  csum?: TcCsum | undefined;
  /** The mark of the tracked connection. */
  connmark?: TcConnmark | undefined;
  /** A line in the kernel's log. */
  simple?: TcSimple | undefined;
  /** Packets for psample. */
  sample?: TcSample | undefined;
  /** What a tunnel is to write. */
  tunnel_key?: TcTunnelKey | undefined;
  /** A program. */
  bpf?: TcActBpf | undefined;
  /** Labels on and off. */
  mpls?: TcMpls | undefined;
  /** Bytes of the packet. */
  pedit?: TcPedit | undefined;
  /** Connection tracking. */
  ct?: TcCt | undefined;
  /** The Ethernet header. */
  skbmod?: TcSkbmod | undefined;
  /** DSCP and mark out of connection tracking. */
  ctinfo?: TcCtinfo | undefined;
}
/** The layout of TCA_ACT_OPTIONS, by TCA_ACT_KIND. */
export const tcActionKinds: Choice<TcActionKinds> = /* @__PURE__ */ choice<TcActionKinds>("kind", () => ({
  gact: tcGact,
  mirred: tcMirred,
  police: tcPolice,
  skbedit: tcSkbedit,
  vlan: tcVlan,
  nat: tcNat,
  csum: tcCsum,
  connmark: tcConnmark,
  simple: tcSimple,
  sample: tcSample,
  tunnel_key: tcTunnelKey,
  bpf: tcActBpf,
  mpls: tcMpls,
  pedit: tcPedit,
  ct: tcCt,
  skbmod: tcSkbmod,
  ctinfo: tcCtinfo,
}));

/** An action of a filter, or by itself. */
export interface TcAction extends Attrs {
  /** "gact", "mirred". */
  kind?: string | undefined;
  /** What that kind has of its own; one property, named like `kind`. */
  options?: TcActionKinds | undefined;
  /** Number of the action. */
  index?: number | undefined;
  /** Counters. */
  stats?: TcStats2 | undefined;
  /** What a program keeps there: up to 16 bytes. */
  cookie?: Uint8Array | undefined;
  /** 1: no counters a CPU. */
  flags?: Bitfield32 | undefined;
  /** How hardware is to count. */
  hwStats?: Bitfield32 | undefined;
  /** How it does. */
  usedHwStats?: Bitfield32 | undefined;
  /** Devices that do it. */
  inHwCount?: number | undefined;
}
/** The table of TCA_ACT_*. */
export const tcAction: AttrTable<TcAction> = /* @__PURE__ */ attrs<TcAction>("TCA_ACT_", () => ({
  kind: [1, string],
  options: [2, tcActionKinds],
  index: [3, u32],
  stats: [4, tcStats2],
  cookie: [6, bytes],
  flags: [7, bitfield32],
  hwStats: [8, bitfield32],
  usedHwStats: [9, bitfield32],
  inHwCount: [10, u32],
}));
