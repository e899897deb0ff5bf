// Questions for one object, asked without NLM_F_ACK: what ends them, and what does not.
import { describe, expect, test } from "vitest";
import { encodeMessages, type MessageInput, NLM_F, type RouteMessageType, route } from "../../src/index.ts";
import { Connection, KernelError, NoAnswer } from "../../src/socket/index.ts";
import { FakeKernel, type Fault, type Reply } from "../../src/testing/index.ts";

const GET: MessageInput = { name: "RTM_GETLINK", header: { index: 7 } };
const LINK: MessageInput = { name: "RTM_NEWLINK", header: { index: 7 } };
const NO_ACK = { ack: false } as const;
const ENODEV = 19;

const over = (answer: (reply: Reply<RouteMessageType>, seq: number) => void, ...faults: Fault[]) => {
  const kernel = new FakeKernel(route).on("RTM_GETLINK", ({ seq }, reply) => answer(reply, seq)).fault(...faults);
  const transport = kernel.transport();
  return { kernel, transport, connection: new Connection(transport, route, { timeout: 50 }) };
};
const indexes = (messages: readonly object[]): number[] =>
  messages.map((message) => (message as { header: { index: number } }).header.index);

describe("a question without an ack", () => {
  test("is answered by its object, and nothing is received behind it", async () => {
    const { kernel, transport, connection } = over((reply) => reply.object(LINK));
    expect(indexes((await connection.request(GET, NO_ACK)).messages)).toEqual([7]);
    expect(indexes(connection.requestSync(GET, NO_ACK).messages)).toEqual([7]);
    expect(kernel.requests.map(({ flags }) => flags)).toEqual([NLM_F.REQUEST, NLM_F.REQUEST]);
    expect(connection.counters).toMatchObject({ sent: 2, received: 2 });
    expect(transport.waiting).toBe(false);
  });

  test("is refused as any other, with the bytes of this request and not of the next", async () => {
    const { kernel, connection } = over((reply) => reply.error(ENODEV, { msg: "no such link" }));
    const [first, second] = await Promise.allSettled([
      connection.request(GET, NO_ACK),
      connection.request({ ...GET, header: { index: 8 } }, NO_ACK),
    ]);
    const errors = [first, second].map((result) => (result as PromiseRejectedResult).reason as KernelError);
    for (const error of errors) expect(error).toBeInstanceOf(KernelError);
    expect(errors.map(({ code, text }) => [code, text])).toEqual([
      ["ENODEV", "no such link"],
      ["ENODEV", "no such link"],
    ]);
    expect(errors.map(({ request }) => request)).toEqual(kernel.datagrams);
  });

  test("answered in several parts, it goes on to their end", async () => {
    const { connection } = over((reply, seq) => {
      const part = { ...LINK, seq, pid: 4711, flags: NLM_F.MULTI };
      const done: MessageInput = { name: "NLMSG_DONE", seq, pid: 4711, flags: NLM_F.MULTI, header: { error: 0 } };
      reply.raw(encodeMessages([part, part]));
      reply.raw(encodeMessages([done]));
    });
    expect(indexes((await connection.request(GET, NO_ACK)).messages)).toEqual([7, 7]);
  });

  test("a kernel that acknowledges all the same: the ack is late, and disturbs nobody", async () => {
    const { connection } = over((reply, seq) => {
      reply.object(LINK);
      const header = { error: 0, len: 32, type: 18, flags: 1, seq, pid: 0 };
      reply.raw(encodeMessages([{ name: "NLMSG_ERROR", seq, pid: 4711, flags: NLM_F.CAPPED, header }]));
    });
    await connection.request(GET, NO_ACK);
    expect(indexes((await connection.request(GET)).messages)).toEqual([7]);
    expect(connection.counters.late).toBeGreaterThan(0);
  });

  test.each<[string, Fault]>([
    ["lost with the buffer", { kind: "overrun", on: "object" }],
    ["cut", { kind: "truncate", on: "object" }],
    ["half", { kind: "half", on: "object" }],
  ])("its object %s: asked again", async (_, fault) => {
    const { kernel, connection } = over((reply) => reply.object(LINK), fault);
    expect(indexes((await connection.request(GET, NO_ACK)).messages)).toEqual([7]);
    expect(kernel.requests).toHaveLength(2);
    expect(connection.counters.retries).toBe(1);
  });

  test("its object lost without a word: no answer, and a late one is nobody's", async () => {
    const { connection } = over((reply) => reply.object(LINK), { kind: "delay", ms: 80 });
    await expect(connection.request(GET, NO_ACK)).rejects.toBeInstanceOf(NoAnswer);
    const next = connection.request(GET, { ...NO_ACK, timeout: 1000 });
    expect(indexes((await next).messages)).toEqual([7]);
    expect(connection.counters.late).toBe(1);
  });

  test("a change cannot do without: its success would never be told", async () => {
    const { kernel, connection } = over(() => {});
    await expect(connection.request(LINK, NO_ACK)).rejects.toBeInstanceOf(RangeError);
    expect(() => connection.requestSync(LINK, NO_ACK)).toThrow(RangeError);
    expect(kernel.requests).toEqual([]);
  });
});
