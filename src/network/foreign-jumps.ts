// Rules of somebody else that jump into a chain of one of our networks: as long as there is one, the kernel keeps the chain.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import type { NftExpression } from "../attrs/netfilter/nftables/expression.ts";
import type { NftRuleAttrs } from "../attrs/netfilter/nftables/rule.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { NetworkError } from "./errors.ts";
import { TABLE } from "./firewall/names.ts";
import { chainNames } from "./firewall/network-rules.ts";
import { isBusy } from "./removal.ts";
import type { NetworkState } from "./state.ts";

/** Where an expression leads. */
const targetsOf = (expressions: readonly NftExpression[] = []): (string | undefined)[] =>
  expressions.map(({ data }) => data?.immediate?.data?.verdict?.chain);

/** Our own rules never jump there: elements of maps do. */
const find = async (nft: Nftables, chains: ReadonlySet<string>): Promise<{ chain: string; rule: NftRuleAttrs }[]> => {
  const header = { family: NFPROTO.INET };
  const { messages } = await nft.connection.dump({ name: "NFT_MSG_GETRULE", header, attrs: { table: TABLE } });
  return messages.flatMap((message) => {
    if (message.name !== "NFT_MSG_NEWRULE") return [];
    const chain = targetsOf(message.attrs.expressions).find((one) => one !== undefined && chains.has(one));
    return chain === undefined ? [] : [{ chain, rule: message.attrs }];
  });
};

const text = (chain: string, { chain: where, handle }: NftRuleAttrs): string =>
  `a rule in chain ${where} jumps to its chain ${chain}, and is not nlkit's: nft delete rule inet ${TABLE} ${where} handle ${handle}`;

const explained = async (nft: Nftables, networks: readonly NetworkState[], cause: unknown): Promise<NetworkError> => {
  const found = await Promise.all(
    networks.map(async ({ config }) => ({
      config,
      rules: await find(nft, new Set(chainNames(config))).catch(() => []),
    })),
  );
  const known = found.flatMap(({ config, rules }) =>
    rules.map(({ chain, rule }) => `network ${JSON.stringify(config.name)}: ${text(chain, rule)}`),
  );
  const names = networks.map(({ config }) => JSON.stringify(config.name)).join(", ");
  const chains = networks.flatMap(({ config }) => chainNames(config)).join(", ");
  const unknown = `network ${names}: something that is not nlkit's uses one of its chains (${chains} of table inet ${TABLE})`;
  return new NetworkError("IN_USE", known.length > 0 ? known.join("; ") : unknown, { cause });
};

/**
 * Says whose chain is in use, and by what.
 * @param nft over the lock's socket
 * @param networks whose chains are taken out
 * @param run takes them out
 * @throws NetworkError IN_USE; what `run` throws
 */
export const explaining = async (
  nft: Nftables,
  networks: readonly NetworkState[],
  run: () => Promise<void>,
): Promise<void> => {
  try {
    await run();
  } catch (error) {
    throw isBusy(error) ? await explained(nft, networks, error) : error;
  }
};
