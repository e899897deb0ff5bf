// Waiting until a live table says what a fresh dump says.
import { expect } from "vitest";
import type { Rtnetlink, Watched } from "../../src/client/index.ts";

/** Counters and clocks run without events; so do the settings of IPv4 and IPv6. */
const RUNNING = new Set(["stats", "stats64", "cacheinfo", "afSpec", "fdbNLearned", "mcastNGroups", "mcastEhtHostsCnt"]);
const isRunning = (name: string): boolean => RUNNING.has(name) || name.endsWith("Timer");
const still = (name: string, value: unknown): unknown =>
  isRunning(name) ? undefined : typeof value === "bigint" ? `${value}n` : value;

/** Identity and state of each, in an order of its own; members in the order of their names. */
const texts = (messages: readonly { header: object; attrs: object }[]): string[] =>
  messages
    .map(({ header, attrs }) => JSON.stringify([header, Object.fromEntries(Object.entries(attrs).sort())], still))
    .sort();

/**
 * Waits until the watch has caught up with what the kernel says.
 * @throws AssertionError when that takes ten seconds
 */
export const settles = async <K extends keyof Watched>(
  table: { list(): Watched[K][] },
  dump: () => Promise<Watched[K][]>,
): Promise<void> => {
  const end = Date.now() + 10_000;
  for (;;) {
    const expected = texts(await dump());
    const found = texts(table.list());
    if (JSON.stringify(expected) === JSON.stringify(found)) return;
    if (Date.now() > end) expect(found).toEqual(expected);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** What a watch of routes holds. */
export const allRoutes = async ({ routes }: Rtnetlink): Promise<Watched["route"][]> => [
  ...(await routes.list({ family: 2 })),
  ...(await routes.list({ family: 10 })),
];
