// The messages of NETLINK_AUDIT: its state as structs, records as text.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Struct, Tailed } from "../../codec/codec.ts";
import { type OpaqueBody, opaqueBody } from "../../codec/control.ts";
import { body, type HeaderAndAttrs, tailed } from "../../codec/nests.ts";
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { string } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import {
  type AuditFeatures,
  type AuditStatus,
  type AuditTty,
  auditFeatures,
  auditStatus,
  auditTty,
} from "./structs.ts";

/** Records: what the kernel and programs write down. */
const RECORDS = {
  AUDIT_USER: 1005,
  AUDIT_LOGIN: 1006,
  AUDIT_USER_AVC: 1107,
  AUDIT_USER_TTY: 1124,
  AUDIT_DAEMON_START: 1200,
  AUDIT_DAEMON_END: 1201,
  AUDIT_DAEMON_ABORT: 1202,
  AUDIT_DAEMON_CONFIG: 1203,
  AUDIT_SYSCALL: 1300,
  AUDIT_PATH: 1302,
  AUDIT_IPC: 1303,
  AUDIT_SOCKETCALL: 1304,
  AUDIT_CONFIG_CHANGE: 1305,
  AUDIT_SOCKADDR: 1306,
  AUDIT_CWD: 1307,
  AUDIT_EXECVE: 1309,
  AUDIT_IPC_SET_PERM: 1311,
  AUDIT_MQ_OPEN: 1312,
  AUDIT_MQ_SENDRECV: 1313,
  AUDIT_MQ_NOTIFY: 1314,
  AUDIT_MQ_GETSETATTR: 1315,
  AUDIT_KERNEL_OTHER: 1316,
  AUDIT_FD_PAIR: 1317,
  AUDIT_OBJ_PID: 1318,
  AUDIT_TTY: 1319,
  AUDIT_EOE: 1320,
  AUDIT_BPRM_FCAPS: 1321,
  AUDIT_CAPSET: 1322,
  AUDIT_MMAP: 1323,
  AUDIT_NETFILTER_PKT: 1324,
  AUDIT_NETFILTER_CFG: 1325,
  AUDIT_SECCOMP: 1326,
  AUDIT_PROCTITLE: 1327,
  AUDIT_FEATURE_CHANGE: 1328,
  AUDIT_REPLACE: 1329,
  AUDIT_KERN_MODULE: 1330,
  AUDIT_FANOTIFY: 1331,
  AUDIT_TIME_INJOFFSET: 1332,
  AUDIT_TIME_ADJNTPVAL: 1333,
  AUDIT_BPF: 1334,
  AUDIT_EVENT_LISTENER: 1335,
  AUDIT_URINGOP: 1336,
  AUDIT_OPENAT2: 1337,
  AUDIT_DM_CTRL: 1338,
  AUDIT_DM_EVENT: 1339,
  AUDIT_AVC: 1400,
  AUDIT_SELINUX_ERR: 1401,
  AUDIT_AVC_PATH: 1402,
  AUDIT_MAC_POLICY_LOAD: 1403,
  AUDIT_MAC_STATUS: 1404,
  AUDIT_MAC_CONFIG_CHANGE: 1405,
  AUDIT_MAC_UNLBL_ALLOW: 1406,
  AUDIT_MAC_CIPSOV4_ADD: 1407,
  AUDIT_MAC_CIPSOV4_DEL: 1408,
  AUDIT_MAC_MAP_ADD: 1409,
  AUDIT_MAC_MAP_DEL: 1410,
  AUDIT_MAC_IPSEC_ADDSA: 1411,
  AUDIT_MAC_IPSEC_DELSA: 1412,
  AUDIT_MAC_IPSEC_ADDSPD: 1413,
  AUDIT_MAC_IPSEC_DELSPD: 1414,
  AUDIT_MAC_IPSEC_EVENT: 1415,
  AUDIT_MAC_UNLBL_STCADD: 1416,
  AUDIT_MAC_UNLBL_STCDEL: 1417,
  AUDIT_MAC_CALIPSO_ADD: 1418,
  AUDIT_MAC_CALIPSO_DEL: 1419,
  AUDIT_IPE_ACCESS: 1420,
  AUDIT_IPE_CONFIG_CHANGE: 1421,
  AUDIT_IPE_POLICY_LOAD: 1422,
  AUDIT_LANDLOCK_ACCESS: 1423,
  AUDIT_LANDLOCK_DOMAIN: 1424,
  AUDIT_MAC_TASK_CONTEXTS: 1425,
  AUDIT_MAC_OBJ_CONTEXTS: 1426,
  AUDIT_ANOM_PROMISCUOUS: 1700,
  AUDIT_ANOM_ABEND: 1701,
  AUDIT_ANOM_LINK: 1702,
  AUDIT_ANOM_CREAT: 1703,
  AUDIT_INTEGRITY_DATA: 1800,
  AUDIT_INTEGRITY_METADATA: 1801,
  AUDIT_INTEGRITY_STATUS: 1802,
  AUDIT_INTEGRITY_HASH: 1803,
  AUDIT_INTEGRITY_PCR: 1804,
  AUDIT_INTEGRITY_RULE: 1805,
  AUDIT_INTEGRITY_EVM_XATTR: 1806,
  AUDIT_INTEGRITY_POLICY_RULE: 1807,
  AUDIT_INTEGRITY_USERSPACE: 1808,
  AUDIT_KERNEL: 2000,
} as const;
/** Requests about rules and trees, which are not taken apart. */
const RULES = {
  AUDIT_LIST: 1002,
  AUDIT_ADD: 1003,
  AUDIT_DEL: 1004,
  AUDIT_WATCH_INS: 1007,
  AUDIT_WATCH_REM: 1008,
  AUDIT_WATCH_LIST: 1009,
  AUDIT_SIGNAL_INFO: 1010,
  AUDIT_ADD_RULE: 1011,
  AUDIT_DEL_RULE: 1012,
  AUDIT_LIST_RULES: 1013,
  AUDIT_TRIM: 1014,
  AUDIT_MAKE_EQUIV: 1015,
} as const;
/** Messages without attributes. */
export type AuditNoAttrs = Attrs;
/** A table without attributes. */
export const auditNoAttrs: AttrTable<AuditNoAttrs> = /* @__PURE__ */ attrs<AuditNoAttrs>("AUDIT_", () => ({}));
/* @__NO_SIDE_EFFECTS__ */
const of = <H extends object>(header: Struct<H>): Body<HeaderAndAttrs<H, AuditNoAttrs>> =>
  body<H, AuditNoAttrs>(header, auditNoAttrs);

