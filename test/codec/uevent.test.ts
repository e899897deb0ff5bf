// Datagrams without nlmsghdr, and messages that have a type of everybody's: kobject-uevent, connector, audit.
import { describe, expect, test } from "vitest";
import {
  audit,
  connector,
  decodeMessages,
  encodeMessage,
  explain,
  PROC_CN_MCAST,
  PROC_EVENT,
  uevents,
} from "../../src/index.ts";
import { hole } from "../golden/mutations.ts";
import { hex } from "../support/fixtures.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** What the kernel says when a link is made, as lib/kobject_uevent.c puts it together. test/truth hears it say so. */
const KERNEL =
  "add@/devices/virtual/net/v0\0ACTION=add\0DEVPATH=/devices/virtual/net/v0\0SUBSYSTEM=net\0INTERFACE=v0\0IFINDEX=2\0SEQNUM=1041\0";

describe("kobject-uevent", () => {
  test("of the kernel: action, path, properties in their order", () => {
    const [event] = decodeMessages(bytesOf(KERNEL), { types: uevents });
    expect(event).toEqual({
      type: 0,
      name: "uevent",
      flags: 0,
      seq: 0,
      pid: 0,
      action: "add",
      devpath: "/devices/virtual/net/v0",
      properties: {
        ACTION: "add",
        DEVPATH: "/devices/virtual/net/v0",
        SUBSYSTEM: "net",
        INTERFACE: "v0",
        IFINDEX: "2",
        SEQNUM: "1041",
      },
    });
    expect(hex(encodeMessage(event as never, { types: uevents }))).toBe(hex(bytesOf(KERNEL)));
  });
  test("of udevd: its header, and where it says that the properties begin", () => {
    const properties = bytesOf("ACTION=add\0SUBSYSTEM=net\0");
    const udev = {
      prefix: "libudev",
      magic: 0xfeedcafe,
      headerSize: 40,
      propertiesOff: 40,
      propertiesLen: properties.length,
      filterSubsystemHash: 0x0a0b0c0d,
      filterDevtypeHash: 0,
      filterTagBloomHi: 0,
      filterTagBloomLo: 0,
    };
    const sent = { name: "uevent", udev, properties: { ACTION: "add", SUBSYSTEM: "net" } } as const;
    const bytes = encodeMessage(sent, { types: uevents });
    expect(hex(bytes.subarray(0, 28))).toBe(
      `6c6962756465760${"0"}feedcafe28000000${"28000000"}19000000${"0a0b0c0d"}`.slice(0, 56),
    );
    expect(hex(bytes.subarray(40))).toBe(hex(properties));
    expect(decodeMessages(bytes, { types: uevents })[0]).toMatchObject(sent);
    expect(explain(bytes, { types: uevents })[0]?.children.map(({ constant }) => constant)).toContain(
      "filter_subsystem_hash",
    );
  });
  test.each([
    "",
    "x",
    "libudev\0",
    "@",
    "=\0=",
    "a\0b\0c=",
    "add@/x",
    `${KERNEL}trailing`,
    "\0\0\0",
    "A=1\0__proto__=x\0",
  ])("any bytes at all: %j", (text) => {
    const bytes = bytesOf(text);
    const decoded = decodeMessages(bytes, { types: uevents, lossless: true });
    expect(decoded).toHaveLength(bytes.length === 0 ? 0 : 1);
    for (const one of decoded) expect(hex(encodeMessage(one, { types: uevents }))).toBe(hex(bytes));
    expect(hole(explain(bytes, { types: uevents }), 0, bytes.length)).toBeUndefined();
    decodeMessages(bytes, { types: uevents, strict: true });
  });
});

describe("connector", () => {
  const header = { idx: 1, val: 1, cnSeq: 0, ack: 0, cnFlags: 0 };
  test("a request for events of processes", () => {
    const listen = { name: "cn_msg", ...header, len: 4, data: { proc: [{ mcastOp: PROC_CN_MCAST.LISTEN }] } } as const;
    const bytes = encodeMessage(listen, { types: connector });
    expect(hex(bytes)).toBe(
      `28000000030000000000000000000000${"0100000001000000"}0000000000000000${"04000000"}01000000`,
    );
    expect(decodeMessages(bytes, { types: connector })[0]).toMatchObject(listen);
  });
  test("an event, by what it says it is", () => {
    const event = {
      what: PROC_EVENT.FORK,
      cpu: 1,
      timestampNs: 5n,
      parentPid: 7,
      parentTgid: 7,
      childPid: 8,
      childTgid: 8,
    };
    const message = { name: "cn_msg", ...header, len: 40, data: { proc: [event] } } as const;
    const bytes = encodeMessage(message, { types: connector });
    expect(bytes).toHaveLength(16 + 20 + 40);
    const [back] = decodeMessages(bytes, { types: connector });
    expect(back).toMatchObject({ type: 3, ...message });
    const names = JSON.stringify(explain(bytes, { types: connector }), (_, v) => (typeof v === "bigint" ? `${v}` : v));
    expect(names).toContain("event_data.fork.child_pid");
    expect(names).toContain("PROC_EVENT_FORK");
  });
  test("of another sender: its bytes", () => {
    const message = { name: "cn_msg", ...header, idx: 3, len: 2, data: Uint8Array.of(1, 2) } as const;
    const bytes = encodeMessage(message, { types: connector });
    expect(decodeMessages(bytes, { types: connector })[0]).toMatchObject(message);
  });
});

describe("audit", () => {
  test("a record is text", () => {
    const text = 'audit(1700000000.123:42): argc=1 a0="ls"';
    const bytes = encodeMessage({ name: "AUDIT_EXECVE", text }, { types: audit, terminated: false });
    expect(bytes).toHaveLength(16 + text.length);
    expect(decodeMessages(bytes, { types: audit })[0]).toMatchObject({ type: 1309, name: "AUDIT_EXECVE", text });
    expect(explain(bytes, { types: audit })[0]?.children.at(-1)).toMatchObject({ constant: "text", value: text });
  });
  test("the state of an older kernel has fewer members", () => {
    const bytes = encodeMessage({ name: "AUDIT_GET", header: { mask: 1, enabled: 1, failure: 1 } }, { types: audit });
    expect(bytes).toHaveLength(16 + 12);
    expect(decodeMessages(bytes, { types: audit })[0]).toMatchObject({ header: { mask: 1, enabled: 1, failure: 1 } });
  });
});
