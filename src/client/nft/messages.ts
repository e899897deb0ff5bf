// The messages of a transaction, as one writes them most.
import type { NftChainAttrs } from "../../attrs/netfilter/nftables/chain.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import type { NftMessageType } from "../../attrs/netfilter/nftables/messages.ts";
import type { NftRuleAttrs } from "../../attrs/netfilter/nftables/rule.ts";
import type { NftSetAttrs } from "../../attrs/netfilter/nftables/set.ts";
import type { NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import type { NftTableAttrs } from "../../attrs/netfilter/nftables/table.ts";
import { NLM_F } from "../../codec/control.ts";
import type { AnyInput } from "../../codec/message.ts";

/** A message of a transaction. */
export type NftMessage = AnyInput<NftMessageType>;

const NEW = NLM_F.CREATE | NLM_F.EXCL;

/**
 * Makes a table; refused with EEXIST where there is one.
 * @param family NFPROTO
 * @param name of the table
 * @param attrs flags, comment
 */
export const newTable = (family: number, name: string, attrs: NftTableAttrs = {}): NftMessage => ({
  name: "NFT_MSG_NEWTABLE",
  flags: NEW,
  header: { family },
  attrs: { name, ...attrs },
});
/**
 * Makes a chain.
 * @param family NFPROTO of its table
 * @param table its table
 * @param name of the chain
 * @param attrs of a base chain `type`, `hook`, `policy`
 */
export const newChain = (family: number, table: string, name: string, attrs: NftChainAttrs = {}): NftMessage => ({
  name: "NFT_MSG_NEWCHAIN",
  flags: NEW,
  header: { family },
  attrs: { table, name, ...attrs },
});
const ruleMessage = (flags: number, family: number, attrs: NftRuleAttrs): NftMessage => ({
  name: "NFT_MSG_NEWRULE",
  flags,
  header: { family },
  attrs,
});
/**
 * Puts a rule at the end of a chain.
 * @param family NFPROTO of its table
 * @param table its table
 * @param chain its chain
 * @param expressions what it does: `rule(family)….expressions`
 * @param attrs comment (`userdata: { comment }`); `position`, to put it behind another
 */
export const newRule = (
  family: number,
  table: string,
  chain: string,
  expressions: readonly NftExpression[],
  attrs: NftRuleAttrs = {},
): NftMessage => ruleMessage(NLM_F.CREATE | NLM_F.APPEND, family, { table, chain, expressions, ...attrs });
/**
 * Puts a rule at the beginning of a chain.
 * @param family NFPROTO of its table
 * @param table its table
 * @param chain its chain
 * @param expressions what it does
 * @param attrs comment; `position`, to put it before another
 */
export const insertRule = (
  family: number,
  table: string,
  chain: string,
  expressions: readonly NftExpression[],
  attrs: NftRuleAttrs = {},
): NftMessage => ruleMessage(NLM_F.CREATE, family, { table, chain, expressions, ...attrs });
/**
 * Makes a set.
 * @param family NFPROTO of its table
 * @param table its table
 * @param name of the set
 * @param attrs `keyType`, `keyLen`, `flags`; `id`, by which others of the transaction may speak of it: without, `apply` takes a free one
 */
export const newSet = (family: number, table: string, name: string, attrs: NftSetAttrs): NftMessage => ({
  name: "NFT_MSG_NEWSET",
  flags: NEW,
  header: { family },
  attrs: { table, name, ...attrs },
});
/**
 * Puts elements into a set; one that is there already is refused.
 * @param family NFPROTO of its table
 * @param table its table
 * @param set its set
 * @param elements at most 64 KiB of them
 */
export const newElements = (
  family: number,
  table: string,
  set: string,
  elements: readonly NftSetElement[],
): NftMessage => ({
  name: "NFT_MSG_NEWSETELEM",
  flags: NEW,
  header: { family },
  attrs: { table, set, elements },
});
/**
 * Removes a table with all that is in it.
 * @param family NFPROTO
 * @param name of the table
 */
export const deleteTable = (family: number, name: string): NftMessage => ({
  name: "NFT_MSG_DELTABLE",
  header: { family },
  attrs: { name },
});
/**
 * Removes a chain with its rules: EBUSY as long as rules of others jump there.
 * @param family NFPROTO of its table
 * @param table its table
 * @param name of the chain
 */
export const deleteChain = (family: number, table: string, name: string): NftMessage => ({
  name: "NFT_MSG_DELCHAIN",
  header: { family },
  attrs: { table, name },
});
/**
 * Removes every rule of a chain.
 * @param family NFPROTO of its table
 * @param table its table
 * @param chain its chain
 */
export const flushChain = (family: number, table: string, chain: string): NftMessage => ({
  name: "NFT_MSG_DELRULE",
  header: { family },
  attrs: { table, chain },
});
/**
 * Removes a set with what is in it: EBUSY as long as rules look there.
 * @param family NFPROTO of its table
 * @param table its table
 * @param name of the set
 */
export const deleteSet = (family: number, table: string, name: string): NftMessage => ({
  name: "NFT_MSG_DELSET",
  header: { family },
  attrs: { table, name },
});
/**
 * Removes a rule.
 * @param family NFPROTO of its table
 * @param table its table
 * @param chain its chain
 * @param handle of the rule, as listed: the kernel knows it by nothing else
 */
export const deleteRule = (family: number, table: string, chain: string, handle: bigint): NftMessage => ({
  name: "NFT_MSG_DELRULE",
  header: { family },
  attrs: { table, chain, handle },
});
/**
 * Takes elements out of a set; one that is not there is refused.
 * @param family NFPROTO of its table
 * @param table its table
 * @param set its set
 * @param elements their keys
 */
export const deleteElements = (
  family: number,
  table: string,
  set: string,
  elements: readonly NftSetElement[],
): NftMessage => ({
  name: "NFT_MSG_DELSETELEM",
  header: { family },
  attrs: { table, set, elements },
});
