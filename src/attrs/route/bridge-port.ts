// IFLA_BRPORT_*: a port of a bridge, as slave data and in messages of AF_BRIDGE.
import type { Attrs } from "../../codec/attribute.ts";
import { attrs } from "../../codec/attrs.ts";
import type { AttrTable } from "../../codec/codec.ts";
import { enumOf, u8, u16, u32, u64 } from "../../codec/int.ts";
import { flag } from "../../codec/scalars.ts";
import { type BridgeId, bridgeId, MDB_RTR_TYPE } from "./bridge-common.ts";

/**
 * States of a port under the spanning tree protocol, BR_STATE_* of linux/if_bridge.h.
 * @enum
 */
export const BR_STATE = {
  DISABLED: 0,
  LISTENING: 1,
  LEARNING: 2,
  FORWARDING: 3,
  BLOCKING: 4,
} as const;

/** A port of a bridge. What is 0 or 1 switches something; timers count down, in USER_HZ (1/100 s). */
export interface BridgePort extends Attrs {
  /** BR_STATE. */
  state?: number | undefined;
  /** Priority in port elections, 0 to 63. */
  priority?: number | undefined;
  /** Path cost. */
  cost?: number | undefined;
  /** 1: a frame may leave by the port it came in by (hairpin). */
  mode?: number | undefined;
  /** 1: a BPDU shuts the port. */
  guard?: number | undefined;
  /** 1: the port may not become the root port. */
  protect?: number | undefined;
  /** 1: one leave message ends a multicast group at once. */
  fastLeave?: number | undefined;
  /** 1: learn addresses from frames. */
  learning?: number | undefined;
  /** 1: gets unicast to unknown addresses. */
  unicastFlood?: number | undefined;
  /** 1: ARP is answered on behalf of others. */
  proxyarp?: number | undefined;
  /** 1: addresses the hardware learns go into the bridge's table. */
  learningSync?: number | undefined;
  /** 1: the same by the rules of Wi-Fi (802.11). */
  proxyarpWifi?: number | undefined;
  /** The root bridge, as the port knows it. */
  rootId?: BridgeId | undefined;
  /** The designated bridge of the segment. */
  bridgeId?: BridgeId | undefined;
  /** The designated port of the segment. */
  designatedPort?: number | undefined;
  /** Path cost of the designated port. */
  designatedCost?: number | undefined;
  /** Port id: priority in the upper bits, number in the lower ten. */
  id?: number | undefined;
  /** Port number. */
  no?: number | undefined;
  /** 1: a topology change is to be acknowledged. */
  topologyChangeAck?: number | undefined;
  /** 1: a configuration BPDU is due. */
  configPending?: number | undefined;
  /** Until the root's information is too old. */
  messageAgeTimer?: bigint | undefined;
  /** Until the next state. */
  forwardDelayTimer?: bigint | undefined;
  /** Until a BPDU may be sent again. */
  holdTimer?: bigint | undefined;
  /** Request: forget the addresses learned on the port. */
  flush?: true | undefined;
  /** MDB_RTR_TYPE: whether a multicast router is behind the port. */
  multicastRouter?: number | undefined;
  /** 1: gets multicast to unknown groups. */
  mcastFlood?: number | undefined;
  /** 1: multicast goes out as unicast, one copy a member. */
  mcastToUcast?: number | undefined;
  /** 1: VLANs map to tunnel ids. */
  vlanTunnel?: number | undefined;
  /** 1: gets broadcast. */
  bcastFlood?: number | undefined;
  /** Bit n: forward frames to 01:80:c2:00:00:0n. */
  groupFwdMask?: number | undefined;
  /** 1: the bridge answers ARP and neighbour solicitations. */
  neighSuppress?: number | undefined;
  /** 1: no frames between isolated ports. */
  isolated?: number | undefined;
  /** Index of the link that takes over when this one has no carrier. */
  backupPort?: number | undefined;
  /** 1: a media redundancy ring is open here. */
  mrpRingOpen?: number | undefined;
  /** 1: an interconnection ring is open here. */
  mrpInOpen?: number | undefined;
  /** Hosts that are tracked at most. */
  mcastEhtHostsLimit?: number | undefined;
  /** Hosts that are tracked. */
  mcastEhtHostsCnt?: number | undefined;
  /** 1: only hosts in the table may send. */
  locked?: number | undefined;
  /** 1: unknown hosts of a locked port are put in the table, locked. */
  mab?: number | undefined;
  /** Multicast groups joined. */
  mcastNGroups?: number | undefined;
  /** Multicast groups at most; 0: no limit. */
  mcastMaxGroups?: number | undefined;
  /** 1: `neighSuppress` is set by VLAN. */
  neighVlanSuppress?: number | undefined;
  /** Next hop id given to packets that the backup port carries. */
  backupNhid?: number | undefined;
  /** 1: gratuitous ARP is forwarded although the bridge answers. */
  neighForwardGrat?: number | undefined;
}
/** The table of IFLA_BRPORT_*. */
export const bridgePort: AttrTable<BridgePort> = /* @__PURE__ */ attrs<BridgePort>("IFLA_BRPORT_", () => ({
  state: [1, enumOf(u8, "BR_STATE_", BR_STATE)],
  priority: [2, u16],
  cost: [3, u32],
  mode: [4, u8],
  guard: [5, u8],
  protect: [6, u8],
  fastLeave: [7, u8],
  learning: [8, u8],
  unicastFlood: [9, u8],
  proxyarp: [10, u8],
  learningSync: [11, u8],
  proxyarpWifi: [12, u8],
  rootId: [13, bridgeId],
  bridgeId: [14, bridgeId],
  designatedPort: [15, u16],
  designatedCost: [16, u16],
  id: [17, u16],
  no: [18, u16],
  topologyChangeAck: [19, u8],
  configPending: [20, u8],
  messageAgeTimer: [21, u64],
  forwardDelayTimer: [22, u64],
  holdTimer: [23, u64],
  flush: [24, flag],
  multicastRouter: [25, enumOf(u8, "MDB_RTR_TYPE_", MDB_RTR_TYPE)],
  mcastFlood: [27, u8],
  mcastToUcast: [28, u8],
  vlanTunnel: [29, u8],
  bcastFlood: [30, u8],
  groupFwdMask: [31, u16],
  neighSuppress: [32, u8],
  isolated: [33, u8],
  backupPort: [34, u32],
  mrpRingOpen: [35, u8],
  mrpInOpen: [36, u8],
  mcastEhtHostsLimit: [37, u32],
  mcastEhtHostsCnt: [38, u32],
  locked: [39, u8],
  mab: [40, u8],
  mcastNGroups: [41, u32],
  mcastMaxGroups: [42, u32],
  neighVlanSuppress: [43, u8],
  backupNhid: [44, u32],
  neighForwardGrat: [45, u8],
}));
