// nf_tables: the ruleset as a whole, and transactions.
import { NFNL_SUBSYS, NFNLGRP } from "../../attrs/netfilter/nfnetlink.ts";
import { type NftMessageType, nftables } from "../../attrs/netfilter/nftables/messages.ts";
import type { NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import type { AnyInput, AnyMessage, Named } from "../../codec/message.ts";
import { Connection, type ConnectionOptions } from "../../socket/connection.ts";
import { DumpInterrupted, KernelError } from "../../socket/errors.ts";
import type { SocketOptions } from "../../socket/netlink-socket.ts";
import type { RequestOptions } from "../../socket/requester.ts";
import type { Subscription, SubscriptionOptions } from "../../socket/subscription.ts";
import type { TransactionAnswer } from "../../socket/transaction.ts";
import type { NftMessage } from "./messages.ts";
import type { NftSetWithElements, Ruleset } from "./ruleset.ts";

/** How a transaction is to be applied. */
export interface ApplyOptions extends RequestOptions {
  /** Only on this state of the ruleset: `ruleset.generation`. Any other: ERESTART. */
  readonly generation?: number | undefined;
}

/** How often a ruleset that changed while it was read is read again. */
const ATTEMPTS = 10;

/** The header of both ends of a batch. */
const header = { resId: NFNL_SUBSYS.NFTABLES };

/**
 * The packet filter of one network namespace.
 * @example
 * await using nft = await Nftables.open({ netns: "ns1" });
 * await nft.apply([
 *   newTable(NFPROTO.INET, "t"),
 *   newChain(NFPROTO.INET, "t", "in", { type: "filter", hook: { hooknum: NF_INET.LOCAL_IN, priority: 0 }, policy: NF.DROP }),
 *   newRule(NFPROTO.INET, "t", "in", rule(NFPROTO.INET).ctState("established", "related").accept().expressions),
 * ]);
 */
export class Nftables implements AsyncDisposable {
  /** Requests of your own making. */
  readonly connection: Connection<NftMessageType>;

  /** @param connection over which to talk; closed with this */
  constructor(connection: Connection<NftMessageType>) {
    this.connection = connection;
  }

  /**
   * Opens a socket. A table with NFT_TABLE_F.OWNER lives as long as this.
   * @param options namespace, timeout
   * @throws SystemError
   */
  static async open(options: ConnectionOptions & Omit<SocketOptions, "protocol"> = {}): Promise<Nftables> {
    return new Nftables(Connection.open(nftables, options));
  }

  /**
   * Applies messages together or not at all.
   * @param messages what `newTable`, `newChain`, `newRule`… give, or your own
   * @param options the generation that they are meant for; timeout, signal
   * @returns what messages with NLM_F_ECHO were answered with
   * @throws TransactionFailed with every message that was refused; KernelError ERESTART for a stale generation, EPERM
   */
  apply(messages: readonly NftMessage[], options: ApplyOptions = {}): Promise<TransactionAnswer<NftMessageType>> {
    const { generation, ...how } = options;
    const attrs = generation === undefined ? {} : { genid: generation };
    const begin: NftMessage = { name: "NFNL_MSG_BATCH_BEGIN", header, attrs };
    const end: NftMessage = { name: "NFNL_MSG_BATCH_END", header };
    return this.connection.transaction({ begin, messages: withSetIds(messages), end }, how);
  }

  /**
   * The number of the ruleset's present state.
   * @param options timeout, signal
   */
  async generation(options?: RequestOptions): Promise<number> {
    const { messages } = await this.connection.request({ name: "NFT_MSG_GETGEN" }, whole(options));
    const [found] = named(messages, "NFT_MSG_NEWGEN");
    return found?.attrs.id ?? 0;
  }

  /**
   * Everything, as it was at one moment: read again where somebody changed it meanwhile.
   * @param options timeout, signal of each step
   * @throws DumpInterrupted when it kept changing
   */
  async list(options?: RequestOptions): Promise<Ruleset> {
    const how = whole(options);
    for (let attempt = 1; ; attempt++) {
      const ruleset = await this.#once(how);
      if (ruleset !== undefined) return ruleset;
      if (attempt === ATTEMPTS) throw new DumpInterrupted(ATTEMPTS, []);
    }
  }

  /** Undefined: it changed under way. */
  async #once(options?: RequestOptions): Promise<Ruleset | undefined> {
    const generation = await this.generation(options);
    try {
      const tables = named(await this.#dump({ name: "NFT_MSG_GETTABLE" }, options), "NFT_MSG_NEWTABLE");
      const chains = named(await this.#dump({ name: "NFT_MSG_GETCHAIN" }, options), "NFT_MSG_NEWCHAIN");
      const rules = named(await this.#dump({ name: "NFT_MSG_GETRULE" }, options), "NFT_MSG_NEWRULE");
      const objects = named(await this.#dump({ name: "NFT_MSG_GETOBJ" }, options), "NFT_MSG_NEWOBJ");
      const flowtables = named(await this.#dump({ name: "NFT_MSG_GETFLOWTABLE" }, options), "NFT_MSG_NEWFLOWTABLE");
      const sets: NftSetWithElements[] = [];
      for (const set of named(await this.#dump({ name: "NFT_MSG_GETSET" }, options), "NFT_MSG_NEWSET")) {
        const { table = "", name = "" } = set.attrs;
        sets.push({ set, elements: await this.elements(set.header.family, table, name, options) });
      }
      if ((await this.generation(options)) !== generation) return undefined;
      return { generation, tables, chains, rules, sets, objects, flowtables };
    } catch (error) {
      // A set that is gone before its elements were asked for.
      if (error instanceof DumpInterrupted || (error instanceof KernelError && error.code === "ENOENT"))
        return undefined;
      throw error;
    }
  }

  async #dump(message: AnyInput<NftMessageType>, options?: RequestOptions): Promise<AnyMessage<NftMessageType>[]> {
    return (await this.connection.dump(message, options)).messages;
  }

  /**
   * What is in a set.
   * @param family NFPROTO of its table
   * @param table its table
   * @param set its name
   * @param options timeout, signal
   * @throws KernelError ENOENT
   */
  async elements(family: number, table: string, set: string, options?: RequestOptions): Promise<NftSetElement[]> {
    const message = { name: "NFT_MSG_GETSETELEM", header: { family }, attrs: { table, set } } as const;
    const parts = named(await this.#dump(message, whole(options)), "NFT_MSG_NEWSETELEM");
    return parts.flatMap(({ attrs }) => [...(attrs.elements ?? [])]);
  }

  /**
   * Listens to changes of the ruleset; each transaction ends with NFT_MSG_NEWGEN.
   * @param options signal, all namespaces, buffer
   */
  subscribe(options: SubscriptionOptions = {}): Subscription<NftMessageType> {
    return this.connection.subscribe({ ...options, groups: [NFNLGRP.NFTABLES] });
  }

  /** Closes the socket; what is pending is rejected, and tables that it owns are gone. */
  close(): void {
    this.connection.close();
  }

  /** `await using nft = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

/** All of what is read is needed: names to ask on by, numbers to compare. */
const whole = (options: RequestOptions = {}): RequestOptions => {
  const { fields: _fields, ...how } = options;
  return how;
};

interface SetParts {
  readonly name?: string;
  readonly attrs?: { readonly id?: number };
}
/** The kernel wants a number for every set that a transaction makes. Where nobody speaks of it by that, any that is free will do. */
const withSetIds = (messages: readonly NftMessage[]): readonly NftMessage[] => {
  const sets = (messages as readonly SetParts[]).filter(({ name }) => name === "NFT_MSG_NEWSET");
  const used = new Set(sets.map(({ attrs }) => attrs?.id));
  if (!used.has(undefined)) return messages;
  let last = 0;
  const next = (): number => {
    do last++;
    while (used.has(last));
    return last;
  };
  return messages.map((message): NftMessage => {
    const { name, attrs } = message as SetParts;
    if (name !== "NFT_MSG_NEWSET" || attrs?.id !== undefined) return message;
    return { ...message, attrs: { ...attrs, id: next() } } as NftMessage;
  });
};

const named = <N extends string>(
  messages: readonly AnyMessage<NftMessageType>[],
  name: N,
): Extract<AnyMessage<NftMessageType>, Named<N>>[] =>
  messages.filter((message): message is Extract<AnyMessage<NftMessageType>, Named<N>> => message.name === name);
