// The two tables of nlkit in the host's namespace, as they are before there is a network. A network is chains and elements
// (network-rules.ts), an endpoint nothing but elements (endpoint-elements.ts). docs/network.md shows them as nft lists them.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftChainAttrs } from "../../attrs/netfilter/nftables/chain.ts";
import type { NftExpression } from "../../attrs/netfilter/nftables/expression.ts";
import { NF_INET } from "../../attrs/netfilter/nftables/hook.ts";
import { NFT_DATA, NFT_SET, type NftSetAttrs } from "../../attrs/netfilter/nftables/set.ts";
import { deleteTable, type NftMessage, newChain, newRule, newSet, newTable } from "../../client/nft/messages.ts";
import { rule } from "../../client/nft/rule.ts";
import { NLM_F } from "../../codec/control.ts";
import {
  ARP_SHA,
  ARP_SPA,
  DADDR,
  DPORT,
  dnatTo,
  ETHER_SADDR,
  type Field,
  IIFNAME,
  L4PROTO,
  lengthOf,
  lookup,
  ND_LL_ADDR,
  ND_TARGET,
  NUMBER,
  OIFNAME,
  SADDR,
  typeOf,
  verdictOf,
} from "./fields.ts";
import {
  ETH_P,
  etherType,
  ICMPV6,
  icmpv6,
  igmpQuery,
  iifgroup,
  isTransportKnown,
  ND_OPT,
  oifgroup,
  version,
  withLlAddr,
  withoutOptions,
} from "./matches.ts";
import { CHAIN, GROUP, OWN, SET, TABLE } from "./names.ts";

const { INET, BRIDGE } = NFPROTO;
const VERSIONS = [4, 6] as const;

/**
 * Base chains of `inet nlkit`: priorities as nft names them (raw, dstnat, srcnat, filter); in OUTPUT too, where nft says -100. That of ports
 * is before fragments are put together (-400): behind that, pieces of somebody else's packet would have come in.
 */
const BASE: Readonly<Record<string, NftChainAttrs>> = {
  [CHAIN.PORT]: { type: "filter", hook: { hooknum: NF_INET.PRE_ROUTING, priority: -450 } },
  [CHAIN.RAW]: { type: "filter", hook: { hooknum: NF_INET.PRE_ROUTING, priority: -300 } },
  [CHAIN.PREROUTING]: { type: "nat", hook: { hooknum: NF_INET.PRE_ROUTING, priority: -100 } },
  [CHAIN.OUTPUT]: { type: "nat", hook: { hooknum: NF_INET.LOCAL_OUT, priority: -100 } },
  [CHAIN.POSTROUTING]: { type: "nat", hook: { hooknum: NF_INET.POST_ROUTING, priority: 100 } },
  [CHAIN.FORWARD]: { type: "filter", hook: { hooknum: NF_INET.FORWARD, priority: 0 } },
};

/** The key of what may be reached from elsewhere, and of a published port of one address. */
export const OPEN_KEY = (v: 4 | 6): readonly Field[] => [DADDR[v], L4PROTO, DPORT];
const ANY_KEY: readonly Field[] = [L4PROTO, DPORT];
const TARGET = (v: 4 | 6): readonly Field[] => [DADDR[v], DPORT];

type SetOf = readonly [family: number, name: string, key: readonly Field[], attrs: NftSetAttrs];
const VERDICTS: NftSetAttrs = { flags: NFT_SET.MAP, dataType: NFT_DATA.VERDICT };
const BY_SUBNET: NftSetAttrs = { flags: NFT_SET.MAP | NFT_SET.INTERVAL, dataType: NFT_DATA.VERDICT };
const targets = (v: 4 | 6): NftSetAttrs => ({
  flags: NFT_SET.MAP,
  dataType: typeOf(TARGET(v)),
  dataLen: lengthOf(TARGET(v)),
});

/**
 * How many pieces there may be: 4 MB of text, with 0.5 MB for the table that finds them. With a size the kernel takes a hash table that does
 * not grow. While one grows (in the background, behind a transaction that adds much) a list of it may have elements twice and lack others,
 * and nothing tells: of some 31,000 lists that followed such transactions 158 lacked pieces (6.18). What lacks pieces is taken for broken.
 */
const PIECES = 32_768;

