// pcapng files: draft-ietf-opsawg-pcapng. Only what holds packets is looked at.
import { binaryParser, type Source } from "./binary.ts";
import { COOKED, cooked, isNetlink, type LinkType, linkTypeOf } from "./cooked.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { MAX_DATAGRAM } from "./limit.ts";

/** Block types. */
const BLOCK = { INTERFACE: 1, PACKET: 2, SIMPLE: 3, ENHANCED: 6, SECTION: 0x0a0d0d0a } as const;
/** Of a section header, in the section's byte order. */
const MAGIC = 0x1a2b3c4d;
/** Options of an interface. */
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
/** Bytes of packet data's place in an Enhanced Packet Block. */
const ENHANCED_HEADER = 28;
/** A block may hold options beside a packet. */
const MAX_BLOCK = MAX_DATAGRAM + (1 << 20);

interface Interface {
  readonly type: LinkType | undefined;
  readonly snaplen: number;
  /** A unit of its times, as a fraction of a second: units in one. */
  readonly units: bigint;
  /** Seconds to add. */
  readonly shift: bigint;
}

/** The options of an interface that say what its times are. */
const timing = (view: DataView, from: number, end: number, little: boolean): Pick<Interface, "units" | "shift"> => {
  let units = 1_000_000n;
  let shift = 0n;
  for (let at = from; at + 4 <= end; ) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === 0 || at + 4 + length > end) break;
    if (code === IF_TSRESOL && length >= 1) {
      const value = view.getUint8(at + 4);
      units = value & 0x80 ? 1n << BigInt(value & 0x7f) : 10n ** BigInt(value);
    }
    if (code === IF_TSOFFSET && length >= 8) shift = view.getBigInt64(at + 4, little);
    at += 4 + ((length + 3) & ~3);
  }
  return { units, shift };
};

/**
 * Reads a pcapng file of netlink: interfaces of link type 253 (nlmon), and what of 113 and 276 is netlink. Behind a block that lies about
 * its length, it goes on with the next packet that begins as netlink does.
 * @param options byte order of the messages; default: what their lengths look like
 */
export const pcapngParser = (options: CaptureOptions = {}): CaptureParser => {
  let little: boolean | undefined;
  let interfaces: Interface[] = [];
  let hasStrangers = false;
  let isLost = false;

  const packet = (source: { bytes: Uint8Array; offset: number }, from: Interface, whole: number, time?: bigint) => {
    const { type, units, shift } = from;
    const when = time === undefined ? {} : { time: (time * 1_000_000_000n) / units + shift * 1_000_000_000n };
    const facts = { ...when, byteOrder: little === false ? "big" : "little" } as const;
    return type && cooked(type, source.bytes, whole, facts, options);
  };

  /** What a whole block says. */
  const block = (view: DataView, offset: number, out: CaptureItem[]): void => {
    const order = little as boolean;
    const u32 = (at: number): number => view.getUint32(at, order);
    const end = view.byteLength - 4;
    const type = u32(0);
    if (type === BLOCK.INTERFACE && end >= 16) {
      const number = view.getUint16(8, order);
      interfaces.push({ type: linkTypeOf(number), snaplen: u32(12), ...timing(view, 16, end, order) });
      return;
    }
    const isSimple = type === BLOCK.SIMPLE;
    if (!isSimple && type !== BLOCK.ENHANCED && type !== BLOCK.PACKET) return;
    const at = isSimple ? 12 : ENHANCED_HEADER;
    if (end < at) {
      out.push({ problem: "a packet block that is too short for its header", offset });
      return;
    }
    const index = isSimple ? 0 : type === BLOCK.PACKET ? view.getUint16(8, order) : u32(8);
    const from = interfaces[index];
    if (from === undefined) {
      out.push({ problem: `a packet of interface ${index}, of which nothing was said`, offset });
      return;
    }
    const whole = isSimple ? u32(8) : u32(24);
    const kept = isSimple ? Math.min(whole, from.snaplen || whole, end - at) : u32(20);
    if (kept > end - at) {
      out.push({ problem: `a packet of ${kept} bytes in a block that has room for ${end - at}`, offset });
      return;
    }
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, kept);
    const time = isSimple ? undefined : (BigInt(u32(12)) << 32n) | BigInt(u32(16));
    const item = packet({ bytes, offset }, from, whole, time);
    if (item !== undefined) out.push("problem" in item ? { ...item, offset } : item);
    else if (!hasStrangers) {
      hasStrangers = true;
      out.push({ problem: "packets that are not netlink are left out", offset });
    }
  };

  /** The length of the block at `at`; undefined: it cannot be one. */
  const lengthAt = (view: DataView, at: number): number | undefined => {
    const length = view.getUint32(at + 4, little);
    return length >= 12 && length % 4 === 0 && length <= MAX_BLOCK ? length : undefined;
  };

  const search = (view: DataView): number | undefined => {
    const last = view.byteLength - ENHANCED_HEADER - COOKED.NETLINK;
    for (let at = 0; at <= last; at++) {
      if (view.getUint32(at, little) !== BLOCK.ENHANCED || lengthAt(view, at) === undefined) continue;
      if (isNetlink("NETLINK", view, at + ENHANCED_HEADER)) return at;
    }
    return undefined;
  };

  const lose = (source: Source): void => {
    isLost = true;
    source.skip(1);
  };

  const next = (source: Source, out: CaptureItem[]): boolean => {
    const { view, offset } = source;
    if (isLost) {
      const at = search(view);
      isLost = at === undefined;
      source.skip(at ?? Math.max(0, view.byteLength - ENHANCED_HEADER - COOKED.NETLINK + 1));
      return !isLost;
    }
    if (view.byteLength < 12) return false;
    // The same in either byte order, so that the order can be told behind it.
    if (view.getUint32(0) === BLOCK.SECTION) {
      little = view.getUint32(8, true) === MAGIC;
      interfaces = [];
      if (!little && view.getUint32(8, false) !== MAGIC) {
        out.push({ problem: "a section of no byte order", offset });
        source.refused = true;
        return false;
      }
    } else if (little === undefined) {
      out.push({ problem: "no pcapng file: it begins with no section", offset });
      source.refused = true;
      return false;
    }
    const length = lengthAt(view, 0);
    if (length !== undefined && view.byteLength < length) return false;
    if (length === undefined || view.getUint32(length - 4, little) !== length) {
      const said = view.getUint32(4, little);
      const problem = length === undefined ? `a block of ${said} bytes` : "a block whose two lengths differ";
      out.push({ problem, offset });
      lose(source);
      return true;
    }
    source.skip(length);
    block(new DataView(view.buffer, view.byteOffset, length), offset, out);
    return true;
  };
  const left = ({ available }: Source): string | undefined =>
    isLost ? undefined : `the file ends within a block, of which ${available} bytes are there`;
  return binaryParser({ next, left, lose });
};
