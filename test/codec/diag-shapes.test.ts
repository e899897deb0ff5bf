// The shapes that NETLINK_SOCK_DIAG needs: messages of several layouts, structs that grow, bitfields, addresses by family, programs.
import { describe, expect, test } from "vitest";
import {
  AF,
  type AnyInput,
  DecodeError,
  decodeMessages,
  encodeMessage,
  encodeMessages,
  explain,
  flat,
  INET_DIAG_NOCOOKIE,
  type InetBytecode,
  IPPROTO,
  NLM_F,
  type SockDiagMessageType,
  sockDiag,
  TCP,
  type TcpInfo,
} from "../../src/index.ts";

type Input = AnyInput<SockDiagMessageType>;
const types = sockDiag;
const ASK = NLM_F.REQUEST;
const encode = (message: Input, byteOrder: "little" | "big" = "little"): Uint8Array =>
  encodeMessage(message, { types, byteOrder });
const decode = (bytes: Uint8Array, options: object = {}) => decodeMessages(bytes, { types, ...options })[0];
const socket = (attrs: object, header: object = { family: AF.INET }): Input =>
  ({ name: "SOCK_DIAG_BY_FAMILY", inet: { header, attrs } }) as Input;
const inetOf = (bytes: Uint8Array) => {
  const message = decode(bytes);
  return message?.name === "SOCK_DIAG_BY_FAMILY" ? message.inet : undefined;
};

describe("one type, several layouts", () => {
  test("the flags and the family tell which it is", () => {
    const request = encode({ name: "SOCK_DIAG_BY_FAMILY", flags: ASK, unixRequest: { header: { family: AF.UNIX } } });
    expect(Object.keys(decode(request) ?? {})).toEqual(["type", "name", "flags", "seq", "pid", "unixRequest"]);
    const answer = encode({ name: "SOCK_DIAG_BY_FAMILY", unix: { header: { family: AF.UNIX, ino: 7 } } });
    expect(decode(answer)).toMatchObject({ unix: { header: { ino: 7 }, attrs: {} } });
    const legacy = encode({
      name: "TCPDIAG_GETSOCK",
      flags: ASK,
      inetLegacyRequest: { header: { states: 1, dbs: 9 } },
    });
    expect(legacy).toHaveLength(16 + 60);
    expect(decode(legacy)).toMatchObject({ inetLegacyRequest: { header: { family: 0, states: 1, dbs: 9 } } });
  });

  test("a family that nobody declared stays bytes", () => {
    const payload = Uint8Array.from([AF.VSOCK, 1, 2, 3]);
    const bytes = encode({ name: "SOCK_DIAG_BY_FAMILY", payload });
    expect(decode(bytes)).toMatchObject({ name: "SOCK_DIAG_BY_FAMILY", payload });
    expect(encode(decode(bytes) as Input)).toEqual(bytes);
    const empty = encode({ name: "SOCK_DESTROY", flags: ASK, payload: new Uint8Array(0) });
    expect(encode(decode(empty, { lossless: true }) as Input)).toEqual(empty);
  });

  test.each<[string, object, string, string]>([
    ["a request without NLM_F_REQUEST", { inetRequest: { header: { family: 2 } } }, "WRONG_KIND", "inetRequest"],
    ["an answer with it", { flags: ASK, inet: { header: { family: 2 } } }, "WRONG_KIND", "inet"],
    ["another family's header", { flags: ASK, inetRequest: { header: { family: 1 } } }, "WRONG_KIND", "inetRequest"],
    ["another family, said", { unix: { header: { family: 0 } } }, "WRONG_KIND", "unix"],
    ["two layouts", { inet: { header: { family: 2 } }, unix: { header: { family: 1 } } }, "WRONG_KIND", ""],
    ["none", {}, "WRONG_KIND", ""],
    ["a key that is none", { inett: {} }, "UNKNOWN_NAME", ""],
    ["a key of other messages", { header: { family: 2 } }, "UNKNOWN_NAME", ""],
    ["no object", { inet: 1 }, "BAD_VALUE", "inet"],
    ["a member that is none", { inet: { header: { family: 2, sprt: 1 } } }, "UNKNOWN_NAME", "inet"],
    ["a key inside that is none", { inet: { header: { family: 2 }, atrs: {} } }, "UNKNOWN_NAME", "inet"],
    ["no bytes", { payload: [1] }, "BAD_VALUE", "payload"],
  ])("%s is refused", (_name, body, code, path) => {
    const message = { name: "SOCK_DIAG_BY_FAMILY", ...body } as Input;
    expect(() => encode(message)).toThrow(expect.objectContaining({ name: "EncodeError", code, path }));
  });

  test("the request that an ack echoes is explained as a request", () => {
    const request = encode({
      name: "SOCK_DIAG_BY_FAMILY",
      flags: ASK,
      inetRequest: { header: { family: 2, states: 2 } },
    });
    const ack = encode({
      name: "NLMSG_ERROR",
      header: { error: -2, len: request.length, type: 20, flags: ASK },
      payload: request.slice(16),
    });
    expect(flat(explain(ack, { types }))).toContainEqual(["request/idiag_states", 2]);
  });
});

