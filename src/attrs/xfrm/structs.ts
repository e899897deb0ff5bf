// Structs of NETLINK_XFRM that are messages' headers: associations, policies, and what the kernel tells of them.

import { address } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf, s32, u8, u16, u32, u64 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";

/**
 * How packets are wrapped, XFRM_MODE_* of linux/xfrm.h.
 * @enum
 */
export const XFRM_MODE = {
  TRANSPORT: 0,
  TUNNEL: 1,
  ROUTEOPTIMIZATION: 2,
  IN_TRIGGER: 3,
  BEET: 4,
  IPTFS: 5,
} as const;

/**
 * Flags of an association, XFRM_STATE_* of linux/xfrm.h.
 * @enum
 */
export const XFRM_STATE = {
  NOECN: 1,
  DECAP_DSCP: 2,
  NOPMTUDISC: 4,
  WILDRECV: 8,
  ICMP: 16,
  AF_UNSPEC: 32,
  ALIGN4: 64,
  ESN: 128,
} as const;

/**
 * Which packets a policy is for, XFRM_POLICY_* of linux/xfrm.h.
 * @enum
 */
export const XFRM_POLICY = {
  IN: 0,
  OUT: 1,
  FWD: 2,
} as const;

/** An association: XFRM_MSG_NEWSA and UPDSA. */
export interface XfrmStateInfo {
  /** AF of the association. */
  family: number;
  /** AF of the selector. */
  selFamily: number;
  /** Destination network. */
  selDaddr: string;
  /** Source network. */
  selSaddr: string;
  /** Destination port. */
  selDport: number;
  /** Which bits of it count. */
  selDportMask: number;
  /** Source port. */
  selSport: number;
  /** Which bits of it count. */
  selSportMask: number;
  /** Bits of the destination that count. */
  selPrefixlenD: number;
  /** Bits of the source that count. */
  selPrefixlenS: number;
  /** IPPROTO; 0: any. */
  selProto: number;
  /** Index of the link; 0: any. */
  selIfindex: number;
  /** User; 0: any. */
  selUser: number;
  /** Destination. */
  idDaddr: string;
  /** Index of the association (SPI). */
  idSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  idProto: number;
  /** Source. */
  saddr: string;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  lftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  lftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  lftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  lftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  lftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  lftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  lftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  lftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  curlftBytes: bigint;
  /** Packets so far. */
  curlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  curlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  curlftUseTime: bigint;
  /** Packets too old for the replay window. */
  statsReplayWindow: number;
  /** Packets that came twice. */
  statsReplay: number;
  /** Packets with a wrong checksum. */
  statsIntegrityFailed: number;
  /** Number of the request that it answers. */
  seq: number;
  /** Id that policies name it by. */
  reqid: number;
  /** XFRM_MODE. */
  mode: number;
  /** Packets that may come late. */
  replayWindow: number;
  /** XFRM_STATE. */
  flags: number;
}
/** struct xfrm_usersa_info. */
export const xfrmStateInfo: Struct<XfrmStateInfo> = /* @__PURE__ */ struct<XfrmStateInfo>(
  "xfrm_usersa_info",
  "",
  224,
  () => ({
    family: [212, enumOf(u16, "AF_", AF)],
    selFamily: [40, enumOf(u16, "AF_", AF), "sel.family"],
    selDaddr: [0, address(16, "selFamily"), "sel.daddr"],
    selSaddr: [16, address(16, "selFamily"), "sel.saddr"],
    selDport: [32, be16, "sel.dport"],
    selDportMask: [34, be16, "sel.dport_mask"],
    selSport: [36, be16, "sel.sport"],
    selSportMask: [38, be16, "sel.sport_mask"],
    selPrefixlenD: [42, u8, "sel.prefixlen_d"],
    selPrefixlenS: [43, u8, "sel.prefixlen_s"],
    selProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "sel.proto"],
    selIfindex: [48, s32, "sel.ifindex"],
    selUser: [52, u32, "sel.user"],
    idDaddr: [56, address(16, "family"), "id.daddr"],
    idSpi: [72, be32, "id.spi"],
    idProto: [76, enumOf(u8, "IPPROTO_", IPPROTO), "id.proto"],
    saddr: [80, address(16, "family")],
    lftSoftByteLimit: [96, u64, "lft.soft_byte_limit"],
    lftHardByteLimit: [104, u64, "lft.hard_byte_limit"],
    lftSoftPacketLimit: [112, u64, "lft.soft_packet_limit"],
    lftHardPacketLimit: [120, u64, "lft.hard_packet_limit"],
    lftSoftAddExpiresSeconds: [128, u64, "lft.soft_add_expires_seconds"],
    lftHardAddExpiresSeconds: [136, u64, "lft.hard_add_expires_seconds"],
    lftSoftUseExpiresSeconds: [144, u64, "lft.soft_use_expires_seconds"],
    lftHardUseExpiresSeconds: [152, u64, "lft.hard_use_expires_seconds"],
    curlftBytes: [160, u64, "curlft.bytes"],
    curlftPackets: [168, u64, "curlft.packets"],
    curlftAddTime: [176, u64, "curlft.add_time"],
    curlftUseTime: [184, u64, "curlft.use_time"],
    statsReplayWindow: [192, u32, "stats.replay_window"],
    statsReplay: [196, u32, "stats.replay"],
    statsIntegrityFailed: [200, u32, "stats.integrity_failed"],
    seq: [204, u32],
    reqid: [208, u32],
    mode: [214, enumOf(u8, "XFRM_MODE_", XFRM_MODE)],
    replayWindow: [215, u8],
    flags: [216, flagsOf(u8, "XFRM_STATE_", XFRM_STATE)],
  }),
);

