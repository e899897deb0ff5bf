// What every message of NETLINK_NETFILTER has in common: nfgenmsg, subsystems, groups, and the frame of a batch.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Body, Codec, Struct } from "../../codec/codec.ts";
import { be16, be32, enumOf, u8 } from "../../codec/int.ts";
import { body, type HeaderAndAttrs } from "../../codec/nests.ts";
import { type MessageType, messageTypes } from "../../codec/registry.ts";
import { struct } from "../../codec/struct.ts";

/** The protocol's constant. */
export const NETFILTER_NAME = "NETLINK_NETFILTER";
/** The protocol's number. */
export const NETFILTER_PROTOCOL = 12;

/**
 * Families of netfilter, NFPROTO_* of linux/netfilter.h. INET is IPv4 and IPv6 together.
 * @enum
 */
export const NFPROTO = {
  UNSPEC: 0,
  INET: 1,
  IPV4: 2,
  ARP: 3,
  NETDEV: 5,
  BRIDGE: 7,
  IPV6: 10,
  DECNET: 12,
} as const;
/**
 * Subsystems, NFNL_SUBSYS_* of linux/netfilter/nfnetlink.h: the upper byte of nlmsg_type.
 * @enum
 */
export const NFNL_SUBSYS = {
  NONE: 0,
  CTNETLINK: 1,
  CTNETLINK_EXP: 2,
  QUEUE: 3,
  ULOG: 4,
  OSF: 5,
  IPSET: 6,
  ACCT: 7,
  CTNETLINK_TIMEOUT: 8,
  CTHELPER: 9,
  NFTABLES: 10,
  NFT_COMPAT: 11,
  HOOK: 12,
} as const;
/**
 * Groups of NETLINK_NETFILTER to subscribe to, NFNLGRP_* of linux/netfilter/nfnetlink.h.
 * @enum
 */
export const NFNLGRP = {
  NONE: 0,
  CONNTRACK_NEW: 1,
  CONNTRACK_UPDATE: 2,
  CONNTRACK_DESTROY: 3,
  CONNTRACK_EXP_NEW: 4,
  CONNTRACK_EXP_UPDATE: 5,
  CONNTRACK_EXP_DESTROY: 6,
  NFTABLES: 7,
  ACCT_QUOTA: 8,
  NFTRACE: 9,
} as const;

/** What every message of NETLINK_NETFILTER begins with. */
export interface NfgenHeader {
  /** NFPROTO. */
  family: number;
  /** NFNETLINK_V0: 0. */
  version: number;
  /** Of a batch: NFNL_SUBSYS. Of answers of nf_tables: the lower half of the generation. Of a queue: its number. */
  resId: number;
}
/** struct nfgenmsg. */
export const nfgenHeader: Struct<NfgenHeader> = /* @__PURE__ */ struct<NfgenHeader>("nfgenmsg", "nfgen_", 4, () => ({
  family: [0, enumOf(u8, "NFPROTO_", NFPROTO)],
  version: [1, u8, "version"],
  resId: [2, be16, "res_id"],
}));

/** What stands behind nlmsghdr in every message of NETLINK_NETFILTER. */
export type NfgenBody<A> = HeaderAndAttrs<NfgenHeader, A>;
/**
 * nfgenmsg with attributes behind it.
 * @param table those attributes
 */
/* @__NO_SIDE_EFFECTS__ */
export const nfgenBody = <A extends Attrs>(table: AttrTable<A>): Body<NfgenBody<A>> =>
  body<NfgenHeader, A>(nfgenHeader, table);

/**
 * Message types of one subsystem: nlmsg_type is subsystem << 8 | message.
 * @param subsystem NFNL_SUBSYS
 * @param of their body
 * @param types constant of each, and its number in the subsystem
 */
/* @__NO_SIDE_EFFECTS__ */
export const subsystemTypes = <N extends string, T>(
  subsystem: number,
  of: Codec<T>,
  types: Readonly<Record<N, number>>,
): readonly MessageType<N, T>[] =>
  messageTypes<N, T>(of, types).map((message) => ({ ...message, type: (subsystem << 8) | message.type }));

/** Attributes of both ends of a batch. */
export interface BatchAttrs extends Attrs {
  /** Begin: the generation that the batch was made for; at any other the kernel answers ERESTART. */
  genid?: number | undefined;
}
/** The table of NFNL_BATCH_*. */
export const batchAttrs: AttrTable<BatchAttrs> = /* @__PURE__ */ attrs<BatchAttrs>("NFNL_BATCH_", () => ({
  genid: [1, be32],
}));
/** NFNL_MSG_BATCH_*: `header.resId` says of which subsystem. */
export type BatchMessageType = MessageType<"NFNL_MSG_BATCH_BEGIN" | "NFNL_MSG_BATCH_END", NfgenBody<BatchAttrs>>;
/** The two ends of a transaction. */
export const batchTypes: readonly BatchMessageType[] = /* @__PURE__ */ messageTypes(
  /* @__PURE__ */ nfgenBody<BatchAttrs>(batchAttrs),
  { NFNL_MSG_BATCH_BEGIN: 16, NFNL_MSG_BATCH_END: 17 },
);
