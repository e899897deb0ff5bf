// nlkit lab, as root: kept, interrupted, blocked, taken down. As an ordinary user and on paper: lab-user.test.ts.
import { beforeAll, describe, expect, test } from "vitest";
import { parseAnnotated } from "../../src/capture/annotated.ts";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { NLKIT, type RunOptions, nlkit as run } from "./run.ts";

const ECHOES = 6;
// Labs have fixed names, and `lab down` removes every lab that it finds: so all of this happens on a machine of its own.
const machine = useMachine();
const { sh, names: listNetns } = machine;
const nlkit = (args: readonly string[], options: RunOptions = {}) =>
  run(args, { ...options, under: [...machine.under(), ...(options.under ?? [])] });
const json = (command: string): Record<string, unknown>[] => JSON.parse(sh(command));
const links = (): string => sh("ip -br link");
const answered = (stdout: string): number => stdout.match(/echo \d answered in [\d.]+ ms/g)?.length ?? 0;
/** What a lab must not leave: names of namespaces. */
const foreign = listNetns;
const hostOf = (text: string): string => /nlkit-lab-\d+/.exec(text)?.[0] ?? "";

/** In a namespace, but not in a mount namespace of its own as `ip netns exec` makes one: names bound there would end with it. */
const inside = (name: string): string[] => ["nsenter", `--net=/run/netns/${name}`];
const withNetns = <T>(body: (name: string) => Promise<T>): Promise<T> =>
  machine.withNetns("there", () => body("there"));
/** What there is after a lab in the namespace "there". */
const THERE = ["there"];

