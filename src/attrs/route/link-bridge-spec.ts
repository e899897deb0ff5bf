// IFLA_AF_SPEC in messages of AF_BRIDGE: IFLA_BRIDGE_*, the VLANs of a port.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../codec/codec.ts";
import { enumOf, flagsOf, u16, u32 } from "../../codec/int.ts";
import { bytes, repeated } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";

/**
 * Whom a request is for, BRIDGE_FLAGS_* of linux/if_bridge.h.
 * @enum
 */
export const BRIDGE_FLAGS = {
  MASTER: 1,
  SELF: 2,
} as const;
/**
 * Where a card's own switch sends frames, BRIDGE_MODE_* of linux/if_bridge.h.
 * @enum
 */
export const BRIDGE_MODE = {
  VEB: 0,
  VEPA: 1,
  UNDEF: 65535,
} as const;
/**
 * Flags of a VLAN, BRIDGE_VLAN_INFO_* of linux/if_bridge.h.
 * @enum
 */
export const BRIDGE_VLAN_INFO = {
  MASTER: 1,
  PVID: 2,
  UNTAGGED: 4,
  RANGE_BEGIN: 8,
  RANGE_END: 16,
  BRENTRY: 32,
  ONLY_OPTS: 64,
} as const;

/** A VLAN of a port, or with RANGE_BEGIN and RANGE_END one end of several. */
export interface BridgeVlanInfo {
  /** BRIDGE_VLAN_INFO. */
  flags: number;
  /** VLAN id, 1 to 4094. */
  vid: number;
}
/** struct bridge_vlan_info. */
export const bridgeVlanInfo: Struct<BridgeVlanInfo> = /* @__PURE__ */ struct<BridgeVlanInfo>(
  "bridge_vlan_info",
  "",
  4,
  () => ({
    flags: [0, flagsOf(u16, "BRIDGE_VLAN_INFO_", BRIDGE_VLAN_INFO)],
    vid: [2, u16],
  }),
);

/** Which tunnel id a VLAN maps to. */
export interface BridgeVlanTunnelInfo extends Attrs {
  /** Tunnel id: a VNI. */
  id?: number | undefined;
  /** VLAN id. */
  vid?: number | undefined;
  /** BRIDGE_VLAN_INFO: the ends of a range. */
  flags?: number | undefined;
}
/** The table of IFLA_BRIDGE_VLAN_TUNNEL_*. */
export const bridgeVlanTunnelInfo: AttrTable<BridgeVlanTunnelInfo> = /* @__PURE__ */ attrs<BridgeVlanTunnelInfo>(
  "IFLA_BRIDGE_VLAN_TUNNEL_",
  () => ({
    id: [1, u32],
    vid: [2, u16],
    flags: [3, flagsOf(u16, "BRIDGE_VLAN_INFO_", BRIDGE_VLAN_INFO)],
  }),
);

/** IFLA_AF_SPEC of a bridge or of its port. */
export interface BridgeAfSpec extends Attrs {
  /** BRIDGE_FLAGS. */
  flags?: number | undefined;
  /** BRIDGE_MODE. */
  mode?: number | undefined;
  /** VLANs. */
  vlanInfo?: readonly BridgeVlanInfo[] | undefined;
  /** Tunnel ids of VLANs. */
  vlanTunnelInfo?: readonly BridgeVlanTunnelInfo[] | undefined;
  /** IFLA_BRIDGE_MRP_* (media redundancy), not taken apart. */
  mrp?: Uint8Array | undefined;
  /** IFLA_BRIDGE_CFM_* (fault management), not taken apart. */
  cfm?: Uint8Array | undefined;
  /** IFLA_BRIDGE_MST_* (spanning tree instances), not taken apart. */
  mst?: Uint8Array | undefined;
}
/** The table of IFLA_BRIDGE_*. */
export const bridgeAfSpec: AttrTable<BridgeAfSpec> = /* @__PURE__ */ attrs<BridgeAfSpec>("IFLA_BRIDGE_", () => ({
  flags: [0, flagsOf(u16, "BRIDGE_FLAGS_", BRIDGE_FLAGS)],
  mode: [1, enumOf(u16, "BRIDGE_MODE_", BRIDGE_MODE)],
  vlanInfo: [2, repeated(bridgeVlanInfo)],
  vlanTunnelInfo: [3, repeated(bridgeVlanTunnelInfo)],
  mrp: [4, bytes],
  cfm: [5, bytes],
  mst: [6, bytes],
}));
