// The generated readers: what `npm run generate` writes, and equal to the tables on everything.
import { deepStrictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RTM_ADDR, RTM_LINK, RTM_NEIGH, RTM_NSID, RTM_ROUTE } from "../src/attrs/route/message-numbers.ts";
import { eachAttribute } from "../src/codec/attribute.ts";
import { align4, type ReadOptions, readerOf } from "../src/codec/bytes.ts";
import { type AnyInput, decodeWith, encodeWith } from "../src/codec/message.ts";
import { type MessageType, type Registry, registry } from "../src/codec/registry.ts";
import {
  type Attrs,
  attrs,
  type Body,
  type Choice,
  DecodeError,
  extendRegistry,
  linkKinds,
  route,
  string,
  u32,
} from "../src/index.ts";
import { arbitraryMessage } from "../src/testing/arbitrary.ts";
import { items, messages } from "./support/fixtures.ts";

/** Ordinary runs stay quick; `npm run test:long` holds the readers against 100,000 arbitraries. */
const RUNS = process.env["NLKIT_LONG"] === "1" ? 100_000 : 1000;
const TIMEOUT = RUNS > 1000 ? 1_200_000 : 30_000;

/** Those of NETLINK_ROUTE that are many in a dump. */
const all = ([...route.byType.values()] as MessageType[]).filter(({ fast }) => fast !== undefined);
const fast: Registry = registry("NETLINK_ROUTE", 0, all);
const withoutFast = (types: Registry): Registry => ({
  ...registry(
    types.name,
    types.protocol,
    [...types.byType.values()].map((m) => ({ ...m, fast: undefined })),
  ),
  extensions: types.extensions,
});
const slow = withoutFast(fast);
const recorded = messages().filter(({ type, protocol }) => protocol === "NETLINK_ROUTE" && fast.byType.has(type));

/** What decoding gives, or what it throws. */
const outcome = (types: Registry, bytes: Uint8Array, options: ReadOptions): unknown => {
  try {
    return decodeWith(types, bytes, options);
  } catch (error) {
    if (error instanceof DecodeError) return { thrown: error.message, ...error };
    throw error;
  }
};

/** Equal, and with the keys in the same order, which is what JSON and console.log show. */
const same = (bytes: Uint8Array, options: ReadOptions = {}, quick: Registry = fast, tables: Registry = slow): void => {
  const expected = outcome(tables, bytes, options);
  const found = outcome(quick, bytes, options);
  // node:assert: expect() costs ten times as much, and this runs 100,000 times.
  deepStrictEqual(found, expected);
  deepStrictEqual(keys(found), keys(expected));
};
const keys = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !ArrayBuffer.isView(value)
    ? Object.entries(value).map(([k, v]) => [k, keys(v)])
    : typeof value;

const bodyOf = (type: number): Body => route.byType.get(type)?.body as unknown as Body;
/** The properties of every message's own table. */
const names = [...new Set(all.flatMap(({ body }) => (body as unknown as Body).attrs.fields.map((f) => f.name)))];

/** One way of decoding that readers and tables have to agree on. */
const options: fc.Arbitrary<ReadOptions> = fc.oneof(
  fc.constant({}),
  fc.constant({ strict: true }),
  fc.constant({ byteOrder: "big" as const }),
  fc.record({
    fields: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 6 }),
    strict: fc.boolean(),
  }),
);

test("generating again changes nothing", () => {
  const before = mkdtempSync(join(tmpdir(), "nlkit-generated-"));
  try {
    cpSync("src/attrs/generated", before, { recursive: true });
    const { status, stderr } = spawnSync("node", ["scripts/run.mjs", "scripts/generate.ts"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const files = readdirSync("src/attrs/generated");
    expect(files).toEqual(readdirSync(before));
    for (const file of files) {
      expect(readFileSync(join("src/attrs/generated", file), "utf8"), file).toBe(
        readFileSync(join(before, file), "utf8"),
      );
    }
  } finally {
    rmSync(before, { recursive: true });
  }
});

test("links, addresses, routes, neighbours and namespace ids have one", () => {
  const numbers = [RTM_LINK, RTM_ADDR, RTM_ROUTE, RTM_NEIGH, RTM_NSID].flatMap((types) => Object.keys(types));
  expect(all.map(({ name }) => name).sort()).toEqual(numbers.sort());
});

describe(`${recorded.length} recorded messages`, () => {
  test("equal the interpreter", () => {
    expect(recorded.length).toBeGreaterThan(500);
    for (const { bytes } of recorded) {
      same(bytes);
      same(bytes, { strict: true });
      same(bytes, { byteOrder: "big" });
      same(bytes, { fields: ["ifname", "afSpec", "dst", "table", "lladdr", "multipath", "linkinfo"] });
    }
  });
  test("equal the interpreter as the datagrams they came in", () => {
    for (const { datagrams } of items()) {
      for (const { bytes, protocol } of datagrams) if (protocol === "NETLINK_ROUTE") same(bytes);
    }
  });
  test("take the fast path, but for those that have an issue or a header cut short", () => {
    for (const { bytes, type, name } of recorded) {
      const [message] = decodeWith(slow, bytes);
      const read = fast.byType.get(type)?.fast?.(readerOf(bytes), 16, bytes.length, { header: {}, attrs: {} });
      const short = bytes.length < 16 + bodyOf(type).header.size;
      expect(read === false, name).toBe(message?.issues !== undefined || short);
    }
  });
  test("equal the interpreter when mutated", { timeout: TIMEOUT }, () => {
    const edits = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...recorded), edits, fc.nat(100), options, ({ bytes }, changes, cut, how) => {
        const copy = bytes.slice(0, bytes.length - (cut < 20 ? cut : 0));
        for (const [i, b] of changes) if (i < copy.length && i >= 16) copy[i] = b;
        same(copy, how);
      }),
      { numRuns: RUNS },
    );
  });
  test("equal the interpreter when attributes are repeated, moved or renumbered", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...recorded), fc.infiniteStream(fc.nat(0xffff)), options, ({ bytes }, dice, how) => {
        same(shuffled(bytes, dice), how);
      }),
      { numRuns: RUNS },
    );
  });
});

