// The other messages of ethtool: TSINFO, TSCONFIG, TUNNEL_INFO, STATS, MODULE, MODULE_EEPROM, PHC_VCLOCKS, PHY, MM, PLCA, CABLE_TEST.

import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, NumberedItem } from "../../../codec/codec.ts";
import { be16, s32, u8, u16, u32, u64 } from "../../../codec/int.ts";
import { numbered } from "../../../codec/numbered.ts";
import { arrayOf, bytes, repeated, string } from "../../../codec/scalars.ts";
import { secret } from "../../../codec/secret.ts";
import { type EthtoolBitset, type EthtoolHeader, ethtoolBitset, ethtoolHeader } from "./common.ts";

/** Counters of time stamps. */
export interface EthtoolTsStat extends Attrs {
  /** Packets with one. */
  txPkts?: bigint | undefined;
  /** Time stamps that did not come. */
  txLost?: bigint | undefined;
  /** Packets that could have none. */
  txErr?: bigint | undefined;
  /** One-step packets that nobody confirmed. */
  txOnestepPktsUnconfirmed?: bigint | undefined;
}
/** The table of ETHTOOL_A_TS_STAT_*. */
export const ethtoolTsStat: AttrTable<EthtoolTsStat> = /* @__PURE__ */ attrs<EthtoolTsStat>(
  "ETHTOOL_A_TS_STAT_",
  () => ({
    txPkts: [1, u64],
    txLost: [2, u64],
    txErr: [3, u64],
    txOnestepPktsUnconfirmed: [4, u64],
  }),
);

/** Who makes time stamps. */
export interface EthtoolTsProvider extends Attrs {
  /** Index of the clock. */
  index?: number | undefined;
  /** How exact. */
  qualifier?: number | undefined;
}
/** The table of ETHTOOL_A_TS_HWTSTAMP_PROVIDER_*. */
export const ethtoolTsProvider: AttrTable<EthtoolTsProvider> = /* @__PURE__ */ attrs<EthtoolTsProvider>(
  "ETHTOOL_A_TS_HWTSTAMP_PROVIDER_",
  () => ({
    index: [1, u32],
    qualifier: [2, u32],
  }),
);

/** TSINFO: which time stamps there are. */
export interface EthtoolTsinfo extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** SOF_TIMESTAMPING_*. */
  timestamping?: EthtoolBitset | undefined;
  /** Of packets sent: HWTSTAMP_TX_*. */
  txTypes?: EthtoolBitset | undefined;
  /** Of packets received: HWTSTAMP_FILTER_*. */
  rxFilters?: EthtoolBitset | undefined;
  /** Index of the clock. */
  phcIndex?: number | undefined;
  /** Counters. */
  stats?: EthtoolTsStat | undefined;
  /** Who makes them. */
  hwtstampProvider?: EthtoolTsProvider | undefined;
  /** 1 the link, 2 its PHY. */
  hwtstampSource?: number | undefined;
  /** Index of the PHY. */
  hwtstampPhyindex?: number | undefined;
}
/** The table of ETHTOOL_A_TSINFO_*. */
export const ethtoolTsinfo: AttrTable<EthtoolTsinfo> = /* @__PURE__ */ attrs<EthtoolTsinfo>(
  "ETHTOOL_A_TSINFO_",
  () => ({
    header: [1, ethtoolHeader],
    timestamping: [2, ethtoolBitset],
    txTypes: [3, ethtoolBitset],
    rxFilters: [4, ethtoolBitset],
    phcIndex: [5, u32],
    stats: [6, ethtoolTsStat],
    hwtstampProvider: [7, ethtoolTsProvider],
    hwtstampSource: [8, u32],
    hwtstampPhyindex: [9, u32],
  }),
);

/** TSCONFIG: which time stamps are made. */
export interface EthtoolTsconfig extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Who makes them. */
  hwtstampProvider?: EthtoolTsProvider | undefined;
  /** Of packets sent. */
  txTypes?: EthtoolBitset | undefined;
  /** Of packets received. */
  rxFilters?: EthtoolBitset | undefined;
  /** HWTSTAMP_FLAG_*. */
  hwtstampFlags?: EthtoolBitset | undefined;
}
/** The table of ETHTOOL_A_TSCONFIG_*. */
export const ethtoolTsconfig: AttrTable<EthtoolTsconfig> = /* @__PURE__ */ attrs<EthtoolTsconfig>(
  "ETHTOOL_A_TSCONFIG_",
  () => ({
    header: [1, ethtoolHeader],
    hwtstampProvider: [2, ethtoolTsProvider],
    txTypes: [3, ethtoolBitset],
    rxFilters: [4, ethtoolBitset],
    hwtstampFlags: [5, ethtoolBitset],
  }),
);

