// Captures through the command: streams, files that lie, what goes out and comes back.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pcapHeader, pcapRecord } from "../../src/capture/index.ts";
import { encodeMessage, NLM_F } from "../../src/index.ts";
import { FORMS, type Packet } from "../capture/forms.ts";
import { everyItem, hex } from "../support/fixtures.ts";
import { NLKIT, nlkit } from "./run.ts";

const env = { TZ: "UTC" };
const packets: Packet[] = everyItem().flatMap(({ datagrams }) =>
  datagrams.map((datagram, i) => ({ ...datagram, time: 1_795_552_187_000_000_000n + BigInt(i) * 1_500_000n })),
);
const links: Packet[] = ["a", "bb", "ccc"].map((ifname, i) => ({
  direction: ">",
  protocol: "NETLINK_ROUTE",
  time: BigInt(i) * 1_000_000_000n,
  bytes: encodeMessage({ name: "RTM_NEWLINK", flags: 5, seq: i, attrs: { ifname } }),
}));
const pcapOf = (all: readonly Packet[]): Buffer =>
  Buffer.concat([pcapHeader(), ...all.map((packet) => pcapRecord(packet))]);

let folder = "";
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-capture-"));
  writeFileSync(at("all.pcap"), pcapOf(packets));
  writeFileSync(at("links.pcap"), pcapOf(links));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("one line a message: time, who spoke, protocol", async () => {
  const { stdout, code } = await nlkit(["decode", at("links.pcap")], { env });
  expect(code).toBe(0);
  expect(stdout.split("\n")).toEqual([
    '00:00:00.000000 > NETLINK_ROUTE RTM_NEWLINK [REQUEST ACK] seq 0 ifname "a"',
    '00:00:01.000000 > NETLINK_ROUTE RTM_NEWLINK [REQUEST ACK] seq 1 ifname "bb"',
    '00:00:02.000000 > NETLINK_ROUTE RTM_NEWLINK [REQUEST ACK] seq 2 ifname "ccc"',
    "",
  ]);
});
test("-ts: with the date; -C: so many; --filter: those", async () => {
  const run = async (...args: string[]): Promise<string> =>
    (await nlkit(["decode", ...args, at("links.pcap")], { env })).stdout;
  expect(await run("-ts", "-C", "1")).toMatch(/^1970-01-01T00:00:00\.000000 > NETLINK_ROUTE RTM_NEWLINK .*\n$/);
  expect((await run("-C", "2")).trimEnd().split("\n")).toHaveLength(2);
  expect(await run("--filter", 'attrs.ifname ~ "b" && type == RTM_NEWLINK')).toMatch(/^.*ifname "bb"\n$/);
  expect(await run("--filter", "error")).toBe("");
  // A misspelt property would hold for nothing, and with ! for all.
  for (const [filter, words] of [
    ["attrs.ifnam == bb", 'character 1: no message has a property "ifnam"'],
    ["seq == 1 || !header.indx", 'character 14: no message has a property "indx"'],
    ["attrs.ifname = bb", 'character 14: "=" is no operator: "==" compares'],
  ] as const) {
    const told = await nlkit(["decode", "--filter", filter, at("links.pcap")]);
    expect(told).toMatchObject({ code: 2, stdout: "", stderr: `nlkit: filter, ${words}\n` });
  }
  // Of every family that has tables, and of senders that make names up.
  for (const filter of [
    "linkstateGet.attrs.header.devName == lo",
    "DEVPATH",
    "properties.SYNTH_ARG_who == me",
    "runt",
    "payload ~ 0",
    "attrs.unknown.word == 7",
  ]) {
    expect(await nlkit(["decode", "--filter", filter, at("links.pcap")])).toMatchObject({ code: 0 });
  }
  const refused = await nlkit(["decode", "--filter", "type == RTM_NEWLNIK", at("links.pcap")]);
  expect(refused).toEqual({
    code: 2,
    stdout: "",
    stderr: "nlkit: filter, character 9: RTM_NEWLNIK is no constant that nlkit knows; a text stands in quotes\n",
  });
  expect((await nlkit(["decode", "-C", "0", at("links.pcap")])).code).toBe(2);
});
test("colour only where it is asked for", async () => {
  const plain = await nlkit(["decode", at("links.pcap")], { env: { NO_COLOR: "", FORCE_COLOR: "" } });
  expect(plain.stdout).not.toContain("\u001b");
  const coloured = await nlkit(["decode", at("links.pcap")], { env: { NO_COLOR: "", FORCE_COLOR: "1" } });
  expect(coloured.stdout).toContain("\u001b[1mRTM_NEWLINK");
  const both = await nlkit(["decode", at("links.pcap")], { env: { NO_COLOR: "1", FORCE_COLOR: "1" } });
  expect(both.stdout).not.toContain("\u001b");
});

