// What there is, brought up to date by what has changed since it was last asked for: of a thousand endpoints the others are not looked at
// again. What seldom changes (a network comes or goes, something is broken) is made anew from all of it.
import type { Link } from "../client/links.ts";
import type { Contents } from "./firewall/whole.ts";
import { handOn } from "./network-index.ts";
import {
  type EndpointState,
  endpointOf,
  healthOfNetwork,
  isMarked,
  type NetworkState,
  namesOf,
  type State,
  stateOf,
} from "./state.ts";
import { HOST_KEY, type Stored } from "./store.ts";

/** What a link was, and what it is; undefined: it was not there, or is gone. */
export type LinkChange = readonly [was: Link | undefined, is: Link | undefined];
/** What is kept, by the names of links; undefined: there are no tables of ours. */
export type Store = ReadonlyMap<string, Stored | undefined> | undefined;
/** The same of an endpoint. */
type EndpointChange = readonly [was: EndpointState | undefined, is: EndpointState | undefined];

/** One state after another. */
export class KnownState {
  #state!: State;
  readonly #byIndex = new Map<number, Link>();
  readonly #byName = new Map<string, Link>();
  /** Which link has a name, alternative or not. */
  readonly #owners = new Map<string, number>();
  readonly #linkNames = new Set<string>();
  readonly #strays = new Map<string, Link>();
  readonly #networks = new Map<string, NetworkState>();
  readonly #endpoints = new Map<string, EndpointState>();
  /** Something is there under a name by which it is not found. */
  #hasRenamed = false;
  /** Where the endpoint of a port stands in the list of its network. */
  readonly #places = new Map<string, number>();

  /**
   * @param store what is kept
   * @param links all that there are
   * @param contents of the firewall
   */
  constructor(store: Store, links: readonly Link[], contents: Contents | undefined) {
    for (const link of links) this.#link(undefined, link);
    this.#all(store, contents);
  }

  /** What there is. Its `links` and `linkNames` are those of the last `update`, also in an older state. */
  get state(): State {
    return this.#state;
  }

