// The conversation over a kernel that the test writes: pairing, dumps, refusals, and everything that can be lost.
import { describe, expect, test } from "vitest";
import { encodeMessages, type MessageInput, NLM_F, type RouteMessageType, route } from "../../src/index.ts";
import {
  Connection,
  ConnectionClosed,
  DumpInterrupted,
  NoAnswer,
  OutcomeUnknown,
  SystemError,
} from "../../src/socket/index.ts";
import { FakeKernel, type Reply } from "../../src/testing/index.ts";

const EBADF = 9;
const PORT = 4711;
type Envelope = { seq: number; pid?: number; flags?: number };
const datagram = (...messages: (MessageInput & { flags?: number })[]): Uint8Array => encodeMessages(messages);
const link = (index: number, envelope: Partial<Envelope> = {}): MessageInput => ({
  name: "RTM_NEWLINK",
  pid: PORT,
  ...envelope,
  header: { index },
});
const ack = ({ seq, pid = PORT }: Envelope, error = 0): MessageInput => ({
  name: "NLMSG_ERROR",
  seq,
  pid,
  flags: NLM_F.CAPPED,
  header: { error, len: 32, type: 18, flags: 5, seq, pid: 0 },
});
const done = ({ seq, pid = PORT }: Envelope): MessageInput => ({
  name: "NLMSG_DONE",
  seq,
  pid,
  flags: NLM_F.MULTI,
  header: { error: 0 },
});
const GET: MessageInput = { name: "RTM_GETLINK" };
const SET: MessageInput = { name: "RTM_NEWLINK", header: { index: 2 } };
const indexes = (messages: readonly object[]): number[] =>
  messages.map((m) => (m as { header: { index: number } }).header.index);

type Answer = (reply: Reply<RouteMessageType>, seq: number, count: number) => void;
/** A kernel that answers every request alike; by default with nothing at all. */
const over = (answer: Answer = (reply) => reply.silence()) => {
  let count = 0;
  const kernel = new FakeKernel(route).otherwise((request, reply) => answer(reply, request.seq, count++));
  const transport = kernel.transport();
  return { kernel, transport, connection: new Connection(transport, route) };
};

describe("requests", () => {
  test("object, then ack: both are consumed", async () => {
    const { connection, transport, kernel } = over((reply) => reply.object(link(7)));
    expect(indexes((await connection.request(GET)).messages)).toEqual([7]);
    expect(indexes((await connection.request(GET)).messages)).toEqual([7]);
    expect(transport.waiting).toBe(false);
    expect(kernel.requests[0]).toMatchObject({ flags: NLM_F.REQUEST | NLM_F.ACK, seq: 1, pid: 0 });
  });

  test("answers of others are not ours: wrong seq, wrong port", async () => {
    const { connection } = over((reply, seq) => {
      reply.raw(datagram(link(1, { seq: seq + 9 }), link(2, { seq, pid: PORT + 1 })));
      reply.raw(datagram(ack({ seq, pid: PORT + 1 }, -1)));
      reply.object(link(3));
    });
    expect(indexes((await connection.request(GET)).messages)).toEqual([3]);
    expect(connection.counters).toMatchObject({ strays: 3, late: 0 });
  });

  test("answers that come later, and out of order", async () => {
    const { connection, transport } = over();
    const [a, b] = [connection.request(GET), connection.request(GET)];
    expect(transport.waiting).toBe(true);
    transport.deliver(datagram(link(2, { seq: 2 }), ack({ seq: 2 })));
    transport.deliver(datagram(link(1, { seq: 1 })), datagram(ack({ seq: 1 })));
    expect(indexes((await a).messages)).toEqual([1]);
    expect(indexes((await b).messages)).toEqual([2]);
    expect(transport.waiting).toBe(false);
  });

  test("more than one wake-up's worth of datagrams", async () => {
    const { connection } = over((reply) => {
      for (let i = 0; i < 40; i++) reply.object(link(i));
    });
    expect((await connection.request(GET)).messages).toHaveLength(40);
  });

  test("a warning beside a yes", async () => {
    const { connection } = over((reply) => reply.ack({ msg: "deprecated" }));
    expect(await connection.request(SET)).toEqual({ messages: [], warning: "deprecated" });
  });

  test("a value that cannot be said is refused before it is sent", async () => {
    const { connection, kernel } = over();
    await expect(connection.request({ name: "RTM_NEWLINK", attrs: { mtu: -1 } })).rejects.toMatchObject({
      name: "EncodeError",
      code: "OUT_OF_RANGE",
      path: "mtu",
    });
    expect(kernel.datagrams).toEqual([]);
  });
});