const sets = (): NftMessage[] => {
  const all: readonly SetOf[] = [
    [INET, SET.METADATA, [IIFNAME, NUMBER], { desc: { size: PIECES } }],
    [INET, SET.BRIDGES, [IIFNAME], {}],
    [INET, SET.TO, [OIFNAME], VERDICTS],
    [INET, SET.FROM, [IIFNAME], VERDICTS],
    [BRIDGE, OWN.MAC, [IIFNAME, ETHER_SADDR], {}],
    ...VERSIONS.flatMap((v): SetOf[] => [
      [INET, SET.DIRECT[v], [DADDR[v]], BY_SUBNET],
      [INET, SET.SOURCE[v], [SADDR[v]], BY_SUBNET],
      [INET, SET.ADDRESS[v], [DADDR[v]], {}],
      [INET, SET.OPEN[v], OPEN_KEY(v), {}],
      [INET, SET.PUBLISHED[v], OPEN_KEY(v), targets(v)],
      [INET, SET.PUBLISHED_ANY[v], ANY_KEY, targets(v)],
      [BRIDGE, OWN.ADDRESS[v], [IIFNAME, SADDR[v]], {}],
    ]),
  ];
  return all.map(([family, name, key, attrs], i) =>
    newSet(family, TABLE, name, {
      keyType: typeOf(key),
      keyLen: lengthOf(key),
      ...attrs,
      // Without it nft reads a link's name from the wrong end.
      ...(key.length === 1 ? { userdata: { keybyteorder: key[0]?.type === IIFNAME.type ? 1 : 2 } } : {}),
      id: i + 1,
    }),
  );
};

const inetRules = (): (readonly [string, NftExpression[]])[] => [
  // Whatever comes in by a bridge has the bridge as its link. A bridge leaves frames to 01:80:c2:00:00:0x to the port itself, past `guard`; and
  // a port whose bridge was taken from it has them all.
  [
    CHAIN.PORT,
    rule(INET)
      .add(...iifgroup(GROUP.PORT))
      .drop().expressions,
  ],
  // First of all: what is published on 127.0.0.0/8 must not be reachable from outside.
  [CHAIN.RAW, rule(INET).jump(CHAIN.LOCALHOST).expressions],
  ...VERSIONS.map((v) => {
    const to = [...version(v), ...verdictOf([DADDR[v]], SET.DIRECT[v])];
    return [CHAIN.RAW, to] as const;
  }),
  [CHAIN.PREROUTING, rule(INET).fibType("daddr", "local").jump(CHAIN.PUBLISHED).expressions],
  [CHAIN.OUTPUT, rule(INET).fibType("daddr", "local").jump(CHAIN.PUBLISHED).expressions],
  [CHAIN.PUBLISHED, [...version(4), ...dnatTo(OPEN_KEY(4), SET.PUBLISHED[4], 4)]],
  [
    CHAIN.PUBLISHED,
    rule(INET)
      .daddr("127.0.0.0/8", { not: true })
      .add(...dnatTo(ANY_KEY, SET.PUBLISHED_ANY[4], 4)).expressions,
  ],
  // IPv6 has no route_localnet: answers to ::1 could not come back. Link-local senders would be answered on the wrong link.
  ...(
    [
      [OPEN_KEY(6), SET.PUBLISHED[6]],
      [ANY_KEY, SET.PUBLISHED_ANY[6]],
    ] as const
  ).map(([key, map]) => {
    const match = rule(INET).daddr("::1", { not: true }).saddr("fe80::/10", { not: true });
    return [CHAIN.PUBLISHED, match.add(...dnatTo(key, map, 6)).expressions] as const;
  }),
  [
    CHAIN.POSTROUTING,
    rule(INET)
      .saddr("127.0.0.0/8")
      .add(...oifgroup(GROUP.BRIDGE))
      .masquerade().expressions,
  ],
  ...VERSIONS.map((v) => {
    const from = [...version(v), ...verdictOf([SADDR[v]], SET.SOURCE[v])];
    return [CHAIN.POSTROUTING, from] as const;
  }),
  // A bridge under another name is none that rules know: nothing passes.
  [
    CHAIN.FORWARD,
    rule(INET)
      .add(...iifgroup(GROUP.BRIDGE), ...lookup([IIFNAME], SET.BRIDGES, { not: true }))
      .drop().expressions,
  ],
  [
    CHAIN.FORWARD,
    rule(INET)
      .add(...oifgroup(GROUP.BRIDGE), ...lookup([OIFNAME], SET.BRIDGES, { not: true }))
      .drop().expressions,
  ],
  // `from` says what must not leave, and comes back; `to` decides.
  [CHAIN.FORWARD, verdictOf([IIFNAME], SET.FROM)],
  [CHAIN.FORWARD, verdictOf([OIFNAME], SET.TO)],
  // Nothing comes back from there, unless somebody flushed the chain.
  [
    CHAIN.FORWARD,
    rule(INET)
      .add(...oifgroup(GROUP.BRIDGE))
      .drop().expressions,
  ],
  [
    CHAIN.FORWARD,
    rule(INET)
      .add(...iifgroup(GROUP.BRIDGE))
      .accept().expressions,
  ],
  [CHAIN.FORWARD, rule(INET).jump(CHAIN.FOREIGN).expressions],
];