/** What names an association. */
export interface XfrmStateId {
  /** AF. */
  family: number;
  /** Destination. */
  daddr: string;
  /** Index of the association (SPI). */
  spi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  proto: number;
}
/** struct xfrm_usersa_id. */
export const xfrmStateId: Struct<XfrmStateId> = /* @__PURE__ */ struct<XfrmStateId>("xfrm_usersa_id", "", 24, () => ({
  family: [20, enumOf(u16, "AF_", AF)],
  daddr: [0, address(16, "family")],
  spi: [16, be32],
  proto: [22, enumOf(u8, "IPPROTO_", IPPROTO)],
}));

/** A policy: XFRM_MSG_NEWPOLICY and UPDPOLICY. */
export interface XfrmPolicyInfo {
  /** AF of the selector. */
  selFamily: number;
  /** Destination network. */
  selDaddr: string;
  /** Source network. */
  selSaddr: string;
  /** Destination port. */
  selDport: number;
  /** Which bits of it count. */
  selDportMask: number;
  /** Source port. */
  selSport: number;
  /** Which bits of it count. */
  selSportMask: number;
  /** Bits of the destination that count. */
  selPrefixlenD: number;
  /** Bits of the source that count. */
  selPrefixlenS: number;
  /** IPPROTO; 0: any. */
  selProto: number;
  /** Index of the link; 0: any. */
  selIfindex: number;
  /** User; 0: any. */
  selUser: number;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  lftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  lftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  lftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  lftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  lftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  lftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  lftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  lftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  curlftBytes: bigint;
  /** Packets so far. */
  curlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  curlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  curlftUseTime: bigint;
  /** The lowest is asked first. */
  priority: number;
  /** Its number. */
  index: number;
  /** XFRM_POLICY. */
  dir: number;
  /** 0 allow, 1 block. */
  action: number;
  /** 1 sockets may have their own, 2 ICMP errors too. */
  flags: number;
  /** Who may share it: 0 any. */
  share: number;
}
/** struct xfrm_userpolicy_info. */
export const xfrmPolicyInfo: Struct<XfrmPolicyInfo> = /* @__PURE__ */ struct<XfrmPolicyInfo>(
  "xfrm_userpolicy_info",
  "",
  168,
  () => ({
    selFamily: [40, enumOf(u16, "AF_", AF), "sel.family"],
    selDaddr: [0, address(16, "selFamily"), "sel.daddr"],
    selSaddr: [16, address(16, "selFamily"), "sel.saddr"],
    selDport: [32, be16, "sel.dport"],
    selDportMask: [34, be16, "sel.dport_mask"],
    selSport: [36, be16, "sel.sport"],
    selSportMask: [38, be16, "sel.sport_mask"],
    selPrefixlenD: [42, u8, "sel.prefixlen_d"],
    selPrefixlenS: [43, u8, "sel.prefixlen_s"],
    selProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "sel.proto"],
    selIfindex: [48, s32, "sel.ifindex"],
    selUser: [52, u32, "sel.user"],
    lftSoftByteLimit: [56, u64, "lft.soft_byte_limit"],
    lftHardByteLimit: [64, u64, "lft.hard_byte_limit"],
    lftSoftPacketLimit: [72, u64, "lft.soft_packet_limit"],
    lftHardPacketLimit: [80, u64, "lft.hard_packet_limit"],
    lftSoftAddExpiresSeconds: [88, u64, "lft.soft_add_expires_seconds"],
    lftHardAddExpiresSeconds: [96, u64, "lft.hard_add_expires_seconds"],
    lftSoftUseExpiresSeconds: [104, u64, "lft.soft_use_expires_seconds"],
    lftHardUseExpiresSeconds: [112, u64, "lft.hard_use_expires_seconds"],
    curlftBytes: [120, u64, "curlft.bytes"],
    curlftPackets: [128, u64, "curlft.packets"],
    curlftAddTime: [136, u64, "curlft.add_time"],
    curlftUseTime: [144, u64, "curlft.use_time"],
    priority: [152, u32],
    index: [156, u32],
    dir: [160, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY)],
    action: [161, u8],
    flags: [162, u8],
    share: [163, u8],
  }),
);