  /**
   * Takes changes.
   * @param store what is kept now
   * @param names under which something else is kept than before
   * @param links which have changed
   */
  update(store: Store, names: Iterable<string>, links: readonly LinkChange[]): void {
    const touched = new Set(names);
    for (const [was, is] of links) {
      this.#link(was, is);
      for (const link of [was, is]) if (link?.attrs.ifname !== undefined) touched.add(link.attrs.ifname);
    }
    if (touched.size === 0 && !this.#isOdd(store)) return;
    if (this.#isOdd(store) || [...touched].some((name) => this.#isRare(store, name))) this.#all(store);
    else this.#some(store, touched);
  }

  /** A name may have passed from one link to another since the last look: each takes back only what it still has. */
  #link(was: Link | undefined, is: Link | undefined): void {
    if (was !== undefined) {
      const { index } = was.header;
      if (is === undefined) this.#byIndex.delete(index);
      const name = was.attrs.ifname ?? "";
      if (this.#byName.get(name)?.header.index === index) this.#byName.delete(name);
      for (const one of namesOf(was)) {
        if (this.#owners.get(one) !== index) continue;
        this.#owners.delete(one);
        this.#linkNames.delete(one);
      }
    }
    if (is === undefined) return;
    const { index } = is.header;
    this.#byIndex.set(index, is);
    this.#byName.set(is.attrs.ifname ?? "", is);
    for (const one of namesOf(is)) {
      this.#owners.set(one, index);
      this.#linkNames.add(one);
    }
  }

  /** From all that there is. */
  #all(store: Store, contents?: Contents): void {
    const links = [...this.#byIndex.values()];
    this.#state = this.#given(stateOf(store, links, contents));
    this.#hasRenamed = [...this.#state.networks, ...this.#state.networks.flatMap((network) => network.endpoints)].some(
      ({ health }) => health === "renamed",
    );
    for (const map of [this.#strays, this.#networks, this.#endpoints, this.#places]) map.clear();
    for (const link of this.#state.strays) this.#strays.set(link.attrs.ifname ?? "", link);
    for (const network of this.#state.networks) {
      this.#networks.set(network.config.bridge, network);
      network.endpoints.forEach((endpoint, place) => {
        this.#endpoints.set(endpoint.config.port, endpoint);
        this.#places.set(endpoint.config.port, place);
      });
    }
  }

  /** Nobody asks for all links but who makes a network. */
  #given(state: Omit<State, "links" | "linkNames">): State {
    const byIndex = this.#byIndex;
    const { hasTables, hasRemains, missing, host, networks, lost, broken, strays } = state;
    const linkNames = this.#linkNames;
    return {
      hasTables,
      hasRemains,
      missing,
      host,
      networks,
      lost,
      broken,
      strays,
      linkNames,
      get links() {
        return [...byIndex.values()];
      },
    };
  }

  /** Something is there that a change of something else may mend. */
  #isOdd(store: Store): boolean {
    const { lost, broken, hasTables } = this.#state;
    return lost.length > 0 || broken.length > 0 || this.#hasRenamed || hasTables !== (store !== undefined);
  }

  /** Is it more than an endpoint that came, went or changed, or a link that changed? */
  #isRare(store: Store, name: string): boolean {
    const is = store?.get(name);
    const link = this.#byName.get(name);
    // It may be a link of ours under another name.
    if (link !== undefined && isMarked(link) && store !== undefined && is === undefined) return true;
    if (name === HOST_KEY || (is === undefined && store?.has(name) === true)) return true;
    const network = this.#networks.get(name);
    if (network !== undefined || is?.kind === "network") return network?.config !== is;
    const was = this.#endpoints.get(name)?.config;
    if (is?.kind !== "endpoint") return is !== undefined;
    return !this.#networks.has(is.bridge) || (was !== undefined && was.bridge !== is.bridge);
  }

  #some(store: Store, touched: ReadonlySet<string>): void {
    const changes = new Map<string, EndpointChange[]>();
    const changed = (bridge: string): EndpointChange[] => {
      const all = changes.get(bridge) ?? [];
      changes.set(bridge, all);
      return all;
    };
    for (const name of touched) {
      const config = store?.get(name);
      const link = this.#byName.get(name);
      const was = this.#endpoints.get(name);
      const is = config?.kind === "endpoint" ? endpointOf(config, link) : undefined;
      const bridge = (is ?? was)?.config.bridge;
      if (bridge !== undefined) changed(bridge).push([was, is]);
      else if (this.#networks.has(name)) changed(name);
      if (link !== undefined && config === undefined && isMarked(link)) this.#strays.set(name, link);
      else this.#strays.delete(name);
    }
    for (const [bridge, own] of changes) this.#network(bridge, own);
    // In the order that they had: none has come or gone.
    const networks = this.#state.networks.map(({ config }) => this.#networks.get(config.bridge) as NetworkState);
    this.#state = this.#given({ ...this.#kept(), networks, strays: [...this.#strays.values()] });
  }

  #kept(): Pick<State, "hasTables" | "hasRemains" | "missing" | "host" | "lost" | "broken"> {
    const { hasTables, hasRemains, missing, host, lost, broken } = this.#state;
    return { hasTables, hasRemains, missing, host, lost, broken };
  }

  /** A list is never changed, since somebody may have it: a copy of it is. */
  #network(bridge: string, changes: readonly EndpointChange[]): void {
    const was = this.#networks.get(bridge) as NetworkState;
    const endpoints = changes.length === 0 ? was.endpoints : was.endpoints.slice();
    for (const [before, after] of changes) this.#put(endpoints as EndpointState[], before, after);
    const [health, link] = healthOfNetwork(this.#byName.get(bridge), endpoints);
    const is: NetworkState = { config: was.config, health, link, endpoints };
    this.#networks.set(bridge, is);
    handOn(was, is, changes);
  }

  #put(list: EndpointState[], was: EndpointState | undefined, is: EndpointState | undefined): void {
    const place = was === undefined ? list.length : (this.#places.get(was.config.port) as number);
    if (is !== undefined) {
      list[place] = is;
      this.#places.set(is.config.port, place);
      this.#endpoints.set(is.config.port, is);
    } else if (was !== undefined) {
      // The last takes the place of the one that went.
      const last = list.pop() as EndpointState;
      this.#places.delete(was.config.port);
      this.#endpoints.delete(was.config.port);
      if (last === was) return;
      list[place] = last;
      this.#places.set(last.config.port, place);
    }
  }
}
