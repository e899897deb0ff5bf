// Makes an endpoint: reservation and rules first, then the pair of links with the host's end down, then everything inside, and the host's
// end up last. Two messages make the pair and finish it. Rows E1 to E11 and S0 to S20 of docs/network.md.
import { AF } from "../attrs/families.ts";
import { RT_TABLE } from "../attrs/route/route-header.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { TransactionFailed } from "../socket/errors.ts";
import { type Change, networkNamed } from "./change.ts";
import { NetworkError } from "./errors.ts";
import { addEndpoint } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import { type Candidate, candidatesIn, defaultRoutes, newDefaults } from "./gateway.ts";
import type { Host } from "./host.ts";
import {
  aliasOf,
  altName,
  altNameFor,
  inet6,
  make,
  newAddress,
  newPair,
  ROUTE,
  type RouteRequest,
  routeBy,
  sendAll,
  up,
} from "./messages.ts";
import { type ConnectOptions, type EndpointConfig, FAMILIES, type NetworkConfig } from "./model.ts";
import type { OpenNetns } from "./netns-of.ts";
import { planEndpoint } from "./plan-endpoint.ts";
import { checkPorts } from "./port-conflicts.ts";
import { remove } from "./reap.ts";
import { readState, type State } from "./state.ts";
import { keep } from "./store.ts";

/** An endpoint that was made, and where its links are. */
export interface Made {
  readonly network: NetworkConfig;
  readonly endpoint: EndpointConfig;
  /** Index of the host's end. */
  readonly portIndex: number;
  /** Index of the link inside. */
  readonly index: number;
}

/** The namespace's first link, made with it. */
const LO = 1;

/** Everything that is said inside, in one datagram. */
const insideRequests = (made: Made, dad: boolean, defaults: readonly RouteRequest[]): RouteRequest[] => {
  const { network, endpoint, index } = made;
  return [
    up(LO),
    // The link-local address is made by the MAC: rules know it by that.
    ...(endpoint.ipv6 === undefined ? [] : [inet6(index, "EUI64")]),
    up(index),
    ...FAMILIES.flatMap(([family]) => {
      const address = endpoint[family];
      const subnet = network[family]?.subnet;
      return address === undefined || subnet === undefined ? [] : [newAddress(index, address, subnet, dad)];
    }),
    ...endpoint.routes.map(({ dst, gateway }) => routeBy(ROUTE.ADD, dst, index, gateway)),
    ...defaults,
  ];
};

/** A default route that is none of ours is not replaced. */
const checkDefault = async (
  inside: Rtnetlink,
  before: readonly Candidate[],
  families: readonly number[],
  netns: OpenNetns,
): Promise<void> => {
  if (families.length === 0) return;
  const own = new Set(before.map(({ index }) => index));
  const routes = await inside.routes.list({ table: RT_TABLE.MAIN });
  const foreign = routes.find(
    ({ header, attrs }) =>
      header.dstLen === 0 &&
      attrs.gateway !== undefined &&
      !own.has(attrs.oif ?? 0) &&
      families.includes(header.family),
  );
  if (foreign === undefined) return;
  throw new NetworkError(
    "CONFLICT",
    `${netns.text} has a default route already, via ${foreign.attrs.gateway}: remove it there, or make the network internal`,
  );
};

/**
 * Makes an endpoint.
 * @param host where
 * @param name of its network
 * @param options what it shall be
 * @param netns where the other end shall be
 * @param now what there is, under the lock
 * @throws NetworkError; KernelError, TransactionFailed, SystemError: then nothing of it is left
 */
