// NFULNL_MSG_CONFIG: which packets that rules log come to this socket, and how. `header.resId` is the group. Network order throughout.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf, u8 } from "../../../codec/int.ts";
import { struct } from "../../../codec/struct.ts";
import { NFULNL_COPY } from "./packet.ts";

/**
 * What to do with a log group, NFULNL_CFG_CMD_* of linux/netfilter/nfnetlink_log.h.
 * @enum
 */
export const NFULNL_CFG_CMD = { NONE: 0, BIND: 1, UNBIND: 2, PF_BIND: 3, PF_UNBIND: 4 } as const;
/**
 * Flags of a log group, NFULNL_CFG_F_* of linux/netfilter/nfnetlink_log.h.
 * @enum
 */
export const NFULNL_CFG_F = { SEQ: 1, SEQ_GLOBAL: 2, CONNTRACK: 4 } as const;

/** What to do with a log group. */
export interface LogCommand {
  /** NFULNL_CFG_CMD. */
  command: number;
}
/** struct nfulnl_msg_config_cmd. */
export const logCommand: Struct<LogCommand> = /* @__PURE__ */ struct<LogCommand>(
  "nfulnl_msg_config_cmd",
  "",
  1,
  () => ({
    command: [0, enumOf(u8, "NFULNL_CFG_CMD_", NFULNL_CFG_CMD)],
  }),
);
/** How much of each packet is copied. */
export interface LogMode {
  /** Bytes, at most. */
  copyRange: number;
  /** NFULNL_COPY. */
  copyMode: number;
}
/** struct nfulnl_msg_config_mode. */
export const logMode: Struct<LogMode> = /* @__PURE__ */ struct<LogMode>("nfulnl_msg_config_mode", "", 6, () => ({
  copyRange: [0, be32],
  copyMode: [4, enumOf(u8, "NFULNL_COPY_", NFULNL_COPY)],
}));

/** Settings of a log group. */
export interface LogConfigAttrs extends Attrs {
  /** Bind to it, or leave it. */
  cmd?: LogCommand | undefined;
  /** How much of each packet is copied. */
  mode?: LogMode | undefined;
  /** Bytes of the datagrams that packets are collected in. */
  nlbufsiz?: number | undefined;
  /** Longest wait for a datagram to fill, in 1/100 s. */
  timeout?: number | undefined;
  /** Packets a datagram, at most. */
  qthresh?: number | undefined;
  /** NFULNL_CFG_F. */
  flags?: number | undefined;
}
/** The table of NFULA_CFG_*. */
export const logConfigAttrs: AttrTable<LogConfigAttrs> = /* @__PURE__ */ attrs<LogConfigAttrs>("NFULA_CFG_", () => ({
  cmd: [1, logCommand],
  mode: [2, logMode],
  nlbufsiz: [3, be32],
  timeout: [4, be32],
  qthresh: [5, be32],
  flags: [6, flagsOf(be16, "NFULNL_CFG_F_", NFULNL_CFG_F)],
}));
