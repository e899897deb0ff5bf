// Turns recordings ({name, command, protocol, exchanges: [{request, replies}]} in hex) into annotated fixtures.
//   npm run import-golden -- RECORDINGS/iproute2.json iproute2 [RECORDINGS/other.json other]…
// Items that are there already stay as they are, but for those of the same name, which are replaced. Requests and short replies are
// annotated, and the first long reply of each sort; the others stand as hex lines in bulk.hex.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { decodeMessages } from "../src/attrs/decode.ts";
import { registryOf } from "../src/attrs/protocols.ts";
import type { AnnotatedDatagram } from "../src/capture/index.ts";
import type { Registry } from "../src/codec/registry.ts";
import { formatGolden, parseGolden } from "../src/testing/golden.ts";
import { type Recording, readRecording } from "./recording.ts";

/** A line of manifest.json. */
interface Listed {
  readonly file: string;
  readonly command: string;
  readonly refused?: boolean;
}
/** An item with its datagrams; `bulky`: which of them stand in bulk.hex. */
interface Item extends Listed {
  readonly comments: readonly string[];
  readonly datagrams: readonly (AnnotatedDatagram & { readonly bulky: boolean })[];
}

const ROOT = "fixtures";
const MANIFEST = `${ROOT}/manifest.json`;
const USAGE = "usage: npm run import-golden -- RECORDING.json FOLDER [RECORDING.json FOLDER]…";
const SHORT = 256;
const LONGEST = 2400;

const fail = (why: string): never => {
  console.error(why);
  process.exit(2);
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const folderOf = (file: string): string => file.replace(/\/[^/]*$/, "");

/** Long replies that teach the same: same messages, same kinds. */
const sortOf = (bytes: Uint8Array, protocol: string): string =>
  decodeMessages(bytes, { protocol })
    .map((m) => [m.name, "attrs" in m && "linkinfo" in m.attrs ? m.attrs.linkinfo?.kind : ""].join(":"))
    .join(" ");
const isLong = (direction: ">" | "<", bytes: Uint8Array): boolean => direction === "<" && bytes.length > SHORT;

/** An item that is there, its bytes in place. */
const load = (listed: Listed): Item => {
  const bulk = `${ROOT}/${folderOf(listed.file)}/bulk.hex`;
  const lines = existsSync(bulk) ? readFileSync(bulk, "utf8").split("\n") : [];
  const lineOf = (reference: string): Uint8Array =>
    Buffer.from(lines[Number(reference.split(":")[1]) - 1] ?? "", "hex");
  const { comments, datagrams } = parseGolden(readFileSync(`${ROOT}/${listed.file}`, "utf8"), lineOf);
  return {
    ...listed,
    comments,
    datagrams: (datagrams as AnnotatedDatagram[]).map((one) => ({ ...one, bulky: one.reference !== undefined })),
  };
};

/** Which long replies are annotated somewhere. */
const seen = new Set<string>();
const isBulky = (direction: ">" | "<", bytes: Uint8Array, protocol: string): boolean => {
  if (!isLong(direction, bytes)) return false;
  const sort = sortOf(bytes, protocol);
  if (bytes.length > LONGEST || seen.has(sort)) return true;
  seen.add(sort);
  return false;
};

const covered = (bytes: Uint8Array, types: Registry): boolean =>
  decodeMessages(bytes, { protocol: 1 }).every(
    ({ type }) => type < 16 || types.byType.has(type) || types.fallback !== undefined,
  );

/** A recorded item; undefined: it has no datagrams, or a message that no table reads. */
const made = (recording: Recording, folder: string): Item | undefined => {
  const { name, command, protocol, refused, datagrams } = recording;
  const types = registryOf(protocol);
  if (types === undefined || datagrams.length === 0) return undefined;
  if (!datagrams.every(({ bytes }) => covered(bytes, types))) return undefined;
  return {
    file: `${folder}/${name}.txt`,
    command,
    ...(refused ? { refused } : {}),
    comments: [command],
    datagrams: datagrams.map(({ direction, bytes }) => {
      return { direction, protocol, comments: [], bytes, bulky: isBulky(direction, bytes, protocol) };
    }),
  };
};

/** Writes a folder: its items, in order, and their long replies. */
const write = (folder: string, items: readonly Item[]): void => {
  const bulk: string[] = [];
  mkdirSync(`${ROOT}/${folder}`, { recursive: true });
  for (const { file, comments, datagrams } of items) {
    const placed = datagrams.map(({ bulky, reference: _, ...one }): AnnotatedDatagram => {
      if (!bulky) return one;
      const hex = hexOf(one.bytes);
      const known = bulk.indexOf(hex);
      return { ...one, reference: `bulk.hex:${known >= 0 ? known + 1 : bulk.push(hex)}` };
    });
    writeFileSync(`${ROOT}/${file}`, formatGolden({ comments, datagrams: placed }));
  }
  if (bulk.length > 0) writeFileSync(`${ROOT}/${folder}/bulk.hex`, `${bulk.join("\n")}\n`);
  else rmSync(`${ROOT}/${folder}/bulk.hex`, { force: true });
};

// Everything is read, and refused, before the first byte is written.
const args = process.argv.slice(2);
if (args.length === 0 || args.length % 2 !== 0) fail(USAGE);
const sources = args.flatMap((file, i) => (i % 2 === 0 ? [{ file, folder: args[i + 1] as string }] : []));
for (const { folder } of sources) {
  if (!/^\w[\w.-]*$/.test(folder) || folder === "uapi")
    fail(`"${folder}" is no folder for fixtures: a name, without "/"`);
}
const listed: readonly Listed[] = existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST, "utf8")) : [];
const recordings = sources.flatMap(({ file, folder }) => {
  try {
    return readRecording(readFileSync(file, "utf8")).map((recording) => ({ recording, folder }));
  } catch (error) {
    return fail(`${file}: ${(error as Error).message}`);
  }
});
const named = new Set(recordings.map(({ recording, folder }) => `${folder}/${recording.name}.txt`));
const before = listed.map(load);
for (const { file, datagrams } of before) {
  if (named.has(file)) continue;
  for (const { direction, protocol, bytes, bulky } of datagrams) {
    if (isLong(direction, bytes) && !bulky) seen.add(sortOf(bytes, protocol));
  }
}
const all = new Map(before.map((item) => [item.file, item]));
let fresh = 0;
let leftOut = 0;
for (const { recording, folder } of recordings) {
  const item = made(recording, folder);
  if (item === undefined) leftOut++;
  else {
    if (!all.has(item.file)) fresh++;
    all.set(item.file, item);
  }
}
for (const folder of new Set(sources.map((source) => source.folder))) {
  write(
    folder,
    [...all.values()].filter(({ file }) => folderOf(file) === folder),
  );
}
const manifest = [...all.values()].map(({ comments: _, datagrams: __, ...line }) => line);
writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 1)}\n`);
const replaced = recordings.length - leftOut - fresh;
console.log(`${all.size} items: ${fresh} new, ${replaced} replaced, ${all.size - fresh - replaced} as they were`);
if (leftOut > 0) console.log(`${leftOut} left out: a message that no table reads, or no datagrams`);
