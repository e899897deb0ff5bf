// How every call that changes something begins: alone, knowing what there is, and rid of the dead.
import type { Nftables } from "../client/nft/nftables.ts";
import { NetworkError } from "./errors.ts";
import { passOn } from "./gateway.ts";
import type { Host } from "./host.ts";
import { acquireLock, type LockOptions } from "./lock.ts";
import { type Doomed, dead, remove } from "./reap.ts";
import { type EndpointState, type NetworkState, readState, type State, without } from "./state.ts";

/** What a change works with. */
export interface Change {
  /** nf_tables over the lock's own socket. */
  readonly nft: Nftables;
  /** What there is: nothing dead. */
  readonly state: State;
  /** The dead that were taken away before. */
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
  const before = await readState(host, nft, options.signal === undefined ? {} : { signal: options.signal });
  const reaped = dead(before);
  await remove(host, nft, before, reaped);
  // Awaited here: the lock is let go of at the end of this block.
  if (reaped.networks.length + reaped.endpoints.length === 0) return await run({ nft, state: before, reaped });
  // What their namespaces do without them is no reason to refuse what is asked for now.
  await passOn(host, before, reaped.endpoints).catch(() => undefined);
  const state = host.isRehearsal ? without(before, reaped) : await readState(host, nft);
  return await run({ nft, state, reaped });
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
