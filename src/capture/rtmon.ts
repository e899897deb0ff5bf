// Files of `rtmon`, and netlink messages one behind the other in general.
import { binaryParser, type Source } from "./binary.ts";
import { byteOrderOf } from "./byte-order.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { found } from "./found.ts";
import { MAX_DATAGRAM } from "./limit.ts";

/** sizeof(struct nlmsghdr) */
const HEADER = 16;
/** What rtmon puts before each message: NLMSG_TSTAMP of iproute2, seconds and microseconds. */
const NLMSG_TSTAMP = 15;

/** Could a message begin with these bytes? */
const isMessage = (view: DataView, at: number, little: boolean): boolean => {
  const length = view.getUint32(at, little);
  return length >= HEADER && length <= MAX_DATAGRAM;
};

/**
 * Reads messages that stand one behind the other, with the times that rtmon puts between them.
 * @param options protocol and byte order of the messages; default: what the first length looks like
 */
export const rtmonParser = (options: CaptureOptions = {}): CaptureParser => {
  let order: "little" | "big" | undefined;
  let time: bigint | undefined;
  let isLost = false;

  const lose = (source: Source): void => {
    isLost = true;
    // Messages begin at multiples of four.
    source.skip(Math.min(source.available, 4 - (source.offset % 4)));
  };
  const next = (source: Source, out: CaptureItem[]): boolean => {
    const { view, offset } = source;
    if (view.byteLength < HEADER) return false;
    order ??= options.byteOrder ?? byteOrderOf(new Uint8Array(view.buffer, view.byteOffset, 4));
    const little = order === "little";
    if (!isMessage(view, 0, little) || (isLost && view.getUint16(4, little) === 0)) {
      if (!isLost) out.push({ problem: `a message of ${view.getUint32(0, little)} bytes`, offset });
      lose(source);
      return true;
    }
    const length = view.getUint32(0, little);
    // The last one may stand without the padding behind it.
    if (view.byteLength < length) return false;
    isLost = false;
    const bytes = source.take(length).slice();
    source.skip(Math.min(source.available, -length & 3));
    if (view.getUint16(4, little) === NLMSG_TSTAMP && length >= HEADER + 8) {
      const body = new DataView(bytes.buffer);
      time =
        BigInt(body.getUint32(HEADER, little)) * 1_000_000_000n + BigInt(body.getUint32(HEADER + 4, little)) * 1000n;
    } else out.push(found(bytes, { ...options, byteOrder: order }, time === undefined ? {} : { time }));
    return true;
  };
  const left = ({ available }: Source): string | undefined =>
    isLost ? undefined : `the file ends within a message, of which ${available} bytes are there`;
  return binaryParser({ next, left, lose });
};
