// What the firewall knows of one endpoint: elements of sets and nothing else, so that adding one and taking one away are alike.
import { NFPROTO } from "../../attrs/netfilter/nfnetlink.ts";
import type { NftSetElement } from "../../attrs/netfilter/nftables/set-element.ts";
import { type NftMessage, newElements } from "../../client/nft/messages.ts";
import { linkLocal } from "../mac.ts";
import { type EndpointConfig, FAMILIES, type NetworkConfig, type PublishedPort } from "../model.ts";
import { element, keyOf, value } from "./fields.ts";
import { OWN, SET, TABLE } from "./names.ts";

const { INET, BRIDGE } = NFPROTO;

/** Elements of one set. */
type Entry = readonly [family: number, set: string, elements: readonly NftSetElement[]];

/** Which published ports lead to an address of that family: those of the host's addresses of the same. */
const portsOf = (ports: readonly PublishedPort[], v: 4 | 6): PublishedPort[] =>
  ports.filter(({ hostAddress }) => hostAddress === undefined || hostAddress.includes(":") === (v === 6));

/**
 * A port that names no address of the host is published on the network's own, or on all.
 * @param network of the endpoint
 * @param endpoint whose ports
 * @param v version of IP
 * @returns with the address that counts; undefined: all
 */
export const publishedOf = (network: NetworkConfig, endpoint: EndpointConfig, v: 4 | 6): PublishedPort[] => {
  const family = v === 4 ? network.ipv4 : network.ipv6;
  const address = v === 4 ? endpoint.ipv4 : endpoint.ipv6;
  if (family === undefined || address === undefined || network.internal) return [];
  return portsOf(endpoint.ports, v).map((port) => ({
    ...port,
    hostAddress: port.hostAddress ?? family.hostBinding,
  }));
};

/** Is a port that is published there published on every address of its family? */
export const isUnspecified = (text: string | undefined): boolean =>
  text === undefined || text === "0.0.0.0" || text === "::";

/** Where a port is published: the set, and the key. */
const publication = (port: PublishedPort, v: 4 | 6): readonly [set: string, key: readonly Uint8Array[]] => {
  const key = [value.protocol(port.protocol), value.port(port.hostPort)];
  if (isUnspecified(port.hostAddress)) return [SET.PUBLISHED_ANY[v], key];
  return [SET.PUBLISHED[v], [value.address(port.hostAddress as string), ...key]];
};

const entries = (network: NetworkConfig, endpoint: EndpointConfig): Entry[] => {
  const { port: link, mac } = endpoint;
  const ifname = value.ifname(link);
  const all: Entry[] = [[BRIDGE, OWN.MAC, [element(ifname, value.mac(mac))]]];
  for (const [name, v] of FAMILIES) {
    const address = endpoint[name];
    const own: NftSetElement[] = [];
    if (v === 6 && network.ipv6 !== undefined) own.push(element(ifname, value.address(linkLocal(mac))));
    if (address !== undefined) {
      const bytes = value.address(address);
      own.push(element(ifname, bytes));
      // The reservation. What it is for is written on it: `nft list` then says whose an address is.
      all.push([INET, SET.ADDRESS[v], [{ ...element(bytes), userdata: { comment: link } }]]);
      const ports = publishedOf(network, endpoint, v);
      const translated = network[name]?.mode !== "routed";
      // What is for the host's own 127.0.0.1 comes from no link, and is forwarded by none.
      const forwarded = ports.filter((port) => !isLocalhost(port));
      const open = new Map(forwarded.map(({ protocol, port }) => [`${protocol}/${port}`, { protocol, port }]));
      all.push([
        INET,
        SET.OPEN[v],
        [...open.values()].map(({ protocol, port }) => element(bytes, value.protocol(protocol), value.port(port))),
      ]);
      const bySet = new Map<string, NftSetElement[]>();
      for (const port of translated ? ports : []) {
        const [set, key] = publication(port, v);
        const elements = bySet.get(set) ?? [];
        bySet.set(set, elements);
        elements.push({ ...element(...key), data: { value: keyOf(bytes, value.port(port.port)) } });
      }
      for (const [set, elements] of bySet) all.push([INET, set, elements]);
    }
    all.push([BRIDGE, OWN.ADDRESS[v], own]);
  }
  // Elements of one set go in one message.
  const sets = new Map<string, Entry>();
  for (const [family, set, elements] of all) {
    const key = `${family} ${set}`;
    sets.set(key, [family, set, [...(sets.get(key)?.[2] ?? []), ...elements]]);
  }
  return [...sets.values()].filter(([, , elements]) => elements.length > 0);
};

/** Elements that one message surely has room for: an attribute's length ends at 65,535. */
const AT_ONCE = 200;
const parts = (all: readonly Entry[]): Entry[] =>
  all.flatMap(([family, set, elements]) =>
    Array.from(
      { length: Math.ceil(elements.length / AT_ONCE) },
      (_, i): Entry => [family, set, elements.slice(i * AT_ONCE, (i + 1) * AT_ONCE)],
    ),
  );

/** Reserves an endpoint's addresses and ports, and lets through what it may send: refused with EEXIST where somebody has one of them. */
export const addEndpoint = (network: NetworkConfig, endpoint: EndpointConfig): NftMessage[] =>
  parts(entries(network, endpoint)).map(([family, set, elements]) => newElements(family, TABLE, set, elements));

const removals = (all: readonly Entry[]): NftMessage[] =>
  parts(all).map(([family, set, elements]) => ({
    name: "NFT_MSG_DELSETELEM",
    header: { family },
    attrs: { table: TABLE, set, elements: elements.map(({ key }) => ({ key })) },
  }));

/** By which a flow can begin from elsewhere. */
const WAYS_IN: ReadonlySet<string> = new Set(
  [SET.OPEN, SET.PUBLISHED, SET.PUBLISHED_ANY].flatMap((sets) => Object.values(sets)),
);
const isWayIn = ([family, set]: Entry): boolean => family === INET && WAYS_IN.has(set);

/** Closes an endpoint's published ports: no flow begins by them any more. */
export const closePorts = (network: NetworkConfig, endpoint: EndpointConfig): NftMessage[] =>
  removals(entries(network, endpoint).filter(isWayIn));

/** Takes all the rest away: its reservations, and what it may send. */
export const removeClosed = (network: NetworkConfig, endpoint: EndpointConfig): NftMessage[] =>
  removals(entries(network, endpoint).filter((entry) => !isWayIn(entry)));

/** Takes all of it away. */
export const removeEndpoint = (network: NetworkConfig, endpoint: EndpointConfig): NftMessage[] => [
  ...closePorts(network, endpoint),
  ...removeClosed(network, endpoint),
];

/** Is it published on 127.0.0.0/8? */
export const isLocalhost = ({ hostAddress }: PublishedPort): boolean => hostAddress?.startsWith("127.") === true;