/** What names a policy. */
export interface XfrmPolicyId {
  /** AF of the selector. */
  selFamily: number;
  /** Destination network. */
  selDaddr: string;
  /** Source network. */
  selSaddr: string;
  /** Destination port. */
  selDport: number;
  /** Which bits of it count. */
  selDportMask: number;
  /** Source port. */
  selSport: number;
  /** Which bits of it count. */
  selSportMask: number;
  /** Bits of the destination that count. */
  selPrefixlenD: number;
  /** Bits of the source that count. */
  selPrefixlenS: number;
  /** IPPROTO; 0: any. */
  selProto: number;
  /** Index of the link; 0: any. */
  selIfindex: number;
  /** User; 0: any. */
  selUser: number;
  /** Its number; 0: the selector names it. */
  index: number;
  /** XFRM_POLICY. */
  dir: number;
}
/** struct xfrm_userpolicy_id. */
export const xfrmPolicyId: Struct<XfrmPolicyId> = /* @__PURE__ */ struct<XfrmPolicyId>(
  "xfrm_userpolicy_id",
  "",
  64,
  () => ({
    selFamily: [40, enumOf(u16, "AF_", AF), "sel.family"],
    selDaddr: [0, address(16, "selFamily"), "sel.daddr"],
    selSaddr: [16, address(16, "selFamily"), "sel.saddr"],
    selDport: [32, be16, "sel.dport"],
    selDportMask: [34, be16, "sel.dport_mask"],
    selSport: [36, be16, "sel.sport"],
    selSportMask: [38, be16, "sel.sport_mask"],
    selPrefixlenD: [42, u8, "sel.prefixlen_d"],
    selPrefixlenS: [43, u8, "sel.prefixlen_s"],
    selProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "sel.proto"],
    selIfindex: [48, s32, "sel.ifindex"],
    selUser: [52, u32, "sel.user"],
    index: [56, u32],
    dir: [60, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY)],
  }),
);

/** A request for a free index: XFRM_MSG_ALLOCSPI. */
export interface XfrmSpiInfo {
  /** AF of the association. */
  infoFamily: number;
  /** AF of the selector. */
  infoSelFamily: number;
  /** Destination network. */
  infoSelDaddr: string;
  /** Source network. */
  infoSelSaddr: string;
  /** Destination port. */
  infoSelDport: number;
  /** Which bits of it count. */
  infoSelDportMask: number;
  /** Source port. */
  infoSelSport: number;
  /** Which bits of it count. */
  infoSelSportMask: number;
  /** Bits of the destination that count. */
  infoSelPrefixlenD: number;
  /** Bits of the source that count. */
  infoSelPrefixlenS: number;
  /** IPPROTO; 0: any. */
  infoSelProto: number;
  /** Index of the link; 0: any. */
  infoSelIfindex: number;
  /** User; 0: any. */
  infoSelUser: number;
  /** Destination. */
  infoIdDaddr: string;
  /** Index of the association (SPI). */
  infoIdSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  infoIdProto: number;
  /** Source. */
  infoSaddr: string;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  infoLftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  infoLftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  infoLftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  infoLftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  infoLftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  infoLftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  infoLftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  infoLftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  infoCurlftBytes: bigint;
  /** Packets so far. */
  infoCurlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  infoCurlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  infoCurlftUseTime: bigint;
  /** Packets too old for the replay window. */
  infoStatsReplayWindow: number;
  /** Packets that came twice. */
  infoStatsReplay: number;
  /** Packets with a wrong checksum. */
  infoStatsIntegrityFailed: number;
  /** Number of the request that it answers. */
  infoSeq: number;
  /** Id that policies name it by. */
  infoReqid: number;
  /** XFRM_MODE. */
  infoMode: number;
  /** Packets that may come late. */
  infoReplayWindow: number;
  /** XFRM_STATE. */
  infoFlags: number;
  /** The lowest that will do. */
  min: number;
  /** The highest. */
  max: number;
}
/** struct xfrm_userspi_info. */
export const xfrmSpiInfo: Struct<XfrmSpiInfo> = /* @__PURE__ */ struct<XfrmSpiInfo>(
  "xfrm_userspi_info",
  "",
  232,
  () => ({
    infoFamily: [212, enumOf(u16, "AF_", AF), "info.family"],
    infoSelFamily: [40, enumOf(u16, "AF_", AF), "info.sel.family"],
    infoSelDaddr: [0, address(16, "infoSelFamily"), "info.sel.daddr"],
    infoSelSaddr: [16, address(16, "infoSelFamily"), "info.sel.saddr"],
    infoSelDport: [32, be16, "info.sel.dport"],
    infoSelDportMask: [34, be16, "info.sel.dport_mask"],
    infoSelSport: [36, be16, "info.sel.sport"],
    infoSelSportMask: [38, be16, "info.sel.sport_mask"],
    infoSelPrefixlenD: [42, u8, "info.sel.prefixlen_d"],
    infoSelPrefixlenS: [43, u8, "info.sel.prefixlen_s"],
    infoSelProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "info.sel.proto"],
    infoSelIfindex: [48, s32, "info.sel.ifindex"],
    infoSelUser: [52, u32, "info.sel.user"],
    infoIdDaddr: [56, address(16, "infoFamily"), "info.id.daddr"],
    infoIdSpi: [72, be32, "info.id.spi"],
    infoIdProto: [76, enumOf(u8, "IPPROTO_", IPPROTO), "info.id.proto"],
    infoSaddr: [80, address(16, "infoFamily"), "info.saddr"],
    infoLftSoftByteLimit: [96, u64, "info.lft.soft_byte_limit"],
    infoLftHardByteLimit: [104, u64, "info.lft.hard_byte_limit"],
    infoLftSoftPacketLimit: [112, u64, "info.lft.soft_packet_limit"],
    infoLftHardPacketLimit: [120, u64, "info.lft.hard_packet_limit"],
    infoLftSoftAddExpiresSeconds: [128, u64, "info.lft.soft_add_expires_seconds"],
    infoLftHardAddExpiresSeconds: [136, u64, "info.lft.hard_add_expires_seconds"],
    infoLftSoftUseExpiresSeconds: [144, u64, "info.lft.soft_use_expires_seconds"],
    infoLftHardUseExpiresSeconds: [152, u64, "info.lft.hard_use_expires_seconds"],
    infoCurlftBytes: [160, u64, "info.curlft.bytes"],
    infoCurlftPackets: [168, u64, "info.curlft.packets"],
    infoCurlftAddTime: [176, u64, "info.curlft.add_time"],
    infoCurlftUseTime: [184, u64, "info.curlft.use_time"],
    infoStatsReplayWindow: [192, u32, "info.stats.replay_window"],
    infoStatsReplay: [196, u32, "info.stats.replay"],
    infoStatsIntegrityFailed: [200, u32, "info.stats.integrity_failed"],
    infoSeq: [204, u32, "info.seq"],
    infoReqid: [208, u32, "info.reqid"],
    infoMode: [214, enumOf(u8, "XFRM_MODE_", XFRM_MODE), "info.mode"],
    infoReplayWindow: [215, u8, "info.replay_window"],
    infoFlags: [216, flagsOf(u8, "XFRM_STATE_", XFRM_STATE), "info.flags"],
    min: [224, u32],
    max: [228, u32],
  }),
);