/** The body's attributes in another order, some of them twice, some under another type. */
const shuffled = (bytes: Uint8Array, dice: Iterator<number>): Uint8Array => {
  const roll = (sides: number): number => (dice.next().value as number) % sides;
  const from = Math.min(bytes.length, 16 + align4(bodyOf(bytes[4] as number).header.size));
  const r = readerOf(bytes);
  const parts: Uint8Array[] = [];
  const stop = eachAttribute(r, from, bytes.length, (_word, at, _end, next) => {
    const part = bytes.slice(at - 4, next);
    if (roll(8) === 0) part[2] = roll(72);
    if (roll(16) === 0) part[3] = [0, 0x40, 0x80][roll(3)] as number;
    parts.splice(roll(parts.length + 1), 0, part);
    if (roll(6) === 0) parts.push(part);
  });
  const out = Uint8Array.from([bytes.subarray(0, from), ...parts, bytes.subarray(stop)].flatMap((part) => [...part]));
  new DataView(out.buffer).setUint32(0, out.length, true);
  return out;
};

test("equal the interpreter on arbitraries", { timeout: TIMEOUT }, () => {
  fc.assert(
    fc.property(arbitraryMessage(fast), options, (message, how) => {
      same(encodeWith(fast, message as AnyInput<MessageType>), how);
      same(encodeWith(fast, message as AnyInput<MessageType>, { byteOrder: "big" }), { byteOrder: "big" });
    }),
    { numRuns: RUNS },
  );
});

describe("kinds that a caller added", () => {
  const mine = attrs<Mine>("MINE_", () => ({ one: [1, u32], two: [2, string] }));
  const added = extendRegistry(fast, linkKinds as Choice<never>, { mine, ifb: mine } as never);
  const linkOf = (linkinfo: object): Uint8Array =>
    encodeWith(added, { name: "RTM_NEWLINK", attrs: { ifname: "m0", linkinfo } } as unknown as AnyInput<MessageType>);

  test("are read by the tables, the others by the generated reader", () => {
    const [message] = decodeWith(added, linkOf({ kind: "mine", data: { mine: { one: 7 } } }));
    expect(message).toMatchObject({ attrs: { linkinfo: { data: { mine: { one: 7 } } } } });
    const bytes = linkOf({ kind: "bridge", data: { bridge: { ageingTime: 3000 } } });
    const r = readerOf(bytes, {}, added.extensions);
    expect(fast.byType.get(16)?.fast?.(r, 16, bytes.length, { header: {}, attrs: {} })).toBe(true);
  });
  test("equal the interpreter, strict or not", () => {
    const tables = withoutFast(added);
    for (const strict of [false, true]) {
      same(linkOf({ kind: "mine", data: { mine: { one: 7, two: "x" } } }), { strict }, added, tables);
      same(linkOf({ kind: "none", unknown: [{ word: 2, bytes: new Uint8Array(8) }] }), { strict }, added, tables);
      for (const { bytes } of recorded) same(bytes, { strict }, added, tables);
    }
  });
});

test("unknown kinds stay in wire order, whichever of them comes first", () => {
  const raw = (word: number, text: string) => ({ word, bytes: new TextEncoder().encode(text) });
  for (const words of [
    [1, 2, 4, 5],
    [4, 5, 1, 2],
    [5, 2, 4, 1],
    [2, 5, 9, 1],
    [2, 2, 5, 5],
  ]) {
    const unknown = words.map((word) => raw(word, word === 1 || word === 4 ? "none" : "data"));
    same(
      encodeWith(fast, { name: "RTM_NEWLINK", attrs: { linkinfo: { unknown } } } as unknown as AnyInput<MessageType>),
    );
  }
});

test("links inside links inside links: left to the tables, which know the bound", () => {
  let linkinfo: object = { kind: "veth", data: { veth: { peer: { attrs: { ifname: "last" } } } } };
  for (let depth = 0; depth < 10; depth++) {
    same(encodeWith(fast, { name: "RTM_NEWLINK", attrs: { linkinfo } } as unknown as AnyInput<MessageType>));
    linkinfo = { kind: "veth", data: { veth: { peer: { attrs: { linkinfo } } } } };
  }
});

interface Mine extends Attrs {
  one?: number | undefined;
  two?: string | undefined;
}
