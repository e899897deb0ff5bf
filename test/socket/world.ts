// A table of routes behind a connection, things to do with it, and what must be true of it afterwards, whatever went wrong.
import { getEventListeners } from "node:events";
import { expect } from "vitest";
import { type MessageInput, NLM_F, type RouteMessageType, route } from "../../src/index.ts";
import {
  Connection,
  ConnectionClosed,
  DumpInterrupted,
  KernelError,
  NoAnswer,
  OutcomeUnknown,
  SystemError,
} from "../../src/socket/index.ts";
import { FakeKernel, type Fault, fakeTable, noticeable } from "../../src/testing/index.ts";

export const TIMEOUT = 20;
/** Longer than any step may take: postponed dumps, retries and a busy machine included. */
const HANG = 3000;
const TYPED = [KernelError, OutcomeUnknown, NoAnswer, DumpInterrupted, ConnectionClosed, SystemError];

/** What there is to begin with: a dump of four datagrams, and its end. */
const DUMP_BYTES = 1500;
const INITIAL = Array.from({ length: 120 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
const keyOf = (message: object): string => (message as { attrs: { dst?: string } }).attrs.dst ?? "";

/** What one does over a connection. */
export const ACTS = [
  "add",
  "get",
  "object",
  "dump",
  "stream",
  "batch",
  "addSync",
  "getSync",
  "objectSync",
  "dumpSync",
  "batchSync",
] as const;
export type Act = (typeof ACTS)[number];

const BATCH = 12;

/** What a test has of it. */
export interface World {
  readonly connection: Connection<RouteMessageType>;
  readonly controller: AbortController;
  /** Does something, and holds the outcome against the table. */
  act(act: Act): Promise<void>;
  /** Closes it: nothing is left behind, no listener, nobody waiting. */
  end(): Promise<void>;
}

export const world = (faults: readonly Fault[]): World => {
  const kernel = new FakeKernel(route);
  const table = fakeTable(kernel, {
    names: { add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" },
    key: keyOf,
    missing: 3,
  });
  for (const dst of INITIAL) table.set(dst, { name: "RTM_NEWROUTE", attrs: { dst } });
  kernel.fault(...faults);
  const transport = kernel.transport({ dumpBytes: DUMP_BYTES });
  const connection = new Connection(transport, route, { timeout: TIMEOUT });
  const controller = new AbortController();
  const { signal } = controller;
  const exact = faults.every(noticeable);
  let made = 0;

  const addition = (): MessageInput => ({
    name: "RTM_NEWROUTE",
    flags: NLM_F.CREATE | NLM_F.EXCL,
    attrs: { dst: `10.9.${made >> 8}.${made++ & 255}` },
  });
  const question: MessageInput = { name: "RTM_GETROUTE", attrs: { dst: "10.0.0.7" } };
  const list: MessageInput = { name: "RTM_GETROUTE" };
  const received = (message: MessageInput): number =>
    kernel.requests.filter((r) => r.name === "RTM_NEWROUTE" && keyOf(r) === keyOf(message)).length;

  const typed = (error: unknown): void => {
    if (error === signal.reason && signal.aborted) return;
    expect(TYPED.some((type) => error instanceof type) ? "typed" : error).toBe("typed");
  };
  /** A change: done when it is said to be done, not done when it is said not to be, never asked twice. */
  const changed = (
    message: MessageInput,
    { status, reason }: Partial<PromiseRejectedResult> | { status: string; reason?: unknown },
  ): void => {
    const times = received(message);
    expect(times).toBeLessThanOrEqual(1);
    expect(table.has(keyOf(message))).toBe(times === 1);
    if (status === "fulfilled") expect(times).toBe(1);
    else {
      typed(reason);
      expect(reason).not.toBeInstanceOf(KernelError);
      if (reason instanceof NoAnswer || reason instanceof ConnectionClosed) expect(times).toBe(0);
      if (reason instanceof SystemError) expect(times).toBe(0);
    }
  };
  const whole = (messages: readonly object[]): void => {
    if (!exact) return;
    const keys = messages.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith("10.0."))).toHaveLength(INITIAL.length);
    expect(keys.filter((key) => !table.has(key))).toEqual([]);
  };
  const single = (messages: readonly object[]): void => {
    if (exact) expect(messages.map(keyOf)).toEqual(["10.0.0.7"]);
  };
  const settled = <T>(run: () => T): PromiseSettledResult<T> => {
    try {
      return { status: "fulfilled", value: run() };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  };
  const asked = <T>(result: PromiseSettledResult<T>, check: (value: T) => void): void => {
    if (result.status === "fulfilled") check(result.value);
    else typed(result.reason);
  };
  const soon = async <T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> => {
    let timer: NodeJS.Timeout | undefined;
    const hang = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("it hangs")), HANG);
    });
    const [result] = await Promise.allSettled([Promise.race([promise, hang])]);
    clearTimeout(timer);
    return result as PromiseSettledResult<T>;
  };
  const read = async (): Promise<object[]> => {
    const all: object[] = [];
    for await (const messages of connection.stream(list, { signal })) all.push(...messages);
    return all;
  };
  const additions = (): MessageInput[] => Array.from({ length: BATCH }, addition);
  const each = (
    messages: readonly MessageInput[],
    result: PromiseSettledResult<readonly PromiseSettledResult<unknown>[]>,
  ) => {
    if (result.status === "rejected") return expect(result.reason).toBeInstanceOf(ConnectionClosed);
    expect(result.value).toHaveLength(messages.length);
    for (const [i, message] of messages.entries()) changed(message, result.value[i] as PromiseRejectedResult);
  };

  const acts: Record<Act, () => Promise<void>> = {
    async add() {
      const message = addition();
      changed(message, await soon(connection.request(message, { signal })));
    },
    async addSync() {
      const message = addition();
      changed(
        message,
        settled(() => connection.requestSync(message)),
      );
    },
    async get() {
      asked(await soon(connection.request(question, { signal })), ({ messages }) => single(messages));
    },
    async getSync() {
      asked(
        settled(() => connection.requestSync(question)),
        ({ messages }) => single(messages),
      );
    },
    async object() {
      asked(await soon(connection.request(question, { signal, ack: false })), ({ messages }) => single(messages));
    },
    async objectSync() {
      asked(
        settled(() => connection.requestSync(question, { ack: false })),
        ({ messages }) => single(messages),
      );
    },
    async dump() {
      asked(await soon(connection.dump(list, { signal })), ({ messages }) => whole(messages));
    },
    async dumpSync() {
      asked(
        settled(() => connection.dumpSync(list)),
        ({ messages }) => whole(messages),
      );
    },
    async stream() {
      asked(await soon(read()), whole);
    },
    async batch() {
      const messages = additions();
      each(messages, await soon(connection.batch(messages, { signal })));
    },
    async batchSync() {
      const messages = additions();
      each(
        messages,
        settled(() => connection.batchSync(messages)),
      );
    },
  };

  return {
    connection,
    controller,
    act: (act) => acts[act](),
    async end() {
      // What a blocking request leaves to others is put right when the loop turns.
      await new Promise((resolve) => setImmediate(resolve));
      expect(getEventListeners(signal, "abort")).toEqual([]);
      expect(transport.waiting).toBe(false);
      connection.close();
      await new Promise((resolve) => setImmediate(resolve));
      expect(transport.waiting).toBe(false);
      expect(transport.closed).toBe(true);
    },
  };
};

/** Timers that are running. */
export const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
