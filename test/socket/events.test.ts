// What the kernel tells unasked, and who else tries to tell it.
import { unsubscribe as offChannel, subscribe as onChannel } from "node:diagnostics_channel";
import { expect, test } from "vitest";
import type { RouteMessageType } from "../../src/attrs/route/messages.ts";
import { encodeMessage, IFF, type MessageInput, NLM_F, RTNLGRP, route } from "../../src/index.ts";
import { socketIn } from "../../src/socket/descriptor.ts";
import { type Change, Connection, type DatagramEvent, type EventItem, SystemError } from "../../src/socket/index.ts";
import { libc } from "../../src/socket/libc.ts";
import { live, useNetns } from "../support/live.ts";
import { runProgram } from "../support/program.ts";

type Item = EventItem<RouteMessageType>;
const bridge = (ifname: string): MessageInput => ({
  name: "RTM_NEWLINK",
  flags: NLM_F.CREATE | NLM_F.EXCL,
  attrs: { ifname, linkinfo: { kind: "bridge" } },
});
const gone = (ifname: string): MessageInput => ({ name: "RTM_DELLINK", attrs: { ifname } });
const told = (item: Item | undefined): unknown =>
  item === undefined || item.action === "overrun"
    ? item
    : [item.action, item.message.name, (item.message as { attrs?: { ifname?: string } }).attrs?.ifname];
const next = async (events: AsyncIterator<Item, undefined>): Promise<Item | undefined> => (await events.next()).value;
/** A datagram from another process's port to this one's. */
const forge = (netns: string, to: number, message: MessageInput): number => {
  const fd = socketIn(netns, 16, 3, 0);
  const address = new Uint8Array(12);
  new Uint16Array(address.buffer, 0, 1)[0] = 16;
  new Uint32Array(address.buffer, 4, 1)[0] = to;
  const bytes = encodeMessage(message);
  const result = libc().sendto(fd, bytes, bytes.length, 0, address, address.length);
  libc().close(fd);
  return result;
};

