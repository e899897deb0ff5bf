// What each fault does, seen from below: datagram by datagram.
import { describe, expect, test } from "vitest";
import { type MessageInput, NLM_F, type RouteMessageType, route } from "../../src/index.ts";
import { FakeKernel, type FakeTransport, type Fault, noticeable } from "../../src/testing/index.ts";
import { hear, hearAll, say } from "./talk.ts";

const SET: MessageInput = { name: "RTM_NEWLINK", flags: NLM_F.REQUEST | NLM_F.ACK };
const LIST: MessageInput = { name: "RTM_GETLINK", flags: NLM_F.REQUEST | NLM_F.DUMP };
const open = (...faults: Fault[]): FakeTransport<RouteMessageType> => {
  const kernel = new FakeKernel(route)
    .on("RTM_NEWLINK", () => {})
    .on("RTM_GETLINK", (_, reply) =>
      reply.dump(Array.from({ length: 200 }, (_, index) => ({ name: "RTM_NEWLINK", header: { index } }))),
    );
  return kernel.fault(...faults).transport();
};
/** What comes for two acks: who is meant, or which errno. */
const acks = (...faults: Fault[]) => {
  const transport = open(...faults);
  const first = say(transport, SET);
  say(transport, SET);
  return hearAll(transport).map((heard) => {
    if (typeof heard === "string") return heard;
    const [{ seq, pid, issues } = { seq: 0, pid: 0 }] = heard;
    return [seq - first, pid - transport.portId, ...(issues ?? []).map(({ code }) => code)];
  });
};
const FAR = 0x4000_0000;
const flagsOf = (heard: ReturnType<typeof hear>): number => (typeof heard === "object" ? (heard[0]?.flags ?? 0) : -1);

describe("datagrams", () => {
  test.each<[string, Fault, unknown[]]>([
    ["lose", { kind: "lose" }, [[1, 0]]],
    ["overrun", { kind: "overrun" }, ["ENOBUFS"]],
    ["overrun of the second", { kind: "overrun", skip: 1 }, ["ENOBUFS", [0, 0]]],
    [
      "duplicate",
      { kind: "duplicate" },
      [
        [0, 0],
        [0, 0],
        [1, 0],
      ],
    ],
    [
      "reorder",
      { kind: "reorder" },
      [
        [1, 0],
        [0, 0],
      ],
    ],
    [
      "reorder of the last",
      { kind: "reorder", skip: 1 },
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      "half",
      { kind: "half" },
      [
        [0, 0, "TRUNCATED"],
        [1, 0],
      ],
    ],
    [
      "forge",
      { kind: "forge" },
      [
        [0, FAR],
        [0, 0],
        [1, 0],
      ],
    ],
    [
      "wrongSeq",
      { kind: "wrongSeq" },
      [
        [FAR, 0],
        [1, 0],
      ],
    ],
    [
      "wrongPort",
      { kind: "wrongPort" },
      [
        [0, FAR],
        [1, 0],
      ],
    ],
    [
      "of another kind",
      { kind: "lose", on: "error" },
      [
        [0, 0],
        [1, 0],
      ],
    ],
    ["always", { kind: "lose", times: Number.POSITIVE_INFINITY }, []],
    ["receive", { kind: "receive", errno: 9 }, ["EBADF", [0, 0], [1, 0]]],
  ])("%s", (_, fault, heard) => {
    expect(acks(fault)).toEqual(heard);
  });

  test("event: the same with seq 0 and port 0 in front", () => {
    const transport = open({ kind: "event" });
    const seq = say(transport, SET);
    expect(hearAll(transport)).toMatchObject([[{ seq: 0, pid: 0 }], [{ seq, pid: transport.portId }]]);
  });
  test("truncate: longer than any buffer, and the beginning is there", () => {
    const transport = open({ kind: "truncate" });
    say(transport, SET);
    const small = new Uint8Array(40);
    expect(transport.receive(small)).toBe(76);
    expect([small[4], small[8]]).not.toEqual([0, 0]);
  });
  test("delay: that much later, and what is behind it too", async () => {
    const transport = open({ kind: "delay", ms: 20 });
    const begin = performance.now();
    say(transport, SET);
    say(transport, SET);
    expect(hearAll(transport)).toEqual([]);
    await new Promise<void>((resolve) => transport.wait(() => resolve()));
    expect(performance.now() - begin).toBeGreaterThanOrEqual(19.9);
    expect(hearAll(transport)).toHaveLength(2);
  });
  test("block waits for what is delayed, and no longer than it may", () => {
    const transport = open({ kind: "delay", ms: 15 });
    say(transport, SET);
    expect(transport.block(3)).toBe(false);
    expect(transport.block(100)).toBe(true);
    expect(hearAll(transport)).toHaveLength(1);
  });
});

