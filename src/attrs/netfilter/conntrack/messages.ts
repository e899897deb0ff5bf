// The messages of connection tracking, of packet queues and of packet logs.
import { type MessageType, type Registry, registry } from "../../../codec/registry.ts";
import {
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  NFNL_SUBSYS,
  type NfgenBody,
  nfgenBody,
  subsystemTypes,
} from "../nfnetlink.ts";
import { type ExpectationAttrs, expectationAttrs } from "./expect.ts";
import { type ConntrackAttrs, conntrackAttrs } from "./flow.ts";
import { type LogAttrs, logAttrs } from "./log.ts";
import { type LogConfigAttrs, logConfigAttrs } from "./log-config.ts";
import { type QueueAttrs, queueAttrs } from "./queue.ts";
import { type QueueConfigAttrs, queueConfigAttrs } from "./queue-config.ts";
import {
  type ConntrackStats,
  type ConntrackStatsGlobal,
  conntrackStats,
  conntrackStatsGlobal,
  type ExpectationStats,
  expectationStats,
} from "./stats.ts";

/** Flows. */
export type FlowMessageType = MessageType<
  | "IPCTNL_MSG_CT_NEW"
  | "IPCTNL_MSG_CT_GET"
  | "IPCTNL_MSG_CT_DELETE"
  | "IPCTNL_MSG_CT_GET_CTRZERO"
  | "IPCTNL_MSG_CT_GET_DYING"
  | "IPCTNL_MSG_CT_GET_UNCONFIRMED",
  NfgenBody<ConntrackAttrs>
>;
/** Expectations. */
export type ExpectationMessageType = MessageType<
  "IPCTNL_MSG_EXP_NEW" | "IPCTNL_MSG_EXP_GET" | "IPCTNL_MSG_EXP_DELETE",
  NfgenBody<ExpectationAttrs>
>;
/** Flows, expectations, and what is counted of both. */
export type ConntrackMessageType =
  | FlowMessageType
  | ExpectationMessageType
  | MessageType<"IPCTNL_MSG_CT_GET_STATS_CPU", NfgenBody<ConntrackStats>>
  | MessageType<"IPCTNL_MSG_CT_GET_STATS", NfgenBody<ConntrackStatsGlobal>>
  | MessageType<"IPCTNL_MSG_EXP_GET_STATS_CPU", NfgenBody<ExpectationStats>>;
/** NFQNL_MSG_*. */
export type QueueMessageType =
  | MessageType<"NFQNL_MSG_PACKET" | "NFQNL_MSG_VERDICT" | "NFQNL_MSG_VERDICT_BATCH", NfgenBody<QueueAttrs>>
  | MessageType<"NFQNL_MSG_CONFIG", NfgenBody<QueueConfigAttrs>>;
/** NFULNL_MSG_*. */
export type LogMessageType =
  | MessageType<"NFULNL_MSG_PACKET", NfgenBody<LogAttrs>>
  | MessageType<"NFULNL_MSG_CONFIG", NfgenBody<LogConfigAttrs>>;

/* @__NO_SIDE_EFFECTS__ */
const conntrackList = (): readonly ConntrackMessageType[] => [
  ...subsystemTypes(NFNL_SUBSYS.CTNETLINK, nfgenBody<ConntrackAttrs>(conntrackAttrs), {
    IPCTNL_MSG_CT_NEW: 0,
    IPCTNL_MSG_CT_GET: 1,
    IPCTNL_MSG_CT_DELETE: 2,
    IPCTNL_MSG_CT_GET_CTRZERO: 3,
    IPCTNL_MSG_CT_GET_DYING: 6,
    IPCTNL_MSG_CT_GET_UNCONFIRMED: 7,
  }),
  ...subsystemTypes(NFNL_SUBSYS.CTNETLINK, nfgenBody<ConntrackStats>(conntrackStats), {
    IPCTNL_MSG_CT_GET_STATS_CPU: 4,
  }),
  ...subsystemTypes(NFNL_SUBSYS.CTNETLINK, nfgenBody<ConntrackStatsGlobal>(conntrackStatsGlobal), {
    IPCTNL_MSG_CT_GET_STATS: 5,
  }),
  ...subsystemTypes(NFNL_SUBSYS.CTNETLINK_EXP, nfgenBody<ExpectationAttrs>(expectationAttrs), {
    IPCTNL_MSG_EXP_NEW: 0,
    IPCTNL_MSG_EXP_GET: 1,
    IPCTNL_MSG_EXP_DELETE: 2,
  }),
  ...subsystemTypes(NFNL_SUBSYS.CTNETLINK_EXP, nfgenBody<ExpectationStats>(expectationStats), {
    IPCTNL_MSG_EXP_GET_STATS_CPU: 3,
  }),
];
/* @__NO_SIDE_EFFECTS__ */
const queueList = (): readonly QueueMessageType[] => [
  ...subsystemTypes(NFNL_SUBSYS.QUEUE, nfgenBody<QueueAttrs>(queueAttrs), {
    NFQNL_MSG_PACKET: 0,
    NFQNL_MSG_VERDICT: 1,
    NFQNL_MSG_VERDICT_BATCH: 3,
  }),
  ...subsystemTypes(NFNL_SUBSYS.QUEUE, nfgenBody<QueueConfigAttrs>(queueConfigAttrs), { NFQNL_MSG_CONFIG: 2 }),
];
/* @__NO_SIDE_EFFECTS__ */
const logList = (): readonly LogMessageType[] => [
  ...subsystemTypes(NFNL_SUBSYS.ULOG, nfgenBody<LogAttrs>(logAttrs), { NFULNL_MSG_PACKET: 0 }),
  ...subsystemTypes(NFNL_SUBSYS.ULOG, nfgenBody<LogConfigAttrs>(logConfigAttrs), { NFULNL_MSG_CONFIG: 1 }),
];

/** Flows, expectations, and what is counted of both. */
export const conntrackTypes: readonly ConntrackMessageType[] = /* @__PURE__ */ conntrackList();
/** Packets that wait for a verdict. */
export const queueTypes: readonly QueueMessageType[] = /* @__PURE__ */ queueList();
/** Packets that rules log. */
export const logTypes: readonly LogMessageType[] = /* @__PURE__ */ logList();

/** The registry of IPCTNL_MSG_*. */
export const conntrack: Registry<ConntrackMessageType> = /* @__PURE__ */ registry<ConntrackMessageType>(
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  conntrackTypes,
);
/** The registry of NFQNL_MSG_*. */
export const nfqueue: Registry<QueueMessageType> = /* @__PURE__ */ registry<QueueMessageType>(
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  queueTypes,
);
/** The registry of NFULNL_MSG_*. */
export const nflog: Registry<LogMessageType> = /* @__PURE__ */ registry<LogMessageType>(
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  logTypes,
);
