// What stands in line behind something unfinished, what reads without end, and limits that are none.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readdirSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { type MessageInput, NLM_F, type RouteMessageType, RTNLGRP, route } from "../../src/index.ts";
import { Connection, SystemError, type Transport } from "../../src/socket/index.ts";
import { FakeKernel } from "../../src/testing/index.ts";
import { live, useNetns } from "../support/live.ts";

const LIST: MessageInput = { name: "RTM_GETROUTE", header: { family: 2 } };
const routes = (count: number, flags = NLM_F.CREATE | NLM_F.REPLACE, net = 20): MessageInput[] =>
  Array.from({ length: count }, (_, i) => ({
    name: "RTM_NEWROUTE",
    flags,
    header: { family: 2, dstLen: 32, table: 100, type: 1, scope: 253 },
    attrs: { dst: `10.${net}.${i >> 8}.${i & 255}`, oif: 1 },
  }));

live("with 20,000 routes", () => {
  const [netns = ""] = useNetns(1);
  const open = (timeout = 5000): Connection<RouteMessageType> => Connection.open(route, { netns, timeout });
  beforeAll(async () => {
    await using rtnl = await Rtnetlink.open({ netns, timeout: 60_000 });
    await rtnl.links.up("lo");
    for (const net of [0, 1, 2, 3]) {
      const made = await rtnl.connection.batch(routes(5000, NLM_F.CREATE, net), { timeout: 60_000 });
      expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
    }
  });

  const unfinished: [string, (connection: Connection<RouteMessageType>) => Promise<unknown>][] = [
    ["broken off", async (c) => void (await c.stream(LIST)[Symbol.asyncIterator]().return?.())],
    ["not read on", (c) => c.stream(LIST).next()],
    ["aborted", (c) => c.dump(LIST, { signal: AbortSignal.timeout(1) }).catch(() => undefined)],
  ];
  test.each(unfinished)("a dump that was %s leaves room for a full datagram of requests", async (_, leave) => {
    await using connection = open();
    await leave(connection);
    const results = await connection.batch(routes(200));
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect((await connection.request({ name: "RTM_GETLINK", header: { index: 1 } })).messages).toHaveLength(1);
    await leave(connection);
    const blocking = connection.batchSync(routes(200));
    expect(blocking.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(connection.requestSync({ name: "RTM_GETLINK", header: { index: 1 } }).messages).toHaveLength(1);
  });
  test("a batch for each part of a stream, which is whole in the end", async () => {
    await using connection = open();
    let seen = 0;
    for await (const batch of connection.stream({ ...LIST, header: { family: 2, table: 100 } })) {
      seen += batch.length;
      await connection.batch(routes(200));
    }
    expect(seen).toBeGreaterThanOrEqual(20_000);
  });
  test("what was given up in line blocks nobody behind it", async () => {
    await using connection = open();
    const first = connection.stream(LIST);
    await first.next();
    const given = new AbortController();
    const batch = connection.batch(routes(200), { signal: given.signal });
    given.abort();
    await batch;
    expect((await connection.batch(routes(200))).every(({ status }) => status === "fulfilled")).toBe(true);
  });

  test("echoes are reckoned with: no overrun", async () => {
    await using connection = open();
    const results = await connection.batch(routes(1000, NLM_F.CREATE | NLM_F.ECHO, 41));
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(connection.counters).toMatchObject({ overruns: 0 });
    expect(results.every((one) => one.status === "fulfilled" && one.value.messages.length === 1)).toBe(true);
  });

  test("a stream obeys its signal while there is something to read", async () => {
    await using connection = open();
    const controller = new AbortController();
    let batches = 0;
    const reading = (async () => {
      for await (const _ of connection.stream(LIST, { signal: controller.signal }))
        if (++batches === 2) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(batches).toBe(2);
    expect((await connection.dump({ name: "RTM_GETLINK" })).messages.length).toBeGreaterThan(0);
  });

  /** The longest that the loop did not turn while `run` ran. */
  const longestStall = async (run: () => Promise<unknown>): Promise<number> => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await turn();
    await run();
    await turn();
    clearInterval(timer);
    return longest;
  };
  test("the loop turns while a stream is read, and while events are", async () => {
    await using connection = open();
    let turns = 0;
    const counting = { on: true };
    const count = (): void => {
      turns++;
      if (counting.on) setImmediate(count);
    };
    setImmediate(count);
    for await (const batch of connection.stream(LIST)) {
      const end = performance.now() + 3;
      while (performance.now() < end) batch.length;
    }
    counting.on = false;
    // Each batch takes 3 ms and more, a turn at most some ten.
    expect(turns).toBeGreaterThan(3);
    await using events = connection.subscribe({ groups: [RTNLGRP.IPV4_ROUTE], receiveBuffer: 64 << 20 });
    connection.batchSync(routes(20_000, NLM_F.CREATE | NLM_F.REPLACE, 30), { timeout: 60_000 });
    const stall = await longestStall(async () => {
      for (let i = 0; i < 20_000; i++) {
        const { value } = await events.next();
        if (value?.action === "overrun") throw new Error("events were lost");
      }
    });
    expect(stall).toBeLessThan(100);
  });

  test("closing a connection ends its subscriptions", async () => {
    const connection = open();
    const events = connection.subscribe({ groups: [RTNLGRP.LINK] });
    const next = events.next();
    connection.close();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test("an overrun of events is published, and what came unasked", async () => {
    await using connection = open();
    const seen: string[] = [];
    const on = (_: unknown, name: string | symbol): void => void seen.push(String(name));
    for (const name of ["nlkit:event", "nlkit:overrun"]) subscribe(name, on);
    await using events = connection.subscribe({ groups: [RTNLGRP.IPV4_ROUTE], receiveBuffer: 4096 });
    connection.batchSync(routes(200, NLM_F.CREATE | NLM_F.REPLACE, 40));
    let item = await events.next();
    while (item.value?.action !== "overrun") item = await events.next();
    for (const name of ["nlkit:event", "nlkit:overrun"]) unsubscribe(name, on);
    expect(new Set(seen)).toEqual(new Set(["nlkit:event", "nlkit:overrun"]));
  });

  test.each([2 ** 32, Number.NaN, -1, 1.5])("a receive buffer of %d bytes is refused", async (receiveBuffer) => {
    await using connection = open();
    expect(() => connection.subscribe({ groups: [], receiveBuffer })).toThrow(RangeError);
  });
});

const get: MessageInput = { name: "RTM_GETLINK", header: { index: 1 } };
const fake = (): { kernel: FakeKernel<RouteMessageType>; connection: Connection<RouteMessageType> } => {
  const kernel = new FakeKernel(route);
  kernel.on("RTM_GETLINK", (_, reply) => reply.object({ name: "RTM_NEWLINK", header: { index: 1 } }));
  return { kernel, connection: new Connection(kernel.transport(), route) };
};
const connections: Connection<RouteMessageType>[] = [];
afterAll(() => {
  for (const connection of connections) connection.close();
});

test.each([Number.NaN, -1, "abc", {}, null])("a timeout of %j is refused, wherever it is given", async (given) => {
  const { connection } = fake();
  connections.push(connection);
  const timeout = given as number;
  const words = /^timeout: milliseconds are due/;
  await expect(connection.request(get, { timeout })).rejects.toThrow(words);
  await expect(connection.dump(get, { timeout })).rejects.toThrow(words);
  await expect(connection.batch([get], { timeout })).rejects.toThrow(words);
  expect(() => connection.requestSync(get, { timeout })).toThrow(words);
  expect(() => connection.batchSync([get], { timeout })).toThrow(words);
  expect(() => connection.stream(get, { timeout })).toThrow(words);
  if (given === null) return;
  expect(() => new Connection(fake().kernel.transport(), route, { timeout })).toThrow(words);
});
live("a limit that is none", () => {
  const [netns = ""] = useNetns(1);
  test("leaves no socket open", () => {
    const descriptors = (): number => readdirSync("/proc/self/fd").length;
    const open = (): unknown => Connection.open(route, { netns, timeout: Number.NaN });
    expect(open).toThrow(RangeError);
    const before = descriptors();
    for (let i = 0; i < 10; i++) expect(open).toThrow(RangeError);
    expect(descriptors()).toBe(before);
  });
});
test("Infinity is no limit; fields are an array", async () => {
  const { connection } = fake();
  connections.push(connection);
  expect((await connection.request(get, { timeout: Number.POSITIVE_INFINITY })).messages).toHaveLength(1);
  const fields = "ifname" as unknown as string[];
  await expect(connection.request(get, { fields })).rejects.toThrow('fields: an array of names is due, not "ifname"');
});
test("a question with NLM_F_DUMP is a dump, and no request", async () => {
  const { connection } = fake();
  connections.push(connection);
  await expect(connection.request({ ...get, flags: NLM_F.DUMP })).rejects.toThrow(/dump\(\)/);
  await expect(connection.batch([{ ...get, flags: NLM_F.DUMP }])).rejects.toThrow(/RTM_GETLINK with NLM_F_DUMP/);
});
test("what was not sent is not counted, nor published", async () => {
  const { kernel } = fake();
  const transport: Transport = kernel.transport();
  transport.send = () => {
    throw new SystemError("sendto", 105);
  };
  const connection = new Connection(transport, route);
  connections.push(connection);
  let published = 0;
  const on = (): void => void published++;
  subscribe("nlkit:request", on);
  await expect(connection.request(get)).rejects.toMatchObject({ code: "ENOBUFS" });
  unsubscribe("nlkit:request", on);
  expect([connection.counters.sent, published]).toEqual([0, 0]);
});
test("a stream that was interrupted says what it has handed out", async () => {
  const kernel = new FakeKernel(route);
  const all = Array.from({ length: 50 }, (_, i): MessageInput => ({ name: "RTM_NEWROUTE", attrs: { priority: i } }));
  kernel.on("RTM_GETROUTE", (_, reply) => reply.dump(all));
  kernel.fault({ kind: "interrupt", on: "dump", times: 1 });
  const connection = new Connection(kernel.transport(), route);
  connections.push(connection);
  let seen = 0;
  const reading = (async () => {
    for await (const batch of connection.stream(LIST)) seen += batch.length;
  })();
  await expect(reading).rejects.toThrow(`gave ${50} messages, which have been handed out`);
  expect(seen).toBe(50);
});
