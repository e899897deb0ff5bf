// What has the addresses of an endpoint already: the host, to which somebody has given one since the network was made; or another link of the
// namespace, whose subnet is the same. Both are asked for in the datagrams that make the endpoint, by the route that leads there.
import { AF } from "../attrs/families.ts";
import { RTM_F, RTN } from "../attrs/route/route-header.ts";
import { familyOf } from "../client/prefix.ts";
import type { Route } from "../client/routes.ts";
import { plain } from "../codec/text.ts";
import { NetworkError } from "./errors.ts";
import type { Host } from "./host.ts";
import type { RouteRequest } from "./messages.ts";
import { type EndpointConfig, FAMILIES, type NetworkConfig } from "./model.ts";
import type { OpenNetns } from "./netns-of.ts";
import type { State } from "./state.ts";
import { contains, formatSubnet, parseSubnet, subnetOf } from "./subnet.ts";

/** Something that a question was answered with. */
type Answer = { readonly name?: string | undefined };
const isRoute = (one: Answer): one is Route => one.name === "RTM_NEWROUTE";

/** Asks for the route itself that leads to an address. */
const askFor = (dst: string): RouteRequest => {
  const family = familyOf(dst);
  const header = { family, dstLen: family === AF.INET ? 32 : 128, flags: RTM_F.FIB_MATCH };
  return { name: "RTM_GETROUTE", header, attrs: { dst } };
};

/** An address of an endpoint is the host's own. */
export class HostHas extends NetworkError {
  readonly address: string;
  /** All addresses of the host. */
  readonly all: ReadonlySet<string>;
  constructor(address: string, where: string, all: ReadonlySet<string>) {
    super("CONFLICT", `${address} is in use by the host itself${where}`);
    this.address = address;
    this.all = all;
  }
}

/** Asks the host where an endpoint's addresses are. */
export const askHost = ({ ipv4, ipv6 }: EndpointConfig): RouteRequest[] =>
  [ipv4, ipv6].filter((address) => address !== undefined).map(askFor);

/**
 * Refuses addresses that the host has.
 * @param answers to `askHost`
 * @param endpoint whose addresses
 * @param host where
 * @param state for names of links
 * @throws HostHas
 */
export const refuseHosts = async (
  answers: readonly Answer[],
  { ipv4, ipv6 }: EndpointConfig,
  host: Host,
  state: State,
): Promise<void> => {
  const own = answers.find(
    (one): one is Route =>
      isRoute(one) && one.header.type === RTN.LOCAL && [ipv4, ipv6].includes(one.attrs.dst ?? "none"),
  );
  const address = own?.attrs.dst;
  if (address === undefined) return;
  const all = await host.rtnl.addresses.list();
  const text = ({ attrs: { local, address: peer } }: (typeof all)[number]): string => local ?? peer ?? "";
  const index = all.find((one) => text(one) === address)?.header.index;
  const link = state.links.find(({ header }) => header.index === index)?.attrs.ifname;
  const where = link === undefined ? "" : `, on ${plain(link)}`;
  throw new HostHas(address, where, new Set([...all.map(text), address]));
};

/** What leads to the bridge is asked for: its address, or that of the endpoint where it has none. */
const placesOf = (network: NetworkConfig, endpoint: EndpointConfig): (readonly [subnet: string, address: string])[] =>
  FAMILIES.flatMap(([family]) => {
    const { subnet, gateway } = network[family] ?? {};
    const address = endpoint[family];
    return subnet === undefined || address === undefined ? [] : [[subnet, gateway ?? address] as const];
  });

/** Asks the namespace for the route that it has to the network. */
export const askSubnets = (network: NetworkConfig, endpoint: EndpointConfig): RouteRequest[] =>
  placesOf(network, endpoint).map(([, address]) => askFor(address));

/**
 * Refuses a namespace that has a route to the network, or to a part of it, before it is connected: that would be taken, and the bridge never
 * be reached.
 * @param answers to `askSubnets`
 * @param network to be connected
 * @param endpoint with its addresses
 * @param netns where
 * @throws NetworkError CONFLICT
 */
export const refuseSubnets = (
  answers: readonly Answer[],
  network: NetworkConfig,
  endpoint: EndpointConfig,
  { text }: OpenNetns,
): void => {
  const places = placesOf(network, endpoint);
  for (const one of answers) {
    const { dst } = isRoute(one) ? one.attrs : {};
    if (!isRoute(one) || dst === undefined) continue;
    const leads = subnetOf(dst, one.header.dstLen);
    const place = places.find(
      ([subnet, address]) => leads.length >= parseSubnet(subnet).length && contains(leads, address),
    );
    if (place === undefined) continue;
    const [is, { oif }] = [one.header.type === RTN.LOCAL, one.attrs];
    const what = is ? `has ${dst} itself already` : `has a route to ${formatSubnet(leads)} already`;
    const by = is || oif === undefined ? "" : `, by its link ${oif}`;
    throw new NetworkError(
      "CONFLICT",
      `${text} ${what}${by}: ${place[1]} of network ${JSON.stringify(network.name)} would not be reached. Remove it there`,
    );
  }
};