test("an errno is red; flags that look like one are not", async () => {
  const line = async (message: object): Promise<string> =>
    (await nlkit(["decode"], { input: hex(encodeMessage(message as never)), env: { NO_COLOR: "", FORCE_COLOR: "1" } }))
      .stdout;
  expect(await line({ name: "RTM_NEWLINK", flags: NLM_F.CREATE | NLM_F.EXCL | NLM_F.ECHO })).not.toContain(
    "\u001b[31m",
  );
  expect(await line({ name: "NLMSG_ERROR", header: { error: -17, type: 16 } })).toContain("\u001b[31mEEXIST\u001b[39m");
});

test("a slow pipe: each packet is printed as it comes", async () => {
  const child = spawn(process.execPath, [NLKIT, "decode", "-"], { env: { ...process.env, NO_COLOR: "1" } });
  let out = "";
  let heard: () => void = () => {};
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    heard();
  });
  const lines = async (count: number): Promise<void> => {
    while (out.split("\n").length - 1 < count) await new Promise<void>((resolve) => (heard = resolve));
  };
  child.stdin.write(pcapHeader());
  for (const [i, packet] of links.entries()) {
    const record = Buffer.from(pcapRecord(packet));
    child.stdin.write(record.subarray(0, 21));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(out.split("\n").length - 1).toBe(i);
    child.stdin.write(record.subarray(21));
    // Would wait for ever if it were kept until the pipe ends.
    await lines(i + 1);
  }
  child.stdin.end();
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
});

describe("files that lie", () => {
  test("a truncated pcap: the rest, a message, exit code 1", async () => {
    writeFileSync(at("cut.pcap"), readFileSync(at("links.pcap")).subarray(0, -5));
    const { code, stdout, stderr } = await nlkit(["decode", at("cut.pcap")]);
    expect(code).toBe(1);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(stderr).toMatch(/^nlkit: byte \d+: the file ends within a record, of which \d+ bytes are there\n$/);
  });
  test("noise: says what is read, exit code 1", async () => {
    writeFileSync(at("noise"), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 2654435761) >>> 13)));
    const { code, stdout, stderr } = await nlkit(["decode", at("noise")]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^nlkit: .*noise is no capture: decode reads hex, .* and rtmon\n$/);
  });
  test("a strace log cut in the middle of a line", async () => {
    const log = String(FORMS.find(({ name }) => name === "strace -f -ttt -yy")?.write(links));
    for (const [cut, count, problem] of [
      [log.lastIndexOf(" | ") + 20, 3, /^nlkit: line \d+: \d+ bytes below sendto, which says 40$/m],
      [log.lastIndexOf("sendto") + 30, 2, /^nlkit: line \d+: the line ends within sendto$/m],
    ] as const) {
      const { code, stdout, stderr } = await nlkit(["decode"], { input: log.slice(0, cut) });
      expect(stdout.trimEnd().split("\n")).toHaveLength(count);
      expect(stderr).toMatch(problem);
      expect(code).toBe(1);
    }
  });
  test("problems are told twenty times, then counted", async () => {
    const input = `${"00 zz\n\n".repeat(50)}${Buffer.from(links[0]?.bytes ?? []).toString("hex")}\n`;
    const { code, stdout, stderr } = await nlkit(["decode"], { input });
    expect(code).toBe(1);
    expect(stdout).toContain('ifname "a"');
    expect(stderr.trimEnd().split("\n")).toHaveLength(21);
    expect(stderr).toMatch(/and 30 more of that sort\n$/);
  });

  /** Peak memory in KB of a decode that is fed so many MB. */
  const peak = (form: "hex" | "pcap", megabytes: number): Promise<number> => {
    const report = 'process.on("exit",()=>require("fs").writeSync(2,"PEAK "+process.resourceUsage().maxRSS))';
    writeFileSync(at("peak.cjs"), report);
    const child = spawn(process.execPath, ["--require", at("peak.cjs"), NLKIT, "decode", "--in", form, "-"]);
    let stderr = "";
    let stdout = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString().slice(-200)));
    const size = megabytes << 20;
    const head = Buffer.alloc(48);
    head.writeUInt32LE(size + 16, 8);
    head.writeUInt32LE(size + 16, 12);
    head.writeUInt16BE(824, 18);
    head.writeUInt32LE(size, 32);
    const message = Buffer.concat([pcapHeader(), head]);
    const piece = Buffer.alloc(1 << 20);
    const write = (bytes: Buffer | string): Promise<unknown> | undefined =>
      child.stdin.write(bytes) ? undefined : new Promise((resolve) => child.stdin.once("drain", resolve));
    const feed = async (): Promise<void> => {
      await write(form === "hex" ? "ffffffff1000050000000000" : message);
      for (let i = 0; i < megabytes; i++) await write(form === "hex" ? piece.toString("hex") : piece);
      const last = links[1] as Packet;
      await write(form === "hex" ? `\n\n${Buffer.from(last.bytes).toString("hex")}\n` : Buffer.from(pcapRecord(last)));
      child.stdin.end();
    };
    void feed();
    return new Promise((resolve) =>
      child.once("close", (code) => {
        expect(code).toBe(1);
        // What comes behind it is decoded all the same.
        expect(stdout).toMatch(/ifname "bb"\n$/);
        resolve(Number(/PEAK (\d+)/.exec(stderr)?.[1]));
      }),
    );
  };
  test.each(["hex", "pcap"] as const)(
    "%s: one message of 160 MB takes no more memory than one of 40 MB",
    async (form) => {
      const [small, large] = [await peak(form, 40), await peak(form, 160)];
      expect(large).toBeLessThan(small * 1.25 + 20_000);
    },
    120_000,
  );
});

