// Runs tshark over single messages, and reads what it says of each from its JSON.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An attribute as tshark has it. */
export interface TsharkAttribute {
  /** nla_type without its flags. */
  readonly type: number;
  /** nla_len. */
  readonly length: number;
  /** What it read: last part of the field's name, and the text of the value. */
  readonly values: readonly (readonly [name: string, value: string])[];
}
/** A message as tshark has it. */
export interface TsharkMessage {
  readonly type: number;
  /** Members of nlmsghdr and of the fixed header: ifi_index, rt_scope. */
  readonly members: ReadonlyMap<string, string>;
  readonly attributes: readonly TsharkAttribute[];
}

const LINKTYPE_NETLINK = 253;
const ARPHRD_NETLINK = 824;

/** A pcap of one packet a message, each behind the 16-byte cooked header, which is big-endian. */
const pcapOf = (messages: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(0x40000, 16);
  head.writeUInt32LE(LINKTYPE_NETLINK, 20);
  const packets = messages.flatMap((message) => {
    const record = Buffer.alloc(32);
    record.writeUInt32LE(message.length + 16, 8);
    record.writeUInt32LE(message.length + 16, 12);
    record.writeUInt16BE(4, 16);
    record.writeUInt16BE(ARPHRD_NETLINK, 18);
    return [record, message];
  });
  return Buffer.concat([head, ...packets]);
};

type Json = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** --no-duplicate-keys makes arrays of what occurs twice under one name. */
const all = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const lastPart = (name: string): string => name.replace(/^netlink(-route)?\./, "");

const leavesOf = (value: Json): (readonly [string, string])[] =>
  Object.entries(value).flatMap(([name, inner]) =>
    all(inner).flatMap((one) =>
      isObject(one) ? leavesOf(one) : name.startsWith("netlink-route.") ? [[lastPart(name), String(one)] as const] : [],
    ),
  );

const attributeOf = (value: Json): TsharkAttribute => ({
  type: Number(value["netlink.attr_type"]) & 0x3fff,
  length: Number(value["netlink.attr_len"]),
  values: leavesOf(value).filter(([name]) => !name.endsWith("attr_type")),
});

const messageOf = ({ _source }: { readonly _source: { readonly layers: Json } }): TsharkMessage => {
  const { layers } = _source;
  const layer = (layers["netlink-route"] ?? layers["Netlink message"]) as Json;
  const headers = Object.entries(layer).filter(([name]) => name.startsWith("Netlink message header"));
  // Of an ack that echoes its request, the first header is the message's own.
  const header = all(headers[0]?.[1])[0] as Json;
  const members = new Map<string, string>();
  for (const [name, value] of [...Object.entries(header), ...Object.entries(layer)]) {
    if (typeof value === "string") members.set(lastPart(name), value);
  }
  const attributes = Object.values(layer)
    .flatMap(all)
    .filter((value): value is Json => isObject(value) && "netlink.attr_len" in value);
  return {
    type: Number(header["netlink-route.nltype"] ?? header["netlink.hdr_type"]),
    members,
    attributes: attributes.map(attributeOf),
  };
};

/** What tshark says of messages of NETLINK_ROUTE, in their order. */
export const tsharkOf = (messages: readonly Uint8Array[]): TsharkMessage[] => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-tshark-"));
  try {
    const file = join(folder, "messages.pcap");
    writeFileSync(file, pcapOf(messages));
    const text = execFileSync("tshark", ["-r", file, "-T", "json", "--no-duplicate-keys"], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (JSON.parse(text) as { _source: { layers: Json } }[]).map(messageOf);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
