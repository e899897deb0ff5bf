// nlkit monitor, live.
import { execFileSync, spawn } from "node:child_process";
import { readlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addNetns, deleteNetns } from "../../src/socket/named-netns.ts";
import { live, useNetns } from "../support/live.ts";
import { NLKIT, nlkit } from "./run.ts";

const ip = (...args: string[]): string => execFileSync("ip", args, { encoding: "utf8" });

/** Starts it, does something again and again until it shows that, and ends it. */
const monitored = async (
  args: readonly string[],
  act: (i: number) => void,
  until: RegExp,
  signal: NodeJS.Signals = "SIGINT",
) => {
  const child = spawn(process.execPath, [NLKIT, "monitor", ...args], { env: { ...process.env, NO_COLOR: "1" } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  // Nothing says that it listens, as nothing does with `ip monitor`.
  for (let i = 0; i < 100 && !until.test(stdout) && child.exitCode === null; i++) {
    act(i);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill(signal);
  return { code: await ended, stdout, stderr };
};

live("monitor", () => {
  const [ns = "", other = ""] = useNetns(2);
  const toggle =
    (kind = "bridge") =>
    (i: number) => {
      ip("-n", ns, "link", "add", `m${i}`, "type", kind);
    };

  test("links: as decode shows them; Ctrl-C ends it with 130, and without a word", async () => {
    const { code, stdout, stderr } = await monitored(["link", "--netns", ns], toggle(), /RTM_NEWLINK/);
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
    expect(stdout).toMatch(/^RTM_NEWLINK seq \d+ type ARPHRD_ETHER index \d+ .* linkinfo \{kind "bridge"/);
  });
  test("SIGTERM: 143", async () => {
    expect((await monitored(["link", "--netns", ns], (i) => toggle()(i + 100), /NEWLINK/, "SIGTERM")).code).toBe(143);
  });
  test("everything at once, by default: links, addresses, routes, neighbours, nft, conntrack, ids", async () => {
    ip("-n", ns, "link", "add", "all0", "type", "bridge");
    ip("-n", ns, "link", "set", "all0", "up");
    ip("-n", ns, "link", "set", "lo", "up");
    execFileSync("ip", [
      "netns",
      "exec",
      ns,
      "nft",
      "add table ip f; add chain ip f c { type filter hook output priority 0; }; add rule ip f c ct state new accept",
    ]);
    const seen = new Set<string>();
    const { stdout } = await monitored(
      ["--netns", ns],
      (i) => {
        ip("-n", ns, "address", "add", `10.5.${i}.1/24`, "dev", "all0");
        ip("-n", ns, "neighbour", "replace", `10.5.${i}.2`, "lladdr", "02:00:00:00:00:01", "dev", "all0");
        ip("-n", ns, "rule", "add", "pref", String(100 + i), "table", "100");
        execFileSync("ip", ["netns", "exec", ns, "nft", `add table ip t${i}`]);
        execFileSync("ip", ["netns", "exec", ns, "sh", "-c", "ping -c1 -W1 127.0.0.1 >/dev/null"]);
        ip("-n", ns, "link", "add", `x${i}`, "type", "veth", "peer", "name", `y${i}`, "netns", other);
      },
      /(?=.*NEWLINK)(?=.*NEWADDR)(?=.*NEWROUTE)(?=.*NEWNEIGH)(?=.*NFT_MSG_NEWTABLE)(?=.*IPCTNL_MSG_CT_NEW)/s,
    );
    for (const [name] of stdout.matchAll(/^\w+/gm)) seen.add(name);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        "RTM_NEWLINK",
        "RTM_NEWADDR",
        "RTM_NEWROUTE",
        "RTM_NEWNEIGH",
        "NFT_MSG_NEWTABLE",
        "IPCTNL_MSG_CT_NEW",
      ]),
    );
  });
  test("-j: one object a line, with time and namespace", async () => {
    const act = (i: number): void => void ip("-n", ns, "link", "add", `j${i}`, "type", "bridge");
    const { stdout } = await monitored(["-j", "-a", "link"], act, /"j\d"/);
    const all = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const mine = all.filter(({ netns }) => netns === ns);
    expect(mine.length).toBeGreaterThan(0);
    expect(mine[0]).toMatchObject({
      name: "RTM_NEWLINK",
      netns: ns,
      direction: "<",
      attrs: { linkinfo: { kind: "bridge" } },
    });
    expect(Math.abs(Number(BigInt(mine[0]?.["time"] as string) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
  });
  test("-a: namespaces by name, those that are made meanwhile too; each event once", async () => {
    const late = `${ns}-late`;
    let isMade = false;
    try {
      const { stdout } = await monitored(
        ["-a", "link"],
        (i) => {
          if (!isMade) addNetns(late);
          isMade = true;
          ip("-n", late, "link", "add", `late${i}`, "type", "bridge");
        },
        /late\d"/,
      );
      expect(stdout).toMatch(new RegExp(`^\\[${late}\\] RTM_NEWLINK .*ifname "late\\d+"`, "m"));
      const name = /ifname "(late\d+)"/.exec(stdout)?.[1] ?? "";
      expect(stdout.split("\n").filter((line) => line.includes(`NEWLINK`) && line.includes(`"${name}"`))).toHaveLength(
        1,
      );
    } finally {
      if (isMade) deleteNetns(late);
    }
  });
  test("-a: a namespace without a name, by its id", async () => {
    const child = spawn("unshare", ["-n", "sleep", "60"]);
    try {
      const netnsOf = (pid: number | undefined) => readlinkSync(`/proc/${pid}/ns/net`);
      await expect.poll(() => netnsOf(child.pid), { timeout: 10_000 }).not.toBe(netnsOf(process.pid));
      const { stdout } = await monitored(
        ["-a", "--netns", ns, "link"],
        (i) => {
          ip("-n", ns, "link", "add", `u${i}`, "type", "veth", "peer", "name", `w${i}`, "netns", String(child.pid));
          execFileSync("nsenter", ["-t", String(child.pid), "-n", "ip", "link", "set", `w${i}`, "up"]);
        },
        /nsid \d+\] RTM_NEWLINK/,
      );
      expect(stdout).toMatch(/^\[nsid \d+\] RTM_NEWLINK .*ifname "w\d+"/m);
    } finally {
      child.kill("SIGKILL");
    }
  });
  test("an event of a named namespace with an id is told once, by its name", async () => {
    ip("-n", ns, "link", "add", "once0", "type", "veth", "peer", "name", "once1", "netns", other);
    const act = (i: number): void => void ip("-n", other, "link", "add", `once-${i}`, "type", "bridge");
    const { stdout } = await monitored(["-a", "--netns", ns, "link"], act, /once-\d/);
    const name = /"(once-\d+)"/.exec(stdout)?.[1] ?? "";
    const said = stdout.split("\n").filter((line) => line.includes(`"${name}"`) && line.includes("NEWLINK"));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`^\\[${other}\\] `));
  });
  test("-ts, --filter, -d, -x", async () => {
    const act = (i: number): void => {
      ip("-n", ns, "link", "add", `f${i}`, "type", "bridge");
      ip("-n", ns, "link", "delete", `f${i}`);
    };
    const filtered = await monitored(["-ts", "--filter", "name == RTM_DELLINK", "link", "--netns", ns], act, /DELLINK/);
    expect(
      filtered.stdout
        .trimEnd()
        .split("\n")
        .every((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6} RTM_DELLINK /.test(line)),
    ).toBe(true);
    const tree = await monitored(["-d", "link", "--netns", ns], (i) => act(i + 100), /DELLINK/);
    expect(tree.stdout).toMatch(/^RTM_(NEW|DEL)LINK\n {2}nlmsg_len /m);
    const hex = await monitored(["-x", "link", "--netns", ns], (i) => act(i + 200), /DELLINK/);
    expect(hex.stdout).toMatch(/^< NETLINK_ROUTE\n00000 {2}/);
  });
  test("too many at once while nobody reads: it says that some are lost, and goes on", async () => {
    const batch = Array.from(
      { length: 20_000 },
      (_, i) => `neighbour replace 10.77.${i >> 8}.${i & 255} lladdr 02:00:00:00:00:01 dev over0`,
    ).join("\n");
    ip("-n", ns, "link", "add", "over0", "type", "bridge");
    ip("-n", ns, "link", "set", "over0", "up");
    const child = spawn(process.execPath, [NLKIT, "monitor", "-j", "neighbour", "--netns", ns]);
    let stdout = "";
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const until = async (test: () => boolean): Promise<void> => {
      for (let i = 0; i < 200 && !test(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    };
    try {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      let i = 0;
      await until(() => {
        ip("-n", ns, "neighbour", "replace", `10.78.0.${++i}`, "lladdr", "02:00:00:00:00:01", "dev", "over0");
        return stdout !== "";
      });
      // It stops: the pipe behind it is full, or as here, it is not running at all.
      child.kill("SIGSTOP");
      execFileSync("ip", ["-n", ns, "-force", "-batch", "-"], { input: batch });
      child.kill("SIGCONT");
      await until(() => stdout.includes('"overrun":true'));
      expect(stderr).toBe("nlkit: events of NETLINK_ROUTE were lost: more came than were read\n");
      const before = stdout.length;
      await until(() => {
        ip("-n", ns, "neighbour", "replace", `10.78.1.${++i % 256}`, "lladdr", "02:00:00:00:00:02", "dev", "over0");
        return stdout.slice(before).includes("10.78.1.");
      });
      expect(stdout.slice(before)).toContain("10.78.1.");
    } finally {
      child.kill("SIGKILL");
    }
  }, 60_000);
  test("nobody reads any more: it ends", () => {
    const script = `${process.execPath} ${NLKIT} monitor link --netns ${ns} | head -1 & sleep 0.1; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do ip -n ${ns} link set lo mtu 6500$((i % 9)); sleep 0.1; done; wait`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toMatch(/^RTM_NEWLINK [^\n]*\n$/);
  });
});

describe("what cannot be", () => {
  test.each<[string, string[], string]>([
    [
      "an unknown group",
      ["links"],
      '"links" is none of link, address, route, neighbour, rule, nexthop, tc, nsid, nft, conntrack',
    ],
    ["half a name that two have", ["n"], '"n" may be neighbour or nexthop or nsid or nft'],
    ["no such namespace", ["--netns", "no-such"], "no such namespace: no-such"],
    ["a filter that is none", ["--filter", "("], ""],
  ])("%s: one line, exit code 2", async (_name, args, message) => {
    const { code, stdout, stderr } = await nlkit(["monitor", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^nlkit: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });
});
