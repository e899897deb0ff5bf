// The messages of nf_tables: NFT_MSG_* of linux/netfilter/nf_tables.h, and the two ends of a transaction.
import { type MessageType, type Registry, registry } from "../../../codec/registry.ts";
import {
  type BatchMessageType,
  batchTypes,
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  NFNL_SUBSYS,
  type NfgenBody,
  nfgenBody,
  subsystemTypes,
} from "../nfnetlink.ts";
import { type NftChainAttrs, nftChainAttrs } from "./chain.ts";
import { type NftCompatAttrs, nftCompatAttrs } from "./compat.ts";
import { type NftFlowtableAttrs, nftFlowtableAttrs } from "./flowtable.ts";
import { type NftGenerationAttrs, nftGenerationAttrs } from "./generation.ts";
import { type NftObjectAttrs, nftObjectAttrs } from "./object.ts";
import { type NftRuleAttrs, nftRuleAttrs } from "./rule.ts";
import { type NftSetAttrs, nftSetAttrs } from "./set.ts";
import { type NftSetElementsAttrs, nftSetElementsAttrs } from "./set-element.ts";
import { type NftTableAttrs, nftTableAttrs } from "./table.ts";
import { type NftTraceAttrs, nftTraceAttrs } from "./trace.ts";

/** NFT_MSG_*TABLE. */
export type NftTableMessageType = MessageType<
  "NFT_MSG_NEWTABLE" | "NFT_MSG_GETTABLE" | "NFT_MSG_DELTABLE" | "NFT_MSG_DESTROYTABLE",
  NfgenBody<NftTableAttrs>
>;
/** NFT_MSG_*CHAIN. */
export type NftChainMessageType = MessageType<
  "NFT_MSG_NEWCHAIN" | "NFT_MSG_GETCHAIN" | "NFT_MSG_DELCHAIN" | "NFT_MSG_DESTROYCHAIN",
  NfgenBody<NftChainAttrs>
>;
/** NFT_MSG_*RULE. GETRULE_RESET reads and sets counters and quotas to 0. */
export type NftRuleMessageType = MessageType<
  "NFT_MSG_NEWRULE" | "NFT_MSG_GETRULE" | "NFT_MSG_DELRULE" | "NFT_MSG_GETRULE_RESET" | "NFT_MSG_DESTROYRULE",
  NfgenBody<NftRuleAttrs>
>;
/** NFT_MSG_*SET. */
export type NftSetMessageType = MessageType<
  "NFT_MSG_NEWSET" | "NFT_MSG_GETSET" | "NFT_MSG_DELSET" | "NFT_MSG_DESTROYSET",
  NfgenBody<NftSetAttrs>
>;
/** NFT_MSG_*SETELEM. GETSETELEM_RESET reads and sets counters, quotas and timeouts to their beginning. */
export type NftSetElementMessageType = MessageType<
  | "NFT_MSG_NEWSETELEM"
  | "NFT_MSG_GETSETELEM"
  | "NFT_MSG_DELSETELEM"
  | "NFT_MSG_DESTROYSETELEM"
  | "NFT_MSG_GETSETELEM_RESET",
  NfgenBody<NftSetElementsAttrs>
>;
/** NFT_MSG_*GEN. */
export type NftGenerationMessageType = MessageType<"NFT_MSG_NEWGEN" | "NFT_MSG_GETGEN", NfgenBody<NftGenerationAttrs>>;
/** NFT_MSG_TRACE. */
export type NftTraceMessageType = MessageType<"NFT_MSG_TRACE", NfgenBody<NftTraceAttrs>>;
/** NFT_MSG_*OBJ. GETOBJ_RESET reads and sets counters and quotas to 0. */
export type NftObjectMessageType = MessageType<
  "NFT_MSG_NEWOBJ" | "NFT_MSG_GETOBJ" | "NFT_MSG_DELOBJ" | "NFT_MSG_GETOBJ_RESET" | "NFT_MSG_DESTROYOBJ",
  NfgenBody<NftObjectAttrs>
>;
/** NFT_MSG_*FLOWTABLE. */
export type NftFlowtableMessageType = MessageType<
  "NFT_MSG_NEWFLOWTABLE" | "NFT_MSG_GETFLOWTABLE" | "NFT_MSG_DELFLOWTABLE" | "NFT_MSG_DESTROYFLOWTABLE",
  NfgenBody<NftFlowtableAttrs>
