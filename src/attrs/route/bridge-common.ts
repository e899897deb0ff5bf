// What a bridge and its ports share.
import type { Struct } from "../../codec/codec.ts";
import { be16 } from "../../codec/int.ts";
import { octets } from "../../codec/scalars.ts";
import { struct } from "../../codec/struct.ts";

/**
 * Whether a multicast router is taken to be there, MDB_RTR_TYPE_* of linux/if_bridge.h.
 * @enum
 */
export const MDB_RTR_TYPE = {
  DISABLED: 0,
  TEMP_QUERY: 1,
  PERM: 2,
  TEMP: 3,
} as const;

/** An 802.1D bridge identifier. */
export interface BridgeId {
  /** Priority, network order: 0x8000 is the default. */
  prio: number;
  /** Link-layer address. */
  addr: string;
}
/** struct ifla_bridge_id. */
export const bridgeId: Struct<BridgeId> = /* @__PURE__ */ struct<BridgeId>("ifla_bridge_id", "", 8, () => ({
  prio: [0, be16],
  addr: [2, octets(6)],
}));
