// nlkit request, live; and what it and trace say of refusals.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { REFUSALS, type RefusedCase } from "./refusals.ts";
import { NLKIT, nlkit } from "./run.ts";

interface Answer {
  readonly name?: string;
  readonly direction?: string;
  readonly answers?: string | number;
  readonly attrs: { readonly offs?: number; readonly ifname?: string };
  readonly header: { readonly error?: number };
  readonly refused?: {
    readonly code: string;
    readonly path?: string;
    readonly attribute?: string;
    readonly offset?: number;
    readonly hints: string[];
  };
}
const objects = (text: string): Answer[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Answer);

live("request", () => {
  const [ns = ""] = useNetns(1);
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-request-"));
    execFileSync("ip", ["-n", ns, "link", "set", "lo", "up"]);
    execFileSync("ip", ["netns", "exec", ns, "nft", "add table ip t; add chain ip t c"]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const request = (message: object, ...args: string[]) =>
    nlkit(["request", "--netns", ns, ...args, JSON.stringify(message)]);

  test("a question: the answer on a line", async () => {
    const { code, stdout, stderr } = await request({ name: "RTM_GETLINK", attrs: { ifname: "lo" } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^RTM_NEWLINK seq 1 .*ifname "lo" .*\(\d+\.\d{3} ms\)\nNLMSG_ERROR \[CAPPED\] seq 1 ack of RTM_GETLINK \(\d+\.\d{3} ms\)\n$/,
    );
  });
  test("-j, -d, -x, --flat", async () => {
    const message = { name: "RTM_GETLINK", header: { index: 1 } };
    expect(objects((await request(message, "-j")).stdout)[0]).toMatchObject({
      name: "RTM_NEWLINK",
      attrs: { ifname: "lo" },
      answers: "RTM_GETLINK",
    });
    expect((await request(message, "-d")).stdout).toMatch(/^RTM_NEWLINK \(\d+\.\d{3} ms\)\n {2}nlmsg_len/);
    expect((await request(message, "-x")).stdout).toMatch(/^< NETLINK_ROUTE\n00000 {2}/);
    expect((await request(message, "--flat")).stdout).toContain('IFLA_IFNAME = "lo"\n');
  });
  test("a dump, of thousands too", async () => {
    const batch = Array.from({ length: 3000 }, (_, i) => `route add 10.${64 + (i >> 8)}.${i & 255}.0/24 dev lo`).join(
      "\n",
    );
    execFileSync("ip", ["-n", ns, "-batch", "-"], { input: batch });
    const { stdout } = await request(
      { name: "RTM_GETROUTE", flags: "NLM_F_DUMP", header: { family: "AF_INET" } },
      "-j",
    );
    const all = objects(stdout);
    expect(all.length).toBeGreaterThan(3000);
    expect(all.at(-1)).toMatchObject({ name: "NLMSG_DONE", answers: "RTM_GETROUTE" });
    expect(all.every(({ answers }) => answers === "RTM_GETROUTE")).toBe(true);
  });
  test("changes of nf_tables are put into a batch; sock_diag is found by its name", async () => {
    const flags = "CREATE";
    const header = { family: "NFPROTO_IPV4" };
    writeFileSync(
      join(folder, "nft"),
      ["a", "b"].map((name) => JSON.stringify({ name: "NFT_MSG_NEWTABLE", flags, header, attrs: { name } })).join("\n"),
    );
    const { code, stdout } = await nlkit(["request", "--netns", ns, join(folder, "nft")]);
    expect(code).toBe(0);
    expect(stdout.match(/ack of NFT_MSG_NEWTABLE/g)).toHaveLength(2);
    expect(execFileSync("ip", ["netns", "exec", ns, "nft", "list", "tables"], { encoding: "utf8" })).toContain(
      "table ip b",
    );
    const dry = await nlkit(["request", "--dry-run", join(folder, "nft")]);
    expect(dry.stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "NFNL_MSG_BATCH_BEGIN",
      "NFT_MSG_NEWTABLE",
      "NFT_MSG_NEWTABLE",
      "NFNL_MSG_BATCH_END",
      "",
    ]);
    const sockets = await request({
      name: "SOCK_DIAG_BY_FAMILY",
      flags: "DUMP",
      inetRequest: { header: { family: 2, protocol: 6 } },
    });
    expect(sockets.code).toBe(0);
    expect(sockets.stdout).toContain("NLMSG_DONE");
  });
  test("what decode -j printed is sent again: answers among it are left out", async () => {
    const file = join(folder, "trace.strace");
    execFileSync(
      "ip",
      [
        "netns",
        "exec",
        ns,
        process.execPath,
        NLKIT,
        "trace",
        "-o",
        file,
        "--",
        "ip",
        "link",
        "add",
        "again0",
        "type",
        "bridge",
      ],
      { stdio: "ignore" },
    );
    execFileSync("ip", ["-n", ns, "link", "delete", "again0"]);
    const { stdout } = await nlkit([
      "decode",
      "-j",
      "--filter",
      "header.index == 0 && attrs.ifname == again0 || name == NLMSG_ERROR",
      file,
    ]);
    expect(stdout).toContain("NLMSG_ERROR");
    const again = await nlkit(["request", "--netns", ns, "-"], { input: stdout });
    expect(again.stdout).toMatch(/ack of RTM_NEWLINK/);
    expect(execFileSync("ip", ["-n", ns, "link", "show", "again0"], { encoding: "utf8" })).toContain("again0");
  });
  test("--dry-run: the bytes, and nothing happens", async () => {
    const message = { name: "RTM_NEWLINK", flags: "CREATE", attrs: { ifname: "dry0", linkinfo: { kind: "bridge" } } };
    const { code, stdout } = await request(message, "--dry-run", "-x");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^> NETLINK_ROUTE\n(.*\n)*00006 {2}05 04 .* NLM_F_REQUEST\|NLM_F_ACK\|NLM_F_CREATE\n/);
    expect(execFileSync("ip", ["-n", ns, "-br", "link"], { encoding: "utf8" })).not.toContain("dry0");
  });
  test("--raw: flags, seq and pid as they are; no ack is asked for, the answer comes all the same", async () => {
    const { stdout } = await request({ name: "RTM_GETLINK", flags: 1, seq: 77, header: { index: 1 } }, "--raw", "-j");
    expect(objects(stdout)).toHaveLength(1);
    expect(objects(stdout)[0]).toMatchObject({ name: "RTM_NEWLINK", seq: 77, answers: "RTM_GETLINK" });
  });

  describe("refusals: the attribute that the kernel means is marked", () => {
    const marked = REFUSALS.filter((one) => one.marked !== undefined);
    test("there are enough of them", () => expect(marked.length).toBeGreaterThanOrEqual(10));
    const check = ({ what, code, marked: expected, hint }: RefusedCase, answer: Answer | undefined): void => {
      expect(answer?.refused?.code, what).toBe(code);
      expect(answer?.refused?.attribute, what).toBe(expected?.attribute);
      expect(answer?.refused?.path, what).toBe(expected?.path);
      expect(answer?.refused?.offset, what).toBe(answer?.attrs.offs);
      if (hint === undefined) return;
      expect(answer?.refused?.hints.join("\n"), what).toMatch(hint);
    };
    test.each(REFUSALS.map((one) => [one.what, one] as const))("%s", async (_what, one) => {
      const { code, stdout } = await request(one.json, "-j");
      expect(code).toBe(1);
      const answer = objects(stdout).find(({ refused }) => refused !== undefined);
      check(one, answer);
      const text = await request(one.json);
      const mark = text.stdout.split("\n").filter((line) => line.startsWith("    >> "));
      if (one.marked === undefined) expect(mark).toEqual([]);
      else {
        expect(mark).toHaveLength(1);
        expect(mark[0]).toMatch(new RegExp(`^ {4}>> +${one.marked.attribute}\\b.* {3}<-- `));
        // The bytes at that offset of that message: nla_type is the attribute's number.
        const dry = await request(one.json, "--dry-run", "-x");
        const bytes = Buffer.from(
          [...dry.stdout.matchAll(/^[\da-f]{5} {2}((?:[\da-f]{2} ?)+)(?= {2}|$)/gm)]
            .map(([, h = ""]) => h.replaceAll(" ", ""))
            .join(""),
          "hex",
        );
        const begin = one.json["name"]?.toString().startsWith("NFT_") === true ? bytes.readUInt32LE(0) : 0;
        expect(bytes.readUInt16LE(begin + (answer?.attrs.offs ?? 0) + 2) & 0x3fff).toBe(one.marked.type);
      }
    });
    test("trace says of another program's what request says of its own", async () => {
      const file = join(folder, "refusals");
      writeFileSync(file, REFUSALS.map(({ json }) => `${JSON.stringify(json)}\n`).join(""));
      const { stdout, code } = await nlkit([
        "trace",
        "-j",
        "--",
        process.execPath,
        NLKIT,
        "request",
        "--netns",
        ns,
        file,
      ]);
      expect(code).toBe(1);
      const answers = objects(stdout).filter(({ refused }) => refused !== undefined);
      expect(answers).toHaveLength(REFUSALS.length);
      for (const [i, one] of REFUSALS.entries()) check(one, answers[i]);
    });
  });
});

