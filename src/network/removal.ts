// Taking things out of the kernel that may be gone already, by whoever's hand.

import { AF } from "../attrs/families.ts";
import type { ConntrackMessageType } from "../attrs/netfilter/conntrack/messages.ts";
import { CTA_FILTER_F } from "../attrs/netfilter/conntrack/parts.ts";
import type { ConntrackTuple } from "../attrs/netfilter/conntrack/tuple.ts";
import type { Conntrack } from "../client/conntrack.ts";
import type { NftMessage } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import type { AnyInput } from "../codec/message.ts";
import { KernelError, OutcomeUnknown, TransactionFailed } from "../socket/errors.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, PublishedPort } from "./model.ts";

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

/** A kernel that tracks no connections, or has no room for the question, has none to forget. */
const TRACKS_NOTHING: ReadonlySet<string> = new Set(["ENOENT", "EPROTONOSUPPORT", "EOPNOTSUPP"]);

type Deletion = AnyInput<ConntrackMessageType>;

const isIp4 = (address: string): boolean => !address.includes(":");

/**
 * Deletes every flow that begins at an IPv4 address, and every one that is answered from there: behind destination NAT the endpoint is only
 * where answers come from. The kernel looks for them, and does not look where a namespace has no flows. (6.18: 0.4 ms, where a filtered
 * dump is 35.) Not for IPv6: those addresses it compares the wrong way round, and would delete everybody else's flows.
 */
const deletions = (address: string): Deletion[] => {
  const tuple: ConntrackTuple = { ip: { v4Src: address }, proto: {} };
  const { CTA_IP_SRC: src } = CTA_FILTER_F;
  const all = [
    { tupleOrig: tuple, filter: { origFlags: src, replyFlags: 0 } },
    { tupleReply: tuple, filter: { origFlags: 0, replyFlags: src } },
  ];
  return all.map((attrs) => ({ name: "IPCTNL_MSG_CT_DELETE", header: { family: AF.INET }, attrs }));
};

/** Nothing, where nothing is tracked. */
const tracking = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof KernelError && TRACKS_NOTHING.has(error.code))) throw error;
  }
};

/** The same for IPv6, all addresses by one dump of that family. */
const listAndDelete6 = (conntrack: Conntrack, addresses: ReadonlySet<string | undefined>): Promise<void> =>
  tracking(async () => {
    const flows = await conntrack.list({ family: AF.INET6 });
    await conntrack.deleteFlows(
      flows.filter(
        ({ attrs: { tupleOrig, tupleReply } }) =>
          addresses.has(tupleOrig?.ip?.v6Src) || addresses.has(tupleReply?.ip?.v6Src),
      ),
    );
  });

/** The same for IPv4, on kernels before 6.8: they delete no flows by a filter. */
const listAndDelete = (conntrack: Conntrack, address: string): Promise<void> =>
  tracking(async () => {
    await conntrack.delete({ orig: { src: address } });
    await conntrack.delete({ reply: { src: address } });
  });

const codeOf = (result: PromiseSettledResult<unknown>): string | undefined =>
  result.status === "rejected" && result.reason instanceof KernelError ? result.reason.code : undefined;

/**
 * Forgets the flows of endpoints that are gone: whoever gets their address must not get their packets. Rows C1 and C3.
 * @param host where
 * @param endpoints whose
 */
export const flushFlows = async (host: Host, endpoints: readonly EndpointConfig[]): Promise<void> => {
  const addresses = endpoints.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((one) => one !== undefined));
  if (addresses.length === 0) return;
  const conntrack = host.conntrack();
  const results = await conntrack.connection.batch(addresses.filter(isIp4).flatMap(deletions));
  const failed = results.filter((result) => result.status === "rejected");
  const unknown = failed.some((result) => codeOf(result) === "EINVAL");
  const odd = failed.find((result) => codeOf(result) !== "EINVAL" && !TRACKS_NOTHING.has(codeOf(result) ?? ""));
  if (odd !== undefined) throw odd.reason;
  for (const address of addresses) if (unknown && isIp4(address)) await listAndDelete(conntrack, address);
  const rest = new Set(addresses.filter((address) => !isIp4(address)));
  if (rest.size > 0) await listAndDelete6(conntrack, rest);
};

/**
 * Forgets what was sent to ports of the host before they were published: a flow is translated when it begins or never, and one of UDP
 * lasts as long as somebody asks. (TCP begins anew by itself.) Row C2, whose flows to other hosts stay.
 * @param host where
 * @param ports that are published now
 */
export const flushUnpublished = async (host: Host, ports: readonly PublishedPort[]): Promise<void> => {
  const lasting = ports.filter(({ protocol }) => protocol !== "tcp");
  if (lasting.length === 0) return;
  await tracking(async () => {
    const conntrack = host.conntrack();
    let own: Set<string | undefined> | undefined;
    for (const { protocol, hostPort: dport } of lasting) {
      for (const { attrs } of await conntrack.list({ orig: { protocol, dport } })) {
        const { v4Src, v4Dst, v6Src, v6Dst } = attrs.tupleOrig?.ip ?? {};
        own ??= new Set((await host.rtnl.addresses.list()).map(({ attrs: { local, address } }) => local ?? address));
        const dst = v4Dst ?? v6Dst;
        if (!own.has(dst)) continue;
        await conntrack.delete({
          orig: { src: v4Src ?? v6Src, dst, protocol, sport: attrs.tupleOrig?.proto?.srcPort, dport },
        });
      }
    }
  });
};
