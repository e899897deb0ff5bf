// Turns recordings ({name, command, protocol, exchanges: [{request, replies}]} in hex) into annotated fixtures.
//   npm run import-golden -- RECORDINGS/iproute2.json iproute2 [RECORDINGS/other.json other]…
// Requests and short replies are annotated, and the first long reply of each sort; the others stand as hex lines in bulk.hex.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { decodeMessages } from "../src/attrs/decode.ts";
import { route } from "../src/attrs/route/messages.ts";
import type { AnnotatedDatagram } from "../src/capture/index.ts";
import { formatGolden } from "../src/testing/golden.ts";

interface Recording {
  readonly name: string;
  readonly command?: string;
  readonly label?: string;
  readonly protocol: string;
  readonly failed?: boolean;
  readonly error?: string;
  readonly exchanges?: readonly { readonly request: string; readonly replies: readonly string[] }[];
  readonly requests?: readonly string[];
  readonly replies?: readonly string[];
}
/**
 * Recordings that ran on: which of their exchanges, counted from 0, begin another command, and which command that was. Each becomes an
 * item of its own, so that every fixture holds the exchanges of its command alone.
 */
const RAN_ON: Readonly<
  Record<string, readonly { readonly from: number; readonly name: string; readonly command: string }[]>
> = {
  "addr-show-v6": [
    { from: 4, name: "addr-add-second", command: "ip addr add 10.1.2.4/24 dev br0" },
    { from: 6, name: "link-set-up-again", command: "ip link set br0 up" },
  ],
};
const SHORT = 256;
const LONGEST = 2400;

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const typesIn = (bytes: Uint8Array): number[] => decodeMessages(bytes, { protocol: 1 }).map((m) => m.type);
const covered = (hex: string): boolean => typesIn(bytesOf(hex)).every((type) => type < 16 || route.byType.has(type));

/** Long replies that teach the same: same messages, same kinds. */
const sortOf = (bytes: Uint8Array): string =>
  decodeMessages(bytes)
    .map((m) => [m.name, "attrs" in m && "linkinfo" in m.attrs ? m.attrs.linkinfo?.kind : ""].join(":"))
    .join(" ");

/** Each request, then the replies that carry its nlmsg_seq. */
const inOrder = (
  requests: readonly string[],
  replies: readonly string[],
): (readonly [hex: string, direction: ">" | "<"])[] => {
  const seqOf = (hex: string): string => hex.slice(16, 24);
  const out = requests.flatMap((request) => [
    [request, ">"] as const,
    ...replies.filter((r) => requests.length === 1 || seqOf(r) === seqOf(request)).map((r) => [r, "<"] as const),
  ]);
  if (out.length !== requests.length + replies.length) throw new Error("a reply answers no request");
  return out;
};

/** One item a command. */
const apart = (item: Recording): Recording[] => {
  const others = RAN_ON[item.name] ?? [];
  const { exchanges } = item;
  if (exchanges === undefined || others.length === 0) return [item];
  const parts = [{ from: 0, name: item.name }, ...others];
  return parts.map((part, i) => ({ ...item, ...part, exchanges: exchanges.slice(part.from, parts[i + 1]?.from) }));
};

const seen = new Set<string>();
const importFile = (file: string, folder: string): object[] => {
  const items = (JSON.parse(readFileSync(file, "utf8")) as Recording[]).flatMap(apart);
  const bulk: string[] = [];
  rmSync(`fixtures/${folder}`, { recursive: true, force: true });
  mkdirSync(`fixtures/${folder}`, { recursive: true });
  const place = (hex: string, direction: ">" | "<"): AnnotatedDatagram => {
    const bytes = bytesOf(hex);
    const base = { direction, protocol: "NETLINK_ROUTE", comments: [], bytes };
    if (direction === ">" || bytes.length <= SHORT) return base;
    const sort = sortOf(bytes);
    if (bytes.length <= LONGEST && !seen.has(sort)) {
      seen.add(sort);
      return base;
    }
    const known = bulk.indexOf(hex);
    return { ...base, reference: `bulk.hex:${known >= 0 ? known + 1 : bulk.push(hex)}` };
  };
  const manifest = items.flatMap((item) => {
    const flat =
      item.exchanges?.flatMap((e) => inOrder([e.request], e.replies)) ??
      inOrder(item.requests ?? [], item.replies ?? []);
    const used = flat.filter(([hex]) => hex !== "");
    if (item.protocol !== "NETLINK_ROUTE" || used.length === 0 || !used.every(([hex]) => covered(hex))) return [];
    const command = item.command ?? item.label ?? item.name;
    const datagrams = used.map(([hex, direction]) => place(hex, direction));
    writeFileSync(`fixtures/${folder}/${item.name}.txt`, formatGolden({ comments: [command], datagrams }));
    const refused = item.failed === true || item.error !== undefined;
    return [{ file: `${folder}/${item.name}.txt`, command, ...(refused ? { refused } : {}) }];
  });
  writeFileSync(`fixtures/${folder}/bulk.hex`, `${bulk.join("\n")}\n`);
  return manifest;
};

const args = process.argv.slice(2);
const manifest = [];
for (let i = 0; i + 1 < args.length; i += 2) manifest.push(...importFile(args[i] as string, args[i + 1] as string));
writeFileSync("fixtures/manifest.json", `${JSON.stringify(manifest, null, 1)}\n`);
console.log(`${manifest.length} items`);
