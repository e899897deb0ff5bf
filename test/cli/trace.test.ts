// nlkit trace, live: every message of the raw log is shown, and paired; the command is left alone.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { NLKIT, nlkit } from "./run.ts";
import { type Header, headersOf } from "./trace/strace-count.ts";

interface Line extends Header {
  readonly name?: string;
  readonly socket: string;
  readonly time: string;
  readonly answers?: string | number;
  readonly latency?: string;
  readonly header?: { readonly error?: number };
  readonly refused?: {
    readonly code: string;
    readonly path?: string;
    readonly attribute?: string;
    readonly hints: string[];
  };
}

const has = (program: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

live("trace", () => {
  const [ns = ""] = useNetns(1);
  const under = ["ip", "netns", "exec", ns];
  let folder = "";
  let programInGo = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-trace-test-"));
    if (!has("go")) return;
    programInGo = join(folder, "program");
    const env = { ...process.env, GOCACHE: join(folder, "cache"), GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };
    execFileSync("go", ["build", "-o", programInGo, "test/cli/trace/program.go"], { env });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const traced = async (...args: string[]) => nlkit(["trace", ...args], { under });
  /** What is shown, and what the log holds. */
  const both = async (...command: string[]): Promise<{ lines: Line[]; headers: Header[]; code: number | null }> => {
    const file = join(folder, "raw.strace");
    const { stdout, stderr, code } = await traced("-j", "-o", file, "--", ...command);
    expect(stderr).not.toContain("nlkit:");
    const lines = stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line);
    return { lines, headers: headersOf(readFileSync(file, "utf8")), code };
  };
  const headerOf = ({ direction, type, flags, seq, pid }: Line): Header => ({ direction, type, flags, seq, pid });

  const NFT = `add table ip t; add set ip t s { type ipv4_addr; }; add chain ip t c { type filter hook input priority 0; };
    add rule ip t c ip saddr @s drop; add element ip t s { ${Array.from({ length: 900 }, (_, i) => `10.1.${i >> 8}.${i & 255}`).join(", ")} }`;
  const PROGRAMS: [string, string[], number][] = [
    ["ip link add", ["ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1"], 2],
    ["ip link show", ["ip", "-d", "-s", "link", "show"], 4],
    ["ip address add", ["ip", "address", "add", "10.0.0.1/24", "dev", "v0"], 4],
    ["ip route show", ["ip", "route", "show", "table", "all"], 2],
    ["a shell with several", ["sh", "-c", "ip link set v0 up & ip link set v1 up & wait"], 4],
    ["tc qdisc add", ["tc", "qdisc", "add", "dev", "v0", "root", "handle", "1:", "htb", "default", "10"], 4],
    ["tc -s qdisc show", ["tc", "-s", "qdisc", "show"], 4],
    ["nft", ["nft", NFT], 10],
    ["nft list", ["nft", "list", "ruleset"], 10],
    ["nft --echo", ["nft", "--echo", "--handle", "add", "rule", "ip", "t", "c", "counter"], 8],
    ["ss", ["ss", "-tuanxH"], 6],
    ["ethtool", ["ethtool", "-k", "v0"], 4],
    ["Python", ["python3", "test/cli/trace/program.py"], 100],
  ];
  const complete = async (command: readonly string[], atLeast: number): Promise<Line[]> => {
    const { lines, headers, code } = await both(...command);
    expect(code).toBe(0);
    expect(headers.length).toBeGreaterThanOrEqual(atLeast);
    expect(lines.map(headerOf)).toEqual(headers);
    // Nobody here listens to events: whatever the kernel says is an answer.
    const unpaired = lines.filter(({ direction, answers }) => direction === "<" && answers === undefined);
    expect(unpaired).toEqual([]);
    // An ack or a dump that was asked for has come.
    const asked = lines.filter(
      ({ direction, flags }) => direction === ">" && ((flags & 4) !== 0 || (flags & 0x301) === 0x301),
    );
    const ended = lines.filter(({ direction, type }) => direction === "<" && (type === 2 || type === 3));
    const key = ({ socket, seq }: Line): string => `${socket} ${seq}`;
    const ends = new Set(ended.map(key));
    expect(asked.filter((line) => /GET|DIAG/.test(line.name ?? "") && !ends.has(key(line)))).toEqual([]);
    for (const { answers, latency } of lines)
      if (answers !== undefined) expect(Number(latency)).toBeGreaterThanOrEqual(0);
    return lines;
  };
  test.each(PROGRAMS)(
    "%s: every message of the log, and every answer with its request",
    async (_name, command, atLeast) => {
      await complete(command, atLeast);
    },
  );
  test("Python's ways to send and receive: peeked at is not received, cut is said, buffers and vectors are put together", async () => {
    const lines = await complete(["python3", "test/cli/trace/program.py"], 100);
    const seqs = lines.filter(({ direction }) => direction === "<").map(({ seq }) => seq);
    for (let seq = 1; seq <= 12; seq++)
      expect(seqs.filter((one) => one === seq).length, `seq ${seq}`).toBeGreaterThanOrEqual(1);
    expect(seqs.filter((one) => one === 2)).toHaveLength(1);
    const cut = lines.find(({ direction, seq }) => direction === "<" && seq === 6) as Line & {
      issues?: { code: string }[];
    };
    expect(cut.issues?.map(({ code }) => code)).toContain("TRUNCATED");
    const whole = lines.find(({ direction, seq }) => direction === "<" && seq === 3) as Line & {
      attrs?: { ifname: string };
    };
    expect(whole.attrs?.ifname).toBe("lo");
  });
  if (has("go")) {
    test("Go: goroutines on several threads", async () => {
      await complete([programInGo], 40);
    });
  } else {
    // Python's program stands for both where Go is not installed; what it adds is goroutines that change their threads.
    console.warn("not run: a program in Go under trace: there is no go here (apt-get install golang-go)");
  }

  test("the exit code is the command's", async () => {
    expect((await traced("--", "sh", "-c", "exit 42")).code).toBe(42);
    expect((await traced("--", "sh", "-c", "kill -9 $$")).code).toBe(137);
    expect((await traced("--", "sh", "-c", "kill -TERM $$")).code).toBe(143);
    expect((await traced("--", "ip", "link", "add", "x", "type", "nosuchkind")).code).toBe(2);
  });
  test("the command keeps its stdin; what it prints is not mixed with what we print", async () => {
    const { stdout, stderr, code } = await nlkit(
      ["trace", "--", "sh", "-c", "cat; ip link show lo; ls /proc/self/fd"],
      { under, input: "said\n" },
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^said\n1: lo:/);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{6} \d+:3 > NETLINK_ROUTE RTM_GETLINK /m);
    expect(stdout).not.toContain("LOOPBACK,");
    // The descriptors that it has without us, and none of ours.
    const alone = execFileSync("sh", ["-c", "ls /proc/self/fd"], { encoding: "utf8" });
    expect(stderr.endsWith(alone.trimEnd().split("\n").slice(-4).join("\n").concat("\n"))).toBe(true);
  });
  test("as it happens: the first exchange is shown while the command still runs", async () => {
    let early = "";
    await nlkit(["trace", "--", "sh", "-c", "ip link show lo; sleep 1; ip route"], {
      under,
      onOutput: (text) => {
        if (early === "" && /RTM_NEWLINK .* ifname "lo"/.test(text)) early = text;
      },
    });
    expect(early).toMatch(/RTM_GETLINK.*\n.*RTM_NEWLINK.* \(\d+\.\d{3} ms\)/);
    expect(early).not.toContain("RTM_GETROUTE");
  });
  test("-d, -x, --flat, --filter, -ts", async () => {
    const show = (...args: string[]) => traced(...args, "--", "ip", "link", "show", "lo").then(({ stdout }) => stdout);
    expect(await show("-d")).toMatch(/ RTM_GETLINK\n {2}nlmsg_len/);
    expect(await show("-x")).toMatch(/^# \d\d:.*\n> NETLINK_ROUTE\n00000 {2}[\da-f]{2} .*nlmsg_len/m);
    expect(await show("--flat")).toContain('IFLA_IFNAME = "lo"');
    expect(await show("-ts")).toMatch(/^\d{4}-\d\d-\d\dT/);
    const some = await show("--filter", 'name == RTM_NEWLINK && attrs.ifname == "lo"');
    expect(
      some
        .trimEnd()
        .split("\n")
        .every((line) => line.includes(" < NETLINK_ROUTE RTM_NEWLINK ")),
    ).toBe(true);
  });
  test("--filter by direction: requests alone", async () => {
    const { stdout } = await traced("--filter", 'direction == ">"', "--", "ip", "link", "show", "lo");
    expect(stdout).toContain(" > ");
    expect(stdout).not.toContain(" < ");
  });
  test("one line: long arrays are counted, empty nests look like nests, a refused generic command has its name", async () => {
    const script =
      "tc qdisc add dev lo root handle 1: htb; tc class add dev lo parent 1: classid 1:1 htb rate 1mbit; ethtool lo; nft 'add table ip u; add chain ip u c; add rule ip u c counter'";
    const { stdout } = await traced("--", "sh", "-c", script);
    expect(stdout).toContain("rtab {…256} ctab {…256}}");
    expect(stdout).toContain('{name "counter" data {}}');
    expect(stdout).toMatch(/ EOPNOTSUPP ethtool ETHTOOL_MSG_\w+_GET\b/);
  });
  test("-o FILE.pcap: keys are masked, and that is said", async () => {
    const file = join(folder, "keys.pcap");
    const state = ["ip", "xfrm", "state", "add", "src", "10.0.0.1", "dst", "10.0.0.2", "proto", "esp", "spi", "0x1"];
    const add = [...state, "enc", "cbc(aes)", "0x00112233445566778899aabbccddeeff"];
    const masked = await traced("-o", file, "--", ...add);
    expect(masked.stderr).toContain(`nlkit: keys are zeros in ${file}: --show-keys keeps them\n`);
    const kept = await traced("--show-keys", "-o", file, "--", ...add);
    expect(kept.stderr).not.toContain("keys are zeros");
  });
  test("-o FILE.pcap: tshark and decode read it", async () => {
    const file = join(folder, "a.pcap");
    const { stdout } = await traced("-o", file, "--", "ip", "link", "show", "lo");
    // A capture has no hints.
    const shown = stdout
      .trimEnd()
      .split("\n")
      .filter((line) => !line.startsWith("    hint: "));
    const { stdout: again } = await nlkit(["decode", file]);
    const bare = (line: string): string => line.replace(/^\S+ \d+:\d+ /, "").replace(/ \(\d+\.\d+ ms\)$/, "");
    expect(
      again
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/^\S+ /, "")),
    ).toEqual(shown.map(bare));
    if (!has("tshark")) return;
    const frames = execFileSync("tshark", ["-r", file, "-T", "fields", "-e", "_ws.malformed"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(frames.replaceAll("\n", "")).toBe("");
    expect(frames.split("\n")).toHaveLength(shown.length + 1);
  });
  test("-p PID: attaches; Ctrl-C lets it go on", async () => {
    const child = spawn("sh", ["-c", "while :; do ip link show lo >/dev/null; sleep 0.05; done"], {
      stdio: "ignore",
      detached: true,
    });
    const pid = child.pid ?? 0;
    try {
      let sent = false;
      const { stdout, code } = await nlkit(["trace", "-p", String(pid)], {
        onOutput: (text, self) => {
          if (sent || !/RTM_GETLINK[^\n]*\n.*RTM_NEWLINK/.test(text)) return;
          sent = true;
          process.kill(self, "SIGINT");
        },
      });
      expect(stdout).toMatch(/RTM_GETLINK[^\n]*\n.*RTM_NEWLINK/);
      expect(code).toBe(130);
      expect(child.exitCode).toBe(null);
      process.kill(pid, 0);
    } finally {
      process.kill(-pid, "SIGKILL");
    }
  });
  test("nobody reads: the command still ends as it would", () => {
    const script = `${process.execPath} ${NLKIT} trace -- sh -c 'ip link; ip link; ip link; touch ${folder}/done' 2>/dev/null | head -1`;
    execFileSync("ip", ["netns", "exec", ns, "sh", "-c", script]);
    expect(readFileSync(join(folder, "done"), "utf8")).toBe("");
  });
  test("several processes at a time, whose seqs are the same: answers do not mix", async () => {
    // iproute2 numbers by the second: these all begin with the same seq.
    const lines = await complete(["sh", "-c", "for i in 1 2 3 4 5 6 7 8; do ip link show lo & done; wait"], 16);
    const wrong = lines.filter(
      (line) => line.answers === "RTM_GETLINK" && line.name !== "RTM_NEWLINK" && line.name !== "NLMSG_ERROR",
    );
    expect(wrong).toEqual([]);
  });
});

