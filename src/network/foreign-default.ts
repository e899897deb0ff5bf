// A namespace may have a default route of its own: it is not replaced, and no second one is put beside it.
import { AF } from "../attrs/families.ts";
import { RT_TABLE, RTM_F, RTN } from "../attrs/route/route-header.ts";
import type { Route } from "../client/routes.ts";
import type { Rtnetlink } from "../client/rtnetlink.ts";
import { NetworkError } from "./errors.ts";
import type { RouteRequest } from "./messages.ts";
import type { OpenNetns } from "./netns-of.ts";

/** Addresses to which no route leads but a default one: reserved (RFC 1112), and not assigned (RFC 4291 and IANA's registry). */
const NOWHERE = { ipv4: "240.0.0.1", ipv6: "4000::1" } as const;

/** AF.INET or AF.INET6. */
export type IpFamily = typeof AF.INET | typeof AF.INET6;

/**
 * Questions for the route itself that leads there (RTM_F_FIB_MATCH). They go in front of what adds a default route, in the same datagram.
 * @param families which
 */
export const askDefaults = (families: readonly IpFamily[]): RouteRequest[] =>
  families.map((family) => ({
    name: "RTM_GETROUTE",
    header: { family, dstLen: family === AF.INET ? 32 : 128, flags: RTM_F.FIB_MATCH },
    attrs: { dst: NOWHERE[family === AF.INET ? "ipv4" : "ipv6"] },
  }));

/** With a gateway or without, by one link or by several. Those of the kernel's own that lead nowhere are in nobody's way. */
const isForeign = ({ header, attrs }: Route, own: ReadonlySet<number>): boolean =>
  header.dstLen === 0 && header.type === RTN.UNICAST && !own.has(attrs.oif ?? 0);

const wayOf = ({ attrs: { gateway, via, multipath, oif } }: Route): string => {
  if (multipath !== undefined) return `by ${multipath.length} next hops`;
  const hop = gateway ?? via?.addr;
  return hop === undefined ? `by its link ${oif}` : `via ${hop}`;
};

/**
 * Refuses a foreign one.
 * @param routes answers
 * @param own indexes of our own links inside
 * @param netns where
 * @throws NetworkError CONFLICT
 */
export const refuseForeign = (
  routes: readonly { readonly name?: string | undefined }[],
  own: ReadonlySet<number>,
  { text }: OpenNetns,
): void => {
  const foreign = routes.find((one): one is Route => one.name === "RTM_NEWROUTE" && isForeign(one as Route, own));
  if (foreign === undefined) return;
  throw new NetworkError(
    "CONFLICT",
    `${text} has a default route already, ${wayOf(foreign)}: remove it there, or make the network internal`,
  );
};

/**
 * The same before anything is done, with all routes: for one that is to be replaced.
 * @param inside rtnetlink of the namespace
 * @param families which
 * @param own indexes of our own links inside
 * @param netns where
 * @throws NetworkError CONFLICT
 */
export const checkDefaults = async (
  inside: Rtnetlink,
  families: readonly IpFamily[],
  own: ReadonlySet<number>,
  netns: OpenNetns,
): Promise<void> => {
  for (const family of families) refuseForeign(await inside.routes.list({ family, table: RT_TABLE.MAIN }), own, netns);
};