/** An association is wanted: XFRM_MSG_ACQUIRE. */
export interface XfrmAcquire {
  /** AF of the selector. */
  selFamily: number;
  /** Destination network. */
  selDaddr: string;
  /** Source network. */
  selSaddr: string;
  /** Destination port. */
  selDport: number;
  /** Which bits of it count. */
  selDportMask: number;
  /** Source port. */
  selSport: number;
  /** Which bits of it count. */
  selSportMask: number;
  /** Bits of the destination that count. */
  selPrefixlenD: number;
  /** Bits of the source that count. */
  selPrefixlenS: number;
  /** IPPROTO; 0: any. */
  selProto: number;
  /** Index of the link; 0: any. */
  selIfindex: number;
  /** User; 0: any. */
  selUser: number;
  /** AF of the selector. */
  policySelFamily: number;
  /** Destination network. */
  policySelDaddr: string;
  /** Source network. */
  policySelSaddr: string;
  /** Destination port. */
  policySelDport: number;
  /** Which bits of it count. */
  policySelDportMask: number;
  /** Source port. */
  policySelSport: number;
  /** Which bits of it count. */
  policySelSportMask: number;
  /** Bits of the destination that count. */
  policySelPrefixlenD: number;
  /** Bits of the source that count. */
  policySelPrefixlenS: number;
  /** IPPROTO; 0: any. */
  policySelProto: number;
  /** Index of the link; 0: any. */
  policySelIfindex: number;
  /** User; 0: any. */
  policySelUser: number;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  policyLftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  policyLftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  policyLftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  policyLftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  policyLftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  policyLftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  policyLftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  policyLftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  policyCurlftBytes: bigint;
  /** Packets so far. */
  policyCurlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  policyCurlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  policyCurlftUseTime: bigint;
  /** The lowest is asked first. */
  policyPriority: number;
  /** Its number. */
  policyIndex: number;
  /** XFRM_POLICY. */
  policyDir: number;
  /** 0 allow, 1 block. */
  policyAction: number;
  /** 1 sockets may have their own, 2 ICMP errors too. */
  policyFlags: number;
  /** Who may share it: 0 any. */
  policyShare: number;
  /** Destination. */
  idDaddr: string;
  /** Index of the association (SPI). */
  idSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  idProto: number;
  /** Source. */
  saddr: string;
  /** Algorithms of integrity that will do, as bits. */
  aalgos: number;
  /** Ciphers. */
  ealgos: number;
  /** Compressions. */
  calgos: number;
  /** Number of the request. */
  seq: number;
}
/** struct xfrm_user_acquire. */
export const xfrmAcquire: Struct<XfrmAcquire> = /* @__PURE__ */ struct<XfrmAcquire>(
  "xfrm_user_acquire",
  "",
  280,
  () => ({
    selFamily: [80, enumOf(u16, "AF_", AF), "sel.family"],
    selDaddr: [40, address(16, "selFamily"), "sel.daddr"],
    selSaddr: [56, address(16, "selFamily"), "sel.saddr"],
    selDport: [72, be16, "sel.dport"],
    selDportMask: [74, be16, "sel.dport_mask"],
    selSport: [76, be16, "sel.sport"],
    selSportMask: [78, be16, "sel.sport_mask"],
    selPrefixlenD: [82, u8, "sel.prefixlen_d"],
    selPrefixlenS: [83, u8, "sel.prefixlen_s"],
    selProto: [84, enumOf(u8, "IPPROTO_", IPPROTO), "sel.proto"],
    selIfindex: [88, s32, "sel.ifindex"],
    selUser: [92, u32, "sel.user"],
    policySelFamily: [136, enumOf(u16, "AF_", AF), "policy.sel.family"],
    policySelDaddr: [96, address(16, "policySelFamily"), "policy.sel.daddr"],
    policySelSaddr: [112, address(16, "policySelFamily"), "policy.sel.saddr"],
    policySelDport: [128, be16, "policy.sel.dport"],
    policySelDportMask: [130, be16, "policy.sel.dport_mask"],
    policySelSport: [132, be16, "policy.sel.sport"],
    policySelSportMask: [134, be16, "policy.sel.sport_mask"],
    policySelPrefixlenD: [138, u8, "policy.sel.prefixlen_d"],
    policySelPrefixlenS: [139, u8, "policy.sel.prefixlen_s"],
    policySelProto: [140, enumOf(u8, "IPPROTO_", IPPROTO), "policy.sel.proto"],
    policySelIfindex: [144, s32, "policy.sel.ifindex"],
    policySelUser: [148, u32, "policy.sel.user"],
    policyLftSoftByteLimit: [152, u64, "policy.lft.soft_byte_limit"],
    policyLftHardByteLimit: [160, u64, "policy.lft.hard_byte_limit"],
    policyLftSoftPacketLimit: [168, u64, "policy.lft.soft_packet_limit"],
    policyLftHardPacketLimit: [176, u64, "policy.lft.hard_packet_limit"],
    policyLftSoftAddExpiresSeconds: [184, u64, "policy.lft.soft_add_expires_seconds"],
    policyLftHardAddExpiresSeconds: [192, u64, "policy.lft.hard_add_expires_seconds"],
    policyLftSoftUseExpiresSeconds: [200, u64, "policy.lft.soft_use_expires_seconds"],
    policyLftHardUseExpiresSeconds: [208, u64, "policy.lft.hard_use_expires_seconds"],
    policyCurlftBytes: [216, u64, "policy.curlft.bytes"],
    policyCurlftPackets: [224, u64, "policy.curlft.packets"],
    policyCurlftAddTime: [232, u64, "policy.curlft.add_time"],
    policyCurlftUseTime: [240, u64, "policy.curlft.use_time"],
    policyPriority: [248, u32, "policy.priority"],
    policyIndex: [252, u32, "policy.index"],
    policyDir: [256, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY), "policy.dir"],
    policyAction: [257, u8, "policy.action"],
    policyFlags: [258, u8, "policy.flags"],
    policyShare: [259, u8, "policy.share"],
    idDaddr: [0, address(16, "selFamily"), "id.daddr"],
    idSpi: [16, be32, "id.spi"],
    idProto: [20, enumOf(u8, "IPPROTO_", IPPROTO), "id.proto"],
    saddr: [24, address(16, "selFamily")],
    aalgos: [264, u32],
    ealgos: [268, u32],
    calgos: [272, u32],
    seq: [276, u32],
  }),
);

