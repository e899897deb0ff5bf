// Plain hex text -> datagrams.
import { plain } from "../codec/text.ts";
import { CaptureError } from "./annotated.ts";

/**
 * Reads hex digits, however they are set apart: spaces, colons, commas, line ends, "0x" or "\\x" before a byte. An empty line ends a
 * datagram; a line that begins with "#" is a comment.
 * @param text the digits
 * @throws CaptureError for anything else, and for half a byte
 */
export const parseHex = (text: string): Uint8Array[] => {
  const datagrams: number[][] = [[]];
  text.split("\n").forEach((line, i) => {
    if (line.startsWith("#")) return;
    if (line.trim() === "") {
      datagrams.push([]);
      return;
    }
    for (const group of line.replace(/0x|\\x/gi, " ").split(/[\s:,]+/)) {
      if (!/^[\da-f]*$/i.test(group)) throw new CaptureError(i + 1, `"${plain(group.slice(0, 40))}" is not hex`);
      if (group.length % 2 !== 0) throw new CaptureError(i + 1, `"${group.slice(0, 40)}" is half a byte short`);
      for (let p = 0; p < group.length; p += 2) datagrams.at(-1)?.push(Number.parseInt(group.slice(p, p + 2), 16));
    }
  });
  return datagrams.filter((bytes) => bytes.length > 0).map((bytes) => Uint8Array.from(bytes));
};
