// One at a time changes networks of a host's namespace: a table that belongs to a socket is the lock. It dies with its holder, however
// that dies.
import { NFPROTO } from "../attrs/netfilter/nfnetlink.ts";
import { NFT_TABLE_F } from "../attrs/netfilter/nftables/table.ts";
import { deleteTable, newTable } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError, TransactionFailed } from "../socket/errors.ts";
import { NetworkError } from "./errors.ts";
import { LOCK } from "./firewall/names.ts";
import type { Host } from "./host.ts";

/** How to wait. */
export interface LockOptions {
  /** Milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}
/** A held lock: its socket is what transactions go over. */
export interface Lock extends AsyncDisposable {
  /** nf_tables of the host's namespace. */
  readonly nft: Nftables;
}

const TIMEOUT = 30_000;
/**
 * Milliseconds between two tries. No event tells that a table went with its socket (Linux 6.18: waited 30 s for NFT_MSG_DELTABLE), so it
 * is asked for; each pause is longer than the last, and of random length, so that many that wait do not try at once.
 */
const PAUSE = { FIRST: 2, LONGEST: 50 } as const;

/** Another socket's table may not even be asked for: EPERM about the message. About the batch as a whole it would mean: not root. */
const isTaken = (error: unknown): boolean =>
  error instanceof TransactionFailed && (error.code === "EPERM" || isUnowned(error) || error.code === "ENOENT");
/**
 * A table without an owner is nobody's: of a saved ruleset that was loaded again, or made by hand. It is taken over in one transaction, which
 * the kernel refuses where somebody has become its owner meanwhile (EPERM), or where it is gone (ENOENT).
 */
const isUnowned = (error: unknown): boolean => error instanceof TransactionFailed && error.code === "EEXIST";

/**
 * Waits until nobody else changes networks here, and keeps it so.
 * @param host where
 * @param options timeout, signal
 * @returns the lock; disposing of it lets go
 * @throws NetworkError LOCKED when the time is over, KernelError EPERM, the signal's reason
 */
export const acquireLock = async (host: Host, { timeout = TIMEOUT, signal }: LockOptions = {}): Promise<Lock> => {
  const nft = host.borrowNftables();
  const end = performance.now() + timeout;
  let takesOver = false;
  try {
    for (let pause: number = PAUSE.FIRST; ; pause = Math.min(pause * 2, PAUSE.LONGEST)) {
      signal?.throwIfAborted();
      try {
        await take(host, nft, takesOver, signal);
        return { nft, [Symbol.asyncDispose]: () => release(host, nft) };
      } catch (error) {
        if (!isTaken(error)) throw error;
        takesOver = isUnowned(error);
        if (performance.now() > end) throw await timedOut(nft, timeout, error);
      }
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  } catch (error) {
    nft.close();
    throw error;
  }
};

/** Where nobody else has changed the ruleset since we last did, what is remembered is what there is; the kernel decides both at once. */
const take = async (host: Host, nft: Nftables, takesOver: boolean, signal: AbortSignal | undefined): Promise<void> => {
  const leftover = takesOver ? [deleteTable(NFPROTO.INET, LOCK)] : [];
  const messages = [...leftover, newTable(NFPROTO.INET, LOCK, { flags: NFT_TABLE_F.OWNER })];
  const { memory } = host;
  const { generation } = memory;
  try {
    await nft.apply(messages, { signal, generation });
  } catch (error) {
    if (generation === undefined || !(error instanceof KernelError && error.code === "ERESTART")) throw error;
    memory.forget();
    await nft.apply(messages, { signal });
  }
  try {
    await memory.begin(nft, memory.generation !== undefined);
  } catch (error) {
    // Nobody holds it: it goes with its socket.
    memory.end();
    throw error;
  }
};

/** Lets go, and keeps the socket for the next time; where that fails, the table goes with the socket. */
const release = async (host: Host, nft: Nftables): Promise<void> => {
  try {
    await nft.apply([deleteTable(NFPROTO.INET, LOCK)]);
    host.memory.end();
    host.giveBack(nft);
  } catch {
    host.memory.forget();
    host.memory.end();
    nft.close();
  }
};

/** Who holds it: nlpid of the socket, which mostly is the process. */
const timedOut = async (nft: Nftables, timeout: number, cause: unknown): Promise<NetworkError> => {
  const { tables } = await nft.list().catch(() => ({ tables: [] }));
  const owner = tables.find(({ attrs }) => attrs.name === LOCK)?.attrs.owner;
  const who = owner === undefined ? "somebody" : `the netlink socket ${owner}`;
  return new NetworkError("LOCKED", `${who} has been changing networks of this namespace for ${timeout / 1000} s`, {
    cause,
  });
};
