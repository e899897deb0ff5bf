// The messages of ethtool, by command: requests count apart from answers and events.

import type { Attrs } from "../../../codec/attribute.ts";
import type { AttrTable, Struct, Variants } from "../../../codec/codec.ts";
import { body, type HeaderAndAttrs } from "../../../codec/nests.ts";
import { answerOf, requestOf, type VariantOf, variants } from "../../../codec/variants.ts";
import { type GenlHeader, genericBody, genlHeaderOf, type OtherCommands } from "../header.ts";
import { type EthtoolStrset, ethtoolStrset } from "./common.ts";
import {
  type EthtoolDebug,
  type EthtoolEee,
  type EthtoolFeatures,
  type EthtoolFec,
  type EthtoolLinkinfo,
  type EthtoolLinkmodes,
  type EthtoolLinkstate,
  type EthtoolPrivflags,
  type EthtoolWol,
  ethtoolDebug,
  ethtoolEee,
  ethtoolFeatures,
  ethtoolFec,
  ethtoolLinkinfo,
  ethtoolLinkmodes,
  ethtoolLinkstate,
  ethtoolPrivflags,
  ethtoolWol,
} from "./link.ts";
import {
  type EthtoolCableTest,
  type EthtoolMm,
  type EthtoolModule,
  type EthtoolModuleEeprom,
  type EthtoolModuleFwFlash,
  type EthtoolPhcVclocks,
  type EthtoolPhy,
  type EthtoolPlca,
  type EthtoolStats,
  type EthtoolTsconfig,
  type EthtoolTsinfo,
  type EthtoolTunnelInfo,
  ethtoolCableTest,
  ethtoolMm,
  ethtoolModule,
  ethtoolModuleEeprom,
  ethtoolModuleFwFlash,
  ethtoolPhcVclocks,
  ethtoolPhy,
  ethtoolPlca,
  ethtoolStats,
  ethtoolTsconfig,
  ethtoolTsinfo,
  ethtoolTunnelInfo,
} from "./more.ts";
import {
  type EthtoolChannels,
  type EthtoolCoalesce,
  type EthtoolPause,
  type EthtoolRings,
  type EthtoolRss,
  ethtoolChannels,
  ethtoolCoalesce,
  ethtoolPause,
  ethtoolRings,
  ethtoolRss,
} from "./queues.ts";

/**
 * Commands of requests, ETHTOOL_MSG_* of linux/ethtool_netlink_generated.h.
 * @enum
 */
export const ETHTOOL_MSG_USER = {
  STRSET_GET: 1,
  LINKINFO_GET: 2,
  LINKINFO_SET: 3,
  LINKMODES_GET: 4,
  LINKMODES_SET: 5,
  LINKSTATE_GET: 6,
  DEBUG_GET: 7,
  DEBUG_SET: 8,
  WOL_GET: 9,
  WOL_SET: 10,
  FEATURES_GET: 11,
  FEATURES_SET: 12,
  PRIVFLAGS_GET: 13,
  PRIVFLAGS_SET: 14,
  RINGS_GET: 15,
  RINGS_SET: 16,
  CHANNELS_GET: 17,
  CHANNELS_SET: 18,
  COALESCE_GET: 19,
  COALESCE_SET: 20,
  PAUSE_GET: 21,
  PAUSE_SET: 22,
  EEE_GET: 23,
  EEE_SET: 24,
  TSINFO_GET: 25,
  CABLE_TEST_ACT: 26,
  CABLE_TEST_TDR_ACT: 27,
  TUNNEL_INFO_GET: 28,
  FEC_GET: 29,
  FEC_SET: 30,
  MODULE_EEPROM_GET: 31,
  STATS_GET: 32,
  PHC_VCLOCKS_GET: 33,
  MODULE_GET: 34,
  MODULE_SET: 35,
  PSE_GET: 36,
  PSE_SET: 37,
  RSS_GET: 38,
  PLCA_GET_CFG: 39,
  PLCA_SET_CFG: 40,
  PLCA_GET_STATUS: 41,
  MM_GET: 42,
  MM_SET: 43,
  MODULE_FW_FLASH_ACT: 44,
  PHY_GET: 45,
  TSCONFIG_GET: 46,
  TSCONFIG_SET: 47,
  RSS_SET: 48,
  RSS_CREATE_ACT: 49,
  RSS_DELETE_ACT: 50,
  MSE_GET: 51,
} as const;

/**
 * Commands of answers and events, ETHTOOL_MSG_* of linux/ethtool_netlink_generated.h.
 * @enum
 */
