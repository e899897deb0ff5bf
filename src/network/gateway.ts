// Which of a namespace's networks has its default route. Rows S19 and S20: it follows the priority, and moves when the endpoint goes.

import type { Rtnetlink } from "../client/rtnetlink.ts";
import { KernelError } from "../socket/errors.ts";
import type { Host } from "./host.ts";
import { ROUTE, type RouteRequest, routeBy } from "./messages.ts";
import type { EndpointConfig, FAMILIES, NetworkConfig } from "./model.ts";
import { findNetns } from "./netns-of.ts";
import { indexOf } from "./network-index.ts";
import type { EndpointState, State } from "./state.ts";

type Family = (typeof FAMILIES)[number][0];

/** An endpoint that could have the default route of a family. */
export interface Candidate {
  readonly network: NetworkConfig;
  readonly endpoint: EndpointConfig;
  /** Index of its link inside; 0: it is gone, or not there yet. */
  readonly index: number;
}

const gatewayOf = ({ network, endpoint }: Candidate, family: Family): string | undefined =>
  network.internal || endpoint[family] === undefined ? undefined : network[family]?.gateway;

/** The best: by priority, then by the network's name. */
const best = (candidates: readonly Candidate[], family: Family): Candidate | undefined =>
  candidates
    .filter((one) => gatewayOf(one, family) !== undefined)
    .sort(
      (a, b) => b.endpoint.gatewayPriority - a.endpoint.gatewayPriority || (a.network.name < b.network.name ? -1 : 1),
    )[0];

/**
 * The endpoints of a namespace.
 * @param state what there is
 * @param netnsId which namespace
 */
export const candidatesIn = ({ networks }: Pick<State, "networks">, netnsId: string): Candidate[] =>
  networks.flatMap((network) => {
    // Of one network a namespace has one endpoint.
    const found = indexOf(network).inNetns(netnsId);
    if (found === undefined) return [];
    return [{ network: network.config, endpoint: found.config, index: found.link?.attrs.link ?? 0 }];
  });

/** A default route that has to be made. */
export interface NewDefault {
  readonly family: Family;
  /** Who gets it. */
  readonly to: Candidate;
  /** Somebody else of ours has it still. */
  readonly replaces: boolean;
}

/**
 * Which default routes have to be made.
 * @param before who could have them
 * @param after who can have them now
 */
export const newDefaults = (before: readonly Candidate[], after: readonly Candidate[]): NewDefault[] =>
  (["ipv4", "ipv6"] as const).flatMap((family) => {
    const old = best(before, family);
    const to = best(after, family);
    if (to === undefined || to.endpoint.port === old?.endpoint.port) return [];
    // One that went took its route with it.
    const replaces = old !== undefined && after.some(({ endpoint }) => endpoint.port === old.endpoint.port);
    return [{ family, to, replaces }];
  });

/**
 * The request that makes one.
 * @param wanted which
 * @param index of the link inside
 */
export const defaultRoute = ({ family, to, replaces }: NewDefault, index: number): RouteRequest =>
  routeBy(replaces ? ROUTE.REPLACE : ROUTE.ADD, undefined, index, gatewayOf(to, family));

/** The requests that make them. */
export const defaultRoutes = (before: readonly Candidate[], after: readonly Candidate[]): RouteRequest[] =>
  newDefaults(before, after).map((wanted) => defaultRoute(wanted, wanted.to.index));

/** Makes them; one that is there already was made by a call that did not hear of it, or belongs to somebody else. */
const addDefaults = async (inside: Rtnetlink, requests: readonly RouteRequest[]): Promise<void> => {
  for (const result of await inside.connection.batch(requests)) {
    if (result.status === "fulfilled") continue;
    if (!(result.reason instanceof KernelError && result.reason.code === "EEXIST")) throw result.reason;
  }
};

/** What to say where a namespace lives and nobody can be found by whom to get into it. */
const warnOf = async (host: Host, { family, to: { network, endpoint } }: NewDefault): Promise<void> => {
  // It may be dying: its links go a moment later.
  const there = await host.rtnl.links.get(endpoint.port).catch(() => undefined);
  if (there === undefined) return;
  const where = family === "ipv4" ? "ip route" : "ip -6 route";
  const gateway = network[family]?.gateway;
  host.warn(
    `the default route of ${endpoint.netns} was not moved to network ${JSON.stringify(network.name)}, since nobody was found in that namespace: there, \`${where} add default via ${gateway} dev ${endpoint.ifname}\` makes it`,
  );
};

/** Gives the default routes of the namespaces that endpoints were in to whom they belong now. */
export const passOn = async (host: Host, state: State, removed: readonly EndpointState[]): Promise<void> => {
  for (const id of new Set(removed.map(({ config }) => config.netnsId))) {
    const before = candidatesIn(state, id);
    const after = before.filter(({ endpoint }) => !removed.some(({ config }) => config.port === endpoint.port));
    const wanted = newDefaults(before, after);
    if (wanted.length === 0) continue;
    const netns = findNetns(id, new Set([...after, ...before].map(({ endpoint }) => endpoint.netns)));
    if (netns === undefined) {
      for (const one of wanted) await warnOf(host, one);
      continue;
    }
    try {
      await using inside = host.rtnetlink({ fd: netns.fd });
      await addDefaults(inside, defaultRoutes(before, after));
    } finally {
      netns.close();
    }
  }
};
