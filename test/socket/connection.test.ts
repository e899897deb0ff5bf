// The conversation over a transport that the test writes: pairing, dumps, refusals, and everything that can be lost.
import { describe, expect, test } from "vitest";
import { decodeMessages, encodeMessages, type MessageInput, NLM_F, route } from "../../src/index.ts";
import {
  Connection,
  ConnectionClosed,
  DumpInterrupted,
  KernelError,
  NoAnswer,
  OutcomeUnknown,
  SystemError,
} from "../../src/socket/index.ts";
import { type Delivery, PORT, scripted } from "./scripted.ts";

const ENOBUFS = 105;
const seqOf = (request: Uint8Array): number => decodeMessages(request)[0]?.seq ?? 0;
type Envelope = { seq: number; pid?: number; flags?: number };
const datagram = (...messages: (MessageInput & { flags?: number })[]): Uint8Array => encodeMessages(messages);
const link = (index: number, { seq, pid = PORT, flags = 0 }: Envelope): MessageInput => ({
  name: "RTM_NEWLINK",
  seq,
  pid,
  flags,
  header: { index },
});
const ack = ({ seq, pid = PORT }: Envelope, error = 0): MessageInput => ({
  name: "NLMSG_ERROR",
  seq,
  pid,
  flags: NLM_F.CAPPED,
  header: { error, len: 32, type: 18, flags: 5, seq, pid: 0 },
});
const done = ({ seq, pid = PORT, flags = 0 }: Envelope, error = 0): MessageInput => ({
  name: "NLMSG_DONE",
  seq,
  pid,
  flags: flags | NLM_F.MULTI,
  header: { error },
});
const GET: MessageInput = { name: "RTM_GETLINK" };
const SET: MessageInput = { name: "RTM_NEWLINK", header: { index: 2 } };
const indexes = (messages: readonly object[]): number[] =>
  messages.map((m) => (m as { header: { index: number } }).header.index);
const over = (answer?: (request: Uint8Array, index: number) => Delivery[]) => {
  const transport = scripted(answer);
  return { transport, connection: new Connection(transport, route) };
};

describe("requests", () => {
  test("object, then ack: both are consumed", async () => {
    const { connection, transport } = over((r) => [
      datagram(link(7, { seq: seqOf(r) })),
      datagram(ack({ seq: seqOf(r) })),
    ]);
    expect(indexes((await connection.request(GET)).messages)).toEqual([7]);
    expect(indexes((await connection.request(GET)).messages)).toEqual([7]);
    expect(transport.waiting).toBe(false);
    const [first] = decodeMessages(transport.sent[0] as Uint8Array);
    expect(first).toMatchObject({ flags: NLM_F.REQUEST | NLM_F.ACK, seq: 1, pid: 0 });
  });

  test("answers of others are not ours: wrong seq, wrong port", async () => {
    const { connection } = over((r) => [
      datagram(link(1, { seq: seqOf(r) + 9 }), link(2, { seq: seqOf(r), pid: PORT + 1 })),
      datagram(ack({ seq: seqOf(r), pid: PORT + 1 }, -1)),
      datagram(link(3, { seq: seqOf(r) }), ack({ seq: seqOf(r) })),
    ]);
    expect(indexes((await connection.request(GET)).messages)).toEqual([3]);
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
    const { connection } = over((r) => [
      ...Array.from({ length: 40 }, (_, i) => datagram(link(i, { seq: seqOf(r) }))),
      datagram(ack({ seq: seqOf(r) })),
    ]);
    expect((await connection.request(GET)).messages).toHaveLength(40);
  });

  test("a warning beside a yes", async () => {
    const { connection } = over((r) => [
      datagram({
        name: "NLMSG_ERROR",
        seq: seqOf(r),
        pid: PORT,
        flags: NLM_F.CAPPED | NLM_F.ACK_TLVS,
        header: { error: 0, len: 32, type: 16, flags: 5, seq: seqOf(r), pid: 0 },
        attrs: { msg: "deprecated" },
      }),
    ]);
    expect(await connection.request(SET)).toEqual({ messages: [], warning: "deprecated" });
  });

  test("a value that cannot be said is refused before it is sent", async () => {
    const { connection, transport } = over();
    await expect(connection.request({ name: "RTM_NEWLINK", attrs: { mtu: -1 } })).rejects.toMatchObject({
      name: "EncodeError",
      code: "OUT_OF_RANGE",
      path: "mtu",
    });
    expect(transport.sent).toEqual([]);
  });
});

