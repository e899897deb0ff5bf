// NETLINK_ROUTE for readers of a few messages: by the tables alone. The generated readers are faster, and take longer to load
// than that.
import { messageTypes, type Registry, registry } from "../codec/registry.ts";
import { addressBody } from "./route/address.ts";
import { linkBody } from "./route/link.ts";
import { NAME, PROTOCOL, RTM_ADDR, RTM_LINK, RTM_NEIGH, RTM_NSID, RTM_ROUTE } from "./route/message-numbers.ts";
import type { RouteMessageType } from "./route/messages.ts";
import { neighbourBody } from "./route/neighbour.ts";
import { nsidBody } from "./route/nsid.ts";
import type { OtherRouteMessageType } from "./route/other-messages.ts";
import { routeBody } from "./route/route.ts";

/** Links, addresses, routes, neighbours and namespace ids: what most captures hold; and of `other-messages.ts` what is given. */
export const routeByTables = (others: readonly OtherRouteMessageType[]): Registry<RouteMessageType> =>
  registry<RouteMessageType>(
    NAME,
    PROTOCOL,
    messageTypes(linkBody, RTM_LINK),
    messageTypes(addressBody, RTM_ADDR),
    messageTypes(routeBody, RTM_ROUTE),
    messageTypes(neighbourBody, RTM_NEIGH),
    messageTypes(nsidBody, RTM_NSID),
    others,
  );
