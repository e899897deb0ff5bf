// Datagrams in every form that nlkit reads, as other programs write them.

import { emitted, LANGUAGES } from "../../src/capture/emit.ts";
import type { Captured, Format } from "../../src/capture/index.ts";
import { annotatedText, pcapHeader, pcapRecord } from "../../src/capture/index.ts";
import { explain, registryOf } from "../../src/index.ts";

/** What is written: a datagram of a known direction. */
export type Packet = Pick<Captured, "protocol" | "bytes" | "time"> & { readonly direction: ">" | "<" };
/** A form: its format, how to write it, and what of a datagram it keeps beside the bytes. */
export interface Form {
  readonly name: string;
  readonly format: Format;
  readonly write: (packets: readonly Packet[]) => Buffer;
  readonly keeps: { readonly direction?: true; readonly protocol?: true; readonly time?: bigint };
  /** What it can hold; undefined: anything. */
  readonly holds?: (packet: Packet) => boolean;
}

const octets = (bytes: Uint8Array): string[] => [...bytes].map((b) => b.toString(16).padStart(2, "0"));
const rows = (bytes: Uint8Array, width = 16): { at: number; row: string[] }[] => {
  const all = octets(bytes);
  return Array.from({ length: Math.ceil(all.length / width) }, (_, i) => ({
    at: i * width,
    row: all.slice(i * width, (i + 1) * width),
  }));
};
const ascii = (row: readonly string[]): string =>
  row.map((hex) => String.fromCharCode(Number.parseInt(hex, 16)).replace(/[^ -~]/, ".")).join("");
const at = (offset: number, digits: number): string => offset.toString(16).padStart(digits, "0");
const text =
  (one: (packet: Packet, index: number) => string) =>
  (packets: readonly Packet[]): Buffer =>
    Buffer.from(packets.map(one).join("\n"), "latin1");

const xxd = ({ bytes }: Packet): string =>
  rows(bytes)
    .map(({ at: offset, row }) => {
      const groups = row.join("").replace(/(.{4})(?=.)/g, "$1 ");
      return `${at(offset, 8)}: ${groups.padEnd(39)}  ${ascii(row)}\n`;
    })
    .join("");
/** hexdump -C leaves out lines that repeat the one before. */
const canonical = ({ bytes }: Packet): string => {
  let last = "";
  let starred = false;
  const lines = rows(bytes).flatMap(({ at: offset, row }) => {
    const same = row.length === 16 && row.join("") === last;
    last = row.join("");
    if (same && starred) return [];
    starred = same;
    if (same) return ["*\n"];
    const columns = `${row.slice(0, 8).join(" ").padEnd(23)}  ${row.slice(8).join(" ").padEnd(23)}`;
    return [`${at(offset, 8)}  ${columns}  |${ascii(row)}|\n`];
  });
  return `${lines.join("")}${at(bytes.length, 8)}\n`;
};
const od = ({ bytes }: Packet): string =>
  `${rows(bytes)
    .map(({ at: offset, row }) => `${at(offset, 6)} ${row.join(" ")}\n`)
    .join("")}${at(bytes.length, 6)}\n`;
const tcpdump = ({ bytes }: Packet): string =>
  `20:29:47.162191 UNSUPPORTED\n${rows(bytes)
    .map(({ at: offset, row }) => `\t0x${at(offset, 4)}:  ${row.join("").replace(/(.{4})(?=.)/g, "$1 ")}\n`)
    .join("")}`;
const wireshark = ({ bytes }: Packet): string =>
  rows(bytes)
    .map(({ at: offset, row }) => `${at(offset, 4)}   ${row.join(" ").padEnd(48)}  ${ascii(row)}\n`)
    .join("");

/** Bytes as strace dumps them below a call. */
const straceDump = (bytes: Uint8Array): string =>
  rows(bytes)
    .map(({ at: offset, row }) => {
      const columns = `${row.slice(0, 8).join(" ").padEnd(23)}  ${row.slice(8).join(" ").padEnd(23)}`;
      return ` | ${at(offset, 5)}  ${columns}  ${ascii(row).padEnd(16)} |\n`;
    })
    .join("");
const straceCall = ({ direction, bytes }: Packet, fd: string): string =>
  direction === ">"
    ? `sendto(${fd}, [{nlmsg_len=1}, "..."], ${bytes.length}, 0, NULL, 0) = ${bytes.length}\n${straceDump(bytes)}`
    : `recvmsg(${fd}, {msg_iov=[{iov_base="..."}], msg_flags=0}, 0) = ${bytes.length}\n * ${bytes.length} bytes in buffer 0\n${straceDump(bytes)}`;