describe("dumps", () => {
  test("several datagrams, DONE in the last or alone", async () => {
    const { connection } = over((reply, seq, count) => {
      reply.raw(datagram(link(1, { seq })));
      if (count === 0) reply.raw(datagram(link(2, { seq }), done({ seq })));
      else reply.raw(datagram(done({ seq })));
      reply.silence();
    });
    expect(indexes((await connection.dump(GET)).messages)).toEqual([1, 2]);
    expect(indexes((await connection.dump(GET)).messages)).toEqual([1]);
  });
  test("two at once take turns", async () => {
    const { connection, kernel } = over((reply, seq) => reply.dump([link(seq)]));
    // Longer than the two are asked in, on a busy machine too.
    kernel.fault({ kind: "delay", ms: 200, on: "done" });
    const both = [connection.dump(GET), connection.dump(GET)];
    expect(kernel.requests).toHaveLength(1);
    expect((await Promise.all(both)).map(({ messages }) => indexes(messages))).toEqual([[1], [2]]);
  });
  test("DONE with an errno", async () => {
    const { connection } = over((reply) => reply.error(22));
    await expect(connection.dump(GET)).rejects.toMatchObject({ name: "KernelError", code: "EINVAL" });
  });
  test("DUMP_INTR is asked again; what the first attempt gave is dropped", async () => {
    const { connection, kernel } = over((reply, _seq, count) => reply.dump([link(count)]));
    kernel.fault({ kind: "interrupt", times: 2 });
    expect(indexes((await connection.dump(GET)).messages)).toEqual([2]);
    expect(kernel.requests).toHaveLength(3);
  });
  test("DUMP_INTR without end: a typed error with what there is", async () => {
    const { connection, kernel } = over((reply) => reply.dump([link(5)], { changed: () => true }));
    const error = (await connection.dump(GET).catch((e: unknown) => e)) as DumpInterrupted;
    expect(error).toBeInstanceOf(DumpInterrupted);
    expect(indexes(error.messages as object[])).toEqual([5]);
    expect(kernel.requests).toHaveLength(error.attempts);
  });
});

