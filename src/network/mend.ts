// Makes the firewall anew from what is kept, where somebody deleted a part of it: in one transaction, so that no packet meets less than all of it.
import type { NftMessage } from "../client/nft/messages.ts";
import type { Nftables } from "../client/nft/nftables.ts";
import { NetworkError } from "./errors.ts";
import { addEndpoint } from "./firewall/endpoint-elements.ts";
import { localhostRules, usesLocalhost } from "./firewall/localhost.ts";
import { addNetworkRules } from "./firewall/network-rules.ts";
import { makeTables, makeTablesAnew } from "./firewall/tables.ts";
import { foreignRules } from "./forwarding.ts";
import type { Host } from "./host.ts";
import type { EndpointConfig, NetworkConfig } from "./model.ts";
import type { State } from "./state.ts";
import { HOST_KEY, type HostConfig, keep } from "./store.ts";

/** What is kept. */
interface Kept {
  readonly host: HostConfig | undefined;
  readonly networks: readonly NetworkConfig[];
  readonly endpoints: readonly EndpointConfig[];
}

const rulesOf = ({ host, networks, endpoints }: Kept): NftMessage[] => [
  ...foreignRules(host?.before ?? {}),
  ...localhostRules(false, endpoints.some(usesLocalhost)),
  ...networks.flatMap(addNetworkRules),
];

/** Messages that make all tables, chains and rules that there have to be, without endpoints' elements. */
export const firewallOf = (kept: Kept): NftMessage[] => [...makeTables(), ...rulesOf(kept)];

/** What is missing, for one line. */
export const missingText = ({ missing }: State): string =>
  missing.length <= SHOWN + 1
    ? missing.join(", ")
    : `${missing.slice(0, SHOWN).join(", ")} and ${missing.length - SHOWN} more`;
const SHOWN = 2;

/** Everything, from nothing. */
const everything = ({ host, networks, lost }: State): NftMessage[] => {
  const configs = networks.map(({ config }) => config);
  const endpoints = networks.flatMap((network) => network.endpoints.map(({ config }) => config));
  const all = [...endpoints, ...lost.map(({ config }) => config)];
  return [
    ...makeTablesAnew(),
    ...(host === undefined ? [] : keep(HOST_KEY, host)),
    ...configs.flatMap((config) => keep(config.bridge, config)),
    ...all.flatMap((config) => keep(config.port, config)),
    ...rulesOf({ host, networks: configs, endpoints: all }),
    ...networks.flatMap((network) => network.endpoints.flatMap(({ config }) => addEndpoint(network.config, config))),
  ];
};

/**
 * Makes the firewall anew.
 * @param host where; hears of it
 * @param nft over the lock's socket
 * @param state what there is, with `missing`
 * @returns what there is then
 * @throws NetworkError CONFLICT, which says what is missing and what to do
 */
export const mend = async (host: Host, nft: Nftables, state: State): Promise<State> => {
  const missing = missingText(state);
  try {
    await nft.apply(everything(state));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NetworkError(
      "CONFLICT",
      `of the firewall is missing: ${missing}; it could not be made anew (${reason}). ` +
        "`nlkit network rm -f` of every network takes the rest away",
      { cause: error },
    );
  }
  host.warn(`somebody changed the firewall of nlkit's networks; made anew, as it was missing: ${missing}`);
  if (host.isRehearsal) return state;
  host.memory.forget();
  return host.memory.read(host, nft);
};
