// nlkit decode: every output form, every refusal, and text that tries to escape.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annotatedText } from "../../src/capture/index.ts";
import { encodeMessage, encodeMessages, explain, type MessageInput, NLM_F } from "../../src/index.ts";
import { nlkit } from "./run.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const BRIDGE: MessageInput = {
  name: "RTM_NEWLINK",
  flags: NLM_F.REQUEST | NLM_F.ACK | NLM_F.CREATE | NLM_F.EXCL,
  seq: 7,
  attrs: { ifname: "br0", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 30000, helloTimer: 5n } } } },
};
const bridge = encodeMessage(BRIDGE);
const decode = (input: string, ...args: string[]) => nlkit(["decode", ...args], { input });
const lines = async (input: string, ...args: string[]): Promise<string[]> =>
  (await decode(input, ...args)).stdout.trimEnd().split("\n");

describe("input", () => {
  const LINE = 'RTM_NEWLINK [REQUEST ACK EXCL CREATE] seq 7 ifname "br0" linkinfo {kind "bridge" data {bridge}}';
  const spaced = hex(bridge).replace(/../g, "$& ");
  const annotated = annotatedText({ direction: ">", protocol: "NETLINK_ROUTE", bytes: bridge }, explain(bridge));
  test.each([
    ["plain", hex(bridge)],
    ["spaced, over several lines", spaced.replace(/(.{48})/g, "$1\n")],
    ["with colons", hex(bridge).replace(/..(?=.)/g, "$&:")],
    ["a C array", spaced.trim().replace(/(..) ?/g, "0x$1, ")],
    ["\\x escapes", hex(bridge).replace(/../g, "\\x$&")],
    ["upper case, with a comment", `# a bridge\n${hex(bridge).toUpperCase()}\n`],
    ["annotated", `# ip link add br0\n${annotated}`],
    ["annotated, without direction", annotated.split("\n").slice(1).join("\n")],
    ["annotated, from Windows", annotated.replaceAll("\n", "\r\n")],
  ])("%s", async (_name, text) => {
    const { code, stdout, stderr } = await decode(text);
    // A text that says who spoke is shown with it.
    const prefix = text.includes("> NETLINK_ROUTE") ? "> NETLINK_ROUTE " : "";
    expect(stdout).toBe(`${prefix}${LINE.replace("{bridge}", "{ageingTime 30000 helloTimer 5}")}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
  test("several datagrams: an empty line between", async () => {
    expect(await lines(`${hex(bridge)}\n\n${hex(bridge)}\n`)).toHaveLength(2);
  });
  test("from a file", async () => {
    const { stdout } = await nlkit(["decode", "--flat", "fixtures/iproute2/seed-01-link-add-br0.txt"]);
    expect(stdout).toContain('IFLA_LINKINFO/IFLA_INFO_KIND = "bridge"\n');
  });
});

describe("output", () => {
  test("-j: the message as the codec gives it, one line", async () => {
    const [line = "", ...more] = await lines(hex(bridge), "-j");
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      name: "RTM_NEWLINK",
      seq: 7,
      header: { index: 0 },
      attrs: { ifname: "br0", linkinfo: { kind: "bridge", data: { bridge: { ageingTime: 30000, helloTimer: "5" } } } },
    });
  });
  test("--flat", async () => {
    const all = await lines(hex(bridge), "--flat");
    expect(all).toContain("ifi_index = 0");
    expect(all).toContain("IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_AGEING_TIME = 30000");
    expect(all).toContain('IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_HELLO_TIMER = "5"');
  });
  test("--flat -j", async () => {
    const [line = ""] = await lines(hex(bridge), "--flat", "-j");
    expect(JSON.parse(line)).toMatchObject({ message: "RTM_NEWLINK", fields: { ifi_index: 0, IFLA_IFNAME: "br0" } });
  });
  test("-d: a tree", async () => {
    const all = await lines(hex(bridge), "-d");
    expect(all[0]).toBe("RTM_NEWLINK");
    expect(all).toContain("      IFLA_BR_AGEING_TIME 30000");
  });
  test("-x: every byte, and it reads back", async () => {
    const { stdout } = await decode(hex(bridge), "-x");
    expect(stdout).toContain('IFLA_IFNAME "br0"');
    expect(await lines(stdout, "-j")).toEqual(await lines(hex(bridge), "-j"));
  });
  test("--body: without nlmsghdr", async () => {
    const body = hex(bridge.slice(16));
    expect(await lines(body, "--body", "RTM_NEWLINK", "--flat")).toEqual(await lines(hex(bridge), "--flat"));
    const [line = ""] = await lines(body, "--body", "RTM_NEWLINK", "-j");
    expect(JSON.parse(line)).toMatchObject({ name: "RTM_NEWLINK", attrs: { ifname: "br0" } });
    expect((await decode(body, "--body", "RTM_NEWLINK", "-x")).stdout).toMatch(
      /^> NETLINK_ROUTE\n00000 {2}00 .*ifi_family/,
    );
  });
  test("--body: several, an empty line between, a bad one among them", async () => {
    const bodies = ["a", "b", "c"].map((ifname) =>
      hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifname } }).subarray(16)),
    );
    const said = await lines(bodies.join("\n\n"), "--body", "RTM_NEWLINK", "-j");
    expect(said.map((line) => JSON.parse(line).attrs.ifname)).toEqual(["a", "b", "c"]);
    const { stdout, stderr, code } = await decode(
      `${bodies[0]}\n\n12 3x\n\n${bodies[2]}\n`,
      "--body",
      "RTM_NEWLINK",
      "-j",
    );
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).attrs.ifname),
    ).toEqual(["a", "c"]);
    expect([stderr, code]).toEqual(['nlkit: line 3: "3x" is not hex\n', 1]);
    expect(await lines(bodies.join("\n\n"), "--body", "RTM_NEWLINK", "-C", "2")).toHaveLength(2);
    const chosen = await lines(
      bodies.join("\n\n"),
      "--body",
      "RTM_NEWLINK",
      "--filter",
      'attrs.ifname == "b"',
      "--flat",
    );
    expect(chosen).toContain('IFLA_IFNAME = "b"');
    expect(chosen).not.toContain('IFLA_IFNAME = "a"');
  });
  test("-p: other protocols are framed", async () => {
    const [line] = await lines(
      hex(encodeMessage({ type: 0x14, flags: 1, seq: 3, payload: Uint8Array.of(1, 2, 3, 4) })),
      "-p",
      "netfilter",
    );
    expect(line).toBe("nlmsg_type 20 [REQUEST] seq 3");
  });
  test.each([
    ["netfilter", "fixtures/conntrack/delete.txt", /^IPCTNL_MSG_CT_DELETE/m],
    ["sock-diag", "fixtures/sock-diag/udp.txt", /^SOCK_DIAG_BY_FAMILY .* family AF_INET /m],
    ["sock_diag", "fixtures/sock-diag/udp.txt", /^SOCK_DIAG_BY_FAMILY .* family AF_INET /m],
    ["4", "fixtures/sock-diag/udp.txt", /^SOCK_DIAG_BY_FAMILY .* family AF_INET /m],
  ])("-p %s: its messages", async (protocol, file, line) => {
    // Without the lines that say of which protocol the bytes are.
    const text = readFileSync(file, "utf8").replaceAll(/^[#<>].*$/gm, "");
    const { code, stdout } = await decode(text, "-p", protocol);
    expect(code).toBe(0);
    expect(stdout).toMatch(line);
    expect(stdout).not.toMatch(/^nlmsg_type/m);
  });
  test("--byte-order big", async () => {
    const big = encodeMessage(BRIDGE, { byteOrder: "big" });
    expect(await lines(hex(big), "--byte-order", "big", "--flat")).toEqual(await lines(hex(bridge), "--flat"));
  });
});

describe("what is malformed is said, and the rest printed", () => {
  const broken = encodeMessages([
    { name: "RTM_NEWLINK", attrs: { ifname: "a", unknown: [{ word: 4, bytes: new Uint8Array(0) }] } },
    { name: "RTM_NEWLINK", attrs: { ifname: "b" } },
  ]);
  test("exit code 1", async () => {
    const { code, stdout } = await decode(hex(broken));
    expect(code).toBe(1);
    expect(stdout).toMatch(/ifname "a" mtu !BAD_LENGTH\n.*ifname "b"/);
  });
  test("cut off", async () => {
    const { code, stdout } = await decode(hex(bridge).slice(0, -16));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^RTM_NEWLINK .*!TRUNCATED/);
    expect((await decode("01 02 03")).stdout).toBe("TRUNCATED hex:010203\n");
  });
});

describe("what cannot be", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-decode-"));
    writeFileSync(join(folder, "empty"), "");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const body = hex(bridge.slice(16));
  const FORMATS = "decode reads hex, annotated, hexdump, base64, array, pcap, pcapng, strace, nft and rtmon";
  test.each<[string, string[], string, string]>([
    ["no such file", ["no-such-file"], "", "no such file: no-such-file"],
    ["a folder", ["."], "", "cannot read .: EISDIR"],
    ["odd hex", [], "123", `line 1: "123" is half a byte short; ${FORMATS}`],
    ["no hex", [], "hello", `line 1: "hello" is not hex; ${FORMATS}`],
    ["no hex that tries to escape", [], "\u001b[2Jx", String.raw`line 1: "\u001b[2Jx" is not hex; ${FORMATS}`],
    ["nothing", [], "", "-: no bytes in it"],
    ["an unknown message", ["--body", "RTM_NEWLINX"], body, '"RTM_NEWLINX" is no message of NETLINK_ROUTE'],
    ["an unknown protocol", ["-p", "nowhere"], body, '"nowhere" is no netlink protocol'],
    ["an unknown format", ["--in", "pcapp"], body, `--in: "pcapp" is no format: ${FORMATS}`],
    ["an unknown order", ["--byte-order", "middle"], body, '--byte-order: "middle" is neither little nor big'],
    ["an unknown option", ["--nonsense"], body, "unknown option '--nonsense'"],
    ["two forms at once", ["-x", "-d"], body, "option '-d, --details' cannot be used with option '-x, --hex'"],
    [
      "an annotated dump whose offsets lie",
      [],
      "> NETLINK_ROUTE\n00000  01 02\n00008  03\n",
      "line 3: offset 00008, but 00002 is due",
    ],
    [
      "an annotated dump with a bad byte",
      [],
      "> NETLINK_ROUTE\n00000  0g 02\n",
      'line 2: "0g" in the hex column is no byte',
    ],
  ])("%s: one line, exit code 2", async (_name, args, input, message) => {
    const { code, stdout, stderr } = await nlkit(["decode", ...args], { input });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `nlkit: ${message}\n` });
  });
  test("a guess stands on the same line", async () => {
    const unknown = await nlkit(["decde"]);
    expect(unknown).toEqual({ code: 2, stdout: "", stderr: "nlkit: unknown command 'decde' (did you mean decode?)\n" });
    const { stderr } = await nlkit(["netns", "delte"]);
    expect(stderr).toBe("nlkit: unknown command 'delte' (did you mean delete?)\n");
    expect((await nlkit(["decode", "--jso"])).stderr).toBe("nlkit: unknown option '--jso' (did you mean --json?)\n");
    expect((await nlkit(["evil\n(Did you mean x?)"])).stderr.split("\n")).toHaveLength(2);
  });
  test("no subcommand at all, and an unknown one", async () => {
    expect((await nlkit(["nonsense"])).code).toBe(2);
    expect((await nlkit([])).code).toBe(2);
    expect((await nlkit(["--help"])).code).toBe(0);
    expect((await nlkit(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test("hostile names cannot forge a line, in any form", async () => {
  const evil = "x\u001b[2J\n> NETLINK_ROUTE\u202e\u009b\u2028\u007f";
  const input = hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifalias: evil, linkinfo: { kind: evil } } }));
  const shape = hex(encodeMessage({ name: "RTM_NEWLINK", attrs: { ifalias: "y", linkinfo: { kind: "y" } } }));
  for (const form of [[], ["-d"], ["-j"], ["-x"], ["--flat"], ["--flat", "-j"]]) {
    const { stdout } = await decode(input, ...form);
    expect(stdout, form.join(" ")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    // As many lines that say something as with a harmless name (continuation lines of the hexdump aside).
    const said = (text: string): number => text.split("\n").filter((l) => !/^[\da-f]{5} {2}[\da-f ]*$/.test(l)).length;
    expect(said(stdout), form.join(" ")).toBe(said((await decode(shape, ...form)).stdout));
    if (form.includes("-j") && !form.includes("--flat")) expect(JSON.parse(stdout).attrs.ifalias).toBe(evil);
  }
  const invalid = hex(
    encodeMessage({
      name: "RTM_NEWLINK",
      attrs: { unknown: [{ word: 20, bytes: Uint8Array.of(0x61, 0xff, 0xc3, 0x28) }] },
    }),
  );
  expect((await decode(invalid)).stdout).toContain(String.raw`ifalias "a\\xff\\xc3("`);
});