const strace = (packets: readonly Packet[]): Buffer => {
  const protocols = [...new Set(packets.map(({ protocol }) => protocol))];
  const fd = (protocol: string): number => 3 + protocols.indexOf(protocol);
  const opened = protocols.map((name) => `socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, ${name}) = ${fd(name)}\n`);
  return Buffer.from([...opened, ...packets.map((packet) => straceCall(packet, `${fd(packet.protocol)}`))].join(""));
};
const straceTimed = (packets: readonly Packet[]): Buffer =>
  Buffer.from(
    packets
      .map((packet) => {
        const { time = 0n, protocol } = packet;
        const when = `${time / 1_000_000_000n}.${String((time % 1_000_000_000n) / 1000n).padStart(6, "0")}`;
        return `4711 ${when} ${straceCall(packet, `3<NETLINK:[${protocol.replace("NETLINK_", "")}:4711]>`)}`;
      })
      .join(""),
  );

/** A block of a pcapng file. */
const block = (type: number, body: Buffer, little: boolean): Buffer => {
  const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
  const ends = Buffer.alloc(8);
  ends[little ? "writeUInt32LE" : "writeUInt32BE"](type, 0);
  ends[little ? "writeUInt32LE" : "writeUInt32BE"](padded.length + 12, 4);
  return Buffer.concat([ends, padded, ends.subarray(4)]);
};
const pcapng =
  (little: boolean, nanoseconds: boolean) =>
  (packets: readonly Packet[]): Buffer => {
    const u32 = (...values: number[]): Buffer => {
      const out = Buffer.alloc(values.length * 4);
      for (const [i, value] of values.entries()) out[little ? "writeUInt32LE" : "writeUInt32BE"](value, i * 4);
      return out;
    };
    const u16 = (...values: number[]): Buffer => {
      const out = Buffer.alloc(values.length * 2);
      for (const [i, value] of values.entries()) out[little ? "writeUInt16LE" : "writeUInt16BE"](value, i * 2);
      return out;
    };
    const resolution = Buffer.concat([u16(9, 1), Buffer.from([9, 0, 0, 0]), u16(0, 0)]);
    const section = Buffer.concat([u32(0x1a2b3c4d), u16(1, 0), Buffer.alloc(8, 0xff)]);
    const device = Buffer.concat([u16(253, 0), u32(0), nanoseconds ? resolution : Buffer.alloc(0)]);
    const blocks = packets.map((packet) => {
      const record = Buffer.from(pcapRecord(packet)).subarray(16);
      const time = nanoseconds ? (packet.time ?? 0n) : (packet.time ?? 0n) / 1000n;
      const head = u32(0, Number(time >> 32n), Number(time & 0xffffffffn), record.length, record.length);
      // An option behind the packet: a comment.
      const comment = Buffer.concat([u16(1, 3), Buffer.from("hi!\0"), u16(0, 0)]);
      return block(6, Buffer.concat([head, record, Buffer.alloc(-record.length & 3), comment]), little);
    });
    return Buffer.concat([block(0x0a0d0d0a, section, little), block(1, device, little), ...blocks]);
  };

/** A pcap file of microseconds: what tcpdump writes. */
const pcapMicro =
  (little: boolean) =>
  (packets: readonly Packet[]): Buffer => {
    const order = little ? "little" : "big";
    const head = Buffer.from(pcapHeader(order));
    head[little ? "writeUInt32LE" : "writeUInt32BE"](0xa1b2c3d4, 0);
    const records = packets.map((packet) => {
      const record = Buffer.from(pcapRecord(packet, order));
      const micro = Number(((packet.time ?? 0n) % 1_000_000_000n) / 1000n);
      record[little ? "writeUInt32LE" : "writeUInt32BE"](micro, 4);
      return record;
    });
    return Buffer.concat([head, ...records]);
  };
const pcapNano =
  (order: "little" | "big") =>
  (packets: readonly Packet[]): Buffer =>
    Buffer.concat([pcapHeader(order), ...packets.map((packet) => pcapRecord(packet, order))]);

/** Only what is a message to its last byte: a file of messages has no other. */
const isWhole = ({ bytes }: Packet): boolean =>
  bytes.length >= 16 && Buffer.from(bytes).readUInt32LE(0) === bytes.length && bytes.length % 4 === 0;

