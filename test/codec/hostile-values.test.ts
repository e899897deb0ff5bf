// What hostile senders put into datagrams, and what then becomes of the decoded message: printed, and encoded again.
import { describe, expect, test } from "vitest";
import {
  connector,
  decodeMessages,
  encodeMessage,
  explain,
  flat,
  generic,
  PROC_EVENT,
  uevents,
  xfrm,
} from "../../src/index.ts";
import { hex } from "../support/fixtures.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOfHex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));
const backOf = (bytes: Uint8Array, types: typeof uevents): string[] =>
  decodeMessages(bytes, { types, lossless: true }).map((message) => hex(encodeMessage(message as never, { types })));

describe("kobject-uevent", () => {
  test("a property's name cannot move a cursor, end a line or reorder it", () => {
    const bytes = bytesOf("add@/x\0A\x1b[31m\u202e\nB=1\0");
    const fields = explain(bytes, { types: uevents });
    const said = JSON.stringify([
      fields.map(({ path, property }) => [path, property]),
      fields[0]?.children,
      flat(fields),
    ]);
    // JSON escapes controls by itself: look at what it was given.
    const names = (JSON.parse(said) as unknown[][]).flat(9).flatMap((part) => Object.values(part as object));
    expect(fields[0]?.children[1]).toMatchObject({
      constant: String.raw`A\u001b[31m\u202e\nB`,
      property: String.raw`properties.A\u001b[31m\u202e\nB`,
    });
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) if (typeof name === "string") expect(name).not.toMatch(/[\u001b\u202e\n]/u);
    // The name itself is whole.
    expect(backOf(bytes, uevents)).toEqual([hex(bytes)]);
  });
  test.each([41, 0x2001, 0x7fffffff, 0xffffffff])("properties that begin %i bytes on take no memory", (offset) => {
    const bytes = new Uint8Array(40);
    bytes.set(bytesOf("libudev"));
    new DataView(bytes.buffer).setUint32(16, offset, true);
    const [event] = decodeMessages(bytes, { types: uevents, lossless: true });
    expect(hex(encodeMessage(event as never, { types: uevents }))).toBe(hex(bytes));
    const [plain] = decodeMessages(bytes, { types: uevents });
    if (offset <= 0x2000) return;
    expect(() => encodeMessage(plain as never, { types: uevents })).toThrow(/^udev.propertiesOff: /u);
    // Changed, it is another value, and that is refused.
    const changed = { ...event, properties: { A: "1" } };
    expect(() => encodeMessage(changed as never, { types: uevents })).toThrow(/^udev.propertiesOff: /u);
  });
  test("properties behind a header that lies are read", () => {
    const bytes = new Uint8Array([...bytesOf("libudev"), ...new Uint8Array(33), ...bytesOf("A=1\0")]);
    new DataView(bytes.buffer).setUint32(16, 0xffffffff, true);
    expect(decodeMessages(bytes, { types: uevents })[0]).toMatchObject({ properties: { A: "1" } });
    expect(backOf(bytes, uevents)).toEqual([hex(bytes)]);
  });
});

describe("text that is no UTF-8, in a struct", () => {
  const head = { name: "cn_msg", idx: 1, val: 1, cnSeq: 0, ack: 0, len: 0, cnFlags: 0 } as const;
  const name = "x".repeat(15);
  const spoilt = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte === 0x78 ? 0xff : byte));
  test("a process's name", () => {
    const event = { what: PROC_EVENT.COMM, comm: name };
    const bytes = spoilt(encodeMessage({ ...head, data: { proc: [event] } }, { types: connector }));
    expect(backOf(bytes, connector as never)).toEqual([hex(bytes)]);
    const [plain] = decodeMessages(bytes, { types: connector });
    const again = encodeMessage(plain as never, { types: connector });
    expect(decodeMessages(again, { types: connector })[0]).toMatchObject({
      data: { proc: [{ comm: "?".repeat(15) }] },
    });
    expect(() =>
      encodeMessage({ ...head, data: { proc: [{ ...event, comm: "x".repeat(17) }] } }, { types: connector }),
    ).toThrow("data[0].comm: 17 bytes");
  });
  test("an algorithm's name", () => {
    const alg = { name: "x".repeat(40), keyLen: 8, key: Uint8Array.of(1) };
    const bytes = spoilt(encodeMessage({ name: "XFRM_MSG_NEWSA", attrs: { algCrypt: alg } } as never, { types: xfrm }));
    expect(backOf(bytes, xfrm as never)).toEqual([hex(bytes)]);
    const [plain] = decodeMessages(bytes, { types: xfrm });
    expect(hex(encodeMessage(plain as never, { types: xfrm }))).toContain("3f".repeat(40));
  });
});

