// NFQNL_MSG_*: packets that wait in user space for a verdict. `header.resId` is the queue. Network order throughout.
import type { Attrs } from "../../../codec/attribute.ts";
import { attrs } from "../../../codec/attrs.ts";
import type { AttrTable, Struct } from "../../../codec/codec.ts";
import { be16, be32, enumOf, flagsOf, u8 } from "../../../codec/int.ts";
import { bytes, string } from "../../../codec/scalars.ts";
import { struct } from "../../../codec/struct.ts";
import { type ExpectationAttrs, expectationAttrs } from "./expect.ts";
import { type ConntrackAttrs, conntrackAttrs } from "./flow.ts";
import { IP_CT, type PacketHardware, type PacketTimestamp } from "./packet.ts";
import { packetHardware, packetTimestamp } from "./packet-members.ts";

/**
 * What is odd about a queued packet, NFQA_SKB_* of linux/netfilter/nfnetlink_queue.h.
 * @enum
 */
export const NFQA_SKB = { CSUMNOTREADY: 1, GSO: 2, CSUM_NOTVERIFIED: 4 } as const;

/** What a queued packet begins with. */
export interface QueuePacketHeader {
  /** Number of the packet in its queue: what a verdict names. */
  packetId: number;
  /** EtherType: 0x0800 is IPv4. */
  hwProtocol: number;
  /** NF_INET_*: 0 prerouting, 1 input, 2 forward, 3 output, 4 postrouting. */
  hook: number;
}
/** struct nfqnl_msg_packet_hdr. */
export const queuePacketHeader: Struct<QueuePacketHeader> = /* @__PURE__ */ struct<QueuePacketHeader>(
  "nfqnl_msg_packet_hdr",
  "",
  7,
  () => ({
    packetId: [0, be32],
    hwProtocol: [4, be16],
    hook: [6, u8],
  }),
);
/** struct nfqnl_msg_packet_hw. */
export const queuePacketHardware: Struct<PacketHardware> = /* @__PURE__ */ struct<PacketHardware>(
  "nfqnl_msg_packet_hw",
  "",
  12,
  packetHardware,
);
/** struct nfqnl_msg_packet_timestamp. */
export const queuePacketTimestamp: Struct<PacketTimestamp> = /* @__PURE__ */ struct<PacketTimestamp>(
  "nfqnl_msg_packet_timestamp",
  "",
  16,
  packetTimestamp,
);
/** A verdict on one packet, or in a batch on all up to it. */
export interface QueueVerdictHeader {
  /** 0 drop, 1 accept, 3 another queue (its number in the upper half), 4 again from the start of the hook. */
  verdict: number;
  /** The packet's number. */
  id: number;
}
/** struct nfqnl_msg_verdict_hdr. */
export const queueVerdictHeader: Struct<QueueVerdictHeader> = /* @__PURE__ */ struct<QueueVerdictHeader>(
  "nfqnl_msg_verdict_hdr",
  "",
  8,
  () => ({
    verdict: [0, be32],
    id: [4, be32],
  }),
);
/** VLAN tag that the card took off. */
export interface QueueVlan extends Attrs {
  /** EtherType of the tag: 0x8100, 0x88a8. */
  proto?: number | undefined;
  /** Priority in the upper three bits, VLAN in the lower twelve. */
  tci?: number | undefined;
}
/** The table of NFQA_VLAN_*. */
export const queueVlan: AttrTable<QueueVlan> = /* @__PURE__ */ attrs<QueueVlan>("NFQA_VLAN_", () => ({
  proto: [1, be16],
  tci: [2, be16],
}));

/** A queued packet, or a verdict on it. */
export interface QueueAttrs extends Attrs {
  /** Its number, EtherType and hook. */
  packetHdr?: QueuePacketHeader | undefined;
  /** Verdict. */
  verdictHdr?: QueueVerdictHeader | undefined;
  /** Firewall mark; with a verdict: what to set it to. */
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
  /** From the IP header on; with a verdict: what to put in its place. */
  payload?: Uint8Array | undefined;
  /** Its flow, with NFQA_CFG_F_CONNTRACK; with a verdict: what to change of it. */
  ct?: ConntrackAttrs | undefined;
  /** IP_CT. */
  ctInfo?: number | undefined;
  /** Bytes that the packet has, where fewer were copied. */
  capLen?: number | undefined;
  /** NFQA_SKB. */
  skbInfo?: number | undefined;
  /** With a verdict: a flow to expect. */
  exp?: ExpectationAttrs | undefined;
  /** User of the socket that sent it, with NFQA_CFG_F_UID_GID. */
  uid?: number | undefined;
  /** Group of that user. */
  gid?: number | undefined;
  /** Security context, with NFQA_CFG_F_SECCTX. */
  secctx?: string | undefined;
  /** VLAN tag. */
  vlan?: QueueVlan | undefined;
  /** The whole link-layer header. */
  l2hdr?: Uint8Array | undefined;
  /** Priority: the class of traffic control. */
  priority?: number | undefined;
  /** net_cls class of the socket's control group. */
  cgroupClassid?: number | undefined;
}
/** The table of NFQA_*. */
export const queueAttrs: AttrTable<QueueAttrs> = /* @__PURE__ */ attrs<QueueAttrs>("NFQA_", () => ({
  packetHdr: [1, queuePacketHeader],
  verdictHdr: [2, queueVerdictHeader],
  mark: [3, be32],
  timestamp: [4, queuePacketTimestamp],
  ifindexIndev: [5, be32],
  ifindexOutdev: [6, be32],
  ifindexPhysindev: [7, be32],
  ifindexPhysoutdev: [8, be32],
  hwaddr: [9, queuePacketHardware],
  payload: [10, bytes],
  ct: [11, conntrackAttrs],
  ctInfo: [12, enumOf(be32, "IP_CT_", IP_CT)],
  capLen: [13, be32],
  skbInfo: [14, flagsOf(be32, "NFQA_SKB_", NFQA_SKB)],
  exp: [15, expectationAttrs],
  uid: [16, be32],
  gid: [17, be32],
  secctx: [18, string],
  vlan: [19, queueVlan],
  l2hdr: [20, bytes],
  priority: [21, be32],
  cgroupClassid: [22, be32],
}));
