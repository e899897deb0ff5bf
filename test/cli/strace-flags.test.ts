// Logs that strace really writes, with this option and that: as many messages as the program says that it sent and heard.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { nlkit } from "./run.ts";

/** What the program says of itself. */
interface Said {
  readonly sent: number;
  readonly heard: number;
  readonly again: number;
  readonly lost: number;
}
interface Line {
  readonly direction: ">" | "<";
  readonly seq?: number;
  readonly socket?: string;
  readonly time?: string;
  readonly overrun?: true;
  readonly call?: string;
  readonly error?: string;
  readonly cut?: true;
}
const PROGRAM = "test/cli/trace/lossy.py";
const DUMPS = ["-e", "read=all", "-e", "write=all"];

live("strace's options", () => {
  const [ns = ""] = useNetns(1);
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-strace-test-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const decoded = async (file: string): Promise<Line[]> => {
    const { stdout, stderr, code } = await nlkit(["decode", "-j", file]);
    // 1: the two that were cut are malformed.
    expect([stderr, code]).toEqual(["", 1]);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  };
  const count = (lines: readonly Line[], direction: ">" | "<"): number =>
    lines.filter((line) => line.direction === direction && line.call === undefined).length;
  const compare = (lines: readonly Line[], said: Said): void => {
    expect(said.sent).toBe(63);
    expect(said.lost).toBeGreaterThanOrEqual(1);
    expect({
      sent: count(lines, ">"),
      heard: count(lines, "<"),
      lost: lines.filter(({ overrun }) => overrun).length,
    }).toEqual({ sent: said.sent, heard: said.heard, lost: said.lost });
    // EAGAIN is no news.
    expect(lines.filter(({ error }) => error !== undefined && error !== "ENOBUFS")).toEqual([]);
    // recv() is not told that it was cut, recvmsg() is.
    expect(lines.filter(({ cut }) => cut).map(({ seq }) => seq)).toEqual([23]);
  };

  test.each([
    "-f -ttt -T -yy",
    "-tt",
    "-t -y",
    "-r",
    "-f -i -n",
    "",
    "-ff -ttt",
    "-x -v",
    "-xx -s 65536",
    "-f -ttt -yy -Y",
  ])("-o FILE %s", async (flags) => {
    const file = join(folder, `log${flags.replaceAll(/\W/g, "")}`);
    const options = flags.split(" ").filter((flag) => flag !== "");
    const { stdout, status, stderr } = spawnSync(
      "ip",
      ["netns", "exec", ns, "strace", ...options, ...DUMPS, "-o", file, "python3", PROGRAM],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
    const log = options.includes("-ff")
      ? execFileSync("sh", ["-c", `grep -l ENOBUFS ${file}.*`], { encoding: "utf8" }).trim()
      : file;
    const lines = await decoded(log);
    compare(lines, JSON.parse(stdout) as Said);
    const hasTimes = /-t/.test(flags);
    expect(lines.every(({ time }) => (time !== undefined) === hasTimes)).toBe(true);
    if (hasTimes)
      for (let i = 1; i < lines.length; i++)
        expect(Number(lines[i]?.time)).toBeGreaterThanOrEqual(Number(lines[i - 1]?.time) - 1e9);
  });

  test("to stderr, among what the program prints", async () => {
    const file = join(folder, "mixed");
    const script = `exec strace -f -tt -yy ${DUMPS.join(" ")} python3 ${PROGRAM} 2>"$1"`;
    const { stdout } = spawnSync("ip", ["netns", "exec", ns, "sh", "-c", script, "sh", file], { encoding: "utf8" });
    compare(await decoded(file), JSON.parse(stdout) as Said);
  });

  test("-p: attached to one that runs", async () => {
    const file = join(folder, "attached");
    const program = spawn("ip", ["netns", "exec", ns, "python3", PROGRAM, "1.5"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const strace = spawn("strace", ["-f", "-ttt", "-yy", ...DUMPS, "-o", file, "-p", String(program.pid)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let printed = "";
    program.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const ended = once(strace, "exit");
    await once(program, "exit");
    await ended;
    compare(await decoded(file), JSON.parse(printed) as Said);
  });

  test("-d, -x and one line: what was lost stands in its place, what was cut says so", async () => {
    const file = join(folder, "forms");
    const command = ["netns", "exec", ns, "strace", "-ttt", "-yy", ...DUMPS, "-o", file, "python3", PROGRAM];
    execFileSync("ip", command, { stdio: "ignore" });
    expect(readFileSync(file, "utf8")).toContain("ENOBUFS");
    const lost =
      /^\d\d:\d\d:\d\d\.\d{6} \d*:\d+ < NETLINK_ROUTE recvfrom failed: ENOBUFS, messages were lost \(the receive buffer was full\)$/m;
    const { stdout: one } = await nlkit(["decode", file]);
    expect(one).toMatch(lost);
    expect(one).toMatch(/ seq 23 .* \(cut after 48 bytes: MSG_TRUNC\)$/m);
    const { stdout: tree } = await nlkit(["decode", "-d", file]);
    expect(tree).toMatch(lost);
    const { stdout: hex } = await nlkit(["decode", "-x", file]);
    expect(hex).toMatch(/^# .*recvfrom failed: ENOBUFS/m);
    const { stdout: again, code } = await nlkit(["decode", "--in", "annotated", "-"], { input: hex });
    expect([code, again.split("\n").length]).toEqual([1, one.split("\n").length - 1]);
    const { stdout: pairs } = await nlkit(["pair", file]);
    expect(pairs).toMatch(lost);
  });

  test("trace: what is lost is shown as it happens", async () => {
    const under = ["ip", "netns", "exec", ns];
    const { stdout, stderr } = await nlkit(["trace", "-j", "--", "python3", PROGRAM], { under });
    const lines = stdout.trimEnd().split("\n");
    compare(
      lines.map((line) => JSON.parse(line) as Line),
      JSON.parse(stderr) as Said,
    );
    // What was lost cannot be encoded: it is passed over.
    const { stdout: back, code } = await nlkit(["encode", "-"], { input: stdout });
    const datagrams = lines.filter((line) => !line.includes('"call"') && !line.includes('"more":true'));
    expect([code, back.split("\n").filter((line) => line !== "").length]).toEqual([0, datagrams.length]);
  });
});
