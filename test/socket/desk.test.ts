// Requests are written into one buffer: whoever looks at the bytes later, or asks in the middle of it, must not notice.
import { expect, test } from "vitest";
import { encodeMessage, type MessageInput, NLM_F, route } from "../../src/index.ts";
import { Connection, type KernelError, OutcomeUnknown } from "../../src/socket/index.ts";
import { FakeKernel } from "../../src/testing/index.ts";

const over = () => {
  const kernel = new FakeKernel(route).otherwise((_, reply) => reply.ack());
  return { kernel, connection: new Connection(kernel.transport(), route, { timeout: 50 }) };
};
const named = (ifname: string, index = 0): MessageInput => ({
  name: "RTM_NEWLINK",
  header: { index },
  attrs: { ifname },
});
/** What stands on the wire for it. */
const sent = (message: MessageInput, seq: number): Uint8Array =>
  encodeMessage({ ...message, flags: (message.flags ?? 0) | NLM_F.REQUEST | NLM_F.ACK, seq } as MessageInput);

test("short and long ones in turn: each as encodeMessage writes it", async () => {
  const { kernel, connection } = over();
  const long = {
    name: "RTM_NEWLINK",
    attrs: { unknown: [{ word: 99, bytes: new Uint8Array(9000).fill(7) }] },
  } as const;
  const raw = { type: 16, payload: new Uint8Array([1, 2, 3, 4, 5]), flags: NLM_F.CREATE } as const;
  const messages: MessageInput[] = [named("a"), long, named("bb", 3), raw, long, named("a-longer-name")];
  for (const message of messages) await connection.request(message);
  for (const message of messages) connection.requestSync(message);
  expect(kernel.datagrams).toEqual([...messages, ...messages].map((message, i) => sent(message, i + 1)));
});

test("options of writing are heeded", async () => {
  const { kernel, connection } = over();
  const message: MessageInput = { name: "RTM_NEWLINK", attrs: { ifname: "x", linkinfo: { kind: "veth" } } };
  const how = { nested: false, terminated: false };
  await connection.request(message, how);
  const flags = NLM_F.REQUEST | NLM_F.ACK;
  expect(kernel.datagrams).toEqual([encodeMessage({ ...message, flags, seq: 1 } as MessageInput, how)]);
});

test("a getter of the caller's asks something itself: both are sent whole", async () => {
  const { kernel, connection } = over();
  const outer: MessageInput = {
    name: "RTM_NEWLINK",
    attrs: {
      mtu: 1400,
      get ifname() {
        connection.requestSync(named("inner"));
        return "outer";
      },
    },
  };
  await connection.request(outer);
  expect(kernel.datagrams).toEqual([
    sent(named("inner"), 2),
    sent({ name: "RTM_NEWLINK", attrs: { mtu: 1400, ifname: "outer" } }, 1),
  ]);
});

test("what cannot be said leaves nothing behind for the next", async () => {
  const { kernel, connection } = over();
  const deep: MessageInput = {
    name: "RTM_NEWLINK",
    attrs: { linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { mtu: -1 } } } } } },
  };
  for (let i = 0; i < 40; i++) await expect(connection.request(deep)).rejects.toMatchObject({ code: "OUT_OF_RANGE" });
  await connection.request(named("fine"));
  expect(kernel.datagrams).toEqual([sent(named("fine"), 41)]);
});

test("an error keeps the bytes of its own request", async () => {
  const { kernel, connection } = over();
  kernel.on("RTM_NEWLINK", ({ attrs }, reply) => (attrs.ifname === "lost" ? reply.silence() : reply.error(17)));
  const outcomes = await Promise.allSettled(["first", "lost", "last"].map((name) => connection.request(named(name))));
  const errors = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason as KernelError);
  await connection.request({ name: "RTM_SETLINK", header: { index: 9 } });
  expect(errors[1]).toBeInstanceOf(OutcomeUnknown);
  expect(errors.map(({ request }) => request)).toEqual(kernel.datagrams.slice(0, 3));
});

test("what waits in line is sent as it was asked, however many ask meanwhile", async () => {
  const { kernel, connection } = over();
  kernel.fault({ kind: "delay", ms: 2 });
  const messages = Array.from({ length: 600 }, (_, i) => named(`n${i}`, i + 1));
  await Promise.all(messages.map((message) => connection.request(message, { timeout: 5000 })));
  expect(kernel.datagrams).toEqual(messages.map((message, i) => sent(message, i + 1)));
});
