// nlkit lab and its like, as an ordinary user: in a user namespace, on paper, and what only root may.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WITHOUT_ROOT } from "../../src/cli/begin.ts";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { type RunOptions, nlkit as run } from "./run.ts";

const ECHOES = 6;
const machine = useMachine();
const nlkit = (args: readonly string[], options: RunOptions = {}) =>
  run(args, { ...options, under: [...machine.under(), ...(options.under ?? [])] });
const answered = (stdout: string): number => stdout.match(/echo \d answered in [\d.]+ ms/g)?.length ?? 0;

const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

live("as an ordinary user", () => {
  test("live, inside a user namespace", async () => {
    const { code, stdout, stderr } = await nlkit(["lab"], { under: NOBODY });
    expect(stderr).toBe("not root: running inside a user namespace of our own (unshare -Urnm)\n");
    expect(code).toBe(0);
    expect(answered(stdout)).toBe(ECHOES);
    expect(machine.names()).toEqual([]);
  });
  test("--keep stays until interrupted", async () => {
    let interrupted = false;
    const { code, stdout } = await nlkit(["lab", "--keep"], {
      under: NOBODY,
      onOutput: (text, pid) => {
        if (interrupted || answered(text) < ECHOES) return;
        interrupted = true;
        setTimeout(() => process.kill(pid, "SIGTERM"), 300);
      },
    });
    expect(interrupted).toBe(true);
    expect(code).toBe(143);
    expect(stdout).toContain("ip netns delete ns1");
  });
  test("where user namespaces are refused: a recorded run, and it says so", async () => {
    // A user namespace in which no further one may be made.
    const refuse = [
      "unshare",
      "-Ur",
      "sh",
      "-c",
      'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all "$@"',
      "sh",
    ];
    const { code, stdout, stderr } = await nlkit(["lab"], { under: [...refuse, "setpriv", "--no-new-privs"] });
    expect(stderr).toMatch(/replaying a recorded run/);
    expect(code).toBe(0);
    expect(answered(stdout)).toBe(ECHOES);
  });
  test("--here needs root, and says so", async () => {
    const { code, stderr } = await nlkit(["lab", "--here"], { under: NOBODY });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "nlkit: --here changes the present namespace, which needs root (CAP_NET_ADMIN, CAP_SYS_ADMIN): this user may not make network " +
        `namespaces. ${WITHOUT_ROOT}\n`,
    });
  });
});

live("what an ordinary user may not: exit code 2, and what there is instead", () => {
  test.each([
    ["netns add", ["netns", "add", "mine"]],
    ["netns delete", ["netns", "delete", "there"]],
    ["netns exec", ["netns", "exec", "there", "true"]],
    ["dump --netns", ["dump", "link", "--netns", "there"]],
  ])("%s", (what, args) =>
    machine.withNetns("there", async () => {
      const { code, stdout, stderr } = await nlkit(args, { under: NOBODY });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^nlkit: [^\n]* needs root \(CAP_SYS_ADMIN\): \w+[^\n]*: (EPERM|EACCES) [^\n]*\n$/);
      expect(stderr).toContain(`nlkit: ${what} needs`);
      expect(stderr).toContain(WITHOUT_ROOT);
    }),
  );
  test("lab down", async () => {
    const { code, stderr } = await nlkit(["lab", "down"], { under: NOBODY });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^nlkit: lab down needs root .*ends with its command/);
  });
  test("what there is instead works", async () => {
    expect(await nlkit(["dump", "link"], { under: NOBODY })).toMatchObject({ code: 0, stderr: "" });
    expect(await nlkit(["netns", "ls"], { under: NOBODY })).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("the recorded run", () => {
  test("goes through the same code and shows the same steps", async () => {
    const { code, stdout, stderr } = await nlkit(["lab", "--replay"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(answered(stdout)).toBe(ECHOES);
    expect(stdout).toContain("ip link set br-veth1 master br0");
    expect(stdout).toContain("nothing is left behind");
  });
  test("is what the lab records today, numbers and random addresses aside", async () => {
    const { formatGolden, parseGolden } = await import("../../src/testing/golden.ts");
    const text = readFileSync("fixtures/lab.txt", "utf8");
    // Every annotation is what explain says now.
    const golden = parseGolden(text);
    expect(golden.datagrams.length).toBeGreaterThan(60);
    expect(formatGolden(golden)).toBe(text);
  });
});
