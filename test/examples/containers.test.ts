// examples/containers as its reader runs it; on a machine of its own, since what it leaves is looked for.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";

const machine = useMachine();
const { sh, names } = machine;

const MAIN = resolve("examples/containers/main.mjs");
interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** Runs it; `stop` says when to send which signal. */
const example = (args: readonly string[] = [], stop?: { at: RegExp; signal: NodeJS.Signals }): Promise<Outcome> => {
  const [file = "", ...rest] = [...machine.under(), process.execPath, MAIN, ...args];
  const child = spawn(file, rest, { env: { ...process.env, TMPDIR } });
  let stdout = "";
  let stderr = "";
  let isStopped = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (stop === undefined || isStopped || !stop.at.test(stdout)) return;
    isStopped = true;
    child.kill(stop.signal);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
};
/** Processes of its containers, as it named them. */
const pidsOf = (stdout: string): string[] => [...stdout.matchAll(/\(process (\d+)\)/g)].map(([, pid = ""]) => pid);
/** One that nobody waits for any more (its parent was killed) may stay as a zombie: that depends on the machine's process 1. */
const isAlive = (pid: string): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};
/** Its temporary files, apart from those of other runs. */
const TMPDIR = mkdtempSync(join(tmpdir(), "nlkit-test-"));
afterAll(() => rmSync(TMPDIR, { recursive: true }));
const folders = (): string[] => readdirSync(TMPDIR);
const left = (stdout: string): unknown => ({
  namespaces: names(),
  processes: pidsOf(stdout).filter(isAlive),
  links: sh("ip -br link").trim().split("\n").length,
  ruleset: sh("nft list ruleset"),
  folders: folders(),
});
const NOTHING = { namespaces: [], processes: [], links: 1, ruleset: "", folders: [] };

live("examples/containers", () => {
  test("the host and the neighbour see the page of a process that is alone in its namespaces", async () => {
    const { code, stdout, stderr } = await example();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^connected {2}web: eth0 172\.\d+\.0\.2 fd[\da-f:]+, published 8080:80$/m);
    const pages = [...stdout.matchAll(/^ +(\{.*\})$/gm)].map(([, json = ""]) => JSON.parse(json));
    const page = {
      hostname: "web",
      pid: 1,
      processes: 1,
      addresses: [expect.stringMatching(/^eth0 172\./), expect.stringMatching(/^eth0 fd/)],
      sysvIpc: 0,
    };
    expect(pages).toEqual([page, page, page]);
    expect(stdout).toMatch(/\nnothing is left behind\n$/);
    expect(pidsOf(stdout).length).toBe(2);
    await expect.poll(() => left(stdout)).toEqual(NOTHING);
  });

  test("--here: the bridge in the present namespace", async () => {
    sh("ip link set lo up && sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
    const { code, stdout, stderr } = await example(["--here"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/"hostname":"web"/g)?.length).toBe(3);
    expect(stdout).not.toContain("stands in");
    await expect.poll(() => left(stdout)).toEqual(NOTHING);
  });

  describe("stopped half-way", () => {
    test.each([
      ["SIGINT", 130, /^network/m],
      ["SIGTERM", 143, /^containers/m],
      ["SIGHUP", 129, /^connected {2}web/m],
    ] as const)("%s: %i", async (signal, status, at) => {
      const { code, stdout, stderr } = await example([], { at, signal });
      expect({ code, stderr }).toEqual({ code: status, stderr: `stopped by ${signal}\n` });
      expect(stdout).not.toContain("nothing is left behind");
      await expect.poll(() => left(stdout)).toEqual(NOTHING);
    });

    test("SIGKILL: its processes end, and the next run takes the namespace away", async () => {
      const killed = await example([], { at: /^connected {2}client/m, signal: "SIGKILL" });
      expect(killed.code).toBe(null);
      const processes = () => pidsOf(killed.stdout).filter(isAlive);
      await expect.poll(processes, { timeout: 5000 }).toEqual([]);
      expect(names()).toEqual([expect.stringMatching(/^nlkit-example-\d+$/)]);
      const { code, stdout } = await example();
      expect(code).toBe(0);
      await expect.poll(() => left(stdout)).toEqual({ ...NOTHING, folders: [expect.any(String)] });
    });
  });
});
