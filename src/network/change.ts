// How every call that changes something begins: alone, knowing what there is, and rid of the dead.
import type { Nftables } from "../client/nft/nftables.ts";
import { NetworkError } from "./errors.ts";
import { ROUTE_LOCALNET } from "./firewall/localhost.ts";
import type { Host } from "./host.ts";
import { acquireLock, type LockOptions } from "./lock.ts";
import { indexOf } from "./network-index.ts";
import { type Doomed, dead, remove } from "./reap.ts";
import { type EndpointState, type NetworkState, type State, without } from "./state.ts";

/** What a change works with. */
export interface Change {
  /** nf_tables over the lock's own socket. */
  readonly nft: Nftables;
  /** What there is: nothing dead. */
  readonly state: State;
  /** The dead that were taken away before: a call that was to take them away has nothing left to do. */
  readonly reaped: Doomed;
}

/**
 * Runs a change.
 * @param host where
 * @param options how long to wait for others
 * @param run gets what there is
 * @throws NetworkError LOCKED; what `run` throws
 */
export const change = async <T>(host: Host, options: LockOptions, run: (change: Change) => Promise<T>): Promise<T> => {
  await using lock = await acquireLock(host, options);
  const { nft } = lock;
  const before = await host.memory.read(host, nft, options.signal === undefined ? {} : { signal: options.signal });
  const reaped = dead(before);
  await remove(host, nft, before, reaped, true);
  const state = await afterwards(host, nft, before, reaped);
  for (const network of state.networks) {
    // Whoever published there was killed before this: closed, as the rule comes first, but not what was asked for.
    if (indexOf(network).usesLocalhost) host.setSysctl(ROUTE_LOCALNET, "1", { ifname: network.config.bridge });
  }
  // Awaited here: the lock is let go of at the end of this block.
  return await run({ nft, state, reaped });
};

/** What there is without the dead. */
const afterwards = async (host: Host, nft: Nftables, before: State, reaped: Doomed): Promise<State> => {
  if (reaped.networks.length + reaped.endpoints.length === 0) return before;
  return host.isRehearsal ? without(before, reaped) : await host.memory.read(host, nft);
};

/**
 * A network by name, or by its bridge.
 * @throws NetworkError NOT_FOUND
 */
export const networkNamed = ({ networks }: State, name: string): NetworkState => {
  const found =
    networks.find(({ config }) => config.name === name) ?? networks.find(({ config }) => config.bridge === name);
  if (found === undefined) throw new NetworkError("NOT_FOUND", `there is no network ${JSON.stringify(name)}`);
  return found;
};

/**
 * An endpoint of a network by its name, the name of its port, or what its namespace was called.
 * @throws NetworkError NOT_FOUND
 */
export const endpointNamed = ({ config, endpoints }: NetworkState, name: string): EndpointState => {
  const is = (key: "name" | "port" | "netns") => endpoints.find((endpoint) => endpoint.config[key] === name);
  const found = is("name") ?? is("port") ?? is("netns");
  if (found === undefined) {
    const where = JSON.stringify(config.name);
    throw new NetworkError("NOT_FOUND", `there is no endpoint ${JSON.stringify(name)} on network ${where}`);
  }
  return found;
};

/** Was it that network that had to be taken away first? Then whoever wanted it gone has what they wanted. */
export const isReaped = ({ reaped }: Change, name: string): boolean =>
  reaped.networks.some(({ config }) => config.name === name || config.bridge === name);

/** The endpoint of that name that had to be taken away first, if there is none of that name now. */
export const reapedEndpoint = ({ state, reaped }: Change, network: string, name: string): EndpointState | undefined => {
  const configs = [...state.networks, ...reaped.networks].map(({ config }) => config);
  const found =
    configs.find((config) => config.name === network) ?? configs.find((config) => config.bridge === network);
  const is = ({ config }: EndpointState): boolean =>
    config.bridge === found?.bridge && [config.name, config.port, config.netns].includes(name);
  if (state.networks.some(({ endpoints }) => endpoints.some(is))) return undefined;
  return reaped.endpoints.find(is);
};
