// nlkit network watch: what dead endpoints leave goes at once, as long as it runs.
import { type ChildProcess, spawn } from "node:child_process";
import { expect, test } from "vitest";
import { deleteNetns } from "../../src/socket/named-netns.ts";
import { live, withNetns } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";
import { NLKIT } from "./run.ts";

live("nlkit network watch", () => {
  const cli = useNetworkCli(2);
  const [a = "", b = ""] = cli.inside;
  const elements = (set: string): string => inNetns(cli.host, "nft", "list", "set", "inet", "nlkit", set);

  /** Runs it, and ends it, whatever becomes of the test. */
  const watching = async (args: readonly string[], run: (watch: Watching) => Promise<void>): Promise<void> => {
    const child = spawn(process.execPath, [NLKIT, "network", "watch", "--host", cli.host, ...args]);
    const watch: Watching = { child, lines: [], errors: "" };
    child.stdout
      .setEncoding("utf8")
      .on("data", (text: string) => watch.lines.push(...text.split("\n").filter(Boolean)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      watch.errors += text;
    });
    try {
      await expect.poll(() => watch.lines.length, { timeout: 5000 }).toBeGreaterThan(0);
      await run(watch);
    } finally {
      child.kill("SIGKILL");
    }
  };
  interface Watching {
    readonly child: ChildProcess;
    readonly lines: string[];
    errors: string;
  }

  test("eth0 deleted from inside, a namespace that ends, a bridge deleted: a line each", async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24"]);
    await cli.ok(["connect", "web", a, "--name", "first", "-p", "8080:80"]);
    await watching([], async ({ lines }) => {
      expect(lines).toEqual(["listening"]);
      inNetns(a, "ip", "link", "delete", "eth0");
      await expect.poll(() => lines.length, { timeout: 5000 }).toBe(2);
      expect(lines[1]).toMatch(/^removed endpoint first eth0 10\.77\.0\.2 \S+ \*:8080->80\/tcp of nl-web$/);
      expect(elements("address4")).not.toContain("10.77.0.2");
      expect(elements("metadata")).not.toContain("first");

      await withNetns(async (c) => {
        await cli.ok(["connect", "web", c, "--name", "second"]);
        deleteNetns(c);
        await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(3);
        expect(lines[2]).toMatch(/^removed endpoint second /);
      });

      await cli.ok(["connect", "web", b, "--name", "third"]);
      inNetns(cli.host, "ip", "link", "delete", "nl-web");
      await expect.poll(() => lines.length, { timeout: 5000 }).toBe(5);
      expect(lines.slice(3)).toEqual([
        expect.stringMatching(/^removed endpoint third /),
        "removed network web, nl-web",
      ]);
      expect(inNetns(cli.host, "nft", "list", "ruleset")).toBe("");
      // The other end went with the host's.
      await expect.poll(() => inNetns(b, "ip", "-br", "link").trim().split("\n").length).toBe(1);
    });
  });

  test("-j: an object a line; what died before is taken away first", async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24"]);
    await cli.ok(["connect", "web", a, "--name", "first", "--label", "x=\u001b[31m\n"]);
    inNetns(a, "ip", "link", "delete", "eth0");
    await watching(["-j"], async ({ lines }) => {
      await expect.poll(() => lines.length, { timeout: 5000 }).toBe(2);
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        { event: "listening" },
        expect.objectContaining({ event: "removed", kind: "endpoint", name: "first", labels: { x: "\u001b[31m\n" } }),
      ]);
      expect(lines.join("")).not.toContain("\u001b");
    });
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s: %i", async (signal, status) => {
    await watching([], async (watch) => {
      const ended = new Promise((resolve) => watch.child.once("close", resolve));
      watch.child.kill(signal);
      expect(await ended).toBe(status);
      expect(watch.errors).toBe(`nlkit: stopped by ${signal}\n`);
    });
  });

  test("more events than a socket can hold: nothing is missed", { timeout: 120_000 }, async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24"]);
    await cli.ok(["connect", "web", a, "--name", "first"]);
    await watching([], async ({ child, lines }) => {
      child.kill("SIGSTOP");
      // 4 MiB of events: a message of a link is some 2 KiB with what the kernel counts for it.
      const batch = Array.from({ length: 200 }, (_, i) => `link set up0 alias x${i}`).join("\n");
      inNetns(cli.host, "ip", "link", "add", "up0", "type", "bridge");
      // Of a link that is down nobody is told.
      inNetns(cli.host, "ip", "link", "set", "up0", "up");
      for (let i = 0; i < 20; i++) inNetns(cli.host, "sh", "-c", `printf '${batch.replaceAll("\n", "\\n")}' | ip -b -`);
      inNetns(a, "ip", "link", "delete", "eth0");
      child.kill("SIGCONT");
      await expect
        .poll(() => lines.some((line) => line.startsWith("removed endpoint first ")), { timeout: 20_000 })
        .toBe(true);
      expect(lines).toContain("overrun: events were lost, looking at everything");
      inNetns(cli.host, "ip", "link", "delete", "up0");
    });
  });
});
