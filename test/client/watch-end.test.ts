// How a watch starts and ends, what it tells meanwhile, and waiting on it.
import { getEventListeners } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { Rtnetlink, type TableChange, type Watched } from "../../src/client/index.ts";
import { type MessageInput, type RouteMessageType, RTNLGRP, route } from "../../src/index.ts";
import { ConnectionClosed } from "../../src/socket/index.ts";
import { FakeKernel } from "../../src/testing/index.ts";

const INET = 2;
const INET6 = 10;
const link = (index: number, mtu = 1500): MessageInput => ({ name: "RTM_NEWLINK", header: { index }, attrs: { mtu } });
const hop = (dst: string): MessageInput => ({
  name: "RTM_NEWROUTE",
  header: { family: dst.includes(":") ? INET6 : INET, dstLen: 32, table: 254 },
  attrs: { dst },
});

interface World {
  readonly kernel: FakeKernel<RouteMessageType>;
  readonly rtnl: Rtnetlink;
  links: MessageInput[];
  routes: MessageInput[];
}
const world = (): World => {
  const kernel = new FakeKernel(route);
  const made: World = { kernel, rtnl: Rtnetlink.over(kernel.transport()), links: [], routes: [] };
  kernel.on("RTM_GETLINK", (_, reply) => reply.dump(made.links));
  kernel.on("RTM_GETROUTE", ({ header }, reply) =>
    reply.dump(made.routes.filter((one) => (one as { header?: { family?: number } }).header?.family === header.family)),
  );
  return made;
};
const turn = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What nobody caught. */
const unhandled: unknown[] = [];
const keep = (reason: unknown): void => void unhandled.push(reason);
/** Runs something, and gives what was left unhandled behind it. vitest's own listeners would fail the run. */
const leftBy = async (run: () => Promise<void>): Promise<unknown[]> => {
  const theirs = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", keep);
  unhandled.length = 0;
  try {
    await run();
    await turn(20);
  } finally {
    process.off("unhandledRejection", keep);
    for (const one of theirs) process.on("unhandledRejection", one);
  }
  return [...unhandled];
};
afterEach(() => void vi.restoreAllMocks());

test("a reading that is interrupted tells no deletion, and is followed by a whole one", async () => {
  const here = world();
  const { kernel, rtnl } = here;
  const all = ["10.0.0.1", "10.0.0.2", "2001:db8::1"].map(hop);
  here.routes = all;
  const told: string[] = [];
  await using routes = await rtnl.watch("route", {
    onChange: ({ action, message }) => told.push(`${action} ${message.attrs.dst}`),
    onResync: (lost) => told.push(`read, lost: ${lost}`),
  });
  // Five times, the first of them without one route, and with one that is new.
  kernel.fault({ kind: "interrupt", times: 5 });
  here.routes = [hop("10.0.0.3"), ...all.slice(1)];
  kernel.emit({ name: "RTM_DELADDR", header: { family: INET } }, { group: RTNLGRP.IPV4_IFADDR });
  await routes.until(() => told.length > 0);
  expect(told).toEqual(["new 10.0.0.3"]);
  expect(routes.size).toBe(4);
  here.routes = [...here.routes, all[0] as MessageInput];
  await routes.until(() => routes.resyncs === 3 && told.length > 1);
  expect(told).toEqual(["new 10.0.0.3", "read, lost: false"]);
  expect(routes.size).toBe(4);
  rtnl.close();
});

test("what ends the start is told once, by whoever asked", async () => {
  const left = await leftBy(async () => {
    const { kernel, rtnl } = world();
    // Aborted: before the table was read, and in the turn in which it was.
    const controller = new AbortController();
    const starting = rtnl.watch("link", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(starting).rejects.toThrow("enough");
    // Closed.
    kernel.fault({ kind: "delay", ms: 20, times: 1 });
    const closing = rtnl.watch("link");
    rtnl.close();
    await expect(closing).rejects.toBeInstanceOf(ConnectionClosed);
    // Its socket fails, and the request's does not.
    const broken = world();
    broken.kernel.fault({ kind: "wait", times: 1 });
    await expect(broken.rtnl.watch("link")).rejects.toMatchObject({ name: "SystemError" });
    broken.rtnl.close();
  });
  expect(left).toEqual([]);
});

test("a failure: done rejects; who waits is told the same, and then done need not be looked at", async () => {
  const left = await leftBy(async () => {
    const { kernel, rtnl } = world();
    const waited = await rtnl.watch("link");
    const waiting = waited.until(() => false);
    kernel.fault({ kind: "receive", times: 1 });
    kernel.emit(link(1));
    const error = await waiting.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "SystemError" });
    await expect(waited.until(() => false)).rejects.toBe(error);
    rtnl.close();
  });
  expect(left).toEqual([]);
  const alone = await leftBy(async () => {
    const { kernel, rtnl } = world();
    await rtnl.watch("link");
    kernel.fault({ kind: "receive", times: 1 });
    kernel.emit(link(1));
    await turn(20);
    rtnl.close();
  });
  expect(alone).toMatchObject([{ name: "SystemError" }]);
});

