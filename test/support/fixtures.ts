// The recorded exchanges in fixtures/: what real programs and the kernel said to each other.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseHex } from "../../src/capture/hex.ts";
import { parseGolden } from "../../src/testing/golden.ts";

/** Where they are. */
export const FIXTURES: string = resolve("fixtures");

/** A datagram of an item. */
export interface FixtureDatagram {
  /** ">" to the kernel, "<" from it. */
  readonly direction: ">" | "<";
  readonly protocol: string;
  /** All its bytes, wherever they are stored. */
  readonly bytes: Uint8Array;
  /** Set when they stand in a bulk file: "bulk.hex:3". */
  readonly reference?: string | undefined;
}
/** One command with all it sent and got. */
export interface FixtureItem {
  /** "iproute2/link-del.txt", below FIXTURES. */
  readonly file: string;
  /** What was run. */
  readonly command: string;
  /** The program ended with an error: the kernel refused it something, or it gave up by itself. */
  readonly refused?: boolean | undefined;
  readonly datagrams: readonly FixtureDatagram[];
}
/** One message of one datagram, without the padding behind it. */
export interface FixtureMessage {
  /** The item's file. */
  readonly name: string;
  /** nlmsg_type. */
  readonly type: number;
  readonly direction: ">" | "<";
  readonly protocol: string;
  readonly bytes: Uint8Array;
}

/** Bytes as hex digits: what a failed comparison shows best. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** The text of a file below FIXTURES. */
export const fixtureText = (file: string): string => readFileSync(join(FIXTURES, file), "utf8");

const bulks = new Map<string, string[]>();

/** The bytes that "bulk.hex:3" means in the folder of `file`: line 3, counted from 1. */
export const resolveIn =
  (file: string) =>
  (reference: string): Uint8Array => {
    const [name = "", number = ""] = reference.split(":");
    const path = file.replace(/[^/]*$/, name);
    const lines = bulks.get(path) ?? fixtureText(path).trimEnd().split("\n");
    bulks.set(path, lines);
    const [bytes] = parseHex(lines[Number(number) - 1] ?? "");
    if (bytes === undefined) throw new RangeError(`${file}: ${reference} points at nothing`);
    return bytes;
  };

const load = (): FixtureItem[] => {
  const listed = JSON.parse(fixtureText("manifest.json")) as Omit<FixtureItem, "datagrams">[];
  return listed.map((item) => ({
    ...item,
    datagrams: parseGolden(fixtureText(item.file), resolveIn(item.file)).datagrams,
  }));
};
let loaded: readonly FixtureItem[] | undefined;

/** Every item of the manifest, whatever its protocol. */
export const everyItem = (): readonly FixtureItem[] => {
  loaded ??= load();
  return loaded;
};
/** The items of one protocol. */
export const items = (protocol = "NETLINK_ROUTE"): readonly FixtureItem[] =>
  everyItem().filter(({ datagrams }) => datagrams.every((datagram) => datagram.protocol === protocol));

/** The messages of a datagram. Bytes that frame no message, as the zeros behind iproute2's dumps, are none. */
export const framed = (bytes: Uint8Array): Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Uint8Array[] = [];
  for (let at = 0; bytes.length - at >= 16; ) {
    const length = view.getUint32(at, true);
    if (length < 16 || length > bytes.length - at) break;
    out.push(bytes.slice(at, at + length));
    at += (length + 3) & ~3;
  }
  return out;
};

/** Every single message of every item of one protocol. */
export const messages = (protocol = "NETLINK_ROUTE"): FixtureMessage[] =>
  items(protocol).flatMap(({ file, datagrams }) =>
    datagrams.flatMap(({ direction, protocol, bytes }) =>
      framed(bytes).map((message) => ({ name: file, type: typeOf(message), direction, protocol, bytes: message })),
    ),
  );

const typeOf = (message: Uint8Array): number => (message[4] as number) | ((message[5] as number) << 8);

/** Every file below FIXTURES, with its size. */
export const fixtureFiles = (): { file: string; size: number }[] =>
  (readdirSync(FIXTURES, { recursive: true }) as string[])
    .map((file) => ({ file, stat: statSync(join(FIXTURES, file)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ file, stat }) => ({ file, size: stat.size }));
