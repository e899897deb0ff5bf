// The fake itself: what it says by default, and what each fault does to it.
import { build } from "esbuild";
import { expect, test } from "vitest";
import { encodeMessages, type MessageInput, NLM_F, type RouteMessageType, route } from "../../src/index.ts";
import { FakeKernel, type FakeKernelOptions, fakeTable } from "../../src/testing/index.ts";
import { hear, hearAll, say } from "./talk.ts";

const ASK = NLM_F.REQUEST | NLM_F.ACK;
const DUMP = NLM_F.REQUEST | NLM_F.DUMP;
const GET: MessageInput = { name: "RTM_GETLINK", flags: ASK };
const LIST: MessageInput = { name: "RTM_GETLINK", flags: DUMP };
const SET: MessageInput = { name: "RTM_NEWLINK", flags: ASK, header: { index: 2 }, attrs: { mtu: 1400 } };
const links = (count: number): MessageInput[] =>
  Array.from({ length: count }, (_, i) => ({ name: "RTM_NEWLINK", header: { index: i + 1 } }));

const kernelWith = (count = 1, options: FakeKernelOptions = {}): FakeKernel<RouteMessageType> =>
  new FakeKernel(route, options)
    .on("RTM_NEWLINK", () => {})
    .on("RTM_GETLINK", (request, reply) => {
      if ((request.flags & NLM_F.DUMP) === NLM_F.DUMP) reply.dump(links(count));
      else reply.object({ name: "RTM_NEWLINK", header: { index: request.header.index } });
    });

test("no native code", async () => {
  const result = await build({
    entryPoints: ["src/testing/index.ts"],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    external: ["koffi"],
    metafile: true,
  });
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(imports.filter((path) => !/^(node:)?(os|util)$/.test(path))).toEqual([]);
});

test("by itself it refuses; what it does not know cannot be asked", () => {
  const kernel = new FakeKernel(route);
  const transport = kernel.transport();
  const seq = say(transport, { type: 9999, flags: ASK, payload: new Uint8Array(4) });
  expect(hearAll(transport)).toMatchObject([
    [{ name: "NLMSG_ERROR", seq, pid: transport.portId, flags: NLM_F.CAPPED, header: { error: -95, len: 20, seq } }],
  ]);
  expect(kernel.requests).toMatchObject([{ type: 9999, seq }]);
});

test("an ack where it is asked for; behind the object of a GET", () => {
  const transport = kernelWith().transport();
  say(transport, { ...SET, flags: NLM_F.REQUEST } as MessageInput);
  expect(hearAll(transport)).toEqual([]);
  say(transport, GET);
  expect(hearAll(transport)).toMatchObject([
    [{ name: "RTM_NEWLINK" }],
    [{ name: "NLMSG_ERROR", header: { error: 0 } }],
  ]);
});

test("several requests in a datagram, a datagram each in answer; half a request ends it", () => {
  const kernel = kernelWith();
  const transport = kernel.transport();
  const bytes = encodeMessages([SET, SET, SET]);
  transport.send(bytes.subarray(0, bytes.length - 4));
  expect(hearAll(transport)).toHaveLength(2);
  expect(kernel.requests).toHaveLength(2);
  expect(kernel.datagrams).toHaveLength(1);
});

test("words: at an attribute, missing, none of an old kernel; which also repeats the request", () => {
  const refusing = (options: FakeKernelOptions) => {
    const kernel = new FakeKernel(route, options);
    const transport = kernel.on("RTM_NEWLINK", (_, reply) => reply.error(34, { msg: "no", at: "mtu" })).transport();
    say(transport, SET);
    return hear(transport);
  };
  const header = { error: -34, len: 40 };
  const told = [{ flags: NLM_F.CAPPED | NLM_F.ACK_TLVS, header, attrs: { msg: "no", offs: 32 } }];
  expect(refusing({})).toMatchObject(told);
  expect(refusing({ extAck: false })).toMatchObject([{ flags: NLM_F.CAPPED, header, attrs: {} }]);
  const echo = refusing({ capAck: false });
  expect(echo).toMatchObject([{ flags: NLM_F.ACK_TLVS, header, attrs: { msg: "no", offs: 32 } }]);
  expect((echo as unknown as { payload: Uint8Array }[])[0]?.payload).toHaveLength(24);
});

test("a handler's mistake is thrown where it can be seen", () => {
  const kernel = new FakeKernel(route).on("RTM_NEWLINK", (_, reply) => reply.error(34, { at: "ifalias" }));
  expect(() => say(kernel.transport(), SET)).toThrow("the request has no attribute ifalias");
});

test("a dump is made as it is received; a second one gets EBUSY", () => {
  let made = 0;
  const kernel = new FakeKernel(route).on("RTM_GETLINK", (_, reply) => {
    reply.dump(
      (function* () {
        for (const link of links(5000)) {
          made++;
          yield link;
        }
      })(),
    );
  });
  const transport = kernel.transport();
  const seq = say(transport, LIST);
  expect(made).toBe(118 + 1);
  expect(transport.dumping).toBe(true);
  expect(hear(transport)).toHaveLength(118);
  const second = say(transport, LIST);
  expect(hear(transport)).toHaveLength(32_448 / 32);
  expect(hear(transport)).toMatchObject([{ name: "NLMSG_ERROR", seq: second, header: { error: -16 } }]);
  const rest = hearAll(transport);
  expect(rest.at(-1)).toMatchObject([{ name: "NLMSG_DONE", seq, flags: NLM_F.MULTI, header: { error: 0 } }]);
  expect(made).toBe(5000);
  expect(transport.dumping).toBe(false);
});

