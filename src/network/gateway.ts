// Which of a namespace's networks has its default route. Rows S19 and S20: it follows the priority, and moves when the endpoint goes.
import type { FAMILIES, EndpointConfig, NetworkConfig } from "./model.ts";
import { ROUTE, routeBy, type RouteRequest } from "./messages.ts";
import type { State } from "./state.ts";

type Family = (typeof FAMILIES)[number][0];

/** An endpoint that could have the default route of a family. */
export interface Candidate {
  readonly network: NetworkConfig;
  readonly endpoint: EndpointConfig;
  /** Index of its link inside. */
  readonly index: number;
}

const gatewayOf = ({ network, endpoint }: Candidate, family: Family): string | undefined =>
  network.internal || endpoint[family] === undefined ? undefined : network[family]?.gateway;

/** The best: by priority, then by the network's name. */
const best = (candidates: readonly Candidate[], family: Family): Candidate | undefined =>
  candidates
    .filter((one) => gatewayOf(one, family) !== undefined)
    .sort(
      (a, b) =>
        b.endpoint.gatewayPriority - a.endpoint.gatewayPriority || (a.network.name < b.network.name ? -1 : 1),
    )[0];

/**
 * The endpoints of a namespace.
 * @param state what there is
 * @param netnsId which namespace
 */
export const candidatesIn = ({ networks }: State, netnsId: string): Candidate[] =>
  networks.flatMap(({ config: network, endpoints }) =>
    endpoints.flatMap(({ config: endpoint, link }): Candidate[] => {
      const index = link?.attrs.link;
      return endpoint.netnsId !== netnsId || index === undefined ? [] : [{ network, endpoint, index }];
    }),
  );

/**
 * Requests that give the default routes to whom they belong.
 * @param before who could have them
 * @param after who can have them now
 */
export const defaultRoutes = (before: readonly Candidate[], after: readonly Candidate[]): RouteRequest[] =>
  (["ipv4", "ipv6"] as const).flatMap((family) => {
    const old = best(before, family);
    const next = best(after, family);
    if (next === undefined || next.endpoint.port === old?.endpoint.port) return [];
    // One that went took its route with it; one that stays has it still.
    const stays = old !== undefined && after.some(({ endpoint }) => endpoint.port === old.endpoint.port);
    const flags = stays ? ROUTE.REPLACE : ROUTE.ADD;
    return [routeBy("RTM_NEWROUTE", flags, undefined, next.index, gatewayOf(next, family))];
  });