describe("out, and back", () => {
  test("-w: the same messages", async () => {
    await nlkit(["decode", "-w", at("out.pcap"), "--show-keys", at("all.pcap")]);
    expect(readFileSync(at("out.pcap")).equals(readFileSync(at("all.pcap")))).toBe(true);
    const [first] = links;
    const only = await nlkit(["decode", "-w", at("one.pcap"), "--filter", "seq == 0", at("links.pcap")]);
    expect(only.stdout).toBe("");
    expect(readFileSync(at("one.pcap"))).toEqual(pcapOf([first as Packet]));
  });
  test("decode -j --lossless, then encode -w: the same file", async () => {
    const { stdout } = await nlkit(["decode", "-j", "--lossless", "--show-keys", at("all.pcap")]);
    expect((await nlkit(["encode", "-w", at("back.pcap")], { input: stdout })).stderr).toBe("");
    expect(readFileSync(at("back.pcap")).equals(readFileSync(at("all.pcap")))).toBe(true);
  });
  test("decode -j, then encode: hex that decodes to the same JSON", async () => {
    const [json, hex] = [
      await nlkit(["decode", "-j", at("links.pcap")]),
      await nlkit(["decode", "-x", at("links.pcap")]),
    ];
    expect((await nlkit(["encode", "-x"], { input: json.stdout })).stdout).toBe(hex.stdout.replace(/^#.*\n/gm, ""));
    const bytes = await nlkit(["encode"], { input: json.stdout });
    expect(bytes.stdout).toBe(links.map((packet) => `${Buffer.from(packet.bytes).toString("hex")}\n\n`).join(""));
  });
  test("encode: what cannot be said is said where; the rest goes on", async () => {
    const input = '{"name":"RTM_NEWLINK","attrs":{"mtuu":1}}\nnonsense\n{"name":"RTM_NEWLINK","attrs":{"mtu":1}}\n';
    const { code, stdout, stderr } = await nlkit(["encode"], { input });
    expect(code).toBe(1);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^nlkit: line 1: .*mtuu.*\nnlkit: line 2: .*\n$/);
  });
  test("messages of one datagram stay in one", async () => {
    const batch = packets.find(({ bytes }) => Buffer.from(bytes).readUInt32LE(0) < bytes.length) as Packet;
    writeFileSync(at("batch.pcap"), pcapOf([batch]));
    const { stdout } = await nlkit(["decode", "-j", "--lossless", at("batch.pcap")]);
    expect(stdout.trimEnd().split("\n").length).toBeGreaterThan(1);
    await nlkit(["encode", "-w", at("batch2.pcap")], { input: stdout });
    expect(readFileSync(at("batch2.pcap"))).toEqual(readFileSync(at("batch.pcap")));
  });
  test.each(["ts", "c", "go", "rust", "python", "hex", "golden"])("emit --as %s reads back", async (form) => {
    const source = await nlkit(["emit", "--as", form, at("links.pcap")]);
    const back = await nlkit(["decode", "--flat", "-"], { input: source.stdout });
    expect(back).toEqual(await nlkit(["decode", "--flat", at("links.pcap")]));
  });
  test("emit --as pcap; and forms that there are not", async () => {
    const { status, stdout } = spawnSync(process.execPath, [NLKIT, "emit", "--as", "pcap", at("links.pcap")]);
    expect(status).toBe(0);
    expect(stdout).toEqual(readFileSync(at("links.pcap")));
    expect((await nlkit(["emit", "--as", "cobol", at("links.pcap")])).stderr).toBe(
      'nlkit: --as: "cobol" is none of ts, c, go, rust, python, hex, pcap, golden\n',
    );
    expect((await nlkit(["emit", at("links.pcap")])).code).toBe(2);
  });
  test("pair", async () => {
    const { stdout } = await nlkit(["pair", at("links.pcap")], { env });
    expect(stdout).toContain("00:00:01.000000 NETLINK_ROUTE RTM_NEWLINK seq 1: no answer\n");
    expect(stdout).toMatch(/RTM_NEWLINK +3 +0 +3 +- +- +- +-\n$/);
    const all = await nlkit(["pair", "-j", at("all.pcap")]);
    const rows = all.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { outcome?: string; statistics?: unknown });
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(
      new Set(["ack", "error", "done", "reply", "none", "silent", undefined]),
    );
    expect(rows.filter(({ statistics }) => statistics !== undefined).length).toBeGreaterThan(20);
  });
});

