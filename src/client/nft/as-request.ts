// What the kernel lists and what it takes back are not the same. Each difference here was met: listed as it stands, refused as it stood.
import type { NftExpression, NftExpressions } from "../../attrs/netfilter/nftables/expression.ts";
import { NFT_DYNSET_F } from "../../attrs/netfilter/nftables/expressions/dynset.ts";

/** How a set without a name of its own is spoken of in a transaction. */
export interface Numbered {
  /** "__set%d": the kernel fills in the number. */
  readonly name: string;
  /** Its number in the transaction. */
  readonly id: number;
}
/** What sets and chains without a name go by; undefined: it has a name. */
export interface Numbers {
  set(name: string): Numbered | undefined;
  chain(name: string): number | undefined;
}

type Fixes = {
  readonly [K in keyof NftExpressions]?: (data: NonNullable<NftExpressions[K]>, numbers: Numbers) => object;
};

const fixes: Fixes = {
  // A list says 0 where nothing was said, and 0 is refused for a set without timeouts. Of its flags it says one only, and several expressions
  // are refused without the other.
  dynset({ timeout, flags = 0, ...data }, { set }) {
    const found = data.setName === undefined ? undefined : set(data.setName);
    return {
      ...data,
      flags: data.expressions === undefined ? flags : flags | NFT_DYNSET_F.EXPR,
      ...(timeout === undefined || timeout === 0n ? {} : { timeout }),
      ...(found === undefined ? {} : { setName: found.name, setId: found.id }),
    };
  },
  // Writing an option takes no flags; taking one out takes nothing but its number.
  exthdr({ flags, ...data }) {
    if (data.dreg !== undefined) return flags === undefined ? data : { ...data, flags };
    if (data.sreg !== undefined) return data;
    return { type: data.type, op: data.op };
  },
  immediate(data, { chain }) {
    const { verdict } = data.data ?? {};
    const chainId = verdict?.chain === undefined ? undefined : chain(verdict.chain);
    return chainId === undefined ? data : { ...data, data: { verdict: { code: verdict?.code, chainId } } };
  },
  lookup(data, { set }) {
    const found = data.set === undefined ? undefined : set(data.set);
    return found === undefined ? data : { ...data, set: found.name, setId: found.id };
  },
  objref(data, { set }) {
    const found = data.setName === undefined ? undefined : set(data.setName);
    return found === undefined ? data : { ...data, setName: found.name, setId: found.id };
  },
  osf({ flags, ...data }) {
    return flags === 0 ? data : { ...data, flags };
  },
};

/**
 * Listed expressions as a request may hold them.
 * @param expressions of a rule
 * @param numbers of what has no name
 */
export const asRequest = (
  expressions: readonly NftExpression[] | undefined,
  numbers: Numbers,
): readonly NftExpression[] | undefined =>
  expressions?.map((expression) => {
    const [entry] = Object.entries(expression.data ?? {});
    const fix = entry && (fixes[entry[0] as keyof NftExpressions] as ((d: object, n: Numbers) => object) | undefined);
    if (entry === undefined || fix === undefined) return expression;
    return { ...expression, data: { [entry[0]]: fix(entry[1] as object, numbers) } };
  });
