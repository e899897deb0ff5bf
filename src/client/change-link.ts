// The request that changes a link: RTM_NEWLINK, or RTM_SETLINK for what a bridge's port has.
import { AF } from "../attrs/families.ts";
import type { LinkAttrs } from "../attrs/route/link.ts";
import type { LinkHeader } from "../attrs/route/link-header.ts";
import type { RouteMessageType } from "../attrs/route/messages.ts";
import type { AnyInput } from "../codec/message.ts";
import { type LinkRef, reference } from "./link-ref.ts";

/** All that the kernel reads of an AF_BRIDGE RTM_SETLINK (rtnl_bridge_setlink): the index, and these. */
const OF_PORT: readonly string[] = ["protinfo", "afSpec"];

/** Is it about a bridge's port? RTM_NEWLINK would be obeyed but for IFLA_PROTINFO, without a word. */
const isOfPort = (attrs: LinkAttrs, header: Partial<LinkHeader>): boolean =>
  attrs.protinfo !== undefined || header.family === AF.BRIDGE;

/** A change of a port. The kernel finds the port by its index alone. */
const portChange = (index: number, attrs: LinkAttrs, header: Partial<LinkHeader>): AnyInput<RouteMessageType> => {
  if (attrs.protinfo?.inet6 !== undefined) {
    throw new RangeError("protinfo.inet6 is read-only: use afSpec.inet6");
  }
  const lost = Object.entries(attrs).filter(([name, value]) => value !== undefined && !OF_PORT.includes(name));
  if (lost.length > 0 || header.flags !== undefined || header.change !== undefined) {
    const names = [...lost.map(([name]) => name), ...(lost.length > 0 ? [] : ["header flags"])].join(", ");
    throw new RangeError(`the kernel ignores ${names} beside a bridge port's settings: two changes`);
  }
  return { name: "RTM_SETLINK", header: { family: AF.BRIDGE, ...header, index }, attrs };
};

/**
 * The request for a change.
 * @param link which
 * @param attrs what shall be different
 * @param header ifi_flags and the like
 * @param indexOf asks for a link's index, where its name cannot stand in the request
 * @throws RangeError for what the kernel would ignore without a word
 */
export const changeOf = async (
  link: LinkRef,
  attrs: LinkAttrs,
  header: Partial<LinkHeader>,
  indexOf: (link: LinkRef) => Promise<number>,
): Promise<AnyInput<RouteMessageType>> => {
  if (attrs.propList !== undefined || attrs.altIfname !== undefined) {
    throw new RangeError("a change cannot carry alternative names: use addAltNames and deleteAltNames");
  }
  if (isOfPort(attrs, header)) return portChange(await indexOf(link), attrs, header);
  // A new name leaves no room for the old one.
  const by = reference(attrs.ifname === undefined ? link : await indexOf(link));
  return { name: "RTM_NEWLINK", header: { ...header, ...by.header }, attrs: { ...by.attrs, ...attrs } };
};
