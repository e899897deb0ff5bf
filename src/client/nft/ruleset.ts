// A ruleset as the kernel lists it, and the messages that make the same again.
import { NFT_CHAIN } from "../../attrs/netfilter/nftables/chain.ts";
import type { NftMessageType } from "../../attrs/netfilter/nftables/messages.ts";
import { NFT_SET } from "../../attrs/netfilter/nftables/set.ts";
import type { NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import { NFT_TABLE_F } from "../../attrs/netfilter/nftables/table.ts";
import { NLM_F } from "../../codec/control.ts";
import type { AnyMessage, Named } from "../../codec/message.ts";
import { asRequest, type Numbered } from "./as-request.ts";
import type { NftMessage } from "./messages.ts";

/** A message of that name, as the kernel lists it. */
export type Listed<N extends string> = Extract<AnyMessage<NftMessageType>, Named<N>>;
/** A table, as listed. */
export type NftTable = Listed<"NFT_MSG_NEWTABLE">;
/** A chain, as listed. */
export type NftChain = Listed<"NFT_MSG_NEWCHAIN">;
/** A rule, as listed. */
export type NftRule = Listed<"NFT_MSG_NEWRULE">;
/** A set, as listed. */
export type NftSet = Listed<"NFT_MSG_NEWSET">;
/** An object, as listed. */
export type NftObject = Listed<"NFT_MSG_NEWOBJ">;
/** A flowtable, as listed. */
export type NftFlowtable = Listed<"NFT_MSG_NEWFLOWTABLE">;
/** A set with what is in it. */
export interface NftSetWithElements {
  /** The set. */
  readonly set: NftSet;
  /** Its elements. */
  readonly elements: readonly NftSetElement[];
}
/** All of nf_tables in one namespace, at one moment. */
export interface Ruleset {
  /** Which state of the ruleset this is: give it to `apply`, and what is applied is refused if somebody changed it meanwhile. */
  readonly generation: number;
  /** Every table. */
  readonly tables: readonly NftTable[];
  /** Every chain. */
  readonly chains: readonly NftChain[];
  /** Every rule, each chain's in their order. */
  readonly rules: readonly NftRule[];
  /** Every set, map and anonymous set, with its elements. */
  readonly sets: readonly NftSetWithElements[];
  /** Every named object. */
  readonly objects: readonly NftObject[];
  /** Every flowtable. */
  readonly flowtables: readonly NftFlowtable[];
}

const NEW = NLM_F.CREATE | NLM_F.EXCL;
/** Elements that one message surely has room for: an attribute's length ends at 65,535. */
const ELEMENTS = 100;

/** A place in a table, by which rules name it. */
const keyOf = (family: number, table: string | undefined, name: string | undefined): string =>
  JSON.stringify([family, table, name]);

/**
 * The messages that make a ruleset, in an order in which everything is there before it is named. What the kernel gives out itself
 * (handles, use counts, owners) is left out; counters keep their values.
 * @param ruleset what `Nftables.list` gave
 */
export const messagesOf = (ruleset: Ruleset): NftMessage[] => {
  const sets = new Map<string, Numbered | undefined>();
  const chains = new Map<string, number>();
  const out: NftMessage[] = [];
  for (const { header, attrs } of ruleset.tables) {
    const { handle: _h, use: _u, owner: _o, flags = 0, ...rest } = attrs;
    // An owner is a socket: nobody can make a table in another's name.
    const kept = flags & ~NFT_TABLE_F.OWNER;
    out.push({ name: "NFT_MSG_NEWTABLE", flags: NEW, header: familyOf(header), attrs: { ...rest, flags: kept } });
  }
  for (const { header, attrs } of ruleset.chains) {
    const { handle: _h, use: _u, name, ...rest } = attrs;
    // A chain in braces has no name of its own: in a transaction it goes by number.
    const id = ((attrs.flags ?? 0) & NFT_CHAIN.BINDING) === 0 ? undefined : chains.size + 1;
    if (id !== undefined) chains.set(keyOf(header.family, attrs.table, name), id);
    const called = id === undefined ? { name } : { id };
    out.push({ name: "NFT_MSG_NEWCHAIN", flags: NEW, header: familyOf(header), attrs: { ...rest, ...called } });
  }
  for (const { header, attrs } of ruleset.objects) {
    const { handle: _h, use: _u, ...rest } = attrs;
    out.push({ name: "NFT_MSG_NEWOBJ", flags: NEW, header: familyOf(header), attrs: rest });
  }
  for (const { header, attrs } of ruleset.flowtables) {
    const { handle: _h, use: _u, ...rest } = attrs;
    out.push({ name: "NFT_MSG_NEWFLOWTABLE", flags: NEW, header: familyOf(header), attrs: rest });
  }
  for (const { set, elements } of ruleset.sets) {
    const { header, attrs } = set;
    const { handle: _h, type: _t, count: _c, ...rest } = attrs;
    const id = sets.size + 1;
    const isAnonymous = ((attrs.flags ?? 0) & NFT_SET.ANONYMOUS) !== 0;
    // "__set7" is a name that the kernel made; "ssh" of `meter ssh` is not.
    const given = attrs.name ?? "";
    const name = isAnonymous && given.startsWith("__") ? given.replace(/\d+$/, "%d") : given;
    sets.set(keyOf(header.family, attrs.table, attrs.name), isAnonymous ? { name, id } : undefined);
    out.push({ name: "NFT_MSG_NEWSET", flags: NEW, header: familyOf(header), attrs: { ...rest, name, id } });
    // An interval without its own end is two elements, and the kernel lists them from the last to the first.
    const ordered = elements.some(({ keyEnd }) => keyEnd !== undefined) ? elements : [...elements].reverse();
    for (let i = 0; i < ordered.length; i += ELEMENTS) {
      const part = ordered.slice(i, i + ELEMENTS);
      out.push({
        name: "NFT_MSG_NEWSETELEM",
        flags: NLM_F.CREATE,
        header: familyOf(header),
        attrs: { table: attrs.table, set: name, setId: id, elements: part },
      });
    }
  }
  // What stands in braces must be whole before the rule that jumps there.
  const inBraces = ({ header, attrs }: NftRule): boolean => chains.has(keyOf(header.family, attrs.table, attrs.chain));
  for (const { header, attrs } of [
    ...ruleset.rules.filter(inBraces),
    ...ruleset.rules.filter((rule) => !inBraces(rule)),
  ]) {
    const { handle: _h, position: _p, expressions, chain, ...rest } = attrs;
    const key = (name: string): string => keyOf(header.family, attrs.table, name);
    const numbers = {
      set: (name: string) => sets.get(key(name)),
      chain: (name: string) => chains.get(key(name)),
    };
    const chainId = chain === undefined ? undefined : numbers.chain(chain);
    const where = chainId === undefined ? { chain } : { chainId };
    out.push({
      name: "NFT_MSG_NEWRULE",
      flags: NLM_F.CREATE | NLM_F.APPEND,
      header: familyOf(header),
      attrs: { ...rest, ...where, expressions: asRequest(expressions, numbers) },
    });
  }
  return out;
};

/** Of nfgenmsg only the family: the rest of an answer is its generation. */
const familyOf = ({ family }: { readonly family: number }): { readonly family: number } => ({ family });
