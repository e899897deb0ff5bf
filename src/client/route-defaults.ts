// What iproute2 fills in where a route's maker says nothing: iproute_modify of ip/iproute.c.
import { AF } from "../attrs/families.ts";
import type { RouteAttrs } from "../attrs/route/route.ts";
import { type RouteHeader, RT_SCOPE, RT_TABLE, RTN, RTPROT } from "../attrs/route/route-header.ts";

/** Types whose routes stand in the table of the host's own addresses. */
const IN_LOCAL: readonly number[] = [RTN.LOCAL, RTN.BROADCAST, RTN.ANYCAST, RTN.NAT];

const hasNextHop = ({ gateway, via, multipath, nhId }: RouteAttrs): boolean =>
  gateway !== undefined || via !== undefined || multipath !== undefined || nhId !== undefined;

/** IPv6 has no scopes. Of a deletion NOWHERE stands for any. */
const scopeOf = (isNew: boolean, family: number, type: number | undefined, attrs: RouteAttrs): number => {
  if (family !== AF.INET) return RT_SCOPE.UNIVERSE;
  switch (type) {
    case RTN.LOCAL:
    case RTN.NAT:
      return RT_SCOPE.HOST;
    case RTN.BROADCAST:
    case RTN.MULTICAST:
    case RTN.ANYCAST:
      return RT_SCOPE.LINK;
    case undefined:
    case RTN.UNSPEC:
    case RTN.UNICAST:
      if (!isNew) return RT_SCOPE.NOWHERE;
      return hasNextHop(attrs) ? RT_SCOPE.UNIVERSE : RT_SCOPE.LINK;
    default:
      return isNew ? RT_SCOPE.UNIVERSE : RT_SCOPE.NOWHERE;
  }
};

/**
 * The rtmsg of a destination, with what `ip route add` and `ip route del` fill in.
 * @param name which of them
 * @param family AF
 * @param dstLen bits of the destination
 * @param type RTN, where the caller says it
 * @param attrs whether it has a next hop
 */
export const routeDefaults = (
  name: "RTM_NEWROUTE" | "RTM_DELROUTE",
  family: number,
  dstLen: number,
  type: number | undefined,
  attrs: RouteAttrs,
): Partial<RouteHeader> => {
  const isNew = name === "RTM_NEWROUTE";
  const table = IN_LOCAL.includes(type ?? RTN.UNICAST) ? RT_TABLE.LOCAL : RT_TABLE.MAIN;
  const scope = scopeOf(isNew, family, type, attrs);
  return isNew
    ? { family, dstLen, table, type: type ?? RTN.UNICAST, protocol: RTPROT.BOOT, scope }
    : { family, dstLen, table, scope };
};
