// Recorded messages, damaged in every place: nothing but a DecodeError is thrown, nothing is lost, and one fault costs one attribute.
import { describe, expect, test } from "vitest";
import { decodeMessages, encodeMessages, explain, type Registry, route } from "../../src/index.ts";
import { type FixtureMessage, hex, items, messages } from "../support/fixtures.ts";
import { expectOneFaultCostsOne, failuresWith } from "./damage.ts";
import { attributesOf, cuts, flips, oneOfEachKind } from "./mutations.ts";

const types = route as unknown as Registry;
const failures = failuresWith(types);

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

/** What decides another attribute's layout: with it the other goes. */
const DECIDES: { readonly [property: string]: string } = {
  "linkinfo.kind": "linkinfo.data",
  "linkinfo.slaveKind": "linkinfo.slaveData",
};
/** Of disciplines, filters and their actions it is the options. */
const decides = (property: string): string | undefined =>
  DECIDES[property] ?? (/(^|\.)kind$/.test(property) ? property.replace(/kind$/, "options") : undefined);

describe("one bad attribute leaves all the others decoded", () => {
  test.each(victims)("%s", (_title, bytes) => {
    expectOneFaultCostsOne(bytes, types, decides);
  });
});