/** An association ends, or will: XFRM_MSG_EXPIRE. */
export interface XfrmExpire {
  /** AF of the association. */
  stateFamily: number;
  /** AF of the selector. */
  stateSelFamily: number;
  /** Destination network. */
  stateSelDaddr: string;
  /** Source network. */
  stateSelSaddr: string;
  /** Destination port. */
  stateSelDport: number;
  /** Which bits of it count. */
  stateSelDportMask: number;
  /** Source port. */
  stateSelSport: number;
  /** Which bits of it count. */
  stateSelSportMask: number;
  /** Bits of the destination that count. */
  stateSelPrefixlenD: number;
  /** Bits of the source that count. */
  stateSelPrefixlenS: number;
  /** IPPROTO; 0: any. */
  stateSelProto: number;
  /** Index of the link; 0: any. */
  stateSelIfindex: number;
  /** User; 0: any. */
  stateSelUser: number;
  /** Destination. */
  stateIdDaddr: string;
  /** Index of the association (SPI). */
  stateIdSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  stateIdProto: number;
  /** Source. */
  stateSaddr: string;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  stateLftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  stateLftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  stateLftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  stateLftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  stateLftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  stateLftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  stateLftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  stateLftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  stateCurlftBytes: bigint;
  /** Packets so far. */
  stateCurlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  stateCurlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  stateCurlftUseTime: bigint;
  /** Packets too old for the replay window. */
  stateStatsReplayWindow: number;
  /** Packets that came twice. */
  stateStatsReplay: number;
  /** Packets with a wrong checksum. */
  stateStatsIntegrityFailed: number;
  /** Number of the request that it answers. */
  stateSeq: number;
  /** Id that policies name it by. */
  stateReqid: number;
  /** XFRM_MODE. */
  stateMode: number;
  /** Packets that may come late. */
  stateReplayWindow: number;
  /** XFRM_STATE. */
  stateFlags: number;
  /** 1: it has ended, 0: a warning. */
  hard: number;
}
/** struct xfrm_user_expire. */
export const xfrmExpire: Struct<XfrmExpire> = /* @__PURE__ */ struct<XfrmExpire>("xfrm_user_expire", "", 232, () => ({
  stateFamily: [212, enumOf(u16, "AF_", AF), "state.family"],
  stateSelFamily: [40, enumOf(u16, "AF_", AF), "state.sel.family"],
  stateSelDaddr: [0, address(16, "stateSelFamily"), "state.sel.daddr"],
  stateSelSaddr: [16, address(16, "stateSelFamily"), "state.sel.saddr"],
  stateSelDport: [32, be16, "state.sel.dport"],
  stateSelDportMask: [34, be16, "state.sel.dport_mask"],
  stateSelSport: [36, be16, "state.sel.sport"],
  stateSelSportMask: [38, be16, "state.sel.sport_mask"],
  stateSelPrefixlenD: [42, u8, "state.sel.prefixlen_d"],
  stateSelPrefixlenS: [43, u8, "state.sel.prefixlen_s"],
  stateSelProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "state.sel.proto"],
  stateSelIfindex: [48, s32, "state.sel.ifindex"],
  stateSelUser: [52, u32, "state.sel.user"],
  stateIdDaddr: [56, address(16, "stateFamily"), "state.id.daddr"],
  stateIdSpi: [72, be32, "state.id.spi"],
  stateIdProto: [76, enumOf(u8, "IPPROTO_", IPPROTO), "state.id.proto"],
  stateSaddr: [80, address(16, "stateFamily"), "state.saddr"],
  stateLftSoftByteLimit: [96, u64, "state.lft.soft_byte_limit"],
  stateLftHardByteLimit: [104, u64, "state.lft.hard_byte_limit"],
  stateLftSoftPacketLimit: [112, u64, "state.lft.soft_packet_limit"],
  stateLftHardPacketLimit: [120, u64, "state.lft.hard_packet_limit"],
  stateLftSoftAddExpiresSeconds: [128, u64, "state.lft.soft_add_expires_seconds"],
  stateLftHardAddExpiresSeconds: [136, u64, "state.lft.hard_add_expires_seconds"],
  stateLftSoftUseExpiresSeconds: [144, u64, "state.lft.soft_use_expires_seconds"],
  stateLftHardUseExpiresSeconds: [152, u64, "state.lft.hard_use_expires_seconds"],
  stateCurlftBytes: [160, u64, "state.curlft.bytes"],
  stateCurlftPackets: [168, u64, "state.curlft.packets"],
  stateCurlftAddTime: [176, u64, "state.curlft.add_time"],
  stateCurlftUseTime: [184, u64, "state.curlft.use_time"],
  stateStatsReplayWindow: [192, u32, "state.stats.replay_window"],
  stateStatsReplay: [196, u32, "state.stats.replay"],
  stateStatsIntegrityFailed: [200, u32, "state.stats.integrity_failed"],
  stateSeq: [204, u32, "state.seq"],
  stateReqid: [208, u32, "state.reqid"],
  stateMode: [214, enumOf(u8, "XFRM_MODE_", XFRM_MODE), "state.mode"],
  stateReplayWindow: [215, u8, "state.replay_window"],
  stateFlags: [216, flagsOf(u8, "XFRM_STATE_", XFRM_STATE), "state.flags"],
  hard: [224, u8],
}));