describe("what cannot be", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-trace-test-"));
    writeFileSync(join(folder, "file"), "");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  test.each<[string, string[], string]>([
    ["no command", [], "trace: no command, and no -p"],
    ["no such command", ["--", "no-such-command"], "no such command: no-such-command"],
    ["no such process", ["-p", "999999999"], "no such process: 999999999"],
    ["no process id", ["-p", "1;2"], "no such process: 1;2"],
    ["both", ["-p", "1", "--", "ls"], "trace: a command or -p, not both"],
    ["an output of no known kind", ["-o", "x.txt", "--", "ls"], "-o x.txt: FILE.pcap, or FILE.strace for the raw log"],
    ["an output that cannot be", ["-o", "/no/x.pcap", "--", "ls"], "cannot write /no/x.pcap: ENOENT"],
    ["a raw log that cannot be", ["-o", "/no/x.strace", "--", "ls"], "cannot write /no/x.strace: ENOENT"],
  ])("%s: one line, exit code 2", async (_name, args, message) => {
    expect(await nlkit(["trace", ...args])).toEqual({ code: 2, stdout: "", stderr: `nlkit: ${message}\n` });
  });
  test("no strace: says where it comes from", async () => {
    const { code, stderr } = await nlkit(["trace", "--", "ls"], { env: { PATH: folder } });
    expect(code).toBe(2);
    expect(stderr).toBe(
      "nlkit: trace needs strace, which is not there (Debian, Ubuntu: apt install strace; Fedora: dnf install strace)\n",
    );
  });
});
