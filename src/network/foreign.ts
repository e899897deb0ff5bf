// Other people's firewalls: chains on the way that networks forward by, that drop what they do not know. A packet has to pass every one of
// them, so that no rule of ours can help; all that can be done is to say so.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import type { NftChainAttrs } from "../attrs/netfilter/nftables/chain.ts";
import { NF } from "../attrs/netfilter/nftables/data.ts";
import type { NftExpression } from "../attrs/netfilter/nftables/expression.ts";
import { NF_INET } from "../attrs/netfilter/nftables/hook.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { plain } from "../codec/text.ts";
import type { NetnsRef } from "../socket/netns.ts";
import { GROUP, LOCK, TABLE } from "./firewall/names.ts";
import { legacyTables } from "./legacy-tables.ts";

/** As nft writes them; of the bridge too, which neighbours pass. */
const FAMILY: Readonly<Record<number, string>> = {
  [NFPROTO.INET]: "inet",
  [NFPROTO.IPV4]: "ip",
  [NFPROTO.IPV6]: "ip6",
  [NFPROTO.BRIDGE]: "bridge",
};
/** What nft reads as a name; the kernel takes any. */
const NAME = /^[a-z_][\w-]*$/i;

/** Drops or refuses whatever comes: a rule that asks nothing. */
const dropsAll = (expressions: readonly NftExpression[]): boolean =>
  expressions.length > 0 &&
  expressions.every(
    ({ name, data }) =>
      name === "counter" || name === "log" || name === "reject" || data?.immediate?.data?.verdict?.code === NF.DROP,
  ) &&
  expressions.some(({ name }) => name === "reject" || name === "immediate");

/** A chain, by what nft calls it. */
interface Place {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
}

/** Commands that let a bridge through. iptables does not understand groups, and Docker keeps a chain for such rules. */
const mend = ({ family, table, chain }: Place, bridge: string, isDocker: boolean): string | undefined => {
  if (!NAME.test(table) || !NAME.test(chain)) return undefined;
  if ((family === "ip" || family === "ip6") && table === "filter" && chain === "FORWARD") {
    const command = `${family}tables -I ${isDocker ? "DOCKER-USER" : chain}`;
    return `${command} -i ${bridge} -j ACCEPT; ${command} -o ${bridge} -j ACCEPT`;
  }
  const group = `0x${(family === "bridge" ? GROUP.PORT : GROUP.BRIDGE).toString(16)}`;
  const command = `nft insert rule ${family} ${table} ${chain}`;
  return `${command} iifgroup ${group} accept; ${command} oifgroup ${group} accept`;
};

/**
 * Chains of others on the forward hook that drop what nobody allows: by their policy, or by a rule that asks nothing. (Those of
 * iptables-legacy are not nf_tables': `legacyFilters`.)
 * @param nft of the host's namespace
 * @param bridge of the network that shall pass
 * @returns a line each, with the commands that let it pass; what the network itself drops stays dropped then
 */
export const foreignDrops = async (nft: Nftables, bridge: string): Promise<string[]> => {
  const { messages } = await nft.connection.dump({ name: "NFT_MSG_GETCHAIN" });
  const chains = messages.flatMap((message) =>
    message.name === "NFT_MSG_NEWCHAIN" ? [{ number: message.header.family, ...chainOf(message.attrs) }] : [],
  );
  const found: string[] = [];
  for (const { number, table, chain, hook, policy } of chains) {
    const family = FAMILY[number];
    if (family === undefined || hook !== NF_INET.FORWARD || table === TABLE || table === LOCK) continue;
    const how = policy === NF.DROP ? "has policy drop" : await lastWord(nft, number, table, chain);
    if (how === undefined) continue;
    const isDocker = chains.some((one) => one.number === number && one.table === table && one.chain === "DOCKER-USER");
    const command = mend({ family, table, chain }, bridge, isDocker);
    const what = `table ${family} ${plain(table)} chain ${plain(chain)} ${how}`;
    found.push(
      `${what}: what networks forward ends there${command === undefined ? "" : `. Allow it with: ${command}`}`,
    );
  }
  return found;
};

/**
 * Filters of iptables-legacy. That they are there is all that can be known of them.
 * @param netns the host's namespace
 * @returns a line each
 */
export const legacyFilters = (netns: NetnsRef | undefined): string[] =>
  legacyTables(netns).flatMap((table) => {
    const [family, name] = table.split(" ");
    if (name !== "filter") return [];
    const command = `${family}tables-legacy -S FORWARD`;
    return [
      `table ${table} of iptables-legacy is here, and perhaps drops what networks forward; look at it with: ${command}`,
    ];
  });

const chainOf = ({ table = "", name = "", hook, policy }: NftChainAttrs) => ({
  table,
  chain: name,
  hook: hook?.hooknum,
  policy,
});

/** A chain whose rules end with a drop. */
const lastWord = async (nft: Nftables, family: number, table: string, chain: string): Promise<string | undefined> => {
  const { messages } = await nft.connection.dump({
    name: "NFT_MSG_GETRULE",
    header: { family },
    attrs: { table, chain },
  });
  const drops = messages.some(
    (message) => message.name === "NFT_MSG_NEWRULE" && dropsAll(message.attrs.expressions ?? []),
  );
  return drops ? "drops all that no rule before accepts" : undefined;
};