/** A policy ends, or will: XFRM_MSG_POLEXPIRE. */
export interface XfrmPolicyExpire {
  /** AF of the selector. */
  polSelFamily: number;
  /** Destination network. */
  polSelDaddr: string;
  /** Source network. */
  polSelSaddr: string;
  /** Destination port. */
  polSelDport: number;
  /** Which bits of it count. */
  polSelDportMask: number;
  /** Source port. */
  polSelSport: number;
  /** Which bits of it count. */
  polSelSportMask: number;
  /** Bits of the destination that count. */
  polSelPrefixlenD: number;
  /** Bits of the source that count. */
  polSelPrefixlenS: number;
  /** IPPROTO; 0: any. */
  polSelProto: number;
  /** Index of the link; 0: any. */
  polSelIfindex: number;
  /** User; 0: any. */
  polSelUser: number;
  /** Bytes after which a warning comes; 2 ** 64 - 1: none. */
  polLftSoftByteLimit: bigint;
  /** Bytes after which it ends. */
  polLftHardByteLimit: bigint;
  /** Packets after which a warning comes. */
  polLftSoftPacketLimit: bigint;
  /** Packets after which it ends. */
  polLftHardPacketLimit: bigint;
  /** Seconds from its making to a warning; 0: none. */
  polLftSoftAddExpiresSeconds: bigint;
  /** Seconds from its making to its end. */
  polLftHardAddExpiresSeconds: bigint;
  /** Seconds from its first use to a warning. */
  polLftSoftUseExpiresSeconds: bigint;
  /** Seconds from its first use to its end. */
  polLftHardUseExpiresSeconds: bigint;
  /** Bytes so far. */
  polCurlftBytes: bigint;
  /** Packets so far. */
  polCurlftPackets: bigint;
  /** When it was made: seconds since 1970. */
  polCurlftAddTime: bigint;
  /** When it was first used: seconds since 1970; 0: never. */
  polCurlftUseTime: bigint;
  /** The lowest is asked first. */
  polPriority: number;
  /** Its number. */
  polIndex: number;
  /** XFRM_POLICY. */
  polDir: number;
  /** 0 allow, 1 block. */
  polAction: number;
  /** 1 sockets may have their own, 2 ICMP errors too. */
  polFlags: number;
  /** Who may share it: 0 any. */
  polShare: number;
  /** 1: it has ended, 0: a warning. */
  hard: number;
}
/** struct xfrm_user_polexpire. */
export const xfrmPolicyExpire: Struct<XfrmPolicyExpire> = /* @__PURE__ */ struct<XfrmPolicyExpire>(
  "xfrm_user_polexpire",
  "",
  176,
  () => ({
    polSelFamily: [40, enumOf(u16, "AF_", AF), "pol.sel.family"],
    polSelDaddr: [0, address(16, "polSelFamily"), "pol.sel.daddr"],
    polSelSaddr: [16, address(16, "polSelFamily"), "pol.sel.saddr"],
    polSelDport: [32, be16, "pol.sel.dport"],
    polSelDportMask: [34, be16, "pol.sel.dport_mask"],
    polSelSport: [36, be16, "pol.sel.sport"],
    polSelSportMask: [38, be16, "pol.sel.sport_mask"],
    polSelPrefixlenD: [42, u8, "pol.sel.prefixlen_d"],
    polSelPrefixlenS: [43, u8, "pol.sel.prefixlen_s"],
    polSelProto: [44, enumOf(u8, "IPPROTO_", IPPROTO), "pol.sel.proto"],
    polSelIfindex: [48, s32, "pol.sel.ifindex"],
    polSelUser: [52, u32, "pol.sel.user"],
    polLftSoftByteLimit: [56, u64, "pol.lft.soft_byte_limit"],
    polLftHardByteLimit: [64, u64, "pol.lft.hard_byte_limit"],
    polLftSoftPacketLimit: [72, u64, "pol.lft.soft_packet_limit"],
    polLftHardPacketLimit: [80, u64, "pol.lft.hard_packet_limit"],
    polLftSoftAddExpiresSeconds: [88, u64, "pol.lft.soft_add_expires_seconds"],
    polLftHardAddExpiresSeconds: [96, u64, "pol.lft.hard_add_expires_seconds"],
    polLftSoftUseExpiresSeconds: [104, u64, "pol.lft.soft_use_expires_seconds"],
    polLftHardUseExpiresSeconds: [112, u64, "pol.lft.hard_use_expires_seconds"],
    polCurlftBytes: [120, u64, "pol.curlft.bytes"],
    polCurlftPackets: [128, u64, "pol.curlft.packets"],
    polCurlftAddTime: [136, u64, "pol.curlft.add_time"],
    polCurlftUseTime: [144, u64, "pol.curlft.use_time"],
    polPriority: [152, u32, "pol.priority"],
    polIndex: [156, u32, "pol.index"],
    polDir: [160, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY), "pol.dir"],
    polAction: [161, u8, "pol.action"],
    polFlags: [162, u8, "pol.flags"],
    polShare: [163, u8, "pol.share"],
    hard: [168, u8],
  }),
);

