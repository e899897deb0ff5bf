// Structs of NETLINK_AUDIT: its state, its features, what it writes down of terminals.
import type { Struct } from "../../codec/codec.ts";
import { flagsOf, u32 } from "../../codec/int.ts";
import { openStruct, struct } from "../../codec/struct.ts";

/**
 * What a request to set the state means to set, AUDIT_STATUS_* of linux/audit.h.
 * @enum
 */
export const AUDIT_STATUS = {
  ENABLED: 1,
  FAILURE: 2,
  PID: 4,
  RATE_LIMIT: 8,
  BACKLOG_LIMIT: 16,
  BACKLOG_WAIT_TIME: 32,
  LOST: 64,
  BACKLOG_WAIT_TIME_ACTUAL: 128,
} as const;

/** AUDIT_GET and AUDIT_SET. Older kernels know fewer members. */
export interface AuditStatus {
  /** Request: which members count. */
  mask?: number | undefined;
  /** 0 off, 1 on, 2 on until the next start. */
  enabled?: number | undefined;
  /** 0 silent, 1 a line in the kernel's log, 2 panic. */
  failure?: number | undefined;
  /** The audit daemon. */
  pid?: number | undefined;
  /** Records a second at most; 0: no limit. */
  rateLimit?: number | undefined;
  /** Records that may wait. */
  backlogLimit?: number | undefined;
  /** Records that were lost. */
  lost?: number | undefined;
  /** Records that wait. */
  backlog?: number | undefined;
  /** What the kernel can. */
  featureBitmap?: number | undefined;
  /** Jiffies that a process waits for room. */
  backlogWaitTime?: number | undefined;
  /** Jiffies that processes have waited. */
  backlogWaitTimeActual?: number | undefined;
}
/** struct audit_status. */
export const auditStatus: Struct<AuditStatus> = /* @__PURE__ */ openStruct<AuditStatus>("audit_status", "", 44, () => ({
  mask: [0, flagsOf(u32, "AUDIT_STATUS_", AUDIT_STATUS)],
  enabled: [4, u32],
  failure: [8, u32],
  pid: [12, u32],
  rateLimit: [16, u32],
  backlogLimit: [20, u32],
  lost: [24, u32],
  backlog: [28, u32],
  featureBitmap: [32, u32],
  backlogWaitTime: [36, u32],
  backlogWaitTimeActual: [40, u32],
}));

/** AUDIT_GET_FEATURE and AUDIT_SET_FEATURE. */
export interface AuditFeatures {
  /** Version of this: 1. */
  vers: number;
  /** Which bits count. */
  mask: number;
  /** 1 login uids cannot be taken back, 2 they cannot be changed. */
  features: number;
  /** Which bits can never change again. */
  lock: number;
}
/** struct audit_features. */
export const auditFeatures: Struct<AuditFeatures> = /* @__PURE__ */ struct<AuditFeatures>(
  "audit_features",
  "",
  16,
  () => ({
    vers: [0, u32],
    mask: [4, u32],
    features: [8, u32],
    lock: [12, u32],
  }),
);

/** AUDIT_TTY_GET and AUDIT_TTY_SET. */
export interface AuditTty {
  /** 1: what is typed is written down. */
  enabled: number;
  /** 1: also what is not shown. */
  logPasswd: number;
}
/** struct audit_tty_status. */
export const auditTty: Struct<AuditTty> = /* @__PURE__ */ struct<AuditTty>("audit_tty_status", "", 8, () => ({
  enabled: [0, u32],
  logPasswd: [4, u32],
}));
