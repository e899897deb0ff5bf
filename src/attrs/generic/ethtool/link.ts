// ethtool about links themselves: LINKINFO, LINKMODES, LINKSTATE, DEBUG, WOL, FEATURES, PRIVFLAGS, EEE, FEC.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable } from "../../../codec/codec.ts";
import { u8, u32, u64 } from "../../../codec/int.ts";
import { arrayOf, bytes, repeated } from "../../../codec/scalars.ts";
import { secret } from "../../../codec/secret.ts";
import { type EthtoolBitset, type EthtoolHeader, ethtoolBitset, ethtoolHeader } from "./common.ts";

/** LINKINFO: its socket. */
export interface EthtoolLinkinfo extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** PORT_*: 0 twisted pair, 3 fibre, 0xef none, 0xff other. */
  port?: number | undefined;
  /** Address of its PHY. */
  phyaddr?: number | undefined;
  /** Crossed: 0 unknown, 1 no, 2 yes. */
  tpMdix?: number | undefined;
  /** The same as wished; 3: by itself. */
  tpMdixCtrl?: number | undefined;
  /** 0 internal, 1 external. */
  transceiver?: number | undefined;
}
/** The table of ETHTOOL_A_LINKINFO_*. */
export const ethtoolLinkinfo: AttrTable<EthtoolLinkinfo> = /* @__PURE__ */ attrs<EthtoolLinkinfo>(
  "ETHTOOL_A_LINKINFO_",
  () => ({
    header: [1, ethtoolHeader],
    port: [2, u8],
    phyaddr: [3, u8],
    tpMdix: [4, u8],
    tpMdixCtrl: [5, u8],
    transceiver: [6, u8],
  }),
);

/** LINKMODES: speed and duplex. */
export interface EthtoolLinkmodes extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1: agreed with the other side. */
  autoneg?: number | undefined;
  /** Modes that it has, and those that it offers. */
  ours?: EthtoolBitset | undefined;
  /** Modes that the other side offers. */
  peer?: EthtoolBitset | undefined;
  /** Mb/s; 0xffffffff: unknown. */
  speed?: number | undefined;
  /** 0 half, 1 full, 0xff unknown. */
  duplex?: number | undefined;
  /** Who gives the clock, as wished. */
  masterSlaveCfg?: number | undefined;
  /** Who does. */
  masterSlaveState?: number | undefined;
  /** Lanes in use. */
  lanes?: number | undefined;
  /** How another speed of the PHY is made up for. */
  rateMatching?: number | undefined;
}
/** The table of ETHTOOL_A_LINKMODES_*. */
export const ethtoolLinkmodes: AttrTable<EthtoolLinkmodes> = /* @__PURE__ */ attrs<EthtoolLinkmodes>(
  "ETHTOOL_A_LINKMODES_",
  () => ({
    header: [1, ethtoolHeader],
    autoneg: [2, u8],
    ours: [3, ethtoolBitset],
    peer: [4, ethtoolBitset],
    speed: [5, u32],
    duplex: [6, u8],
    masterSlaveCfg: [7, u8],
    masterSlaveState: [8, u8],
    lanes: [9, u32],
    rateMatching: [10, u8],
  }),
);

/** LINKSTATE: carrier. */
export interface EthtoolLinkstate extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1: there is one. */
  link?: number | undefined;
  /** Quality of the signal. */
  sqi?: number | undefined;
  /** The best there is. */
  sqiMax?: number | undefined;
  /** Why there is none. */
  extState?: number | undefined;
  /** And why that. */
  extSubstate?: number | undefined;
  /** Times it was lost. */
  extDownCnt?: number | undefined;
}
/** The table of ETHTOOL_A_LINKSTATE_*. */
export const ethtoolLinkstate: AttrTable<EthtoolLinkstate> = /* @__PURE__ */ attrs<EthtoolLinkstate>(
  "ETHTOOL_A_LINKSTATE_",
  () => ({
    header: [1, ethtoolHeader],
    link: [2, u8],
    sqi: [3, u32],
    sqiMax: [4, u32],
    extState: [5, u8],
    extSubstate: [6, u8],
    extDownCnt: [7, u32],
  }),
);

/** DEBUG: what its driver logs. */
export interface EthtoolDebug extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Sorts of messages. */
  msgmask?: EthtoolBitset | undefined;
}
/** The table of ETHTOOL_A_DEBUG_*. */
export const ethtoolDebug: AttrTable<EthtoolDebug> = /* @__PURE__ */ attrs<EthtoolDebug>("ETHTOOL_A_DEBUG_", () => ({
  header: [1, ethtoolHeader],
  msgmask: [2, ethtoolBitset],
}));

/** WOL: wake on LAN. */
export interface EthtoolWol extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** What wakes. */
  modes?: EthtoolBitset | undefined;
  /** SecureOn password: 6 bytes. */
  sopass?: Uint8Array | undefined;
}
/** The table of ETHTOOL_A_WOL_*. */
export const ethtoolWol: AttrTable<EthtoolWol> = /* @__PURE__ */ attrs<EthtoolWol>("ETHTOOL_A_WOL_", () => ({
  header: [1, ethtoolHeader],
  modes: [2, ethtoolBitset],
  sopass: [3, secret(bytes)],
}));