describe("pair: exchanges are chosen, in the order in which they were asked", () => {
  const ask = (seq: number, ifname: string, flags: number = NLM_F.REQUEST | NLM_F.ACK): Uint8Array =>
    encodeMessage({ name: "RTM_NEWLINK", flags, seq, attrs: { ifname } });
  const answer = (seq: number, error: number, type = 16): Uint8Array =>
    encodeMessage({
      name: "NLMSG_ERROR",
      seq,
      pid: 9,
      flags: NLM_F.ACK_TLVS | NLM_F.CAPPED,
      header: { error, len: 32, type, flags: 5, seq, pid: 0 },
      attrs: error === 0 ? {} : { msg: "no" },
    });
  const said = (direction: ">" | "<", at: number, bytes: Uint8Array): Packet => ({
    direction,
    protocol: "NETLINK_ROUTE",
    time: BigInt(at) * 1_000_000n,
    bytes,
  });
  const probe = encodeMessage({ name: "RTM_NEWLINK", flags: NLM_F.REQUEST | NLM_F.ACK, seq: 0 });
  beforeAll(() =>
    writeFileSync(
      at("pairs.pcap"),
      pcapOf([
        said(">", 0, probe),
        said("<", 1, answer(0, -19)),
        said(">", 2, ask(5, "silent", NLM_F.REQUEST)),
        said(">", 3, ask(6, "good")),
        said("<", 4, answer(6, 0)),
        said(">", 5, ask(7, "bad")),
        said("<", 9, answer(7, -17)),
      ]),
    ),
  );
  const pairs = async (...args: string[]) => (await nlkit(["pair", ...args, at("pairs.pcap")], { env })).stdout;
  const seqs = async (...args: string[]): Promise<string[]> =>
    [...(await pairs(...args)).matchAll(/ RTM_NEWLINK seq (\d+): /g)].map(([, seq]) => seq ?? "");
  test("in the order in which they were asked, though one is never answered", async () => {
    expect(await seqs()).toEqual(["0", "5", "6", "7"]);
  });
  test.each<[string, string[]]>([
    ["error", ["0", "7"]],
    ["error == EEXIST", ["7"]],
    ["error == 0", ["6"]],
    ["!error", ["5", "6"]],
    ["outcome == error", ["0", "7"]],
    ["outcome == silent || outcome == ack", ["5", "6"]],
    ["latency > 1000000", ["7"]],
    ["attrs.msg", ["0", "7"]],
    ["attrs.ifname == good", ["6"]],
    ['direction == "<" && seq == 6', ["6"]],
  ])("--filter '%s'", async (filter, expected) => {
    expect(await seqs("--filter", filter)).toEqual(expected);
  });
  test("--refused: the request, the kernel's words, how long it took; a probe is not refused", async () => {
    const [first, second] = (await pairs("--refused")).split("\n");
    expect(first).toBe('00:00:00.005000 NETLINK_ROUTE RTM_NEWLINK seq 7: EEXIST "no" in 4.000 ms');
    expect(second).toBe('    asked: RTM_NEWLINK [REQUEST ACK] seq 7 ifname "bad"');
    const [json] = (await pairs("--refused", "-j")).split("\n");
    expect(JSON.parse(json ?? "")).toMatchObject({
      error: "EEXIST",
      msg: "no",
      latency: "4000000",
      asked: { name: "RTM_NEWLINK", seq: 7, attrs: { ifname: "bad" } },
    });
    expect(await pairs("--summary")).toMatch(/^RTM_NEWLINK +3 +1 +0 /m);
  });
});

