// Follows one flow through nf_tables, in each of the namespaces that it passes: a table that marks its packets, and the kernel tells which
// rules they meet. The table belongs to a socket, and goes with it, however this process ends.
import { AF } from "../../attrs/families.ts";
import { NFNLGRP, NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import { NF } from "../../attrs/netfilter/nftables/data.ts";
import { NFT_META } from "../../attrs/netfilter/nftables/expressions/meta.ts";
import { NF_INET } from "../../attrs/netfilter/nftables/hook.ts";
import { NFT_REG } from "../../attrs/netfilter/nftables/registers.ts";
import { NFT_TABLE_F } from "../../attrs/netfilter/nftables/table.ts";
import { NFT_TRACETYPE, type NftTraceAttrs } from "../../attrs/netfilter/nftables/trace.ts";
import { type NftMessage, newChain, newRule, newTable } from "../../client/nft/messages.ts";
import { Nftables } from "../../client/nft/nftables.ts";
import { type Rule, rule } from "../../client/nft/rule.ts";
import { ipText } from "../../codec/address.ts";
import type { NetnsRef } from "../../socket/netns.ts";
import type { Drop, Probe } from "./situation.ts";

/** Which packets. */
export interface Flow {
  /** AF.INET or AF.INET6. */
  readonly family: number;
  /** A's address. */
  readonly source: string;
  /** B's. */
  readonly destination: string;
  /** Ports of a TCP or UDP flow; undefined: ICMP echo. */
  readonly ports?:
    | { readonly protocol: "tcp" | "udp"; readonly source: number; readonly destination: number }
    | undefined;
}
type Direction = Drop["direction"];
/** What is seen. */
export interface Trace {
  /** Has a drop been seen for so long that no answer is to be waited for? */
  isLost(): boolean;
  /** Takes the tables away and tells what was seen. */
  stop(): Promise<Pick<Probe, "traced" | "seen" | "drops">>;
}

/** Before connection tracking, raw tables and whatever else there is. */
const FIRST = -2_000_000;

const flowRule = (tableFamily: number, { family, source, destination, ports }: Flow, direction: Direction): Rule => {
  const isThere = direction === "there";
  const made = rule(tableFamily)
    .saddr(isThere ? source : destination)
    .daddr(isThere ? destination : source);
  if (ports === undefined) return made.l4proto(family === AF.INET ? "icmp" : "icmpv6");
  const [from, to] = isThere ? [ports.source, ports.destination] : [ports.destination, ports.source];
  return made.sport(ports.protocol, from).dport(ports.protocol, to);
};

/** `meta nftrace set 1` */
const setTrace = (made: Rule): Rule =>
  made.add(
    { name: "immediate", data: { immediate: { dreg: NFT_REG[1], data: { value: new Uint8Array([1]) } } } },
    { name: "meta", data: { meta: { key: NFT_META.NFTRACE, sreg: NFT_REG[1] } } },
  );

const HOOKS = { in: NF_INET.PRE_ROUTING, out: NF_INET.LOCAL_OUT } as const;

/** A chain a direction, so that its name tells it; of a bridge, frames come in, and nothing else is of interest. */
const tableFor = (family: number, name: string, flow: Flow): NftMessage[] => {
  const messages = [newTable(family, name, { flags: NFT_TABLE_F.OWNER })];
  for (const direction of ["there", "back"] as const) {
    for (const way of family === NFPROTO.BRIDGE ? (["in"] as const) : (["in", "out"] as const)) {
      const chain = `${direction}-${way}`;
      messages.push(
        newChain(family, name, chain, {
          type: "filter",
          hook: { hooknum: HOOKS[way], priority: FIRST },
          policy: NF.ACCEPT,
        }),
        newRule(family, name, chain, setTrace(flowRule(family, flow, direction)).expressions),
      );
    }
  }
  return messages;
};

/** The last word on a packet in a hook: drop, by a rule or because no rule said anything. */
const isDrop = ({ type, verdict, policy }: NftTraceAttrs): boolean =>
  type === NFT_TRACETYPE.POLICY ? policy === NF.DROP : type === NFT_TRACETYPE.RULE && verdict?.code === NF.DROP;

/** Which way a packet goes, by the addresses of its header (RFC 791, RFC 8200); undefined: it is none of the flow. */
const directionOf = (header: Uint8Array, { source, destination }: Flow): Direction | undefined => {
  const [at, size] = (header[0] ?? 0) >> 4 === 4 ? [12, 4] : [8, 16];
  if (header.length < at + 2 * size) return undefined;
  const from = ipText(header, at, at + size);
  const to = ipText(header, at + size, at + 2 * size);
  if (from === source && to === destination) return "there";
  return from === destination && to === source ? "back" : undefined;
};

/** Milliseconds in which a refusal comes that goes with a drop: `reject` is one. */
const GRACE = 50;

let made = 0;

/** Events of one namespace, as they come. */
const follow = async (where: Drop["where"], ref: NetnsRef | undefined, flow: Flow, families: readonly number[]) => {
  const nft = await Nftables.open(ref === undefined ? {} : { netns: ref });
  const table = `nlkit-check-${process.pid}-${made++}`;
  const seen: Probe["seen"][number][] = [];
  const drops: Drop[] = [];
  const directions = new Map<number | undefined, Direction | undefined>();
  let traced = false;
  const events = nft.connection.subscribe({ groups: [NFNLGRP.NFTRACE] });
  const reading = (async () => {
    for await (const item of events) {
      if (item.action === "overrun" || item.message.name !== "NFT_MSG_TRACE") continue;
      const { header, attrs } = item.message;
      const { id, networkHeader, ruleHandle } = attrs;
      // The first event of each chain has the packet. Its id is good for that chain: the kernel makes it of things that routing changes.
      if (networkHeader !== undefined) directions.set(id, directionOf(networkHeader, flow));
      const direction = directions.get(id);
      // Somebody else may be tracing packets of his own.
      if (direction === undefined) continue;
      // A packet that one of our chains has marked meets the others too: those do not match, and tell of their ends alone.
      if (attrs.table === table && ruleHandle !== undefined) seen.push({ where, direction });
      if (attrs.table === table || !isDrop(attrs)) continue;
      const handle = attrs.type === NFT_TRACETYPE.RULE ? ruleHandle : undefined;
      drops.push({
        where,
        direction,
        family: header.family,
        table: attrs.table ?? "",
        chain: attrs.chain ?? "",
        handle,
      });
    }
  })();
  for (const family of families) {
    try {
      await nft.apply(tableFor(family, table, flow));
      traced = true;
    } catch {
      // A kernel without that family: the others are followed.
    }
  }
  return {
    traced: () => traced,
    dropped: () => drops.length > 0,
    stop: async () => {
      // Events that are there are read before the loop turns twice.
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.close();
      nft.close();
      await reading;
      return { seen, drops };
    },
  };
};

/**
 * Begins to follow a flow in A, the host and B.
 * @param places the three namespaces
 * @param flow which packets
 */
export const startTrace = async (
  places: Readonly<Record<Drop["where"], NetnsRef | undefined>>,
  flow: Flow,
): Promise<Trace> => {
  const followed: Awaited<ReturnType<typeof follow>>[] = [];
  let since: number | undefined;
  const isLost = (): boolean => {
    if (!followed.some((one) => one.dropped())) return false;
    since ??= performance.now();
    return performance.now() - since > GRACE;
  };
  const stop: Trace["stop"] = async () => {
    const results = await Promise.all(followed.map((one) => one.stop()));
    return {
      traced: followed.length === 3 && followed.every((one) => one.traced()),
      seen: results.flatMap(({ seen }) => seen),
      drops: results.flatMap(({ drops }) => drops),
    };
  };
  for (const where of ["a", "host", "b"] as const) {
    const families = where === "host" ? [NFPROTO.BRIDGE, NFPROTO.INET] : [NFPROTO.INET];
    try {
      followed.push(await follow(where, places[where], flow, families));
    } catch {
      // No nf_tables here, or not for this user: the probe goes out all the same.
    }
  }
  return { isLost, stop };
};
