// The same with the rest of NETLINK_ROUTE: rules, next hops, tc and what is rarer still.
import type { Registry } from "../codec/registry.ts";
import { routeByTables } from "./load-route.ts";
import type { RouteMessageType } from "./route/messages.ts";
import { otherRouteTypes } from "./route/other-messages.ts";

/** What `route` holds, without its readers. */
export const routeByAllTables = (): Registry<RouteMessageType> => routeByTables(otherRouteTypes);
