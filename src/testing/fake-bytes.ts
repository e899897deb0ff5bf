// Datagrams as bytes: numbers rewritten, pieces cut off, filler put in front. Only nlmsghdr is looked at.
import { endianness } from "node:os";

/** Netlink is in the byte order of the machine. */
export const HOST_ORDER: "little" | "big" = endianness() === "LE" ? "little" : "big";
const little = HOST_ORDER === "little";

const NLMSG_HDRLEN = 16;
const NLMSG_NOOP = 1;
const NLMSG_ERROR = 2;
/** nlmsghdr and nlmsgerr. */
const ACK = 36;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What is in an nlmsghdr, and where it stands. */
export interface Frame {
  readonly at: number;
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  readonly pid: number;
}

/** The messages of a datagram, up to the first that is not whole: where the kernel stops as well. */
export const framesOf = (bytes: Uint8Array): Frame[] => {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  for (let at = 0; bytes.length - at >= NLMSG_HDRLEN; ) {
    const length = view.getUint32(at, little);
    if (length < NLMSG_HDRLEN || length > bytes.length - at) break;
    frames.push({
      at,
      length,
      type: view.getUint16(at + 4, little),
      flags: view.getUint16(at + 6, little),
      seq: view.getUint32(at + 8, little),
      pid: view.getUint32(at + 12, little),
    });
    at += (length + 3) & ~3;
  }
  return frames;
};

/** A copy with other flags, seq or port in each message. */
export const readdressed = (
  bytes: Uint8Array,
  change: (frame: Frame) => { readonly flags?: number; readonly seq?: number; readonly pid?: number },
): Uint8Array => {
  const copy = bytes.slice();
  const view = viewOf(copy);
  for (const frame of framesOf(copy)) {
    const { flags = frame.flags, seq = frame.seq, pid = frame.pid } = change(frame);
    view.setUint16(frame.at + 6, flags, little);
    view.setUint32(frame.at + 8, seq, little);
    view.setUint32(frame.at + 12, pid, little);
  }
  return copy;
};

/** A beginning that ends inside the message that stands in the middle; `keep` bytes of that one are left. */
export const halfOf = (bytes: Uint8Array, keep?: number): Uint8Array => {
  const middle = bytes.length / 2;
  const frame = framesOf(bytes).find(({ at, length }) => at + ((length + 3) & ~3) > middle);
  return bytes.slice(
    0,
    frame === undefined
      ? Math.floor(middle)
      : frame.at + Math.min(keep ?? Math.floor(frame.length / 2), frame.length - 1),
  );
};

const header = (length: number, type: number, { seq, pid }: Pick<Frame, "seq" | "pid">): Uint8Array => {
  const bytes = new Uint8Array(length);
  const view = viewOf(bytes);
  view.setUint32(0, length, little);
  view.setUint16(4, type, little);
  view.setUint32(8, seq, little);
  view.setUint32(12, pid, little);
  return bytes;
};

/** An ack of 0. */
export const forgedAck = (to: Pick<Frame, "seq" | "pid">): Uint8Array => header(ACK, NLMSG_ERROR, to);

/** The same behind an NLMSG_NOOP that fills `room` bytes and is addressed alike. What has no header stays as it is. */
export const lengthened = (bytes: Uint8Array, room: number): Uint8Array => {
  if (bytes.length < NLMSG_HDRLEN) return bytes;
  const view = viewOf(bytes);
  const to = { seq: view.getUint32(8, little), pid: view.getUint32(12, little) };
  return joined([header(Math.max(NLMSG_HDRLEN, (room + 3) & ~3), NLMSG_NOOP, to), bytes]);
};

/** Messages one behind the other, each beginning at a multiple of four. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + ((length + 3) & ~3), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += (part.length + 3) & ~3;
  }
  return bytes;
};
