// The other program: nft, in a namespace; and all of a namespace's ruleset as our messages.
import { execFileSync, spawnSync } from "node:child_process";
import {
  type AnyInput,
  type AnyMessage,
  decodeBodyWith,
  encodeMessage,
  type MessageOf,
  type NftMessageType,
  nftables,
  registry,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import type { Ruleset } from "./nft-rulesets.ts";

type Named = MessageOf<NftMessageType>;
export type NftMessage<N extends Named["name"]> = Extract<Named, { name: N }>;

const run = (netns: string, args: readonly string[], input = ""): { ok: boolean; out: string; why: string } => {
  const { status, stdout, stderr, error } = spawnSync("ip", ["netns", "exec", netns, "nft", ...args], {
    input,
    encoding: "utf8",
  });
  return { ok: status === 0, out: stdout, why: error?.message ?? stderr };
};

/** Is there an nft? */
export const hasNft = (): boolean => spawnSync("nft", ["--version"]).status === 0;

/** Makes links that a ruleset names. */
export const addLinks = (netns: string, links: readonly string[]): void => {
  for (const link of links) execFileSync("ip", ["-n", netns, "link", "add", link, "type", "ifb"]);
};

/** Writes a ruleset, whole. What the kernel answered that lacks something; undefined: it is there. */
export const writeRuleset = (netns: string, { text, links }: Ruleset): string | undefined => {
  addLinks(netns, links);
  const { ok, why } = run(netns, ["-f", "-"], text);
  if (ok) return undefined;
  const [, answer] = /Could not process rule: (No such file or directory|Operation not supported)/.exec(why) ?? [];
  if (answer === undefined) throw new Error(why);
  return answer;
};

/** An object of `nft -j`: `{ table: {…} }`, `{ rule: {…} }`. */
// biome-ignore lint/suspicious/noExplicitAny: another program's JSON.
export type NftPrinted = any;

/**
 * What `nft -j list ruleset` says of a namespace, but for what is no part of a ruleset: handles, which the kernel gives out; `expires`, what
 * an element has left of its time; `metainfo`, nft's own release.
 */
export const listRuleset = (netns: string, handles = false): NftPrinted[] => {
  const { ok, out, why } = run(netns, ["-j", "-a", "list", "ruleset"]);
  if (!ok) throw new Error(why);
  const left = (key: string, value: unknown): unknown =>
    (key === "handle" && !handles) || key === "expires" || key === "metainfo" ? undefined : value;
  return JSON.parse(out, left).nftables;
};

/** The same as text, with comments. What an element still has of its time is taken out. */
export const listText = (netns: string): string =>
  run(netns, ["list", "ruleset"]).out.replace(/ expires [\dhmsd]+/g, "");

/** Every message that the kernel sends of a namespace's ruleset. */
export interface Dumped {
  readonly tables: NftMessage<"NFT_MSG_NEWTABLE">[];
  readonly chains: NftMessage<"NFT_MSG_NEWCHAIN">[];
  readonly objects: NftMessage<"NFT_MSG_NEWOBJ">[];
  readonly flowtables: NftMessage<"NFT_MSG_NEWFLOWTABLE">[];
  readonly sets: NftMessage<"NFT_MSG_NEWSET">[];
  readonly elements: NftMessage<"NFT_MSG_NEWSETELEM">[];
  readonly rules: NftMessage<"NFT_MSG_NEWRULE">[];
}

/** Of every attribute the width that its table says: a strict decode throws for another one. */
const checkWidths = async (netns: string, { name, header, attrs }: AnyInput<NftMessageType> & Named): Promise<void> => {
  const raw = registry("NETLINK_NETFILTER", nftables.protocol);
  await using connection = Connection.open(raw, { netns });
  const bytes = encodeMessage({ name, header, attrs } as AnyInput<NftMessageType>, { types: nftables });
  const { messages } = await connection.dump({ type: nftables.byName.get(name)?.type ?? 0, payload: bytes.slice(16) });
  for (const message of messages) {
    const found = nftables.byType.get(message.type)?.name ?? "";
    if (message.name === undefined) decodeBodyWith(nftables, found, message.payload, { strict: true });
  }
};

export const dumpRuleset = async (netns: string): Promise<Dumped> => {
  await using connection = Connection.open(nftables, { netns });
  const all = async <N extends Named["name"]>(name: N, input: AnyInput<NftMessageType>): Promise<NftMessage<N>[]> => {
    await checkWidths(netns, input as never);
    const { messages } = await connection.dump(input);
    return (messages as AnyMessage<NftMessageType>[]).filter((m): m is NftMessage<N> => m.name === name);
  };
  const sets = await all("NFT_MSG_NEWSET", { name: "NFT_MSG_GETSET" });
  const elements = [];
  for (const { header, attrs } of sets) {
    const of = { table: attrs.table, set: attrs.name };
    const { family } = header;
    elements.push(...(await all("NFT_MSG_NEWSETELEM", { name: "NFT_MSG_GETSETELEM", header: { family }, attrs: of })));
  }
  return {
    tables: await all("NFT_MSG_NEWTABLE", { name: "NFT_MSG_GETTABLE" }),
    chains: await all("NFT_MSG_NEWCHAIN", { name: "NFT_MSG_GETCHAIN" }),
    objects: await all("NFT_MSG_NEWOBJ", { name: "NFT_MSG_GETOBJ" }),
    flowtables: await all("NFT_MSG_NEWFLOWTABLE", { name: "NFT_MSG_GETFLOWTABLE" }),
    sets,
    elements,
    rules: await all("NFT_MSG_NEWRULE", { name: "NFT_MSG_GETRULE" }),
  };
};
