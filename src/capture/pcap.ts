// pcap files: draft-ietf-opsawg-pcap. Reading; pcap-write.ts writes.
import { binaryParser, type Source } from "./binary.ts";
import { COOKED, cooked, isNetlink, type LinkType, linkTypeOf } from "./cooked.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { MAX_DATAGRAM } from "./limit.ts";

/** Bytes of the file's header. */
const FILE_HEADER = 24;

interface Dialect {
  readonly little: boolean;
  /** Nanoseconds in a unit of the second half of a time. */
  readonly unit: bigint;
  /** Bytes of a record's header: that of a patched libpcap of 1999 has 8 more. */
  readonly record: number;
}
const MAGIC: Readonly<Record<number, Omit<Dialect, "little">>> = {
  [0xa1b2c3d4]: { unit: 1000n, record: 16 },
  [0xa1b23c4d]: { unit: 1n, record: 16 },
  [0xa1b2cd34]: { unit: 1000n, record: 24 },
};

/**
 * What a pcap file says of itself.
 * @param first its first four bytes
 * @returns undefined: it is no pcap file
 */
export const pcapDialect = (first: Uint8Array): Dialect | undefined => {
  if (first.length < 4) return undefined;
  const view = new DataView(first.buffer, first.byteOffset, 4);
  for (const little of [true, false]) {
    const known = MAGIC[view.getUint32(0, little)];
    if (known !== undefined) return { ...known, little };
  }
  return undefined;
};

/** The file's header. A text: it cannot be read, and why. */
const begin = (head: Uint8Array): { dialect: Dialect; type: LinkType } | string => {
  const dialect = pcapDialect(head);
  if (dialect === undefined) return "no pcap file: its first four bytes are none of pcap's";
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  // The upper half may say how long a checksum behind each packet is.
  const number = view.getUint32(20, dialect.little) & 0xffff;
  const type = linkTypeOf(number);
  return type === undefined ? `a capture of link type ${number}: netlink is 253` : { dialect, type };
};

/** What is wrong with the record that begins at `at`; undefined: nothing that can be seen. */
const fault = (view: DataView, at: number, { little, record }: Dialect, type: LinkType): string | undefined => {
  const kept = view.getUint32(at + 8, little);
  const whole = view.getUint32(at + 12, little);
  if (kept > MAX_DATAGRAM) return `a record of ${kept} bytes: longer than any netlink datagram`;
  if (kept > whole) return `a record that keeps ${kept} bytes of ${whole}`;
  // Other packets stand between those of netlink, and begin as they like.
  if (type !== "NETLINK") return undefined;
  if (kept < COOKED[type]) return `a record of ${kept} bytes: too short for its header`;
  if (view.byteLength - at < record + COOKED[type]) return undefined;
  return isNetlink(type, view, at + record) ? undefined : "a record that does not begin as netlink does";
};

/** The first place from which the bytes look like a record of netlink; undefined: not among what has come. */
const search = (view: DataView, dialect: Dialect, type: LinkType): number | undefined => {
  const last = view.byteLength - dialect.record - COOKED[type];
  for (let at = 0; at <= last; at++) {
    if (!isNetlink(type, view, at + dialect.record)) continue;
    if (view.getUint32(at + 8, dialect.little) >= COOKED[type] && fault(view, at, dialect, type) === undefined)
      return at;
  }
  return undefined;
};

/**
 * Reads a pcap file of netlink: link type 253 (nlmon), and what of 113 and 276 (`tcpdump -i any`) is netlink. Behind a record that lies
 * about its length, it goes on with the next one that begins as netlink does.
 * @param options byte order of the messages; default: what their lengths look like
 */
export const pcapParser = (options: CaptureOptions = {}): CaptureParser => {
  let file: { dialect: Dialect; type: LinkType } | undefined;
  let hasStrangers = false;
  let isLost = false;
  /** Where the record before begins, and up to where the file has been searched again. */
  let last = 0;
  let searched = 0;

  const first = (source: Source, out: CaptureItem[]): boolean => {
    if (source.available < FILE_HEADER) return false;
    const said = begin(source.take(FILE_HEADER));
    if (typeof said === "string") {
      out.push({ problem: said, offset: 0 });
      source.refused = true;
      return false;
    }
    file = said;
    return true;
  };

  const lose = (source: Source): void => {
    isLost = file !== undefined;
    // It may be the record before that lied, and took the beginning of this one. Once over: else hostile bytes would take for ever.
    const { offset } = source;
    if (isLost && last >= searched && last < offset) {
      source.back(last);
      searched = offset;
    }
    source.skip(isLost ? 1 : source.available);
  };

  const next = (source: Source, out: CaptureItem[]): boolean => {
    if (file === undefined) return first(source, out);
    const { dialect, type } = file;
    const { view, offset } = source;
    if (isLost) {
      const at = search(view, dialect, type);
      isLost = at === undefined;
      source.skip(at ?? Math.max(0, view.byteLength - dialect.record - COOKED[type] + 1));
      return !isLost;
    }
    if (view.byteLength < dialect.record) return false;
    const problem = fault(view, 0, dialect, type);
    if (problem !== undefined) {
      out.push({ problem, offset });
      lose(source);
      return true;
    }
    const { little, unit } = dialect;
    const kept = view.getUint32(8, little);
    if (view.byteLength < dialect.record + kept) return false;
    const time = BigInt(view.getUint32(0, little)) * 1_000_000_000n + BigInt(view.getUint32(4, little)) * unit;
    const facts = { time, byteOrder: little ? "little" : "big" } as const;
    last = offset;
    const packet = source.take(dialect.record + kept).subarray(dialect.record);
    const item = cooked(type, packet, view.getUint32(12, little), facts, options);
    if (item === undefined) {
      if (!hasStrangers) out.push({ problem: "packets that are not netlink are left out", offset });
      hasStrangers = true;
    } else out.push("problem" in item ? { ...item, offset } : item);
    return true;
  };
  const left = ({ available }: Source): string | undefined => {
    if (file === undefined) return "the file ends within its header";
    return isLost ? undefined : `the file ends within a record, of which ${available} bytes are there`;
  };
  return binaryParser({ next, left, lose });
};
