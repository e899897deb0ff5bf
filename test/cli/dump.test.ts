// nlkit dump and nlkit netns, live.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { shownOf } from "../../src/cli/dump-run.ts";
import { encodeMessage, route } from "../../src/index.ts";
import { spawnIn } from "../../src/socket/named-netns.ts";
import { live, useNetns, withNetns } from "../support/live.ts";
import { NLKIT, nlkit } from "./run.ts";

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

  test("the beginning of a name is enough", async () => {
    const names = async (table: string): Promise<unknown[]> =>
      (await dump(table, "-j"))
        .split("\n")
        .map((line) => (line === "" ? "" : (JSON.parse(line) as { name: string }).name));
    expect(await names("addr")).toEqual(await names("address"));
    expect(await names("addr")).toContain("RTM_NEWADDR");
    expect(await names("neigh")).toEqual(await names("neighbour"));
  });

  test.each<[string, string[], number, RegExp]>([
    [
      "no such table",
      ["dump", "nonsense"],
      2,
      /^nlkit: "nonsense" is none of link, address, route, neighbour, rule, nexthop, tc, nft, conntrack, socket, xfrm\n$/,
    ],
    ["the beginning of two", ["dump", "r"], 2, /^nlkit: "r" may be route or rule\n$/],
    ["no beginning", ["dump", ""], 2, /^nlkit: "" is none of link, /],
    [
      "no such namespace",
      ["dump", "link", "--netns", "nlkit-nowhere"],
      2,
      /^nlkit: no such namespace: nlkit-nowhere\n$/,
    ],
    [
      "no namespace's name",
      ["dump", "link", "--netns", ".."],
      2,
      /^nlkit: "\.\." cannot name a network namespace[^\n]*\n$/,
    ],
    ["no such process", ["dump", "link", "--netns", "pid:4194305"], 2, /^nlkit: no such namespace: pid:4194305\n$/],
    [
      "no process id",
      ["dump", "link", "--netns", "pid:abc"],
      2,
      /^nlkit: --netns: "pid:abc" names no process: pid:123\n$/,
    ],
    ["digits, which are a name", ["dump", "link", "--netns", "4194305"], 2, /^nlkit: no such namespace: 4194305\n$/],
    [
      "no namespace",
      ["dump", "link", "--netns", "/etc/hostname"],
      2,
      /^nlkit: \/etc\/hostname is no network namespace\n$/,
    ],
  ])("%s: one line", async (_name, args, code, message) => {
    const outcome = await nlkit(args);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });
});

