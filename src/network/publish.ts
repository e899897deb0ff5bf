// Publishes more ports of an endpoint, or takes some back. Row S21.
import { OutcomeUnknown } from "../socket/errors.ts";
import { type Change, endpointNamed, wholeNetworkNamed } from "./change.ts";
import { invalid, NetworkError } from "./errors.ts";
import { addEndpoint, removeEndpoint } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import { flushPorts, flushUnpublished } from "./flows.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, NetworkConfig, PublishedPort } from "./model.ts";
import { checkHostAddresses, checkPorts } from "./port-conflicts.ts";
import { formatPort, portsOn } from "./ports.ts";
import { forget, keep } from "./store.ts";

/** Which ports. */
export interface PublishOptions {
  /** To be published. */
  readonly add?: readonly (string | PublishedPort)[] | undefined;
  /** To be taken back: as they were published. */
  readonly remove?: readonly (string | PublishedPort)[] | undefined;
}

/**
 * Changes what an endpoint publishes.
 * @param host where
 * @param network its network
 * @param name of the endpoint
 * @param options which ports
 * @param now what there is, under the lock
 * @returns the endpoint as it is now
 * @throws NetworkError NOT_FOUND, INVALID, PORT_TAKEN; what the kernel refuses
 */
export const publish = async (
  host: Host,
  network: string,
  name: string,
  options: PublishOptions,
  now: Change,
): Promise<EndpointConfig> => {
  const found = wholeNetworkNamed(now, network);
  const before = endpointNamed(found, name).config;
  if (found.config.internal) invalid(`network ${JSON.stringify(found.config.name)} is internal: it publishes no ports`);
  const removed = new Set(portsOn(found.config, options.remove).map(formatPort));
  const unknown = [...removed].find((text) => !before.ports.some((port) => formatPort(port) === text));
  if (unknown !== undefined) invalid(`${unknown} is not published by endpoint ${JSON.stringify(before.name)}`);
  const kept = before.ports.filter((port) => !removed.has(formatPort(port)));
  const added = portsOn(found.config, options.add);
  const again = added.map(formatPort).find((text) => kept.some((port) => formatPort(port) === text));
  if (again !== undefined) {
    throw new NetworkError("PORT_TAKEN", `${again} is published already, by endpoint ${JSON.stringify(before.name)}`);
  }
  await checkHostAddresses(host, added);
  const after: EndpointConfig = { ...before, ports: [...kept, ...added] };
  await checkPorts(host, now.state, found.config, after);
  const all = now.state.networks.flatMap((one) => one.endpoints.map(({ config }) => config));
  const will = all.map((one) => (one.port === before.port ? after : one));
  const uses = (endpoints: readonly EndpointConfig[]): boolean =>
    endpoints.some((one) => one.bridge === before.bridge && usesLocalhost(one));
  const routeLocalhost = (value: "0" | "1"): unknown =>
    host.setSysctl(ROUTE_LOCALNET, value, { ifname: before.bridge });
  const from = { endpoint: before, all };
  const to = { endpoint: after, all: will };
  try {
    if (uses(all) && !uses(will)) routeLocalhost("0");
    await replace(now, found.config, from, to);
  } catch (error) {
    // What cannot be read back counts as not done.
    const read = (): Promise<string | undefined> => portsNow(host, now, after).catch(() => undefined);
    const is = error instanceof OutcomeUnknown && (await read()) === portsText(after);
    if (!is) {
      try {
        // Also when closing failed: it may have been done.
        if (uses(all)) routeLocalhost("1");
      } catch {
        // The first failure is the one to tell; the next call opens what is published.
      }
      throw error;
    }
  }
  try {
    if (!uses(all) && uses(will)) routeLocalhost("1");
    const gone = before.ports.filter((port) => removed.has(formatPort(port)));
    await flushPorts(host, found.config, { ...before, ports: gone }, after);
    await flushUnpublished(host, found.config, { ...after, ports: added });
  } catch (error) {
    try {
      // It may have been written: the rule that guards it goes last.
      if (!uses(all) && uses(will)) routeLocalhost("0");
      await replace(now, found.config, to, from);
      if (uses(all) && !uses(will)) routeLocalhost("1");
    } catch {
      // The first failure is the one to tell; what stays published, the next call opens.
    }
    throw error;
  }
  return after;
};

/** An endpoint, and all that there are with it. */
interface Version {
  readonly endpoint: EndpointConfig;
  readonly all: readonly EndpointConfig[];
}
/** One transaction: what an endpoint was, and what it is from here on. */
const replace = ({ nft }: Change, network: NetworkConfig, from: Version, to: Version): Promise<unknown> =>
  nft.apply([
    ...removeEndpoint(network, from.endpoint),
    ...forget(from.endpoint.port, from.endpoint),
    ...localhostRules(from.all.some(usesLocalhost), to.all.some(usesLocalhost)),
    ...keep(to.endpoint.port, to.endpoint),
    ...addEndpoint(network, to.endpoint),
  ]);

const portsText = ({ ports }: EndpointConfig): string => ports.map(formatPort).join(" ");
/** What is kept of an endpoint's ports, whatever the answer was. */
const portsNow = async (host: Host, { nft }: Change, { port }: EndpointConfig): Promise<string | undefined> => {
  const { networks } = await host.memory.read(host, nft);
  const found = networks.flatMap(({ endpoints }) => endpoints).find(({ config }) => config.port === port);
  return found === undefined ? undefined : portsText(found.config);
};
