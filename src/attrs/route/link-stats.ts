// The counters of a link in both widths, and its hardware map.
import type { Struct } from "../../codec/codec.ts";
import { u8, u16, u32, u64 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";

/** IFLA_STATS: counters that wrap at 32 bits. */
export interface LinkStats {
  /** Packets received. */
  rxPackets: number;
  /** Packets sent. */
  txPackets: number;
  /** Bytes received. */
  rxBytes: number;
  /** Bytes sent. */
  txBytes: number;
  /** Bad packets received. */
  rxErrors: number;
  /** Packets that could not be sent. */
  txErrors: number;
  /** Good packets received and dropped for want of room or of a receiver. */
  rxDropped: number;
  /** Packets dropped before sending. */
  txDropped: number;
  /** Multicast packets received. */
  multicast: number;
  /** Collisions while sending. */
  collisions: number;
  /** Received with a wrong length. */
  rxLengthErrors: number;
  /** Received with an overflow in the hardware. */
  rxOverErrors: number;
  /** Received with a wrong checksum. */
  rxCrcErrors: number;
  /** Received with broken alignment. */
  rxFrameErrors: number;
  /** Received with an overrun of the FIFO. */
  rxFifoErrors: number;
  /** Missed because the host gave no buffer. */
  rxMissedErrors: number;
  /** Sending aborted. */
  txAbortedErrors: number;
  /** Sending failed without carrier. */
  txCarrierErrors: number;
  /** Sending failed with an underrun of the FIFO. */
  txFifoErrors: number;
  /** Sending failed the heartbeat test. */
  txHeartbeatErrors: number;
  /** Sending failed with a late collision. */
  txWindowErrors: number;
  /** Compressed packets received. */
  rxCompressed: number;
  /** Compressed packets sent. */
  txCompressed: number;
  /** Packets received that no protocol took. */
  rxNohandler: number;
}
/** struct rtnl_link_stats. */
export const linkStats: Struct<LinkStats> = /* @__PURE__ */ struct<LinkStats>("rtnl_link_stats", "", 96, () => ({
  rxPackets: [0, u32],
  txPackets: [4, u32],
  rxBytes: [8, u32],
  txBytes: [12, u32],
  rxErrors: [16, u32],
  txErrors: [20, u32],
  rxDropped: [24, u32],
  txDropped: [28, u32],
  multicast: [32, u32],
  collisions: [36, u32],
  rxLengthErrors: [40, u32],
  rxOverErrors: [44, u32],
  rxCrcErrors: [48, u32],
  rxFrameErrors: [52, u32],
  rxFifoErrors: [56, u32],
  rxMissedErrors: [60, u32],
  txAbortedErrors: [64, u32],
  txCarrierErrors: [68, u32],
  txFifoErrors: [72, u32],
  txHeartbeatErrors: [76, u32],
  txWindowErrors: [80, u32],
  rxCompressed: [84, u32],
  txCompressed: [88, u32],
  rxNohandler: [92, u32],
}));

/** IFLA_STATS64: counters of 64 bits. */
export interface LinkStats64 {
  /** Packets received. */
  rxPackets: bigint;
  /** Packets sent. */
  txPackets: bigint;
  /** Bytes received. */
  rxBytes: bigint;
  /** Bytes sent. */
  txBytes: bigint;
  /** Bad packets received. */
  rxErrors: bigint;
  /** Packets that could not be sent. */
  txErrors: bigint;
  /** Good packets received and dropped for want of room or of a receiver. */
  rxDropped: bigint;
  /** Packets dropped before sending. */
  txDropped: bigint;
  /** Multicast packets received. */
  multicast: bigint;
  /** Collisions while sending. */
  collisions: bigint;
  /** Received with a wrong length. */
  rxLengthErrors: bigint;
  /** Received with an overflow in the hardware. */
  rxOverErrors: bigint;
  /** Received with a wrong checksum. */
  rxCrcErrors: bigint;
  /** Received with broken alignment. */
  rxFrameErrors: bigint;
  /** Received with an overrun of the FIFO. */
  rxFifoErrors: bigint;
  /** Missed because the host gave no buffer. */
  rxMissedErrors: bigint;
  /** Sending aborted. */
  txAbortedErrors: bigint;
  /** Sending failed without carrier. */
  txCarrierErrors: bigint;
  /** Sending failed with an underrun of the FIFO. */
  txFifoErrors: bigint;
  /** Sending failed the heartbeat test. */
  txHeartbeatErrors: bigint;
  /** Sending failed with a late collision. */
  txWindowErrors: bigint;
  /** Compressed packets received. */
  rxCompressed: bigint;
  /** Compressed packets sent. */
  txCompressed: bigint;
  /** Packets received that no protocol took. */
  rxNohandler: bigint;
  /** Packets dropped because they were for another host. */
  rxOtherhostDropped: bigint;
}
/** struct rtnl_link_stats64. */
export const linkStats64: Struct<LinkStats64> = /* @__PURE__ */ struct<LinkStats64>(
  "rtnl_link_stats64",
  "",
  200,
  () => ({
    rxPackets: [0, u64],
    txPackets: [8, u64],
    rxBytes: [16, u64],
    txBytes: [24, u64],
    rxErrors: [32, u64],
    txErrors: [40, u64],
    rxDropped: [48, u64],
    txDropped: [56, u64],
    multicast: [64, u64],
    collisions: [72, u64],
    rxLengthErrors: [80, u64],
    rxOverErrors: [88, u64],
    rxCrcErrors: [96, u64],
    rxFrameErrors: [104, u64],
    rxFifoErrors: [112, u64],
    rxMissedErrors: [120, u64],
    txAbortedErrors: [128, u64],
    txCarrierErrors: [136, u64],
    txFifoErrors: [144, u64],
    txHeartbeatErrors: [152, u64],
    txWindowErrors: [160, u64],
    rxCompressed: [168, u64],
    txCompressed: [176, u64],
    rxNohandler: [184, u64],
    rxOtherhostDropped: [192, u64],
  }),
);

/** IFLA_MAP: where an old card is on its bus. */
export interface LinkMap {
  /** First address of its shared memory. */
  memStart: bigint;
  /** Last address of its shared memory. */
  memEnd: bigint;
  /** I/O address. */
  baseAddr: bigint;
  /** Interrupt. */
  irq: number;
  /** DMA channel. */
  dma: number;
  /** Connector: IF_PORT_*. */
  port: number;
}
/** struct rtnl_link_ifmap. */
export const linkMap: Struct<LinkMap> = /* @__PURE__ */ struct<LinkMap>("rtnl_link_ifmap", "", 32, () => ({
  memStart: [0, u64],
  memEnd: [8, u64],
  baseAddr: [16, u64],
  irq: [24, u16],
  dma: [26, u8],
  port: [27, u8],
}));