/** A record. */
export interface AuditRecord {
  /** "audit(TIME:SERIAL): key=value …", without NUL. */
  text: string;
}
const nothing: Struct<object> = /* @__PURE__ */ struct<object>("nothing", "", 0, () => ({}));
/** The body of a record: text alone. */
export const auditRecord: Tailed<AuditRecord> = /* @__PURE__ */ tailed<AuditRecord, string>(
  nothing,
  "text",
  string,
  "text",
);

/** Requests about rules and trees. */
export type AuditRuleName =
  | "AUDIT_LIST"
  | "AUDIT_ADD"
  | "AUDIT_DEL"
  | "AUDIT_WATCH_INS"
  | "AUDIT_WATCH_REM"
  | "AUDIT_WATCH_LIST"
  | "AUDIT_SIGNAL_INFO"
  | "AUDIT_ADD_RULE"
  | "AUDIT_DEL_RULE"
  | "AUDIT_LIST_RULES"
  | "AUDIT_TRIM"
  | "AUDIT_MAKE_EQUIV";

/** Records. */
export type AuditRecordName =
  | "AUDIT_USER"
  | "AUDIT_LOGIN"
  | "AUDIT_USER_AVC"
  | "AUDIT_USER_TTY"
  | "AUDIT_DAEMON_START"
  | "AUDIT_DAEMON_END"
  | "AUDIT_DAEMON_ABORT"
  | "AUDIT_DAEMON_CONFIG"
  | "AUDIT_SYSCALL"
  | "AUDIT_PATH"
  | "AUDIT_IPC"
  | "AUDIT_SOCKETCALL"
  | "AUDIT_CONFIG_CHANGE"
  | "AUDIT_SOCKADDR"
  | "AUDIT_CWD"
  | "AUDIT_EXECVE"
  | "AUDIT_IPC_SET_PERM"
  | "AUDIT_MQ_OPEN"
  | "AUDIT_MQ_SENDRECV"
  | "AUDIT_MQ_NOTIFY"
  | "AUDIT_MQ_GETSETATTR"
  | "AUDIT_KERNEL_OTHER"
  | "AUDIT_FD_PAIR"
  | "AUDIT_OBJ_PID"
  | "AUDIT_TTY"
  | "AUDIT_EOE"
  | "AUDIT_BPRM_FCAPS"
  | "AUDIT_CAPSET"
  | "AUDIT_MMAP"
  | "AUDIT_NETFILTER_PKT"
  | "AUDIT_NETFILTER_CFG"
  | "AUDIT_SECCOMP"
  | "AUDIT_PROCTITLE"
  | "AUDIT_FEATURE_CHANGE"
  | "AUDIT_REPLACE"
  | "AUDIT_KERN_MODULE"
  | "AUDIT_FANOTIFY"
  | "AUDIT_TIME_INJOFFSET"
  | "AUDIT_TIME_ADJNTPVAL"
  | "AUDIT_BPF"
  | "AUDIT_EVENT_LISTENER"
  | "AUDIT_URINGOP"
  | "AUDIT_OPENAT2"
  | "AUDIT_DM_CTRL"
  | "AUDIT_DM_EVENT"
  | "AUDIT_AVC"
  | "AUDIT_SELINUX_ERR"
  | "AUDIT_AVC_PATH"
  | "AUDIT_MAC_POLICY_LOAD"
  | "AUDIT_MAC_STATUS"
  | "AUDIT_MAC_CONFIG_CHANGE"
  | "AUDIT_MAC_UNLBL_ALLOW"
  | "AUDIT_MAC_CIPSOV4_ADD"
  | "AUDIT_MAC_CIPSOV4_DEL"
  | "AUDIT_MAC_MAP_ADD"
  | "AUDIT_MAC_MAP_DEL"
  | "AUDIT_MAC_IPSEC_ADDSA"
  | "AUDIT_MAC_IPSEC_DELSA"
  | "AUDIT_MAC_IPSEC_ADDSPD"
  | "AUDIT_MAC_IPSEC_DELSPD"
  | "AUDIT_MAC_IPSEC_EVENT"
  | "AUDIT_MAC_UNLBL_STCADD"
  | "AUDIT_MAC_UNLBL_STCDEL"
  | "AUDIT_MAC_CALIPSO_ADD"
  | "AUDIT_MAC_CALIPSO_DEL"
  | "AUDIT_IPE_ACCESS"
  | "AUDIT_IPE_CONFIG_CHANGE"
  | "AUDIT_IPE_POLICY_LOAD"
  | "AUDIT_LANDLOCK_ACCESS"
  | "AUDIT_LANDLOCK_DOMAIN"
  | "AUDIT_MAC_TASK_CONTEXTS"
  | "AUDIT_MAC_OBJ_CONTEXTS"
  | "AUDIT_ANOM_PROMISCUOUS"
  | "AUDIT_ANOM_ABEND"
  | "AUDIT_ANOM_LINK"
  | "AUDIT_ANOM_CREAT"
  | "AUDIT_INTEGRITY_DATA"
  | "AUDIT_INTEGRITY_METADATA"
  | "AUDIT_INTEGRITY_STATUS"
  | "AUDIT_INTEGRITY_HASH"
  | "AUDIT_INTEGRITY_PCR"
  | "AUDIT_INTEGRITY_RULE"
  | "AUDIT_INTEGRITY_EVM_XATTR"
  | "AUDIT_INTEGRITY_POLICY_RULE"
  | "AUDIT_INTEGRITY_USERSPACE"
  | "AUDIT_KERNEL";

