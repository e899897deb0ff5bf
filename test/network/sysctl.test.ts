// Sysctls: where they are, whose they are, and that nothing else can be written.
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { readSysctl, sysctlPath, writeSysctl } from "../../src/network/sysctl.ts";
import { live, useNetns } from "../support/live.ts";
import { runProgram } from "../support/program.ts";

describe("where", () => {
  test.each([
    ["net.ipv4.ip_forward", undefined, "net/ipv4/ip_forward"],
    ["net.ipv4.conf.IFNAME.log_martians", "eth0.1", "net/ipv4/conf/eth0.1/log_martians"],
    ["net.ipv4.conf.IFNAME.log_martians", "IFNAME", "net/ipv4/conf/IFNAME/log_martians"],
    ["net.ipv6.conf.IFNAME.accept_ra", "all", "net/ipv6/conf/all/accept_ra"],
    ["net.ipv6.conf.br-0a1b.accept_ra", undefined, "net/ipv6/conf/br-0a1b/accept_ra"],
  ])("%s of %s", (name, ifname, path) => {
    expect(sysctlPath(name, ifname)).toBe(`/proc/sys/${path}`);
  });
  test.each([
    "",
    "net",
    "net.",
    ".net.ipv4.ip_forward",
    "net..ipv4",
    "net.ipv4.ip_forward.",
    "net.ipv4/../../kernel.hostname",
    "net/ipv4/ip_forward",
    "net.../../kernel/hostname",
    "kernel.hostname",
    "NET.ipv4.ip_forward",
    "netx.ipv4",
    "net.ipv4.ip_forward\0x",
    "net.ipv4.ip forward",
    "net.ipv4.ip_forward\n",
  ])("%j is refused", (name) => {
    expect(() => sysctlPath(name)).toThrow(RangeError);
  });
  test.each(["..", ".", "", "a/b", "../../../kernel", "eth0\0", "eth 0", "sixteen-bytes-xx"])(
    "link %j is refused",
    (ifname) => {
      expect(() => sysctlPath("net.ipv4.conf.IFNAME.forwarding", ifname)).toThrow(RangeError);
    },
  );
  test("IFNAME and a link belong together", () => {
    expect(() => sysctlPath("net.ipv4.conf.IFNAME.forwarding")).toThrow("needs a link for its IFNAME");
    expect(() => sysctlPath("net.ipv4.ip_forward", "eth0")).toThrow('has no IFNAME for "eth0"');
    // A part that holds the word is another word.
    expect(() => sysctlPath("net.ipv4.conf.IFNAME2.forwarding", "eth0")).toThrow("has no IFNAME");
  });
});

live("of a namespace", () => {
  const [netns = "", other = ""] = useNetns(2);
  beforeAll(() => {
    const names = ["link", "add", "eth0.1", "type", "bridge"];
    execFileSync("ip", ["-n", netns, ...names]);
  });
  const TTL = "net.ipv4.ip_default_ttl";
  /** What another program reads there. */
  const seen = (where: string, path: string): string =>
    execFileSync("ip", ["netns", "exec", where, "cat", `/proc/sys/${path}`], { encoding: "utf8" }).trim();

  test("read and written there, and nowhere else; not written when equal", () => {
    const home = readFileSync("/proc/sys/net/ipv4/ip_default_ttl", "utf8").trim();
    const thread = readlinkSync("/proc/thread-self/ns/net");
    expect(readSysctl(netns, TTL)).toBe("64");
    expect(writeSysctl(netns, TTL, "77")).toBe(true);
    expect(writeSysctl(netns, TTL, "77")).toBe(false);
    expect(writeSysctl(netns, TTL, " 77\n")).toBe(false);
    expect(readSysctl(netns, TTL)).toBe("77");
    expect(seen(netns, "net/ipv4/ip_default_ttl")).toBe("77");
    expect(readSysctl(other, TTL)).toBe("64");
    expect(readSysctl(undefined, TTL)).toBe(home);
    expect(readFileSync("/proc/sys/net/ipv4/ip_default_ttl", "utf8").trim()).toBe(home);
    expect(readlinkSync("/proc/thread-self/ns/net")).toBe(thread);
  });

  test("a link with a dot in its name", () => {
    const name = "net.ipv4.conf.IFNAME.log_martians";
    expect(readSysctl(netns, name, "eth0.1")).toBe("0");
    expect(writeSysctl(netns, name, "1", "eth0.1")).toBe(true);
    expect(seen(netns, "net/ipv4/conf/eth0.1/log_martians")).toBe("1");
    // Elsewhere there is no such link.
    expect(readSysctl(other, name, "eth0.1")).toBeUndefined();
  });

  test("several numbers are equal however they are spaced", () => {
    const name = "net.ipv4.ip_local_port_range";
    expect(writeSysctl(netns, name, "20000 30000")).toBe(true);
    expect(readSysctl(netns, name)).toBe("20000\t30000");
    expect(writeSysctl(netns, name, "20000  30000")).toBe(false);
  });

  test("what is refused says where", () => {
    const absent = "net.ipv4.there_is_none";
    expect(readSysctl(netns, absent)).toBeUndefined();
    const at = (name: string) => `/proc/sys/${name.replaceAll(".", "/")}`;
    expect(() => writeSysctl(netns, absent, "1")).toThrow(`open ${at(absent)}: ENOENT`);
    expect(() => writeSysctl(netns, TTL, "4711")).toThrow(`write ${at(TTL)}: EINVAL`);
    expect(() => writeSysctl(netns, TTL, "")).toThrow(RangeError);
    expect(() => readSysctl(netns, "net.ipv4")).toThrow(`read ${at("net.ipv4")}: EISDIR`);
    expect(() => readSysctl("nlkit-test-there-is-none", TTL)).toThrow("ENOENT");
  });

  test("what may only be written is written", () => {
    // Reading it is refused to everybody.
    expect(() => readSysctl(netns, "net.ipv4.route.flush")).toThrow("EACCES");
    expect(writeSysctl(netns, "net.ipv4.route.flush", "1")).toBe(true);
  });

  test("in a worker thread, whose process is elsewhere", async () => {
    const program = `
      import { isMainThread, Worker, workerData } from "node:worker_threads";
      import { readFileSync, readlinkSync } from "node:fs";
      import { readSysctl, writeSysctl } from "./src/network/sysctl.ts";
      if (isMainThread) new Worker(process.argv[1], { workerData: process.argv[2] });
      else {
        const name = "net.ipv4.ip_default_ttl";
        const home = readlinkSync("/proc/thread-self/ns/net");
        const wrote = writeSysctl(workerData, name, "99");
        const back = readlinkSync("/proc/thread-self/ns/net") === home;
        const own = readFileSync("/proc/sys/net/ipv4/ip_default_ttl", "utf8").trim();
        console.log(JSON.stringify([wrote, readSysctl(workerData, name), back, own]));
      }`;
    const { stdout, stderr } = await runProgram(program, [other]);
    expect(stderr).toBe("");
    const home = readFileSync("/proc/sys/net/ipv4/ip_default_ttl", "utf8").trim();
    expect(JSON.parse(stdout)).toEqual([true, "99", true, home]);
    expect(seen(other, "net/ipv4/ip_default_ttl")).toBe("99");
  });
});
