// What a program that makes many changes need not read again. Under the lock, what is kept is as it was left when the ruleset's generation
// says that nobody else has changed anything since; links are kept by events. One that makes a single change pays nothing for it.

import type { NftMessageType } from "../attrs/netfilter/nftables/messages.ts";
import type { NftMessage } from "../client/nft/messages.ts";
import { type ApplyOptions, Nftables } from "../client/nft/nftables.ts";
import { KernelError, TransactionFailed } from "../socket/errors.ts";
import type { RequestOptions } from "../socket/requester.ts";
import type { TransactionAnswer } from "../socket/transaction.ts";
import type { Transport } from "../socket/transport.ts";
import { SET, TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";
import { KnownLinks } from "./known-links.ts";
import { KnownState } from "./known-state.ts";
import { confirmed, LINK_FIELDS, readState, type State } from "./state.ts";
import { assemble, readKept, type Stored } from "./store.ts";

/** Of one Host. */
export class Memory {
  readonly #open: Transport["events"];
  #calls = 0;
  #links: KnownLinks | undefined;
  #store: { kept: Map<string, Stored | undefined> | undefined } | undefined;
  #state: KnownState | undefined;
  /** Names under which something else is kept than `#state` knows. */
  readonly #touched = new Set<string>();
  /**
   * Of the ruleset, behind our own last transaction: each counts one. If somebody else's came between two of ours it is another by now, and
   * the next lock is refused. Undefined: not known.
   */
  #generation: number | undefined;
  #held = false;

  /** @param open of a transport of the host; undefined: nothing is remembered */
  constructor(open: Transport["events"]) {
    this.#open = open;
  }

  /** The generation at which the lock may be taken without reading anything; undefined: at any, and what there is must be read. */
  get generation(): number | undefined {
    return this.#held || this.#store === undefined ? undefined : this.#generation;
  }

  /**
   * A change begins: the lock is held.
   * @param nft over the lock's socket
   * @param isAsLeft it was taken at `generation`
   */
  async begin(nft: Nftables, isAsLeft: boolean): Promise<void> {
    this.#held = true;
    if (this.#open === undefined || ++this.#calls === 1 || isAsLeft) return;
    this.forget();
    this.#links ??= new KnownLinks(this.#open, LINK_FIELDS);
    const generation = await nft.generation();
    // 0 would mean any.
    this.#generation = generation === 0 ? undefined : generation;
  }

  /**
   * What there is, under the lock.
   * @param host where
   * @param nft over the lock's socket
   * @param options signal
   */
  async read(host: Host, nft: Nftables, options: RequestOptions = {}): Promise<State> {
    const known = this.#links;
    if (known === undefined) return readState(host, nft, options);
    const read = this.#store === undefined ? await readKept(nft, options) : undefined;
    const store = this.#store ?? { kept: read?.things };
    const changes = await known.changes(() => host.rtnl.links.list({}, { ...options, fields: LINK_FIELDS }));
    if (this.#store === undefined) store.kept = await confirmed(nft, store.kept, known.all, options);
    this.#store = store;
    const { kept } = store;
    if (changes === undefined || this.#state === undefined)
      this.#state = new KnownState(kept, known.all, read?.contents);
    else this.#state.update(kept, this.#touched, changes);
    this.#touched.clear();
    return this.#state.state;
  }

  /** A change has ended: the lock has been let go of. */
  end(): void {
    this.#held = false;
  }

  /** A transaction was done. */
  applied(messages: readonly NftMessage[]): void {
    this.#generation = behind(this.#generation, messages);
    const known = this.#store;
    if (known === undefined) return;
    for (const message of messages) {
      const { name = "", attrs = {} } = message as { name?: string; attrs?: Attrs };
      if (attrs.table === TABLE) {
        if (attrs.set !== SET.METADATA) continue;
        if (name === "NFT_MSG_NEWSETELEM") this.#add(known, attrs);
        else if (REMOVED.has(name)) this.#remove(known, attrs);
      } else if (attrs.name === TABLE) {
        if (name === "NFT_MSG_NEWTABLE") known.kept ??= new Map();
        else if (TABLE_REMOVED.has(name)) known.kept = undefined;
      }
    }
  }

  /** Long things come in several messages, of which each alone is not whole: those are read again. */
  #add(known: { kept: Map<string, Stored | undefined> | undefined }, { elements = [] }: Attrs): void {
    for (const [link, thing] of assemble(elements)) {
      if (thing === undefined) this.forget();
      known.kept?.set(link, thing);
      this.#touched.add(link);
    }
  }
  #remove(known: { kept: Map<string, Stored | undefined> | undefined }, { elements = [] }: Attrs): void {
    for (const link of assemble(elements).keys()) {
      known.kept?.delete(link);
      this.#touched.add(link);
    }
  }

  /** Nobody knows what is kept. */
  forget(): void {
    this.#store = undefined;
    this.#state = undefined;
    this.#generation = undefined;
  }

  /** Stops listening. */
  close(): void {
    this.#links?.close();
    this.#links = undefined;
    this.forget();
  }
}

const REMOVED: ReadonlySet<string> = new Set(["NFT_MSG_DELSETELEM", "NFT_MSG_DESTROYSETELEM"]);
const TABLE_REMOVED: ReadonlySet<string> = new Set(["NFT_MSG_DELTABLE", "NFT_MSG_DESTROYTABLE"]);

/**
 * The next generation: the kernel passes over 0. A transaction that changed nothing makes none; only removals of what may not be there can
 * be such a one, since whatever else is here is refused where it would change nothing.
 */
const behind = (generation: number | undefined, messages: readonly NftMessage[]): number | undefined => {
  const changes = messages.some((message) => !(message as { name?: string }).name?.startsWith("NFT_MSG_DESTROY"));
  return generation === undefined || !changes ? undefined : (generation + 1) >>> 0 || 1;
};

interface Attrs {
  readonly table?: string;
  readonly set?: string;
  readonly name?: string;
  readonly elements?: Parameters<typeof assemble>[0];
}

/** nf_tables whose transactions are remembered. */
export class RememberedNftables extends Nftables {
  readonly #memory: Memory;
  constructor(connection: Nftables["connection"], memory: Memory) {
    super(connection);
    this.#memory = memory;
  }
  override async apply(
    messages: readonly NftMessage[],
    options?: ApplyOptions,
  ): Promise<TransactionAnswer<NftMessageType>> {
    try {
      const answer = await super.apply(messages, options);
      this.#memory.applied(messages);
      return answer;
    } catch (error) {
      // Of one that was refused nothing has happened; neither of one that was meant for another generation.
      const isRefused =
        error instanceof TransactionFailed || (error instanceof KernelError && error.code === "ERESTART");
      if (!isRefused) this.#memory.forget();
      throw error;
    }
  }
}
