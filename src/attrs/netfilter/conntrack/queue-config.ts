// NFQNL_MSG_CONFIG: who takes packets from a queue, and how much of each. Network order throughout.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf, u8 } from "../../../codec/int.ts";
import { struct } from "../../../codec/struct.ts";
import { NFQNL_COPY } from "./packet.ts";

/**
 * What to do with a queue, NFQNL_CFG_CMD_* of linux/netfilter/nfnetlink_queue.h.
 * @enum
 */
export const NFQNL_CFG_CMD = { NONE: 0, BIND: 1, UNBIND: 2, PF_BIND: 3, PF_UNBIND: 4 } as const;
/**
 * Flags of a queue, NFQA_CFG_F_* of linux/netfilter/nfnetlink_queue.h.
 * @enum
 */
export const NFQA_CFG_F = { FAIL_OPEN: 1, CONNTRACK: 2, GSO: 4, UID_GID: 8, SECCTX: 0x10 } as const;

/** What to do with a queue. */
export interface QueueCommand {
  /** NFQNL_CFG_CMD. */
  command: number;
  /** Of PF_BIND and PF_UNBIND, which kernels since 3.8 ignore: AF. */
  pf: number;
}
/** struct nfqnl_msg_config_cmd. */
export const queueCommand: Struct<QueueCommand> = /* @__PURE__ */ struct<QueueCommand>(
  "nfqnl_msg_config_cmd",
  "",
  4,
  () => ({
    command: [0, enumOf(u8, "NFQNL_CFG_CMD_", NFQNL_CFG_CMD)],
    pf: [2, be16],
  }),
);
/** How much of each packet is copied. */
export interface QueueParams {
  /** Bytes, at most. */
  copyRange: number;
  /** NFQNL_COPY. */
  copyMode: number;
}
/** struct nfqnl_msg_config_params. */
export const queueParams: Struct<QueueParams> = /* @__PURE__ */ struct<QueueParams>(
  "nfqnl_msg_config_params",
  "",
  5,
  () => ({
    copyRange: [0, be32],
    copyMode: [4, enumOf(u8, "NFQNL_COPY_", NFQNL_COPY)],
  }),
);

/** Settings of a queue. */
export interface QueueConfigAttrs extends Attrs {
  /** Bind to it, or leave it. */
  cmd?: QueueCommand | undefined;
  /** How much of each packet is copied. */
  params?: QueueParams | undefined;
  /** Packets it may hold. */
  queueMaxlen?: number | undefined;
  /** Bits of `flags` that count. */
  mask?: number | undefined;
  /** NFQA_CFG_F. */
  flags?: number | undefined;
}
/** The table of NFQA_CFG_*. */
export const queueConfigAttrs: AttrTable<QueueConfigAttrs> = /* @__PURE__ */ attrs<QueueConfigAttrs>(
  "NFQA_CFG_",
  () => ({
    cmd: [1, queueCommand],
    params: [2, queueParams],
    queueMaxlen: [3, be32],
    mask: [4, flagsOf(be32, "NFQA_CFG_F_", NFQA_CFG_F)],
    flags: [5, flagsOf(be32, "NFQA_CFG_F_", NFQA_CFG_F)],
  }),
);
