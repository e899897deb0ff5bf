// Makes an endpoint: reservation and rules first, then the pair of links with the host's end down, then everything inside, and the host's
// end up last. Two messages make the pair and finish it. Rows E1 to E11 and S0 to S20 of docs/network.md.
import { isLocalhost, addEndpoint, publishedOf } from "./firewall/endpoint-elements.ts";
import { localhostRules, routeLocalnet } from "./firewall/localhost.ts";
import type { Change } from "./change.ts";
import { networkNamed } from "./change.ts";
import { NetworkError } from "./errors.ts";
import { type Candidate, candidatesIn, defaultRoutes } from "./gateway.ts";
import type { Host } from "./host.ts";
import { aliasOf, altName, altNameFor, inet6, make, newAddress, newPair, ROUTE, routeBy, type RouteRequest, sendAll, up } from "./messages.ts";
import { type ConnectOptions, type EndpointConfig, FAMILIES, type NetworkConfig } from "./model.ts";
import type { OpenNetns } from "./netns-of.ts";
import { planEndpoint } from "./plan-endpoint.ts";
import { checkPorts } from "./port-conflicts.ts";
import { remove } from "./reap.ts";
import { type NetworkState, readState, type State } from "./state.ts";
import { keep } from "./store.ts";
import { withIfname } from "./sysctl.ts";
