// Ports published on 127.0.0.0/8. For their answers to come back a bridge must route loopback addresses (route_localnet), and then nothing
// but a rule keeps the outside, and endpoints, from the host's own 127.0.0.1. So the rule comes first, the sysctl after; the way back
// the other way round.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import { type NftMessage, newRule } from "../../client/nft/messages.ts";
import { rule } from "../../client/nft/rule.ts";
import type { EndpointConfig } from "../model.ts";
import { isLocalhost } from "./endpoint-elements.ts";
import { CHAIN, TABLE } from "./names.ts";

const { INET } = NFPROTO;

/** Does an endpoint publish there? */
export const usesLocalhost = (endpoint: EndpointConfig): boolean => endpoint.ports.some(isLocalhost);

/** The switch of one bridge, not of the host. */
export const ROUTE_LOCALNET = "net.ipv4.conf.IFNAME.route_localnet";

/**
 * Messages that bring the rule in, or take it out.
 * @param was did any endpoint publish there?
 * @param will any?
 */
export const localhostRules = (was: boolean, will: boolean): readonly NftMessage[] => {
  if (was === will) return [];
  if (!will)
    return [{ name: "NFT_MSG_DELRULE", header: { family: INET }, attrs: { table: TABLE, chain: CHAIN.LOCALHOST } }];
  // Whatever bridges are called, and whatever they will be renamed to: only lo is not outside.
  return [
    newRule(
      INET,
      TABLE,
      CHAIN.LOCALHOST,
      rule(INET).daddr("127.0.0.0/8").iifname("lo", { not: true }).drop().expressions,
    ),
  ];
};
