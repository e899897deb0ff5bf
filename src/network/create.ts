// Makes a network: rules first, then the bridge, which goes up when everything else is there. Rows N1 to N16 of docs/network.md.
import { readFileSync } from "node:fs";
import type { Nftables } from "../client/nft/nftables.ts";
import { KernelError, TransactionFailed } from "../socket/errors.ts";
import type { Change } from "./change.ts";
import { busyOf, nameServersOf } from "./conflicts.ts";
import { NetworkError } from "./errors.ts";
import { addNetworkRules } from "./firewall/network-rules.ts";
import { makeTables, makeTablesAnew } from "./firewall/tables.ts";
import { foreignDrops, legacyFilters } from "./foreign.ts";
import { forwardingFor } from "./forwarding.ts";
import type { Host } from "./host.ts";
import { linkLocal, randomMac } from "./mac.ts";
import {
  altName,
  altNameFor,
  inet6,
  make,
  networkAlias,
  newAddress,
  newBridge,
  type RouteRequest,
  sendAll,
  up,
} from "./messages.ts";
import { type CreateOptions, FAMILIES, type NetworkConfig, type NetworkOptions } from "./model.ts";
import { planNetwork, type Surroundings } from "./plan-network.ts";
import { remove } from "./reap.ts";
import { forget, HOST_KEY, keep } from "./store.ts";

const RESOLV_CONF = "/etc/resolv.conf";
const nameServers = (): string[] => {
  try {
    return nameServersOf(readFileSync(RESOLV_CONF, "utf8"));
  } catch {
    return [];
  }
};

const surroundings = async (host: Host, { state }: Change): Promise<Surroundings> => ({
  networks: state.networks.map(({ config }) => config),
  linkNames: state.linkNames,
  busy: busyOf({
    routes: await host.rtnl.routes.list(),
    addresses: await host.rtnl.addresses.list(),
    links: state.links,
    nameServers: nameServers(),
  }),
});

/** What the bridge is told when it is there: its names, its addresses, and last of all that it is up. */
const finish = (index: number, mac: string, config: NetworkConfig, taken: ReadonlySet<string>): RouteRequest[] => {
  const name = altNameFor(config.name, taken);
  const addresses = FAMILIES.flatMap(([family]) => {
    const { gateway, subnet } = config[family] ?? {};
    return gateway === undefined || subnet === undefined ? [] : [newAddress(index, gateway, subnet)];
  });
  // Without IPv6 the host shall not be reachable by it either: no link-local address. With it, the address that the kernel would make once
  // it has noticed the first endpoint's carrier, up to a second later: until then the host has none to ask for neighbours with, and what it
  // would forward to them waits, or is answered "host unreachable".
  const family6 =
    config.ipv6?.gateway === undefined ? [inet6(index, "NONE")] : [newAddress(index, linkLocal(mac), "fe80::/64")];
  return [
    ...family6,
    ...addresses,
    ...(name === undefined ? [] : [altName(index, name)]),
    up(index, { ifalias: networkAlias(config.name) }),
  ];
};

/** The kernel's EOPNOTSUPP in words, where it is about VLANs: it may be built without them (CONFIG_BRIDGE_VLAN_FILTERING). */
const withoutVlans = (error: unknown, { bridgeOptions = {} }: NetworkConfig): NetworkError | undefined => {
  const [asked] = Object.keys(bridgeOptions).filter((name) => name.startsWith("vlan"));
  if (asked === undefined || !(error instanceof KernelError && error.code === "EOPNOTSUPP")) return undefined;
  return new NetworkError("INVALID", `this kernel's bridges know no VLANs: ${asked} cannot be set`, { cause: error });
};

/** Of a link that has no IPv6 at all (a kernel without it, an MTU below 1280) nothing can be said of its link-local address: it has none. */
const withoutIpv6 = (request: RouteRequest, error: KernelError): boolean =>
  request.name === "RTM_NEWLINK" && request.attrs?.afSpec?.inet6 !== undefined && error.code === "EAFNOSUPPORT";

/**
 * Makes a network.
 * @param host where
 * @param asked what it shall be
 * @param options how
 * @param now what there is, under the lock
 * @returns what it became
 * @throws NetworkError INVALID, EXISTS, CONFLICT, EXHAUSTED, FORWARDING_OFF; KernelError, TransactionFailed, SystemError: then nothing
 * of it is left
 */
export const create = async (
  host: Host,
  asked: NetworkOptions,
  { enableForwarding = false }: CreateOptions,
  now: Change,
): Promise<NetworkConfig> => {
  const { nft, state } = now;
  const config = planNetwork(asked, await surroundings(host, now));
  const forwarding = forwardingFor(host, config, state.host, enableForwarding, state.linkNames);
  const rules = [
    ...(state.hasTables ? [] : state.hasRemains ? makeTablesAnew() : makeTables()),
    ...forwarding.messages,
    ...(forwarding.host === undefined || state.host === undefined ? [] : forget(HOST_KEY, state.host)),
    ...(forwarding.host === undefined ? [] : keep(HOST_KEY, forwarding.host)),
    ...keep(config.bridge, config),
    ...addNetworkRules(config),
  ];
  try {
    await nft.apply(rules);
    forwarding.enable();
    const { mtu, bridge, bridgeOptions } = config;
    const mac = randomMac();
    const attrs = { address: mac, ...(mtu === undefined ? {} : { mtu }) };
    const request = newBridge(bridge, attrs, bridgeOptions);
    const { index } = await make(host.rtnl, request, bridge).catch((error: unknown) => {
      throw withoutVlans(error, config) ?? error;
    });
    const here = { ifname: bridge };
    host.setSysctlIfThere("net.ipv6.conf.IFNAME.accept_ra", "0", here);
    // The bridge's link-local address is made of its MAC and nobody else's: also when the kernel makes it again, behind `ip link set down`,
    // DAD would only keep the host from asking for neighbours, for 2 s.
    if (config.ipv6?.gateway !== undefined) host.setSysctlIfThere("net.ipv6.conf.IFNAME.accept_dad", "0", here);
    await sendAll(host.rtnl, finish(index, mac, config, state.linkNames), withoutIpv6);
  } catch (error) {
    // Of a transaction that was refused nothing has happened.
    if (!(error instanceof TransactionFailed)) await takeBack(host, now, config);
    throw error;
  }
  // With bridge-nf-call-iptables neighbours pass the chains of forwarding too.
  const forwards = !config.internal || host.sysctl("net.bridge.bridge-nf-call-iptables") === "1";
  for (const warning of forwards ? await warnings(host, nft, config.bridge) : []) host.warn(warning);
  return config;
};

/** The network is there: that others' rules cannot be looked at is no failure of its making. */
const warnings = async (host: Host, nft: Nftables, bridge: string): Promise<string[]> => {
  try {
    return [...(await foreignDrops(nft, bridge)), ...legacyFilters(host.netns)];
  } catch (error) {
    const reason = (error as Error).message;
    return [`whether a firewall of somebody else drops what the network needs could not be seen: ${reason}`];
  }
};

/** Takes back what was made so far. What that fails with would hide the reason; what it leaves, the next call removes. */
const takeBack = async (host: Host, { nft }: Change, { bridge }: NetworkConfig): Promise<void> => {
  try {
    const state = await host.memory.read(host, nft);
    const networks = state.networks.filter(({ config }) => config.bridge === bridge);
    await remove(host, nft, state, { networks, endpoints: [] });
  } catch {
    // The first failure is the one to tell.
  }
};
