// Shows datagrams to tshark, as a capture of the kernel's nlmon device would hold them.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withDirectory } from "./temporary.ts";

/** A JSON object in its order, keys repeated: tshark writes the second of two equal attributes under the same key. */
export type Tree = readonly (readonly [key: string, value: string | Tree])[];

const LINKTYPE_NETLINK = 253;
const ARPHRD_NETLINK = 824;

/** A pcap file, big-endian like the "cooked" header of each packet: packet type, ARPHRD, address length, address, protocol. */
export const pcapOf = (datagrams: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(0xa1b2c3d4, 0);
  head.writeUInt16BE(2, 4);
  head.writeUInt16BE(4, 6);
  head.writeUInt32BE(1 << 18, 16);
  head.writeUInt32BE(LINKTYPE_NETLINK, 20);
  const packets = datagrams.flatMap((bytes) => {
    const record = Buffer.alloc(16);
    record.writeUInt32BE(16 + bytes.length, 8);
    record.writeUInt32BE(16 + bytes.length, 12);
    const cooked = Buffer.alloc(16);
    cooked.writeUInt16BE(ARPHRD_NETLINK, 2);
    return [record, cooked, bytes];
  });
  return Buffer.concat([head, ...packets]);
};

/** JSON.parse keeps one of two equal keys, so each key gets a number first. tshark writes at most one key a line. */
export const parseRepeated = (json: string): Tree => {
  let n = 0;
  const numbered = json.replace(/^(\s*"(?:[^"\\]|\\.)*)":/gm, (_, key: string) => `${key}#${n++}":`);
  const pairs = (object: object): Tree =>
    Object.entries(object).map(([key, value]) => [
      key.replace(/#\d+$/, ""),
      typeof value === "object" && value !== null ? pairs(value) : String(value),
    ]);
  return pairs(JSON.parse(numbered));
};

/** The first value of a key. */
export const at = (tree: Tree, key: string): string | Tree | undefined => tree.find(([k]) => k === key)?.[1];
/** A subtree; empty when there is none. */
export const treeAt = (tree: Tree, key: string): Tree => {
  const found = at(tree, key);
  return found === undefined || typeof found === "string" ? [] : found;
};

/** The messages that tshark sees in each datagram. */
export const tsharked = (datagrams: readonly Uint8Array[]): Tree[][] =>
  withDirectory((directory) => {
    const file = join(directory, "datagrams.pcap");
    writeFileSync(file, pcapOf(datagrams));
    // A home of its own: no preferences of whoever runs the tests.
    const env = { ...process.env, HOME: directory, XDG_CONFIG_HOME: directory };
    const run = spawnSync("tshark", ["-n", "-r", file, "-T", "json"], { encoding: "utf8", maxBuffer: 1 << 28, env });
    if (run.status !== 0) throw new Error(`tshark: ${run.error?.message ?? run.stderr}`);
    return parseRepeated(run.stdout).map(([, packet]) => {
      const layers = treeAt(treeAt(packet as Tree, "_source"), "layers");
      return layers.flatMap(([key, layer]) => (key === "frame" || key === "netlink" ? [] : [layer as Tree]));
    });
  });
