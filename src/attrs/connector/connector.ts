// NETLINK_CONNECTOR: struct cn_msg, in messages of type NLMSG_DONE. Who it is for decides what follows.
import type { Choice, Codec, Struct, Tailed } from "../../codec/codec.ts";
import { enumOf, u16, u32 } from "../../codec/int.ts";
import { choiceByNumber, tailed } from "../../codec/nests.ts";
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { bytes } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";
import { type ProcessEvent, processEvents } from "./process.ts";

/**
 * Who a message is for, CN_IDX_* of linux/connector.h.
 * @enum
 */
export const CN_IDX = {
  PROC: 1,
  CIFS: 2,
  V86D: 4,
  BB: 5,
  DM: 7,
  DRBD: 8,
} as const;

/** What every message of the connector begins with. */
export interface ConnectorHeader {
  /** CN_IDX. */
  idx: number;
  /** Which of its sorts. */
  val: number;
  /** Number of the message; `seq` is that of nlmsghdr. */
  cnSeq: number;
  /** Number that it answers. */
  ack: number;
  /** Bytes that follow. */
  len: number;
  /** Flags: 0. */
  cnFlags: number;
}
/** struct cn_msg. */
export const connectorHeader: Struct<ConnectorHeader> = /* @__PURE__ */ struct<ConnectorHeader>(
  "cn_msg",
  "",
  20,
  () => ({
    idx: [0, enumOf(u32, "CN_IDX_", CN_IDX), "id.idx"],
    val: [4, u32, "id.val"],
    cnSeq: [8, u32, "seq"],
    ack: [12, u32],
    len: [16, u16],
    cnFlags: [18, u16, "flags"],
  }),
);

/** What stands behind cn_msg: one property, by CN_IDX; of others bytes. */
export interface ConnectorData {
  /** A list of one: an event of a process, or a request for such events. */
  proc?: readonly ProcessEvent[] | undefined;
}
/** The layout of it, by CN_IDX. */
export const connectorData: Choice<ConnectorData> = /* @__PURE__ */ choiceByNumber<ConnectorData, Uint8Array>(
  "idx",
  { prefix: "CN_IDX_", values: CN_IDX },
  () => ({ proc: processEvents }),
  bytes,
);
/** A message of the connector. */
export interface ConnectorMessage extends ConnectorHeader {
  /** What follows. */
  data: ConnectorData | Uint8Array;
}
/** The body of messages of the connector. */
export const connectorBody: Tailed<ConnectorMessage> = /* @__PURE__ */ tailed<ConnectorMessage>(
  connectorHeader,
  "data",
  connectorData as Codec<ConnectorData | Uint8Array>,
  "data",
);
/** A message of NETLINK_CONNECTOR. */
export type ConnectorMessageType = MessageType<"cn_msg", ConnectorMessage>;
/** The registry of NETLINK_CONNECTOR. Its messages have the type NLMSG_DONE, 3. */
export const connector: Registry<ConnectorMessageType> = /* @__PURE__ */ (() =>
  registry<ConnectorMessageType>("NETLINK_CONNECTOR", 11, messageTypes(connectorBody, { cn_msg: 3 })))();
