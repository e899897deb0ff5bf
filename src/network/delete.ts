// Takes networks away. Rows D1 and D2.
import { type Change, isReaped, networkNamed } from "./change.ts";
import { NetworkError } from "./errors.ts";
import type { Host } from "./host.ts";
import { remove } from "./reap.ts";
import { deleteLink } from "./removal.ts";

/**
 * Takes a network away.
 * @param host where
 * @param name which
 * @param force with the endpoints that are on it
 * @param now what there is, under the lock
 * @throws NetworkError NOT_FOUND, IN_USE; what the kernel refuses
 */
export const deleteNetwork = async (host: Host, name: string, force: boolean, now: Change): Promise<void> => {
  if (isReaped(now, name)) return;
  const network = networkNamed(now.state, name);
  const { endpoints } = network;
  if (endpoints.length > 0 && !force) {
    const names = endpoints.map(({ config }) => JSON.stringify(config.name));
    const some = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    throw new NetworkError(
      "IN_USE",
      `network ${JSON.stringify(name)} has endpoints: ${some}. Disconnect them, or force it`,
    );
  }
  await remove(host, now.nft, now.state, { networks: [network], endpoints });
};

/** What a clean-up took away. */
export interface Pruned {
  /** Names of networks. */
  readonly networks: readonly string[];
  /** Names of links of which nothing was kept. */
  readonly links: readonly string[];
}

/**
 * Takes away networks without endpoints, and links that carry our mark and belong to nothing that is kept.
 * @param host where
 * @param now what there is, under the lock
 */
export const prune = async (host: Host, now: Change): Promise<Pruned> => {
  const { state, nft } = now;
  const links: string[] = [];
  for (const { header, attrs } of state.strays) {
    const kind = attrs.linkinfo?.kind;
    // Somebody else may use the same group for something else.
    if (kind !== "bridge" && kind !== "veth") continue;
    await deleteLink(host, header.index);
    links.push(attrs.ifname ?? "");
  }
  const networks = state.networks.filter(({ endpoints }) => endpoints.length === 0);
  await remove(host, nft, state, { networks, endpoints: [] });
  return { networks: networks.map(({ config }) => config.name), links };
};