/** All associations are to go: XFRM_MSG_FLUSHSA. */
export interface XfrmStateFlush {
  /** Of this IPPROTO alone; 0 or 255: all. */
  proto: number;
}
/** struct xfrm_usersa_flush. */
export const xfrmStateFlush: Struct<XfrmStateFlush> = /* @__PURE__ */ struct<XfrmStateFlush>(
  "xfrm_usersa_flush",
  "",
  1,
  () => ({
    proto: [0, enumOf(u8, "IPPROTO_", IPPROTO)],
  }),
);

/** How far an association has come: XFRM_MSG_NEWAE and GETAE. */
export interface XfrmEventId {
  /** AF. */
  saIdFamily: number;
  /** Destination. */
  saIdDaddr: string;
  /** Index of the association (SPI). */
  saIdSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  saIdProto: number;
  /** Source. */
  saddr: string;
  /** XFRM_AE_*: what it tells, and why. */
  flags: number;
  /** Id that policies name it by. */
  reqid: number;
}
/** struct xfrm_aevent_id. */
export const xfrmEventId: Struct<XfrmEventId> = /* @__PURE__ */ struct<XfrmEventId>("xfrm_aevent_id", "", 48, () => ({
  saIdFamily: [20, enumOf(u16, "AF_", AF), "sa_id.family"],
  saIdDaddr: [0, address(16, "saIdFamily"), "sa_id.daddr"],
  saIdSpi: [16, be32, "sa_id.spi"],
  saIdProto: [22, enumOf(u8, "IPPROTO_", IPPROTO), "sa_id.proto"],
  saddr: [24, address(16, "saIdFamily")],
  flags: [40, u32],
  reqid: [44, u32],
}));

/** A packet met no policy: XFRM_MSG_REPORT. */
export interface XfrmReport {
  /** IPPROTO. */
  proto: number;
  /** AF of the selector. */
  selFamily: number;
  /** Destination network. */
  selDaddr: string;
  /** Source network. */
  selSaddr: string;
  /** Destination port. */
  selDport: number;
  /** Which bits of it count. */
  selDportMask: number;
  /** Source port. */
  selSport: number;
  /** Which bits of it count. */
  selSportMask: number;
  /** Bits of the destination that count. */
  selPrefixlenD: number;
  /** Bits of the source that count. */
  selPrefixlenS: number;
  /** IPPROTO; 0: any. */
  selProto: number;
  /** Index of the link; 0: any. */
  selIfindex: number;
  /** User; 0: any. */
  selUser: number;
}
/** struct xfrm_user_report. */
export const xfrmReport: Struct<XfrmReport> = /* @__PURE__ */ struct<XfrmReport>("xfrm_user_report", "", 60, () => ({
  proto: [0, enumOf(u8, "IPPROTO_", IPPROTO)],
  selFamily: [44, enumOf(u16, "AF_", AF), "sel.family"],
  selDaddr: [4, address(16, "selFamily"), "sel.daddr"],
  selSaddr: [20, address(16, "selFamily"), "sel.saddr"],
  selDport: [36, be16, "sel.dport"],
  selDportMask: [38, be16, "sel.dport_mask"],
  selSport: [40, be16, "sel.sport"],
  selSportMask: [42, be16, "sel.sport_mask"],
  selPrefixlenD: [46, u8, "sel.prefixlen_d"],
  selPrefixlenS: [47, u8, "sel.prefixlen_s"],
  selProto: [48, enumOf(u8, "IPPROTO_", IPPROTO), "sel.proto"],
  selIfindex: [52, s32, "sel.ifindex"],
  selUser: [56, u32, "sel.user"],
}));

