// The live transport over calls that the test makes: what the C library can answer, and the kernel does not when it is asked to.
import { describe, expect, test } from "vitest";
import { koffi } from "../../src/socket/koffi.ts";
import type { Libc } from "../../src/socket/libc.ts";
import { NetlinkSocket, setUp } from "../../src/socket/netlink-socket.ts";

const EPERM = 1;
const EINTR = 4;
const EBADF = 9;
const EAGAIN = 11;
const EMSGSIZE = 90;
const ECONNREFUSED = 111;
const ENOPROTOOPT = 92;
const ENOBUFS = 105;
const FD = 7;
const PORT = 4242;

type Name = "send" | "recv" | "poll" | "close" | "setsockopt" | "connect" | "getsockname";
type Calls = Pick<Libc, Name>;
interface Call {
  readonly name: Name;
  readonly args: readonly unknown[];
}

/** Calls that give these results, one after the other, then 0; a negative one is an errno. */
const script = (results: Partial<Record<Name, number[]>>): { readonly calls: Calls; readonly made: Call[] } => {
  const made: Call[] = [];
  const call =
    (name: Name) =>
    (...args: unknown[]): number => {
      made.push({ name, args });
      if (name === "getsockname") new Uint32Array((args[1] as Uint8Array).buffer, 4, 1)[0] = PORT;
      const result = results[name]?.shift() ?? 0;
      if (result >= 0) return result;
      // The C library leaves it where koffi looks.
      koffi().errno(-result);
      return -1;
    };
  const names: Name[] = ["send", "recv", "poll", "close", "setsockopt", "connect", "getsockname"];
  return { calls: Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Calls, made };
};
const over = (results: Partial<Record<Name, number[]>>) => {
  const { calls, made } = script(results);
  return { socket: new NetlinkSocket(FD, PORT, calls), made };
};
const bytes = new Uint8Array(32);

describe("setting up", () => {
  const options = (made: Call[]): unknown[] =>
    made.filter(({ name }) => name === "setsockopt").map(({ args }) => args[2]);

  test("ext-ack, cap-ack, strict check; connected to the kernel; the port is the socket's own", () => {
    const { calls, made } = script({});
    expect(setUp(FD, true, calls)).toBe(PORT);
    expect(options(made)).toEqual([11, 10, 12]);
    const address = made.find(({ name }) => name === "connect")?.args[1] as Uint8Array;
    expect(new Uint16Array(address.buffer, 0, 1)[0]).toBe(16);
    expect([...address.subarray(2)]).toEqual(Array.from({ length: 10 }, () => 0));
  });
  test("without strict check it is not asked for", () => {
    const { calls, made } = script({});
    setUp(FD, false, calls);
    expect(options(made)).toEqual([11, 10]);
  });
  test.each([0, 1, 2])("ENOPROTOOPT of option %i: an older kernel, which will do", (which) => {
    const { calls, made } = script({ setsockopt: [0, 0, 0].fill(-ENOPROTOOPT, which, which + 1) });
    expect(setUp(FD, true, calls)).toBe(PORT);
    expect(options(made)).toHaveLength(3);
  });
  test.each<[Name, number[], string]>([
    ["setsockopt", [0, -EPERM], "EPERM"],
    ["connect", [-ECONNREFUSED], "ECONNREFUSED"],
    ["getsockname", [-EBADF], "EBADF"],
  ])("%s that fails is told", (name, results, code) => {
    const { calls } = script({ [name]: results });
    expect(() => setUp(FD, true, calls)).toThrow(expect.objectContaining({ name: "SystemError", syscall: name, code }));
  });
});

describe("sending", () => {
  test("the whole datagram, again after a signal, and then once", () => {
    const { socket, made } = over({ send: [-EINTR, -EINTR, bytes.length] });
    socket.send(bytes);
    expect(made.map(({ args }) => args)).toEqual(Array.from({ length: 3 }, () => [FD, bytes, bytes.length, 0]));
  });
  test.each([
    [EPERM, "EPERM"],
    [ENOBUFS, "ENOBUFS"],
    [ECONNREFUSED, "ECONNREFUSED"],
    [EAGAIN, "EAGAIN"],
  ])("errno %i is told, and nothing is sent again", (errno, code) => {
    const { socket, made } = over({ send: [-errno] });
    expect(() => socket.send(bytes)).toThrow(expect.objectContaining({ name: "SystemError", syscall: "send", code }));
    expect(made).toHaveLength(1);
  });
});

