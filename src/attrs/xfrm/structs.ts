// Structs of NETLINK_XFRM that are messages' headers: associations, policies, and what the kernel tells of them.
import { address } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { type Embedded, embedded } from "../../codec/embedded.ts";
import { be16, be32, enumOf, flagsOf, u8, u16, u32 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";
import { IPPROTO } from "../ip-protocols.ts";
import { type XfrmMark, xfrmMark } from "./parts.ts";
import {
  XFRM_MODE,
  type XfrmId,
  type XfrmLifetime,
  type XfrmLifetimeLimits,
  type XfrmSelector,
  type XfrmStats,
  xfrmId,
  xfrmLifetime,
  xfrmLifetimeLimits,
  xfrmSelector,
  xfrmStats,
} from "./shared.ts";

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
export interface XfrmStateInfo
  extends Embedded<"sel", XfrmSelector>,
    Embedded<"id", XfrmId>,
    Embedded<"lft", XfrmLifetimeLimits>,
    Embedded<"curlft", XfrmLifetime>,
    Embedded<"stats", XfrmStats> {
  /** AF of the association. */
  family: number;
  /** Source. */
  saddr: string;
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
    ...embedded("sel", 0, xfrmSelector),
    ...embedded("id", 56, xfrmId("family")),
    saddr: [80, address(16, "family")],
    ...embedded("lft", 96, xfrmLifetimeLimits),
    ...embedded("curlft", 160, xfrmLifetime),
    ...embedded("stats", 192, xfrmStats),
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
export interface XfrmPolicyInfo
  extends Embedded<"sel", XfrmSelector>,
    Embedded<"lft", XfrmLifetimeLimits>,
    Embedded<"curlft", XfrmLifetime> {
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
    ...embedded("sel", 0, xfrmSelector),
    ...embedded("lft", 56, xfrmLifetimeLimits),
    ...embedded("curlft", 120, xfrmLifetime),
    priority: [152, u32],
    index: [156, u32],
    dir: [160, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY)],
    action: [161, u8],
    flags: [162, u8],
    share: [163, u8],
  }),
);

/** What names a policy. */
export interface XfrmPolicyId extends Embedded<"sel", XfrmSelector> {
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
    ...embedded("sel", 0, xfrmSelector),
    index: [56, u32],
    dir: [60, enumOf(u8, "XFRM_POLICY_", XFRM_POLICY)],
  }),
);

/** A request for a free index: XFRM_MSG_ALLOCSPI. */
export interface XfrmSpiInfo extends Embedded<"info", XfrmStateInfo> {
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
    ...embedded("info", 0, xfrmStateInfo),
    min: [224, u32],
    max: [228, u32],
  }),
);

/** An association is wanted: XFRM_MSG_ACQUIRE. */
export interface XfrmAcquire
  extends Embedded<"sel", XfrmSelector>,
    Embedded<"policy", XfrmPolicyInfo>,
    Embedded<"id", XfrmId> {
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
    ...embedded("sel", 40, xfrmSelector),
    ...embedded("policy", 96, xfrmPolicyInfo),
    ...embedded("id", 0, xfrmId("selFamily")),
    saddr: [24, address(16, "selFamily")],
    aalgos: [264, u32],
    ealgos: [268, u32],
    calgos: [272, u32],
    seq: [276, u32],
  }),
);

/** An association ends, or will: XFRM_MSG_EXPIRE. */
export interface XfrmExpire extends Embedded<"state", XfrmStateInfo> {
  /** 1: it has ended, 0: a warning. */
  hard: number;
}
/** struct xfrm_user_expire. */
export const xfrmExpire: Struct<XfrmExpire> = /* @__PURE__ */ struct<XfrmExpire>("xfrm_user_expire", "", 232, () => ({
  ...embedded("state", 0, xfrmStateInfo),
  hard: [224, u8],
}));

/** A policy ends, or will: XFRM_MSG_POLEXPIRE. */
export interface XfrmPolicyExpire extends Embedded<"pol", XfrmPolicyInfo> {
  /** 1: it has ended, 0: a warning. */
  hard: number;
}
/** struct xfrm_user_polexpire. */
export const xfrmPolicyExpire: Struct<XfrmPolicyExpire> = /* @__PURE__ */ struct<XfrmPolicyExpire>(
  "xfrm_user_polexpire",
  "",
  176,
  () => ({
    ...embedded("pol", 0, xfrmPolicyInfo),
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
export interface XfrmEventId extends Embedded<"saId", XfrmStateId> {
  /** Source. */
  saddr: string;
  /** XFRM_AE_*: what it tells, and why. */
  flags: number;
  /** Id that policies name it by. */
  reqid: number;
}
/** struct xfrm_aevent_id. */
export const xfrmEventId: Struct<XfrmEventId> = /* @__PURE__ */ struct<XfrmEventId>("xfrm_aevent_id", "", 48, () => ({
  ...embedded("saId", 0, xfrmStateId),
  saddr: [24, address(16, "saIdFamily")],
  flags: [40, u32],
  reqid: [44, u32],
}));

/** A packet met no policy: XFRM_MSG_REPORT. */
export interface XfrmReport extends Embedded<"sel", XfrmSelector> {
  /** IPPROTO. */
  proto: number;
}
/** struct xfrm_user_report. */
export const xfrmReport: Struct<XfrmReport> = /* @__PURE__ */ struct<XfrmReport>("xfrm_user_report", "", 60, () => ({
  proto: [0, enumOf(u8, "IPPROTO_", IPPROTO)],
  ...embedded("sel", 4, xfrmSelector),
}));

/** The other side of a NAT has another address: XFRM_MSG_MAPPING. */
export interface XfrmMapping extends Embedded<"id", XfrmStateId> {
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
    ...embedded("id", 0, xfrmStateId),
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
export interface XfrmMigrateState
  extends Embedded<"id", XfrmStateId>,
    Embedded<"oldMark", XfrmMark>,
    Embedded<"newSel", XfrmSelector> {
  /** AF then. */
  newFamily: number;
  /** Destination then. */
  newDaddr: string;
  /** Source then. */
  newSaddr: string;
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
    ...embedded("id", 0, xfrmStateId),
    newFamily: [128, enumOf(u16, "AF_", AF)],
    newDaddr: [24, address(16, "newFamily")],
    newSaddr: [40, address(16, "newFamily")],
    ...embedded("oldMark", 56, xfrmMark),
    ...embedded("newSel", 64, xfrmSelector),
    newReqid: [120, u32],
    flags: [124, u32],
  }),
);
