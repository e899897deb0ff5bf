// Requests and what became of them.
import { describe, expect, test } from "vitest";
import { type Captured, Conversation, type Exchange, latencyTable, type Turn } from "../../src/capture/index.ts";
import { encodeMessage, type MessageInput, NLM_F, type Registry, route } from "../../src/index.ts";

interface Said {
  readonly direction: ">" | "<";
  readonly message: MessageInput;
  readonly time: number;
  readonly socket?: string;
}
const run = (said: readonly Said[]): Exchange<Turn>[] => {
  const out: Exchange<Turn>[] = [];
  const conversation = new Conversation({ ended: (exchange) => void out.push(exchange) });
  said.forEach(({ direction, message, time, socket }) => {
    const bytes = encodeMessage(message);
    const captured: Captured = {
      protocol: "NETLINK_ROUTE",
      byteOrder: "little",
      direction,
      bytes,
      time: BigInt(time),
      ...(socket === undefined ? {} : { socket }),
    };
    conversation.hear(captured, route as unknown as Registry);
  });
  conversation.end();
  return out;
};
const short = (pairs: readonly Exchange<Turn>[]): unknown[] =>
  pairs.map(({ request, outcome, error, replies, latency }) => [
    request.name,
    request.seq,
    outcome,
    error,
    replies,
    latency,
  ]);
const ack = (seq: number, error = 0, pid = 0, type = 16): MessageInput => ({
  name: "NLMSG_ERROR",
  seq,
  pid,
  header: { error, len: 0, type, flags: 0, seq, pid: 0 },
});
const set = (seq: number, pid = 0): MessageInput => ({
  name: "RTM_NEWLINK",
  flags: NLM_F.REQUEST | NLM_F.ACK,
  seq,
  pid,
});
const get = (seq: number, flags = 0): MessageInput => ({ name: "RTM_GETLINK", flags: NLM_F.REQUEST | flags, seq });
const link = (seq: number, flags = 0): MessageInput => ({ name: "RTM_NEWLINK", flags, seq });
const done: MessageInput = { name: "NLMSG_DONE", flags: NLM_F.MULTI, seq: 3, header: { error: 0 } };

describe("outcomes", () => {
  test.each<[string, Said[], unknown[]]>([
    [
      "ack",
      [
        { direction: ">", message: set(1), time: 10 },
        { direction: "<", message: ack(1), time: 25 },
      ],
      [["RTM_NEWLINK", 1, "ack", undefined, 1, 15n]],
    ],
    [
      "refusal",
      [
        { direction: ">", message: set(1), time: 10 },
        { direction: "<", message: ack(1, -17), time: 12 },
      ],
      [["RTM_NEWLINK", 1, "error", 17, 1, 2n]],
    ],
    [
      "one reply",
      [
        { direction: ">", message: get(2), time: 0 },
        { direction: "<", message: link(2), time: 5 },
      ],
      [["RTM_GETLINK", 2, "reply", undefined, 1, 5n]],
    ],
    [
      "a reply, and the ack that was asked for",
      [
        { direction: ">", message: get(2, NLM_F.ACK), time: 0 },
        { direction: "<", message: link(2), time: 5 },
        { direction: "<", message: ack(2, 0, 0, 18), time: 6 },
      ],
      [["RTM_GETLINK", 2, "ack", undefined, 2, 6n]],
    ],
    [
      "a dump",
      [
        { direction: ">", message: get(3, NLM_F.DUMP), time: 0 },
        { direction: "<", message: link(3, NLM_F.MULTI), time: 1 },
        { direction: "<", message: link(3, NLM_F.MULTI), time: 2 },
        { direction: "<", message: done, time: 3 },
      ],
      [["RTM_GETLINK", 3, "done", undefined, 3, 3n]],
    ],
    ["an event", [{ direction: "<", message: link(0), time: 1 }], []],
    [
      "no answer",
      [{ direction: ">", message: set(4), time: 0 }],
      [["RTM_NEWLINK", 4, "none", undefined, 0, undefined]],
    ],
    [
      "none was asked for",
      [{ direction: ">", message: { name: "RTM_NEWLINK", flags: NLM_F.REQUEST, seq: 4 }, time: 0 }],
      [["RTM_NEWLINK", 4, "silent", undefined, 0, undefined]],
    ],
  ])("%s", (_name, said, expected) => {
    expect(short(run(said))).toEqual(expected);
  });
});

test("two sockets with one number, and one socket's two ports", () => {
  const bySocket = run([
    { direction: ">", message: set(1), time: 0, socket: "1:3" },
    { direction: ">", message: set(1), time: 1, socket: "2:3" },
    { direction: "<", message: ack(1, -1), time: 5, socket: "2:3" },
    { direction: "<", message: ack(1), time: 9, socket: "1:3" },
  ]);
  expect(bySocket.map(({ request, latency, outcome }) => [request.socket, outcome, latency])).toEqual([
    ["2:3", "error", 4n],
    ["1:3", "ack", 9n],
  ]);
  const byPort = run([
    { direction: ">", message: set(1, 100), time: 0 },
    { direction: ">", message: set(1, 200), time: 1 },
    { direction: "<", message: ack(1, 0, 200), time: 5 },
  ]);
  expect(byPort.map(({ request, outcome }) => [request.pid, outcome])).toEqual([
    [200, "ack"],
    [100, "none"],
  ]);
});

test("statistics: exact ends, quantiles, and no more memory for more requests", () => {
  const table = latencyTable();
  for (let i = 1; i <= 100_000; i++) table.add("RTM_GETLINK", i % 10 === 0 ? "error" : "ack", BigInt(i));
  table.add("RTM_NEWLINK", "none", undefined);
  const [first, second] = table.rows();
  expect(first).toMatchObject({ name: "RTM_GETLINK", requests: 100_000, refused: 10_000, min: 1n, max: 100_000n });
  expect(Number(first?.median)).toBeGreaterThan(49_000);
  expect(Number(first?.median)).toBeLessThan(51_000);
  expect(Number(first?.p95)).toBeGreaterThan(94_000);
  expect(second).toEqual({ name: "RTM_NEWLINK", requests: 1, refused: 0, unanswered: 1 });
});
