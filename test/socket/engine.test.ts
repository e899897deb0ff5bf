// What random faults have found, one by one.
import { channel } from "node:diagnostics_channel";
import { describe, expect, test } from "vitest";
import { encodeMessage, type MessageInput, type RouteMessageType, route } from "../../src/index.ts";
import { Connection, KernelError } from "../../src/socket/index.ts";
import { FakeKernel, type Fault } from "../../src/testing/index.ts";

const GET: MessageInput = { name: "RTM_GETLINK" };
const SET: MessageInput = { name: "RTM_NEWLINK", header: { index: 2 } };
const ALWAYS = Number.POSITIVE_INFINITY;
const links = (count: number): MessageInput[] =>
  Array.from({ length: count }, (_, index) => ({ name: "RTM_NEWLINK", header: { index } }));

const over = (count: number, ...faults: Fault[]) => within(ALWAYS, count, ...faults);
const within = (timeout: number, count: number, ...faults: Fault[]) => {
  const kernel = new FakeKernel(route)
    .on("RTM_NEWLINK", () => {})
    .on("RTM_GETLINK", (_, reply) => reply.dump(links(count)))
    .fault(...faults);
  const transport = kernel.transport({ dumpBytes: 4096 });
  const connection: Connection<RouteMessageType> = new Connection(transport, route, { timeout });
  return { kernel, transport, connection };
};