const NANO = 1n;
const MICRO = 1000n;
const SAID = { direction: true, protocol: true } as const;
export const FORMS: readonly Form[] = [
  { name: "hex", format: "hex", keeps: {}, write: text(({ bytes }) => `${octets(bytes).join("")}\n`) },
  {
    name: "hex, spaced",
    format: "hex",
    keeps: {},
    write: text(
      ({ bytes }) =>
        `${rows(bytes)
          .map(({ row }) => row.join(" "))
          .join("\n")}\n`,
    ),
  },
  { name: "hex, colons", format: "hex", keeps: {}, write: text(({ bytes }) => `${octets(bytes).join(":")}\n`) },
  {
    name: "hex, upper case",
    format: "hex",
    keeps: {},
    write: text(({ bytes }) => `${octets(bytes).join(" ").toUpperCase()}\n`),
  },
  {
    name: "hex, \\x",
    format: "hex",
    keeps: {},
    write: text(
      ({ bytes }) =>
        `${octets(bytes)
          .map((o) => `\\x${o}`)
          .join("")}\n`,
    ),
  },
  {
    name: "hex, 0x and commas",
    format: "hex",
    keeps: {},
    write: text(
      ({ bytes }) =>
        `${octets(bytes)
          .map((o) => `0x${o}`)
          .join(", ")}\n`,
    ),
  },
  { name: "xxd", format: "hexdump", keeps: {}, write: text(xxd) },
  { name: "hexdump -C", format: "hexdump", keeps: {}, write: text(canonical) },
  { name: "od -Ax -tx1", format: "hexdump", keeps: {}, write: text(od) },
  { name: "tcpdump -x", format: "hexdump", keeps: {}, write: text(tcpdump) },
  { name: "Wireshark's bytes", format: "hexdump", keeps: {}, write: text(wireshark) },
  {
    name: "annotated",
    format: "annotated",
    keeps: SAID,
    write: text((packet) => annotatedText(packet, explain(packet.bytes, { types: registryOf(packet.protocol) }))),
  },
  {
    name: "base64",
    format: "base64",
    keeps: {},
    write: text(({ bytes }) => `${Buffer.from(bytes).toString("base64")}\n`),
  },
  {
    name: "base64, folded, of URLs",
    format: "base64",
    keeps: {},
    write: text(
      ({ bytes }) =>
        `${Buffer.from(bytes)
          .toString("base64url")
          .replace(/(.{76})(?=.)/g, "$1\n")}\n`,
    ),
  },
  ...LANGUAGES.filter((language) => language !== "hex").map((language) => ({
    name: `emitted ${language}`,
    format: "array" as const,
    keeps: { direction: true as const, protocol: true as const },
    write: text((packet, i) =>
      emitted(language, packet, i, `${packet.direction} ${packet.protocol} a /packet's [comment]`),
    ),
  })),
  {
    name: "a list of decimals",
    format: "array",
    keeps: {},
    write: text(({ bytes }) => `x = [${[...bytes].join(", ")}];\n`),
  },
  {
    name: "vec! of u8",
    format: "array",
    keeps: {},
    write: text(({ bytes }) => `let x = vec![${[...bytes].map((b) => `${b}u8`).join(",")}];\n`),
  },
  {
    name: "xxd -i",
    format: "array",
    keeps: {},
    write: text(({ bytes }, i) => {
      const lines = rows(bytes, 12).map(({ row }) => `  ${row.map((o) => `0x${o}`).join(", ")}`);
      return `unsigned char x${i}[] = {\n${lines.join(",\n")}\n};\nunsigned int x${i}_len = ${bytes.length};\n`;
    }),
  },
  {
    name: "a byte string",
    format: "array",
    keeps: {},
    write: text(
      ({ bytes }, i) =>
        `x${i} = b"${octets(bytes)
          .map((o) => `\\x${o}`)
          .join("")}"\n`,
    ),
  },
  {
    name: "a C string over several lines",
    format: "array",
    keeps: {},
    write: text(({ bytes }) => {
      const lines = rows(bytes).map(({ row }) => `  "${row.map((o) => `\\x${o}`).join("")}"`);
      return `char x[] =\n${lines.join("\n")};\n`;
    }),
  },
  {
    name: "Python's repr",
    format: "array",
    keeps: {},
    write: text(({ bytes }, i) => {
      const quoted = octets(bytes).map((o) => {
        const c = String.fromCharCode(Number.parseInt(o, 16));
        return /[ -~]/.test(c) ? (/['\\]/.test(c) ? `\\${c}` : c) : `\\x${o}`;
      });
      return `x${i} = b'${quoted.join("")}'\n`;
    }),
  },
  {
    name: "fromhex()",
    format: "array",
    keeps: {},
    write: text(({ bytes }, i) => `x${i} = bytes.fromhex("${octets(bytes).join("")}")\n`),
  },
  { name: "pcap, ns, little", format: "pcap", keeps: { ...SAID, time: NANO }, write: pcapNano("little") },
  { name: "pcap, ns, big", format: "pcap", keeps: { ...SAID, time: NANO }, write: pcapNano("big") },
  { name: "pcap, µs, little", format: "pcap", keeps: { ...SAID, time: MICRO }, write: pcapMicro(true) },
  { name: "pcap, µs, big", format: "pcap", keeps: { ...SAID, time: MICRO }, write: pcapMicro(false) },
  { name: "pcapng, ns, little", format: "pcapng", keeps: { ...SAID, time: NANO }, write: pcapng(true, true) },
  { name: "pcapng, µs, big", format: "pcapng", keeps: { ...SAID, time: MICRO }, write: pcapng(false, false) },
  { name: "strace", format: "strace", keeps: SAID, write: strace },
  { name: "strace -f -ttt -yy", format: "strace", keeps: { ...SAID, time: MICRO }, write: straceTimed },
  {
    name: "rtmon",
    format: "rtmon",
    keeps: {},
    write: (packets) => Buffer.concat(packets.map(({ bytes }) => bytes)),
    holds: isWhole,
  },
];
