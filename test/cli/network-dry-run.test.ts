// --dry-run: every changing command says what it would send, and changes nothing.
import { spawnSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { parseAnnotated } from "../../src/capture/annotated.ts";
import { live } from "../support/live.ts";
import { snapshotOf, useNetworkCli } from "../support/network-cli.ts";

live("nlkit network --dry-run", () => {
  // Nothing changes: one world is enough for all.
  const cli = useNetworkCli(3, "last");
  const [a = "", b = "", c = ""] = cli.inside;
  beforeAll(async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64"]);
    await cli.ok(["connect", "web", a, "-p", "8080:80"]);
    await cli.ok(["create", "empty", "--subnet", "10.78.0.0/24"]);
  });
  const everything = (): unknown => [cli.snapshot(), ...cli.inside.map(snapshotOf)];

  const CASES: readonly (readonly [string, readonly string[], readonly RegExp[]])[] = [
    [
      "create",
      ["create", "new", "--ipv6", "--icc", "false"],
      [
        /^host NFT_MSG_NEWTABLE .* name "nlkit-lock" flags NFT_TABLE_F_OWNER$/m,
        /^host NFT_MSG_NEWCHAIN .* name "to_nl-new"$/m,
        /^host RTM_NEWLINK \[REQUEST ACK ECHO EXCL CREATE\] seq \d+ ifname "nl-new" group \d+ address .*kind "bridge"/m,
        /^host sysctl -w net\.ipv6\.conf\.nl-new\.accept_ra=0$/m,
        // An index that no link has.
        /^host RTM_NEWADDR .* index 1000001 local fd/m,
        /^host RTM_NEWLINK \[REQUEST ACK\] seq \d+ index 1000001 flags IFF_UP .* ifalias "nlkit network new"$/m,
      ],
    ],
    [
      "connect",
      ["connect", "web", "B", "-p", "127.0.0.1:9000:90", "--sysctl", "net.ipv4.conf.IFNAME.log_martians=1"],
      [
        /^host NFT_MSG_NEWSETELEM .* set "address4"/m,
        /^host RTM_NEWLINK \[REQUEST ACK ECHO EXCL CREATE\] .* linkinfo \{kind "veth" data \{peer \{ifname "eth0"/m,
        /^host sysctl -w net\.ipv4\.conf\.nl-web\.route_localnet=1$/m,
        /^B RTM_NEWADDR .* local 10\.77\.0\.3/m,
        /^B sysctl -w net\.ipv4\.conf\.eth0\.log_martians=1$/m,
        /^B RTM_NEWROUTE .* gateway 10\.77\.0\.1$/m,
        /^host RTM_NEWLINK .* flags IFF_UP .* ifalias "nlkit endpoint B of web"/m,
      ],
    ],
    ["disconnect", ["disconnect", "web", "A"], [/^host RTM_DELLINK /m, /^host NFT_MSG_DELSETELEM .* set "address6"/m]],
    ["publish", ["publish", "web", "A", "9000:90"], [/^host NFT_MSG_NEWSETELEM .* set "published4_any"/m]],
    ["publish --remove", ["publish", "web", "A", "8080:80", "--remove"], [/^host NFT_MSG_DELSETELEM .* set "open4"/m]],
    ["rm -f", ["rm", "-f", "web", "empty"], [/^host RTM_DELLINK /m, /^host NFT_MSG_DELCHAIN .* "to_nl-web"$/m]],
    ["prune", ["prune"], [/^host RTM_DELLINK /m, /^host NFT_MSG_DELCHAIN .* "from_nl-empty"$/m]],
  ];
  const named = (args: readonly string[]): string[] =>
    args.map((word) => (word === "A" ? a : word === "B" ? b : word === "C" ? c : word));

  test.each(CASES)("%s", async (_name, args, lines) => {
    const before = everything();
    const { code, stdout, stderr } = await cli.run([...named(args), "--dry-run"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(everything()).toEqual(before);
    const text = stdout
      .replaceAll(a, "A")
      .replaceAll(b, "B")
      .replace(/^(\S+) +/gm, "$1 ");
    for (const line of lines) expect(text).toMatch(line);
    expect(text).toMatch(/^host NFT_MSG_NEWTABLE .* "nlkit-lock"/m);
  });

  test("what would be refused is refused", async () => {
    const before = everything();
    const { code, stderr } = await cli.run(["create", "new", "--subnet", "10.77.0.128/25", "--dry-run"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^nlkit: 10\.77\.0\.128\/25 .*\n$/) });
    const taken = await cli.run(["connect", "web", b, "-p", "8080:80", "--dry-run"]);
    expect({ code: taken.code, stderr: taken.stderr }).toEqual({
      code: 1,
      stderr: `nlkit: *:8080->80/tcp: endpoint "${a}" of network "web" has published that port\n`,
    });
    const sysctl = await cli.run(["connect", "web", b, "--sysctl", "net.ipv4.conf.IFNAME.none=1", "--dry-run"]);
    expect(sysctl.stderr).toMatch(/there is no sysctl net\.ipv4\.conf\.IFNAME\.none in/);
    expect(sysctl.code).toBe(2);
    expect(everything()).toEqual(before);
  });

  test("-x: one annotated hexdump, which decode reads back; -d: trees; -j: an object a message", async () => {
    const args = ["connect", "web", b, "--sysctl", "net.ipv4.conf.IFNAME.log_martians=1", "--dry-run"];
    const hex = await cli.ok([...args, "-x"]);
    const datagrams = parseAnnotated(hex);
    expect(datagrams.every(({ direction }) => direction === ">")).toBe(true);
    expect(new Set(datagrams.map(({ protocol }) => protocol))).toEqual(new Set(["NETLINK_NETFILTER", "NETLINK_ROUTE"]));
    expect(hex).toMatch(new RegExp(`^# ${b}$`, "m"));
    expect(hex).toContain("# sysctl -w net.ipv4.conf.eth0.log_martians=1\n");
    expect(await cli.ok([...args, "-d"])).toMatch(/^\S+ +IFLA_LINKINFO$|^\S+ +IFLA_LINKINFO NLA_F_NESTED$/m);
    const objects = (await cli.ok([...args, "-j"])).trimEnd().split("\n");
    const parsed = objects.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.filter((one) => one["name"] === "RTM_NEWADDR").map((one) => one["netns"])).toEqual([b, b]);
    expect(parsed.find((one) => one["sysctl"] !== undefined)).toEqual({
      netns: b,
      sysctl: "net.ipv4.conf.IFNAME.log_martians",
      ifname: "eth0",
      value: "1",
    });
    for (const flag of ["-d", "-x", "--flat"]) {
      const { code, stderr } = await cli.run(["create", "new", flag]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: "nlkit: -d, -x and --flat are for --dry-run\n" });
    }
  });

  test("the dead are reaped in words only, and their addresses count as free", async () => {
    await cli.ok(["connect", "web", c, "--ip", "10.77.0.50"]);
    // Its link goes, what is kept of it stays.
    expect(spawnSync("ip", ["-n", c, "link", "delete", "eth0"]).status).toBe(0);
    const before = everything();
    const out = await cli.ok(["connect", "web", b, "--ip", "10.77.0.50", "--dry-run"]);
    expect(out).toMatch(/NFT_MSG_DELSETELEM .* set "address4"/);
    expect(out).toMatch(/RTM_NEWADDR .* local 10\.77\.0\.50/);
    expect(everything()).toEqual(before);
  });

  test("create --from: nothing is made of it", async () => {
    const saved = await cli.ok(["inspect", "web", "-j"]);
    await cli.ok(["rm", "-f", "web"]);
    const before = everything();
    const out = await cli.ok(["create", "--from", "-", "--connect", "--dry-run"], { input: saved });
    expect(out).toMatch(/RTM_NEWLINK .* ifname "nl-web"/);
    expect(everything()).toEqual(before);
  });
});
