// Datagrams -> test vectors in the languages that people write tests in.

import { digitsOf, OCTET } from "../codec/text.ts";
import type { Captured } from "./datagram.ts";

/** What `emitter` writes. Of these only pcap is not text, and only golden needs what `explain` says: they are made elsewhere. */
export const LANGUAGES = ["ts", "c", "go", "rust", "python", "hex"] as const;
/** One of them. */
export type Language = (typeof LANGUAGES)[number];

/** Bytes a line: 12 of "0x38, " fit in 80 columns, indented. */
const WIDTH = 12;

interface Style {
  /** What stands around the comment on one line. */
  readonly comment: readonly [before: string, after: string];
  readonly open: (index: number, length: number) => string;
  readonly close: string;
}
const STYLES: Readonly<Record<Exclude<Language, "hex">, Style>> = {
  ts: { comment: ["// ", ""], open: (i) => `export const packet${i}: Uint8Array = new Uint8Array([`, close: "]);" },
  c: { comment: ["/* ", " */"], open: (i) => `static const unsigned char packet${i}[] = {`, close: "};" },
  go: { comment: ["// ", ""], open: (i) => `var packet${i} = []byte{`, close: "}" },
  rust: { comment: ["// ", ""], open: (i, n) => `pub const PACKET${i}: [u8; ${n}] = [`, close: "];" },
  python: { comment: ["# ", ""], open: (i) => `packet${i} = bytes([`, close: "])" },
};

const rows = (bytes: Uint8Array): string[] => {
  const out: string[] = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const row = [...bytes.subarray(at, at + WIDTH)].map((octet) => `0x${OCTET[octet]},`);
    out.push(`  ${row.join(" ")}`);
  }
  return out;
};

/**
 * A datagram as source text.
 * @param language of which
 * @param datagram what to write
 * @param index number of the datagram, which its name gets
 * @param about a comment: one line, printable
 */
export const emitted = (
  language: Language,
  { bytes }: Pick<Captured, "bytes">,
  index: number,
  about: string,
): string => {
  if (language === "hex") {
    return `# ${about}\n${digitsOf(bytes)}\n\n`;
  }
  const { comment, open, close } = STYLES[language];
  const [before, after] = comment;
  const indent = language === "go" || language === "c" ? "\t" : language === "ts" ? "  " : "    ";
  const lines = rows(bytes).map((row) => indent + row.trimStart());
  return [`${before}${about}${after}`, open(index, bytes.length), ...lines, close, "", ""].join("\n");
};