test("a blocking request ends in time although receiving fails without end", () => {
  const { connection } = over(1, { kind: "receive", errno: 105, times: ALWAYS });
  expect(() => connection.requestSync(SET, { timeout: 20 })).toThrow(/timeout/);
});
test("a blocking request ends in time although strangers' datagrams have no end", () => {
  const { connection, transport } = over(1, { kind: "lose", on: "ack" });
  const receive = transport.receive.bind(transport);
  transport.receive = (buffer) => {
    transport.deliver(encodeMessage({ ...SET, seq: 99, pid: 99 } as MessageInput));
    return receive(buffer);
  };
  expect(() => connection.requestSync(SET, { timeout: 20 })).toThrow(/timeout/);
});
test("a blocking batch stops sending when its time is over", () => {
  const { connection, kernel } = over(1);
  kernel.on("RTM_NEWLINK", () => {
    const end = performance.now() + 0.5;
    while (performance.now() < end);
  });
  const results = connection.batchSync(
    Array.from({ length: 1000 }, () => SET),
    { timeout: 20 },
  );
  const not = results.filter((r) => r.status === "rejected" && (r.reason as { sent?: boolean }).sent === false);
  expect(kernel.requests.length + not.length).toBe(1000);
  expect(not.length).toBeGreaterThan(0);
});
test("a dump's datagram that ends inside a header is asked again: it is not a shorter table", async () => {
  for (const skip of [0, 1]) {
    const { connection, kernel } = over(300, { kind: "half", on: "dump", keep: 8, skip });
    expect((await connection.dump(GET)).messages).toHaveLength(300);
    expect(kernel.requests).toHaveLength(2);
  }
});
test("an answer of less than a header: whose it was is not known", async () => {
  const { connection } = over(1, { kind: "half", on: "ack", keep: 8 });
  await expect(connection.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "truncated" });
});
test("waiting fails: what is in line behind is sent all the same", async () => {
  const { connection } = over(3, { kind: "delay", on: "dump" }, { kind: "wait", errno: 12 });
  const [first, second] = await Promise.allSettled([connection.dump(GET), connection.dump(GET)]);
  expect(first).toMatchObject({ status: "rejected", reason: { code: "ENOMEM" } });
  expect(second).toMatchObject({ status: "fulfilled", value: { messages: { length: 3 } } });
});
test("waiting fails with ENOBUFS: answers were lost, and that is told", async () => {
  const { connection } = over(3, { kind: "lose", on: "ack" }, { kind: "wait", errno: 105 });
  await expect(connection.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "overrun" });
});
test("a long dump that was given up, and a socket that says EAGAIN for nothing: the next dump comes all the same", async () => {
  const { connection, kernel } = over(5000, { kind: "delay", on: "dump", ms: 15 });
  await expect(connection.dump(GET, { timeout: 5 })).rejects.toMatchObject({ name: "NoAnswer" });
  expect((await connection.dump(GET)).messages).toHaveLength(5000);
  expect(kernel.requests.length).toBeLessThan(6);
});
test("the same, blocking", () => {
  const { connection } = over(5000, { kind: "delay", on: "dump", ms: 15 });
  expect(() => connection.dumpSync(GET, { timeout: 5 })).toThrow(/timeout/);
  expect(connection.dumpSync(GET).messages).toHaveLength(5000);
});
test("a socket that stays busy: EBUSY, in the end", async () => {
  const { connection } = over(300, { kind: "stall" });
  await expect(connection.dump(GET, { timeout: 10 })).rejects.toMatchObject({ name: "NoAnswer" });
  await expect(connection.dump(GET)).rejects.toBeInstanceOf(KernelError);
  expect(() => connection.dumpSync(GET)).toThrow("EBUSY");
});
test("a stream that is ended while somebody reads gives that one the end", async () => {
  const { connection } = over(3, { kind: "delay", on: "dump", ms: 50 });
  const stream = connection.stream(GET);
  const next = stream.next();
  await stream.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
});
test("sending fails: told at once, of all that was in the datagram; nothing has happened, and nothing is sent again", async () => {
  const { connection, kernel } = over(1, { kind: "send", errno: 111, times: 3 });
  const told = { status: "rejected", reason: { name: "SystemError", syscall: "send", code: "ECONNREFUSED" } };
  const batch = connection.batch([SET, SET, SET]);
  expect(await Promise.allSettled([connection.request(SET), connection.dump(GET)])).toMatchObject([told, told]);
  expect(await batch).toMatchObject([told, told, told]);
  expect(kernel.requests).toEqual([]);
  await connection.request(SET);
});
test("nothing runs on behind close", async () => {
  const { connection, kernel } = over(300, { kind: "stall" });
  await expect(connection.dump(GET, { timeout: 10 })).rejects.toMatchObject({ name: "NoAnswer" });
  const busy = connection.dump(GET);
  await new Promise((resolve) => setImmediate(resolve));
  connection.close();
  await expect(busy).rejects.toMatchObject({ name: "ConnectionClosed" });
  const { length } = kernel.requests;
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(kernel.requests).toHaveLength(length);
});
/** Whoever watches a channel asks something in between, four times. */
const watching = async <T>(name: string, ask: (left: number) => void, run: () => Promise<T>): Promise<T> => {
  let left = 4;
  const listener = (): void => {
    if (left > 0) ask(left--);
  };
  channel(name).subscribe(listener);
  try {
    return await run();
  } finally {
    channel(name).unsubscribe(listener);
  }
};
const indexes = (messages: readonly object[]): number[] =>
  messages.map((message) => (message as { header: { index: number } }).header.index);

describe.each(["nlkit:request", "nlkit:reply"])("somebody who watches %s may ask, too", (name) => {
  test("and gets answers; those of others are whole", async () => {
    const { connection } = within(500, 300);
    const asked: Promise<{ messages: object[] }>[] = [];
    const ask = (left: number): void => {
      const answer = left % 2 === 0 ? connection.request(SET) : connection.dump(GET);
      answer.catch(() => {});
      asked.push(answer);
      connection.requestSync(SET);
    };
    const { messages } = await watching(name, ask, () => connection.dump(GET));
    expect(indexes(messages)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    const counts = (await Promise.all(asked)).map((answer) => answer.messages.length);
    expect(counts.sort()).toEqual([0, 0, 300, 300]);
  });
  test("and does not overtake what is in line", async () => {
    const { connection, kernel } = within(500, 1);
    const ask = (left: number): void => {
      connection.request({ name: "RTM_NEWLINK", header: { index: 1000 + left } }).catch(() => {});
    };
    const line = Array.from({ length: 500 }, (_, index): MessageInput => ({ name: "RTM_NEWLINK", header: { index } }));
    await watching(name, ask, () => connection.batch(line));
    expect(indexes(kernel.requests).filter((index) => index < 1000)).toEqual(line.map((_, i) => i));
  });
});
