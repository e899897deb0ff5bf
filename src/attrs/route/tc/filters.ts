// Filters by kind: TCA_OPTIONS of u32, basic, matchall, fw, flow, cgroup, bpf, route.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct, Tailed } from "../../../codec/codec.ts";
import { be16, be32, flagsOf, s16, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { indexed, tailed } from "../../../codec/nests.ts";
import { arrayOf, bytes, string } from "../../../codec/scalars.ts";
import { structs } from "../../../codec/sequence.ts";
import { struct } from "../../../codec/struct.ts";
import { type TcAction, type TcPolice, tcAction, tcPolice } from "./actions.ts";

/**
 * Where a filter works, TCA_CLS_FLAGS_* of linux/pkt_cls.h.
 * @enum
 */
export const TCA_CLS_FLAGS = {
  SKIP_HW: 1,
  SKIP_SW: 2,
  IN_HW: 4,
  NOT_IN_HW: 8,
  VERBOSE: 16,
} as const;

/** What u32's keys begin with. */
export interface TcU32SelHeader {
  /** 1 terminal, 2 offset, 4 variable offset, 8 eat. */
  flags: number;
  /** Shift of the offset that is read. */
  offshift: number;
  /** How many keys. */
  nkeys: number;
  /** Which bits of it. */
  offmask: number;
  /** Bytes to go on. */
  off: number;
  /** Where the offset is read. */
  offoff: number;
  /** Where the hash is read. */
  hoff: number;
  /** Which bits of it. */
  hmask: number;
}
/** struct tc_u32_sel. */
export const tcU32SelHeader: Struct<TcU32SelHeader> = /* @__PURE__ */ struct<TcU32SelHeader>(
  "tc_u32_sel",
  "",
  16,
  () => ({
    flags: [0, u8],
    offshift: [1, u8],
    nkeys: [2, u8],
    offmask: [4, be16],
    off: [6, u16],
    offoff: [8, s16],
    hoff: [10, s16],
    hmask: [12, be32],
  }),
);

/** Four bytes of the packet. */
export interface TcU32Key {
  /** Which bits of them. */
  mask: number;
  /** What they must be. */
  val: number;
  /** Bytes from the header's beginning. */
  off: number;
  /** Which bits of an offset that was read are added to that; -1: from the next header. */
  offmask: number;
}
/** struct tc_u32_key. */
export const tcU32Key: Struct<TcU32Key> = /* @__PURE__ */ struct<TcU32Key>("tc_u32_key", "", 16, () => ({
  mask: [0, be32],
  val: [4, be32],
  off: [8, s32],
  offmask: [12, s32],
}));

/** What u32 matches. */
export interface TcU32Sel extends TcU32SelHeader {
  /** The keys: all of them must match. */
  keys: readonly TcU32Key[];
}
/** What u32 matches. */
export const tcU32Sel: Tailed<TcU32Sel> = /* @__PURE__ */ tailed<TcU32Sel, readonly TcU32Key[]>(
  tcU32SelHeader,
  "keys",
  /* @__PURE__ */ structs(tcU32Key),
  "keys",
);

/** The mark that a packet must have. */
export interface TcU32Mark {
  /** The mark. */
  val: number;
  /** Which bits of it. */
  mask: number;
  /** Packets that had it. */
  success: number;
}
/** struct tc_u32_mark. */
export const tcU32Mark: Struct<TcU32Mark> = /* @__PURE__ */ struct<TcU32Mark>("tc_u32_mark", "", 12, () => ({
  val: [0, u32],
  mask: [4, u32],
  success: [8, u32],
}));

/** What u32's counters begin with. */
export interface TcU32PcntHeader {
  /** Packets that it saw. */
  rcnt: bigint;
  /** Packets that it matched. */
  rhit: bigint;
}
/** struct tc_u32_pcnt. */
export const tcU32PcntHeader: Struct<TcU32PcntHeader> = /* @__PURE__ */ struct<TcU32PcntHeader>(
  "tc_u32_pcnt",
  "",
  16,
  () => ({
    rcnt: [0, u64],
    rhit: [8, u64],
  }),
);

/** What u32 counts. */
export interface TcU32Pcnt extends TcU32PcntHeader {
  /** Packets that matched, a key. */
  kcnts: readonly bigint[];
}
/** What u32 counts. */
export const tcU32Pcnt: Tailed<TcU32Pcnt> = /* @__PURE__ */ tailed<TcU32Pcnt, readonly bigint[]>(
  tcU32PcntHeader,
  "kcnts",
  /* @__PURE__ */ arrayOf(u64),
  "kcnts",
);

/** u32: words of the packet. */
export interface TcU32 extends Attrs {
  /** Class that packets go to: major number in the upper half. */
  classid?: number | undefined;
  /** Hash table that it stands in. */
  hash?: number | undefined;
  /** Hash table to go on with. */
  link?: number | undefined;
  /** It is a hash table, with so many buckets. */
  divisor?: number | undefined;
  /** What it matches. */
  sel?: TcU32Sel | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Name of the link that packets come in by. */
  indev?: string | undefined;
  /** What it counts. */
  pcnt?: TcU32Pcnt | undefined;
  /** The mark that a packet must have. */
  mark?: TcU32Mark | undefined;
  /** TCA_CLS_FLAGS. */
  flags?: number | undefined;
}
/** The table of TCA_U32_*. */
export const tcU32: AttrTable<TcU32> = /* @__PURE__ */ attrs<TcU32>("TCA_U32_", () => ({
  classid: [1, u32],
  hash: [2, u32],
  link: [3, u32],
  divisor: [4, u32],
  sel: [5, tcU32Sel],
  police: [6, tcPolice],
  act: [7, indexed(tcAction)],
  indev: [8, string],
  pcnt: [9, tcU32Pcnt],
  mark: [10, tcU32Mark],
  flags: [11, flagsOf(u32, "TCA_CLS_FLAGS_", TCA_CLS_FLAGS)],
}));

/** What basic counts. */
export interface TcBasicPcnt {
  /** Packets that it saw. */
  rcnt: bigint;
  /** Packets that it matched. */
  rhit: bigint;
}
/** struct tc_basic_pcnt. */
export const tcBasicPcnt: Struct<TcBasicPcnt> = /* @__PURE__ */ struct<TcBasicPcnt>("tc_basic_pcnt", "", 16, () => ({
  rcnt: [0, u64],
  rhit: [8, u64],
}));

/** basic: matches put together. */
export interface TcBasic extends Attrs {
  /** Class that packets go to. */
  classid?: number | undefined;
  /** The matches, a nest that is not taken apart. */
  ematches?: Uint8Array | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** What it counts. */
  pcnt?: TcBasicPcnt | undefined;
}
/** The table of TCA_BASIC_*. */
export const tcBasic: AttrTable<TcBasic> = /* @__PURE__ */ attrs<TcBasic>("TCA_BASIC_", () => ({
  classid: [1, u32],
  ematches: [2, bytes],
  act: [3, indexed(tcAction)],
  police: [4, tcPolice],
  pcnt: [5, tcBasicPcnt],
}));

/** What matchall counts. */
export interface TcMatchallPcnt {
  /** Packets. */
  rhit: bigint;
}
/** struct tc_matchall_pcnt. */
export const tcMatchallPcnt: Struct<TcMatchallPcnt> = /* @__PURE__ */ struct<TcMatchallPcnt>(
  "tc_matchall_pcnt",
  "",
  8,
  () => ({
    rhit: [0, u64],
  }),
);

/** matchall: every packet. */
export interface TcMatchall extends Attrs {
  /** Class that packets go to. */
  classid?: number | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** TCA_CLS_FLAGS. */
  flags?: number | undefined;
  /** What it counts. */
  pcnt?: TcMatchallPcnt | undefined;
}
/** The table of TCA_MATCHALL_*. */
export const tcMatchall: AttrTable<TcMatchall> = /* @__PURE__ */ attrs<TcMatchall>("TCA_MATCHALL_", () => ({
  classid: [1, u32],
  act: [2, indexed(tcAction)],
  flags: [3, flagsOf(u32, "TCA_CLS_FLAGS_", TCA_CLS_FLAGS)],
  pcnt: [4, tcMatchallPcnt],
}));

/** fw: firewall marks. */
export interface TcFw extends Attrs {
  /** Class that packets go to. */
  classid?: number | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** Name of the link that packets come in by. */
  indev?: string | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Which bits of the mark count. */
  mask?: number | undefined;
}
/** The table of TCA_FW_*. */
export const tcFw: AttrTable<TcFw> = /* @__PURE__ */ attrs<TcFw>("TCA_FW_", () => ({
  classid: [1, u32],
  police: [2, tcPolice],
  indev: [3, string],
  act: [4, indexed(tcAction)],
  mask: [5, u32],
}));

/** flow: a class by hash. */
export interface TcFlow extends Attrs {
  /** What is hashed: 1 << FLOW_KEY_*. */
  keys?: number | undefined;
  /** 0 map, 1 hash. */
  mode?: number | undefined;
  /** The first class. */
  baseclass?: number | undefined;
  /** Map: shift,. */
  rshift?: number | undefined;
  /** addend,. */
  addend?: number | undefined;
  /** mask,. */
  mask?: number | undefined;
  /** and exclusive or of the value. */
  xor?: number | undefined;
  /** How many classes. */
  divisor?: number | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** Matches, a nest that is not taken apart. */
  ematches?: Uint8Array | undefined;
  /** Seconds until the hash changes. */
  perturb?: number | undefined;
}
/** The table of TCA_FLOW_*. */
export const tcFlow: AttrTable<TcFlow> = /* @__PURE__ */ attrs<TcFlow>("TCA_FLOW_", () => ({
  keys: [1, u32],
  mode: [2, u32],
  baseclass: [3, u32],
  rshift: [4, u32],
  addend: [5, u32],
  mask: [6, u32],
  xor: [7, u32],
  divisor: [8, u32],
  act: [9, indexed(tcAction)],
  police: [10, tcPolice],
  ematches: [11, bytes],
  perturb: [12, u32],
}));

/** cgroup: by the sender's control group. */
export interface TcCgroup extends Attrs {
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** Matches, a nest that is not taken apart. */
  ematches?: Uint8Array | undefined;
}
/** The table of TCA_CGROUP_*. */
export const tcCgroup: AttrTable<TcCgroup> = /* @__PURE__ */ attrs<TcCgroup>("TCA_CGROUP_", () => ({
  act: [1, indexed(tcAction)],
  police: [2, tcPolice],
  ematches: [3, bytes],
}));

/** bpf: a program as a filter. */
export interface TcBpf extends Attrs {
  /** What is done. */
  act?: readonly TcAction[] | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** Class that packets go to. */
  classid?: number | undefined;
  /** Instructions of classic BPF. */
  opsLen?: number | undefined;
  /** The instructions: struct sock_filter. */
  ops?: Uint8Array | undefined;
  /** Descriptor of the program. */
  fd?: number | undefined;
  /** Its name. */
  name?: string | undefined;
  /** 1: its result is the verdict. */
  flags?: number | undefined;
  /** TCA_CLS_FLAGS. */
  flagsGen?: number | undefined;
  /** Hash of the program. */
  tag?: Uint8Array | undefined;
  /** Its id. */
  id?: number | undefined;
}
/** The table of TCA_BPF_*. */
export const tcBpf: AttrTable<TcBpf> = /* @__PURE__ */ attrs<TcBpf>("TCA_BPF_", () => ({
  act: [1, indexed(tcAction)],
  police: [2, tcPolice],
  classid: [3, u32],
  opsLen: [4, u16],
  ops: [5, bytes],
  fd: [6, u32],
  name: [7, string],
  flags: [8, u32],
  flagsGen: [9, flagsOf(u32, "TCA_CLS_FLAGS_", TCA_CLS_FLAGS)],
  tag: [10, bytes],
  id: [11, u32],
}));

/** route: realms. */
export interface TcRoute4 extends Attrs {
  /** Class that packets go to. */
  classid?: number | undefined;
  /** Realm of the destination. */
  to?: number | undefined;
  /** Realm of the source. */
  from?: number | undefined;
  /** Index of the link that packets come in by. */
  iif?: number | undefined;
  /** Of old: no faster than this. */
  police?: TcPolice | undefined;
  /** What is done. */
  act?: readonly TcAction[] | undefined;
}
/** The table of TCA_ROUTE4_*. */
export const tcRoute4: AttrTable<TcRoute4> = /* @__PURE__ */ attrs<TcRoute4>("TCA_ROUTE4_", () => ({
  classid: [1, u32],
  to: [2, u32],
  from: [3, u32],
  iif: [4, u32],
  police: [5, tcPolice],
  act: [6, indexed(tcAction)],
}));
