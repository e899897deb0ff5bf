// A chain of nf_tables drops it. iptables of today (iptables-nft) makes such chains too.
import { AF } from "../../../attrs/families.ts";
import { NFPROTO } from "../../../attrs/netfilter/nfnetlink.ts";
import { plain, quote } from "../../../codec/text.ts";
import { TABLE } from "../../firewall/names.ts";
import { commandIn } from "../command.ts";
import type { Cause, Finding } from "../finding.ts";
import { endpointOf, publishing } from "../ours.ts";
import type { Drop, Situation, Way } from "../situation.ts";
import { cameThrough } from "../situation.ts";

/** As nft writes them. */
const FAMILY: Readonly<Record<number, string>> = {
  [NFPROTO.INET]: "inet",
  [NFPROTO.IPV4]: "ip",
  [NFPROTO.IPV6]: "ip6",
  [NFPROTO.ARP]: "arp",
  [NFPROTO.NETDEV]: "netdev",
  [NFPROTO.BRIDGE]: "bridge",
};

/** The flow, as nft matches it. */
const matchOf = ({ service }: Situation, way: Way, { direction }: Drop): string[] => {
  const isThere = direction === "there";
  const version = way.family === AF.INET ? "ip" : "ip6";
  const [from, to] = isThere ? [way.source ?? "", way.address] : [way.address, way.source ?? ""];
  const addresses = [version, "saddr", from, version, "daddr", to];
  if (service === undefined) return [...addresses, "meta", "l4proto", way.family === AF.INET ? "icmp" : "ipv6-icmp"];
  return [...addresses, service.protocol, isThere ? "dport" : "sport", `${service.port}`];
};

/** What nft reads as a name; the kernel takes any. Others have to be removed by handle, by a program that can say them. */
const NAME = /^[a-z_][\w/\\.-]*$/i;

/** What nlkit drops it has been told to drop: an accept in front of it would open more than one endpoint. */
const byOurs = (situation: Situation, way: Way, drop: Drop, says: string): Finding => {
  if (drop.family === NFPROTO.BRIDGE) {
    return { cause: "guarded", says: `${says}; an endpoint sends from its own address and hardware address alone` };
  }
  const target = drop.direction === "there" ? endpointOf(situation.host, way.address) : undefined;
  if (target === undefined) return { cause: "dropped", says };
  const why = `network ${quote(target.network.name)} of nlkit`;
  const { says: how = "neither in nor out of an internal network", mend } = publishing(situation, target, way) ?? {};
  return { cause: "dropped", says: `${says}; ${why}: ${how}`, mend };
};

export const dropped: Cause = (situation) => {
  const { a, b, host, ways } = situation;
  for (const way of ways) {
    const drop = way.probe?.drops[0];
    if (drop === undefined || cameThrough(way)) continue;
    const family = FAMILY[drop.family] ?? `${drop.family}`;
    const place = { a: a.label, b: b.label, host: "the host" }[drop.where];
    const what = drop.direction === "there" ? `what ${a.label} sends to ${way.address}` : `the answer of ${b.label}`;
    const by = drop.handle === undefined ? "its policy is drop" : `rule handle ${drop.handle}`;
    const says = `chain ${plain(drop.chain)} of table ${family} ${plain(drop.table)} in ${place} drops ${what}: ${by}`;
    if (drop.where === "host" && drop.table === TABLE) return byOurs(situation, way, drop, says);
    if (!NAME.test(drop.table) || !NAME.test(drop.chain)) return { cause: "dropped", says };
    const ref = { a: a.ref, b: b.ref, host: host.ref }[drop.where];
    const args = ["insert", "rule", family, drop.table, drop.chain, ...matchOf(situation, way, drop), "accept"];
    return { cause: "dropped", says, mend: commandIn(ref, "nft", ...args) };
  }
  return undefined;
};