test("a filter is applied and said; a kernel without strict check gives all", () => {
  const heard = [true, false].map((strictCheck) => {
    const kernel = new FakeKernel(route, { strictCheck });
    kernel.on("RTM_GETLINK", (_, reply) =>
      reply.dump(links(3), { filter: (m) => m !== undefined && indexOf(m) === 2 }),
    );
    const transport = kernel.transport();
    say(transport, LIST);
    return hearAll(transport);
  });
  const flags = NLM_F.MULTI | NLM_F.DUMP_FILTERED;
  expect(heard[0]).toMatchObject([[{ header: { index: 2 }, flags }], [{ name: "NLMSG_DONE", flags }]]);
  expect(heard[1]).toMatchObject([[{}, {}, { flags: NLM_F.MULTI }], [{ flags: NLM_F.MULTI }]]);
});
const indexOf = (message: object): number => (message as { header: { index: number } }).header.index;

test("the receive buffer holds 256 acks, then ENOBUFS, once", () => {
  const transport = kernelWith().transport();
  for (let i = 0; i < 300; i++) say(transport, SET);
  expect(transport.unread).toBe(256);
  expect(hear(transport)).toBe("ENOBUFS");
  expect(hearAll(transport)).toHaveLength(256);
  say(transport, SET);
  expect(hearAll(transport)).toHaveLength(1);
});

test("a table: CREATE, EXCL, REPLACE, change, delete, show; a dump during which it changes says so", () => {
  const kernel = new FakeKernel(route);
  const table = fakeTable(kernel, {
    names: { add: "RTM_NEWROUTE", remove: "RTM_DELROUTE", get: "RTM_GETROUTE" },
    key: (message) => (message as { attrs: { dst?: string } }).attrs.dst ?? "",
    missing: 3,
  });
  const transport = kernel.transport();
  const error = (name: "RTM_NEWROUTE" | "RTM_DELROUTE", flags: number, dst: string, priority = 1): number => {
    say(transport, { name, flags: ASK | flags, attrs: { dst, priority } });
    return (hearAll(transport) as { header: { error: number } }[][])[0]?.[0]?.header.error ?? Number.NaN;
  };
  expect(error("RTM_NEWROUTE", 0, "10.0.0.1")).toBe(-3);
  expect(error("RTM_NEWROUTE", NLM_F.CREATE | NLM_F.EXCL, "10.0.0.1")).toBe(0);
  expect(error("RTM_NEWROUTE", NLM_F.CREATE | NLM_F.EXCL, "10.0.0.1")).toBe(-17);
  expect(error("RTM_NEWROUTE", NLM_F.CREATE | NLM_F.REPLACE, "10.0.0.1", 7)).toBe(0);
  expect(table.get("10.0.0.1")).toMatchObject({ attrs: { priority: 7 } });
  for (let i = 0; i < 200; i++) error("RTM_NEWROUTE", NLM_F.CREATE, `10.1.0.${i}`);
  say(transport, { name: "RTM_GETROUTE", flags: DUMP });
  say(transport, { name: "RTM_DELROUTE", flags: ASK, attrs: { dst: "10.1.0.150" } });
  const heard = hearAll(transport) as { flags: number }[][];
  expect(heard.at(-1)?.[0]?.flags).toBe(NLM_F.MULTI | NLM_F.DUMP_INTR);
  expect(error("RTM_DELROUTE", 0, "10.1.0.150")).toBe(-3);
  say(transport, { name: "RTM_GETROUTE", flags: ASK, attrs: { dst: "10.1.0.7" } });
  expect(hearAll(transport)).toMatchObject([[{ attrs: { dst: "10.1.0.7" } }], [{ name: "NLMSG_ERROR" }]]);
});

test("events: by group and namespace, with their sender; a full buffer is an overrun", () => {
  const kernel = new FakeKernel(route);
  const here = kernel.transport().events({ groups: [1] });
  const all = kernel.transport().events({ groups: [1, 5], allNamespaces: true, receiveBuffer: 4 * 832 });
  kernel.emit(SET, { group: 1 });
  kernel.emit(SET, { group: 5, sender: 77 });
  kernel.emit(SET, { group: 1, nsid: 3 });
  expect(hearAll(here)).toMatchObject([[{ name: "RTM_NEWLINK", seq: 0, pid: 0 }]]);
  const origins = [1, 2, 3].map(() => [hear(all) !== undefined, all.sender, all.nsid]);
  expect(origins).toEqual([
    [true, 0, undefined],
    [true, 77, undefined],
    [true, 0, 3],
  ]);
  for (let i = 0; i < 9; i++) kernel.emit(SET, { group: 5 });
  expect(hearAll(all).map((heard) => typeof heard)).toEqual(["string", "object", "object", "object", "object"]);
  here.close();
  all.close();
  kernel.emit(SET);
});

test("closed is EBADF; nothing on its way and no limit is EDEADLK", () => {
  const transport = kernelWith().transport();
  expect(() => transport.block(Number.POSITIVE_INFINITY)).toThrow("EDEADLK");
  transport.close();
  expect(() => say(transport, SET)).toThrow("EBADF");
  expect(hear(transport)).toBe("EBADF");
});