test("closing the connection ends its watches in peace", async () => {
  const left = await leftBy(async () => {
    const { rtnl } = world();
    const [one, other] = [await rtnl.watch("link"), await rtnl.watch("route")];
    const waiting = one.until(() => false, { timeout: Infinity });
    rtnl.close();
    await Promise.all([one.done, other.done]);
    await expect(waiting).rejects.toMatchObject({ code: "CONNECTION_CLOSED", message: "the watch is closed" });
    await expect(other.until(() => false)).rejects.toThrow(ConnectionClosed);
    // Under the verbs: known when it wants to read.
    const { kernel, rtnl: second } = world();
    const under = await second.watch("route");
    second.connection.close();
    kernel.emit({ name: "RTM_DELADDR", header: { family: INET } }, { group: RTNLGRP.IPV4_IFADDR });
    await under.done;
  });
  expect(left).toEqual([]);
});

test("behind close nothing is told", async () => {
  const here = world();
  const told: TableChange<Watched["link"]>[] = [];
  const read: boolean[] = [];
  const links = await here.rtnl.watch("link", {
    onChange(change) {
      told.push(change);
      links.close();
    },
    onResync: (lost) => read.push(lost),
  });
  // A discipline that it does not know: it reads, and three links are new; and more is told meanwhile.
  here.kernel.on("RTM_GETLINK", (_, reply) => {
    here.kernel.emit(link(4), { group: RTNLGRP.LINK });
    reply.dump([link(1), link(2), link(3)]);
  });
  here.kernel.fault({ kind: "delay", ms: 20, times: 1, on: "dump" });
  const qdisc = { name: "RTM_NEWQDISC", header: { ifindex: 1, parent: 0xffffffff }, attrs: { kind: "pfifo" } } as const;
  here.kernel.emit(qdisc, { group: RTNLGRP.TC });
  await links.done;
  await turn(60);
  expect(told).toHaveLength(1);
  expect(read).toEqual([]);
  expect(links.size).toBe(3);
  here.rtnl.close();
});

test("until leaves nothing behind, and adds nothing while it waits", async () => {
  const { kernel, rtnl } = world();
  await using links = await rtnl.watch("link");
  const any = vi.spyOn(AbortSignal, "any");
  const { signal } = new AbortController();
  const reactions = vi.spyOn(links.done, "then");
  const waiting = links.until((table) => table.size === 100, { signal });
  const others = Array.from({ length: 20 }, () => links.until((table) => table.size > 50, { signal }));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  for (let i = 1; i <= 100; i++) {
    kernel.emit(link(i));
    await turn();
  }
  expect(await waiting).toBe(true);
  await Promise.all(others);
  expect(reactions).not.toHaveBeenCalled();
  expect(any).not.toHaveBeenCalled();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  rtnl.close();
});

test("until: long times are long, and what is no time is refused", async () => {
  const { rtnl } = world();
  const warned = vi.fn();
  process.on("warning", warned);
  const links = await rtnl.watch("link");
  const ended = vi.fn();
  const long = [Infinity, 2 ** 31, 1e15].map((timeout) => links.until(() => false, { timeout }).catch(ended));
  await turn(20);
  expect(ended).not.toHaveBeenCalled();
  for (const timeout of [Number.NaN, -1, "5" as unknown as number]) {
    await expect(links.until(() => true, { timeout })).rejects.toThrow(/^timeout: /);
  }
  await expect(links.until(() => false, { timeout: 0 })).rejects.toMatchObject({ name: "TimeoutError" });
  links.close();
  await Promise.all(long);
  expect(ended).toHaveBeenCalledTimes(3);
  expect(warned).not.toHaveBeenCalled();
  process.off("warning", warned);
  rtnl.close();
});

test("longer than a timer can be: in parts", async () => {
  vi.useFakeTimers();
  try {
    const { Deadline } = await import("../../src/client/deadline.ts");
    const wake = vi.fn();
    const deadline = new Deadline(2 ** 31 + 1000, undefined, wake);
    vi.advanceTimersByTime(2 ** 31);
    expect(wake).not.toHaveBeenCalled();
    deadline.check();
    vi.advanceTimersByTime(1000);
    expect(wake).toHaveBeenCalledTimes(1);
    expect(() => deadline.check()).toThrow(expect.objectContaining({ name: "TimeoutError" }));
  } finally {
    vi.useRealTimers();
  }
});

test("a table and a group that are none: a RangeError that says which there are", async () => {
  const { rtnl } = world();
  await expect(rtnl.watch("links" as "link")).rejects.toThrow(
    new RangeError('table: "links" is none of link, address, route, neighbour'),
  );
  await expect(rtnl.watch("constructor" as "link")).rejects.toThrow(RangeError);
  expect(() => rtnl.subscribe(["LINKS" as "LINK"])).toThrow(/^groups: "LINKS" is none of .*LINK, .*IPV4_ROUTE/);
  rtnl.close();
});
