// nlkit dump and nlkit netns, live.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { nlkit } from "./run.ts";

const ip = (...args: string[]): string => execFileSync("ip", args, { encoding: "utf8" });

live("dump", () => {
  const [name = ""] = useNetns(1);
  const dump = async (...args: string[]) => {
    const { code, stdout, stderr } = await nlkit(["dump", ...args, "--netns", name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  const setUp = (): void => {
    if (ip("-n", name, "-br", "link").includes("br0")) return;
    ip("-n", name, "link", "add", "br0", "type", "bridge");
    ip("-n", name, "link", "set", "br0", "up", "alias", "hostile\u001b[2J name");
    ip("-n", name, "addr", "add", "192.0.2.1/24", "dev", "br0");
    ip("-n", name, "neigh", "add", "192.0.2.9", "lladdr", "02:00:00:00:00:09", "dev", "br0");
  };

  test.each([
    ["link", /^RTM_NEWLINK \[MULTI[^\]]*\] seq \d+ .*ifname "br0".*kind "bridge"/m],
    ["address", /^RTM_NEWADDR .*address 192\.0\.2\.1/m],
    ["route", /^RTM_NEWROUTE .*dst 192\.0\.2\.0/m],
    ["neighbour", /^RTM_NEWNEIGH .*dst 192\.0\.2\.9 .*lladdr 02:00:00:00:00:09/m],
  ])("%s: a line each", async (table, line) => {
    setUp();
    const text = await dump(table);
    expect(text).toMatch(line);
    expect(text).not.toContain("NLMSG_DONE");
    expect(text).not.toContain("\u001b");
  });

  test("-j agrees with ip -j", async () => {
    setUp();
    const ours = (await dump("link", "-j"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    // iproute2 6.1 prints the ESC of the alias raw, which is no JSON.
    const theirs = JSON.parse(ip("-n", name, "-j", "link").replaceAll("\u001b", "")) as {
      ifname: string;
      ifindex: number;
      mtu: number;
    }[];
    expect(ours.map((link) => [link.attrs.ifname, link.header.index, link.attrs.mtu])).toEqual(
      theirs.map((link) => [link.ifname, link.ifindex, link.mtu]),
    );
    // RTEXT_FILTER_SKIP_STATS leaves out IPv6's counters, not the link's own.
    expect(ours[0].attrs.afSpec.inet6.stats).toBeUndefined();
    const [counted = ""] = (await dump("link", "-j", "-s")).split("\n");
    expect(JSON.parse(counted).attrs.afSpec.inet6.stats.length).toBeGreaterThan(30);
  });

  test("-x reads back, -d is a tree, --flat has paths", async () => {
    setUp();
    const { stdout } = await nlkit(["decode", "--flat"], { input: await dump("link", "-x") });
    const stable = (text: string): string => text.replace(/^.*(TIMER|carrier_changes).*\n/gm, "");
    expect(stable(stdout)).toContain('IFLA_LINKINFO/IFLA_INFO_KIND = "bridge"');
    expect(stable(await dump("link", "--flat")).split("\n").length).toBeGreaterThan(50);
    expect(await dump("link", "-d")).toMatch(/^ {2}IFLA_LINKINFO\n {4}IFLA_INFO_KIND "bridge"$/m);
  });

  test.each<[string, string[], number, RegExp]>([
    ["no such table", ["dump", "nonsense"], 2, /^nlkit: "nonsense" is none of link, address, route, neighbour\n$/],
    [
      "no such namespace",
      ["dump", "link", "--netns", "nlkit-nowhere"],
      1,
      /^nlkit: open \/run\/netns\/nlkit-nowhere: ENOENT [^\n]*\n$/,
    ],
    [
      "no namespace's name",
      ["dump", "link", "--netns", ".."],
      2,
      /^nlkit: "\.\." cannot name a network namespace[^\n]*\n$/,
    ],
    [
      "no such process",
      ["dump", "link", "--netns", "4194305"],
      1,
      /^nlkit: open \/proc\/4194305\/ns\/net: ENOENT[^\n]*\n$/,
    ],
    [
      "no namespace",
      ["dump", "link", "--netns", "/etc/hostname"],
      1,
      /^nlkit: setns \/etc\/hostname is no network namespace: EINVAL[^\n]*\n$/,
    ],
  ])("%s: one line", async (_name, args, code, message) => {
    const outcome = await nlkit(args);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });
});

live("netns", () => {
  const name = `nlkit-test-${process.pid}-cli`;
  test("add, list, exec, delete", async () => {
    try {
      expect(await nlkit(["netns", "add", name])).toEqual({ code: 0, stdout: "", stderr: "" });
      expect((await nlkit(["netns", "list"])).stdout.split("\n")).toContain(name);
      expect(ip("netns")).toContain(name);
      expect((await nlkit(["netns", "add", name])).stderr).toMatch(/^nlkit: open \/run\/netns\/.*: EEXIST/);
      const inside = await nlkit(["netns", "exec", name, "sh", "-c", "ip -br link; exit 5"]);
      expect(inside.stdout).toMatch(/^lo /);
      expect(inside.code).toBe(5);
      expect(inside.stdout).not.toContain("eth0");
    } finally {
      expect(await nlkit(["netns", "delete", name])).toEqual({ code: 0, stdout: "", stderr: "" });
    }
    expect(ip("netns")).not.toContain(name);
  });
  test.each(["", ".", "..", "a/b", "x".repeat(256)])("%j is no name: exit code 2", async (bad) => {
    for (const verb of ["add", "delete"]) {
      const { code, stderr } = await nlkit(["netns", verb, bad]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^nlkit: [^\n]*cannot name a network namespace[^\n]*\n$/);
    }
  });
});
