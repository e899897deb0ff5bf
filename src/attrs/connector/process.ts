// NETLINK_CONNECTOR's events of processes: struct proc_event, whose first member says what follows.

import { chars } from "../../codec/bits.ts";
import type { Sequence, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, s32, u32, u64 } from "../../codec/int.ts";
import { sequence } from "../../codec/sequence.ts";
import { type StructSpec, struct } from "../../codec/struct.ts";

/**
 * What a program asks for, PROC_CN_MCAST_* of linux/cn_proc.h.
 * @enum
 */
export const PROC_CN_MCAST = {
  LISTEN: 1,
  IGNORE: 2,
} as const;

/**
 * What a process did, PROC_EVENT_* of linux/cn_proc.h.
 * @enum
 */
export const PROC_EVENT = {
  NONE: 0,
  FORK: 1,
  EXEC: 2,
  UID: 4,
  GID: 64,
  SID: 128,
  PTRACE: 256,
  COMM: 512,
  NONZERO_EXIT: 536870912,
  COREDUMP: 1073741824,
  EXIT: 2147483648,
} as const;

/** An event of a process, or, of a request, `mcastOp` alone. */
export interface ProcessEvent {
  /** PROC_EVENT. */
  what?: number | undefined;
  /** CPU it happened on. */
  cpu?: number | undefined;
  /** Nanoseconds since the start. */
  timestampNs?: bigint | undefined;
  /** Outcome of a request: 0, or an errno. */
  err?: number | undefined;
  /** Thread of its parent, or that forked. */
  parentPid?: number | undefined;
  /** Process of that. */
  parentTgid?: number | undefined;
  /** The new thread. */
  childPid?: number | undefined;
  /** Its process. */
  childTgid?: number | undefined;
  /** Thread. */
  processPid?: number | undefined;
  /** Its process. */
  processTgid?: number | undefined;
  /** Real user. */
  ruid?: number | undefined;
  /** Effective user. */
  euid?: number | undefined;
  /** Real group. */
  rgid?: number | undefined;
  /** Effective group. */
  egid?: number | undefined;
  /** Thread that traces it; 0: none any more. */
  tracerPid?: number | undefined;
  /** Its process. */
  tracerTgid?: number | undefined;
  /** Its new name. */
  comm?: string | undefined;
  /** As wait(2) gives it. */
  exitCode?: number | undefined;
  /** Signal that its parent gets. */
  exitSignal?: number | undefined;
  /** Request: PROC_CN_MCAST. */
  mcastOp?: number | undefined;
  /** Request: which PROC_EVENT; absent: all. */
  eventType?: number | undefined;
}
type Members = Partial<StructSpec<ProcessEvent>>;
/** A struct with some of the members: which ones depends on what happened. */
/* @__NO_SIDE_EFFECTS__ */
const some = (name: string, size: number, members: () => Members): Struct =>
  struct<ProcessEvent>(name, "", size, members as () => StructSpec<ProcessEvent>) as unknown as Struct;
/* @__NO_SIDE_EFFECTS__ */
const event = (name: string, members: () => Members): Struct =>
  some(`proc_event+${name}`, 40, () => ({
    what: [0, enumOf(u32, "PROC_EVENT_", PROC_EVENT)],
    cpu: [4, u32],
    timestampNs: [8, u64],
    ...members(),
  }));
