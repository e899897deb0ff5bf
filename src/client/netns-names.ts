// Namespace ids and the names of `ip netns`: which id a named namespace has as seen from another one.
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { Connection } from "../socket/connection.ts";
import { KernelError, SystemError } from "../socket/errors.ts";
import { listNetns } from "../socket/named-netns.ts";
import { openNetns } from "../socket/netns.ts";

/**
 * The id of every named namespace that has one, as seen from a connection's namespace.
 * @param connection NETLINK_ROUTE
 * @returns name by id
 */
export const netnsNames = (connection: Connection<RouteMessageType>): Map<number, string> => {
  const names = new Map<number, string>();
  for (const name of listNetns()) {
    const id = idOf(connection, name);
    if (id !== undefined) names.set(id, name);
  }
  return names;
};

const idOf = (connection: Connection<RouteMessageType>, name: string): number | undefined => {
  try {
    const netns = openNetns(name);
    try {
      const { messages } = connection.requestSync({ name: "RTM_GETNSID", attrs: { fd: netns.fd } });
      for (const message of messages) {
        const id = message.name === "RTM_NEWNSID" ? message.attrs.nsid : undefined;
        if (id !== undefined && id >= 0) return id;
      }
    } finally {
      netns.close();
    }
  } catch (error) {
    // Deleted meanwhile; or a file that is no namespace, as a creation leaves it that was killed half-way.
    if (!(error instanceof SystemError || error instanceof KernelError)) throw error;
  }
  return undefined;
};
