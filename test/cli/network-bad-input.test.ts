// nlkit network, called wrongly: one clear line, an exit code, and nothing changed.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, snapshotOf, useNetworkCli } from "../support/network-cli.ts";
import { nlkit } from "./run.ts";

/** A process that has been: nobody else has its number for a long time. */
const deadPid = (): number => spawnSync("true").pid;

live("nlkit network: bad input", () => {
  const cli = useNetworkCli(2, "last");
  const [a = "", b = ""] = cli.inside;
  beforeAll(async () => {
    inNetns(cli.host, "ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1");
    inNetns(cli.host, "ip", "addr", "add", "10.50.0.1/16", "dev", "up0");
    inNetns(cli.host, "ip", "link", "set", "up0", "up");
    inNetns(cli.host, "ip", "link", "set", "up1", "up");
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24"]);
    await cli.ok(["connect", "web", a, "--name", "one", "-p", "8080:80"]);
  });
  const everything = (): unknown => [cli.snapshot(), ...cli.inside.map(snapshotOf)];

  /** What is typed, the exit code, and the line; "B" is the second namespace. */
  const CASES: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["create", "new", "--subnet", "10.50.7.0/24"], 1, /10\.50\.7\.0\/24 .*10\.50\.0\.0\/16 dev up0/],
    [["create", "new", "--subnet", "10.77.0.0/16"], 1, /10\.77\.0\.0\/16 .*network "web"/],
    [["create", "new", "--subnet", "10.60.0.1/24"], 2, /10\.60\.0\.1\/24/],
    [["create", "new", "--subnet", "not-a-subnet"], 2, /"not-a-subnet"/],
    [
      ["create", "new", "--subnet", "10.60.0.0/24", "--gateway", "10.61.0.1"],
      2,
      /gateway 10\.61\.0\.1 is not in 10\.60\.0\.0\/24/,
    ],
    [
      ["create", "new", "--subnet", "10.60.0.0/24", "--ip-range", "10.61.0.0/25"],
      2,
      /range 10\.61\.0\.0\/25 is not in/,
    ],
    [["create", "new", "--subnet", "10.60.0.0/24", "--aux-address", "x=10.61.0.1"], 2, /x 10\.61\.0\.1 is not in/],
    [["create", "new", "--subnet", "10.60.0.0/32"], 2, /no room/],
    [["create", "web"], 1, /there is a network "web" already/],
    [["create", "new", "--bridge", "all"], 2, /"all" cannot name a link/],
    [["create", "new", "--bridge", "up0"], 1, /there is a link "up0" already/],
    [["create", "new", "--bridge", "a-name-that-is-too-long"], 2, /"a-name-that-is-too-long" cannot name a link/],
    [["create", "x".repeat(129)], 2, /cannot name a network: 1 to 128 bytes/],
    [["create", "a/b"], 2, /"a\/b" cannot name a network/],
    [["create", ""], 2, /"" cannot name a network/],
    [["create", "new", "--mtu", "67"], 2, /mtu 67: 68 to 65535/],
    [["create", "new", "--mtu", "many"], 2, /option '--mtu <bytes>' argument 'many' is invalid/],
    [["create", "new", "--icc", "maybe"], 2, /option '--icc <bool>' argument 'maybe' is invalid/],
    [["create", "new", "--gateway-mode", "nonsense"], 2, /"nonsense" is no gateway mode: nat, routed/],
    [["create", "new", "--mac-policy", "mine"], 2, /Allowed choices are random, address/],
    [
      ["create", "new", "-o", "com.docker.network.none=1"],
      2,
      /-o "com\.docker\.network\.none": unknown option; of Docker's there are com\.docker/,
    ],
    [["create", "new", "-o", "foo=bar"], 2, /-o "foo": unknown option; of a bridge there are forward_delay, /],
    [["create", "new", "-o", "com.docker.network.enable_ipv4=false"], 2, /enable_ipv4": --no-ipv4 makes a network/],
    [["create", "-d", "bridge", "new"], 2, /-d is --details here.* Docker's -d is --driver.*: network create new\n/],
    [["create", "--driver", "macvlan", "new"], 2, /'macvlan' is invalid\. bridge is the only driver/],
    [["create", "new", "two"], 2, /too many arguments for 'create'\. Expected 1 argument but got 2\./],
    [
      ["create", "new", "-o", "com.docker.network.driver.mtu=x"],
      2,
      /-o com\.docker\.network\.driver\.mtu=x: A whole number/,
    ],
    [["create", "new", "--from", "-"], 2, /the file names the network/],
    [["create", "--from", "/nowhere/at/all"], 2, /no such file: \/nowhere\/at\/all/],
    [["create", "--from", "-", "--ipv6"], 2, /--from: the file says everything but ipv6/],
    [["create"], 2, /network create: a name, or --from FILE/],
    [["connect", "web", "B", "--ip", "10.78.0.5"], 2, /10\.78\.0\.5 is not in 10\.77\.0\.0\/24 of network "web"/],
    [["connect", "web", "B", "--ip", "10.77.0.2"], 1, /10\.77\.0\.2 is in use by endpoint "one"/],
    [["connect", "web", "B", "--ip", "10.77.0.1"], 1, /10\.77\.0\.1 is in use by the network itself/],
    [["connect", "web", "B", "--ip", "ten"], 2, /"ten"/],
    [["connect", "web", "B", "--ip6", "fd00::5"], 2, /network "web" has no subnet for fd00::5/],
    [["connect", "web", "B", "--mac-address", "01:00:00:00:00:01"], 2, /"01:00:00:00:00:01" can be no link's MAC/],
    [["connect", "web", "B", "--ifname", "lo"], 1, /there is a link "lo" in \S+ already/],
    [["connect", "web", "B", "--name", "one"], 1, /there is an endpoint "one" on network "web" already/],
    [["connect", "web", "B", "--route", "nonsense"], 2, /"?nonsense"?/],
    [["connect", "web", "B", "--sysctl", "kernel.hostname=x"], 2, /"kernel\.hostname" is no sysctl of a network/],
    [
      ["connect", "web", "B", "--sysctl", "net.ipv4.conf.IFNAME.none=1"],
      2,
      /there is no sysctl net\.ipv4\.conf\.IFNAME\.none in/,
    ],
    [["connect", "web", "B", "-p", "70000:80"], 2, /70000 is no port: 1 to 65535/],
    [["connect", "web", "B", "-p", "0:80"], 2, /0 is no port/],
    [["connect", "web", "B", "-p", "8080"], 2, /"8080" names no port of the host, and none is chosen here: 8080:8080/],
    [["connect", "web", "B", "-p", "9000-9002:80"], 2, /a range of host ports needs a range/],
    [["connect", "web", "B", "-p", "[::1]:9000:80"], 2, /::1 cannot be published/],
    [
      ["connect", "web", "B", "-p", "8080:80"],
      1,
      /\*:8080->80\/tcp: endpoint "one" of network "web" has published that port/,
    ],
    [["connect", "web", "A"], 1, /is on network "web" already/],
    [["connect", "none", "B"], 2, /there is no network "none"/],
    [["connect", "web", "nlkit-test-none"], 2, /there is no namespace nlkit-test-none/],
    [["connect", "web", "/dev/null"], 2, /\/dev\/null is no network namespace/],
    [["connect", "web", "pid:x"], 2, /"pid:x" names no process/],
    [["connect", "web"], 2, /missing required argument 'netns'/],
    [["disconnect", "web", "none"], 2, /there is no endpoint "none" on network "web"/],
    [["publish", "web", "one", "8080:80"], 1, /\*:8080->80\/tcp is published already, by endpoint "one"/],
    [
      ["publish", "web", "one", "8080:81"],
      1,
      /\*:8080->81\/tcp: published twice, the endpoint publishes \*:8080->80\/tcp/,
    ],
    [["publish", "web", "one", "8081:65536"], 2, /65536 is no port/],
    [["publish", "web", "one", "--remove", "9999:80"], 2, /\*:9999->80\/tcp is not published by endpoint "one"/],
    [["rm", "web"], 1, /network "web" has endpoints: "one"\. Disconnect them, or force it/],
    [["rm", "none"], 2, /there is no network "none"/],
    [["inspect", "none"], 2, /there is no network "none"/],
    [["hosts", "none"], 2, /there is no network "none"/],
    [["frobnicate"], 2, /unknown command 'frobnicate'/],
  ];
  test.each(CASES)("%j: %i", async (args, code, line) => {
    const before = everything();
    const named = args.map((word) => (word === "A" ? a : word === "B" ? b : word));
    const outcome = await (args[0] === "frobnicate" ? nlkit(["network", ...named]) : cli.run(named));
    expect(outcome.stderr).toMatch(line);
    expect(outcome).toEqual({ code, stdout: "", stderr: expect.stringMatching(/^nlkit: [^\n]+\n$/) });
    expect(everything()).toEqual(before);
  });

  test("a dead pid", async () => {
    const before = everything();
    const pid = deadPid();
    const { code, stderr } = await cli.run(["connect", "web", `pid:${pid}`]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(`^nlkit: there is no process ${pid}: `),
    });
    expect(everything()).toEqual(before);
  });

  test("a pid that is somebody's of the host now", async () => {
    const before = everything();
    const process = spawn("nsenter", [`--net=/run/netns/${cli.host}`, "--", "sleep", "60"]);
    try {
      await expect
        .poll(() => spawnSync("cat", [`/proc/${process.pid}/comm`], { encoding: "utf8" }).stdout)
        .toBe("sleep\n");
      const own = await cli.run(["connect", "web", `pid:${process.pid}`]);
      expect({ code: own.code, stderr: own.stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(`^nlkit: pid:${process.pid} is in the namespace that the bridges are in`),
      });
    } finally {
      process.kill("SIGKILL");
    }
    expect(everything()).toEqual(before);
  });

  test("a port that a process has: which one", async () => {
    const listener = "require('net').createServer().listen(7777, '0.0.0.0', () => console.log('ready'))";
    const server = spawn("nsenter", [`--net=/run/netns/${cli.host}`, "--", process.execPath, "-e", listener]);
    try {
      await once(server.stdout, "data");
      const before = everything();
      const { code, stderr } = await cli.run(["connect", "web", b, "-p", "7777:80"]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^nlkit: [^\n]*7777[^\n]*\n$/) });
      expect(stderr).toContain(String(server.pid));
      expect(everything()).toEqual(before);
    } finally {
      server.kill("SIGKILL");
    }
  });

  describe("--from with something else in it", () => {
    const saved = async (): Promise<Record<string, unknown>> => {
      const [first] = await cli.json(["inspect", "web"]);
      return { ...first, name: "new", bridge: "nl-new", endpoints: [] };
    };
    const BAD: readonly (readonly [string, (good: Record<string, unknown>) => unknown, RegExp])[] = [
      ["nothing", () => "", /no network in it/],
      ["no JSON", () => "{", /line 1: /],
      ["a list", () => [], /line 1: a network is an object/],
      ["a name that is none", (good) => ({ ...good, name: 7 }), /line 1: name: text is expected/],
      ["something unknown", (good) => ({ ...good, color: "red" }), /line 1: "color" is nothing that inspect prints/],
      ["half of a family", (good) => ({ ...good, ipv4: { subnet: "10.1.0.0/24" } }), /line 1: ipv4\.aux: /],
      [
        "labels that are no text",
        (good) => ({ ...good, labels: { a: 1 } }),
        /line 1: labels: text by text is expected/,
      ],
      [
        "an endpoint without a name",
        (good) => ({ ...good, endpoints: [{ kind: "endpoint" }] }),
        /endpoints\[0\]\.name/,
      ],
      ["a subnet in use", (good) => good, /10\.77\.0\.0\/24 .*network "web"/],
    ];
    test.each(BAD)("%s", async (_name, change, line) => {
      const folder = mkdtempSync(join(tmpdir(), "nlkit-test-"));
      try {
        const bad = change(await saved());
        const file = join(folder, "saved.json");
        writeFileSync(file, typeof bad === "string" ? bad : JSON.stringify(bad));
        const before = everything();
        const { code, stdout, stderr } = await cli.run(["create", "--from", file]);
        expect(stderr).toMatch(line);
        expect({ code, stdout, stderr }).toEqual({
          code: _name === "a subnet in use" ? 1 : 2,
          stdout: "",
          stderr: expect.stringMatching(/^nlkit: [^\n]+\n$/),
        });
        expect(everything()).toEqual(before);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  test("no such host namespace", async () => {
    for (const host of ["nlkit-test-none", "/nowhere"]) {
      const outcome = await nlkit(["network", "create", "new", "--host", host]);
      expect(outcome).toEqual({ code: 2, stdout: "", stderr: `nlkit: no such namespace: ${host}\n` });
    }
  });

  test.each([["create", "new"], ["connect", "web", "ns"], ["rm", "web"], ["ls"], ["watch"]])(
    "not root: %s",
    async (...args) => {
      const under = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"];
      const before = everything();
      const outcome = await nlkit(["network", ...args.filter((word) => word !== "")], { under });
      expect(outcome).toEqual({
        code: 2,
        stdout: "",
        stderr: expect.stringMatching(
          `^nlkit: network ${args[0]} needs root \\(CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN\\)[^\n]*\n$`,
        ),
      });
      expect(everything()).toEqual(before);
    },
  );
});
