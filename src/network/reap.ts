// Nobody watches over networks, so whoever changes one first takes away what dead endpoints and half-made networks left: an address is
// free only when its reservation is.
import type { NftMessage } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError, TransactionFailed } from "../socket/errors.ts";
import { NetworkError } from "./errors.ts";
import { closePorts, removeClosed } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import { removeNetworkRules } from "./firewall/network-rules.ts";
import { removeTables } from "./firewall/tables.ts";
import { flushFlows } from "./flows.ts";
import { explaining } from "./foreign-jumps.ts";
import { unforwarding } from "./forwarding.ts";
import { passOn } from "./gateway.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";
import { indexOf } from "./network-index.ts";
import { deleteLink, takeOut, tryOut } from "./removal.ts";
import { type EndpointState, type NetworkState, type State, without } from "./state.ts";
import { forget } from "./store.ts";

/** What shall go. */
export interface Doomed {
  readonly networks: readonly NetworkState[];
  readonly endpoints: readonly EndpointState[];
}

/** A link under another name passes nothing, and is there all the same: whoever gave it that name can give it back. */
const isDead = ({ health }: NetworkState | EndpointState): boolean => health === "half" || health === "gone";

/**
 * What is dead: endpoints without a whole host's end, networks without a whole bridge, and the endpoints of those.
 * @param state what there is
 */
export const dead = ({ networks, lost }: State): Doomed => {
  const gone = networks.filter(isDead);
  const endpoints = networks
    .filter((network) => isDead(network) || !indexOf(network).isWell)
    .flatMap((network) => network.endpoints.filter((endpoint) => isDead(network) || isDead(endpoint)));
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
  const stay = state.networks.filter((network) => !networks.includes(network)).map(({ config }) => config);
  // Before anything goes: with a jump of somebody else's into a chain of the network its links would be gone, and the chain not.
  const isTried = stay.length > 0 && !host.isRehearsal && networks.some(({ link }) => link !== undefined);
  if (isTried) await explaining(nft, networks, () => tryOut(nft, networks.flatMap(rulesOf)));
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
    const ifname = link?.attrs.ifname;
    if (ifname !== undefined && uses(all) && !uses(left)) host.setSysctl(ROUTE_LOCALNET, "0", { ifname });
  }
  for (const { link } of networks) if (link !== undefined) await deleteLink(host, link.header.index);
  try {
    await passOn(host, state, endpoints);
  } catch (error) {
    // What is inside belongs to whoever owns the namespace: a way that he has closed is no reason to stop half way.
    if (error instanceof KernelError)
      host.warn(`a default route could not be moved to another network: ${error.message}`);
    else if (!forgiving) throw error;
  }
  const switches = unforwarding(host, state.host, stay);
  switches.restore();
  if (stay.length === 0) {
    await takeOut(nft, removeTables());
    return;
  }
  const messages = [
    ...endpoints.flatMap(({ config }) => forgetEndpoint(byBridge.get(config.bridge), config)),
    ...localhostRules(all.some(isOnLocalhost), left.some(isOnLocalhost)),
    ...networks.flatMap((network) => [...rulesOf(network), ...forget(network.config.bridge, network.config)]),
    ...switches.messages,
  ];
  await explaining(nft, networks, () => takeOut(nft, messages));
};

const rulesOf = ({ config }: NetworkState): NftMessage[] => removeNetworkRules(config);

const isOnLocalhost = ({ config }: EndpointState): boolean => usesLocalhost(config);
const configs = (endpoints: readonly EndpointState[]): EndpointConfig[] => endpoints.map(({ config }) => config);

/** Messages that take an endpoint out whose ports are closed; of a network that is not kept any more what can be known. */
const forgetEndpoint = (network: NetworkConfig | undefined, endpoint: EndpointConfig): NftMessage[] => [
  ...(network === undefined ? [] : removeClosed(network, endpoint)),
  ...forget(endpoint.port, endpoint),
];

/** What became of the dead. */
export interface Reaping {
  /** What there is without those that were taken away. */
  readonly state: State;
  /** What was taken away. */
  readonly reaped: Doomed;
  /** By bridge: why the dead of that network could not be. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** Of that bridge. */
const partOf = ({ networks, endpoints }: Doomed, bridge: string): Doomed => ({
  networks: networks.filter(({ config }) => config.bridge === bridge),
  endpoints: endpoints.filter(({ config }) => config.bridge === bridge),
});
const isRefusal = (error: unknown): error is Error =>
  error instanceof NetworkError || error instanceof TransactionFailed || error instanceof KernelError;

/**
 * Takes the dead away: all at once, and where that is refused a network at a time, so that what keeps one of them there keeps no other.
 * @param host where
 * @param nft over the lock's socket
 * @param before what there is
 */
export const reap = async (host: Host, nft: Nftables, before: State): Promise<Reaping> => {
  const all = dead(before);
  if (all.networks.length + all.endpoints.length === 0) return { state: before, reaped: all, failed: new Map() };
  try {
    await remove(host, nft, before, all, true);
    const state = host.isRehearsal ? without(before, all) : await host.memory.read(host, nft);
    return { state, reaped: all, failed: new Map() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  return reapApart(host, nft, new Set([...all.networks, ...all.endpoints].map(({ config }) => config.bridge)));
};

const reapApart = async (host: Host, nft: Nftables, bridges: ReadonlySet<string>): Promise<Reaping> => {
  let state = await host.memory.read(host, nft);
  let reaped: Doomed = { networks: [], endpoints: [] };
  const failed = new Map<string, Error>();
  for (const bridge of bridges) {
    const part = partOf(dead(state), bridge);
    try {
      await remove(host, nft, state, part, true);
      state = await host.memory.read(host, nft);
      const { networks, endpoints } = reaped;
      reaped = { networks: [...networks, ...part.networks], endpoints: [...endpoints, ...part.endpoints] };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      failed.set(bridge, error);
    }
  }
  return { state, reaped, failed };
};
