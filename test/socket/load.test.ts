// Many requests, dumps and namespaces at once, on the running kernel.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { IFF, type MessageInput, NLM_F, type RouteMessageType, RTNLGRP, route } from "../../src/index.ts";
import { Connection, DumpInterrupted, KernelError } from "../../src/socket/index.ts";
import { live, useNetns, withNetns } from "../support/live.ts";

const descriptors = (): number => readdirSync("/proc/self/fd").length;
const bridge = (ifname: string, rest: object = {}): MessageInput => ({
  name: "RTM_NEWLINK",
  flags: NLM_F.CREATE | NLM_F.EXCL,
  attrs: { ifname, linkinfo: { kind: "bridge" }, ...rest },
});
const LONG = process.env["NLKIT_LONG"] === "1";

live("many requests on one connection", () => {
  const [name] = useNetns(1) as [string];
  test.each([257, 1000])("%i at once, each with its own answer", async (count) => {
    await using connection = Connection.open(route, { netns: name });
    const answers = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        connection.request({ name: "RTM_GETLINK", header: { index: i % 2 === 0 ? 1 : 4000 + i } }).then(
          ({ messages }) => messages.length,
          (error: unknown) => (error instanceof KernelError ? error.code : error),
        ),
      ),
    );
    expect(answers).toEqual(Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : "ENODEV")));
    expect(connection.counters).toMatchObject({ sent: count, late: 0, strays: 0, overruns: 0, retries: 0 });
  });

  test("a batch: a result each, in order, later ones in spite of earlier ones", async () => {
    await using connection = Connection.open(route, { netns: name });
    const wanted = Array.from({ length: 450 }, (_, i) => bridge(i % 10 === 3 ? "lo" : `b${i}`, { group: 7 }));
    const results = await connection.batch(wanted);
    const codes = results.map((r) => (r.status === "fulfilled" ? "ok" : (r.reason as KernelError).code));
    expect(codes).toEqual(wanted.map((_, i) => (i % 10 === 3 ? "EEXIST" : "ok")));
    // 200 acks are what the receive buffer holds with room to spare.
    expect(connection.counters).toMatchObject({ sent: 3, overruns: 0 });
    // Many links are gone with one message.
    await connection.request({ name: "RTM_DELLINK", attrs: { group: 7 } });
    expect((await connection.dump({ name: "RTM_GETLINK" })).messages).toHaveLength(1);
  });

  test("an empty batch, and one that cannot be said", async () => {
    await using connection = Connection.open(route, { netns: name });
    expect(await connection.batch([])).toEqual([]);
    expect(connection.batchSync([])).toEqual([]);
    await expect(connection.batch([bridge("ok"), { name: "RTM_NEWLINK", attrs: { mtu: -1 } }])).rejects.toMatchObject({
      name: "EncodeError",
    });
    expect((await connection.dump({ name: "RTM_GETLINK" })).messages).toHaveLength(1);
  });

  test("blocking forms say the same as the others", async () => {
    await using connection = Connection.open(route, { netns: name });
    const get: MessageInput = { name: "RTM_GETLINK", header: { index: 1 } };
    const named = ({ messages }: { messages: readonly object[] }): unknown =>
      messages.map((m) => (m as { attrs?: { ifname?: string } }).attrs?.ifname);
    expect(named(connection.requestSync(get))).toEqual(named(await connection.request(get)));
    expect(named(connection.dumpSync({ name: "RTM_GETLINK" }))).toEqual(["lo"]);
    expect(() => connection.requestSync({ name: "RTM_GETLINK", header: { index: 999 } })).toThrow(KernelError);
    const [made, again] = connection.batchSync([bridge("sync0"), bridge("sync0")]);
    expect([made?.status, again?.status]).toEqual(["fulfilled", "rejected"]);
    await connection.request({ name: "RTM_DELLINK", attrs: { ifname: "sync0" } });
  });

  test("slow verbs let the loop turn between them", async () => {
    await using connection = Connection.open(route, { netns: name });
    const pairs = 40;
    await connection.batch(
      Array.from({ length: pairs }, (_, i) => ({
        name: "RTM_NEWLINK" as const,
        flags: NLM_F.CREATE | NLM_F.EXCL,
        attrs: {
          ifname: `v${i}`,
          linkinfo: { kind: "veth", data: { veth: { peer: { header: {}, attrs: { ifname: `w${i}` } } } } },
        },
      })),
    );
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    await Promise.all(
      Array.from({ length: pairs }, (_, i) => connection.request({ name: "RTM_DELLINK", attrs: { ifname: `v${i}` } })),
    );
    clearInterval(turning);
    // Each takes the kernel some 20 ms inside send(2).
    expect(turns).toBeGreaterThan(pairs / 2);
  });
});