describe("a struct that grows", () => {
  const info: TcpInfo = { state: TCP.ESTABLISHED, sndWscale: 7, rcvWscale: 9, rto: 204000, totalRetrans: 3 };
  test("what was not sent is absent, not 0", () => {
    const bytes = encode(socket({ info }));
    const found = inetOf(bytes)?.attrs.info;
    // tcpi_total_retrans ends at byte 104, as in kernels before 3.15.
    expect(bytes).toHaveLength(16 + 72 + 4 + 104);
    expect(found).toMatchObject(info);
    expect(found).not.toHaveProperty("pacingRate");
    expect(decode(bytes, { strict: true })?.issues).toBeUndefined();
  });
  test("cut at every length: never a member that is not all there, never lost", () => {
    const whole = encode(socket({ info: { ...info, receivedCeBytes: 1 } }));
    for (let length = 0; length <= 276; length++) {
      const bytes = whole.slice(0, 16 + 72 + 4 + length);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, bytes.length, true);
      view.setUint16(16 + 72, 4 + length, true);
      const found = inetOf(bytes)?.attrs.info ?? {};
      expect("rto" in found).toBe(length >= 12);
      expect("receivedCeBytes" in found).toBe(length >= 276);
      expect(encodeMessages([decode(bytes, { lossless: true }) as Input], { types })).toEqual(bytes);
    }
  });
  test("one of a newer kernel is read as far as it is known", () => {
    const bytes = new Uint8Array(16 + 72 + 4 + 400).fill(1);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, bytes.length, true);
    view.setUint16(4, 20, true);
    view.setUint16(6, 2, true);
    bytes[16] = AF.INET6;
    view.setUint16(16 + 72, 404, true);
    view.setUint16(16 + 74, 2, true);
    expect(inetOf(bytes)?.attrs.info).toMatchObject({ rto: 0x01010101, accecnFailMode: 0 });
    expect(encodeMessages([decode(bytes, { lossless: true }) as Input], { types })).toEqual(bytes);
  });
  test.each([
    ["sndWscale", 16],
    ["fastopenClientFail", 4],
    ["sndWscale", -1],
    ["sndWscale", 1.5],
  ])("%s %d does not fit into its bits", (name, value) => {
    expect(() => encode(socket({ info: { [name]: value } }))).toThrow(
      expect.objectContaining({ code: "OUT_OF_RANGE" }),
    );
  });
});

