// Is all of the firewall there? Whoever deletes a table, a chain or a set of ours, or flushes a table, is noticed by what the kernel counts:
// chains and sets of a table, rules and jumps of a chain. Elements of sets it does not count.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import type { NftMessageType } from "../../attrs/netfilter/nftables/messages.ts";
import type { NftMessage } from "../../client/nft/messages.ts";
import { KernelError } from "../../socket/errors.ts";
import type { BatchResult } from "../../socket/requester.ts";
import { TABLE } from "./names.ts";
import { makeTables } from "./tables.ts";

/** How much is in a table, or in a chain that all networks share ("bridge nlkit", "inet nlkit published"); what is not in it is not there. */
export type Contents = ReadonlyMap<string, number>;

const FAMILY: Readonly<Record<number, string>> = { [NFPROTO.INET]: "inet", [NFPROTO.BRIDGE]: "bridge" };
const keyOf = (family: number, chain?: string): string =>
  `${FAMILY[family] ?? family} ${TABLE}${chain === undefined ? "" : ` ${chain}`}`;

interface Parts {
  readonly name?: string;
  readonly header?: { readonly family: number };
  readonly attrs?: {
    readonly name?: string;
    readonly chain?: string;
    readonly expressions?: readonly NftExpression[];
  };
}
const partsOf = (message: NftMessage): Required<Parts> => {
  const { name = "", header = { family: 0 }, attrs = {} } = message as Parts;
  return { name, header, attrs };
};
const jumpsOf = (expressions: readonly NftExpression[] = []): string[] =>
  expressions.flatMap(({ data }) => data?.immediate?.data?.verdict?.chain ?? []);

/** What the kernel counts when messages have been applied to nothing. */
const contentsBehind = (messages: readonly NftMessage[]): Map<string, number> => {
  const contents = new Map<string, number>();
  const add = (key: string, count: 0 | 1): unknown => contents.set(key, (contents.get(key) ?? 0) + count);
  for (const message of messages) {
    const { name, header, attrs } = partsOf(message);
    if (name === "NFT_MSG_NEWTABLE") add(keyOf(header.family), 0);
    if (name === "NFT_MSG_NEWSET" || name === "NFT_MSG_NEWCHAIN") add(keyOf(header.family), 1);
    if (name === "NFT_MSG_NEWCHAIN") add(keyOf(header.family, attrs.name), 0);
    if (name !== "NFT_MSG_NEWRULE") continue;
    for (const chain of [attrs.chain, ...jumpsOf(attrs.expressions)]) add(keyOf(header.family, chain), 1);
  }
  return contents;
};

/** Messages that make the tables and chains that all networks share. */
const shared = (): readonly NftMessage[] => {
  made ??= makeTables().filter((one) => ["NFT_MSG_NEWTABLE", "NFT_MSG_NEWCHAIN"].includes(partsOf(one).name));
  return made;
};
let made: readonly NftMessage[] | undefined;
/** What to ask. */
export const askContents = (): NftMessage[] =>
  shared().map((message): NftMessage => {
    const { name, header, attrs } = partsOf(message);
    return name === "NFT_MSG_NEWTABLE"
      ? { name: "NFT_MSG_GETTABLE", header, attrs: { name: TABLE } }
      : { name: "NFT_MSG_GETCHAIN", header, attrs: { table: TABLE, name: attrs.name } };
  });

/**
 * What the answers say.
 * @param answers to `askContents`
 * @throws what the kernel refuses them for
 */
export const contentsIn = (answers: readonly BatchResult<NftMessageType>[]): Contents =>
  new Map(
    answers.flatMap((answer, i): [string, number][] => {
      const { name, header, attrs } = partsOf(shared()[i] as NftMessage);
      if (answer.status === "rejected") {
        if (answer.reason instanceof KernelError && answer.reason.code === "ENOENT") return [];
        throw answer.reason;
      }
      const [found] = answer.value.messages as readonly { readonly attrs?: { readonly use?: number } }[];
      return [[keyOf(header.family, name === "NFT_MSG_NEWCHAIN" ? attrs.name : undefined), found?.attrs?.use ?? 0]];
    }),
  );

/**
 * What is missing, in words.
 * @param contents what there is
 * @param messages that make all of the firewall
 */
export const missingIn = (contents: Contents, messages: readonly NftMessage[]): string[] => {
  const wanted = contentsBehind(messages);
  const isThere = (key: string): boolean => contents.has(key);
  return shared().flatMap((message): string[] => {
    const { name, header, attrs } = partsOf(message);
    const table = keyOf(header.family);
    const isTable = name === "NFT_MSG_NEWTABLE";
    if (!isThere(table)) return isTable ? [`table ${table}`] : [];
    const key = isTable ? table : keyOf(header.family, attrs.name);
    if (!isTable && !isThere(key)) return [`chain ${attrs.name} of table ${table}`];
    if ((contents.get(key) as number) >= (wanted.get(key) ?? 0)) return [];
    return [isTable ? `a chain or a set of table ${table}` : `rules of chain ${attrs.name} of table ${table}`];
  });
};
