// What a program calls: the bridge networks of one host's namespace.
import { announce } from "./announce.ts";
import { type Change, change, endpointNamed, networkNamed } from "./change.ts";
import { connect, type Made } from "./connect.ts";
import { create } from "./create.ts";
import { deleteNetwork, type Pruned, prune } from "./delete.ts";
import { disconnect } from "./disconnect.ts";
import { Host, type HostOptions } from "./host.ts";
import type { LockOptions } from "./lock.ts";
import type { ConnectOptions, CreateOptions, EndpointConfig, NetworkConfig, NetworkOptions } from "./model.ts";
import { movedLinks } from "./moved.ts";
import { openNetnsOf } from "./netns-of.ts";
import { NotReady } from "./not-ready.ts";
import { type PublishOptions, publish } from "./publish.ts";
import { inOrder, type NetworkState, readState, type State } from "./state.ts";
import { usable } from "./usable.ts";
import { keepReaping, type Reaped, type ReaperOptions } from "./watch.ts";

const WAIT = 5000;

/**
 * Bridge networks, as `docker network` makes them with its bridge driver: for any namespace or process, without a daemon. Everything that
 * is known of them is kept in the kernel.
 * @example
 * await using networks = await Networks.open();
 * await networks.create({ name: "web", ipv6: true });
 * await networks.connect("web", { netns: "ns1", ports: ["8080:80"] });
 */
export class Networks implements AsyncDisposable {
  readonly #host: Host;
  /** @param host where, and how sockets are opened; closed with this */
  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * Opens what it takes.
   * @param options the namespace that bridges are in; none: the present one
   * @throws SystemError ENOENT for a namespace that does not exist, EPERM
   */
  static async open(options: HostOptions = {}): Promise<Networks> {
    return new Networks(new Host(options));
  }

  /**
   * Makes a network.
   * @param network what it shall be: a name is enough
   * @param options how; how long to wait for others that change networks
   * @returns what it became
   * @throws NetworkError INVALID, EXISTS, CONFLICT, EXHAUSTED, FORWARDING_OFF, LOCKED; KernelError, TransactionFailed, SystemError:
   * nothing is left of it
   */
  create(network: NetworkOptions, options: CreateOptions & LockOptions = {}): Promise<NetworkConfig> {
    return change(this.#host, options, (now) => create(this.#host, network, options, now));
  }

  /**
   * Connects a namespace to a network, and waits until it can be used.
   * @param network by name
   * @param endpoint which namespace, and what it shall be there
   * @param options how long to wait for others
   * @returns the endpoint
   * @throws NetworkError NOT_FOUND, INVALID, EXISTS, CONFLICT, EXHAUSTED, PORT_TAKEN, NO_NETNS, LOCKED; KernelError, TransactionFailed,
   * SystemError, the signal's reason: nothing is left of it. NotReady: it is there, and did not become usable in time; or
   * somebody else on the network has its IPv6 address ("dadfailed"): then nothing is left of it either
   */
  async connect(network: string, endpoint: ConnectOptions, options: LockOptions = {}): Promise<EndpointConfig> {
    const netns = openNetnsOf(endpoint.netns);
    try {
      const made = await change(this.#host, options, (now) => connect(this.#host, network, endpoint, netns, now));
      try {
        await this.#settle(made, endpoint, netns.fd, options.signal);
      } catch (error) {
        // It is there and may become usable yet; of anything else nothing shall be left.
        const stays = error instanceof NotReady && error.reason !== "dadfailed";
        if (!stays) {
          await this.#takeBack(made, options.timeout);
          made.putBack();
        }
        throw error;
      }
      return made.endpoint;
    } finally {
      netns.close();
    }
  }

  /** What it fails with would hide the reason. */
  async #takeBack({ network, endpoint }: Made, timeout: number | undefined): Promise<void> {
    try {
      await this.disconnect(network.bridge, endpoint.port, timeout === undefined ? {} : { timeout });
    } catch {
      // The first failure is the one to tell.
    }
  }

  /** Outside of the lock: others need not wait for it. */
  async #settle(made: Made, options: ConnectOptions, fd: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#host.isRehearsal) return;
    const { wait = WAIT, announce: count = 1 } = options;
    const netns = { fd };
    if (wait > 0) await usable(this.#host, made, netns, options.dad === true, { timeout: wait, signal });
    if (count === 0) return;
    const { mac, ipv4, ipv6, port } = made.endpoint;
    const addresses = [ipv4, ipv6].filter((address) => address !== undefined);
    const stillIs = (): Promise<boolean> => this.#host.isThere(made.portIndex, port);
    this.#host.announcements.add(port, announce({ netns, index: made.index, mac, addresses }, { count, stillIs }));
  }

  /**
   * Takes an endpoint off a network. Both of its links go; the default route of its namespace passes to the network that is next.
   * @param network by name
   * @param endpoint by its name, or as its namespace was called
   * @param options how long to wait for others
   * @returns what it was
   * @throws NetworkError NOT_FOUND, LOCKED; what the kernel refuses: the next call goes on where this one stopped
   */
  disconnect(network: string, endpoint: string, options: LockOptions = {}): Promise<EndpointConfig> {
    return change(this.#host, options, (now) => disconnect(this.#host, network, endpoint, now), {
      isRemoval: true,
    });
  }