/** A port. */
export interface EthtoolTunnelEntry extends Attrs {
  /** UDP port. */
  port?: number | undefined;
  /** 0 vxlan, 1 geneve, 2 vxlan-gpe. */
  type?: number | undefined;
}
/** The table of ETHTOOL_A_TUNNEL_UDP_ENTRY_*. */
export const ethtoolTunnelEntry: AttrTable<EthtoolTunnelEntry> = /* @__PURE__ */ attrs<EthtoolTunnelEntry>(
  "ETHTOOL_A_TUNNEL_UDP_ENTRY_",
  () => ({
    port: [1, be16],
    type: [2, u32],
  }),
);

/** A table of ports. */
export interface EthtoolTunnelTable extends Attrs {
  /** Ports at most. */
  size?: number | undefined;
  /** Of which tunnels. */
  types?: EthtoolBitset | undefined;
  /** The ports. */
  entry?: readonly EthtoolTunnelEntry[] | undefined;
}
/** The table of ETHTOOL_A_TUNNEL_UDP_TABLE_*. */
export const ethtoolTunnelTable: AttrTable<EthtoolTunnelTable> = /* @__PURE__ */ attrs<EthtoolTunnelTable>(
  "ETHTOOL_A_TUNNEL_UDP_TABLE_",
  () => ({
    size: [1, u32],
    types: [2, ethtoolBitset],
    entry: [3, repeated(ethtoolTunnelEntry)],
  }),
);

/** Tables of ports. */
export interface EthtoolTunnelUdp extends Attrs {
  /** One each. */
  table?: readonly EthtoolTunnelTable[] | undefined;
}
/** The table of ETHTOOL_A_TUNNEL_UDP_*. */
export const ethtoolTunnelUdp: AttrTable<EthtoolTunnelUdp> = /* @__PURE__ */ attrs<EthtoolTunnelUdp>(
  "ETHTOOL_A_TUNNEL_UDP_",
  () => ({
    table: [1, repeated(ethtoolTunnelTable)],
  }),
);

/** TUNNEL_INFO: tunnels that hardware knows. */
export interface EthtoolTunnelInfo extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** By UDP port. */
  udpPorts?: EthtoolTunnelUdp | undefined;
}
/** The table of ETHTOOL_A_TUNNEL_INFO_*. */
export const ethtoolTunnelInfo: AttrTable<EthtoolTunnelInfo> = /* @__PURE__ */ attrs<EthtoolTunnelInfo>(
  "ETHTOOL_A_TUNNEL_INFO_",
  () => ({
    header: [1, ethtoolHeader],
    udpPorts: [2, ethtoolTunnelUdp],
  }),
);

/** ETHTOOL_A_STATS_GRP_HIST_RX and TX. */
export interface EthtoolStatsHist extends Attrs {
  /** Bytes of a packet, at least. */
  histBktLow?: number | undefined;
  /** Bytes of a packet, at most. */
  histBktHi?: number | undefined;
  /** Packets. */
  histVal?: bigint | undefined;
}
/** The table of ETHTOOL_A_STATS_GRP_HIST_*. */
export const ethtoolStatsHist: AttrTable<EthtoolStatsHist> = /* @__PURE__ */ attrs<EthtoolStatsHist>(
  "ETHTOOL_A_STATS_GRP_",
  () => ({
    histBktLow: [7, u32],
    histBktHi: [8, u32],
    histVal: [9, u64],
  }),
);