describe("what is lost", () => {
  test("no answer: a question may be asked again, a change may have happened", async () => {
    const { connection, transport } = over();
    await expect(connection.request(GET, { timeout: 20 })).rejects.toBeInstanceOf(NoAnswer);
    await expect(connection.request(SET, { timeout: 20 })).rejects.toMatchObject({
      name: "OutcomeUnknown",
      reason: "timeout",
    });
    expect(transport.waiting).toBe(false);
    // The late answer is nobody's.
    transport.deliver(datagram(ack({ seq: 1 })));
    await expect(connection.request(GET, { timeout: 20 })).rejects.toBeInstanceOf(NoAnswer);
    expect(connection.counters.late).toBe(1);
  });
  test("an abandoned dump: what there is of it is read, then the next begins", async () => {
    const { connection, transport, kernel } = over((reply) => reply.dump([link(1)]));
    kernel.fault({ kind: "delay", on: "dump", ms: 40 });
    await expect(connection.dump(GET, { timeout: 20 })).rejects.toMatchObject({ name: "NoAnswer", reason: "timeout" });
    expect(transport.waiting).toBe(false);
    // The kernel is still at the first: it says EBUSY until that has been read to its end.
    expect(indexes((await connection.dump(GET)).messages)).toEqual([1]);
    expect(kernel.requests.length).toBeGreaterThan(2);
    expect(connection.counters).toMatchObject({ late: 2, retries: kernel.requests.length - 2 });
  });
  test("an abandoned dump that ends before the next is asked for: no EBUSY", async () => {
    const { connection, kernel } = over((reply) => reply.dump([link(1)]));
    kernel.fault({ kind: "delay", on: "dump", ms: 15 });
    await expect(connection.dump(GET, { timeout: 5 })).rejects.toBeInstanceOf(NoAnswer);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(indexes((await connection.dump(GET)).messages)).toEqual([1]);
    expect(kernel.requests).toHaveLength(2);
  });
  test("EBUSY without end is a refusal", async () => {
    const { connection, kernel } = over((reply) => reply.dump(Array.from({ length: 300 }, (_, i) => link(i))));
    kernel.fault({ kind: "stall", on: "dump" });
    await expect(connection.dump(GET, { timeout: 20 })).rejects.toBeInstanceOf(NoAnswer);
    await expect(connection.dump(GET)).rejects.toMatchObject({ name: "KernelError", code: "EBUSY" });
    expect(kernel.requests).toHaveLength(6);
  });
  test("AbortSignal: before, and while waiting", async () => {
    const { connection, transport, kernel } = over();
    await expect(connection.request(GET, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
    expect(kernel.requests).toHaveLength(0);
    const controller = new AbortController();
    const pending = connection.request(GET, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    expect(transport.waiting).toBe(false);
  });
  test("ENOBUFS: a question is asked again, a change is not", async () => {
    const { connection, kernel } = over((reply) => reply.object(link(9)));
    kernel.fault({ kind: "overrun", on: "object" });
    expect(indexes((await connection.request(GET)).messages)).toEqual([9]);
    expect(kernel.requests).toHaveLength(2);
    kernel.fault({ kind: "overrun", on: "ack" });
    await expect(connection.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "overrun" });
    expect(kernel.requests).toHaveLength(3);
    expect(connection.counters).toMatchObject({ overruns: 2, retries: 1 });
  });
  test("a cut datagram: a question is asked again with room for it", async () => {
    const { connection, kernel } = over((reply) => reply.object(link(4)));
    kernel.fault({ kind: "truncate", on: "object" });
    expect(indexes((await connection.request(GET)).messages)).toEqual([4]);
    expect(kernel.requests).toHaveLength(2);
    kernel.fault({ kind: "truncate", on: "ack" });
    await expect(connection.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "truncated" });
    expect(connection.counters.truncated).toBe(2);
  });
  test("any other failure of the socket ends every request", async () => {
    const { connection, transport } = over();
    const both = [connection.request(SET), connection.dump(GET)];
    transport.deliver(EBADF);
    const [change, question] = (await Promise.allSettled(both)) as [PromiseRejectedResult, PromiseRejectedResult];
    // What was sent may have been done.
    expect(change.reason).toBeInstanceOf(OutcomeUnknown);
    expect(change.reason).toMatchObject({ reason: "error", cause: { name: "SystemError", code: "EBADF" } });
    expect(question.reason).toBeInstanceOf(SystemError);
    expect(question.reason).toMatchObject({ code: "EBADF" });
  });
  test("close: a question is closed, a change is unknown, later ones are refused", async () => {
    const { connection, transport } = over();
    const [question, change, first, queued] = [
      connection.request(GET),
      connection.request(SET),
      connection.dump(GET),
      connection.dump(GET),
    ];
    connection.close();
    connection.close();
    expect(transport.closed).toBe(true);
    await expect(question).rejects.toBeInstanceOf(ConnectionClosed);
    await expect(change).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(first).rejects.toBeInstanceOf(ConnectionClosed);
    await expect(queued).rejects.toBeInstanceOf(ConnectionClosed);
    await expect(connection.request(GET)).rejects.toBeInstanceOf(ConnectionClosed);
  });
  test("await using closes", async () => {
    const { connection, transport } = over();
    {
      await using held = connection;
      expect(held.portId).toBe(PORT);
    }
    expect(transport.closed).toBe(true);
  });
});
