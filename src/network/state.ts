// What there is: what is kept, beside the links that are really there. Everything else follows from comparing the two.
import { IFF } from "../attrs/route/link-names.ts";
import type { Link } from "../client/links.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import type { RequestOptions } from "../socket/requester.ts";
import { GROUP } from "./firewall/names.ts";
import { type Contents, missingIn } from "./firewall/whole.ts";
import type { Host } from "./host.ts";
import { hostMac } from "./mac.ts";
import { firewallOf } from "./mend.ts";
import { networkAlias } from "./messages.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";
import { HOST_KEY, type HostConfig, readKept, readStore, type Stored } from "./store.ts";
import { addressToNumber } from "./subnet.ts";

/**
 * `up`: whole. `half`: its link is there and lacks its last step (somebody was killed while it was made). `gone`: its link is not there:
 * nobody took it down, or whoever did was killed. `renamed`: somebody gave its link another name, under which no rule knows it: it passes
 * nothing.
 */
export type Health = "up" | "half" | "gone" | "renamed";

/** A network that is kept. */
export interface NetworkState {
  /** As it is kept. */
  readonly config: NetworkConfig;
  /** What is there of it. */
  readonly health: Health;
  /** Its bridge. */
  readonly link: Link | undefined;
  /** Those that are kept as its own. */
  readonly endpoints: readonly EndpointState[];
}
/** An endpoint that is kept. */
export interface EndpointState {
  /** As it is kept. */
  readonly config: EndpointConfig;
  /** What is there of it. */
  readonly health: Health;
  /** The host's end. */
  readonly link: Link | undefined;
}
/** All of it. */
export interface State {
  /** Are the tables there? */
  readonly hasTables: boolean;
  /** There are none, and a table of ours all the same: somebody deleted the other, or what is kept in it. */
  readonly hasRemains: boolean;
  /** What of the firewall is missing, a few words each: somebody deleted or flushed it. The next change makes it anew. */
  readonly missing: readonly string[];
  /** What was changed of the host for the networks. */
  readonly host: HostConfig | undefined;
  /** By name. */
  readonly networks: readonly NetworkState[];
  /** Endpoints of no network that is kept: somebody removed elements by hand. */
  readonly lost: readonly EndpointState[];
  /** What is kept and cannot be read. */
  readonly broken: readonly string[];
  /** Links of our groups of which nothing is kept: somebody flushed the ruleset. */
  readonly strays: readonly Link[];
  /** All links of the host, as far as they are read: names, group, master, kind. */
  readonly links: readonly Link[];
  /** Names of all links of the host, alternative ones too. */
  readonly linkNames: ReadonlySet<string>;
}

/** What is read of each link. */
export const LINK_FIELDS: readonly string[] = [
  "ifname",
  "ifalias",
  "group",
  "master",
  "mtu",
  "address",
  "operstate",
  "linkinfo",
  "propList",
  "link",
  "linkNetnsid",
];

const healthOf = (
  link: Link | undefined,
  kind: "bridge" | "veth",
  group: number,
): readonly [Health, Link | undefined] => {
  // A link of that name that is not ours is somebody else's, and never touched.
  const own = link?.attrs.linkinfo?.kind === kind && link.attrs.group === group ? link : undefined;
  if (own === undefined) return ["gone", undefined];
  // Both come with the last message; either may be taken away by hand.
  const isDone = own.attrs.ifalias !== undefined || (own.header.flags & IFF.UP) !== 0;
  return [isDone ? "up" : "half", own];
};