describe("refusals", () => {
  const refused = (attrs: object, error = -22) =>
    over((r) => [
      datagram({
        name: "NLMSG_ERROR",
        seq: seqOf(r),
        pid: PORT,
        flags: NLM_F.CAPPED | NLM_F.ACK_TLVS,
        header: { error, len: r.length, type: 16, flags: 5, seq: seqOf(r), pid: 0 },
        attrs,
      }),
    ]).connection;
  const request: MessageInput = {
    name: "RTM_NEWLINK",
    attrs: { ifname: "br0", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 1 } } } },
  };
  // nlmsghdr 16, ifinfomsg 16, IFLA_IFNAME 8, IFLA_LINKINFO 4, IFLA_INFO_KIND 12, IFLA_INFO_DATA 4.
  const OFFS = { ifname: 32, linkinfo: 40, data: 56, ageingTime: 60 };

  test("the path of the attribute at an offset", async () => {
    const error = await refused({ msg: "no", offs: OFFS.ageingTime })
      .request(request)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(KernelError);
    expect(error).toMatchObject({
      errno: 22,
      code: "EINVAL",
      text: "no",
      path: "linkinfo.data.ageingTime",
      attribute: "IFLA_BR_AGEING_TIME",
      messageName: "RTM_NEWLINK",
    });
    expect((error as Error).message).toBe(
      'RTM_NEWLINK: EINVAL (invalid argument), "no", at linkinfo.data.ageingTime (IFLA_BR_AGEING_TIME)',
    );
  });
  test("an offset that is no attribute's beginning gives no path: never a guess", async () => {
    for (const offs of [0, 16, 33, OFFS.ageingTime + 4, 5000]) {
      const error = await refused({ msg: "no", offs })
        .request(request)
        .catch((e: unknown) => e);
      expect((error as KernelError).path, String(offs)).toBeUndefined();
    }
  });
  test("what is missing, by name", async () => {
    const missing = async (attrs: object): Promise<string | undefined> =>
      (
        (await refused(attrs)
          .request(request)
          .catch((e: unknown) => e)) as KernelError
      ).missing;
    expect(await missing({ missType: 4 })).toBe("IFLA_MTU");
    expect(await missing({ missType: 1, missNest: OFFS.linkinfo })).toBe("IFLA_INFO_KIND");
    expect(await missing({ missType: 999, missNest: OFFS.linkinfo })).toBe("IFLA_LINKINFO: type 999");
  });
  test("the kernel's text cannot forge a line", async () => {
    const error = await refused({ msg: "a\nb\u001b[2J" })
      .request(request)
      .catch((e: unknown) => e);
    expect((error as Error).message).not.toMatch(/[\n\u001b]/);
    expect((error as KernelError).text).toBe("a\nb\u001b[2J");
  });
  test("no text, no offset: errno alone", async () => {
    const { connection } = over((r) => [datagram(ack({ seq: seqOf(r) }, -17))]);
    await expect(connection.request(SET)).rejects.toMatchObject({ code: "EEXIST", text: undefined, path: undefined });
  });
});