export const ETHTOOL_MSG_KERNEL = {
  STRSET_GET_REPLY: 1,
  LINKINFO_GET_REPLY: 2,
  LINKINFO_NTF: 3,
  LINKMODES_GET_REPLY: 4,
  LINKMODES_NTF: 5,
  LINKSTATE_GET_REPLY: 6,
  DEBUG_GET_REPLY: 7,
  DEBUG_NTF: 8,
  WOL_GET_REPLY: 9,
  WOL_NTF: 10,
  FEATURES_GET_REPLY: 11,
  FEATURES_SET_REPLY: 12,
  FEATURES_NTF: 13,
  PRIVFLAGS_GET_REPLY: 14,
  PRIVFLAGS_NTF: 15,
  RINGS_GET_REPLY: 16,
  RINGS_NTF: 17,
  CHANNELS_GET_REPLY: 18,
  CHANNELS_NTF: 19,
  COALESCE_GET_REPLY: 20,
  COALESCE_NTF: 21,
  PAUSE_GET_REPLY: 22,
  PAUSE_NTF: 23,
  EEE_GET_REPLY: 24,
  EEE_NTF: 25,
  TSINFO_GET_REPLY: 26,
  CABLE_TEST_NTF: 27,
  CABLE_TEST_TDR_NTF: 28,
  TUNNEL_INFO_GET_REPLY: 29,
  FEC_GET_REPLY: 30,
  FEC_NTF: 31,
  MODULE_EEPROM_GET_REPLY: 32,
  STATS_GET_REPLY: 33,
  PHC_VCLOCKS_GET_REPLY: 34,
  MODULE_GET_REPLY: 35,
  MODULE_NTF: 36,
  PSE_GET_REPLY: 37,
  RSS_GET_REPLY: 38,
  PLCA_GET_CFG_REPLY: 39,
  PLCA_GET_STATUS_REPLY: 40,
  PLCA_NTF: 41,
  MM_GET_REPLY: 42,
  MM_NTF: 43,
  MODULE_FW_FLASH_NTF: 44,
  PHY_GET_REPLY: 45,
  PHY_NTF: 46,
  TSCONFIG_GET_REPLY: 47,
  TSCONFIG_SET_REPLY: 48,
  PSE_NTF: 49,
  RSS_NTF: 50,
  RSS_CREATE_ACT_REPLY: 51,
  RSS_CREATE_NTF: 52,
  RSS_DELETE_NTF: 53,
  MSE_GET_REPLY: 54,
} as const;

const userHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf(() => ({
  prefix: "ETHTOOL_MSG_",
  values: ETHTOOL_MSG_USER,
}));
const kernelHeader: Struct<GenlHeader> = /* @__PURE__ */ genlHeaderOf(() => ({
  prefix: "ETHTOOL_MSG_",
  values: ETHTOOL_MSG_KERNEL,
}));
/** A request, answer or event of ethtool with the attributes T. */
export type EthtoolBody<T> = HeaderAndAttrs<GenlHeader, T>;
/* @__NO_SIDE_EFFECTS__ */
const asked = <T extends Attrs>(cmd: number, table: AttrTable<T>): VariantOf<EthtoolBody<T>> =>
  requestOf([cmd], body<GenlHeader, T>(userHeader, table));
/* @__NO_SIDE_EFFECTS__ */
const told = <T extends Attrs>(cmd: number, table: AttrTable<T>): VariantOf<EthtoolBody<T>> =>
  answerOf([cmd], body<GenlHeader, T>(kernelHeader, table));