describe("what cannot be", () => {
  test.each<[string, string[], string, string]>([
    ["no JSON", ["{"], "", "nlkit: "],
    ["no object", ["[1]"], "", "nlkit: a message is a JSON object\n"],
    ["no such file", ["no-such-file"], "", "nlkit: no such file: no-such-file\n"],
    [
      "a message's name alone",
      ["RTM_GETLINK"],
      "",
      `nlkit: no such file: RTM_GETLINK; a message is JSON: '{"name":"RTM_GETLINK"}'\n`,
    ],
    ["no message", ["-"], "[]", "nlkit: no message to send\n"],
    ["a line that is none", ["-"], '{"name":"RTM_GETLINK"}\n{x}\n', "nlkit: line 2: "],
    [
      "an unknown message",
      ['{"name":"RTM_GETLINX"}'],
      "",
      'nlkit: no protocol has a message "RTM_GETLINX", nor is there a family of generic netlink of that name\n',
    ],
    [
      "an unknown attribute",
      ['{"name":"RTM_GETLINK","attrs":{"mtuu":1}}'],
      "",
      'nlkit: a message has no attribute "mtuu"',
    ],
    ["an unknown flag", ['{"name":"RTM_GETLINK","flags":"DUMPP"}'], "", 'nlkit: flags: "DUMPP" is none of NLM_F_…\n'],
    [
      "an unknown protocol",
      ["-p", "nowhere", '{"name":"RTM_GETLINK"}'],
      "",
      'nlkit: "nowhere" is no netlink protocol\n',
    ],
    ["no such namespace", ["--netns", "no-such", '{"name":"RTM_GETLINK"}'], "", "nlkit: no such namespace: no-such\n"],
  ])("%s: one line, exit code 2", async (_name, args, input, message) => {
    const { code, stdout, stderr } = await nlkit(["request", ...args], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.startsWith(message), stderr).toBe(true);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