describe("dumps", () => {
  test("several datagrams, DONE in the last or alone", async () => {
    const { connection } = over((r, i) =>
      i === 0
        ? [datagram(link(1, { seq: seqOf(r) })), datagram(link(2, { seq: seqOf(r) }), done({ seq: seqOf(r) }))]
        : [datagram(link(3, { seq: seqOf(r) })), datagram(done({ seq: seqOf(r) }))],
    );
    expect(indexes((await connection.dump(GET)).messages)).toEqual([1, 2]);
    expect(indexes((await connection.dump(GET)).messages)).toEqual([3]);
  });
  test("two at once take turns", async () => {
    const { connection, transport } = over();
    const both = [connection.dump(GET), connection.dump(GET)];
    expect(transport.sent).toHaveLength(1);
    transport.deliver(datagram(link(1, { seq: 1 }), done({ seq: 1 })));
    expect(transport.sent).toHaveLength(2);
    transport.deliver(datagram(link(2, { seq: 2 }), done({ seq: 2 })));
    expect((await Promise.all(both)).map(({ messages }) => indexes(messages))).toEqual([[1], [2]]);
  });
  test("DONE with an errno", async () => {
    const { connection } = over((r) => [datagram(done({ seq: seqOf(r) }, -22))]);
    await expect(connection.dump(GET)).rejects.toMatchObject({ name: "KernelError", code: "EINVAL" });
  });
  test("DUMP_INTR is asked again; what the first attempt gave is dropped", async () => {
    const { connection, transport } = over((r, i) => {
      const flags = i < 2 ? NLM_F.DUMP_INTR : 0;
      return [datagram(link(i, { seq: seqOf(r), flags }), done({ seq: seqOf(r) }))];
    });
    expect(indexes((await connection.dump(GET)).messages)).toEqual([2]);
    expect(transport.sent).toHaveLength(3);
  });
  test("DUMP_INTR without end: a typed error with what there is", async () => {
    const { connection, transport } = over((r) => [
      datagram(link(5, { seq: seqOf(r) }), done({ seq: seqOf(r), flags: NLM_F.DUMP_INTR })),
    ]);
    const error = (await connection.dump(GET).catch((e: unknown) => e)) as DumpInterrupted;
    expect(error).toBeInstanceOf(DumpInterrupted);
    expect(indexes(error.messages as object[])).toEqual([5]);
    expect(transport.sent).toHaveLength(error.attempts);
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
  });
  test("an abandoned dump is read to its end before the next begins", async () => {
    const { connection, transport } = over();
    await expect(connection.dump(GET, { timeout: 20 })).rejects.toBeInstanceOf(NoAnswer);
    const next = connection.dump(GET);
    expect(transport.sent).toHaveLength(1);
    transport.deliver(datagram(link(1, { seq: 1 }), done({ seq: 1 })));
    transport.deliver(datagram(link(2, { seq: 2 }), done({ seq: 2 })));
    expect(indexes((await next).messages)).toEqual([2]);
  });
  test("AbortSignal: before, and while waiting", async () => {
    const { connection, transport } = over();
    await expect(connection.request(GET, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
    expect(transport.sent).toHaveLength(0);
    const controller = new AbortController();
    const pending = connection.request(GET, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    expect(transport.waiting).toBe(false);
  });
  test("ENOBUFS: a question is asked again, a change is not", async () => {
    const { connection, transport } = over((r, i) =>
      i === 0 ? [ENOBUFS] : [datagram(link(9, { seq: seqOf(r) }), ack({ seq: seqOf(r) }))],
    );
    expect(indexes((await connection.request(GET)).messages)).toEqual([9]);
    expect(transport.sent).toHaveLength(2);
    const { connection: other, transport: theirs } = over(() => [ENOBUFS]);
    await expect(other.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "overrun" });
    expect(theirs.sent).toHaveLength(1);
  });
  test("a cut datagram: a question is asked again with room for it", async () => {
    const long = (seq: number): Uint8Array =>
      datagram({ name: "RTM_NEWLINK", seq, pid: PORT, header: { index: 4 }, attrs: { ifalias: "x".repeat(60_000) } });
    const huge = (seq: number): Uint8Array =>
      Uint8Array.from(Buffer.concat(Array.from({ length: 6 }, () => long(seq))));
    const { connection, transport } = over((r) => [huge(seqOf(r)), datagram(ack({ seq: seqOf(r) }))]);
    expect((await connection.request(GET)).messages).toHaveLength(6);
    expect(transport.sent).toHaveLength(2);
    const { connection: other } = over((r) => [huge(seqOf(r))]);
    await expect(other.request(SET)).rejects.toMatchObject({ name: "OutcomeUnknown", reason: "truncated" });
  });
  test("any other failure of the socket ends every request", async () => {
    const { connection } = over(() => [9]);
    await expect(connection.request(SET)).rejects.toBeInstanceOf(SystemError);
    await expect(connection.dump(GET)).rejects.toMatchObject({ code: "EBADF" });
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