live("what cannot be promised", () => {
  const [name] = useNetns(1) as [string];
  const veth = (i: number, rest: object = {}): MessageInput => ({
    name: "RTM_NEWLINK",
    flags: NLM_F.CREATE | NLM_F.EXCL,
    attrs: {
      ifname: `v${i}`,
      linkinfo: { kind: "veth", data: { veth: { peer: { header: {}, attrs: { ifname: `w${i}` } } } } },
      ...rest,
    },
  });
  const milliseconds = async (run: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await run();
    return performance.now() - begin;
  };

  test("no timeout and no signal cuts the kernel's work short", async () => {
    await using connection = Connection.open(route, { netns: name });
    await connection.request(veth(0));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const options = { timeout: 1, signal: controller.signal };
    // Fulfilled, although it took longer than either allows: the answer was there when send(2) returned.
    const took = await milliseconds(() =>
      connection.request({ name: "RTM_DELLINK", attrs: { ifname: "v0" } }, options),
    );
    expect(took).toBeGreaterThan(1);
  });

  test("many links go sooner by their group", async () => {
    await using connection = Connection.open(route, { netns: name });
    const make = (): Promise<unknown> => connection.batch(Array.from({ length: 30 }, (_, i) => veth(i, { group: 9 })));
    await make();
    const apart = await milliseconds(() =>
      Promise.all(
        Array.from({ length: 30 }, (_, i) => connection.request({ name: "RTM_DELLINK", attrs: { ifname: `v${i}` } })),
      ),
    );
    await make();
    const together = await milliseconds(() => connection.request({ name: "RTM_DELLINK", attrs: { group: 9 } }));
    expect(together).toBeLessThan(apart / 2);
  });
});

live("dumps", () => {
  const [name] = useNetns(1) as [string];
  const routes = 3000;
  const fill = async (): Promise<Connection<RouteMessageType>> => {
    const connection = Connection.open(route, { netns: name });
    await connection.request({ name: "RTM_SETLINK", header: { index: 1, flags: IFF.UP, change: IFF.UP } });
    const messages = Array.from(
      { length: routes },
      (_, i): MessageInput => ({
        name: "RTM_NEWROUTE",
        flags: NLM_F.CREATE | NLM_F.REPLACE,
        header: { family: 2, dstLen: 32, table: 100, protocol: 4, type: 1, scope: 253 },
        attrs: { dst: `10.0.${i >> 8}.${i & 255}`, oif: 1 },
      }),
    );
    const results = await connection.batch(messages);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    return connection;
  };
  const DUMP = { name: "RTM_GETROUTE", header: { family: 2, table: 100 } } as const;

  test("a stream gives what a dump gives, a datagram at a time, and receives only what is read", async () => {
    await using connection = await fill();
    const whole = (await connection.dump(DUMP)).messages;
    const before = connection.counters.received;
    const stream = connection.stream(DUMP);
    expect((await stream.next()).value?.length).toBeGreaterThan(50);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // What is not read stays in the kernel: a datagram or two are at hand, of more than five.
    expect(connection.counters.received - before).toBeLessThanOrEqual(2);
    // A request in the middle has its answer, and another dump has its turn: both make the stream keep what stands before.
    expect((await connection.request({ name: "RTM_GETLINK", header: { index: 1 } })).messages).toHaveLength(1);
    let count = 0;
    for await (const batch of stream) count += batch.length;
    expect(count).toBeGreaterThan(0);
    let streamed = 0;
    for await (const batch of connection.stream(DUMP)) {
      streamed += batch.length;
      if (streamed < 300) expect((await connection.dump(DUMP)).messages).toHaveLength(whole.length);
    }
    expect(streamed).toBe(whole.length);
  });

  test("breaking off, and then the next", async () => {
    await using connection = Connection.open(route, { netns: name });
    for (let i = 0; i < 5; i++) {
      for await (const batch of connection.stream(DUMP)) {
        expect(batch.length).toBeGreaterThan(0);
        break;
      }
    }
    expect((await connection.dump(DUMP)).messages).toHaveLength(routes);
    expect(connection.counters.late).toBe(0);
  });

  test("under churn each result is whole, or DumpInterrupted", async () => {
    await using connection = Connection.open(route, { netns: name });
    await using churn = Connection.open(route, { netns: name });
    await connection.batch(Array.from({ length: 120 }, (_, i) => bridge(`s${i}`)));
    let stop = false;
    const churning = (async () => {
      for (let i = 0; !stop; i++) {
        await churn.request(bridge(`x${i % 7}`)).catch(() => {});
        await churn.request({ name: "RTM_DELLINK", attrs: { ifname: `x${i % 7}` } }).catch(() => {});
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    let whole = 0;
    let interrupted = 0;
    for (let i = 0; i < 200; i++) {
      try {
        const { messages } = await connection.dump({ name: "RTM_GETLINK" });
        const names = messages.map((m) => (m as { attrs: { ifname: string } }).attrs.ifname);
        // Those that stand still are there, each once.
        expect(names.filter((n) => n.startsWith("s")).sort()).toEqual(
          Array.from({ length: 120 }, (_, j) => `s${j}`).sort(),
        );
        whole++;
      } catch (error) {
        expect(error).toBeInstanceOf(DumpInterrupted);
        interrupted++;
      }
    }
    stop = true;
    await churning;
    expect(whole + interrupted).toBe(200);
    expect(whole).toBeGreaterThan(0);
  });
});

live("namespaces at scale", () => {
  test(`${LONG ? 500 : 100} sockets in ${LONG ? 250 : 50} namespaces, and no descriptor is left`, async () => {
    const before = descriptors();
    const count = LONG ? 250 : 50;
    const inside = async (left: number): Promise<void> => {
      if (left === 0) return;
      await withNetns(async (netns) => {
        const connection = Connection.open(route, { netns });
        const events = connection.subscribe({ groups: [RTNLGRP.LINK] });
        expect((await connection.dump({ name: "RTM_GETLINK" })).messages).toHaveLength(1);
        await inside(left - 1);
        events.close();
        connection.close();
      });
    };
    await inside(count);
    expect(descriptors()).toBe(before);
  });
});
