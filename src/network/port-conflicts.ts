// Is a port of the host there and free to be published? Another endpoint may have it, or a process.
import { RTN } from "../attrs/route/route-header.ts";
import { KernelError } from "../socket/errors.ts";
import { invalid, NetworkError } from "./errors.ts";
import { publishedOf } from "./firewall/endpoint-elements.ts";
import type { Host } from "./host.ts";
import { portHolder, portTaken } from "./listener.ts";
import { type EndpointConfig, FAMILIES, type NetworkConfig, type PublishedPort } from "./model.ts";
import { formatPort, isSpecific } from "./ports.ts";
import type { State } from "./state.ts";

const ANY = { 4: "0.0.0.0", 6: "::" } as const;

/** One address of the host, or all of a family. */
interface Claim {
  readonly address: string;
  readonly published: PublishedPort;
}

/** What an endpoint claims of the host: nothing in mode routed, where its own address is reached. */
const claimsOf = (network: NetworkConfig, endpoint: EndpointConfig): Claim[] =>
  FAMILIES.flatMap(([family, v]) => {
    if (network[family]?.mode === "routed") return [];
    return publishedOf(network, endpoint, v).map((published) => ({
      address: published.hostAddress ?? ANY[v],
      published,
    }));
  });

const isAny = (address: string): boolean => address === ANY[4] || address === ANY[6];
const meet = (a: Claim, b: Claim): boolean =>
  a.published.hostPort === b.published.hostPort &&
  a.published.protocol === b.published.protocol &&
  a.address.includes(":") === b.address.includes(":") &&
  (a.address === b.address || isAny(a.address) || isAny(b.address));

/**
 * Refuses ports that somebody has.
 * @param host where
 * @param state what there is
 * @param network of the endpoint
 * @param endpoint whose ports are to be published
 * @throws NetworkError PORT_TAKEN that names who has it
 */
export const checkPorts = async (
  host: Host,
  { networks }: State,
  network: NetworkConfig,
  endpoint: EndpointConfig,
): Promise<void> => {
  const claims = claimsOf(network, endpoint);
  if (claims.length === 0) return;
  const others = networks.flatMap(({ config, endpoints }) =>
    endpoints
      .filter((one) => one.config.port !== endpoint.port)
      .flatMap((one) => claimsOf(config, one.config).map((claim) => ({ claim, network: config, owner: one.config }))),
  );
  for (const [i, claim] of claims.entries()) {
    const text = formatPort({ ...claim.published, hostAddress: isAny(claim.address) ? undefined : claim.address });
    if (claims.some((other, j) => j < i && meet(claim, other))) {
      throw new NetworkError("PORT_TAKEN", `${text}: published twice`);
    }
    const other = others.find((one) => meet(one.claim, claim));
    if (other !== undefined) {
      const who = `${JSON.stringify(other.owner.name)} of network ${JSON.stringify(other.network.name)}`;
      throw new NetworkError("PORT_TAKEN", `${text}: endpoint ${who} has published that port`);
    }
  }
  await using sockets = host.sockets();
  for (const { address, published } of claims) {
    const { protocol, hostPort } = published;
    const holder = await portHolder(sockets, { protocol, address, port: hostPort });
    if (holder !== undefined) {
      throw new NetworkError("PORT_TAKEN", portTaken({ protocol, address, port: hostPort }, holder));
    }
  }
};

/** Does the kernel take packets to that address for its own? The rules ask the same (fib type local). */
const isLocal = async (host: Host, address: string): Promise<boolean> => {
  try {
    return (await host.rtnl.routes.get(address)).header.type === RTN.LOCAL;
  } catch (error) {
    // No route at all, or one that forbids.
    if (error instanceof KernelError) return false;
    throw error;
  }
};

/**
 * Refuses ports on addresses that the host has not, as bind(2) would: nothing would answer there.
 * @param host where
 * @param ports to be published
 * @throws NetworkError INVALID that names the port
 */
export const checkHostAddresses = async (host: Host, ports: readonly PublishedPort[]): Promise<void> => {
  // One question for each address, however many ports.
  for (const port of new Map(ports.filter(isSpecific).map((one) => [one.hostAddress, one])).values()) {
    const { hostAddress = "" } = port;
    if (!(await isLocal(host, hostAddress))) invalid(`${formatPort(port)}: the host has no address ${hostAddress}`);
  }
};
