// IFLA_LINKINFO: the kind of a link and of its master, and what those kinds have of their own.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Choice } from "../../codec/codec.ts";
import { choice } from "../../codec/nests.ts";
import { bytes, string } from "../../codec/scalars.ts";
import { type BridgePort, bridgePort } from "./bridge-port.ts";
import { type BridgeInfo, bridgeInfo } from "./link-kinds/bridge.ts";
import { type MacvlanInfo, macvlanInfo } from "./link-kinds/macvlan.ts";
import { type VethInfo, vethInfo } from "./link-kinds/veth.ts";
import { type VxlanInfo, vxlanInfo } from "./link-kinds/vxlan.ts";

/**
 * What IFLA_INFO_DATA holds: one property, the kind. Add a kind by merging into this interface and `extendRegistry(route, linkKinds, …)`.
 */
export interface LinkKinds {
  /** A software switch. */
  bridge?: BridgeInfo | undefined;
  /** One end of a virtual cable. */
  veth?: VethInfo | undefined;
  /** Another link-layer address on a link. */
  macvlan?: MacvlanInfo | undefined;
  /** The same, with a character device as its user side. */
  macvtap?: MacvlanInfo | undefined;
  /** Ethernet over UDP. */
  vxlan?: VxlanInfo | undefined;
}
/** The layout of IFLA_INFO_DATA, by IFLA_INFO_KIND. */
export const linkKinds: Choice<LinkKinds> = /* @__PURE__ */ choice<LinkKinds>("kind", () => ({
  bridge: bridgeInfo,
  veth: vethInfo,
  macvlan: macvlanInfo,
  macvtap: macvlanInfo,
  vxlan: vxlanInfo,
}));

/** What IFLA_INFO_SLAVE_DATA holds: one property, the kind of the master. Add to it as to LinkKinds, with `linkSlaveKinds`. */
export interface LinkSlaveKinds {
  /** A port of a bridge. */
  bridge?: BridgePort | undefined;
}
/** The layout of IFLA_INFO_SLAVE_DATA, by IFLA_INFO_SLAVE_KIND. */
export const linkSlaveKinds: Choice<LinkSlaveKinds> = /* @__PURE__ */ choice<LinkSlaveKinds>("slaveKind", () => ({
  bridge: bridgePort,
}));

/** IFLA_LINKINFO. */
export interface LinkInfo extends Attrs {
  /** What sort of virtual link: "bridge", "veth". */
  kind?: string | undefined;
  /** What that kind has of its own; one property, named like `kind`. */
  data?: LinkKinds | undefined;
  /** Counters of that kind, in its own layout. */
  xstats?: Uint8Array | undefined;
  /** Kind of the link's master. */
  slaveKind?: string | undefined;
  /** What a member of that master has; one property, named like `slaveKind`. */
  slaveData?: LinkSlaveKinds | undefined;
}
/** The table of IFLA_INFO_*. */
export const linkInfo: AttrTable<LinkInfo> = /* @__PURE__ */ attrs<LinkInfo>("IFLA_INFO_", () => ({
  kind: [1, string],
  data: [2, linkKinds],
  xstats: [3, bytes],
  slaveKind: [4, string],
  slaveData: [5, linkSlaveKinds],
}));
