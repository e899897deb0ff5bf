// Plain hex text -> datagrams, at once.
import { CaptureError } from "./annotated.ts";
import { isCaptured } from "./datagram.ts";
import { hexParser } from "./hex-parser.ts";

/**
 * Reads hex digits, however they are set apart: spaces, colons, commas, line ends, "0x" or "\\x" before a byte. An empty line ends a
 * datagram; a line that begins with "#" is a comment.
 * @param text the digits
 * @throws CaptureError for anything else, and for half a byte
 */
export const parseHex = (text: string): Uint8Array[] => {
  const parser = hexParser();
  const items = [...parser.push(new TextEncoder().encode(text)), ...parser.end()];
  return items.map((item) => {
    if (isCaptured(item)) return item.bytes;
    throw new CaptureError(item.line ?? 1, item.problem);
  });
};