/** The other side of a NAT has another address: XFRM_MSG_MAPPING. */
export interface XfrmMapping {
  /** AF. */
  idFamily: number;
  /** Destination. */
  idDaddr: string;
  /** Index of the association (SPI). */
  idSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  idProto: number;
  /** Id that policies name it by. */
  reqid: number;
  /** Source before. */
  oldSaddr: string;
  /** Source now. */
  newSaddr: string;
  /** Port before. */
  oldSport: number;
  /** Port now. */
  newSport: number;
}
/** struct xfrm_user_mapping. */
export const xfrmMapping: Struct<XfrmMapping> = /* @__PURE__ */ struct<XfrmMapping>(
  "xfrm_user_mapping",
  "",
  64,
  () => ({
    idFamily: [20, enumOf(u16, "AF_", AF), "id.family"],
    idDaddr: [0, address(16, "idFamily"), "id.daddr"],
    idSpi: [16, be32, "id.spi"],
    idProto: [22, enumOf(u8, "IPPROTO_", IPPROTO), "id.proto"],
    reqid: [24, u32],
    oldSaddr: [28, address(16, "idFamily")],
    newSaddr: [44, address(16, "idFamily")],
    oldSport: [60, be16],
    newSport: [62, be16],
  }),
);

/** What becomes of packets without policy: 1 block, 2 accept. */
export interface XfrmDefaultPolicy {
  /** Received. */
  in: number;
  /** Passed on. */
  fwd: number;
  /** Sent. */
  out: number;
}
/** struct xfrm_userpolicy_default. */
export const xfrmDefaultPolicy: Struct<XfrmDefaultPolicy> = /* @__PURE__ */ struct<XfrmDefaultPolicy>(
  "xfrm_userpolicy_default",
  "",
  3,
  () => ({
    in: [0, u8],
    fwd: [1, u8],
    out: [2, u8],
  }),
);

/** An association moves: XFRM_MSG_MIGRATE_STATE. */
export interface XfrmMigrateState {
  /** AF. */
  idFamily: number;
  /** Destination. */
  idDaddr: string;
  /** Index of the association (SPI). */
  idSpi: number;
  /** IPPROTO: ESP 50, AH 51, COMP 108. */
  idProto: number;
  /** AF then. */
  newFamily: number;
  /** Destination then. */
  newDaddr: string;
  /** Source then. */
  newSaddr: string;
  /** Its mark. */
  oldMarkV: number;
  /** Which bits of it count. */
  oldMarkM: number;
  /** AF of the selector. */
  newSelFamily: number;
  /** Destination network. */
  newSelDaddr: string;
  /** Source network. */
  newSelSaddr: string;
  /** Destination port. */
  newSelDport: number;
  /** Which bits of it count. */
  newSelDportMask: number;
  /** Source port. */
  newSelSport: number;
  /** Which bits of it count. */
  newSelSportMask: number;
  /** Bits of the destination that count. */
  newSelPrefixlenD: number;
  /** Bits of the source that count. */
  newSelPrefixlenS: number;
  /** IPPROTO; 0: any. */
  newSelProto: number;
  /** Index of the link; 0: any. */
  newSelIfindex: number;
  /** User; 0: any. */
  newSelUser: number;
  /** Id then. */
  newReqid: number;
  /** What comes along. */
  flags: number;
}
/** struct xfrm_user_migrate_state. */
export const xfrmMigrateState: Struct<XfrmMigrateState> = /* @__PURE__ */ struct<XfrmMigrateState>(
  "xfrm_user_migrate_state",
  "",
  132,
  () => ({
    idFamily: [20, enumOf(u16, "AF_", AF), "id.family"],
    idDaddr: [0, address(16, "idFamily"), "id.daddr"],
    idSpi: [16, be32, "id.spi"],
    idProto: [22, enumOf(u8, "IPPROTO_", IPPROTO), "id.proto"],
    newFamily: [128, enumOf(u16, "AF_", AF)],
    newDaddr: [24, address(16, "newFamily")],
    newSaddr: [40, address(16, "newFamily")],
    oldMarkV: [56, u32, "old_mark.v"],
    oldMarkM: [60, u32, "old_mark.m"],
    newSelFamily: [104, enumOf(u16, "AF_", AF), "new_sel.family"],
    newSelDaddr: [64, address(16, "newSelFamily"), "new_sel.daddr"],
    newSelSaddr: [80, address(16, "newSelFamily"), "new_sel.saddr"],
    newSelDport: [96, be16, "new_sel.dport"],
    newSelDportMask: [98, be16, "new_sel.dport_mask"],
    newSelSport: [100, be16, "new_sel.sport"],
    newSelSportMask: [102, be16, "new_sel.sport_mask"],
    newSelPrefixlenD: [106, u8, "new_sel.prefixlen_d"],
    newSelPrefixlenS: [107, u8, "new_sel.prefixlen_s"],
    newSelProto: [108, enumOf(u8, "IPPROTO_", IPPROTO), "new_sel.proto"],
    newSelIfindex: [112, s32, "new_sel.ifindex"],
    newSelUser: [116, u32, "new_sel.user"],
    newReqid: [120, u32],
    flags: [124, u32],
  }),
);
