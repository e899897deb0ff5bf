// Golden packets: an exchange as an annotated text that a person can review and a test can replay.
import { explain } from "../attrs/decode.ts";
import { GenericFamilies } from "../attrs/generic/families.ts";
import { type AnnotatedDatagram, annotatedText, type Datagram, parseAnnotated } from "../capture/annotated.ts";
import type { RecordedExchange } from "../socket/replay.ts";

/** What a golden text holds. */
export interface Golden {
  /** The lines that begin with "#" at its top: what made the bytes. */
  readonly comments: readonly string[];
  /** The datagrams, in order. */
  readonly datagrams: readonly (Datagram | AnnotatedDatagram)[];
}

/**
 * Reads a golden text. Only directions and hex columns count: see `formatGolden` for holding the rest against them.
 * @param text what `formatGolden` wrote
 * @param resolve gives the bytes of a reference like "bulk.hex:3"
 * @throws CaptureError
 */
export const parseGolden = (text: string, resolve?: (reference: string) => Uint8Array): Golden => {
  const all = parseAnnotated(text);
  const datagrams = all.map((datagram) =>
    datagram.reference === undefined || resolve === undefined
      ? datagram
      : { ...datagram, bytes: resolve(datagram.reference) },
  );
  return { comments: all[0]?.comments ?? [], datagrams };
};

/**
 * Writes a golden text, every byte annotated. A test that formats what it parsed, and compares, keeps the annotations true.
 * @param golden what it shall hold
 */
export const formatGolden = ({ comments, datagrams }: Golden): string => {
  // Families of generic netlink have the numbers that nlctrl told in the same text.
  const families = new GenericFamilies();
  const parts = datagrams.map((datagram, i) => {
    const { types } = families;
    const isGeneric = datagram.protocol === types.name;
    if (isGeneric) families.read(datagram.bytes);
    const { reference, comments: own = [] } = datagram as Partial<AnnotatedDatagram>;
    // What stands before the first datagram is about the whole.
    const above = (i === 0 ? comments : own).map((comment) => `# ${comment}\n`).join("");
    if (reference !== undefined) return `${above}${datagram.direction} ${datagram.protocol} ${reference}\n`;
    return (
      above + annotatedText(datagram, explain(datagram.bytes, isGeneric ? { types } : { protocol: datagram.protocol }))
    );
  });
  return parts.join("");
};

/**
 * Each request with the replies that follow it: what `replaying` of nlkit/socket answers from.
 * @param golden a parsed text
 */
export const exchangesOf = ({ datagrams }: Golden): RecordedExchange[] => {
  const out: { request: Uint8Array; replies: Uint8Array[] }[] = [];
  for (const { direction, bytes } of datagrams) {
    if (direction === ">") out.push({ request: bytes, replies: [] });
    else out.at(-1)?.replies.push(bytes);
  }
  return out;
};
