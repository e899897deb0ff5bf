// Captures to measure decoding with: recorded datagrams as a pcap file, and streams of one message.
import { closeSync, openSync, writeSync } from "node:fs";
import { pcapHeader, pcapRecord } from "../src/capture/index.ts";
import { decodeMessages, encodeMessage } from "../src/index.ts";
import { items } from "../test/support/fixtures.ts";

/** Long files are written by this many bytes. */
const BLOCK = 1 << 20;

/** What is written goes to the file in blocks. */
const writer = (file: string): { add(bytes: Uint8Array): void; end(): void } => {
  const fd = openSync(file, "w");
  let waiting: Uint8Array[] = [];
  let length = 0;
  const flush = (): void => {
    writeSync(fd, Buffer.concat(waiting));
    waiting = [];
    length = 0;
  };
  return {
    add(bytes) {
      waiting.push(bytes);
      length += bytes.length;
      if (length >= BLOCK) flush();
    },
    end() {
      flush();
      closeSync(fd);
    },
  };
};

/**
 * A pcap file of every datagram of NETLINK_ROUTE that stands in fixtures/, in turn, a microsecond apart.
 * @param file where it goes
 * @param count of messages, at least
 * @returns how many it holds
 */
export const recordedPcap = (file: string, count: number): number => {
  const datagrams = items()
    .flatMap((item) => item.datagrams)
    .filter(({ protocol, bytes }) => protocol === "NETLINK_ROUTE" && bytes.length > 0)
    .map((datagram) => ({ ...datagram, messages: decodeMessages(datagram.bytes).length }));
  const out = writer(file);
  out.add(pcapHeader("little"));
  let messages = 0;
  for (let i = 0; messages < count; i++) {
    const datagram = datagrams[i % datagrams.length];
    if (datagram === undefined) throw new RangeError("there are no fixtures");
    out.add(pcapRecord({ ...datagram, time: 1_800_000_000_000_000_000n + BigInt(i) * 1000n }));
    messages += datagram.messages;
  }
  out.end();
  return messages;
};

const message = encodeMessage({
  name: "RTM_NEWLINK",
  seq: 1,
  header: { index: 2 },
  attrs: { ifname: "eth0", mtu: 1500, address: "02:00:00:00:00:01" },
});
const hex = Buffer.from(message).toString("hex");

const straceUnit = (): string => {
  const rows = [];
  for (let at = 0; at < message.length; at += 16) {
    const octets = [...message.subarray(at, at + 16)].map((octet) => octet.toString(16).padStart(2, "0"));
    const columns = [octets.slice(0, 8), octets.slice(8)].map((half) => half.join(" ").padEnd(23)).join("  ");
    rows.push(` | ${at.toString(16).padStart(5, "0")}  ${columns}  ................ |`);
  }
  const call = `12 1800000000.000001 recvmsg(3<NETLINK:[ROUTE:12]>, {msg_iov=[{iov_base="..."}], msg_flags=0}, 0) = ${message.length}`;
  return `${call}\n * ${message.length} bytes in buffer 0\n${rows.join("\n")}\n`;
};

/** The same message again and again; or one that never ends. */
export type Stream = "pcap" | "hex" | "hex without an end" | "strace";
/** How a stream of one message begins, and what it repeats. */
const STREAMS: Readonly<Record<Stream, () => readonly [head: Uint8Array, unit: Uint8Array]>> = {
  pcap: () => [
    pcapHeader("little"),
    pcapRecord({ protocol: "NETLINK_ROUTE", direction: "<", bytes: message, time: 5n }),
  ],
  hex: () => [Buffer.alloc(0), Buffer.from(`${hex}\n\n`)],
  "hex without an end": () => [Buffer.from(`ffffff3f${hex.slice(8)}`), Buffer.from("00".repeat(64))],
  strace: () => [Buffer.alloc(0), Buffer.from(straceUnit())],
};
export const STREAM_NAMES: readonly Stream[] = Object.keys(STREAMS) as Stream[];

/** A stream of one message, in pieces of some 64 KiB. */
export function* streamOf(form: Stream, bytes: number): Generator<Uint8Array> {
  const [head, unit] = STREAMS[form]();
  if (head.length > 0) yield head;
  const block = Buffer.concat(Array(Math.ceil(65_536 / unit.length)).fill(unit));
  for (let at = 0; at < bytes; at += block.length) yield block;
}
