// How much is said to the kernel, counted by strace, and that docs/network-messages.md says so.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Count, countSteps, dockerCounts, type Step, tableOf } from "../../scripts/message-count.ts";
import { live } from "../support/live.ts";

const doc = readFileSync("docs/network-messages.md", "utf8");

live("counted by strace", () => {
  let counts: Map<Step, Count>;
  beforeAll(async () => {
    counts = await countSteps(`count-${process.pid}`);
  });
  const sends = (step: Step): number => counts.get(step)?.sends ?? Number.NaN;

  test("at most 12 datagrams make a network", () => {
    expect(sends("create")).toBeLessThanOrEqual(12);
    expect(sends("create a second network")).toBeLessThanOrEqual(12);
  });
  test("at most 10 connect an endpoint with IPv4 and IPv6", () => {
    expect(sends("connect, wait: 0")).toBeLessThanOrEqual(8);
    // Two looks more; one again for each that came too early.
    expect(sends("connect")).toBeGreaterThanOrEqual(sends("connect, wait: 0") + 2);
    expect(sends("connect")).toBeLessThanOrEqual(12);
  });
  test("the page says the same", () => {
    const line = (table: string, step: string): string | undefined =>
      table.split("\n").find((one) => one.startsWith(`| ${step} |`));
    const table = tableOf(counts, dockerCounts());
    for (const step of counts.keys()) {
      // What waits may have had to look again.
      if (step !== "connect" && step !== "connect with a published port")
        expect(line(doc, step)).toBe(line(table, step));
    }
  });
});

describe("the page", () => {
  const range = (letter: string, from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => `${letter}${from + i}`);
  const rows = [
    ...range("P", 1, 6),
    ...["N0a", "N0b", "N0c", "N0d"],
    ...range("N", 1, 16),
    ...range("E", 1, 11),
    ...range("S", 0, 23),
    ...range("C", 1, 3),
    ...range("L", 1, 6),
    ...range("D", 1, 2),
    ...range("R", 1, 4),
    ...range("F", 1, 16),
    "X1",
  ];
  test("has every row of the checklist once", () => {
    const found = [...doc.matchAll(/^\| ([A-Z]\d+[a-d]?) \|/gm)].map(([, row]) => row);
    expect([...found].sort()).toEqual([...rows].sort());
  });
  test("and what Docker's library says, as it was recorded", () => {
    expect(Object.fromEntries(dockerCounts())).toEqual({ create: 11, connect: 29, disconnect: 6, delete: 2 });
  });
});
