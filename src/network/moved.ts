// Where the inner ends of endpoints are: somebody inside may have moved one to another namespace. The host's end tells which (IFLA_LINK_NETNSID).
import { allOf } from "../client/answers.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { listNetns } from "../socket/named-netns.ts";
import { openNetns } from "../socket/netns.ts";
import type { Host } from "./host.ts";
import { reopenNetns } from "./netns-of.ts";
import type { NetworkState } from "./state.ts";

/** What the host calls a namespace: RTM_GETNSID. */
const nsidOf = async (rtnl: Rtnetlink, fd: number): Promise<number | undefined> => {
  const { messages } = await rtnl.connection.request({ name: "RTM_GETNSID", header: {}, attrs: { fd } });
  return allOf(messages, "RTM_NEWNSID")[0]?.attrs.nsid;
};

/** A link's namespace, where that is the host's: it has no number then. */
const HERE = "the host's";
const UNNAMED = "one without a name";

/** Names of namespaces by number, as far as they have any. */
const names = async (rtnl: Rtnetlink): Promise<ReadonlyMap<number | undefined, string>> => {
  const found = new Map<number | undefined, string>([[undefined, HERE]]);
  for (const name of listNetns()) {
    try {
      const netns = openNetns(name);
      try {
        const id = await nsidOf(rtnl, netns.fd);
        if (id !== undefined && id >= 0) found.set(id, name);
      } finally {
        netns.close();
      }
    } catch {
      // Gone since it was listed, or not for us: it cannot be told of.
    }
  }
  return found;
};

/**
 * Endpoints whose link inside is not where it was made.
 * @param host where
 * @param network with its endpoints
 * @returns by the name of the port: the namespace that the link is in, as `ip netns` calls it, or in words. An endpoint whose namespace
 * cannot be found by its name any more is not in it: nothing can be said
 */
export const movedLinks = async (host: Host, { endpoints }: NetworkState): Promise<ReadonlyMap<string, string>> => {
  const moved = new Map<string, number | undefined>();
  for (const { config, health, link } of endpoints) {
    const netns = health === "up" ? reopenNetns(config.netns, config.netnsId) : undefined;
    if (netns === undefined) continue;
    try {
      const is = link?.attrs.linkNetnsid;
      if (is !== (await nsidOf(host.rtnl, netns.fd))) moved.set(config.port, is);
    } finally {
      netns.close();
    }
  }
  if (moved.size === 0) return new Map();
  const known = await names(host.rtnl);
  return new Map([...moved].map(([port, id]) => [port, known.get(id) ?? UNNAMED]));
};
