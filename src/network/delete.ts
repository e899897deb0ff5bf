// Takes networks away. Rows D1 and D2.
import { type Change, isReaped, networkNamed } from "./change.ts";
import { NetworkError } from "./errors.ts";
import { removeTables } from "./firewall/tables.ts";
import { FORWARDING } from "./forwarding.ts";
import type { Host } from "./host.ts";
import { remove } from "./reap.ts";
import { deleteLink, takeOut } from "./removal.ts";
import type { NetworkState } from "./state.ts";

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
  const reason = now.failed.get(network.config.bridge);
  if (reason !== undefined) throw reason;
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

/** Whether it was turned on for networks was kept in what somebody flushed. */
const warnOfForwarding = (host: Host): void => {
  const on = FORWARDING.filter((name) => host.sysctl(name) === "1");
  if (on.length === 0) return;
  host.warn(
    `${on.join(" and ")} ${on.length === 1 ? "is" : "are"} 1, and what nlkit kept was flushed: if it was nlkit that turned it on ` +
      "(--enable-forwarding), the host now forwards between all its links, without the rule that dropped that. " +
      `Unless something else needs it: sysctl -w ${on.map((name) => `${name}=0`).join(" ")}`,
  );
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
  const { state, nft, failed } = now;
  const links: string[] = [];
  for (const { header, attrs } of state.strays) {
    const kind = attrs.linkinfo?.kind;
    // Somebody else may use the same group for something else.
    if (kind !== "bridge" && kind !== "veth") continue;
    await deleteLink(host, header.index);
    links.push(attrs.ifname ?? "");
  }
  const isStuck = ({ config }: NetworkState): boolean => failed.has(config.bridge);
  const stuck = state.networks.filter(isStuck);
  const unused = state.networks.filter((network) => !isStuck(network) && network.endpoints.length === 0);
  // With the last network the tables go, whatever is in them.
  const isAll = stuck.length + unused.length === state.networks.length;
  const networks = isAll ? state.networks : unused;
  await remove(host, nft, state, { networks, endpoints: networks.flatMap(({ endpoints }) => endpoints) });
  // After the links: it holds endpoints to their own addresses.
  if (state.hasRemains) await takeOut(nft, removeTables());
  if (links.length > 0 && state.host === undefined) warnOfForwarding(host);
  return { networks: networks.map(({ config }) => config.name), links };
};
