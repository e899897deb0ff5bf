// IFLA_PROTINFO: what a family other than AF_UNSPEC tells of a link.
import type { Choice } from "../../codec/codec.ts";
import { choiceByHeader } from "../../codec/nests.ts";
import { AF } from "../families.ts";
import { type BridgePort, bridgePort } from "./bridge-port.ts";
import { type LinkInet6, linkInet6 } from "./link-af-spec.ts";

/** IFLA_PROTINFO: one property, the family of the message's header. */
export interface LinkProtinfo {
  /** AF_BRIDGE: settings of a bridge's port. */
  bridge?: BridgePort | undefined;
  /** AF_INET6: what IPv6 knows of the link. */
  inet6?: LinkInet6 | undefined;
}
/** The layout of IFLA_PROTINFO, by ifi_family. */
export const linkProtinfo: Choice<LinkProtinfo> = /* @__PURE__ */ choiceByHeader<LinkProtinfo>(
  "family",
  { prefix: "AF_", values: AF },
  () => ({ bridge: bridgePort, inet6: linkInet6 }),
);