export const connect = async (
  host: Host,
  name: string,
  options: ConnectOptions,
  netns: OpenNetns,
  now: Change,
): Promise<Made> => {
  const { nft, state } = now;
  const network = networkNamed(state, name);
  const { config } = network;
  const bridge = network.link?.header.index ?? 0;
  await using inside = host.rtnetlink({ fd: netns.fd });
  const links = await inside.links.list({}, { fields: ["ifname", "propList"] });
  const names = new Set(links.flatMap(({ attrs }) => [attrs.ifname ?? "", ...(attrs.propList?.altIfname ?? [])]));
  const endpoint = planEndpoint(options, { state, network, netns, inside: names });
  const before = candidatesIn(state, netns.id);
  // The index is not known yet; who has the default route does not depend on it.
  const expected = newDefaults(before, [...before, { network: config, endpoint, index: 0 }]);
  const families = expected.map(({ family }) => (family === "ipv4" ? AF.INET : AF.INET6));
  await checkDefault(inside, before, families, netns);
  await checkPorts(host, state, config, endpoint);
  const endpoints = state.networks.flatMap((one) => one.endpoints.map((other) => other.config));
  const rules = [
    ...localhostRules(endpoints, [...endpoints, endpoint]),
    ...keep(endpoint.port, endpoint),
    ...addEndpoint(config, endpoint),
  ];
  try {
    await nft.apply(rules);
    const mtu = config.mtu ?? network.link?.attrs.mtu;
    const ends = { ifname: endpoint.ifname, address: endpoint.mac, netNsFd: netns.fd };
    const own = { ifname: endpoint.port, address: hostMac(endpoint.mac) };
    const pair = await make(host.rtnl, newPair(own, bridge, ends, mtu), endpoint.port);
    const made: Made = { network: config, endpoint, portIndex: pair.index, index: pair.peer ?? 0 };
    if (usesLocalhost(endpoint)) host.setSysctl(ROUTE_LOCALNET, "1", { ifname: config.bridge });
    const here = { ifname: endpoint.ifname, netns: { fd: netns.fd } };
    host.setSysctlIfThere("net.ipv6.conf.IFNAME.disable_ipv6", endpoint.ipv6 === undefined ? "1" : "0", here);
    const after = [...before, { network: config, endpoint, index: made.index }];
    await sendAll(inside, insideRequests(made, options.dad === true, defaultRoutes(before, after)));
    for (const [sysctl, value] of Object.entries(options.sysctls ?? {})) {
      host.setSysctl(sysctl, value, sysctl.includes("IFNAME") ? here : { netns: here.netns });
    }
    await sendAll(host.rtnl, finish(made, state));
    return made;
  } catch (error) {
    // Of a transaction that was refused nothing has happened.
    if (!(error instanceof TransactionFailed)) await takeBack(host, now, endpoint);
    throw error;
  }
};

/** The host's end has a MAC of its own, from which the bridge must not take its address: a bridge with a set one does not. */
const hostMac = (mac: string): string => {
  const [first = "02", ...rest] = mac.split(":");
  // Bit 2 is nobody's: another address, as unlike others as the endpoint's own.
  return [(Number.parseInt(first, 16) ^ 0x04).toString(16).padStart(2, "0"), ...rest].join(":");
};

/** The host's end gets its name, its place on the bridge, and carries packets from here on. */
const finish = ({ network, endpoint, portIndex }: Made, { linkNames }: State): RouteRequest[] => {
  const name = altNameFor(`${endpoint.name}.${network.name}`, linkNames);
  const port = { isolated: network.icc ? 0 : 1, mode: network.hairpin ? 1 : 0, guard: 1 };
  const attrs = { ifalias: aliasOf(`nlkit endpoint ${endpoint.name} of ${network.name}`) };
  return [...(name === undefined ? [] : [altName(portIndex, name)]), up(portIndex, attrs, port)];
};

/** Takes back what was made so far. What that fails with would hide the reason; what it leaves, the next call removes. */
const takeBack = async (host: Host, { nft }: Change, { port }: EndpointConfig): Promise<void> => {
  try {
    const state = await readState(host, nft);
    const endpoints = state.networks.flatMap((one) => one.endpoints).filter(({ config }) => config.port === port);
    await remove(host, nft, state, { networks: [], endpoints }, true);
  } catch {
    // The first failure is the one to tell.
  }
};
