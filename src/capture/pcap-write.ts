// Datagrams -> a pcap file that Wireshark and tcpdump open.
import { protocolOf } from "../attrs/netlink-protocols.ts";
import { cookedHeader, LINKTYPE_NETLINK } from "./cooked.ts";
import type { Captured } from "./datagram.ts";

/** Times in nanoseconds. */
const MAGIC = 0xa1b23c4d;
/** As tcpdump has it; a record may be longer all the same. */
const SNAPLEN = 1 << 18;
const RECORD = 16;
const SECOND = 1_000_000_000n;

/** What a record is made of: who spoke, when, in which protocol. */
export type PcapPacket = Pick<Captured, "protocol" | "direction" | "bytes" | "time" | "truncated" | "byteOrder">;

/**
 * The beginning of a pcap file of netlink, link type 253.
 * @param byteOrder of the file. Default: little
 */
export const pcapHeader = (byteOrder: "little" | "big" = "little"): Uint8Array => {
  const header = new Uint8Array(24);
  const view = new DataView(header.buffer);
  const little = byteOrder === "little";
  view.setUint32(0, MAGIC, little);
  view.setUint16(4, 2, little);
  view.setUint16(6, 4, little);
  view.setUint32(16, SNAPLEN, little);
  view.setUint32(20, LINKTYPE_NETLINK, little);
  return header;
};

/**
 * One packet of such a file. Its time is 0 where none is known; the socket is not kept, pcap has no place for it.
 * @param packet a datagram of any input
 * @param byteOrder of the file. Default: little
 */
export const pcapRecord = (
  packet: Omit<PcapPacket, "byteOrder">,
  byteOrder: "little" | "big" = "little",
): Uint8Array => {
  const { bytes, time = 0n, truncated = bytes.length } = packet;
  const little = byteOrder === "little";
  const cooked = cookedHeader(packet.direction, protocolOf(packet.protocol) ?? 0);
  const record = new Uint8Array(RECORD + cooked.length + bytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, Number((time / SECOND) & 0xffffffffn), little);
  view.setUint32(4, Number(time % SECOND), little);
  view.setUint32(8, cooked.length + bytes.length, little);
  view.setUint32(12, cooked.length + truncated, little);
  record.set(cooked, RECORD);
  record.set(bytes, RECORD + cooked.length);
  return record;
};
