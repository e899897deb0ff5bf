// nlkit trace and pair where a person asks for what went wrong: filters, refusals without a mark, commands that say nothing.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { nlkit } from "./run.ts";

live("trace and pair, asked what went wrong", () => {
  const [ns = ""] = useNetns(1);
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-filter-"));
    execFileSync("ip", ["-n", ns, "link", "add", "br7", "type", "bridge"]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const under = [`--net=/run/netns/${ns}`];
  const trace = (...args: string[]) => nlkit(["trace", ...args], { under: ["nsenter", ...under] });
  const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");
  const ADD = ["ip", "link", "add", "br7", "type", "bridge"];

  test("--filter: what it picks, and the answers to that", async () => {
    const { stdout } = await trace("--filter", "attrs.ifname == br7", "--", ...ADD);
    const [asked = "", refused = "", ...rest] = lines(stdout);
    expect(asked).toMatch(/> NETLINK_ROUTE RTM_NEWLINK .*ifname "br7"/);
    expect(refused).toMatch(/< NETLINK_ROUTE NLMSG_ERROR .*EEXIST RTM_NEWLINK/);
    expect(rest.join()).toMatch(/^ {4}hint: [^\n]*$/);
  });
  test("--filter error: a refusal that marks nothing brings along what was asked; the question of `ip link` is called one", async () => {
    const { stdout } = await trace("--filter", "error", "--", ...ADD);
    expect(lines(stdout)).toEqual([
      expect.stringMatching(/< NETLINK_ROUTE NLMSG_ERROR .*seq 0 ENODEV RTM_NEWLINK/),
      "    asked: RTM_NEWLINK [REQUEST ACK] seq 0",
      expect.stringMatching(/^ {4}hint: ip link begins with this/),
      expect.stringMatching(/< NETLINK_ROUTE NLMSG_ERROR .*EEXIST RTM_NEWLINK/),
      expect.stringMatching(
        /^ {4}asked: RTM_NEWLINK \[REQUEST ACK EXCL CREATE\] .*ifname "br7" linkinfo \{kind "bridge"\}$/,
      ),
      expect.stringMatching(/^ {4}hint: it is there already/),
    ]);
  });
  test("one that marks an attribute shows the request as a tree, and not twice", async () => {
    const wrong = ["ip", "link", "add", "vx0", "mtu", "10", "type", "vxlan", "id", "42", "dstport", "4789"];
    const { stdout } = await trace("--filter", "error == EINVAL", "--", ...wrong);
    expect(stdout).toMatch(/>> +IFLA_MTU 10/);
    expect(stdout).not.toContain("asked:");
  });

  test.each([
    ["no netlink at all", ["true"], 0, /^nlkit: true said nothing by netlink: [^\n]*\n$/],
    ["by ioctl, and refused", ["ethtool", "-i", "lo"], 71, /\nnlkit: ethtool said nothing by netlink: .* with 71\n$/],
    [
      "the command itself says no",
      ["ip", "link", "add", "vx0", "type", "vxlan", "id", "99999999"],
      255,
      /\nnlkit: ip ended with 255, and the kernel has refused it nothing: it said no by itself\n$/,
    ],
  ])("%s: said on stderr", async (_, command, code, said) => {
    const outcome = await trace("--", ...command);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(said);
  });
  test("nothing is said of a command that did well, nor of one that the kernel refused", async () => {
    expect((await trace("--", "ip", "link", "show", "lo")).stderr).not.toContain("nlkit:");
    expect((await trace("--", ...ADD)).stderr).not.toContain("nlkit:");
  });

  test("pair --filter error: what was refused, what was asked, how long it took; the question of `ip link` apart", async () => {
    const file = join(folder, "x.pcap");
    await trace("-o", file, "--", ...ADD);
    await trace("-o", join(folder, "ok.pcap"), "--", "ip", "address", "show", "lo");
    const { stdout } = await nlkit(["pair", "--filter", "error == EEXIST", file]);
    expect(lines(stdout).slice(0, 2)).toEqual([
      expect.stringMatching(/NETLINK_ROUTE RTM_NEWLINK seq \d+: EEXIST in \d+\.\d{3} ms$/),
      expect.stringMatching(/^ {4}asked: RTM_NEWLINK .*ifname "br7"/),
    ]);
    const all = await nlkit(["pair", "--filter", "error", file]);
    expect(all.stdout).toMatch(/^RTM_NEWLINK \(does the kernel know it\?\) +1 +1 +0/m);
    expect(all.stdout).toMatch(/^RTM_NEWLINK +1 +1 +0/m);
    const [first] = lines((await nlkit(["pair", "-j", "--filter", "error == EEXIST", file])).stdout);
    expect(JSON.parse(first ?? "")).toMatchObject({
      outcome: "error",
      error: "EEXIST",
      asked: { attrs: { ifname: "br7" } },
    });
    expect((await nlkit(["pair", "--filter", "error", join(folder, "ok.pcap")])).stdout).toBe("");
    expect((await nlkit(["pair", "--filter", "error == 0", file])).stdout).toBe("");
  });
});