test("a number's attribute may say that its integers are in network order", () => {
  const bytes = encodeMessage(
    { name: "nlctrl", header: { cmd: 1 }, attrs: { opPolicy: [{ number: 3, value: { do: 1 } }] } },
    { types: generic },
  );
  // nlmsghdr, genlmsghdr, CTRL_ATTR_OP_POLICY: then the item, whose type word gets NLA_F_NET_BYTEORDER.
  bytes[16 + 4 + 4 + 3] = 0xc0;
  const value = [{ number: 3, value: { do: 0x01000000 } }];
  const [message] = decodeMessages(bytes, { types: generic, lossless: true });
  // Without what was kept under a symbol.
  expect(JSON.parse(JSON.stringify(message))).toMatchObject({ attrs: { opPolicy: value } });
  expect(hex(encodeMessage(message as never, { types: generic }))).toBe(hex(bytes));
  expect(flat(explain(bytes, { types: generic })).at(-1)?.[1]).toBe(0x01000000);
  const plain = encodeMessage(decodeMessages(bytes, { types: generic })[0] as never, { types: generic });
  expect(decodeMessages(plain, { types: generic })[0]).toMatchObject({ attrs: { opPolicy: value } });
});

describe("a plain decode, encoded again, says the same", () => {
  const again = (bytes: Uint8Array, types?: unknown): void => {
    const options = types === undefined ? {} : { types: types as typeof uevents };
    // What was wrong the first time is no part of what was sent.
    const messages = decodeMessages(bytes, options).map(({ issues, ...message }) => message);
    const back = messages.map((message) => encodeMessage(message as never, options));
    expect(back.flatMap((one) => decodeMessages(one, options)).map(({ issues, ...one }) => one)).toEqual(messages);
    expect(
      decodeMessages(bytes, { ...options, lossless: true }).map((one) => hex(encodeMessage(one as never, options))),
    ).toEqual([hex(bytes)]);
  };
  test("an ack that echoes an odd number of bytes", () => {
    again(bytesOfHex("1500000003000200000000000000000000000000aa"));
    // With attributes behind them they are padded.
    const ack = { name: "NLMSG_DONE", flags: 2, header: { error: 0 }, payload: Uint8Array.of(1) } as const;
    expect(encodeMessage(ack)).toHaveLength(21);
    expect(encodeMessage({ ...ack, attrs: { missType: 1 } })).toHaveLength(32);
  });
  test.each([0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 17, 20])("an address of %i bytes", (length) => {
    for (const octet of [0, 0x12, 0xea]) {
      const bytes = new Uint8Array(length).fill(octet);
      const raw = { word: 1, bytes };
      again(encodeMessage({ name: "RTM_NEWROUTE", attrs: { unknown: [raw] } }));
      again(encodeMessage({ name: "RTM_NEWLINK", attrs: { unknown: [raw] } }));
    }
  });
  test("eight bytes of an address are no IPv6 address", () => {
    const bytes = bytesOfHex("00ea000000090001");
    const sent = encodeMessage({ name: "RTM_NEWROUTE", attrs: { unknown: [{ word: 1, bytes }] } });
    expect(decodeMessages(sent)[0]).toMatchObject({ attrs: { dst: "00-ea-00-00-00-09-00-01" } });
    const link = encodeMessage({ name: "RTM_NEWLINK", attrs: { unknown: [{ word: 1, bytes }] } });
    expect(decodeMessages(link)[0]).toMatchObject({ attrs: { address: "00:ea:00:00:00:09:00:01" } });
  });
  test("a message of the connector that is no event", () => {
    const head = { idx: 1, val: 1, cnSeq: 0, ack: 0, len: 3, cnFlags: 0 };
    const data = Uint8Array.of(1, 2, 3);
    const bytes = encodeMessage({ name: "cn_msg", ...head, data }, { types: connector });
    expect(decodeMessages(bytes, { types: connector })[0]).toMatchObject({ name: "cn_msg", data, issues: [{}] });
    again(bytes, connector);
  });
  test("a struct whose last member is no list", () => {
    const bytes = encodeMessage(
      { name: "XFRM_MSG_NEWSA", attrs: { unknown: [{ word: 23, bytes: new Uint8Array(24 + 3) }] } } as never,
      { types: xfrm },
    );
    const [message] = decodeMessages(bytes, { types: xfrm });
    expect(message).toMatchObject({ attrs: { unknown: [{ word: 23 }] }, issues: [{ code: "BAD_LENGTH" }] });
    const back = encodeMessage(message as never, { types: xfrm });
    expect(hex(back)).toBe(hex(bytes));
  });
});