live("as root", () => {
  let before: string;
  beforeAll(() => {
    before = links();
  });

  test("builds, proves, leaves nothing", async () => {
    const { code, stdout, stderr } = await nlkit(["lab"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(answered(stdout)).toBe(ECHOES);
    // A line for each step of the commands that it stands for, and one for each message.
    for (const step of [
      "ip link add br0 type bridge",
      "ip link set br0 up",
      "ip netns add ns1",
      "ip link add veth0 type veth peer name br-veth0",
      "ip link set veth1 netns ns2",
      "ip link set br-veth0 master br0",
      "ip link set veth0 up",
      "ip address add 192.168.100.10/24 dev veth0",
      "ip address add 192.168.100.20/24 dev veth1",
    ]) {
      expect(stdout).toMatch(new RegExp(`${step}$`, "m"));
    }
    expect(stdout).toMatch(
      /> RTM_NEWLINK \[REQUEST ACK ECHO EXCL CREATE\] seq \d+ ifname "veth0" linkinfo \{kind "veth"/,
    );
    expect(foreign()).toEqual([]);
    expect(links()).toBe(before);
  });

  test("-x: one annotated hexdump, every message in it", async () => {
    const { code, stdout } = await nlkit(["lab", "-x"]);
    expect(code).toBe(0);
    const datagrams = parseAnnotated(stdout);
    expect(datagrams.filter(({ direction }) => direction === ">").length).toBeGreaterThan(20);
    expect(stdout).toMatch(/IFLA_INFO_DATA[^\n]*\n.*VETH_INFO_PEER/);
    const { stdout: lines } = await nlkit(["decode", "-"], { input: stdout });
    expect(lines.trimEnd().split("\n").length).toBeGreaterThanOrEqual(datagrams.length);
  });

  test("--keep: other programs agree; lab down removes it", async () => {
    const { code, stderr } = await nlkit(["lab", "--keep"]);
    const host = hostOf(stderr);
    try {
      expect(code).toBe(0);
      expect(foreign().sort()).toEqual([host, "ns1", "ns2"].sort());
      expect(sh("ip netns exec ns1 ping -c1 -W1 192.168.100.20")).toContain("1 received");
      expect(sh("ip netns exec ns2 ping -c1 -W1 192.168.100.10")).toContain("1 received");
      const mac = (netns: string, link: string): string =>
        String(json(`ip -n ${netns} -j link show ${link}`)[0]?.["address"]);
      const fdb = json(`ip netns exec ${host} bridge -j fdb show br br0`);
      const portOf = (address: string): unknown => fdb.find((entry) => entry["mac"] === address)?.["ifname"];
      expect(portOf(mac("ns1", "veth0"))).toBe("br-veth0");
      expect(portOf(mac("ns2", "veth1"))).toBe("br-veth1");
      const ports = json(`ip -n ${host} -j link show master br0`).map((link) => [link["ifname"], link["operstate"]]);
      expect(ports).toEqual([
        ["br-veth0", "UP"],
        ["br-veth1", "UP"],
      ]);
      expect(json("ip -n ns1 -j -4 addr show veth0")[0]).toMatchObject({
        addr_info: [{ local: "192.168.100.10", prefixlen: 24 }],
      });
      expect(json("ip -n ns2 -j -4 addr show veth1")[0]).toMatchObject({
        addr_info: [{ local: "192.168.100.20", prefixlen: 24 }],
      });
      // A second lab finds its names taken, and takes others.
      const second = await nlkit(["lab"]);
      expect(second.stdout).toMatch(/ip netns add ns1-\d+/);
      expect(second.code).toBe(0);
    } finally {
      // The command that it named itself.
      expect(stderr).toContain(`  nlkit lab down ${host}\n`);
      const down = await nlkit(["lab", "down", host]);
      expect(down.stderr).toBe("");
      expect(down.code).toBe(0);
    }
    expect(foreign()).toEqual([]);
    const again = await nlkit(["lab", "down"]);
    expect(again).toMatchObject({ code: 2, stderr: "nlkit: there is no kept lab here\n" });
  });

  test("lab down without a name: every lab, listed before the first is touched", async () => {
    const hosts = [];
    for (let i = 0; i < 2; i++) hosts.push(hostOf((await nlkit(["lab", "--keep"])).stderr));
    const { code, stdout, stderr } = await nlkit(["lab", "down"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [first = ""] = stdout.split("\n");
    expect(first).toMatch(/^removes nlkit-lab-\d+ \(br0 br-veth0 br-veth1 ns1[^)]* ns2[^)]*\), nlkit-lab-\d+ \(/);
    for (const host of hosts) expect(first).toContain(host);
    expect(foreign()).toEqual([]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s in the middle: taken down, exit code %i", async (signal, status) => {
    let sent = false;
    const { code, stdout, stderr } = await nlkit(["lab"], {
      onOutput: (text, pid) => {
        if (sent || !text.includes("ip netns add ns2")) return;
        sent = true;
        process.kill(pid, signal);
      },
    });
    expect(sent).toBe(true);
    expect({ code, stderr }).toEqual({ code: status, stderr: `nlkit: stopped by ${signal}\n` });
    expect(stdout).toContain("ip netns delete ns2");
    expect(foreign()).toEqual([]);
  });

  test("a reader that leaves, a full disk: taken down", async () => {
    sh(`"${process.execPath}" "${NLKIT}" lab 2>/dev/null | head -1`);
    // The pipe's last process ends first; the lab is done when its namespaces are gone.
    await expect.poll(foreign, { timeout: 5000 }).toEqual([]);
    sh(`"${process.execPath}" "${NLKIT}" lab >/dev/full 2>/dev/null || true`);
    expect(foreign()).toEqual([]);
  });

  test("lab down does not stop when its reader leaves", async () => {
    const host = hostOf((await nlkit(["lab", "--keep"])).stderr);
    sh(`"${process.execPath}" "${NLKIT}" lab down ${host} | head -1`);
    await expect.poll(foreign, { timeout: 5000 }).toEqual([]);
  });

  describe("lab down leaves alone what it did not make, says so, and fails", () => {
    const host = "nlkit-lab-4194305";
    test("a host namespace of somebody else's", async () => {
      sh(`ip netns add ${host} && ip -n ${host} link add mine type bridge`);
      try {
        for (const args of [[], [host]]) {
          const { code, stderr } = await nlkit(["lab", "down", ...args]);
          expect({ code, stderr }).toEqual({
            code: 1,
            stderr: `nlkit: ${host} left alone: it holds links that are not the lab's. If they may go: ip netns delete ${host}\n`,
          });
        }
        expect(sh(`ip -n ${host} -br link`)).toContain("mine");
      } finally {
        sh(`ip netns delete ${host}`);
      }
    });
    test("an end's namespace that somebody else uses; the rest goes", async () => {
      const kept = hostOf((await nlkit(["lab", "--keep"])).stderr);
      sh("ip -n ns2 link add mine type bridge");
      try {
        const { code, stderr } = await nlkit(["lab", "down"]);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^nlkit: ns2 left alone: it holds links that are not the lab's\.[^\n]*\n$/);
        expect(foreign()).toEqual(["ns2"]);
        expect(kept).not.toBe("");
      } finally {
        sh("ip netns delete ns2");
      }
    });
    test("a lab whose process still runs, unless it is named", async () => {
      const running = `nlkit-lab-${process.pid}`;
      sh(`ip netns add ${running}`);
      try {
        const { code, stderr } = await nlkit(["lab", "down"]);
        expect(code).toBe(1);
        expect(stderr).toMatch(new RegExp(`^nlkit: ${running} left alone: process ${process.pid} runs\\.`));
        expect(listNetns()).toContain(running);
        expect((await nlkit(["lab", "down", running])).code).toBe(0);
        expect(listNetns()).not.toContain(running);
      } finally {
        if (listNetns().includes(running)) sh(`ip netns delete ${running}`);
      }
    });
  });

  test("killed in the middle: lab down finds the rest", async () => {
    const { stdout } = await nlkit(["lab"], {
      onOutput: (text, pid) => {
        if (text.includes("ip link add veth1")) process.kill(pid, "SIGKILL");
      },
    });
    expect(foreign()).toContain(hostOf(stdout));
    expect((await nlkit(["lab", "down", hostOf(stdout)])).code).toBe(0);
    expect(foreign()).toEqual([]);
  });

  test("--here: in the present namespace; what is there already is not touched", () =>
    withNetns(async (name) => {
      const here = ["lab", "--here"];
      const under = inside(name);
      const first = await nlkit([...here, "--keep"], { under });
      expect(first.code).toBe(0);
      expect(sh(`ip -n ${name} -br link show master br0`)).toMatch(/br-veth0[\s\S]*br-veth1/);
      // br0 is taken now: refused, and the first lab stays whole.
      const second = await nlkit(here, { under });
      expect(second.code).toBe(1);
      expect(second.stderr).toMatch(/^nlkit: RTM_NEWLINK: EEXIST[^\n]*\n$/);
      expect(sh(`ip -n ${name} -br link show master br0`)).toMatch(/br-veth0[\s\S]*br-veth1/);
      expect((await nlkit(["lab", "down", "--here"], { under })).code).toBe(0);
      expect(sh(`ip -n ${name} -br link`)).not.toMatch(/br0|veth/);
      expect(foreign()).toEqual(THERE);
    }));

  test("--here where FORWARD drops bridged packets: says so", () =>
    withNetns(async (name) => {
      sh(`ip netns exec ${name} iptables -P FORWARD DROP`);
      expect(sh(`ip netns exec ${name} cat /proc/sys/net/bridge/bridge-nf-call-iptables`)).toBe("1\n");
      const { code, stdout, stderr } = await nlkit(["lab", "--here"], { under: inside(name) });
      expect(code).toBe(1);
      expect(stdout).toContain("echo 1 was not answered");
      expect(stderr).toMatch(/bridge-nf-call-iptables is 1 here.*FORWARD/);
      expect(foreign()).toEqual(THERE);
    }));
});
