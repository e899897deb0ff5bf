// NETLINK_NETFILTER as a whole. Its parts are registries of their own, so that a bundle with one has none of the others.
import { type Registry, registry } from "../../codec/registry.ts";
import {
  type ConntrackMessageType,
  conntrackTypes,
  type LogMessageType,
  logTypes,
  type QueueMessageType,
  queueTypes,
} from "./conntrack/messages.ts";
import { NETFILTER_NAME, NETFILTER_PROTOCOL } from "./nfnetlink.ts";
import { type NftMessageType, nftTypes } from "./nftables/messages.ts";

/** Every message of `netfilter`. */
export type NetfilterMessageType = NftMessageType | ConntrackMessageType | QueueMessageType | LogMessageType;

/** All messages of NETLINK_NETFILTER that nlkit knows. */
export const netfilter: Registry<NetfilterMessageType> = /* @__PURE__ */ registry<NetfilterMessageType>(
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  nftTypes,
  conntrackTypes,
  queueTypes,
  logTypes,
);