describe("dumps", () => {
  test("interrupt: the flag in one piece", () => {
    const transport = open({ kind: "interrupt", skip: 1 });
    say(transport, LIST);
    expect(hearAll(transport).map((heard) => flagsOf(heard) & NLM_F.DUMP_INTR)).toEqual([0, NLM_F.DUMP_INTR, 0]);
  });
  test("stall: no piece and no end any more, and the socket is busy", () => {
    const transport = open({ kind: "stall" });
    say(transport, LIST);
    expect(hearAll(transport)).toHaveLength(1);
    say(transport, LIST);
    expect(hearAll(transport)).toMatchObject([[{ name: "NLMSG_ERROR", header: { error: -16 } }]]);
  });
});

describe("calls", () => {
  test("send: fails, and the kernel has heard nothing", () => {
    const kernel = new FakeKernel(route).fault({ kind: "send", errno: 111 });
    expect(() => say(kernel.transport(), SET)).toThrow("ECONNREFUSED");
    expect(kernel.requests).toEqual([]);
  });
  test("again: nothing, although there is", () => {
    const transport = open({ kind: "again", times: 2 });
    say(transport, SET);
    expect([hear(transport), hear(transport)]).toEqual([undefined, undefined]);
    expect(transport.block(0)).toBe(true);
    expect(hear(transport)).toHaveLength(1);
  });
  test("wait: throws; poll: calls back with it; wake: for nothing", async () => {
    const transport = open({ kind: "wait", errno: 12 }, { kind: "poll", errno: 5 }, { kind: "wake" });
    const woken = () => new Promise<Error | undefined>((resolve) => transport.wait(resolve));
    await expect(woken()).rejects.toMatchObject({ code: "ENOMEM" });
    expect(transport.waiting).toBe(false);
    expect(await woken()).toMatchObject({ code: "EIO" });
    expect(await woken()).toBeUndefined();
    expect(hear(transport)).toBeUndefined();
  });
  test("a call that was called off does not come", async () => {
    const transport = open({ kind: "wake", times: 9 });
    transport.wait(() => expect.unreachable());
    transport.cancel();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

test("faults with a chance come with the seed: the same twice, others for another", () => {
  const heard = (seed: number): number[] => {
    const kernel = new FakeKernel(route, { seed }).on("RTM_NEWLINK", () => {});
    const transport = kernel.fault({ kind: "lose", chance: 0.5, times: Number.POSITIVE_INFINITY }).transport();
    return Array.from({ length: 64 }, () => {
      say(transport, SET);
      return hearAll(transport).length;
    });
  };
  expect(heard(1)).toEqual(heard(1));
  expect(heard(1)).not.toEqual(heard(2));
  const some = heard(3).filter((n) => n === 1).length;
  expect(some).toBeGreaterThan(16);
  expect(some).toBeLessThan(48);
});

test("heal", () => {
  const kernel = new FakeKernel(route).fault({ kind: "send", times: Number.POSITIVE_INFINITY });
  kernel.heal();
  say(kernel.transport(), SET);
  kernel.forget();
  expect([kernel.requests, kernel.datagrams]).toEqual([[], []]);
});

test("what no client can notice", () => {
  expect(noticeable({ kind: "lose", on: "dump" })).toBe(false);
  expect(noticeable({ kind: "lose", on: "ack" })).toBe(true);
  expect(noticeable({ kind: "reorder", on: "done" })).toBe(false);
  expect(noticeable({ kind: "overrun" })).toBe(true);
});
