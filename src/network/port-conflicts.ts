// Is a port of the host there and free to be published? Another endpoint may have it, or a process.
import { RTN } from "../attrs/route/route-header.ts";
import { KernelError } from "../socket/errors.ts";
import { invalid, NetworkError } from "./errors.ts";
import { publishedOf } from "./firewall/endpoint-elements.ts";
import type { Host } from "./host.ts";
import { portTaken, takenPort } from "./listener.ts";
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
/** All of IPv4 are not those of lo: rules leave them to who names one. */
const covers = (any: string, address: string): boolean => isAny(any) && !address.startsWith("127.");

/** Claims by what must be the same in two that meet: a range has thousands, and each is compared with few. */
class Claims<T> {
  readonly #all = new Map<string, { readonly claim: Claim; readonly whose: T }[]>();

  #alike({ address, published: { protocol, hostPort } }: Claim): { readonly claim: Claim; readonly whose: T }[] {
    const key = `${address.includes(":")} ${protocol} ${hostPort}`;
    const found = this.#all.get(key) ?? [];
    this.#all.set(key, found);
    return found;
  }
  add(claim: Claim, whose: T): void {
    this.#alike(claim).push({ claim, whose });
  }
  /** Whose claim one meets. */
  meeting(claim: Claim): T | undefined {
    const { address } = claim;
    const meets = (other: string): boolean => other === address || covers(other, address) || covers(address, other);
    return this.#alike(claim).find(({ claim: one }) => meets(one.address))?.whose;
  }
}

const textOf = ({ address, published }: Claim): string =>
  formatPort({ ...published, hostAddress: isAny(address) ? undefined : address });

/** Who publishes what, beside one. */
const othersOf = ({ networks }: State, port: string): Claims<string> => {
  const others = new Claims<string>();
  for (const { config, endpoints } of networks) {
    for (const one of endpoints) {
      if (one.config.port === port || one.config.ports.length === 0) continue;
      const who = `${JSON.stringify(one.config.name)} of network ${JSON.stringify(config.name)}`;
      for (const claim of claimsOf(config, one.config)) others.add(claim, who);
    }
  }
  return others;
};

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
  state: State,
  network: NetworkConfig,
  endpoint: EndpointConfig,
): Promise<void> => {
  const claims = claimsOf(network, endpoint);
  if (claims.length === 0) return;
  const others = othersOf(state, endpoint.port);
  const own = new Claims<PublishedPort>();
  for (const claim of claims) {
    const met = own.meeting(claim);
    if (met !== undefined) {
      const first = formatPort(met);
      const same = first === formatPort(claim.published);
      const words = same ? "" : `, the endpoint publishes ${first}`;
      throw new NetworkError("PORT_TAKEN", `${textOf(claim)}: published twice${words}`);
    }
    own.add(claim, claim.published);
    const who = others.meeting(claim);
    if (who !== undefined) {
      throw new NetworkError("PORT_TAKEN", `${textOf(claim)}: endpoint ${who} has published that port`);
    }
  }
  await using sockets = host.sockets();
  const wanted = claims.map(({ address, published: { protocol, hostPort: port } }) => ({ protocol, address, port }));
  const taken = await takenPort(sockets, wanted);
  if (taken !== undefined) throw new NetworkError("PORT_TAKEN", portTaken(taken));
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
  // One question for each address, however many ports; none for 127.0.0.1, which is every host's.
  const asked = ports.filter((port) => isSpecific(port) && port.hostAddress !== "127.0.0.1");
  for (const port of new Map(asked.map((one) => [one.hostAddress, one])).values()) {
    const { hostAddress = "" } = port;
    if (!(await isLocal(host, hostAddress))) invalid(`${formatPort(port)}: the host has no address ${hostAddress}`);
  }
};