const listen: Struct = /* @__PURE__ */ some("proc_input", 8, () => ({
  mcastOp: [0, enumOf(u32, "PROC_CN_MCAST_", PROC_CN_MCAST)],
  eventType: [4, flagsOf(u32, "PROC_EVENT_", PROC_EVENT)],
}));
const listenToAll: Struct = /* @__PURE__ */ some("int", 4, () => ({
  mcastOp: [0, enumOf(u32, "PROC_CN_MCAST_", PROC_CN_MCAST), "mcast_op"],
}));
/** What stands behind cn_msg of CN_IDX_PROC: a list of one. */
export const processEvents: Sequence<ProcessEvent> = /* @__PURE__ */ sequence<ProcessEvent>("proc_event", () => [
  { struct: event("ack", () => ({ err: [16, u32, "event_data.ack.err"] })), is: { what: [PROC_EVENT.NONE] } },
  {
    struct: event("fork", () => ({
      parentPid: [16, s32, "event_data.fork.parent_pid"],
      parentTgid: [20, s32, "event_data.fork.parent_tgid"],
      childPid: [24, s32, "event_data.fork.child_pid"],
      childTgid: [28, s32, "event_data.fork.child_tgid"],
    })),
    is: { what: [PROC_EVENT.FORK] },
  },
  {
    struct: event("exec", () => ({
      processPid: [16, s32, "event_data.exec.process_pid"],
      processTgid: [20, s32, "event_data.exec.process_tgid"],
    })),
    is: { what: [PROC_EVENT.EXEC] },
  },
  {
    struct: event("uid", () => ({
      processPid: [16, s32, "event_data.id.process_pid"],
      processTgid: [20, s32, "event_data.id.process_tgid"],
      ruid: [24, u32, "event_data.id.r.ruid"],
      euid: [28, u32, "event_data.id.e.euid"],
    })),
    is: { what: [PROC_EVENT.UID] },
  },
  {
    struct: event("gid", () => ({
      processPid: [16, s32, "event_data.id.process_pid"],
      processTgid: [20, s32, "event_data.id.process_tgid"],
      rgid: [24, u32, "event_data.id.r.rgid"],
      egid: [28, u32, "event_data.id.e.egid"],
    })),
    is: { what: [PROC_EVENT.GID] },
  },
  {
    struct: event("sid", () => ({
      processPid: [16, s32, "event_data.sid.process_pid"],
      processTgid: [20, s32, "event_data.sid.process_tgid"],
    })),
    is: { what: [PROC_EVENT.SID] },
  },
  {
    struct: event("ptrace", () => ({
      processPid: [16, s32, "event_data.ptrace.process_pid"],
      processTgid: [20, s32, "event_data.ptrace.process_tgid"],
      tracerPid: [24, s32, "event_data.ptrace.tracer_pid"],
      tracerTgid: [28, s32, "event_data.ptrace.tracer_tgid"],
    })),
    is: { what: [PROC_EVENT.PTRACE] },
  },
  {
    struct: event("comm", () => ({
      processPid: [16, s32, "event_data.comm.process_pid"],
      processTgid: [20, s32, "event_data.comm.process_tgid"],
      comm: [24, chars(16), "event_data.comm.comm"],
    })),
    is: { what: [PROC_EVENT.COMM] },
  },
  {
    struct: event("coredump", () => ({
      processPid: [16, s32, "event_data.coredump.process_pid"],
      processTgid: [20, s32, "event_data.coredump.process_tgid"],
      parentPid: [24, s32, "event_data.coredump.parent_pid"],
      parentTgid: [28, s32, "event_data.coredump.parent_tgid"],
    })),
    is: { what: [PROC_EVENT.COREDUMP] },
  },
  {
    struct: event("exit", () => ({
      processPid: [16, s32, "event_data.exit.process_pid"],
      processTgid: [20, s32, "event_data.exit.process_tgid"],
      exitCode: [24, u32, "event_data.exit.exit_code"],
      exitSignal: [28, u32, "event_data.exit.exit_signal"],
      parentPid: [32, s32, "event_data.exit.parent_pid"],
      parentTgid: [36, s32, "event_data.exit.parent_tgid"],
    })),
    is: { what: [PROC_EVENT.EXIT] },
  },
  { struct: listen, is: { mcastOp: [PROC_CN_MCAST.LISTEN, PROC_CN_MCAST.IGNORE] } },
  { struct: listenToAll, is: { mcastOp: [PROC_CN_MCAST.LISTEN, PROC_CN_MCAST.IGNORE] } },
]);