/** FEATURES: what the link does by itself. */
export interface EthtoolFeatures extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** What can be switched. */
  hw?: EthtoolBitset | undefined;
  /** What was wished. */
  wanted?: EthtoolBitset | undefined;
  /** What is on. */
  active?: EthtoolBitset | undefined;
  /** What cannot be switched. */
  nochange?: EthtoolBitset | undefined;
}
/** The table of ETHTOOL_A_FEATURES_*. */
export const ethtoolFeatures: AttrTable<EthtoolFeatures> = /* @__PURE__ */ attrs<EthtoolFeatures>(
  "ETHTOOL_A_FEATURES_",
  () => ({
    header: [1, ethtoolHeader],
    hw: [2, ethtoolBitset],
    wanted: [3, ethtoolBitset],
    active: [4, ethtoolBitset],
    nochange: [5, ethtoolBitset],
  }),
);

/** PRIVFLAGS: switches of the driver's own. */
export interface EthtoolPrivflags extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** The switches. */
  flags?: EthtoolBitset | undefined;
}
/** The table of ETHTOOL_A_PRIVFLAGS_*. */
export const ethtoolPrivflags: AttrTable<EthtoolPrivflags> = /* @__PURE__ */ attrs<EthtoolPrivflags>(
  "ETHTOOL_A_PRIVFLAGS_",
  () => ({
    header: [1, ethtoolHeader],
    flags: [2, ethtoolBitset],
  }),
);

/** EEE: energy-efficient Ethernet. */
export interface EthtoolEee extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Modes that it offers. */
  modesOurs?: EthtoolBitset | undefined;
  /** Modes that the other side offers. */
  modesPeer?: EthtoolBitset | undefined;
  /** 1: in use. */
  active?: number | undefined;
  /** 1: wished. */
  enabled?: number | undefined;
  /** 1: it sends its own idle. */
  txLpiEnabled?: number | undefined;
  /** Microseconds until it does. */
  txLpiTimer?: number | undefined;
}
/** The table of ETHTOOL_A_EEE_*. */
export const ethtoolEee: AttrTable<EthtoolEee> = /* @__PURE__ */ attrs<EthtoolEee>("ETHTOOL_A_EEE_", () => ({
  header: [1, ethtoolHeader],
  modesOurs: [2, ethtoolBitset],
  modesPeer: [3, ethtoolBitset],
  active: [4, u8],
  enabled: [5, u8],
  txLpiEnabled: [6, u8],
  txLpiTimer: [7, u32],
}));

/** A bin of corrected errors. */
export interface EthtoolFecHist extends Attrs {
  /** Errors of a block, at least. */
  binLow?: number | undefined;
  /** Errors of a block, at most. */
  binHigh?: number | undefined;
  /** Blocks. */
  binVal?: bigint | undefined;
  /** Blocks of each lane: u64 each. */
  binValPerLane?: Uint8Array | undefined;
}
/** The table of ETHTOOL_A_FEC_HIST_*. */
export const ethtoolFecHist: AttrTable<EthtoolFecHist> = /* @__PURE__ */ attrs<EthtoolFecHist>(
  "ETHTOOL_A_FEC_HIST_",
  () => ({
    binLow: [2, u32],
    binHigh: [3, u32],
    binVal: [4, u64],
    binValPerLane: [5, bytes],
  }),
);

/** Counters of FEC: a total, then one a lane. */
export interface EthtoolFecStat extends Attrs {
  /** Blocks corrected. */
  corrected?: readonly bigint[] | undefined;
  /** Blocks that could not be. */
  uncorr?: readonly bigint[] | undefined;
  /** Bits corrected. */
  corrBits?: readonly bigint[] | undefined;
  /** Blocks by their errors. */
  hist?: readonly EthtoolFecHist[] | undefined;
}
/** The table of ETHTOOL_A_FEC_STAT_*. */
export const ethtoolFecStat: AttrTable<EthtoolFecStat> = /* @__PURE__ */ attrs<EthtoolFecStat>(
  "ETHTOOL_A_FEC_STAT_",
  () => ({
    corrected: [2, arrayOf(u64)],
    uncorr: [3, arrayOf(u64)],
    corrBits: [4, arrayOf(u64)],
    hist: [5, repeated(ethtoolFecHist)],
  }),
);

/** FEC: forward error correction. */
export interface EthtoolFec extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Codes that are wished. */
  modes?: EthtoolBitset | undefined;
  /** 1: by itself. */
  auto?: number | undefined;
  /** Code in use: a bit of the link modes. */
  active?: number | undefined;
  /** Counters. */
  stats?: EthtoolFecStat | undefined;
}
/** The table of ETHTOOL_A_FEC_*. */
export const ethtoolFec: AttrTable<EthtoolFec> = /* @__PURE__ */ attrs<EthtoolFec>("ETHTOOL_A_FEC_", () => ({
  header: [1, ethtoolHeader],
  modes: [2, ethtoolBitset],
  auto: [3, u8],
  active: [4, u32],
  stats: [5, ethtoolFecStat],
}));