live("events", () => {
  const [name, other] = useNetns(2) as [string, string];

  test("new and del, and the end", async () => {
    await using connection = Connection.open(route, { netns: name });
    const events = connection.subscribe({ groups: [RTNLGRP.LINK] });
    await connection.request(bridge("e0"));
    await connection.request(gone("e0"));
    expect(told(await next(events))).toEqual(["new", "RTM_NEWLINK", "e0"]);
    expect(told(await next(events))).toEqual(["del", "RTM_DELLINK", "e0"]);
    const pending = events.next();
    await expect(events.next()).rejects.toThrow(/before the last one/);
    events.close();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test("an AbortSignal ends it with its reason", async () => {
    await using connection = Connection.open(route, { netns: name });
    const controller = new AbortController();
    const events = connection.subscribe({ groups: [RTNLGRP.LINK], signal: controller.signal });
    const pending = events.next();
    controller.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test("a group that is not, and one above 32", async () => {
    await using connection = Connection.open(route, { netns: name });
    expect(() => connection.subscribe({ groups: [1000] })).toThrow(SystemError);
    connection.subscribe({ groups: [RTNLGRP.BRVLAN] }).close();
  });

  test("forged ones are dropped and counted", async () => {
    await using connection = Connection.open(route, { netns: name });
    let port = 0;
    const events = connection.subscribe({ groups: [RTNLGRP.LINK] });
    port = events.portId;
    expect(forge(name, port, { name: "RTM_NEWLINK", attrs: { ifname: "evil" } })).toBeGreaterThan(0);
    await connection.request(bridge("e1"));
    expect(told(await next(events))).toEqual(["new", "RTM_NEWLINK", "e1"]);
    expect(events.counters).toMatchObject({ forged: 1, received: 1 });
    events.close();
    await connection.request(gone("e1"));
  });

  test("a request socket: the kernel itself refuses the forger", async () => {
    await using connection = Connection.open(route, { netns: name });
    expect(forge(name, connection.portId, { name: "RTM_NEWLINK", attrs: { ifname: "evil" } })).toBe(-1);
    expect((await connection.dump({ name: "RTM_GETLINK" })).messages).toHaveLength(1);
    expect(connection.counters.strays).toBe(0);
  });

  test("of other namespaces, with their id in ours", async () => {
    await using here = Connection.open(route, { netns: name });
    await using there = Connection.open(route, { netns: other });
    const { openNetns } = await import("../../src/socket/index.ts");
    const handle = openNetns(other);
    await here.request({ name: "RTM_NEWNSID", attrs: { fd: handle.fd, nsid: 42 } });
    handle.close();
    const events = here.subscribe({ groups: [RTNLGRP.LINK], allNamespaces: true });
    await there.request(bridge("there"));
    await here.request(bridge("here"));
    const both = [await next(events), await next(events)] as Change<RouteMessageType>[];
    expect(both.map((item) => [told(item), item.nsid])).toEqual([
      [["new", "RTM_NEWLINK", "there"], 42],
      [["new", "RTM_NEWLINK", "here"], undefined],
    ]);
    events.close();
  });

  test("a burst while nobody reads: an overrun, once, and then what is new", async () => {
    await using connection = Connection.open(route, { netns: name });
    await connection.request({ name: "RTM_SETLINK", header: { index: 1, flags: IFF.UP, change: IFF.UP } });
    const events = connection.subscribe({ groups: [RTNLGRP.IPV4_ROUTE] });
    const results = connection.batchSync(
      Array.from({ length: 2000 }, (_, i) => ({
        name: "RTM_NEWROUTE" as const,
        flags: NLM_F.CREATE | NLM_F.EXCL,
        header: { family: 2, dstLen: 32, table: 77, protocol: 4, type: 1, scope: 253 },
        attrs: { dst: `10.1.${i >> 8}.${i & 255}`, oif: 1 },
      })),
    );
    expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
    const items: Item[] = [];
    while (events.counters.overruns === 0 || items.length < 3) items.push((await next(events)) as Item);
    expect(items.filter(({ action }) => action === "overrun").length).toBeGreaterThanOrEqual(1);
    events.close();
  });
});

live("for who watches", () => {
  const [name] = useNetns(1) as [string];
  test("diagnostics_channel: request and reply, with their bytes", async () => {
    const seen: [string, DatagramEvent][] = [];
    const onRequest = (event: unknown): void => void seen.push([">", event as DatagramEvent]);
    const onReply = (event: unknown): void => void seen.push(["<", event as DatagramEvent]);
    onChannel("nlkit:request", onRequest);
    onChannel("nlkit:reply", onReply);
    try {
      await using connection = Connection.open(route, { netns: name });
      await connection.request(bridge("d0"));
      expect(seen.map(([direction, { protocol, portId }]) => [direction, protocol, portId])).toEqual([
        [">", "NETLINK_ROUTE", connection.portId],
        ["<", "NETLINK_ROUTE", connection.portId],
      ]);
      expect(seen[0]?.[1].messages[0]).toMatchObject({ name: "RTM_NEWLINK", attrs: { ifname: "d0" } });
      expect(seen[1]?.[1].messages[0]).toMatchObject({ name: "NLMSG_ERROR", header: { error: 0 } });
    } finally {
      offChannel("nlkit:request", onRequest);
      offChannel("nlkit:reply", onReply);
    }
  });

  test("NODE_DEBUG=nlkit, with undeclared bytes left out and hostile text escaped", async () => {
    const { stderr, code } = await runProgram(
      `import { Connection } from "./src/socket/index.ts";
       import { route } from "./src/index.ts";
       const connection = Connection.open(route, { netns: process.argv[2] });
       const attrs = { ifname: "dbg0", ifalias: "x\\u001b[2J", linkinfo: { kind: "bridge" } };
       const unknown = [{ word: 0x3000, bytes: new Uint8Array([1, 2, 3]) }];
       await connection.request({ name: "RTM_NEWLINK", flags: 0x600, attrs: { ...attrs, unknown } }).catch(() => {});`,
      [name],
      { env: { NODE_DEBUG: "nlkit" } },
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/NLKIT \d+: > port \d+ seq 1 RTM_NEWLINK .*IFLA_IFNAME="dbg0"/);
    expect(stderr).toContain("(3 bytes)");
    expect(stderr).toMatch(/< port \d+ seq 1 NLMSG_ERROR/);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toContain("010203");
  });
});

live("the life of the process", () => {
  const [name] = useNetns(1) as [string];
  const head = `import { Connection } from "./src/socket/index.ts"; import { route, RTNLGRP } from "./src/index.ts";
    import { Rtnetlink } from "./src/client/index.ts";
    const connection = Connection.open(route, { netns: process.argv[2] });`;

  test("an idle connection does not keep it", async () => {
    const body = `await connection.request({ name: "RTM_GETLINK", header: { index: 1 } });
      connection.subscribe({ groups: [RTNLGRP.LINK] }); console.log("end");`;
    expect(await runProgram(head + body, [name])).toMatchObject({ code: 0, signal: null, stdout: "end\n" });
  });
  test("somebody who waits for an event does", async () => {
    const body = `const events = connection.subscribe({ groups: [RTNLGRP.LINK] });
      setTimeout(() => connection.request({ name: "RTM_NEWLINK", flags: 0x600, attrs: { ifname: "k0", linkinfo: { kind: "bridge" } } }), 200).unref();
      console.log((await events.next()).value?.action);`;
    // Were it not kept, Node would end with 13 before the timer, which keeps nothing.
    expect(await runProgram(head + body, [name])).toMatchObject({ code: 0, stdout: "new\n" });
  });
  test("what a callback throws reaches the user", async () => {
    const body = `const rtnl = new Rtnetlink(connection);
      process.on("uncaughtException", (error) => { console.log("uncaught", error.message); process.exitCode = 7; links.close(); });
      const links = await rtnl.watch("link", { onChange() { throw new Error("mine"); } });
      await rtnl.links.add({ ifname: "cb0", linkinfo: { kind: "bridge" } });`;
    expect(await runProgram(head + body, [name])).toMatchObject({ code: 7, stdout: "uncaught mine\n" });
  });
  test("a worker thread has connections of its own", async () => {
    const { stdout, code } = await runProgram(
      `import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
       import { Connection } from "./src/socket/index.ts"; import { route } from "./src/index.ts";
       const ask = async (netns) => {
         await using connection = Connection.open(route, { netns });
         return (await Promise.all(Array.from({ length: 300 }, () => connection.request({ name: "RTM_GETLINK", header: { index: 1 } })))).length;
       };
       if (isMainThread) {
         const worker = new Worker(process.argv[1], { workerData: process.argv[2] });
         const theirs = new Promise((resolve) => worker.once("message", resolve));
         console.log(await ask(process.argv[2]), await theirs);
       } else parentPort.postMessage(await ask(workerData));`,
      [name],
    );
    expect([stdout, code]).toEqual(["300 300\n", 0]);
  });
});
