// A chain of nf_tables drops it. iptables of today (iptables-nft) makes such chains too.
import { AF } from "../../../attrs/families.ts";
import { NFPROTO } from "../../../attrs/netfilter/nfnetlink.ts";
import { plain } from "../../../codec/text.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
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
    if (!NAME.test(drop.table) || !NAME.test(drop.chain)) return { cause: "dropped", says };
    const ref = { a: a.ref, b: b.ref, host: host.ref }[drop.where];
    const args = ["insert", "rule", family, drop.table, drop.chain, ...matchOf(situation, way, drop), "accept"];
    return { cause: "dropped", says, mend: commandIn(ref, "nft", ...args) };
  }
  return undefined;
};
