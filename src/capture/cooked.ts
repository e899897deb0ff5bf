// The "cooked" header in front of a captured netlink datagram: LINKTYPE_NETLINK of https://www.tcpdump.org/linktypes.html, which has the
// layout of LINKTYPE_LINUX_SLL. Everything in it is big-endian: packet type, ARPHRD, address length, 8 bytes of address, protocol.
import { protocolConstant } from "../attrs/netlink-protocols.ts";
import { byteOrderOf } from "./byte-order.ts";
import type { Captured, CaptureOptions } from "./datagram.ts";
import type { Facts } from "./found.ts";

/** Link types that can hold netlink; the last two hold it beside other packets. */
export type LinkType = "NETLINK" | "LINUX_SLL" | "LINUX_SLL2";
const NUMBERS: Readonly<Record<LinkType, number>> = { NETLINK: 253, LINUX_SLL: 113, LINUX_SLL2: 276 };
/** LINKTYPE_NETLINK: what nlmon devices give. */
export const LINKTYPE_NETLINK: number = NUMBERS.NETLINK;
/** Bytes of the header. */
export const COOKED: Readonly<Record<LinkType, number>> = { NETLINK: 16, LINUX_SLL: 16, LINUX_SLL2: 20 };
/** ARPHRD_NETLINK of linux/if_arp.h. */
const ARPHRD_NETLINK = 824;
/** linux/if_packet.h. nlmon itself always says PACKET_OUTGOING, 4. */
const PACKET = { USER: 6, KERNEL: 7 } as const;

/** @returns undefined: it cannot hold netlink */
export const linkTypeOf = (number: number): LinkType | undefined =>
  (Object.keys(NUMBERS) as LinkType[]).find((name) => NUMBERS[name] === number);

/** Does a packet begin as netlink does? */
export const isNetlink = (type: LinkType, view: DataView, at: number): boolean => {
  if (type === "LINUX_SLL2") return view.getUint16(at + 8) === ARPHRD_NETLINK;
  // Of the address nothing is filled in; the protocol is below MAX_LINKS, 32.
  return (
    view.getUint16(at + 2) === ARPHRD_NETLINK &&
    view.getUint16(at) < 16 &&
    view.getUint16(at + 4) === 0 &&
    view.getUint16(at + 14) < 256
  );
};

/** Where copies of short datagrams stand side by side. A buffer for each costs more than decoding what is in it. */
let slab = new Uint8Array(0);
const SLAB = 1 << 13;

/** What stands behind the header, out of the way of what is read next. */
const copyOf = (packet: Uint8Array, from: number): Uint8Array => {
  const length = packet.length - from;
  // Who keeps one datagram keeps its slab: not for a long one that others would share.
  if (length > SLAB / 4) return packet.slice(from);
  if (length > slab.length) slab = new Uint8Array(SLAB);
  const copy = slab.subarray(0, length);
  copy.set(packet.subarray(from));
  slab = slab.subarray(length);
  return copy;
};

/**
 * A packet without its header.
 * @param packet as it was captured
 * @param whole how long it was before it was cut
 * @returns undefined: it is not netlink
 */
export const cooked = (
  type: LinkType,
  packet: Uint8Array,
  whole: number,
  facts: Facts,
  options: CaptureOptions,
): Captured | { problem: string } | undefined => {
  const size = COOKED[type];
  if (packet.length < size) return { problem: `a packet of ${packet.length} bytes, too short for its header` };
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (!isNetlink(type, view, 0)) return undefined;
  const kind = type === "LINUX_SLL2" ? view.getUint8(10) : view.getUint16(0);
  const protocol = view.getUint16(type === "LINUX_SLL2" ? 0 : 14);
  const bytes = copyOf(packet, size);
  const { time } = facts;
  const byteOrder = options.byteOrder ?? byteOrderOf(bytes, facts.byteOrder);
  const direction = kind === PACKET.KERNEL ? ">" : kind === PACKET.USER ? "<" : undefined;
  const said = { protocol: protocolConstant(protocol), direction, bytes, byteOrder } as const;
  const item = time === undefined ? said : { ...said, time };
  return whole > packet.length ? { ...item, truncated: whole - size } : item;
};

/**
 * Text of a packet that still has the header, as `tcpdump -x` prints it. No nlmsghdr begins like it: its length would be gigabytes.
 * @param captured what was read as a datagram
 * @param options byte order
 */
export const uncooked = (captured: Captured, options: CaptureOptions): Captured => {
  const { bytes, truncated = bytes.length } = captured;
  // ARPHRD_NETLINK, before more is asked.
  if (bytes[2] !== 0x03 || bytes[3] !== 0x38) return captured;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < COOKED.NETLINK || !isNetlink("NETLINK", view, 0)) return captured;
  const item = cooked("NETLINK", bytes, truncated, {}, options);
  return item === undefined || "problem" in item ? captured : item;
};

/**
 * The header for a datagram.
 * @param direction who spoke; undefined: PACKET_OUTGOING, as nlmon has it
 * @param protocol its number
 */
export const cookedHeader = (direction: ">" | "<" | undefined, protocol: number): Uint8Array => {
  const header = new Uint8Array(COOKED.NETLINK);
  const view = new DataView(header.buffer);
  view.setUint16(0, direction === undefined ? 4 : direction === ">" ? PACKET.KERNEL : PACKET.USER);
  view.setUint16(2, ARPHRD_NETLINK);
  view.setUint16(14, protocol);
  return header;
};
