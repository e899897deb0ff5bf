// Nobody watches over networks, so whoever changes one first takes away what dead endpoints and half-made networks left: an address is
// free only when its reservation is.
import type { NftMessage } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { closePorts, removeClosed } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import { removeNetworkRules } from "./firewall/network-rules.ts";
import { removeTables } from "./firewall/tables.ts";
import { flushFlows } from "./flows.ts";
import { unforwarding } from "./forwarding.ts";
import { passOn } from "./gateway.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";
import { indexOf } from "./network-index.ts";
import { deleteLink, takeOut } from "./removal.ts";
import type { EndpointState, NetworkState, State } from "./state.ts";
import { forget } from "./store.ts";

/** What shall go. */
export interface Doomed {
  readonly networks: readonly NetworkState[];
  readonly endpoints: readonly EndpointState[];
}

/**
 * What is dead: endpoints without a whole host's end, networks without a whole bridge, and the endpoints of those.
 * @param state what there is
 */
export const dead = ({ networks, lost }: State): Doomed => {
  const gone = networks.filter(({ health }) => health !== "up");
  const endpoints = networks
    .filter((network) => network.health !== "up" || !indexOf(network).isWell)
    .flatMap((network) => network.endpoints.filter(({ health }) => network.health !== "up" || health !== "up"));
  return { networks: gone, endpoints: [...endpoints, ...lost] };
};

/**
 * Takes networks and endpoints away, in the order in which nothing that is left passes a packet: host's ends, published ports, flows, then the
 * other rules and reservations; bridges before their rules. Ports before flows: who keeps on sending to one would begin the next flow to the
 * dead address, and whoever gets that address would get it. What is kept goes last: as long as it is there, the next call knows what is left to do.
 * @param host where
 * @param nft over the lock's socket
 * @param state what there is
 * @param doomed what of it shall go
 * @param forgiving what the endpoints' namespaces do without them is no reason to stop
 * @throws what the kernel refuses; the next call goes on where this one stopped
 */
export const remove = async (
  host: Host,
  nft: Nftables,
  state: State,
  doomed: Doomed,
  forgiving = false,
): Promise<void> => {
  const { networks, endpoints } = doomed;
  if (networks.length === 0 && endpoints.length === 0) return;
  for (const { config, link } of endpoints) {
    await host.announcements.stop(config.port);
    if (link !== undefined) await deleteLink(host, link.header.index);
  }
  const byBridge = new Map(state.networks.map(({ config }) => [config.bridge, config]));
  const closed = endpoints.flatMap(({ config }) => {
    const network = byBridge.get(config.bridge);
    return network === undefined ? [] : closePorts(network, config);
  });
  if (closed.length > 0) await takeOut(nft, closed);
  await flushFlows(host, configs(endpoints));
  const all = [...state.networks.flatMap((network) => network.endpoints), ...state.lost];
  const left = all.filter((one) => !endpoints.includes(one));
  for (const { config, link } of state.networks) {
    const uses = (ones: readonly EndpointState[]): boolean =>
      ones.some((one) => one.config.bridge === config.bridge && isOnLocalhost(one));
    if (link !== undefined && uses(all) && !uses(left)) host.setSysctl(ROUTE_LOCALNET, "0", { ifname: config.bridge });
  }
  for (const { link } of networks) if (link !== undefined) await deleteLink(host, link.header.index);
  try {
    await passOn(host, state, endpoints);
  } catch (error) {
    if (!forgiving) throw error;
  }
  const stay = state.networks.filter((network) => !networks.includes(network)).map(({ config }) => config);
  const switches = unforwarding(host, state.host, stay);
  switches.restore();
  if (stay.length === 0) {
    await takeOut(nft, removeTables());
    return;
  }
  await takeOut(nft, [
    ...endpoints.flatMap(({ config }) => forgetEndpoint(byBridge.get(config.bridge), config)),
    ...localhostRules(all.some(isOnLocalhost), left.some(isOnLocalhost)),
    ...networks.flatMap(({ config }) => [...removeNetworkRules(config), ...forget(config.bridge, config)]),
    ...switches.messages,
  ]);
};

const isOnLocalhost = ({ config }: EndpointState): boolean => usesLocalhost(config);
const configs = (endpoints: readonly EndpointState[]): EndpointConfig[] => endpoints.map(({ config }) => config);

/** Messages that take an endpoint out whose ports are closed; of a network that is not kept any more what can be known. */
const forgetEndpoint = (network: NetworkConfig | undefined, endpoint: EndpointConfig): NftMessage[] => [
  ...(network === undefined ? [] : removeClosed(network, endpoint)),
  ...forget(endpoint.port, endpoint),
];