/** A group of counters. */
export interface EthtoolStatsGroup extends Attrs {
  /** Which group: ETHTOOL_STATS_*. */
  id?: number | undefined;
  /** ETH_SS_*: the set of strings that names them. */
  ssId?: number | undefined;
  /** A counter, under the place of its name in that set. */
  stat?: readonly (readonly NumberedItem<bigint>[])[] | undefined;
  /** Packets received, by length. */
  histRx?: readonly EthtoolStatsHist[] | undefined;
  /** Packets sent, by length. */
  histTx?: readonly EthtoolStatsHist[] | undefined;
  /** Never here: in `histRx` and `histTx`. */
  histBktLow?: number | undefined;
  /** Never here: in `histRx` and `histTx`. */
  histBktHi?: number | undefined;
  /** Never here: in `histRx` and `histTx`. */
  histVal?: bigint | undefined;
}
/** The table of ETHTOOL_A_STATS_GRP_*. */
export const ethtoolStatsGroup: AttrTable<EthtoolStatsGroup> = /* @__PURE__ */ attrs<EthtoolStatsGroup>(
  "ETHTOOL_A_STATS_GRP_",
  () => ({
    id: [2, u32],
    ssId: [3, u32],
    stat: [4, repeated(numbered(u64))],
    histRx: [5, repeated(ethtoolStatsHist)],
    histTx: [6, repeated(ethtoolStatsHist)],
    histBktLow: [7, u32],
    histBktHi: [8, u32],
    histVal: [9, u64],
  }),
);

/** STATS: counters with standard names. */
export interface EthtoolStats extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Request: which groups. */
  groups?: EthtoolBitset | undefined;
  /** The groups. */
  grp?: readonly EthtoolStatsGroup[] | undefined;
  /** Whose counters: 0 both, 1 of the express MAC, 2 of the preemptible one. */
  src?: number | undefined;
}
/** The table of ETHTOOL_A_STATS_*. */
export const ethtoolStats: AttrTable<EthtoolStats> = /* @__PURE__ */ attrs<EthtoolStats>("ETHTOOL_A_STATS_", () => ({
  header: [2, ethtoolHeader],
  groups: [3, ethtoolBitset],
  grp: [4, repeated(ethtoolStatsGroup)],
  src: [5, u32],
}));

/** PHC_VCLOCKS: virtual clocks. */
export interface EthtoolPhcVclocks extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** How many. */
  num?: number | undefined;
  /** Their indexes. */
  index?: readonly number[] | undefined;
}
/** The table of ETHTOOL_A_PHC_VCLOCKS_*. */
export const ethtoolPhcVclocks: AttrTable<EthtoolPhcVclocks> = /* @__PURE__ */ attrs<EthtoolPhcVclocks>(
  "ETHTOOL_A_PHC_VCLOCKS_",
  () => ({
    header: [1, ethtoolHeader],
    num: [2, u32],
    index: [3, arrayOf(s32)],
  }),
);

/** MODULE: a plug-in module. */
export interface EthtoolModule extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1 always high power, 2 by itself. */
  powerModePolicy?: number | undefined;
  /** 1 low power, 2 high power. */
  powerMode?: number | undefined;
}
/** The table of ETHTOOL_A_MODULE_*. */
export const ethtoolModule: AttrTable<EthtoolModule> = /* @__PURE__ */ attrs<EthtoolModule>(
  "ETHTOOL_A_MODULE_",
  () => ({
    header: [1, ethtoolHeader],
    powerModePolicy: [2, u8],
    powerMode: [3, u8],
  }),
);

/** MODULE_EEPROM: what a module says of itself. */
export interface EthtoolModuleEeprom extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Where, in bytes. */
  offset?: number | undefined;
  /** How many bytes. */
  length?: number | undefined;
  /** Page. */
  page?: number | undefined;
  /** Bank. */
  bank?: number | undefined;
  /** Address on its bus. */
  i2cAddress?: number | undefined;
  /** The bytes. */
  data?: Uint8Array | undefined;
}
/** The table of ETHTOOL_A_MODULE_EEPROM_*. */
export const ethtoolModuleEeprom: AttrTable<EthtoolModuleEeprom> = /* @__PURE__ */ attrs<EthtoolModuleEeprom>(
  "ETHTOOL_A_MODULE_EEPROM_",
  () => ({
    header: [1, ethtoolHeader],
    offset: [2, u32],
    length: [3, u32],
    page: [4, u8],
    bank: [5, u8],
    i2cAddress: [6, u8],
    data: [7, bytes],
  }),
);