describe("others read what we write", () => {
  const home = (): NodeJS.ProcessEnv => ({ ...process.env, HOME: folder, XDG_CONFIG_HOME: folder });
  test("tshark: every packet, none malformed", () => {
    const run = (...args: string[]) =>
      spawnSync("tshark", ["-n", "-r", at("all.pcap"), ...args], { encoding: "utf8", env: home(), maxBuffer: 1 << 28 });
    const all = run("-T", "fields", "-e", "frame.number");
    expect(all.status, all.stderr).toBe(0);
    expect(all.stdout.trimEnd().split("\n")).toHaveLength(packets.length);
    const malformed = run("-Y", "_ws.malformed", "-T", "fields", "-e", "frame.number");
    expect(malformed).toMatchObject({ status: 0, stdout: "" });
  }, 60_000);

  const json = async (file: string): Promise<string> =>
    // editcap and tcpdump write microseconds.
    (await nlkit(["decode", "-j", file])).stdout.replaceAll(/"time":"(\d+)\d{3}"/g, '"time":"$1000"');
  test.each([
    ["editcap, pcapng", "editcap", ["-F", "pcapng"]],
    ["editcap, pcap of nanoseconds", "editcap", ["-F", "nsecpcap"]],
    ["editcap, pcap of microseconds", "editcap", ["-F", "pcap"]],
    ["tcpdump", "tcpdump", []],
  ])("%s: what it makes of it reads back to the same", async (_name, program, args) => {
    const files =
      program === "tcpdump" ? ["-r", at("all.pcap"), "-w", at("other")] : [...args, at("all.pcap"), at("other")];
    const { status, stderr } = spawnSync(program, files, { encoding: "utf8", env: home() });
    expect(status, stderr).toBe(0);
    expect(await json(at("other"))).toBe(await json(at("all.pcap")));
  });
  test.each(["-x", "-xx", "-X", "-XX", "-tx", "-ttx", "-tttx", "-ttttx", "-tttttx", "-#x"])(
    "tcpdump %s: a hexdump with nlmon's header in front of each",
    async (how) => {
      const printed = spawnSync("tcpdump", ["-n", how, "-r", at("all.pcap")], { env: home(), maxBuffer: 1 << 28 });
      writeFileSync(at("printed.txt"), printed.stdout);
      // A hexdump says no time, and nothing that could be told without it.
      const plain = async (file: string): Promise<string> =>
        (await json(file)).replaceAll(/"time":"\d+",|"direction":".",|"protocol":"NETLINK_ROUTE",/g, "");
      expect(await plain(at("printed.txt"))).toBe(await plain(at("all.pcap")));
      expect((await nlkit(["decode", at("printed.txt")])).stdout).toMatch(/^> NETLINK_/);
    },
  );
  test("text2pcap: a hexdump of packets", async () => {
    const dump = packets
      .map((packet) => {
        const record = [...pcapRecord(packet).subarray(16)];
        const rows = Array.from({ length: Math.ceil(record.length / 16) }, (_, i) => record.slice(i * 16, i * 16 + 16));
        return rows
          .map(
            (row, i) =>
              `${(i * 16).toString(16).padStart(6, "0")} ${row.map((b) => b.toString(16).padStart(2, "0")).join(" ")}\n`,
          )
          .join("");
      })
      .join("");
    writeFileSync(at("dump.txt"), dump);
    const { status, stderr } = spawnSync("text2pcap", ["-q", "-l", "253", at("dump.txt"), at("text.pcap")], {
      encoding: "utf8",
      env: home(),
    });
    expect(status, stderr).toBe(0);
    const untimed = async (file: string): Promise<string> => (await json(file)).replaceAll(/"time":"\d+",/g, "");
    expect(await untimed(at("text.pcap"))).toBe(await untimed(at("all.pcap")));
  });
});
