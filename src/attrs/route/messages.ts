// The messages of NETLINK_ROUTE. Each registry stands alone, so that a bundle that decodes links has no routes in it.
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { readAddressBodyFast } from "../generated/address.ts";
import { readLinkBodyFast } from "../generated/link.ts";
import { readNeighbourBodyFast } from "../generated/neighbour.ts";
import { readNsidBodyFast } from "../generated/nsid.ts";
import { readRouteBodyFast } from "../generated/route.ts";
import { type AddressBody, addressBody } from "./address.ts";
import { type LinkBody, linkBody } from "./link.ts";
import { NAME, PROTOCOL, RTM_ADDR, RTM_LINK, RTM_NEIGH, RTM_NSID, RTM_ROUTE } from "./message-numbers.ts";
import { type NeighbourBody, neighbourBody } from "./neighbour.ts";
import { type NsidBody, nsidBody } from "./nsid.ts";
import { type OtherRouteMessageType, otherRouteTypes } from "./other-messages.ts";
import { type RouteBody, routeBody } from "./route.ts";

/** RTM_*LINK. */
export type LinkMessageType = MessageType<
  | "RTM_NEWLINK"
  | "RTM_DELLINK"
  | "RTM_GETLINK"
  | "RTM_SETLINK"
  | "RTM_NEWLINKPROP"
  | "RTM_DELLINKPROP"
  | "RTM_GETLINKPROP",
  LinkBody
>;
/** RTM_*ADDR. */
export type AddressMessageType = MessageType<"RTM_NEWADDR" | "RTM_DELADDR" | "RTM_GETADDR", AddressBody>;
/** RTM_*ROUTE. */
export type RoutingMessageType = MessageType<"RTM_NEWROUTE" | "RTM_DELROUTE" | "RTM_GETROUTE", RouteBody>;
/** RTM_*NEIGH. */
export type NeighbourMessageType = MessageType<"RTM_NEWNEIGH" | "RTM_DELNEIGH" | "RTM_GETNEIGH", NeighbourBody>;
/** RTM_*NSID. */
export type NsidMessageType = MessageType<"RTM_NEWNSID" | "RTM_DELNSID" | "RTM_GETNSID", NsidBody>;
/** Every message of `route`. */
export type RouteMessageType =
  | LinkMessageType
  | AddressMessageType
  | RoutingMessageType
  | NeighbourMessageType
  | NsidMessageType
  | OtherRouteMessageType;

// A generated reader is the third argument of `messageTypes`.
const linkTypes: readonly LinkMessageType[] = /* @__PURE__ */ messageTypes(linkBody, RTM_LINK, readLinkBodyFast);
const addressTypes: readonly AddressMessageType[] = /* @__PURE__ */ messageTypes(
  addressBody,
  RTM_ADDR,
  readAddressBodyFast,
);
const routingTypes: readonly RoutingMessageType[] = /* @__PURE__ */ messageTypes(
  routeBody,
  RTM_ROUTE,
  readRouteBodyFast,
);
const neighbourTypes: readonly NeighbourMessageType[] = /* @__PURE__ */ messageTypes(
  neighbourBody,
  RTM_NEIGH,
  readNeighbourBodyFast,
);
const nsidTypes: readonly NsidMessageType[] = /* @__PURE__ */ messageTypes(nsidBody, RTM_NSID, readNsidBodyFast);

/** The registry of RTM_*LINK. */
export const links: Registry<LinkMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, linkTypes);
/** The registry of RTM_*ADDR. */
export const addresses: Registry<AddressMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, addressTypes);
/** The registry of RTM_*ROUTE. */
export const routes: Registry<RoutingMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, routingTypes);
/** The registry of RTM_*NEIGH. */
export const neighbours: Registry<NeighbourMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, neighbourTypes);
/** The registry of RTM_*NSID. */
export const nsids: Registry<NsidMessageType> = /* @__PURE__ */ registry(NAME, PROTOCOL, nsidTypes);
/** All of them in one registry. */
export const route: Registry<RouteMessageType> = /* @__PURE__ */ registry<RouteMessageType>(
  NAME,
  PROTOCOL,
  linkTypes,
  addressTypes,
  routingTypes,
  neighbourTypes,
  nsidTypes,
  otherRouteTypes,
);