/** MODULE_FW_FLASH: new firmware for a module. */
export interface EthtoolModuleFwFlash extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** File below the firmware's folder. */
  fileName?: string | undefined;
  /** Password of the module. */
  password?: number | undefined;
  /** 1 started, 2 in progress, 3 completed, 4 failed. */
  status?: number | undefined;
  /** In words. */
  statusMsg?: string | undefined;
  /** Bytes written. */
  done?: bigint | undefined;
  /** Bytes to write. */
  total?: bigint | undefined;
}
/** The table of ETHTOOL_A_MODULE_FW_FLASH_*. */
export const ethtoolModuleFwFlash: AttrTable<EthtoolModuleFwFlash> = /* @__PURE__ */ attrs<EthtoolModuleFwFlash>(
  "ETHTOOL_A_MODULE_FW_FLASH_",
  () => ({
    header: [1, ethtoolHeader],
    fileName: [2, string],
    password: [3, secret(u32)],
    status: [4, u32],
    statusMsg: [5, string],
    done: [6, u64],
    total: [7, u64],
  }),
);

/** PHY: one of a link's. */
export interface EthtoolPhy extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Its index. */
  index?: number | undefined;
  /** Driver. */
  drvname?: string | undefined;
  /** Name. */
  name?: string | undefined;
  /** What it hangs on: 0 a MAC, 1 a PHY. */
  upstreamType?: number | undefined;
  /** Index of that. */
  upstreamIndex?: number | undefined;
  /** Cage above it. */
  upstreamSfpName?: string | undefined;
  /** Cage below it. */
  downstreamSfpName?: string | undefined;
}
/** The table of ETHTOOL_A_PHY_*. */
export const ethtoolPhy: AttrTable<EthtoolPhy> = /* @__PURE__ */ attrs<EthtoolPhy>("ETHTOOL_A_PHY_", () => ({
  header: [1, ethtoolHeader],
  index: [2, u32],
  drvname: [3, string],
  name: [4, string],
  upstreamType: [5, u32],
  upstreamIndex: [6, u32],
  upstreamSfpName: [7, string],
  downstreamSfpName: [8, string],
}));

/** Counters of frame preemption. */
export interface EthtoolMmStat extends Attrs {
  /** Frames that could not be put together. */
  reassemblyErrors?: bigint | undefined;
  /** Fragments that did not belong. */
  smdErrors?: bigint | undefined;
  /** Frames put together. */
  reassemblyOk?: bigint | undefined;
  /** Fragments received. */
  rxFragCount?: bigint | undefined;
  /** Fragments sent. */
  txFragCount?: bigint | undefined;
  /** Times that it was held. */
  holdCount?: bigint | undefined;
}
/** The table of ETHTOOL_A_MM_STAT_*. */
export const ethtoolMmStat: AttrTable<EthtoolMmStat> = /* @__PURE__ */ attrs<EthtoolMmStat>(
  "ETHTOOL_A_MM_STAT_",
  () => ({
    reassemblyErrors: [2, u64],
    smdErrors: [3, u64],
    reassemblyOk: [4, u64],
    rxFragCount: [5, u64],
    txFragCount: [6, u64],
    holdCount: [7, u64],
  }),
);

/** MM: frame preemption. */
export interface EthtoolMm extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1: the preemptible MAC receives. */
  pmacEnabled?: number | undefined;
  /** 1: frames may be interrupted. */
  txEnabled?: number | undefined;
  /** 1: they are. */
  txActive?: number | undefined;
  /** Bytes of a fragment that is not the last. */
  txMinFragSize?: number | undefined;
  /** The same, receiving. */
  rxMinFragSize?: number | undefined;
  /** 1: the other side is asked first. */
  verifyEnabled?: number | undefined;
  /** What it said. */
  verifyStatus?: number | undefined;
  /** Milliseconds between questions. */
  verifyTime?: number | undefined;
  /** At most. */
  maxVerifyTime?: number | undefined;
  /** Counters. */
  stats?: EthtoolMmStat | undefined;
}
/** The table of ETHTOOL_A_MM_*. */
export const ethtoolMm: AttrTable<EthtoolMm> = /* @__PURE__ */ attrs<EthtoolMm>("ETHTOOL_A_MM_", () => ({
  header: [1, ethtoolHeader],
  pmacEnabled: [2, u8],
  txEnabled: [3, u8],
  txActive: [4, u8],
  txMinFragSize: [5, u32],
  rxMinFragSize: [6, u32],
  verifyEnabled: [7, u8],
  verifyStatus: [8, u8],
  verifyTime: [9, u32],
  maxVerifyTime: [10, u32],
  stats: [11, ethtoolMmStat],
}));

