// NLMSG_ERROR and NLMSG_DONE in every layout: capped or not, with and without the extended ack, cut, and lying about lengths.
import { expect, test } from "vitest";
import { decodeMessages, encodeMessage, encodeMessages, explain, type Field, flat, NLM_F } from "../../src/index.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));
/** nlmsghdr: length filled in, type, flags, seq 5, port 9. */
const frame = (type: string, flags: string, payload: string): Uint8Array => {
  const body = bytes(payload);
  const all = bytes(`00000000 ${type} ${flags} 05000000 09000000 ${payload}`);
  new DataView(all.buffer).setUint32(0, 16 + body.length, true);
  return all;
};
const ERROR = "0200";
const DONE = "0300";
const CAPPED = "0001";
const TLVS = "0002";
const BOTH = "0003";
/** -EINVAL for an RTM_NEWLINK of 40 bytes, NLM_F_REQUEST|NLM_F_ACK, seq 5. */
const EINVAL = "eaffffff 28000000 1000 0500 05000000 00000000";
/** Its body: ifinfomsg of index 2, IFLA_MTU 1. */
const ECHO = "00000000 02000000 00000000 00000000 08000400 01000000";
const MSG = "09000100 6e6f7065 00000000";
const OFFS = "08000200 20000000";
const header = { error: -22, len: 40, type: 16, flags: 5, seq: 5, pid: 0 };

test.each<[string, Uint8Array, object]>([
  [
    "an ack",
    frame(ERROR, CAPPED, `00000000 28000000 1000 0500 05000000 00000000`),
    { header: { ...header, error: 0 }, attrs: {} },
  ],
  ["a refusal, capped", frame(ERROR, CAPPED, EINVAL), { header, attrs: {} }],
  [
    "a refusal that echoes the request",
    frame(ERROR, "0000", EINVAL + ECHO),
    { header, attrs: {}, payload: bytes(ECHO) },
  ],
  [
    "capped, with text and offset",
    frame(ERROR, BOTH, EINVAL + MSG + OFFS),
    { header, attrs: { msg: "nope", offs: 32 } },
  ],
  [
    "echo, then text",
    frame(ERROR, TLVS, EINVAL + ECHO + MSG),
    { header, attrs: { msg: "nope" }, payload: bytes(ECHO) },
  ],
  ["the end of a dump", frame(DONE, "0200", "00000000"), { header: { error: 0 }, attrs: {} }],
  [
    "the end of a dump that failed, with text",
    frame(DONE, "0202", `eaffffff ${MSG}`),
    { header: { error: -22 }, attrs: { msg: "nope" } },
  ],
  ["a bare NLMSG_DONE", frame(DONE, "0200", ""), { header: { error: 0 }, attrs: {} }],
])("%s", (_name, datagram, expected) => {
  const [message] = decodeMessages(datagram, { strict: true });
  expect(message).toMatchObject({ seq: 5, pid: 9, ...expected });
  expect("payload" in (message ?? {})).toBe("payload" in expected);
  expect(encodeMessages(decodeMessages(datagram, { lossless: true }))).toEqual(datagram);
});

test("every NLMSGERR_ATTR_*, policy included, goes round", () => {
  const attrs = {
    msg: "Attribute failed policy validation",
    offs: 36,
    cookie: Uint8Array.of(1, 2, 3),
    policy: {
      type: 4,
      minValueS: -5n,
      maxValueS: 5n,
      minValueU: 68n,
      maxValueU: 65535n,
      minLength: 4,
      maxLength: 4,
      policyIdx: 1,
      policyMaxtype: 60,
      bitfield32Mask: 0xff,
      mask: 3n,
    },
    missType: 3,
    missNest: 40,
  };
  const flags = NLM_F.CAPPED | NLM_F.ACK_TLVS;
  const [message] = decodeMessages(encodeMessage({ name: "NLMSG_ERROR", flags, header, attrs }), { strict: true });
  expect(message).toMatchObject({ name: "NLMSG_ERROR", header, attrs });
});

test("the echoed request is explained as what it is", () => {
  const fields = explain(frame(ERROR, TLVS, EINVAL + ECHO + MSG));
  const paths = Object.fromEntries(flat(fields));
  expect(paths).toMatchObject({ error: -22, "request/ifi_index": 2, "request/IFLA_MTU": 1, NLMSGERR_ATTR_MSG: "nope" });
  const text = (constant: string): string | undefined =>
    fields[0]?.children.find((f: Field) => f.constant === constant)?.text;
  expect(text("error")).toBe("-22 EINVAL");
  expect(text("msg.nlmsg_type")).toBe("RTM_NEWLINK");
  expect(text("nlmsg_flags")).toBe("0x200 NLM_F_ACK_TLVS");
});

test.each([
  ["an echo longer than the message", frame(ERROR, TLVS, `eaffffff ffffffff 1000 0500 05000000 00000000 ${ECHO}`)],
  ["an echo shorter than a header", frame(ERROR, TLVS, `eaffffff 04000000 1000 0500 05000000 00000000 ${MSG}`)],
  ["half a nlmsgerr", frame(ERROR, CAPPED, "eaffffff 2800")],
  ["half an int", frame(DONE, "0200", "eaff")],
])("%s: kept, and nothing thrown", (_name, datagram) => {
  const [message] = decodeMessages(datagram);
  expect(message?.name).toMatch(/^NLMSG_/);
  expect(encodeMessages(decodeMessages(datagram, { lossless: true }))).toEqual(datagram);
  explain(datagram);
});

test("NLMSG_NOOP and NLMSG_OVERRUN carry bytes", () => {
  for (const name of ["NLMSG_NOOP", "NLMSG_OVERRUN"] as const) {
    const datagram = encodeMessage({ name, payload: Uint8Array.of(1, 2, 3) });
    expect(decodeMessages(datagram)).toMatchObject([{ name, payload: Uint8Array.of(1, 2, 3) }]);
  }
});
