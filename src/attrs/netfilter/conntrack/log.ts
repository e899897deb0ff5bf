// NFULNL_MSG_PACKET: packets that a rule logs to user space. `header.resId` is the group. Network order throughout.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, be32, enumOf, u8 } from "../../../codec/int.ts";
import { bytes, string } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type ConntrackAttrs, conntrackAttrs } from "./flow.ts";
import { IP_CT, type PacketHardware, type PacketTimestamp } from "./packet.ts";
import { packetHardware, packetTimestamp } from "./packet-members.ts";

/** What a logged packet begins with. */
export interface LogPacketHeader {
  /** EtherType: 0x0800 is IPv4. */
  hwProtocol: number;
  /** NF_INET_*: 0 prerouting, 1 input, 2 forward, 3 output, 4 postrouting. */
  hook: number;
}
/** struct nfulnl_msg_packet_hdr. */
export const logPacketHeader: Struct<LogPacketHeader> = /* @__PURE__ */ struct<LogPacketHeader>(
  "nfulnl_msg_packet_hdr",
  "",
  4,
  () => ({
    hwProtocol: [0, be16],
    hook: [2, u8],
  }),
);
/** struct nfulnl_msg_packet_hw. */
export const logPacketHardware: Struct<PacketHardware> = /* @__PURE__ */ struct<PacketHardware>(
  "nfulnl_msg_packet_hw",
  "",
  12,
  packetHardware,
);
/** struct nfulnl_msg_packet_timestamp. */
export const logPacketTimestamp: Struct<PacketTimestamp> = /* @__PURE__ */ struct<PacketTimestamp>(
  "nfulnl_msg_packet_timestamp",
  "",
  16,
  packetTimestamp,
);
/** VLAN tag that the card took off. */
export interface LogVlan extends Attrs {
  /** EtherType of the tag: 0x8100, 0x88a8. */
  proto?: number | undefined;
  /** Priority in the upper three bits, VLAN in the lower twelve. */
  tci?: number | undefined;
}
/** The table of NFULA_VLAN_*. */
export const logVlan: AttrTable<LogVlan> = /* @__PURE__ */ attrs<LogVlan>("NFULA_VLAN_", () => ({
  proto: [1, be16],
  tci: [2, be16],
}));

/** A logged packet. */
export interface LogAttrs extends Attrs {
  /** EtherType and hook. */
  packetHdr?: LogPacketHeader | undefined;
  /** Firewall mark. */
  mark?: number | undefined;
  /** When it came in. */
  timestamp?: PacketTimestamp | undefined;
  /** Index of the link it came in by. */
  ifindexIndev?: number | undefined;
  /** Index of the link it is to leave by. */
  ifindexOutdev?: number | undefined;
  /** Index of the bridge port it came in by. */
  ifindexPhysindev?: number | undefined;
  /** Index of the bridge port it is to leave by. */
  ifindexPhysoutdev?: number | undefined;
  /** Link-layer source. */
  hwaddr?: PacketHardware | undefined;
  /** From the IP header on, as much as the group copies. */
  payload?: Uint8Array | undefined;
  /** What the rule says about it. */
  prefix?: string | undefined;
  /** User of the socket that sent it. */
  uid?: number | undefined;
  /** Number in its group, with NFULNL_CFG_F_SEQ. */
  seq?: number | undefined;
  /** Number over all groups, with NFULNL_CFG_F_SEQ_GLOBAL. */
  seqGlobal?: number | undefined;
  /** Group of that user. */
  gid?: number | undefined;
  /** ARPHRD: sort of the link it came in by. */
  hwtype?: number | undefined;
  /** The link-layer header. */
  hwheader?: Uint8Array | undefined;
  /** Its length. */
  hwlen?: number | undefined;
  /** Its flow, with NFULNL_CFG_F_CONNTRACK. */
  ct?: ConntrackAttrs | undefined;
  /** IP_CT. */
  ctInfo?: number | undefined;
  /** VLAN tag. */
  vlan?: LogVlan | undefined;
  /** The whole link-layer header of a bridged packet. */
  l2hdr?: Uint8Array | undefined;
}
/** The table of NFULA_*. */
export const logAttrs: AttrTable<LogAttrs> = /* @__PURE__ */ attrs<LogAttrs>("NFULA_", () => ({
  packetHdr: [1, logPacketHeader],
  mark: [2, be32],
  timestamp: [3, logPacketTimestamp],
  ifindexIndev: [4, be32],
  ifindexOutdev: [5, be32],
  ifindexPhysindev: [6, be32],
  ifindexPhysoutdev: [7, be32],
  hwaddr: [8, logPacketHardware],
  payload: [9, bytes],
  prefix: [10, string],
  uid: [11, be32],
  seq: [12, be32],
  seqGlobal: [13, be32],
  gid: [14, be32],
  hwtype: [15, be16],
  hwheader: [16, bytes],
  hwlen: [17, be16],
  ct: [18, conntrackAttrs],
  ctInfo: [19, enumOf(be32, "IP_CT_", IP_CT)],
  vlan: [20, logVlan],
  l2hdr: [21, bytes],
}));
