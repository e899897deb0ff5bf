// Many requests, with faults all the time: what is counted adds up, and nothing grows. NLKIT_LONG=1: 100,000 of them.
import { getEventListeners, setMaxListeners } from "node:events";
import { readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type MessageInput, NLM_F, route } from "../../src/index.ts";
import { Connection, KernelError, NoAnswer, OutcomeUnknown, SystemError } from "../../src/socket/index.ts";
import { FakeKernel, type Fault, fakeTable } from "../../src/testing/index.ts";

const LONG = process.env["NLKIT_LONG"] === "1";
const REQUESTS = LONG ? 100_000 : 5000;
/** Waiting at the same time. */
const AT_ONCE = 50;
const TIMEOUT = 15;
const MEGABYTE = 2 ** 20;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const FAULTS: Fault[] = [
  { kind: "overrun" },
  { kind: "delay", ms: 3 },
  { kind: "truncate" },
  { kind: "interrupt" },
  { kind: "event" },
  { kind: "forge" },
  { kind: "half" },
  { kind: "lose", on: "ack" },
  { kind: "duplicate", on: "ack" },
  { kind: "reorder", on: "ack" },
  { kind: "wrongSeq", on: "ack" },
  { kind: "wrongPort", on: "ack" },
  { kind: "send", errno: 105 },
  { kind: "receive", errno: 105 },
  { kind: "receive", errno: 5 },
  { kind: "wait", errno: 12 },
  { kind: "poll", errno: 5 },
  { kind: "again" },
  { kind: "wake" },
];

const dstOf = (message: object): string => (message as { attrs: { dst?: string } }).attrs.dst ?? "";
const descriptors = (): number => readdirSync("/proc/self/fd").length;
const heap = (): number => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};

test(`${REQUESTS} requests with faults`, { timeout: 600_000 }, async () => {
  const kernel = new FakeKernel(route, { seed: 7 });
  const table = fakeTable(kernel, {
    names: { add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" },
    key: dstOf,
    missing: 3,
  });
  for (const fault of FAULTS) kernel.fault({ ...fault, chance: 0.002, times: Number.POSITIVE_INFINITY });
  const transport = kernel.transport();
  const connection = new Connection(transport, route, { timeout: TIMEOUT });
  const { signal } = new AbortController();
  setMaxListeners(AT_ONCE, signal);
  const outcomes = new Map<string, number>();
  const count = (name: string): void => void outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  let made = 0;

  const dst = (): string => `10.${(made >> 16) & 255}.${(made >> 8) & 255}.${made++ & 255}`;
  const failed = (error: unknown): string => {
    expect([KernelError, NoAnswer, OutcomeUnknown, SystemError].some((type) => error instanceof type)).toBe(true);
    return (error as Error).name;
  };
  const one = async (i: number): Promise<void> => {
    const attrs = { dst: dst() };
    const add: MessageInput = { name: "RTM_NEWROUTE", flags: NLM_F.CREATE | NLM_F.EXCL, attrs };
    try {
      if (i % 50 === 0) {
        const before = [...table.keys()];
        const { messages } = await connection.dump({ name: "RTM_GETROUTE" }, { signal });
        const found = new Set(messages.map(dstOf));
        expect(before.filter((key) => table.has(key) && !found.has(key))).toEqual([]);
        count("dump");
      } else if (i % 10 === 0) {
        const [result] = await connection.batch([add], { signal });
        if (result?.status === "rejected") throw result.reason;
        expect(table.has(attrs.dst)).toBe(true);
        count("batch");
      } else if (i % 10 === 5) {
        table.set(attrs.dst, { name: "RTM_NEWROUTE", attrs });
        const { messages } = await connection.request({ name: "RTM_GETROUTE", attrs }, { signal });
        expect(messages.map(dstOf)).toEqual([attrs.dst]);
        count("get");
      } else if (i % 50 === 13) {
        connection.requestSync(add);
        expect(table.has(attrs.dst)).toBe(true);
        count("sync");
      } else {
        await connection.request(add, { signal });
        expect(table.has(attrs.dst)).toBe(true);
        count("done");
      }
    } catch (error) {
      count(failed(error));
    }
    table.delete(attrs.dst);
  };

  const figures: { heap: number; fds: number; listeners: number }[] = [];
  const rounds = 10;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < REQUESTS / rounds; i += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => one(i + k)));
      kernel.forget();
    }
    figures.push({ heap: heap(), fds: descriptors(), listeners: getEventListeners(signal, "abort").length });
  }
  expect(made).toBe(REQUESTS);
  expect([...outcomes.values()].reduce((a, b) => a + b)).toBe(REQUESTS);
  for (const name of ["done", "dump", "batch", "get", "sync", "OutcomeUnknown", "SystemError"])
    expect([...outcomes.keys()]).toContain(name);
  const [first, last] = [figures[1], figures[rounds - 1]] as [(typeof figures)[0], (typeof figures)[0]];
  if (LONG) console.log(Object.fromEntries(outcomes), connection.counters, figures);
  expect(last.listeners).toBe(0);
  expect(last.fds).toBeLessThanOrEqual(first.fds);
  expect(last.heap - first.heap).toBeLessThan(MEGABYTE);
  connection.close();
});