/** What is there of a bridge. One that endpoints are on was made to the end, whatever somebody did to it. */
export const healthOfNetwork = (
  named: Link | undefined,
  endpoints: readonly EndpointState[],
): readonly [Health, Link | undefined] => {
  const [health, link] = healthOf(named, "bridge", GROUP.BRIDGE);
  const isUsed = health === "half" && endpoints.some((one) => one.link?.attrs.master === link?.header.index);
  return [isUsed ? "up" : health, link];
};
/** An endpoint, with what is there of it. */
export const endpointOf = (config: EndpointConfig, named: Link | undefined): EndpointState => {
  const [health, link] = healthOf(named, "veth", GROUP.PORT);
  return { config, health, link };
};
/** Does it carry the mark of a network or an endpoint? */
export const isMarked = ({ attrs: { group } }: Link): boolean => group === GROUP.BRIDGE || group === GROUP.PORT;
/** Its name, and its alternative ones. */
export const namesOf = ({ attrs: { ifname = "", propList } }: Link): readonly string[] =>
  propList?.altIfname === undefined ? [ifname] : [ifname, ...propList.altIfname];

const isA = <K extends Stored["kind"]>(kind: K, thing: Stored | undefined): thing is Extract<Stored, { kind: K }> =>
  thing?.kind === kind;

/** The bridge of a network under another name: it has the network's alias, its alternative name, or its ports. */
const renamedBridge = (
  { name }: NetworkConfig,
  endpoints: readonly EndpointState[],
  strays: readonly Link[],
): Link | undefined => {
  const masters = new Set(endpoints.map((one) => one.link?.attrs.master));
  return strays.find(
    (link) =>
      healthOf(link, "bridge", GROUP.BRIDGE)[1] !== undefined &&
      (link.attrs.ifalias === networkAlias(name) || namesOf(link).includes(name) || masters.has(link.header.index)),
  );
};
/** The host's end of an endpoint under another name: it has the endpoint's MAC. */
const renamedPort = ({ mac }: EndpointConfig, strays: readonly Link[]): Link | undefined =>
  strays.find((link) => healthOf(link, "veth", GROUP.PORT)[1] !== undefined && link.attrs.address === hostMac(mac));

/**
 * Compares what is kept with the links that there are.
 * @param store what `readStore` gave
 * @param links of the host's namespace
 * @param contents of the firewall; undefined: it is as we left it
 */
export const stateOf = (
  store: ReadonlyMap<string, Stored | undefined> | undefined,
  links: readonly Link[],
  contents?: Contents,
): State => {
  const byName = new Map(links.map((link) => [link.attrs.ifname ?? "", link]));
  const kept = store ?? new Map<string, Stored | undefined>();
  const strays = links.filter((link) => isMarked(link) && kept.get(link.attrs.ifname ?? "") === undefined);
  const endpoints = [...kept.values()].flatMap((config): EndpointState[] => {
    if (!isA("endpoint", config)) return [];
    const state = endpointOf(config, byName.get(config.port));
    const renamed = state.health === "gone" ? renamedPort(config, strays) : undefined;
    return [renamed === undefined ? state : { config, health: "renamed", link: renamed }];
  });
  const networks = [...kept.values()].flatMap((config): NetworkState[] => {
    if (!isA("network", config)) return [];
    const own = endpoints.filter((one) => one.config.bridge === config.bridge);
    let [health, link] = healthOfNetwork(byName.get(config.bridge), own);
    const renamed = health === "gone" ? renamedBridge(config, own, strays) : undefined;
    if (renamed !== undefined) [health, link] = ["renamed", renamed];
    return [{ config, health, link, endpoints: own }];
  });
  const bridges = new Set(networks.map(({ config }) => config.bridge));
  const found = kept.get(HOST_KEY);
  const host = isA("host", found) ? found : undefined;
  const known = new Set([...networks, ...endpoints].map(({ link }) => link));
  const configs = {
    host,
    networks: networks.map(({ config }) => config),
    endpoints: endpoints.map(({ config }) => config),
  };
  return {
    hasTables: store !== undefined,
    hasRemains: store === undefined && contents !== undefined && contents.size > 0,
    missing: store === undefined || contents === undefined ? [] : missingIn(contents, firewallOf(configs)),
    host,
    networks: networks.sort((a, b) => (a.config.name < b.config.name ? -1 : 1)),
    lost: endpoints.filter(({ config }) => !bridges.has(config.bridge)),
    broken: [...kept].flatMap(([name, thing]) => (thing === undefined ? [name] : [])),
    strays: strays.filter((link) => !known.has(link)),
    links,
    linkNames: new Set(links.flatMap(namesOf)),
  };
};

