// tshark's opinion on every recorded message: types, fixed members, attributes, and the values that it reads.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { explain, type Field } from "../../src/index.ts";
import { messages } from "../support/fixtures.ts";
import { type TsharkMessage, tsharkOf } from "./json.ts";
import { TSHARK_CANNOT_READ, TSHARK_NAMES, TSHARK_SHOWS_NO_ATTRIBUTES_OF } from "./lists.ts";

/** Each message once, with ours and theirs. */
const compared = (): { name: string; bytes: Uint8Array; ours: readonly Field[]; theirs: TsharkMessage }[] => {
  const unique = [...new Map(messages().map((m) => [Buffer.from(m.bytes).toString("hex"), m])).values()];
  const opinions = tsharkOf(unique.map(({ bytes }) => bytes));
  expect(opinions).toHaveLength(unique.length);
  return unique.map(({ name, bytes }, i) => ({
    name,
    bytes,
    ours: explain(bytes)[0]?.children ?? [],
    theirs: opinions[i] as TsharkMessage,
  }));
};
/** Numbers in decimal, whoever writes them; anything else is text. */
const normal = (value: unknown): string =>
  /^(0x[\da-f]+|-?\d+)$/i.test(String(value)) ? BigInt(String(value)).toString() : String(value);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset);
/** The leaves of an attribute, by C name. */
const leaves = (field: Field): Map<string, string> =>
  new Map(
    [field, ...field.children]
      .filter((f) => f.children.length === 0 && f.value !== undefined)
      .map((f) => [f.constant, normal(f.value)]),
  );

const installed = spawnSync("tshark", ["--version"]).status === 0;
const required = process.env["NLKIT_REQUIRE_ALL"] === "1";
if (!installed && !required) console.warn("skipped: tshark's opinion: it is not installed");

describe.skipIf(!installed && !required)("tshark", () => {
  const all = installed || required ? compared() : [];
  const requests = all.filter(({ theirs }) => theirs.type >= 16);

  test("message types and members of the fixed headers", () => {
    let count = 0;
    for (const { name, ours, theirs } of all) {
      const mine = new Map(ours.filter((f) => f.word === undefined).map((f) => [f.constant, normal(f.value)]));
      expect(String(theirs.type), name).toBe(mine.get("nlmsg_type"));
      for (const [theirName, text] of theirs.members) {
        // Behind a request that an ack echoes, tshark's names are the request's.
        const constant = TSHARK_NAMES.members[theirName];
        if (constant === undefined || !mine.has(constant)) continue;
        expect([name, constant, normal(text)]).toEqual([name, constant, mine.get(constant)]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(3000);
  });

  test("attributes: types and lengths", () => {
    const opaque = new Set<string>();
    let count = 0;
    for (const { name, bytes, ours, theirs } of requests) {
      const mine = ours.flatMap((f) =>
        f.word === undefined ? [] : [[f.word & 0x3fff, viewOf(bytes).getUint16(f.offset, true)].join(":")],
      );
      if (theirs.attributes.length === 0 && mine.length > 0) {
        opaque.add(ours.find((f) => f.constant === "nlmsg_type")?.text ?? "");
        continue;
      }
      expect([name, ...theirs.attributes.map(({ type, length }) => `${type}:${length}`).sort()]).toEqual([
        name,
        ...mine.sort(),
      ]);
      count += mine.length;
    }
    expect(count).toBeGreaterThan(5000);
    expect([...opaque].sort()).toEqual(TSHARK_SHOWS_NO_ATTRIBUTES_OF);
  });

  test("values, and what it cannot read", () => {
    const read = new Map<string, number>();
    const unread = new Set<string>();
    for (const { name, ours, theirs } of requests) {
      for (const field of ours.filter((f) => f.word !== undefined)) {
        const found = theirs.attributes.find(({ type }) => type === (Number(field.word) & 0x3fff));
        if (found === undefined) continue;
        if (found.values.length === 0) unread.add(field.constant);
        const mine = leaves(field);
        for (const [theirName, text] of found.values) {
          const constant = TSHARK_NAMES.values[theirName];
          // No silent skipping: a field that the list does not know fails here.
          expect([name, theirName, constant]).toEqual([name, theirName, expect.any(String)]);
          const own = constant === "" ? field.constant : (constant as string);
          expect([name, field.constant, theirName, normal(text)]).toEqual([
            name,
            field.constant,
            theirName,
            mine.get(own),
          ]);
          read.set(field.constant, (read.get(field.constant) ?? 0) + 1);
        }
      }
    }
    expect([...unread].filter((constant) => !read.has(constant)).sort()).toEqual([...TSHARK_CANNOT_READ]);
    expect([...read.values()].reduce((a, b) => a + b)).toBeGreaterThan(5000);
    expect(read.size).toBeGreaterThan(25);
  });
});