describe("addresses and cookies", () => {
  test.each([
    [AF.INET, "192.0.2.1", `c0000201${"00".repeat(12)}`],
    [AF.INET, "0.0.0.0", "00".repeat(16)],
    [AF.INET6, "::", "00".repeat(16)],
    [AF.INET6, "2001:db8::1", "20010db8000000000000000000000001"],
    [AF.INET6, "::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
    // What the kernel does not send: bytes behind an IPv4 address are shown, not dropped.
    [AF.INET, "c000:201::1", "c0000201000000000000000000000001"],
  ])("family %d: %s", (family, src, hex) => {
    const bytes = encode(socket({}, { family, src }));
    expect(Buffer.from(bytes.slice(16 + 8, 16 + 24)).toString("hex")).toBe(hex);
    expect(inetOf(bytes)?.header.src).toBe(src);
  });
  test("an IPv4 address under IPv6 is refused: the kernel would read another", () => {
    const header = { family: AF.INET6, src: "192.0.2.1" };
    expect(() => encode(socket({}, header))).toThrow(
      expect.objectContaining({ code: "BAD_ADDRESS", path: "inet.src" }),
    );
  });
  test("a cookie has its lower half first on every machine", () => {
    const header = { family: AF.INET, cookie: 0x1122334455667788n };
    const hex = (order: "little" | "big"): string =>
      Buffer.from(encode(socket({}, header), order).slice(16 + 44, 16 + 52)).toString("hex");
    expect([hex("little"), hex("big")]).toEqual(["8877665544332211", "5566778811223344"]);
    expect(inetOf(encode(socket({}, { family: 2, cookie: INET_DIAG_NOCOOKIE })))?.header.cookie).toBe(2n ** 64n - 1n);
  });
});

test.each([
  ["a path", "/run/x", "2f72756e2f7800"],
  ["an abstract name with NULs in it", "\0a\0b\0", "0061006200"],
  ["an abstract name of nothing", "\0", "00"],
  ["no bytes", "", ""],
  ["UTF-8", "\0é", "00c3a9"],
])("sun_path: %s", (_, name, hex) => {
  const bytes = encode({ name: "SOCK_DIAG_BY_FAMILY", unix: { header: { family: AF.UNIX }, attrs: { name } } });
  const length = (bytes[32] ?? 0) - 4;
  expect(Buffer.from(bytes.slice(36, 36 + length)).toString("hex")).toBe(hex);
  expect(decode(bytes)).toMatchObject({ unix: { attrs: { name } } });
  expect(explain(bytes, { types })[0]?.children.at(-1)?.text).toBe(JSON.stringify(name));
});

describe("programs", () => {
  const request = (bytecode: readonly InetBytecode[]): Input => ({
    name: "SOCK_DIAG_BY_FAMILY",
    flags: ASK,
    inetRequest: { header: { family: AF.INET, protocol: IPPROTO.TCP }, attrs: { bytecode } },
  });
  const BYTECODE = 16 + 56;
  /** A request whose program is these bytes. */
  const raw = (hex: string): Uint8Array => {
    const program = Buffer.from(hex.replaceAll(" ", ""), "hex");
    const bytes = Uint8Array.from([...encode(request([])), ...program]);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, bytes.length, true);
    view.setUint16(BYTECODE, 4 + program.length, true);
    return bytes;
  };

  test("room behind an instruction is zeros", () => {
    const bytes = encode(request([{ code: 1, yes: 8, no: 12 }]));
    expect(Buffer.from(bytes.slice(BYTECODE + 4)).toString("hex")).toBe("01080c0000000000");
    expect(decode(bytes)).toMatchObject({ inetRequest: { attrs: { bytecode: [{ code: 1, yes: 8, no: 12 }] } } });
  });

  test.each([
    ["an instruction that is none", "63040800"],
    ["one that is cut short", "02080c00 0000"],
    ["a host of no family", "07140000 03000000 00000000"],
    ["one that says it is longer than the program", "01ff0800"],
    ["a good one, then a piece", "01040800 0104"],
  ])("%s: the whole stays raw, with an issue", (_, hex) => {
    const bytes = raw(hex);
    const message = decode(bytes);
    expect(message).toMatchObject({
      inetRequest: { attrs: { unknown: [{ word: 1 }] } },
      issues: [{ code: "TRAILING", path: "bytecode" }],
    });
    expect(encodeMessages([decode(bytes, { lossless: true }) as Input], { types })).toEqual(bytes);
    expect(() => decode(bytes, { strict: true })).toThrow(DecodeError);
    const field = explain(bytes, { types })[0]?.children.at(-1);
    expect(field?.children.reduce((sum, { length }) => sum + length, 4)).toBe(field?.length);
  });

  test("offsets that lead backwards or nowhere are the kernel's business, and survive", () => {
    const bytes = raw("02 00 0000 0000 5000 01 04 ffff 00 00 0000");
    expect(decode(bytes)).toMatchObject({
      inetRequest: { attrs: { bytecode: [{ code: 2, yes: 0, port: 80 }, { no: 0xffff }, { code: 0 }] } },
    });
    expect(decode(bytes)?.issues).toBeUndefined();
    expect(encodeMessages([decode(bytes, { lossless: true }) as Input], { types })).toEqual(bytes);
  });

  test("sixty thousand bytes of them take no long time", () => {
    const bytes = raw("00040000".repeat(15000));
    const begin = performance.now();
    decode(bytes, { lossless: true });
    explain(bytes, { types });
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(decode(bytes)).toHaveProperty("inetRequest.attrs.bytecode.length", 15000);
  });

  test("an instruction whose members belong to another is refused, with its path", () => {
    const wrong = { code: 9, yes: 8, no: 12, port: 1 };
    expect(() => encode(request([{ code: 1, yes: 4, no: 8 }, wrong]))).toThrow(
      expect.objectContaining({ code: "UNKNOWN_NAME", path: "inetRequest.bytecode[1]" }),
    );
    expect(() => encode(request([{ code: 99, yes: 4, no: 8 }]))).toThrow(
      expect.objectContaining({ code: "WRONG_KIND" }),
    );
  });
});
