// What a program that makes many changes need not read again. Under the lock, what is kept is as it was left when the ruleset's generation
// says that nothing but the lock itself was taken since; links are kept by events. One that makes a single change pays nothing for it.

import type { NftMessageType } from "../attrs/netfilter/nftables/messages.ts";
import type { NftMessage } from "../client/nft/messages.ts";
import { type ApplyOptions, Nftables } from "../client/nft/nftables.ts";
import { TransactionFailed } from "../socket/errors.ts";
import type { RequestOptions } from "../socket/requester.ts";
import type { TransactionAnswer } from "../socket/transaction.ts";
import type { Transport } from "../socket/transport.ts";
import { SET, TABLE } from "./firewall/names.ts";
import type { Host } from "./host.ts";
import { KnownLinks } from "./known-links.ts";
import { LINK_FIELDS, readState, type State, stateOf } from "./state.ts";
import { assemble, readStore, type Stored } from "./store.ts";

/** Letting go of the lock and taking it again are a transaction each. */
const LOCK_STEPS = 2;

type Store = Map<string, Stored | undefined>;

/** Of one Host. */
export class Memory {
  readonly #open: Transport["events"];
  #calls = 0;
  #links: KnownLinks | undefined;
  #store: { kept: Store | undefined } | undefined;
  /** Of the ruleset, when the lock was let go of. */
  #generation: number | undefined;

  /** @param open of a transport of the host; undefined: nothing is remembered */
  constructor(open: Transport["events"]) {
    this.#open = open;
  }

  /** A change begins: the lock is held. */
  async begin(nft: Nftables): Promise<void> {
    if (this.#open === undefined || ++this.#calls === 1) return;
    this.#links ??= new KnownLinks(this.#open, LINK_FIELDS);
    const then = this.#generation;
    this.#generation = undefined;
    if (then === undefined || (await nft.generation()) !== (then + LOCK_STEPS) >>> 0) this.#store = undefined;
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
    this.#store ??= { kept: await readStore(nft, options) };
    const links = await known.now(() => host.rtnl.links.list({}, { ...options, fields: LINK_FIELDS }));
    return stateOf(this.#store.kept, links);
  }

  /** A change ends: the lock is let go of next. */
  async end(nft: Nftables): Promise<void> {
    if (this.#store !== undefined) this.#generation = await nft.generation();
  }

  /** A transaction was done. */
  applied(messages: readonly NftMessage[]): void {
    const known = this.#store;
    if (known === undefined) return;
    for (const message of messages) {
      const { name, attrs = {} } = message as { name?: string; attrs?: Attrs };
      const isOurs = attrs.table === TABLE && attrs.set === SET.METADATA;
      if (/^NFT_MSG_(DEL|DESTROY)TABLE$/.test(name ?? "") && attrs.name === TABLE) known.kept = undefined;
      else if (name === "NFT_MSG_NEWTABLE" && attrs.name === TABLE) known.kept ??= new Map();
      else if (name === "NFT_MSG_NEWSETELEM" && isOurs) this.#add(known, attrs);
      else if (/^NFT_MSG_(DEL|DESTROY)SETELEM$/.test(name ?? "") && isOurs) {
        for (const link of assemble(attrs.elements ?? []).keys()) known.kept?.delete(link);
      }
    }
  }

  /** Long things come in several messages, of which each alone is not whole: those are read again. */
  #add(known: { kept: Store | undefined }, { elements = [] }: Attrs): void {
    for (const [link, thing] of assemble(elements)) {
      if (thing === undefined) this.forget();
      known.kept?.set(link, thing);
    }
  }

  /** Nobody knows what a transaction did. */
  forget(): void {
    this.#store = undefined;
  }

  /** Stops listening. */
  close(): void {
    this.#links?.close();
    this.#links = undefined;
  }
}

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
      // Of one that was refused nothing has happened.
      if (!(error instanceof TransactionFailed)) this.#memory.forget();
      throw error;
    }
  }
}