>;
/** NFNL_MSG_COMPAT_GET. */
export type NftCompatMessageType = MessageType<"NFNL_MSG_COMPAT_GET", NfgenBody<NftCompatAttrs>>;
/** Every message of `nftables`. */
export type NftMessageType =
  | BatchMessageType
  | NftTableMessageType
  | NftChainMessageType
  | NftRuleMessageType
  | NftSetMessageType
  | NftSetElementMessageType
  | NftGenerationMessageType
  | NftTraceMessageType
  | NftObjectMessageType
  | NftFlowtableMessageType
  | NftCompatMessageType;

/* @__NO_SIDE_EFFECTS__ */
const types = (): readonly NftMessageType[] => {
  const of = NFNL_SUBSYS.NFTABLES;
  return [
    ...batchTypes,
    ...subsystemTypes(of, nfgenBody<NftTableAttrs>(nftTableAttrs), {
      NFT_MSG_NEWTABLE: 0,
      NFT_MSG_GETTABLE: 1,
      NFT_MSG_DELTABLE: 2,
      NFT_MSG_DESTROYTABLE: 26,
    }),
    ...subsystemTypes(of, nfgenBody<NftChainAttrs>(nftChainAttrs), {
      NFT_MSG_NEWCHAIN: 3,
      NFT_MSG_GETCHAIN: 4,
      NFT_MSG_DELCHAIN: 5,
      NFT_MSG_DESTROYCHAIN: 27,
    }),
    ...subsystemTypes(of, nfgenBody<NftRuleAttrs>(nftRuleAttrs), {
      NFT_MSG_NEWRULE: 6,
      NFT_MSG_GETRULE: 7,
      NFT_MSG_DELRULE: 8,
      NFT_MSG_GETRULE_RESET: 25,
      NFT_MSG_DESTROYRULE: 28,
    }),
    ...subsystemTypes(of, nfgenBody<NftSetAttrs>(nftSetAttrs), {
      NFT_MSG_NEWSET: 9,
      NFT_MSG_GETSET: 10,
      NFT_MSG_DELSET: 11,
      NFT_MSG_DESTROYSET: 29,
    }),
    ...subsystemTypes(of, nfgenBody<NftSetElementsAttrs>(nftSetElementsAttrs), {
      NFT_MSG_NEWSETELEM: 12,
      NFT_MSG_GETSETELEM: 13,
      NFT_MSG_DELSETELEM: 14,
      NFT_MSG_DESTROYSETELEM: 30,
      NFT_MSG_GETSETELEM_RESET: 33,
    }),
    ...subsystemTypes(of, nfgenBody<NftGenerationAttrs>(nftGenerationAttrs), {
      NFT_MSG_NEWGEN: 15,
      NFT_MSG_GETGEN: 16,
    }),
    ...subsystemTypes(of, nfgenBody<NftTraceAttrs>(nftTraceAttrs), { NFT_MSG_TRACE: 17 }),
    ...subsystemTypes(of, nfgenBody<NftObjectAttrs>(nftObjectAttrs), {
      NFT_MSG_NEWOBJ: 18,
      NFT_MSG_GETOBJ: 19,
      NFT_MSG_DELOBJ: 20,
      NFT_MSG_GETOBJ_RESET: 21,
      NFT_MSG_DESTROYOBJ: 31,
    }),
    ...subsystemTypes(of, nfgenBody<NftFlowtableAttrs>(nftFlowtableAttrs), {
      NFT_MSG_NEWFLOWTABLE: 22,
      NFT_MSG_GETFLOWTABLE: 23,
      NFT_MSG_DELFLOWTABLE: 24,
      NFT_MSG_DESTROYFLOWTABLE: 32,
    }),
    ...subsystemTypes(NFNL_SUBSYS.NFT_COMPAT, nfgenBody<NftCompatAttrs>(nftCompatAttrs), { NFNL_MSG_COMPAT_GET: 0 }),
  ];
};

/** Every NFT_MSG_*, NFNL_MSG_BATCH_*, and NFNL_MSG_COMPAT_GET. */
export const nftTypes: readonly NftMessageType[] = /* @__PURE__ */ types();
/** The registry of nf_tables. */
export const nftables: Registry<NftMessageType> = /* @__PURE__ */ registry<NftMessageType>(
  NETFILTER_NAME,
  NETFILTER_PROTOCOL,
  nftTypes,
);
