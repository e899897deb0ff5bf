// A conversation over NETLINK_ROUTE, with verbs for what it is mostly used for.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import { route } from "../attrs/route/messages.ts";
import type { Registry } from "../codec/registry.ts";
import { Connection, type ConnectionOptions } from "../socket/connection.ts";
import type { SocketOptions } from "../socket/netlink-socket.ts";
import type { Transport } from "../socket/transport.ts";
import { Addresses } from "./addresses.ts";
import { Links } from "./links.ts";
import { Neighbours } from "./neighbours.ts";
import { Routes } from "./routes.ts";

/** How to talk to rtnetlink. */
export interface RtnetlinkOptions extends ConnectionOptions, Omit<SocketOptions, "protocol"> {
  /** The messages that it knows: `route`, or what `extendRegistry` made of it. Default: `route`. */
  readonly types?: Registry<RouteMessageType> | undefined;
}

/**
 * Links, addresses, routes and neighbours of one network namespace.
 * @example
 * await using rtnl = await Rtnetlink.open({ netns: "ns1" });
 * await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
 * await rtnl.addresses.add("br0", "192.168.100.1/24");
 */
export class Rtnetlink implements AsyncDisposable {
  /** Requests of your own making. */
  readonly connection: Connection<RouteMessageType>;
  /** RTM_*LINK */
  readonly links: Links;
  /** RTM_*ADDR */
  readonly addresses: Addresses;
  /** RTM_*ROUTE */
  readonly routes: Routes;
  /** RTM_*NEIGH */
  readonly neighbours: Neighbours;

  /**
   * Verbs over a connection that you have.
   * @param connection closed with this
   */
  constructor(connection: Connection<RouteMessageType>) {
    this.connection = connection;
    this.links = new Links(connection);
    this.addresses = new Addresses(connection, this.links);
    this.routes = new Routes(connection, this.links);
    this.neighbours = new Neighbours(connection, this.links);
  }

  /**
   * Opens a socket.
   * @param options namespace (by name, path, pid or descriptor; none: the present one), timeout
   * @throws SystemError ENOENT for a namespace that is not, EPERM for one that is not yours
   */
  static async open(options: RtnetlinkOptions = {}): Promise<Rtnetlink> {
    return new Rtnetlink(Connection.open(options.types ?? route, options));
  }

  /**
   * Talks over a transport of your own: a recording, a replay.
   * @param transport closed with this
   * @param options timeout, messages
   */
  static over(transport: Transport, options: Omit<RtnetlinkOptions, "netns"> = {}): Rtnetlink {
    return new Rtnetlink(new Connection(transport, options.types ?? route, options));
  }

  /** Closes the socket; what is pending is rejected. */
  close(): void {
    this.connection.close();
  }

  /** `await using rtnl = …` closes it at the end of the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
