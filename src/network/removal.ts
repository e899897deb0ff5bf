// Taking things out of the kernel that may be gone already, by whoever's hand.

import type { NftMessage } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError, OutcomeUnknown, TransactionFailed } from "../socket/errors.ts";
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

const isAbsent = (error: unknown): boolean =>
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
    await nft.apply(
      messages.map((message): NftMessage => {
        const name = FORGIVING[(message as { readonly name?: string }).name ?? ""];
        return name === undefined ? message : ({ ...message, name } as NftMessage);
      }),
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
