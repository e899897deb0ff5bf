// The endpoints of a network by what is asked of them. Made from its list when first asked for; whoever makes the next list of the same
// network (known-state.ts) hands it on, so that nothing is made anew for one endpoint more.
import { usesLocalhost } from "./firewall/localhost.ts";
import { FreeAddresses } from "./free-addresses.ts";
import { FAMILIES, type NetworkConfig } from "./model.ts";
import type { EndpointState, NetworkState } from "./state.ts";

type Family = (typeof FAMILIES)[number][0];

/** Of one network. */
export class NetworkIndex {
  readonly #byName = new Map<string, EndpointState>();
  readonly #byNetns = new Map<string, EndpointState>();
  readonly #addresses = new Map<Family, FreeAddresses>();
  #localhost = 0;
  #unwell = 0;

  constructor({ config, endpoints }: NetworkState) {
    for (const endpoint of endpoints) this.#count(endpoint, 1);
    for (const endpoint of endpoints) this.#name(endpoint);
    for (const [family] of FAMILIES) {
      const addresses = addressesOf(config, family, endpoints);
      if (addresses !== undefined) this.#addresses.set(family, addresses);
    }
  }

  /** The endpoint of that name. */
  named(name: string): EndpointState | undefined {
    return this.#byName.get(name);
  }
  /** The endpoint in that namespace. */
  inNetns(id: string): EndpointState | undefined {
    return this.#byNetns.get(id);
  }
  /** The addresses of a family; undefined: the network has no subnet of it. */
  addresses(family: Family): FreeAddresses | undefined {
    return this.#addresses.get(family);
  }
  /** Does any endpoint publish on 127.0.0.0/8? */
  get usesLocalhost(): boolean {
    return this.#localhost > 0;
  }
  /** Are all endpoints whole? */
  get isWell(): boolean {
    return this.#unwell === 0;
  }

  /**
   * One endpoint has come, gone, or changed.
   * @param was what it was; undefined: it was not there
   * @param is what it is; undefined: it is gone
   */
  change(was: EndpointState | undefined, is: EndpointState | undefined): void {
    if (was !== undefined) {
      this.#count(was, -1);
      if (this.#byName.get(was.config.name) === was) this.#byName.delete(was.config.name);
      if (this.#byNetns.get(was.config.netnsId) === was) this.#byNetns.delete(was.config.netnsId);
    }
    if (is !== undefined) {
      this.#count(is, 1);
      this.#name(is);
    }
    for (const [family, addresses] of this.#addresses) {
      const [before, after] = [was?.config[family], is?.config[family]];
      if (before === after) continue;
      if (before !== undefined) addresses.giveBack(before);
      if (after !== undefined) addresses.take(after);
    }
  }

  #name(endpoint: EndpointState): void {
    this.#byName.set(endpoint.config.name, endpoint);
    this.#byNetns.set(endpoint.config.netnsId, endpoint);
  }
  #count({ config, health }: EndpointState, by: 1 | -1): void {
    if (usesLocalhost(config)) this.#localhost += by;
    if (health !== "up") this.#unwell += by;
  }
}

/** Taken are those of endpoints, and the network's own. */
const addressesOf = (
  config: NetworkConfig,
  family: Family,
  endpoints: readonly EndpointState[],
): FreeAddresses | undefined => {
  const own = config[family];
  if (own === undefined) return undefined;
  const taken = [...Object.values(own.aux), ...endpoints.flatMap((one) => one.config[family] ?? [])];
  if (own.gateway !== undefined) taken.push(own.gateway);
  return new FreeAddresses(own.subnet, own.range, taken);
};

/** Each belongs to the newest list of its network; whoever still has an older one gets another that is made from that. */
const known = new WeakMap<NetworkState, NetworkIndex>();

/**
 * The endpoints of a network, by what is asked of them.
 * @param network as it is in some state
 */
export const indexOf = (network: NetworkState): NetworkIndex => {
  let index = known.get(network);
  if (index === undefined) {
    index = new NetworkIndex(network);
    known.set(network, index);
  }
  return index;
};

/**
 * The index goes from one list to the next, if it was made.
 * @param from the old list: it has none from here on
 * @param to the new one
 * @param changes in what the two differ
 */
export const handOn = (
  from: NetworkState,
  to: NetworkState,
  changes: readonly (readonly [was: EndpointState | undefined, is: EndpointState | undefined])[],
): void => {
  const index = known.get(from);
  if (index === undefined) return;
  known.delete(from);
  for (const [was, is] of changes) index.change(was, is);
  known.set(to, index);
};
