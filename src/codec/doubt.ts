// A wrong nlmsg_len makes the next nlmsghdr begin anywhere: in the middle of a key.
import { type Registry, typeOf } from "./registry.ts";

/** linux/netlink.h: below are control messages. */
const NLMSG_MIN_TYPE = 16;

/**
 * May these 16 bytes be no nlmsghdr, in a datagram that may hold keys? What follows a message is for the same socket, and is numbered
 * like it or next, or has a type that is known. Of one that does not end within the datagram all of this is due, and the same type, of a family's own.
 * @param types the registry
 * @param view the datagram
 * @param little its byte order
 * @param before where the message before begins; undefined: none is
 * @param at where this one would begin: 16 bytes are there
 */
export const isDoubtful = (
  types: Registry,
  view: DataView,
  little: boolean,
  before: number | undefined,
  at: number,
): boolean => {
  if (types.secrets !== true || before === undefined) return false;
  const type = view.getUint16(at + 4, little);
  const ahead = (view.getUint32(at + 8, little) - view.getUint32(before + 8, little)) >>> 0;
  const isNext = ahead <= 1;
  if (view.getUint32(before + 12, little) !== view.getUint32(at + 12, little)) return true;
  if (view.getUint32(at, little) > view.byteLength - at) {
    // Zeros in front of a key pass for an ack of number 0: a cut ack behind another message is rarer than that.
    return !(isNext && type === view.getUint16(before + 4, little) && type >= NLMSG_MIN_TYPE);
  }
  const found = typeOf(types, type);
  return !isNext && (found === undefined || found === types.fallback);
};