live("what is not in every namespace", () => {
  const [name = ""] = useNetns(1);
  const dump = async (...args: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await nlkit(["dump", ...args, "--netns", name]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout.trimEnd().split("\n");
  };
  const sh = (script: string): string =>
    execFileSync("ip", ["netns", "exec", name, "sh", "-ec", script], { encoding: "utf8" });

  test("rules, and some of them", async () => {
    sh("ip rule add fwmark 5 table 77");
    const all = await dump("rule", "-j");
    const theirs = JSON.parse(sh("ip -j rule; true")) as object[];
    expect(all.filter((line) => JSON.parse(line).header.family === 2)).toHaveLength(theirs.length);
    const [one = "", ...more] = await dump("rule", "--filter", "attrs.fwmark == 5");
    expect(one).toContain("table 77");
    expect(more).toEqual([]);
    // A hexdump has all of a datagram of which something is wanted.
    const hex = await dump("rule", "-x", "--filter", "attrs.fwmark == 5");
    expect(hex.join("\n")).toContain("FRA_FWMARK");
    expect(hex.join("\n")).toContain("RT_TABLE_MAIN");
    expect(await dump("rule", "-x", "--filter", "attrs.fwmark == 6")).toEqual([""]);
    expect(await dump("rule", "-j", "--filter", "attrs.fwmark == 5")).toHaveLength(1);
    expect(await nlkit(["dump", "rule", "--filter", "attrs ="])).toMatchObject({ code: 2, stdout: "" });
  });
  test("next hops", async () => {
    sh("ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up; ip nexthop add id 7 dev d0");
    expect(await dump("nexthop")).toEqual([expect.stringMatching(/^RTM_NEWNEXTHOP .* id 7 oif \d+$/)]);
  });
  test("tc: disciplines, classes of their links, filters of each", async () => {
    sh(`tc qdisc add dev d0 root handle 1: htb default 10; tc class add dev d0 parent 1: classid 1:10 htb rate 1mbit
      tc filter add dev d0 parent 1: protocol ip u32 match ip dst 10.0.0.1 flowid 1:10
      tc qdisc add dev d1 clsact; tc filter add dev d1 egress protocol ip u32 match ip dst 10.0.0.2`);
    const all = (await dump("tc", "-j")).map((line) => JSON.parse(line));
    const [d0, d1] = ["d0", "d1"].map((link) => JSON.parse(sh(`ip -j link show ${link}`))[0].ifindex);
    const of = (name: string, ifindex: number) =>
      all.filter((one) => one.name === name && one.header.ifindex === ifindex);
    expect(of("RTM_NEWQDISC", d0).map(({ attrs }) => attrs.kind)).toEqual(["htb"]);
    expect(of("RTM_NEWTCLASS", d0).map(({ header }) => header.handle)).toEqual([0x10010]);
    const selected = (ifindex: number) =>
      of("RTM_NEWTFILTER", ifindex).flatMap(({ header, attrs }) =>
        (attrs.options?.u32?.sel?.keys ?? []).map((key: { val: number }) => [header.parent, key.val]),
      );
    expect(selected(d0)).toEqual([[0x10000, 0x0a000001]]);
    // ffff:fff3 is egress.
    expect(selected(d1)).toEqual([[0xfffffff3, 0x0a000002]]);
  });
  test("xfrm: policies", async () => {
    sh("ip xfrm policy add dir out src 10.1.0.0/16 dst 10.2.0.0/16");
    expect(await dump("xfrm")).toEqual([expect.stringMatching(/^XFRM_MSG_NEWPOLICY .*selDaddr 10\.2\.0\.0/)]);
  });
});

live("--netns", () => {
  // Nobody else's: there is a process 1, and its links are not these.
  const name = `${process.pid}0001`;
  test("a namespace called by digits, a path, a process", async () => {
    ip("netns", "add", name);
    const child = spawnIn(name, "sleep", ["60"]);
    try {
      ip("-n", name, "link", "add", "only-here", "type", "bridge");
      for (const ref of [name, `/run/netns/${name}`, `pid:${child.pid}`]) {
        expect((await nlkit(["dump", "link", "--netns", ref])).stdout).toContain('"only-here"');
      }
      expect((await nlkit(["dump", "link", "--netns", "pid:1"])).stdout).not.toContain('"only-here"');
      expect((await nlkit(["dump", "--help"])).stdout).toMatch(/a name of `ip netns`, a path, or\s+pid:123/);
    } finally {
      child.kill();
      ip("netns", "delete", name);
    }
  });
});

live("the packet filter, flows and sockets", () => {
  const [name] = useNetns(1) as [string];
  test("nft: every table's chains, rules, sets and elements", async () => {
    const set = "set s { type ipv4_addr; elements = { 10.0.0.1 }; }";
    const text = `table inet t {\n ${set}\n chain c {\n tcp dport { 22, 80 } accept\n }\n}\n`;
    execFileSync("ip", ["netns", "exec", name, "nft", "-f", "-"], { input: text });
    const { stdout, code } = await nlkit(["dump", "nft", "--netns", name, "-j"]);
    expect(code).toBe(0);
    const messages = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const names = messages.map((message) => message.name);
    for (const what of ["TABLE", "CHAIN", "RULE", "SET", "SETELEM"]) expect(names).toContain(`NFT_MSG_NEW${what}`);
    expect(messages.find((message) => message.name === "NFT_MSG_NEWTABLE").attrs.name).toBe("t");
  });
  test("socket: of every family", async () => {
    const script = 'require("dgram").createSocket("udp4").bind(5353, () => console.log("ready"))';
    const child = spawnIn(name, process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const gone = once(child, "close");
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), gone]);
    const { stdout } = await nlkit(["dump", "socket", "--netns", name]);
    child.kill();
    await gone;
    expect(stdout).toMatch(/ family AF_INET .* sport 5353 /);
    expect(stdout).toMatch(/ family AF_NETLINK .* protocol NETLINK_SOCK_DIAG /);
  });
  test("conntrack: a line each", async () => {
    expect(await nlkit(["dump", "conntrack", "--netns", name])).toMatchObject({ code: 0, stdout: "" });
    ip("-n", name, "link", "set", "lo", "up");
    // Flows are tracked once a rule asks for their state.
    const text = "table ip tracked { chain c { type filter hook output priority 0; ct state new accept; }; }\n";
    execFileSync("ip", ["netns", "exec", name, "nft", "-f", "-"], { input: text });
    execFileSync("ip", ["netns", "exec", name, "ping", "-c1", "-q", "127.0.0.1"]);
    const { stdout } = await nlkit(["dump", "conntrack", "--netns", name]);
    expect(stdout).toMatch(
      /^IPCTNL_MSG_CT_NEW .*tupleOrig \{ip \{v4Src 127\.0\.0\.1 .*status IPS_SEEN_REPLY\|IPS_CONFIRMED.*\n$/,
    );
  });
});

describe("a big-endian machine", () => {
  test("its datagrams are read in its order", () => {
    const big = encodeMessage(
      { name: "RTM_NEWLINK", header: { index: 3 }, attrs: { mtu: 1400 } },
      { byteOrder: "big" },
    );
    const { fields, messages } = shownOf(route as never, big, "big", false);
    expect(messages).toMatchObject([{ name: "RTM_NEWLINK", header: { index: 3 }, attrs: { mtu: 1400 } }]);
    expect(fields.map((field) => field.constant)).toEqual(["RTM_NEWLINK"]);
  });
});

live("netns exec", () => {
  const [name = ""] = useNetns(1);
  // The sleep outlives the shell, and must not hold its output open.
  const sleep = "sleep 20 >/dev/null 2>&1 &";
  const script = (body: string) => ["netns", "exec", name, "sh", "-c", `${body}; echo ready; ${sleep} wait; wait`];
  /** Sends signals to the parent alone, one by one, when the child is ready for them. */
  const signalled = (body: string, ...signals: NodeJS.Signals[]) => {
    let sent = false;
    return nlkit(script(body), {
      onOutput: (text, pid) => {
        if (sent || !text.includes("ready")) return;
        sent = true;
        for (const [i, signal] of signals.entries()) setTimeout(() => process.kill(pid, signal), 100 * i);
      },
    });
  };
  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s goes on to the child, whose end is the command's", async (signal, code) => {
    expect(await signalled(":", signal)).toMatchObject({ code, stdout: "ready\n" });
  });
  test("a child that says otherwise is obeyed", async () => {
    expect(await signalled("trap 'echo caught; exit 7' TERM", "SIGTERM")).toMatchObject({
      code: 7,
      stdout: "ready\ncaught\n",
    });
  });
  test("SIGINT and SIGQUIT are for the child alone: the parent stays", async () => {
    const outcome = await signalled("trap 'echo ended; exit 3' TERM", "SIGINT", "SIGQUIT", "SIGTERM");
    expect(outcome).toMatchObject({ code: 3, stdout: "ready\nended\n" });
  });
  test("Ctrl-C, which the whole group gets: the child decides", async () => {
    let sent = false;
    const child = spawn(process.execPath, [NLKIT, ...script("trap 'echo caught; exit 9' INT")], { detached: true });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (sent || !text.includes("ready")) return;
      sent = true;
      process.kill(-(child.pid ?? 0), "SIGINT");
    });
    const [code] = await once(child, "close");
    expect([code, text]).toEqual([9, "ready\ncaught\n"]);
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
  test("as `ip netns` calls them: ls, del", async () => {
    expect(await nlkit(["netns", "add", name])).toMatchObject({ code: 0 });
    expect((await nlkit(["netns", "ls"])).stdout.split("\n")).toContain(name);
    expect(await nlkit(["netns", "del", name])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(ip("netns")).not.toContain(name);
  });
  test("exec: a -- before the command is none of it; one behind it is", () =>
    withNetns(async (here) => {
      const exec = (...args: string[]) => nlkit(["netns", "exec", here, ...args]);
      for (const before of [[], ["--"]]) {
        expect(await exec(...before, "echo", "-n", "--", "x")).toEqual({ code: 0, stdout: "-- x", stderr: "" });
      }
      expect((await exec("sh", "-c", 'echo "$@"', "sh", "--", "y")).stdout).toBe("-- y\n");
      expect(await exec("--")).toMatchObject({ code: 2 });
      expect(await exec()).toMatchObject({ code: 2, stderr: "nlkit: missing required argument 'command'\n" });
    }));
  test("what is there already is refused: 1; what is not there cannot be begun with: 2", () =>
    withNetns(async (here) => {
      expect(await nlkit(["netns", "add", here])).toMatchObject({ code: 1 });
      for (const args of [
        ["delete", "nlkit-nowhere"],
        ["exec", "nlkit-nowhere", "true"],
      ]) {
        const stderr = "nlkit: no such namespace: nlkit-nowhere\n";
        expect(await nlkit(["netns", ...args])).toEqual({ code: 2, stdout: "", stderr });
      }
    }));
  test.each(["", ".", "..", "a/b", "x".repeat(256)])("%j is no name: exit code 2", async (bad) => {
    for (const verb of ["add", "delete"]) {
      const { code, stderr } = await nlkit(["netns", verb, bad]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^nlkit: [^\n]*cannot name a network namespace[^\n]*\n$/);
    }
  });
});