  /**
   * Publishes more ports of an endpoint, or takes some back.
   * @param network by name
   * @param endpoint by name
   * @param ports which
   * @param options how long to wait for others
   * @returns the endpoint as it is now
   * @throws NetworkError NOT_FOUND, INVALID, PORT_TAKEN, LOCKED
   */
  publish(
    network: string,
    endpoint: string,
    ports: PublishOptions,
    options: LockOptions = {},
  ): Promise<EndpointConfig> {
    return change(this.#host, options, (now) => publish(this.#host, network, endpoint, ports, now));
  }

  /**
   * Takes a network away.
   * @param network by name
   * @param options `force`: with the endpoints that are on it
   * @throws NetworkError NOT_FOUND, IN_USE, LOCKED; what the kernel refuses
   */
  delete(network: string, options: LockOptions & { readonly force?: boolean | undefined } = {}): Promise<void> {
    return change(this.#host, options, (now) => deleteNetwork(this.#host, network, options.force === true, now), {
      isRemoval: true,
    });
  }

  /**
   * Takes away what nobody needs: networks without endpoints, and what was left of dead ones.
   * @param options how long to wait for others
   * @returns what it took
   */
  prune(options: LockOptions = {}): Promise<Pruned> {
    return change(this.#host, options, (now) => prune(this.#host, now), { isRemoval: true });
  }

  /**
   * Takes away what dead endpoints and half-made networks left, and nothing else. Every other change does it first.
   * @param options how long to wait for others
   * @returns what it took
   */
  reap(options: LockOptions = {}): Promise<Reaped> {
    const run = async ({ reaped }: Change): Promise<Reaped> => ({
      networks: reaped.networks.map(({ config }) => config),
      endpoints: reaped.endpoints.map(({ config }) => config),
    });
    return change(this.#host, options, run, { isReap: true });
  }

  /**
   * Does that whenever a link of a network or an endpoint goes, until it is told to stop.
   * @param options who hears of it; what ends it
   * @throws the signal's reason; SystemError, ConnectionClosed when events cannot be heard
   */
  watch(options: ReaperOptions): Promise<never> {
    return keepReaping(this.#host.rtnl, (how) => this.reap(how), options);
  }

  /**
   * Everything there is: networks, their endpoints, and whether their links are there.
   * @param options signal
   */
  async state(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<State> {
    await using nft = this.#host.nftables();
    // Awaited here: the socket is closed at the end of this block.
    return inOrder(await readState(this.#host, nft, options.signal === undefined ? {} : { signal: options.signal }));
  }

  /** Networks by name, with their endpoints by address. */
  async list(): Promise<readonly NetworkState[]> {
    return (await this.state()).networks;
  }

  /**
   * One network with its endpoints.
   * @param network by name
   * @throws NetworkError NOT_FOUND
   */
  async inspect(network: string): Promise<NetworkState> {
    return networkNamed(await this.state(), network);
  }

  /**
   * Which endpoints' links inside somebody has moved to another namespace.
   * @param network what `inspect` gave
   * @returns by the name of the port: where the link is, a name of `ip netns` or in words
   */
  moved(network: NetworkState): Promise<ReadonlyMap<string, string>> {
    return movedLinks(this.#host, network);
  }

  /**
   * One endpoint.
   * @param network by name
   * @param endpoint by name
   * @throws NetworkError NOT_FOUND
   */
  async endpoint(network: string, endpoint: string): Promise<EndpointConfig> {
    return endpointNamed(await this.inspect(network), endpoint).config;
  }

  /** Closes what it holds; networks stay. */
  close(): void {
    this.#host[Symbol.dispose]();
  }

  /** `await using networks = …` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
