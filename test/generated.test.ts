// The generated readers: what `npm run generate` writes, and equal to the tables on everything.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readerOf } from "../src/codec/bytes.ts";
import { type AnyInput, decodeWith, encodeWith } from "../src/codec/message.ts";
import { type MessageType, type Registry, registry } from "../src/codec/registry.ts";
import { route } from "../src/index.ts";
import { arbitraryMessage } from "../src/testing/arbitrary.ts";
import { messages } from "./support/fixtures.ts";

const all = [...route.byType.values()] as MessageType[];
const fast: Registry = registry(
  "NETLINK_ROUTE",
  0,
  all.filter((m) => m.fast !== undefined),
);
const slow: Registry = registry(
  "NETLINK_ROUTE",
  0,
  [...fast.byType.values()].map((m) => ({ ...m, fast: undefined })),
);
const recorded = messages().filter(({ type }) => fast.byType.has(type));

/** Equal, and with the keys in the same order, which is what JSON and console.log show. */
const same = (bytes: Uint8Array): void => {
  const expected = decodeWith(slow, bytes);
  const found = decodeWith(fast, bytes);
  expect(found).toStrictEqual(expected);
  expect(keys(found)).toEqual(keys(expected));
};
const keys = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !ArrayBuffer.isView(value)
    ? Object.entries(value).map(([k, v]) => [k, keys(v)])
    : typeof value;

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

describe(`${recorded.length} recorded messages`, () => {
  test("equal the interpreter", () => {
    expect(recorded.length).toBeGreaterThan(30);
    for (const { bytes } of recorded) same(bytes);
  });
  test("take the fast path, but for those that have an issue", () => {
    for (const { bytes, type, name } of recorded) {
      const [message] = decodeWith(slow, bytes);
      const read = fast.byType.get(type)?.fast?.(readerOf(bytes), 16, bytes.length);
      expect(read === undefined, name).toBe(message?.issues !== undefined || bytes.length < 28);
    }
  });
  test("equal the interpreter when mutated", () => {
    const edits = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...recorded), edits, fc.nat(100), ({ bytes }, changes, cut) => {
        const copy = bytes.slice(0, bytes.length - (cut < 20 ? cut : 0));
        for (const [i, b] of changes) if (i < copy.length && i >= 16) copy[i] = b;
        same(copy);
      }),
      { numRuns: 3000 },
    );
  });
});

test("equal the interpreter on arbitraries", () => {
  fc.assert(
    fc.property(arbitraryMessage(fast), (message) => same(encodeWith(fast, message as AnyInput<MessageType>))),
    { numRuns: 1000 },
  );
});