describe("a datagram longer than the send buffer", () => {
  const SO_SNDBUFFORCE = 32;
  test("makes that larger, once, and goes", () => {
    const { socket, made } = over({ send: [-EMSGSIZE, bytes.length, bytes.length] });
    socket.send(bytes);
    socket.send(bytes);
    expect(made.map(({ name }) => name)).toEqual(["send", "setsockopt", "send", "send"]);
    expect(made[1]?.args[2]).toBe(SO_SNDBUFFORCE);
  });
  test.each([
    ["without CAP_NET_ADMIN", { send: [-EMSGSIZE, -EMSGSIZE], setsockopt: [-EPERM] }, 1],
    ["longer than any buffer", { send: [-EMSGSIZE, -EMSGSIZE, -EMSGSIZE] }, 2],
  ])("%s: EMSGSIZE, with its length", (_why, results, sent) => {
    const { socket, made } = over(results);
    expect(() => socket.send(bytes)).toThrow(
      expect.objectContaining({ name: "SystemError", code: "EMSGSIZE", message: expect.stringContaining("32 bytes") }),
    );
    expect(made.filter(({ name }) => name === "send")).toHaveLength(sent);
  });
});

describe("receiving", () => {
  const flags = 0x40 | 0x20;
  test("does not wait, and hears the true length", () => {
    const { socket, made } = over({ recv: [500] });
    expect(socket.receive(bytes)).toBe(500);
    expect(made).toEqual([{ name: "recv", args: [FD, bytes, bytes.length, flags] }]);
  });
  test("again after a signal", () => {
    const { socket, made } = over({ recv: [-EINTR, -EINTR, 20] });
    expect(socket.receive(bytes)).toBe(20);
    expect(made).toHaveLength(3);
  });
  test("EAGAIN is nothing, also behind a signal", () => {
    expect(over({ recv: [-EAGAIN] }).socket.receive(bytes)).toBeUndefined();
    expect(over({ recv: [-EINTR, -EAGAIN] }).socket.receive(bytes)).toBeUndefined();
  });
  test.each([
    [ENOBUFS, "ENOBUFS"],
    [EBADF, "EBADF"],
  ])("errno %i is told", (errno, code) => {
    const { socket } = over({ recv: [-errno] });
    expect(() => socket.receive(bytes)).toThrow(
      expect.objectContaining({ name: "SystemError", syscall: "recv", code }),
    );
  });
});

describe("blocking", () => {
  const waited = (made: Call[]): number[] => made.map(({ args }) => args[2] as number);
  test("true when there is something, false when the time is over", () => {
    expect(over({ poll: [1] }).socket.block(5)).toBe(true);
    expect(over({ poll: [0] }).socket.block(5)).toBe(false);
  });
  test("a signal does not make it longer", () => {
    const { socket, made } = over({ poll: [-EINTR, -EINTR, 1] });
    expect(socket.block(50)).toBe(true);
    expect(made).toHaveLength(3);
    expect(Math.max(...waited(made))).toBeLessThanOrEqual(50);
  });
  test("without limit, and longer than poll can be told: for ever", () => {
    const { socket, made } = over({ poll: [1, 1] });
    socket.block(Number.POSITIVE_INFINITY);
    socket.block(2 ** 40);
    expect(waited(made)).toEqual([-1, -1]);
  });
  test("any other errno is told", () => {
    const { socket } = over({ poll: [-EBADF] });
    expect(() => socket.block(5)).toThrow(expect.objectContaining({ syscall: "poll", code: "EBADF" }));
  });
});

test("closing twice closes once", () => {
  const { socket, made } = over({});
  socket.close();
  socket.close();
  expect(made).toEqual([{ name: "close", args: [FD] }]);
});
