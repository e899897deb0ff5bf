// Is a payload, in a message that may hold keys, what its declaration says? A wrong nla_len lets any attribute swallow its neighbour.
import type { Reader } from "./bytes.ts";
import type { AnyCodec } from "./codec.ts";
import { isZero } from "./explain-field.ts";

/** MAX_ADDR_LEN of the kernel: the longest link-layer address. */
const MAX_ADDR_LEN = 32;

/** Text to the end or to its NUL, which is the last byte; an abstract name of a socket begins with one. No control character. */
const isName = (u8: Uint8Array, at: number, end: number): boolean => {
  const last = end > at && u8[end - 1] === 0 ? end - 1 : end;
  const first = last > at && u8[at] === 0 ? at + 1 : at;
  try {
    return !/\p{Cc}/u.test(strict.decode(u8.subarray(first, last)));
  } catch {
    return false;
  }
};
const strict = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Could any bytes have been read like this? An integer, for one, is read from the first bytes of what is longer. */
export const isPositive = ({ u8 }: Reader, codec: AnyCodec, at: number, end: number): boolean => {
  switch (codec.kind) {
    case "int":
    case "octets":
      // A u8 that was sent as a u32 is one all the same.
      return isZero(u8, at + codec.size, end);
    case "string":
      return isName(u8, at, end);
    case "ip":
      return end - at === 4 || end - at === 16;
    case "hardware":
      return end - at <= MAX_ADDR_LEN;
    case "flag":
      return end - at <= 1;
    default:
      return true;
  }
};
