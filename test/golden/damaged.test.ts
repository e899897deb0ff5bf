// Recorded messages, damaged in every place: nothing but a DecodeError is thrown, nothing is lost, and one fault costs one attribute.
import { describe, expect, test } from "vitest";
import { DecodeError, decodeMessages, encodeMessages, explain } from "../../src/index.ts";
import { type FixtureMessage, hex, items, messages } from "../support/fixtures.ts";
import { attributesOf, cuts, flips, hole, leavesOf, oneOfEachKind, unlike, withPayload, wordsOf } from "./mutations.ts";

/** What must hold of any bytes at all; undefined, or what does not. */
const broken = (bytes: Uint8Array): string | undefined => {
  try {
    decodeMessages(bytes);
    const again = encodeMessages(decodeMessages(bytes, { lossless: true }));
    if (unlike(bytes, again)) return `encoded again: ${hex(again)}`;
    const gap = hole(explain(bytes), 0, bytes.length);
    if (gap !== undefined) return `explain: ${gap}`;
  } catch (error) {
    return `thrown: ${(error as Error)?.stack ?? error}`;
  }
  try {
    decodeMessages(bytes, { strict: true });
  } catch (error) {
    if (!(error instanceof DecodeError)) return `strict: ${(error as Error)?.stack ?? error}`;
  }
  return undefined;
};

/** Many messages begin alike: the same bytes are tried once, whoever sent them. */
const tried = new Set<string>();

/** The first of these that do not do as they should, with the reason. */
const failures = (...mutants: Iterable<Uint8Array>[]): string[] => {
  const out: string[] = [];
  for (const bytes of mutants.flatMap((some) => [...some])) {
    const key = Buffer.from(bytes).toString("latin1");
    if (tried.has(key) || out.length === 3) continue;
    tried.add(key);
    const why = broken(bytes);
    if (why !== undefined) out.push(`${hex(bytes)}\n${why}`);
  }
  return out;
};

/** A message without nlmsg_seq and nlmsg_pid: requests repeat a lot, but for these. */
const meaning = ({ bytes }: FixtureMessage): string => hex(bytes.slice(0, 8)) + hex(bytes.slice(16));

const sent = messages().filter(({ direction }) => direction === ">");
const requests = [...new Map(sent.map((message) => [meaning(message), message])).values()];
const replies = oneOfEachKind(messages().filter(({ direction }) => direction === "<"));
const victims = [
  ...requests.map(({ name, bytes }) => [`request, ${bytes.length} bytes, ${name}`, bytes] as const),
  ...replies.map(({ name, bytes, kind }) => [`${kind}, ${bytes.length} bytes, ${name}`, bytes] as const),
];

test("there is enough to damage", () => {
  expect(requests.length).toBeGreaterThan(90);
  expect(replies.length).toBeGreaterThan(30);
});

describe("cut at every length, every byte flipped, every byte's lowest bit flipped", () => {
  test.each(victims)("%s", (_title, bytes) => {
    expect(failures(cuts(bytes), flips(bytes, 0xff), flips(bytes, 0x01))).toEqual([]);
  });

  test("whole datagrams, cut here and there", () => {
    for (const { bytes } of items().flatMap(({ datagrams }) => datagrams)) {
      expect(failures(cuts(bytes, Math.max(13, Math.floor(bytes.length / 7))))).toEqual([]);
    }
  });
});

/** What an edit of `mtu` changes beside the four bytes of its payload; undefined when these bytes hold no such link. */
const sideEffects = (bytes: Uint8Array): number[] | undefined => {
  const [link, second] = decodeMessages(bytes, { lossless: true });
  if (link?.name !== "RTM_NEWLINK" || second !== undefined || link.attrs.mtu === undefined) return undefined;
  const edited = encodeMessages([{ ...link, attrs: { ...link.attrs, mtu: 0x01020304 } }]);
  // Where damage makes two of it, the last one counts.
  const mtu = explain(bytes)[0]
    ?.children.filter(({ constant }) => constant === "IFLA_MTU")
    .at(-1);
  if (mtu === undefined) throw new Error("decoded, but not explained");
  const changed = [...Array(Math.max(bytes.length, edited.length)).keys()].filter((i) => bytes[i] !== edited[i]);
  return changed.filter((i) => i < mtu.offset + 4 || i >= mtu.offset + mtu.length);
};