const orderOf = ({ config: { ipv4, ipv6, name } }: EndpointState): readonly [bigint, bigint, string] => [
  ipv4 === undefined ? -1n : addressToNumber(ipv4),
  ipv6 === undefined ? -1n : addressToNumber(ipv6),
  name,
];
/** The same for people: endpoints of each network by address. They are kept in the order of a hash table. */
export const inOrder = (state: State): State => ({
  ...state,
  networks: state.networks.map((network) => {
    const keys = new Map(network.endpoints.map((one) => [one, orderOf(one)]));
    const endpoints = [...network.endpoints].sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      const at = [0, 1, 2].find((i) => a?.[i] !== b?.[i]);
      return at === undefined ? 0 : (a?.[at] ?? "") < (b?.[at] ?? "") ? -1 : 1;
    });
    return { ...network, endpoints };
  }),
});

/** What `readStore` gives. */
type Store = Awaited<ReturnType<typeof readStore>>;

/** Milliseconds that the kernel is given to put a set in order, and how often. */
const PAUSE = 20;
const TIMES = 10;

/** Is something half there, or not known that there should be? */
const isPartial = ({ hasTables, broken, lost, strays }: State): boolean =>
  hasTables && broken.length + lost.length + strays.length > 0;
/** Which things there are, and which of them are whole. */
const outlineOf = (store: Store): string =>
  [...(store ?? [])]
    .map(([name, thing]) => `${name} ${thing !== undefined}`)
    .sort()
    .join("\n");

/**
 * What is kept, read again where it looks as if not all of it had been: a dump that the kernel cuts short without a word (Linux 6.18 does, of
 * a set that grows: PIECES in firewall/tables.ts) must not make an endpoint pass for dead. What two dumps in a row say is so.
 * @param nft nf_tables of the host's namespace
 * @param store what the first said
 * @param links that there are
 * @param options signal
 */
export const confirmed = async (
  nft: Nftables,
  store: Store,
  links: readonly Link[],
  options: RequestOptions = {},
): Promise<Store> => {
  let last = store;
  for (let i = 0; i < TIMES && isPartial(stateOf(last, links)); i++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const next = await readStore(nft, options);
    const isSame = outlineOf(next) === outlineOf(last);
    last = next;
    if (isSame) break;
  }
  return last;
};

/**
 * Reads all of it: two dumps.
 * @param host where
 * @param nft nf_tables of the same namespace
 * @param options signal
 */
export const readState = async (host: Host, nft: Nftables, options: RequestOptions = {}): Promise<State> => {
  const { things, contents } = await readKept(nft, options);
  const links = await host.rtnl.links.list({}, { ...options, fields: LINK_FIELDS });
  return stateOf(await confirmed(nft, things, links, options), links, contents);
};

/**
 * What there will be when some of it has gone.
 * @param state what there is
 * @param gone networks and endpoints of it
 */
export const without = (
  state: State,
  gone: { readonly networks: readonly NetworkState[]; readonly endpoints: readonly EndpointState[] },
): State => {
  const stays = (endpoint: EndpointState): boolean => !gone.endpoints.includes(endpoint);
  const networks = state.networks
    .filter((network) => !gone.networks.includes(network))
    .map((network) => ({ ...network, endpoints: network.endpoints.filter(stays) }));
  const names = [...gone.networks, ...gone.endpoints].map(({ link }) => link?.attrs.ifname ?? "");
  return {
    ...state,
    // The tables go with the last network.
    hasTables: state.hasTables && (networks.length > 0 || gone.networks.length === 0),
    host: networks.length > 0 ? state.host : undefined,
    networks,
    lost: state.lost.filter(stays),
    linkNames: new Set([...state.linkNames].filter((name) => !names.includes(name))),
  };
};
