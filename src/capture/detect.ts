// Which format is it? Told by its first bytes. What is looked for stands here and not with the formats: telling loads none of them.

/** What `openCapture` reads. */
export const FORMATS = [
  "hex",
  "annotated",
  "hexdump",
  "base64",
  "array",
  "pcap",
  "pcapng",
  "strace",
  "nft",
  "rtmon",
] as const;
/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Enough to tell any format. */
export const DETECT_BYTES = 4096;

const PCAP = [0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1];
const PCAPNG = 0x0a0d0d0a;
/** sizeof(struct nlmsghdr) */
const HEADER = 16;

/** Does a file begin with netlink messages one behind the other? */
const isMessages = (view: DataView): boolean => {
  if (view.byteLength < HEADER) return false;
  const little = view.getUint32(0, true) <= view.getUint32(0, false);
  const length = view.getUint32(0, little);
  const next = (length + 3) & ~3;
  // Of the flags, twelve bits are in use.
  if (length < HEADER || length > 1 << 20 || view.getUint16(6, little) > 0xfff) return false;
  if (next + 4 > view.byteLength) return true;
  const following = view.getUint32(next, little);
  return following >= HEADER && following <= 1 << 20;
};

const binary = (view: DataView): Format | undefined => {
  if (view.byteLength < 4) return undefined;
  const magic = view.getUint32(0);
  if (PCAP.includes(magic)) return "pcap";
  if (magic === PCAPNG) return "pcapng";
  return isMessages(view) ? "rtmon" : undefined;
};

/** Controls that no text has. */
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
/** What a line of each text format looks like; the first that fits counts. */
const LINES: readonly (readonly [Format, RegExp])[] = [
  ["annotated", /^[<>] NETLINK_\w+( \S+:\d+)?$|^[\da-f]{5} {2}[\da-f]{2}(?: [\da-f]{2}){0,7}(?: {3}|$)/],
  ["nft", /^-{16}\t-{18}$|^\|\s*(?:\x1b\[[\d;]*m)?\d+\S*\s*\|\s*\| message length/],
  ["strace", /^ \| [\da-f]{5,} {2}[\da-f]{2} |^strace: Process \d+ attached/],
  [
    "strace",
    /^(?:\[pid +\d+(?:<[^>]*>)?\] |\d+(?:<[^>]*>)? +)?(?:\d\d:\d\d:\d\d(?:\.\d+)? |\d+\.\d+ )?(?:\(?\+? *\d+\.\d+\)? )?(?:\[[ \da-f?]+\] )*(?:<\.\.\. \w+ resumed>|\w+\(.*(?:\)\s+= (?:-?\d|0x|\?)|<unfinished \.\.\.>$))/,
  ],
  [
    "hexdump",
    /^\s*(?:0x)?[\da-f]{4,16}:[ \t]+[\da-f]{2}|^[\da-f]{4,16}[ \t]+[\da-f]{2}(?: {1,2}[\da-f]{2})*(?:\s*$|\s+\||\s{2,})/i,
  ],
  [
    "array",
    // { 0x38, … or what ends in the bracket, or begins with numbers; then strings with escapes, or of many digits.
    /[{[(]\s*(?:-?(?:0x[\da-f]{1,2}|\d{1,3})(?:[ui]8)?\s*,|$)|["'`](?:.*\\x[\da-f]{2}|[\da-f]{32,})/i,
  ],
  // Zeros are all A, which is hex too: some line tells.
  ["base64", /^(?!0x)(?=.*[g-z+/_-])[\w+/-]{8,}={0,2}$/i],
  ["hex", /^[\da-fx\\:,\s]+$/i],
];

/** Hex digits and line ends: the commonest text, told without a regular expression, of which each takes time to compile. */
const isBareHex = (bytes: Uint8Array): boolean => {
  for (const c of bytes) {
    const isDigit = (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66);
    if (!isDigit && c !== 0x0a && c !== 0x0d) return false;
  }
  return bytes.length > 0;
};

const textual = (text: string, whole: boolean): Format | undefined => {
  const lines = text.split(/\r?\n/);
  // The last line may be half of one.
  if (!whole && lines.length > 1) lines.pop();
  const said = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  for (const [format, line] of LINES) if (said.some((candidate) => line.test(candidate))) return format;
  return undefined;
};

/**
 * Tells the format of a capture.
 * @param first its first bytes: DETECT_BYTES, or all that there are; of a stream that is slow, a whole line of a text
 * @returns undefined: none that is known
 */
export const detect = (first: Uint8Array): Format | undefined => {
  const part = first.subarray(0, DETECT_BYTES);
  if (isBareHex(part)) return "hex";
  const text = new TextDecoder("latin1").decode(part);
  return (
    binary(new DataView(part.buffer, part.byteOffset, part.byteLength)) ??
    (CONTROL.test(text) ? undefined : textual(text, part.length < DETECT_BYTES))
  );
};
