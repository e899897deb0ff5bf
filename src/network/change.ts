// How every call that changes something begins: alone, knowing what there is, and rid of the dead.
import type { Nftables } from "../client/nft/nftables.ts";
import { NetworkError } from "./errors.ts";
import { ROUTE_LOCALNET } from "./firewall/localhost.ts";
import type { Host } from "./host.ts";
import { acquireLock, type LockOptions } from "./lock.ts";
import { mend } from "./mend.ts";
import { named, networkAlias, sendAll } from "./messages.ts";
import { indexOf } from "./network-index.ts";
import { type Doomed, reap } from "./reap.ts";
import type { EndpointState, NetworkState, State } from "./state.ts";
import type { Reaped } from "./watch.ts";

/** What a change works with. */
export interface Change {
  /** nf_tables over the lock's own socket. */
  readonly nft: Nftables;
  /** What there is: nothing dead. */
  readonly state: State;
  /** The dead that were taken away before: a call that was to take them away has nothing left to do. */
  readonly reaped: Doomed;
  /** By bridge: why the dead of that network could not be taken away. They are in `state` still. */
  readonly failed: ReadonlyMap<string, Error>;
}
/** What sort of change it is. */
export interface ChangeKind {
  /** It only takes away: a firewall that cannot be made anew is no obstacle. */
  readonly isRemoval?: boolean | undefined;
  /** What was reaped is its result: nobody else is told. */
  readonly isReap?: boolean | undefined;
}

/**
 * Runs a change.
 * @param host where
 * @param options how long to wait for others
 * @param run gets what there is
 * @param kind what sort of change it is
 * @throws NetworkError LOCKED, CONFLICT where the firewall cannot be made anew; what `run` throws
 */
export const change = async <T>(
  host: Host,
  options: LockOptions,
  run: (change: Change) => Promise<T>,
  kind: ChangeKind = {},
): Promise<T> => {
  await using lock = await acquireLock(host, options);
  const { nft } = lock;
  const found = await host.memory.read(host, nft, options.signal === undefined ? {} : { signal: options.signal });
  // First of all, as it needs no firewall.
  closeLocalhost(host, found);
  const before = await whole(host, nft, found, kind);
  const { state, reaped, failed } = await reap(host, nft, before);
  if (kind.isReap !== true && reaped.networks.length + reaped.endpoints.length > 0) host.tellReaped(configsOf(reaped));
  await settle(host, state);
  let thrown: unknown;
  try {
    // Awaited here: the lock is let go of at the end of this block.
    return await run({ nft, state, reaped, failed });
  } catch (error) {
    thrown = error;
    throw error;
  } finally {
    for (const error of failed.values()) if (error !== thrown) host.warn(`could not be taken away: ${error.message}`);
  }
};

/** With all of the firewall: without it endpoints are not kept to what they may do. */
const whole = async (host: Host, nft: Nftables, state: State, { isRemoval }: ChangeKind): Promise<State> => {
  if (state.missing.length === 0) return state;
  try {
    return await mend(host, nft, state);
  } catch (error) {
    if (isRemoval !== true) throw error;
    return state;
  }
};

/** Bridges of which nothing is kept: the rule that guards the host's 127.0.0.0/8 from what is on them has gone with the rest. */
const closeLocalhost = (host: Host, { strays }: State): void => {
  for (const { attrs } of strays) {
    if (attrs.linkinfo?.kind !== "bridge" || attrs.ifname === undefined) continue;
    host.setSysctlIfThere(ROUTE_LOCALNET, "0", { ifname: attrs.ifname });
  }
};

/** What somebody else undid, or who was killed did not come to do. */
const settle = async (host: Host, { networks }: State): Promise<void> => {
  for (const network of networks) {
    const { health, link, config } = network;
    if (health !== "up" || link === undefined) continue;
    // Whoever published there was killed before this: closed, as the rule comes first, but not what was asked for.
    if (indexOf(network).usesLocalhost) host.setSysctl(ROUTE_LOCALNET, "1", { ifname: config.bridge });
    if (link.attrs.ifalias === undefined) await sendAll(host.rtnl, [named(link.header.index, config.name)]);
  }
};

const configsOf = ({ networks, endpoints }: Doomed): Reaped => ({
  networks: networks.map(({ config }) => config),
  endpoints: endpoints.map(({ config }) => config),
});

/**
 * A network by name, or by its bridge.
 * @throws NetworkError NOT_FOUND
 */
export const networkNamed = ({ networks, strays }: State, name: string): NetworkState => {
  const found =
    networks.find(({ config }) => config.name === name) ?? networks.find(({ config }) => config.bridge === name);
  if (found !== undefined) return found;
  const left = strays.find(({ attrs: { ifname, ifalias } }) => ifalias === networkAlias(name) || ifname === name);
  const bridge = left?.attrs.ifname;
  throw new NetworkError(
    "NOT_FOUND",
    bridge === undefined
      ? `there is no network ${JSON.stringify(name)}`
      : `nothing is kept of network ${JSON.stringify(name)}, and its firewall is gone (was the ruleset flushed?): what is on bridge ` +
          `${bridge} runs without; \`nlkit network prune\` removes it, and cuts it off`,
  );
};

/**
 * The same, of a network that can be changed.
 * @throws NetworkError NOT_FOUND; CONFLICT where its bridge was renamed; why it could not be taken away
 */
export const wholeNetworkNamed = ({ state, failed }: Change, name: string): NetworkState => {
  const found = networkNamed(state, name);
  const { bridge } = found.config;
  const reason = failed.get(bridge);
  if (reason !== undefined) throw reason;
  if (found.health !== "renamed") return found;
  const now = found.link?.attrs.ifname;
  const called = JSON.stringify(found.config.name);
  throw new NetworkError(
    "CONFLICT",
    `network ${called}: its bridge ${bridge} is called ${now} now, and passes nothing: ` +
      `\`ip link set ${now} name ${bridge}\`, or \`nlkit network rm -f\` of the network`,
  );
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
