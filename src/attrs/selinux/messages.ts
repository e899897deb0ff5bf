// NETLINK_SELINUX: SELNL_MSG_*, what SELinux tells every program that asks.

import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../codec/codec.ts";
import { s32, u32 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { struct } from "../../codec/struct.ts";

/** Whether its rules are enforced. */
export interface SelinuxEnforce {
  /** 1: they are, 0: breaches are only written down. */
  val: number;
}
/** struct selnl_msg_setenforce. */
export const selinuxEnforce: Struct<SelinuxEnforce> = /* @__PURE__ */ struct<SelinuxEnforce>(
  "selnl_msg_setenforce",
  "",
  4,
  () => ({
    val: [0, s32],
  }),
);

/** Another policy is in force. */
export interface SelinuxPolicy {
  /** How many times a policy was loaded. */
  seqno: number;
}
/** struct selnl_msg_policyload. */
export const selinuxPolicy: Struct<SelinuxPolicy> = /* @__PURE__ */ struct<SelinuxPolicy>(
  "selnl_msg_policyload",
  "",
  4,
  () => ({
    seqno: [0, u32],
  }),
);

/** Messages without attributes. */
export type SelinuxNoAttrs = Attrs;
/** A table without attributes. */
export const selinuxNoAttrs: AttrTable<SelinuxNoAttrs> = /* @__PURE__ */ attrs<SelinuxNoAttrs>("SELNL_", () => ({}));
/** Every message of `selinux`. */
export type SelinuxMessageType =
  | MessageType<"SELNL_MSG_SETENFORCE", HeaderAndAttrs<SelinuxEnforce, SelinuxNoAttrs>>
  | MessageType<"SELNL_MSG_POLICYLOAD", HeaderAndAttrs<SelinuxPolicy, SelinuxNoAttrs>>;
/** The registry of NETLINK_SELINUX. */
export const selinux: Registry<SelinuxMessageType> = /* @__PURE__ */ (() =>
  registry<SelinuxMessageType>(
    "NETLINK_SELINUX",
    7,
    messageTypes(body<SelinuxEnforce, SelinuxNoAttrs>(selinuxEnforce, selinuxNoAttrs), { SELNL_MSG_SETENFORCE: 16 }),
    messageTypes(body<SelinuxPolicy, SelinuxNoAttrs>(selinuxPolicy, selinuxNoAttrs), { SELNL_MSG_POLICYLOAD: 17 }),
  ))();