/** Offset of ifinfomsg's one byte of padding. */
const PADDING = 17;

describe("an edit of a damaged link changes nothing else", () => {
  const links = replies.filter(({ kind }) => /^RTM_NEWLINK 0/.test(kind));
  test.each(links.map(({ name, kind, bytes }) => [`${kind}, ${name}`, bytes] as const))("%s", (_title, bytes) => {
    const [field] = attributesOf(bytes).flatMap(({ field: f }) => (f.property === "mtu" ? [f] : []));
    if (field === undefined) throw new Error("no IFLA_MTU");
    const bad = [...flips(bytes, 0xff)].flatMap((mutant, i) => {
      // The header's padding has a test of its own, below.
      if (i === PADDING) return [];
      const side = i >= field.offset && i < field.offset + field.length ? [] : (sideEffects(mutant) ?? []);
      return side.length === 0 ? [] : [`byte ${i}: ${side.length} others changed, first ${side[0]}`];
    });
    expect(bad).toEqual([]);
  });
});

/** The Go library sends what was in its memory between ndm_family and ndm_ifindex. */
test("padding inside a header outlives an edit of the attributes", () => {
  const sent = messages().find(({ name, type }) => name === "docker-library/neigh-list.txt" && type === 30);
  if (sent === undefined) throw new Error("no such request");
  const [request] = decodeMessages(sent.bytes, { lossless: true });
  if (request?.name !== "RTM_GETNEIGH") throw new Error("no RTM_GETNEIGH");
  const edited = encodeMessages([{ ...request, attrs: { ...request.attrs, master: 2 } }]);
  expect(hex(edited.slice(16, 28))).toBe(hex(sent.bytes.slice(16, 28)));
});

/** Nothing; too little for anything but a byte; a nest with too little for a header; one whose first attribute claims too much. */
const BAD = [[], [0xff], [0xff, 0xff, 1], [0xff, 0x7f, 1, 0, 9]].map((bytes) => Uint8Array.from(bytes));

/** What decides another attribute's layout: with it the other goes. */
const DECIDES: { readonly [property: string]: string } = {
  "linkinfo.kind": "linkinfo.data",
  "linkinfo.slaveKind": "linkinfo.slaveData",
};

describe("one bad attribute leaves all the others decoded", () => {
  test.each(victims)("%s", (_title, bytes) => {
    const whole = leavesOf(bytes);
    for (const { field, word } of attributesOf(bytes)) {
      const { property, constant } = field;
      const gone = [property, DECIDES[property] ?? property];
      const others = (leaves: ReadonlyMap<string, string>): string[] =>
        [...leaves].filter(([path]) => !gone.some((of) => isWithin(path, of))).map((leaf) => leaf.join(" = "));
      for (const payload of BAD) {
        const damaged = withPayload(bytes, field, payload);
        if (damaged === undefined) continue;
        const why = `${constant} is ${hex(payload)}: ${hex(damaged)}`;
        const left = leavesOf(damaged);
        expect(others(left), why).toEqual(others(whole));
        // Read, or kept as it is: never gone.
        const read = [...left.keys()].some((path) => isWithin(path, property));
        expect(read || wordsOf(damaged).includes(word), why).toBe(true);
        for (const { path } of decodeMessages(damaged)[0]?.issues ?? []) {
          expect(
            gone.some((of) => isWithin(path, of)),
            `${why}: ${path}`,
          ).toBe(true);
        }
      }
    }
  });
});

/** Is `path` this property, or inside it? */
function isWithin(path: string, property: string): boolean {
  return path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`);
}