/** Every message of `audit`. */
export type AuditMessageType =
  | MessageType<"AUDIT_GET" | "AUDIT_SET", HeaderAndAttrs<AuditStatus, AuditNoAttrs>>
  | MessageType<"AUDIT_SET_FEATURE" | "AUDIT_GET_FEATURE", HeaderAndAttrs<AuditFeatures, AuditNoAttrs>>
  | MessageType<"AUDIT_TTY_GET" | "AUDIT_TTY_SET", HeaderAndAttrs<AuditTty, AuditNoAttrs>>
  | MessageType<AuditRuleName, OpaqueBody>
  | MessageType<AuditRecordName, AuditRecord>;

/** The registry of NETLINK_AUDIT. */
export const audit: Registry<AuditMessageType> = /* @__PURE__ */ (() =>
  registry<AuditMessageType>(
    "NETLINK_AUDIT",
    9,
    messageTypes(of(auditStatus), { AUDIT_GET: 1000, AUDIT_SET: 1001 }),
    messageTypes(of(auditFeatures), { AUDIT_SET_FEATURE: 1018, AUDIT_GET_FEATURE: 1019 }),
    messageTypes(of(auditTty), { AUDIT_TTY_GET: 1016, AUDIT_TTY_SET: 1017 }),
    messageTypes(opaqueBody, RULES),
    messageTypes(auditRecord, RECORDS),
  ))();
