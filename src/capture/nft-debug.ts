// What `nft --debug=mnl` prints: libmnl's view of each message, four bytes a line. It shows four of the sixteen flags, so NLM_F_CREATE and
// its like are lost; all other bytes are there.
import { Collector } from "./collector.ts";
import type { CaptureItem, CaptureOptions, CaptureParser } from "./datagram.ts";
import { collected } from "./found.ts";
import { lineParser } from "./lines.ts";

/** nft colours what stands between the bars. */
const COLOUR = /\x1b\[[\d;]*m/g;
const NUMBER = /^\|\s*(\d+)\s*\|\s*\|\s*(message length|sequence number|port ID)/;
const TYPE = /^\|\s*(\d+)\s*\|\s*([R-][M-][A-][E-])\s*\|/;
const ATTRIBUTE = /^\|\s*(\d+)\s*\|([N-])([B-])\|\s*(\d+)\s*\|/;
const OCTETS = /^\|((?: [\da-f]{2}){4})\s+\|/;
/** NLM_F_REQUEST, MULTI, ACK, ECHO: the order in which libmnl prints them. */
const FLAGS = [1, 2, 4, 8];
/** NFNL_MSG_BATCH_BEGIN and _END: what stands between them was one datagram. `nft --check` leaves out the end. */
const BATCH = { BEGIN: 16, END: 17 } as const;
/** NFT_MSG_GET…: never in a batch. NFNL_SUBSYS_NFTABLES is the upper byte. */
const QUESTIONS: readonly number[] = [1, 4, 7, 10, 13, 16, 19, 21, 23].map((message) => (10 << 8) | message);

/**
 * Reads the output of `nft --debug=mnl` and of other programs that call mnl_nlmsg_fprintf(). Lines of other outputs are passed over.
 * @param options protocol, default NETLINK_NETFILTER; byte order, default little: libmnl prints integers of the machine as numbers
 */
export const nftDebugParser = (options: CaptureOptions = {}): CaptureParser => {
  const settings = {
    protocol: options.protocol ?? "NETLINK_NETFILTER",
    byteOrder: options.byteOrder ?? "little",
  } as const;
  /** The message so far, and those before it in its datagram. */
  const bytes = new Collector();
  const datagram = new Collector();
  const little = settings.byteOrder === "little";
  let due = 0;
  let type = 0;
  let batch = false;
  let started = 0;
  /** Rules below the message: one below its header, one at its end. */
  let rules = 0;

  const put = (value: number, size: 2 | 4): void => {
    for (let i = 0; i < size; i++) bytes.add((value >>> (8 * (little ? i : size - 1 - i))) & 0xff);
  };
  const endMessage = (out: CaptureItem[], line: number): void => {
    if (due === 0) return;
    const got = bytes.length;
    if (got !== ((due + 3) & ~3)) out.push({ problem: `a message of ${due} bytes, of which ${got} are there`, line });
    due = 0;
    if (batch && (type === BATCH.BEGIN || QUESTIONS.includes(type))) endDatagram(out);
    if (type === BATCH.BEGIN) batch = true;
    if (type === BATCH.END) batch = false;
    for (const byte of bytes.take().bytes) datagram.add(byte);
    if (!batch) endDatagram(out);
  };
  const endDatagram = (out: CaptureItem[]): void => {
    batch = false;
    if (datagram.length > 0) out.push(collected(datagram, settings));
  };
  const number = (value: number, what: string | undefined, line: number, out: CaptureItem[]): void => {
    if (what === "message length") {
      endMessage(out, line);
      due = value;
      started = line;
      rules = 0;
    }
    if (due > 0) put(value, 4);
  };
  return lineParser({
    line(raw, n, out) {
      const line = raw.replace(COLOUR, "");
      const [, value, what] = NUMBER.exec(line) ?? [];
      if (value !== undefined) {
        number(Number(value), what, n, out);
        return;
      }
      if (due === 0) return;
      const [, kind, flags] = TYPE.exec(line) ?? [];
      if (kind !== undefined && bytes.length === 4) {
        type = Number(kind);
        put(type, 2);
        put(
          FLAGS.reduce((sum, flag, i) => sum + (flags?.[i] === "-" ? 0 : flag), 0),
          2,
        );
        return;
      }
      const [, length, nested, order, id] = ATTRIBUTE.exec(line) ?? [];
      if (length !== undefined) {
        put(Number(length), 2);
        put(Number(id) | (nested === "N" ? 0x8000 : 0) | (order === "B" ? 0x4000 : 0), 2);
        return;
      }
      const [, octets] = OCTETS.exec(line) ?? [];
      if (octets !== undefined) for (const octet of octets.trim().split(" ")) bytes.add(Number.parseInt(octet, 16));
      else if (line.startsWith("-----") && ++rules === 2) endMessage(out, n);
    },
    end(out) {
      endMessage(out, started);
      endDatagram(out);
    },
  });
};
