// nlkit/client: verbs for links, addresses, routes, neighbours, rules, next hops, traffic control; the packet filter, tracked flows, sockets.
export { type Address, Addresses, type AddressFilter, type AddressOptions } from "./addresses.ts";
export type { NamedMessage } from "./answers.ts";
export { Conntrack, type Flow, isAnswered } from "./conntrack.ts";
export type { FlowEnd, FlowFilter } from "./flow-filter.ts";
export { type GenericFamily, GenericNetlink } from "./generic-netlink.ts";
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
export { type Nexthop, type NexthopFilter, type NexthopOptions, Nexthops, type NexthopWords } from "./nexthops.ts";
export {
  deleteChain,
  deleteElements,
  deleteRule,
  deleteSet,
  deleteTable,
  flushChain,
  insertRule,
  type NftMessage,
  newChain,
  newElements,
  newRule,
  newSet,
  newTable,
} from "./nft/messages.ts";
export { type ApplyOptions, Nftables } from "./nft/nftables.ts";
export { type NatTarget, Rule, rule } from "./nft/rule.ts";
export type { ConnectionState, MatchOptions, RuleMatches } from "./nft/rule-matches.ts";
export {
  type Listed,
  messagesOf,
  type NftChain,
  type NftFlowtable,
  type NftObject,
  type NftRule,
  type NftSet,
  type NftSetWithElements,
  type NftTable,
  type Ruleset,
} from "./nft/ruleset.ts";
export { type SetKey, type SetKeyType, type SetKeyValue, setKey } from "./nft/set-key.ts";
export type { PortProtocol, TransportProtocol } from "./nft/values.ts";
export { type Prefix, parsePrefix } from "./prefix.ts";
export type { Holder } from "./processes.ts";
export { type Route, type RouteFilter, type RouteOptions, Routes, type RouteWords } from "./routes.ts";
export { type RoutingRule, type RoutingRuleFilter, type RoutingRuleOptions, RoutingRules } from "./routing-rules.ts";
export { type GroupName, Rtnetlink, type RtnetlinkEvents, type RtnetlinkOptions } from "./rtnetlink.ts";
export type { AnySocketFilter, SocketFilter, SocketProtocol } from "./socket-filter.ts";
export { type Held, type InetSocketEntry, Sockets, type UnixSocketEntry } from "./sockets.ts";
export {
  type Qdisc,
  Qdiscs,
  type TcFilter,
  type TcFilterOptions,
  type TcOptions,
  type TrafficClass,
  TrafficClasses,
  type TrafficFilter,
  TrafficFilters,
} from "./traffic-control.ts";
export { Watch } from "./watch.ts";
export type { Watched } from "./watch-rules.ts";
export type { TableChange, WatchOptions } from "./watch-types.ts";