/** What may come out of an endpoint: its own MAC and addresses, in ARP and neighbour discovery too. RFC 4861; RFC 826. */
const guard = (): NftExpression[][] => {
  const own = (v: 4 | 6): NftExpression[] => lookup([IIFNAME, SADDR[v]], OWN.ADDRESS[v]);
  const drop = rule(BRIDGE).drop().expressions;
  const accept = rule(BRIDGE).accept().expressions;
  const ipv6 = etherType(ETH_P.IPV6);
  const target = lookup([IIFNAME, ND_TARGET], OWN.ADDRESS[6]);
  const without = [...ipv6, ...rule(NFPROTO.IPV6).saddr("::").expressions];
  /** Of its own address: no link-layer address in it, or its own. Whatever else it is or holds is dropped. */
  const discovery = (type: number, length: number, option: number, about: NftExpression[] = []): NftExpression[][] => {
    const message = [...ipv6, ...icmpv6(type)];
    const mine = [...message, ...about, ...own(6)];
    return [
      [...mine, ...withoutOptions(length), ...accept],
      [...mine, ...withLlAddr(length, option), ...lookup([IIFNAME, ND_LL_ADDR(length)], OWN.MAC), ...accept],
      [...message, ...drop],
    ];
  };
  return [
    [...lookup([IIFNAME, ETHER_SADDR], OWN.MAC, { not: true }), ...drop],
    [
      ...etherType(ETH_P.ARP),
      ...lookup([IIFNAME, ARP_SHA], OWN.MAC),
      ...lookup([IIFNAME, ARP_SPA], OWN.ADDRESS[4]),
      ...accept,
    ],
    // Who asks for groups becomes their router: it would be sent what is for others, and others would lose their groups.
    [...etherType(ETH_P.IP), ...igmpQuery(), ...drop],
    [...etherType(ETH_P.IP), ...own(4), ...accept],
    ...[ICMPV6.MLD_QUERY, ICMPV6.ROUTER_ADVERT, ICMPV6.REDIRECT].map((type) => [...ipv6, ...icmpv6(type), ...drop]),
    // Before it has an address: is it free (RFC 4862; asked of somebody else's, it would keep that one from having it), and which groups
    // it listens to.
    [...without, ...icmpv6(ICMPV6.NEIGHBOUR_SOLICIT), ...target, ...accept],
    [...without, ...icmpv6(ICMPV6.MLD2_REPORT), ...accept],
    // A fragment may be too short to say whose address it is about: then it is not known to be its own.
    ...discovery(ICMPV6.NEIGHBOUR_ADVERT, 24, ND_OPT.TARGET_LL_ADDR, target),
    ...discovery(ICMPV6.NEIGHBOUR_SOLICIT, 24, ND_OPT.SOURCE_LL_ADDR),
    ...discovery(ICMPV6.ROUTER_SOLICIT, 8, ND_OPT.SOURCE_LL_ADDR),
    // Of fragments whose headers are in others nobody sees what they are: neighbour discovery, for one.
    [...ipv6, ...isTransportKnown(), ...own(6), ...accept],
    drop,
  ];
};

/** Makes both tables. One transaction with what follows. */
export const makeTables = (): NftMessage[] => [
  newTable(INET, TABLE, { userdata: { comment: "networks of nlkit" } }),
  newTable(BRIDGE, TABLE, { userdata: { comment: "networks of nlkit: what endpoints may call themselves" } }),
  ...sets(),
  ...[CHAIN.LOCALHOST, CHAIN.FOREIGN, CHAIN.PUBLISHED].map((name) => newChain(INET, TABLE, name)),
  ...Object.entries(BASE).map(([name, attrs]) => newChain(INET, TABLE, name, attrs)),
  ...inetRules().map(([chain, expressions]) => newRule(INET, TABLE, chain, expressions)),
  newChain(BRIDGE, TABLE, CHAIN.GUARD),
  ...guard().map((expressions) => newRule(BRIDGE, TABLE, CHAIN.GUARD, expressions)),
  newChain(BRIDGE, TABLE, CHAIN.BRIDGE_PREROUTING, {
    type: "filter",
    hook: { hooknum: NF_INET.PRE_ROUTING, priority: -300 },
  }),
  newRule(
    BRIDGE,
    TABLE,
    CHAIN.BRIDGE_PREROUTING,
    rule(BRIDGE)
      .add(...iifgroup(GROUP.PORT))
      .jump(CHAIN.GUARD).expressions,
  ),
];

/**
 * The same where one of them may be there already, with whatever is in it: that goes. (A table is made where it is not, so that it can be
 * deleted whether it was there or not: kernels before 6.3 have no other way.)
 */
export const makeTablesAnew = (): NftMessage[] => [
  ...[INET, BRIDGE].flatMap((family) => [
    { ...newTable(family, TABLE), flags: NLM_F.CREATE } as NftMessage,
    deleteTable(family, TABLE),
  ]),
  ...makeTables(),
];

/** Takes both away, with all that is in them. */
export const removeTables = (): NftMessage[] => [deleteTable(INET, TABLE), deleteTable(BRIDGE, TABLE)];