/** A message of ethtool: one property, the command without ETHTOOL_MSG_. */
export interface EthtoolMessage extends OtherCommands {
  /** Request: ETHTOOL_MSG_STRSET_GET. */
  strsetGet?: EthtoolBody<EthtoolStrset> | undefined;
  /** Request: ETHTOOL_MSG_LINKINFO_GET. */
  linkinfoGet?: EthtoolBody<EthtoolLinkinfo> | undefined;
  /** Request: ETHTOOL_MSG_LINKINFO_SET. */
  linkinfoSet?: EthtoolBody<EthtoolLinkinfo> | undefined;
  /** Request: ETHTOOL_MSG_LINKMODES_GET. */
  linkmodesGet?: EthtoolBody<EthtoolLinkmodes> | undefined;
  /** Request: ETHTOOL_MSG_LINKMODES_SET. */
  linkmodesSet?: EthtoolBody<EthtoolLinkmodes> | undefined;
  /** Request: ETHTOOL_MSG_LINKSTATE_GET. */
  linkstateGet?: EthtoolBody<EthtoolLinkstate> | undefined;
  /** Request: ETHTOOL_MSG_DEBUG_GET. */
  debugGet?: EthtoolBody<EthtoolDebug> | undefined;
  /** Request: ETHTOOL_MSG_DEBUG_SET. */
  debugSet?: EthtoolBody<EthtoolDebug> | undefined;
  /** Request: ETHTOOL_MSG_WOL_GET. */
  wolGet?: EthtoolBody<EthtoolWol> | undefined;
  /** Request: ETHTOOL_MSG_WOL_SET. */
  wolSet?: EthtoolBody<EthtoolWol> | undefined;
  /** Request: ETHTOOL_MSG_FEATURES_GET. */
  featuresGet?: EthtoolBody<EthtoolFeatures> | undefined;
  /** Request: ETHTOOL_MSG_FEATURES_SET. */
  featuresSet?: EthtoolBody<EthtoolFeatures> | undefined;
  /** Request: ETHTOOL_MSG_PRIVFLAGS_GET. */
  privflagsGet?: EthtoolBody<EthtoolPrivflags> | undefined;
  /** Request: ETHTOOL_MSG_PRIVFLAGS_SET. */
  privflagsSet?: EthtoolBody<EthtoolPrivflags> | undefined;
  /** Request: ETHTOOL_MSG_RINGS_GET. */
  ringsGet?: EthtoolBody<EthtoolRings> | undefined;
  /** Request: ETHTOOL_MSG_RINGS_SET. */
  ringsSet?: EthtoolBody<EthtoolRings> | undefined;
  /** Request: ETHTOOL_MSG_CHANNELS_GET. */
  channelsGet?: EthtoolBody<EthtoolChannels> | undefined;
  /** Request: ETHTOOL_MSG_CHANNELS_SET. */
  channelsSet?: EthtoolBody<EthtoolChannels> | undefined;
  /** Request: ETHTOOL_MSG_COALESCE_GET. */
  coalesceGet?: EthtoolBody<EthtoolCoalesce> | undefined;
  /** Request: ETHTOOL_MSG_COALESCE_SET. */
  coalesceSet?: EthtoolBody<EthtoolCoalesce> | undefined;
  /** Request: ETHTOOL_MSG_PAUSE_GET. */
  pauseGet?: EthtoolBody<EthtoolPause> | undefined;
  /** Request: ETHTOOL_MSG_PAUSE_SET. */
  pauseSet?: EthtoolBody<EthtoolPause> | undefined;
  /** Request: ETHTOOL_MSG_EEE_GET. */
  eeeGet?: EthtoolBody<EthtoolEee> | undefined;
  /** Request: ETHTOOL_MSG_EEE_SET. */
  eeeSet?: EthtoolBody<EthtoolEee> | undefined;
  /** Request: ETHTOOL_MSG_TSINFO_GET. */
  tsinfoGet?: EthtoolBody<EthtoolTsinfo> | undefined;
  /** Request: ETHTOOL_MSG_CABLE_TEST_ACT. */
  cableTestAct?: EthtoolBody<EthtoolCableTest> | undefined;
  /** Request: ETHTOOL_MSG_TUNNEL_INFO_GET. */
  tunnelInfoGet?: EthtoolBody<EthtoolTunnelInfo> | undefined;
  /** Request: ETHTOOL_MSG_FEC_GET. */
  fecGet?: EthtoolBody<EthtoolFec> | undefined;
  /** Request: ETHTOOL_MSG_FEC_SET. */
  fecSet?: EthtoolBody<EthtoolFec> | undefined;
  /** Request: ETHTOOL_MSG_MODULE_EEPROM_GET. */
  moduleEepromGet?: EthtoolBody<EthtoolModuleEeprom> | undefined;
  /** Request: ETHTOOL_MSG_STATS_GET. */
  statsGet?: EthtoolBody<EthtoolStats> | undefined;
  /** Request: ETHTOOL_MSG_PHC_VCLOCKS_GET. */
  phcVclocksGet?: EthtoolBody<EthtoolPhcVclocks> | undefined;
  /** Request: ETHTOOL_MSG_MODULE_GET. */
  moduleGet?: EthtoolBody<EthtoolModule> | undefined;
  /** Request: ETHTOOL_MSG_MODULE_SET. */
  moduleSet?: EthtoolBody<EthtoolModule> | undefined;
  /** Request: ETHTOOL_MSG_RSS_GET. */
  rssGet?: EthtoolBody<EthtoolRss> | undefined;
  /** Request: ETHTOOL_MSG_PLCA_GET_CFG. */
  plcaGetCfg?: EthtoolBody<EthtoolPlca> | undefined;
  /** Request: ETHTOOL_MSG_PLCA_SET_CFG. */
  plcaSetCfg?: EthtoolBody<EthtoolPlca> | undefined;
  /** Request: ETHTOOL_MSG_PLCA_GET_STATUS. */
  plcaGetStatus?: EthtoolBody<EthtoolPlca> | undefined;
  /** Request: ETHTOOL_MSG_MM_GET. */
  mmGet?: EthtoolBody<EthtoolMm> | undefined;
  /** Request: ETHTOOL_MSG_MM_SET. */
  mmSet?: EthtoolBody<EthtoolMm> | undefined;
  /** Request: ETHTOOL_MSG_MODULE_FW_FLASH_ACT. */
  moduleFwFlashAct?: EthtoolBody<EthtoolModuleFwFlash> | undefined;
  /** Request: ETHTOOL_MSG_PHY_GET. */
  phyGet?: EthtoolBody<EthtoolPhy> | undefined;
  /** Request: ETHTOOL_MSG_TSCONFIG_GET. */
  tsconfigGet?: EthtoolBody<EthtoolTsconfig> | undefined;
  /** Request: ETHTOOL_MSG_TSCONFIG_SET. */
  tsconfigSet?: EthtoolBody<EthtoolTsconfig> | undefined;
  /** Request: ETHTOOL_MSG_RSS_SET. */
  rssSet?: EthtoolBody<EthtoolRss> | undefined;
  /** Request: ETHTOOL_MSG_RSS_CREATE_ACT. */
  rssCreateAct?: EthtoolBody<EthtoolRss> | undefined;
  /** Request: ETHTOOL_MSG_RSS_DELETE_ACT. */
  rssDeleteAct?: EthtoolBody<EthtoolRss> | undefined;
  /** Answer: ETHTOOL_MSG_STRSET_GET_REPLY. */
  strsetGetReply?: EthtoolBody<EthtoolStrset> | undefined;
  /** Answer: ETHTOOL_MSG_LINKINFO_GET_REPLY. */
  linkinfoGetReply?: EthtoolBody<EthtoolLinkinfo> | undefined;
  /** Event: ETHTOOL_MSG_LINKINFO_NTF. */
  linkinfoNtf?: EthtoolBody<EthtoolLinkinfo> | undefined;
  /** Answer: ETHTOOL_MSG_LINKMODES_GET_REPLY. */
  linkmodesGetReply?: EthtoolBody<EthtoolLinkmodes> | undefined;
  /** Event: ETHTOOL_MSG_LINKMODES_NTF. */
  linkmodesNtf?: EthtoolBody<EthtoolLinkmodes> | undefined;
  /** Answer: ETHTOOL_MSG_LINKSTATE_GET_REPLY. */
  linkstateGetReply?: EthtoolBody<EthtoolLinkstate> | undefined;
  /** Answer: ETHTOOL_MSG_DEBUG_GET_REPLY. */
  debugGetReply?: EthtoolBody<EthtoolDebug> | undefined;
  /** Event: ETHTOOL_MSG_DEBUG_NTF. */
  debugNtf?: EthtoolBody<EthtoolDebug> | undefined;
  /** Answer: ETHTOOL_MSG_WOL_GET_REPLY. */
  wolGetReply?: EthtoolBody<EthtoolWol> | undefined;
  /** Event: ETHTOOL_MSG_WOL_NTF. */
  wolNtf?: EthtoolBody<EthtoolWol> | undefined;
  /** Answer: ETHTOOL_MSG_FEATURES_GET_REPLY. */
  featuresGetReply?: EthtoolBody<EthtoolFeatures> | undefined;
  /** Answer: ETHTOOL_MSG_FEATURES_SET_REPLY. */
  featuresSetReply?: EthtoolBody<EthtoolFeatures> | undefined;
  /** Event: ETHTOOL_MSG_FEATURES_NTF. */
  featuresNtf?: EthtoolBody<EthtoolFeatures> | undefined;
  /** Answer: ETHTOOL_MSG_PRIVFLAGS_GET_REPLY. */
  privflagsGetReply?: EthtoolBody<EthtoolPrivflags> | undefined;
  /** Event: ETHTOOL_MSG_PRIVFLAGS_NTF. */
  privflagsNtf?: EthtoolBody<EthtoolPrivflags> | undefined;
  /** Answer: ETHTOOL_MSG_RINGS_GET_REPLY. */
  ringsGetReply?: EthtoolBody<EthtoolRings> | undefined;
  /** Event: ETHTOOL_MSG_RINGS_NTF. */
  ringsNtf?: EthtoolBody<EthtoolRings> | undefined;
  /** Answer: ETHTOOL_MSG_CHANNELS_GET_REPLY. */
  channelsGetReply?: EthtoolBody<EthtoolChannels> | undefined;
  /** Event: ETHTOOL_MSG_CHANNELS_NTF. */
  channelsNtf?: EthtoolBody<EthtoolChannels> | undefined;
  /** Answer: ETHTOOL_MSG_COALESCE_GET_REPLY. */
  coalesceGetReply?: EthtoolBody<EthtoolCoalesce> | undefined;
  /** Event: ETHTOOL_MSG_COALESCE_NTF. */
  coalesceNtf?: EthtoolBody<EthtoolCoalesce> | undefined;
  /** Answer: ETHTOOL_MSG_PAUSE_GET_REPLY. */
  pauseGetReply?: EthtoolBody<EthtoolPause> | undefined;
  /** Event: ETHTOOL_MSG_PAUSE_NTF. */
  pauseNtf?: EthtoolBody<EthtoolPause> | undefined;
  /** Answer: ETHTOOL_MSG_EEE_GET_REPLY. */
  eeeGetReply?: EthtoolBody<EthtoolEee> | undefined;
  /** Event: ETHTOOL_MSG_EEE_NTF. */
  eeeNtf?: EthtoolBody<EthtoolEee> | undefined;
  /** Answer: ETHTOOL_MSG_TSINFO_GET_REPLY. */
  tsinfoGetReply?: EthtoolBody<EthtoolTsinfo> | undefined;
  /** Event: ETHTOOL_MSG_CABLE_TEST_NTF. */
  cableTestNtf?: EthtoolBody<EthtoolCableTest> | undefined;
  /** Answer: ETHTOOL_MSG_TUNNEL_INFO_GET_REPLY. */
  tunnelInfoGetReply?: EthtoolBody<EthtoolTunnelInfo> | undefined;
  /** Answer: ETHTOOL_MSG_FEC_GET_REPLY. */
  fecGetReply?: EthtoolBody<EthtoolFec> | undefined;
  /** Event: ETHTOOL_MSG_FEC_NTF. */
  fecNtf?: EthtoolBody<EthtoolFec> | undefined;
  /** Answer: ETHTOOL_MSG_MODULE_EEPROM_GET_REPLY. */
  moduleEepromGetReply?: EthtoolBody<EthtoolModuleEeprom> | undefined;
  /** Answer: ETHTOOL_MSG_STATS_GET_REPLY. */
  statsGetReply?: EthtoolBody<EthtoolStats> | undefined;
  /** Answer: ETHTOOL_MSG_PHC_VCLOCKS_GET_REPLY. */
  phcVclocksGetReply?: EthtoolBody<EthtoolPhcVclocks> | undefined;
  /** Answer: ETHTOOL_MSG_MODULE_GET_REPLY. */
  moduleGetReply?: EthtoolBody<EthtoolModule> | undefined;
  /** Event: ETHTOOL_MSG_MODULE_NTF. */
  moduleNtf?: EthtoolBody<EthtoolModule> | undefined;
  /** Answer: ETHTOOL_MSG_RSS_GET_REPLY. */
  rssGetReply?: EthtoolBody<EthtoolRss> | undefined;
  /** Answer: ETHTOOL_MSG_PLCA_GET_CFG_REPLY. */
  plcaGetCfgReply?: EthtoolBody<EthtoolPlca> | undefined;
  /** Answer: ETHTOOL_MSG_PLCA_GET_STATUS_REPLY. */
  plcaGetStatusReply?: EthtoolBody<EthtoolPlca> | undefined;
  /** Event: ETHTOOL_MSG_PLCA_NTF. */
  plcaNtf?: EthtoolBody<EthtoolPlca> | undefined;
  /** Answer: ETHTOOL_MSG_MM_GET_REPLY. */
  mmGetReply?: EthtoolBody<EthtoolMm> | undefined;
  /** Event: ETHTOOL_MSG_MM_NTF. */
  mmNtf?: EthtoolBody<EthtoolMm> | undefined;
  /** Event: ETHTOOL_MSG_MODULE_FW_FLASH_NTF. */
  moduleFwFlashNtf?: EthtoolBody<EthtoolModuleFwFlash> | undefined;
  /** Answer: ETHTOOL_MSG_PHY_GET_REPLY. */
  phyGetReply?: EthtoolBody<EthtoolPhy> | undefined;
  /** Event: ETHTOOL_MSG_PHY_NTF. */
  phyNtf?: EthtoolBody<EthtoolPhy> | undefined;
  /** Answer: ETHTOOL_MSG_TSCONFIG_GET_REPLY. */
  tsconfigGetReply?: EthtoolBody<EthtoolTsconfig> | undefined;
  /** Answer: ETHTOOL_MSG_TSCONFIG_SET_REPLY. */
  tsconfigSetReply?: EthtoolBody<EthtoolTsconfig> | undefined;
  /** Event: ETHTOOL_MSG_RSS_NTF. */
  rssNtf?: EthtoolBody<EthtoolRss> | undefined;
  /** Answer: ETHTOOL_MSG_RSS_CREATE_ACT_REPLY. */
  rssCreateActReply?: EthtoolBody<EthtoolRss> | undefined;
  /** Event: ETHTOOL_MSG_RSS_CREATE_NTF. */
  rssCreateNtf?: EthtoolBody<EthtoolRss> | undefined;
  /** Event: ETHTOOL_MSG_RSS_DELETE_NTF. */
  rssDeleteNtf?: EthtoolBody<EthtoolRss> | undefined;
}
/** The layouts of ethtool, by command. */
export const ethtoolBody: Variants<EthtoolMessage> = /* @__PURE__ */ variants<EthtoolMessage>(() => ({
  strsetGet: asked(ETHTOOL_MSG_USER.STRSET_GET, ethtoolStrset),
  linkinfoGet: asked(ETHTOOL_MSG_USER.LINKINFO_GET, ethtoolLinkinfo),
  linkinfoSet: asked(ETHTOOL_MSG_USER.LINKINFO_SET, ethtoolLinkinfo),
  linkmodesGet: asked(ETHTOOL_MSG_USER.LINKMODES_GET, ethtoolLinkmodes),
  linkmodesSet: asked(ETHTOOL_MSG_USER.LINKMODES_SET, ethtoolLinkmodes),
  linkstateGet: asked(ETHTOOL_MSG_USER.LINKSTATE_GET, ethtoolLinkstate),
  debugGet: asked(ETHTOOL_MSG_USER.DEBUG_GET, ethtoolDebug),
  debugSet: asked(ETHTOOL_MSG_USER.DEBUG_SET, ethtoolDebug),
  wolGet: asked(ETHTOOL_MSG_USER.WOL_GET, ethtoolWol),
  wolSet: asked(ETHTOOL_MSG_USER.WOL_SET, ethtoolWol),
  featuresGet: asked(ETHTOOL_MSG_USER.FEATURES_GET, ethtoolFeatures),
  featuresSet: asked(ETHTOOL_MSG_USER.FEATURES_SET, ethtoolFeatures),
  privflagsGet: asked(ETHTOOL_MSG_USER.PRIVFLAGS_GET, ethtoolPrivflags),
  privflagsSet: asked(ETHTOOL_MSG_USER.PRIVFLAGS_SET, ethtoolPrivflags),
  ringsGet: asked(ETHTOOL_MSG_USER.RINGS_GET, ethtoolRings),
  ringsSet: asked(ETHTOOL_MSG_USER.RINGS_SET, ethtoolRings),
  channelsGet: asked(ETHTOOL_MSG_USER.CHANNELS_GET, ethtoolChannels),
  channelsSet: asked(ETHTOOL_MSG_USER.CHANNELS_SET, ethtoolChannels),
  coalesceGet: asked(ETHTOOL_MSG_USER.COALESCE_GET, ethtoolCoalesce),
  coalesceSet: asked(ETHTOOL_MSG_USER.COALESCE_SET, ethtoolCoalesce),
  pauseGet: asked(ETHTOOL_MSG_USER.PAUSE_GET, ethtoolPause),
  pauseSet: asked(ETHTOOL_MSG_USER.PAUSE_SET, ethtoolPause),
  eeeGet: asked(ETHTOOL_MSG_USER.EEE_GET, ethtoolEee),
  eeeSet: asked(ETHTOOL_MSG_USER.EEE_SET, ethtoolEee),
  tsinfoGet: asked(ETHTOOL_MSG_USER.TSINFO_GET, ethtoolTsinfo),
  cableTestAct: asked(ETHTOOL_MSG_USER.CABLE_TEST_ACT, ethtoolCableTest),
  tunnelInfoGet: asked(ETHTOOL_MSG_USER.TUNNEL_INFO_GET, ethtoolTunnelInfo),
  fecGet: asked(ETHTOOL_MSG_USER.FEC_GET, ethtoolFec),
  fecSet: asked(ETHTOOL_MSG_USER.FEC_SET, ethtoolFec),
  moduleEepromGet: asked(ETHTOOL_MSG_USER.MODULE_EEPROM_GET, ethtoolModuleEeprom),
  statsGet: asked(ETHTOOL_MSG_USER.STATS_GET, ethtoolStats),
  phcVclocksGet: asked(ETHTOOL_MSG_USER.PHC_VCLOCKS_GET, ethtoolPhcVclocks),
  moduleGet: asked(ETHTOOL_MSG_USER.MODULE_GET, ethtoolModule),
  moduleSet: asked(ETHTOOL_MSG_USER.MODULE_SET, ethtoolModule),
  rssGet: asked(ETHTOOL_MSG_USER.RSS_GET, ethtoolRss),
  plcaGetCfg: asked(ETHTOOL_MSG_USER.PLCA_GET_CFG, ethtoolPlca),
  plcaSetCfg: asked(ETHTOOL_MSG_USER.PLCA_SET_CFG, ethtoolPlca),
  plcaGetStatus: asked(ETHTOOL_MSG_USER.PLCA_GET_STATUS, ethtoolPlca),
  mmGet: asked(ETHTOOL_MSG_USER.MM_GET, ethtoolMm),
  mmSet: asked(ETHTOOL_MSG_USER.MM_SET, ethtoolMm),
  moduleFwFlashAct: asked(ETHTOOL_MSG_USER.MODULE_FW_FLASH_ACT, ethtoolModuleFwFlash),
  phyGet: asked(ETHTOOL_MSG_USER.PHY_GET, ethtoolPhy),
  tsconfigGet: asked(ETHTOOL_MSG_USER.TSCONFIG_GET, ethtoolTsconfig),
  tsconfigSet: asked(ETHTOOL_MSG_USER.TSCONFIG_SET, ethtoolTsconfig),
  rssSet: asked(ETHTOOL_MSG_USER.RSS_SET, ethtoolRss),
  rssCreateAct: asked(ETHTOOL_MSG_USER.RSS_CREATE_ACT, ethtoolRss),
  rssDeleteAct: asked(ETHTOOL_MSG_USER.RSS_DELETE_ACT, ethtoolRss),
  strsetGetReply: told(ETHTOOL_MSG_KERNEL.STRSET_GET_REPLY, ethtoolStrset),
  linkinfoGetReply: told(ETHTOOL_MSG_KERNEL.LINKINFO_GET_REPLY, ethtoolLinkinfo),
  linkinfoNtf: told(ETHTOOL_MSG_KERNEL.LINKINFO_NTF, ethtoolLinkinfo),
  linkmodesGetReply: told(ETHTOOL_MSG_KERNEL.LINKMODES_GET_REPLY, ethtoolLinkmodes),
  linkmodesNtf: told(ETHTOOL_MSG_KERNEL.LINKMODES_NTF, ethtoolLinkmodes),
  linkstateGetReply: told(ETHTOOL_MSG_KERNEL.LINKSTATE_GET_REPLY, ethtoolLinkstate),
  debugGetReply: told(ETHTOOL_MSG_KERNEL.DEBUG_GET_REPLY, ethtoolDebug),
  debugNtf: told(ETHTOOL_MSG_KERNEL.DEBUG_NTF, ethtoolDebug),
  wolGetReply: told(ETHTOOL_MSG_KERNEL.WOL_GET_REPLY, ethtoolWol),
  wolNtf: told(ETHTOOL_MSG_KERNEL.WOL_NTF, ethtoolWol),
  featuresGetReply: told(ETHTOOL_MSG_KERNEL.FEATURES_GET_REPLY, ethtoolFeatures),
  featuresSetReply: told(ETHTOOL_MSG_KERNEL.FEATURES_SET_REPLY, ethtoolFeatures),
  featuresNtf: told(ETHTOOL_MSG_KERNEL.FEATURES_NTF, ethtoolFeatures),
  privflagsGetReply: told(ETHTOOL_MSG_KERNEL.PRIVFLAGS_GET_REPLY, ethtoolPrivflags),
  privflagsNtf: told(ETHTOOL_MSG_KERNEL.PRIVFLAGS_NTF, ethtoolPrivflags),
  ringsGetReply: told(ETHTOOL_MSG_KERNEL.RINGS_GET_REPLY, ethtoolRings),
  ringsNtf: told(ETHTOOL_MSG_KERNEL.RINGS_NTF, ethtoolRings),
  channelsGetReply: told(ETHTOOL_MSG_KERNEL.CHANNELS_GET_REPLY, ethtoolChannels),
  channelsNtf: told(ETHTOOL_MSG_KERNEL.CHANNELS_NTF, ethtoolChannels),
  coalesceGetReply: told(ETHTOOL_MSG_KERNEL.COALESCE_GET_REPLY, ethtoolCoalesce),
  coalesceNtf: told(ETHTOOL_MSG_KERNEL.COALESCE_NTF, ethtoolCoalesce),
  pauseGetReply: told(ETHTOOL_MSG_KERNEL.PAUSE_GET_REPLY, ethtoolPause),
  pauseNtf: told(ETHTOOL_MSG_KERNEL.PAUSE_NTF, ethtoolPause),
  eeeGetReply: told(ETHTOOL_MSG_KERNEL.EEE_GET_REPLY, ethtoolEee),
  eeeNtf: told(ETHTOOL_MSG_KERNEL.EEE_NTF, ethtoolEee),
  tsinfoGetReply: told(ETHTOOL_MSG_KERNEL.TSINFO_GET_REPLY, ethtoolTsinfo),
  cableTestNtf: told(ETHTOOL_MSG_KERNEL.CABLE_TEST_NTF, ethtoolCableTest),
  tunnelInfoGetReply: told(ETHTOOL_MSG_KERNEL.TUNNEL_INFO_GET_REPLY, ethtoolTunnelInfo),
  fecGetReply: told(ETHTOOL_MSG_KERNEL.FEC_GET_REPLY, ethtoolFec),
  fecNtf: told(ETHTOOL_MSG_KERNEL.FEC_NTF, ethtoolFec),
  moduleEepromGetReply: told(ETHTOOL_MSG_KERNEL.MODULE_EEPROM_GET_REPLY, ethtoolModuleEeprom),
  statsGetReply: told(ETHTOOL_MSG_KERNEL.STATS_GET_REPLY, ethtoolStats),
  phcVclocksGetReply: told(ETHTOOL_MSG_KERNEL.PHC_VCLOCKS_GET_REPLY, ethtoolPhcVclocks),
  moduleGetReply: told(ETHTOOL_MSG_KERNEL.MODULE_GET_REPLY, ethtoolModule),
  moduleNtf: told(ETHTOOL_MSG_KERNEL.MODULE_NTF, ethtoolModule),
  rssGetReply: told(ETHTOOL_MSG_KERNEL.RSS_GET_REPLY, ethtoolRss),
  plcaGetCfgReply: told(ETHTOOL_MSG_KERNEL.PLCA_GET_CFG_REPLY, ethtoolPlca),
  plcaGetStatusReply: told(ETHTOOL_MSG_KERNEL.PLCA_GET_STATUS_REPLY, ethtoolPlca),
  plcaNtf: told(ETHTOOL_MSG_KERNEL.PLCA_NTF, ethtoolPlca),
  mmGetReply: told(ETHTOOL_MSG_KERNEL.MM_GET_REPLY, ethtoolMm),
  mmNtf: told(ETHTOOL_MSG_KERNEL.MM_NTF, ethtoolMm),
  moduleFwFlashNtf: told(ETHTOOL_MSG_KERNEL.MODULE_FW_FLASH_NTF, ethtoolModuleFwFlash),
  phyGetReply: told(ETHTOOL_MSG_KERNEL.PHY_GET_REPLY, ethtoolPhy),
  phyNtf: told(ETHTOOL_MSG_KERNEL.PHY_NTF, ethtoolPhy),
  tsconfigGetReply: told(ETHTOOL_MSG_KERNEL.TSCONFIG_GET_REPLY, ethtoolTsconfig),
  tsconfigSetReply: told(ETHTOOL_MSG_KERNEL.TSCONFIG_SET_REPLY, ethtoolTsconfig),
  rssNtf: told(ETHTOOL_MSG_KERNEL.RSS_NTF, ethtoolRss),
  rssCreateActReply: told(ETHTOOL_MSG_KERNEL.RSS_CREATE_ACT_REPLY, ethtoolRss),
  rssCreateNtf: told(ETHTOOL_MSG_KERNEL.RSS_CREATE_NTF, ethtoolRss),
  rssDeleteNtf: told(ETHTOOL_MSG_KERNEL.RSS_DELETE_NTF, ethtoolRss),
  other: answerOf(undefined, genericBody),
  otherRequest: requestOf(undefined, genericBody),
}));
