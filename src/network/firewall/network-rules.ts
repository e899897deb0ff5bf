// The rules of one network: chains of its own, and where the base chains jump there. Rows F1 to F10 of the checklist in docs/network.md.
import { AF } from "../../attrs/families.ts";
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftChainAttrs } from "../../attrs/netfilter/nftables/chain.ts";
import { NFT } from "../../attrs/netfilter/nftables/data.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import { NF_INET, NF_IP_PRI } from "../../attrs/netfilter/nftables/hook.ts";
import { NFT_SET_ELEM, type NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import { type NftMessage, newChain, newElements, newRule } from "../../client/nft/messages.ts";
import { rule } from "../../client/nft/rule.ts";
import { FAMILIES, type FamilyConfig, type NetworkConfig } from "../model.ts";
import { numberToAddress, parseSubnet } from "../subnet.ts";
import { element, lookup, value } from "./fields.ts";
import { isDnat, version } from "./matches.ts";
import { chainsOf, SET, TABLE } from "./names.ts";
import { OPEN_KEY } from "./tables.ts";

const { INET } = NFPROTO;

const jump = (chain: string): Pick<NftSetElement, "data"> => ({ data: { verdict: { code: NFT.JUMP, chain } } });

/** A subnet as an interval: its first address, and the first behind it; the last subnet of all has none behind it. */
const interval = (text: string, verdict: Pick<NftSetElement, "data">): NftSetElement[] => {
  const { base, length, family } = parseSubnet(text);
  const bits = family === AF.INET ? 32 : 128;
  const end = base + (1n << BigInt(bits - length));
  const first = { ...element(value.address(numberToAddress(base, family))), ...verdict };
  if (end >> BigInt(bits) !== 0n) return [first];
  return [first, { ...element(value.address(numberToAddress(end, family))), flags: NFT_SET_ELEM.INTERVAL_END }];
};

/** May endpoints be addressed from elsewhere without being published? Not for internal networks, which drop it all later. */
const isDirect = (network: NetworkConfig, family: FamilyConfig): boolean =>
  network.internal || family.mode === "routed" || family.mode === "nat-unprotected" || isUnmasked(network, family);
/** Answers are addressed to endpoints themselves, so that only who knows flows can tell them from what comes unasked. */
const isUnmasked = (network: NetworkConfig, { mode, snat }: FamilyConfig): boolean =>
  !network.internal && mode === "nat" && snat === undefined;
const isTranslated = (network: NetworkConfig, { mode }: FamilyConfig): boolean =>
  !network.internal && (mode === "nat" || mode === "nat-unprotected");

/** What the bridge lets in. The last word on every packet that would leave by it. */
const toRules = (network: NetworkConfig): NftExpression[][] => {
  const { bridge, icc, internal, trusted } = network;
  const neighbours = rule(INET).iifname(bridge);
  const among = (icc ? neighbours.accept() : neighbours.drop()).expressions;
  const drop = rule(INET).drop().expressions;
  if (internal) return [among, drop];
  const open = FAMILIES.flatMap(([family, v]) => {
    const own = network[family];
    if (own === undefined) return [];
    const match = [...version(v), ...lookup(OPEN_KEY(v), SET.OPEN[v])];
    const accept = rule(INET).accept().expressions;
    if (own.mode === "routed") return [[...match, ...accept]];
    // `direct` lets neighbours by, and cannot do its work where the network is unmasked: only what was translated came by a published port.
    const links = trusted.map((link) => [...rule(INET).iifname(link).expressions, ...match, ...accept]);
    return [[...match, ...isDnat(), ...accept], ...links];
  });
  const modes = FAMILIES.flatMap(([family, v]) => {
    const mode = network[family]?.mode;
    if (mode === "nat-unprotected") return [[...version(v), ...rule(INET).accept().expressions]];
    if (mode !== "routed") return [];
    return [
      [
        ...version(v),
        ...rule(INET)
          .l4proto(v === 4 ? "icmp" : "icmpv6")
          .accept().expressions,
      ],
    ];
  });
  return [rule(INET).ctState("established", "related").accept().expressions, ...open, among, ...modes, drop];
};

const sourceRules = (network: NetworkConfig, family: FamilyConfig): NftExpression[][] => {
  const { bridge } = network;
  const out = rule(INET).oifname(bridge, { not: true });
  const translated =
    family.snat === undefined
      ? []
      : [(family.snat === "masquerade" ? out.masquerade() : out.snat({ address: family.snat })).expressions];
  // Hairpin: the answer of a neighbour has to come back by here.
  const hairpin = rule(INET)
    .oifname(bridge)
    .add(...isDnat())
    .masquerade().expressions;
  return [...translated, hairpin];
};

interface Chain {
  readonly name: string;
  readonly rules: NftExpression[][];
  /** Of one at a hook. */
  readonly attrs?: NftChainAttrs;
}

/** Isolated is from the host too: its bridge has no address, but takes what is for any of the host's, and for all. */
const hostChain = (network: NetworkConfig): Chain[] => {
  const isolated = FAMILIES.filter(([name]) => network[name]?.mode === "isolated");
  if (isolated.length === 0) return [];
  const { bridge } = network;
  const rules = isolated.map(([, v]) => [...version(v), ...rule(INET).iifname(bridge).drop().expressions]);
  const hook = { hooknum: NF_INET.LOCAL_IN, priority: NF_IP_PRI.FILTER };
  return [{ name: chainsOf(bridge).host, attrs: { type: "filter", hook }, rules }];
};

/** The chains of a network, and what is in them. */
const chains = (network: NetworkConfig): Chain[] => {
  const { bridge, trusted } = network;
  const names = chainsOf(bridge);
  const from = network.internal ? [rule(INET).oifname(bridge, { not: true }).drop().expressions] : [];
  const direct = [
    ...[bridge, ...trusted].map((link) => rule(INET).iifname(link).return().expressions),
    rule(INET).drop().expressions,
  ];
  const sources = FAMILIES.flatMap(([name, v]) => {
    const family = network[name];
    if (family === undefined || !isTranslated(network, family)) return [];
    return [{ name: `${names.source}_${v}`, rules: sourceRules(network, family) }];
  });
  return [
    { name: names.to, rules: toRules(network) },
    { name: names.from, rules: from },
    { name: names.direct, rules: direct },
    ...sources,
    ...hostChain(network),
  ];
};

/** What they are called. */
export const chainNames = (network: NetworkConfig): string[] => chains(network).map(({ name }) => name);

/** Which sets lead to them. */
const entries = (network: NetworkConfig): (readonly [set: string, elements: NftSetElement[]])[] => {
  const { bridge } = network;
  const names = chainsOf(bridge);
  const link = element(value.ifname(bridge));
  return [
    [SET.BRIDGES, [link]],
    [SET.TO, [{ ...link, ...jump(names.to) }]],
    [SET.FROM, [{ ...link, ...jump(names.from) }]],
    ...FAMILIES.flatMap(([name, v]) => {
      const family = network[name];
      if (family === undefined) return [];
      const found: [string, NftSetElement[]][] = [];
      if (!isDirect(network, family)) found.push([SET.DIRECT[v], interval(family.subnet, jump(names.direct))]);
      if (isTranslated(network, family)) {
        found.push([SET.SOURCE[v], interval(family.subnet, jump(`${names.source}_${v}`))]);
      }
      return found;
    }),
    // The bridge's own addresses, and those that are somebody else's: never allocated.
    ...FAMILIES.flatMap(([name, v]) => {
      const family = network[name];
      if (family === undefined) return [];
      const taken = [...Object.values(family.aux), ...(family.gateway === undefined ? [] : [family.gateway])];
      return taken.length === 0
        ? []
        : [[SET.ADDRESS[v], taken.map((text) => element(value.address(text)))] satisfies [string, NftSetElement[]]];
    }),
  ];
};

/** Makes a network's chains, rules and elements: the tables must be there. */
export const addNetworkRules = (network: NetworkConfig): NftMessage[] => {
  const all = chains(network);
  return [
    ...all.map(({ name, attrs }) => newChain(INET, TABLE, name, attrs)),
    ...all.flatMap(({ name, rules }) => rules.map((expressions) => newRule(INET, TABLE, name, expressions))),
    ...entries(network).map(([set, elements]) => newElements(INET, TABLE, set, elements)),
  ];
};

/** Takes them away again. */
export const removeNetworkRules = (network: NetworkConfig): NftMessage[] => {
  const header = { family: INET };
  return [
    ...entries(network).map(
      ([set, elements]): NftMessage => ({
        name: "NFT_MSG_DELSETELEM",
        header,
        attrs: { table: TABLE, set, elements: elements.map(({ data: _, ...key }) => key) },
      }),
    ),
    ...chains(network).flatMap(({ name }): NftMessage[] => [
      // Without a handle: every rule of the chain.
      { name: "NFT_MSG_DELRULE", header, attrs: { table: TABLE, chain: name } },
      { name: "NFT_MSG_DELCHAIN", header, attrs: { table: TABLE, name } },
    ]),
  ];
};