/** PLCA: who may send, on a shared cable. */
export interface EthtoolPlca extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** Version. */
  version?: number | undefined;
  /** 1: in use. */
  enabled?: number | undefined;
  /** 1: it works. */
  status?: number | undefined;
  /** How many there are. */
  nodeCnt?: number | undefined;
  /** Which one this is. */
  nodeId?: number | undefined;
  /** Bit times to wait for one. */
  toTmr?: number | undefined;
  /** Packets more in a turn. */
  burstCnt?: number | undefined;
  /** Bit times to wait for them. */
  burstTmr?: number | undefined;
}
/** The table of ETHTOOL_A_PLCA_*. */
export const ethtoolPlca: AttrTable<EthtoolPlca> = /* @__PURE__ */ attrs<EthtoolPlca>("ETHTOOL_A_PLCA_", () => ({
  header: [1, ethtoolHeader],
  version: [2, u16],
  enabled: [3, u8],
  status: [4, u8],
  nodeCnt: [5, u32],
  nodeId: [6, u32],
  toTmr: [7, u32],
  burstCnt: [8, u32],
  burstTmr: [9, u32],
}));

/** What a test said of a pair. */
export interface EthtoolCableResult extends Attrs {
  /** 0 to 3: A to D. */
  pair?: number | undefined;
  /** 1 good, 2 open, 3 short, 4 short to another pair, 5 impedance. */
  code?: number | undefined;
  /** 1 by reflection, 2 by another way. */
  src?: number | undefined;
}
/** The table of ETHTOOL_A_CABLE_RESULT_*. */
export const ethtoolCableResult: AttrTable<EthtoolCableResult> = /* @__PURE__ */ attrs<EthtoolCableResult>(
  "ETHTOOL_A_CABLE_RESULT_",
  () => ({
    pair: [1, u8],
    code: [2, u8],
    src: [3, u32],
  }),
);

/** Where a fault is. */
export interface EthtoolCableFault extends Attrs {
  /** 0 to 3: A to D. */
  pair?: number | undefined;
  /** Centimetres away. */
  cm?: number | undefined;
  /** 1 by reflection, 2 by another way. */
  src?: number | undefined;
}
/** The table of ETHTOOL_A_CABLE_FAULT_LENGTH_*. */
export const ethtoolCableFault: AttrTable<EthtoolCableFault> = /* @__PURE__ */ attrs<EthtoolCableFault>(
  "ETHTOOL_A_CABLE_FAULT_LENGTH_",
  () => ({
    pair: [1, u8],
    cm: [2, u32],
    src: [3, u32],
  }),
);

/** What a test said. */
export interface EthtoolCableNest extends Attrs {
  /** Of each pair. */
  result?: readonly EthtoolCableResult[] | undefined;
  /** Of each fault. */
  faultLength?: readonly EthtoolCableFault[] | undefined;
}
/** The table of ETHTOOL_A_CABLE_NEST_*. */
export const ethtoolCableNest: AttrTable<EthtoolCableNest> = /* @__PURE__ */ attrs<EthtoolCableNest>(
  "ETHTOOL_A_CABLE_NEST_",
  () => ({
    result: [1, repeated(ethtoolCableResult)],
    faultLength: [2, repeated(ethtoolCableFault)],
  }),
);

/** CABLE_TEST. */
export interface EthtoolCableTest extends Attrs {
  /** Which link. */
  header?: EthtoolHeader | undefined;
  /** 1 started, 2 done. */
  status?: number | undefined;
  /** What it said. */
  nest?: EthtoolCableNest | undefined;
}
/** The table of ETHTOOL_A_CABLE_TEST_NTF_*. */
export const ethtoolCableTest: AttrTable<EthtoolCableTest> = /* @__PURE__ */ attrs<EthtoolCableTest>(
  "ETHTOOL_A_CABLE_TEST_NTF_",
  () => ({
    header: [1, ethtoolHeader],
    status: [2, u8],
    nest: [3, ethtoolCableNest],
  }),
);
