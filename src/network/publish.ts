// Publishes more ports of an endpoint, or takes some back. Row S21.
import { type Change, endpointNamed, networkNamed } from "./change.ts";
import { invalid } from "./errors.ts";
import { addEndpoint, removeEndpoint } from "./firewall/endpoint-elements.ts";
import { localhostRules, ROUTE_LOCALNET, usesLocalhost } from "./firewall/localhost.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, PublishedPort } from "./model.ts";
import { checkPorts } from "./port-conflicts.ts";
import { formatPort, portsOf } from "./ports.ts";
import { flushFlows, flushUnpublished } from "./removal.ts";
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
  const found = networkNamed(now.state, network);
  const before = endpointNamed(found, name).config;
  if (found.config.internal) invalid(`network ${JSON.stringify(found.config.name)} is internal: it publishes no ports`);
  const removed = new Set(portsOf(options.remove).map(formatPort));
  const unknown = [...removed].find((text) => !before.ports.some((port) => formatPort(port) === text));
  if (unknown !== undefined) invalid(`${unknown} is not published by endpoint ${JSON.stringify(before.name)}`);
  const kept = before.ports.filter((port) => !removed.has(formatPort(port)));
  const added = portsOf(options.add);
  const after: EndpointConfig = { ...before, ports: [...kept, ...added] };
  await checkPorts(host, now.state, found.config, after);
  const all = now.state.networks.flatMap((one) => one.endpoints.map(({ config }) => config));
  const will = all.map((one) => (one.port === before.port ? after : one));
  const uses = (endpoints: readonly EndpointConfig[]): boolean =>
    endpoints.some((one) => one.bridge === before.bridge && usesLocalhost(one));
  const here = { ifname: before.bridge };
  if (uses(all) && !uses(will)) host.setSysctl(ROUTE_LOCALNET, "0", here);
  await now.nft.apply([
    ...removeEndpoint(found.config, before),
    ...forget(before.port, before),
    ...localhostRules(all, will),
    ...keep(after.port, after),
    ...addEndpoint(found.config, after),
  ]);
  if (!uses(all) && uses(will)) host.setSysctl(ROUTE_LOCALNET, "1", here);
  // What flows by a translation that is no more would go on.
  if (removed.size > 0) await flushFlows(host, [after]);
  await flushUnpublished(host, added);
  return after;
};
