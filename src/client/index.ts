// nlkit/client: verbs for links, addresses, routes and neighbours.
export { type Address, Addresses, type AddressFilter, type AddressOptions } from "./addresses.ts";
export { checkIfname } from "./ifname.ts";
export type { LinkRef } from "./link-ref.ts";
export { type Link, type LinkFilter, type LinkOptions, Links } from "./links.ts";
export {
  type Neighbour,
  type NeighbourFilter,
  type NeighbourOptions,
  type NeighbourQuery,
  Neighbours,
} from "./neighbours.ts";
export type { NewLink, NewLinkHere } from "./new-link.ts";
export { type Prefix, parsePrefix } from "./prefix.ts";
export { type Route, type RouteFilter, type RouteOptions, Routes } from "./routes.ts";
export { type GroupName, Rtnetlink, type RtnetlinkEvents, type RtnetlinkOptions } from "./rtnetlink.ts";
export { type TableChange, Watch, type WatchOptions } from "./watch.ts";
export type { Watched } from "./watch-rules.ts";
