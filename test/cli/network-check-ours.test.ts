// nlkit network check, between networks of nlkit: its mends leave in force what nlkit protects, and say what it guards.
import { execFileSync } from "node:child_process";
import { afterEach, beforeAll, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";
import { NLKIT, nlkit } from "./run.ts";

interface Found {
  readonly cause: string;
  readonly says: string;
  readonly mend?: string;
}

live("nlkit network check of nlkit's networks", () => {
  const cli = useNetworkCli(6, "last");
  const [a = "", b = "", c = "", d = "", e = "", f = ""] = cli.inside;
  beforeAll(async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64"]);
    await cli.ok(["create", "other", "--subnet", "10.78.0.0/24", "--icc", "false"]);
    for (const one of [a, b]) await cli.ok(["connect", "web", one]);
    for (const one of [c, d]) await cli.ok(["connect", "other", one]);
  });
  const check = async (...args: string[]): Promise<Found[]> => {
    const { stdout } = await cli.run(["check", ...args, "-j"]);
    return stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Found]));
  };
  /** As a person pastes it. */
  const sh = (command: string | undefined): string =>
    execFileSync("bash", ["--norc", "-c", `nlkit() { '${process.execPath}' '${NLKIT}' "$@"; }; ${command}`], {
      encoding: "utf8",
    });
  const answers = (netns: string, address: string): boolean => {
    try {
      inNetns(netns, "ping", "-c1", "-W1", "-q", address);
      return true;
    } catch {
      return false;
    }
  };

  test("two networks: a command of nlkit's for each finding, with which the guard stays", async () => {
    const found = await check(a, c, "--port", "tcp/5900");
    expect(found.map(({ cause, mend }) => [cause, mend])).toEqual([
      ["not-on-one-network", `nlkit network connect web ${c} --host ${cli.host}`],
      ["dropped", `nlkit network publish other ${c} 5900:5900 --host ${cli.host}`],
    ]);
    expect(found[1]?.says).toContain("once published it answers at 10.77.0.1 port 5900");
    const [apart] = await check(e, a);
    expect(apart?.mend).toBe(`nlkit network connect web ${e} --host ${cli.host}`);
    sh(apart?.mend);
    expect(await check(e, a)).toEqual([]);
    // As somebody else it is not heard.
    inNetns(e, "ip", "address", "flush", "dev", "eth0");
    inNetns(e, "ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
    expect(answers(e, "10.77.0.1")).toBe(false);
    await cli.ok(["disconnect", "web", e]);
  });

  test("a link that was moved away: no second endpoint is asked for", async () => {
    await cli.ok(["connect", "web", e]);
    inNetns(e, "ip", "link", "set", "eth0", "netns", f);
    const [found] = await check(e, a);
    expect(found?.cause).toBe("not-on-one-network");
    expect(found?.mend).toBeUndefined();
    await cli.ok(["disconnect", "web", e]);
  });

  test("ICC off is how the network was made", async () => {
    const [quiet] = await check(c, d);
    expect(quiet).toMatchObject({
      cause: "isolated",
      says: expect.stringContaining('network "other" was made with ICC off'),
    });
    expect(quiet?.mend).toBeUndefined();
    const [isolated] = await check(c, d, "--port", "udp/53");
    expect(isolated?.mend).toBe(`nlkit network publish other ${d} 53:53/udp --host ${cli.host}`);
    sh(isolated?.mend);
    const [published] = await check(c, d, "--port", "udp/53");
    expect(published?.says).toContain("it is published as *:53->53/udp: ask at 10.78.0.1 port 53");
    expect(published?.mend).toBeUndefined();
  });

  test("a name that begins as an option does", async () => {
    const host = ["--host", cli.host];
    await nlkit(["network", "create", ...host, "--subnet", "10.79.0.0/24", "--", "-x y"]);
    await nlkit(["network", "connect", ...host, "--", "-x y", e]);
    const [found] = await check(e, f);
    expect(found?.mend).toBe(`nlkit network connect --host ${cli.host} -- '-x y' ${f}`);
    sh(found?.mend);
    expect(await check(e, f)).toEqual([]);
    await nlkit(["network", "rm", "-f", ...host, "--", "-x y"]);
  });

  test.each([
    [
      "another address",
      (): void => {
        inNetns(b, "ip", "address", "flush", "dev", "eth0", "scope", "global");
        inNetns(b, "ip", "address", "add", "10.77.0.99/24", "dev", "eth0");
      },
      `eth0 of ${b} has 10.77.0.99, and endpoint "${b}" has 10.77.0.3: table bridge nlkit of the host drops what comes from any other`,
    ],
    [
      "an address in front of its own",
      (): void => {
        inNetns(
          b,
          "sysctl",
          "-qw",
          "net.ipv4.conf.all.promote_secondaries=0",
          "net.ipv4.conf.eth0.promote_secondaries=0",
        );
        inNetns(b, "ip", "address", "delete", "10.77.0.3/24", "dev", "eth0");
        inNetns(b, "ip", "address", "add", "10.77.0.99/24", "dev", "eth0");
        inNetns(b, "ip", "address", "add", "10.77.0.3/24", "dev", "eth0");
      },
      "has 10.77.0.99, and endpoint",
    ],
    [
      "another MAC",
      (): void => {
        inNetns(b, "ip", "link", "set", "eth0", "address", "02:00:00:00:00:09");
        inNetns(a, "ip", "neighbour", "flush", "all");
      },
      `eth0 of ${b} has hardware address 02:00:00:00:00:09, and endpoint`,
    ],
    // A knows the old one: to forget it would not help.
    [
      "another MAC, and an entry of the old",
      (): void => {
        answers(a, "10.77.0.3");
        inNetns(b, "ip", "link", "set", "eth0", "address", "02:00:00:00:00:09");
      },
      `eth0 of ${b} has hardware address 02:00:00:00:00:09, and endpoint`,
    ],
    [
      "no address",
      (): void => {
        inNetns(b, "ip", "address", "flush", "dev", "eth0", "scope", "global");
      },
      `eth0 of ${b} lacks 10.77.0.3, which endpoint "${b}" has`,
    ],
    [
      "down and up, which loses IPv6",
      (): void => {
        inNetns(b, "ip", "link", "set", "eth0", "down");
        inNetns(b, "ip", "link", "set", "eth0", "up");
      },
      `eth0 of ${b} lacks fd77::3, which endpoint "${b}" has`,
    ],
  ] as const)(
    "%s: what the guard drops or what is lost, and one command that mends all of it",
    async (_, spoil, says) => {
      spoil();
      const found = await check(a, b);
      expect(found).toHaveLength(1);
      expect(found[0]?.says).toContain(says);
      sh(found[0]?.mend);
      expect(await check(a, b)).toEqual([]);
      expect([answers(a, "10.77.0.3"), answers(a, "fd77::3")]).toEqual([true, true]);
      // Default routes went with the addresses.
      for (const version of ["-4", "-6"])
        expect(inNetns(b, "ip", version, "route")).toMatch(/^default via \S+ dev eth0/m);
    },
  );
  afterEach(() => {
    inNetns(b, "ip", "link", "set", "eth0", "up");
  });
});
