// Taking things out of the kernel that may be gone already, by whoever's hand.

import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import { type NftMessage, newTable } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError, OutcomeUnknown, TransactionFailed } from "../socket/errors.ts";
import { TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";

/** The same, for what may not be there. Linux 6.3 and later. */
const FORGIVING: Readonly<
  Record<string, "NFT_MSG_DESTROYSETELEM" | "NFT_MSG_DESTROYCHAIN" | "NFT_MSG_DESTROYTABLE" | "NFT_MSG_DESTROYRULE">
> = {
  NFT_MSG_DELSETELEM: "NFT_MSG_DESTROYSETELEM",
  NFT_MSG_DELCHAIN: "NFT_MSG_DESTROYCHAIN",
  NFT_MSG_DELTABLE: "NFT_MSG_DESTROYTABLE",
  NFT_MSG_DELRULE: "NFT_MSG_DESTROYRULE",
};

const isAbsent = (error: unknown): error is TransactionFailed =>
  error instanceof TransactionFailed && error.errors.every(({ error: one }) => one.code === "ENOENT");

/**
 * Takes elements, chains and tables out. Somebody may have taken some of them out by hand: that is no reason to keep the others.
 * @param nft where
 * @param messages removals
 * @throws TransactionFailed
 */
export const takeOut = async (nft: Nftables, messages: readonly NftMessage[]): Promise<void> => {
  try {
    await nft.apply(messages);
  } catch (error) {
    // What was perhaps done may be asked for again in that form: nobody else can have added anything under the lock.
    if (!isAbsent(error) && !(error instanceof OutcomeUnknown)) throw error;
    await takeOutWhatIsThere(
      nft,
      messages.map((message): NftMessage => {
        const name = FORGIVING[(message as { readonly name?: string }).name ?? ""];
        return name === undefined ? message : ({ ...message, name } as NftMessage);
      }),
    );
  }
};

/**
 * Asks whether they can be taken out; nothing is done, since the last message is one that the kernel must refuse.
 * @param nft where our tables are
 * @param messages removals
 * @throws TransactionFailed where something is in use (EBUSY); what is not there is no obstacle
 */
export const tryOut = async (nft: Nftables, messages: readonly NftMessage[]): Promise<void> => {
  try {
    await nft.apply([...messages, newTable(NFPROTO.INET, TABLE)]);
  } catch (error) {
    if (error instanceof OutcomeUnknown) return;
    if (!(error instanceof TransactionFailed) || isBusy(error)) throw error;
  }
};
/** Was something refused because something else uses it? */
export const isBusy = (error: unknown): boolean =>
  error instanceof TransactionFailed && error.errors.some(({ error: one }) => one.code === "EBUSY");

/** The forgiving ones forgive what is not in a set or a chain, but not that the set or the table itself is not there. */
const takeOutWhatIsThere = async (nft: Nftables, messages: readonly NftMessage[]): Promise<void> => {
  try {
    await nft.apply(messages);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const absent = new Set(error.errors.map(({ index }) => index));
    // Fewer each time.
    await takeOutWhatIsThere(
      nft,
      messages.filter((_, i) => !absent.has(i)),
    );
  }
};

/**
 * Deletes a link, if it is there.
 * @param host where
 * @param index which: a name may be somebody else's by now
 */
export const deleteLink = async ({ rtnl }: Host, index: number): Promise<void> => {
  try {
    await rtnl.links.delete(index);
  } catch (error) {
    if (!(error instanceof KernelError && error.code === "ENODEV")) throw error;
  }
};
