// "Why does my connection time out?": each cause made, named, and mended by the command that goes with it.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { NF } from "../../src/attrs/netfilter/nftables/data.ts";
import { NF_INET } from "../../src/attrs/netfilter/nftables/hook.ts";
import { BR_STATE } from "../../src/attrs/route/bridge-port.ts";
import { RTN } from "../../src/attrs/route/route-header.ts";
import { Nftables, newChain, newRule, newTable, rule } from "../../src/client/index.ts";
import { type CheckOptions, checkConnection, parseService } from "../../src/network/check/check.ts";
import { commandIn, word } from "../../src/network/check/command.ts";
import type { Finding } from "../../src/network/check/finding.ts";
import { startTrace } from "../../src/network/check/trace.ts";
import { type Joined, withJoined, withServer } from "../support/joined.ts";
import { legacyTest, live, withNetns } from "../support/live.ts";

const sh = (command: string): string => execFileSync("bash", ["--norc", "-c", command], { encoding: "utf8" });
const service = parseService("tcp/5900");

/** What a check finds, and what it finds after each of the commands that it names. */
const mendAll = async (joined: Joined, options: CheckOptions): Promise<{ causes: string[]; first: Finding[] }> => {
  const causes: string[] = [];
  let first: Finding[] | undefined;
  for (let round = 0; round < 6; round++) {
    const findings = await checkConnection(joined.a, joined.b, { host: joined.host, ...options });
    first ??= findings;
    if (findings.length === 0) break;
    causes.push(findings.map(({ cause }) => cause).join("+"));
    for (const { mend } of findings) {
      if (mend === undefined) return { causes: [...causes, "no command"], first };
      sh(mend);
    }
    // A new port forwards when its bridge has noticed its carrier.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return { causes, first: first ?? [] };
};

live("a check", () => {
  test("of a healthy pair finds nothing, and leaves nothing", () =>
    withJoined(async ({ a, b, host }) => {
      expect(await checkConnection(a, b, { host })).toEqual([]);
      expect(await checkConnection(b, `/run/netns/${a}`, { host })).toEqual([]);
      await withServer(b, "::", 5900, async (pid) => {
        expect(await checkConnection(a, b, { host, service })).toEqual([]);
        expect(await checkConnection(a, { pid: pid ?? 0 }, { host, service })).toEqual([]);
      });
      await withServer(
        b,
        "0.0.0.0",
        53,
        async () => {
          expect(await checkConnection(a, b, { host, service: parseService("udp/53") })).toEqual([]);
        },
        "udp",
      );
      for (const netns of [a, b, host]) expect(sh(`ip netns exec ${netns} nft list ruleset`)).toBe("");
    }));

  test("link down, of B, of its port, of the bridge", () =>
    withJoined(async (joined) => {
      const { a, b, host, inB, inHost } = joined;
      await inB.links.down("eth0");
      expect(await checkConnection(a, b, { host })).toEqual([
        { cause: "link-down", says: `eth0 of ${b} is down`, mend: `ip -n ${b} link set eth0 up` },
      ]);
      await inB.links.up("eth0");
      await inHost.links.down("pb");
      expect((await mendAll(joined, {})).causes).toEqual(["link-down"]);
      await inHost.links.down("br0");
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["link-down"]);
      expect(first[0]).toEqual({
        cause: "link-down",
        says: "bridge br0 is down",
        mend: `ip -n ${host} link set br0 up`,
      });
    }));

  test("no address, then none of its family", () =>
    withJoined(async (joined) => {
      const { a, b, inA, inB } = joined;
      await inB.addresses.delete("eth0", "10.1.0.3/24");
      await inB.addresses.delete("eth0", "fd00:1::3/64");
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["no-address"]);
      expect(first[0]?.says).toBe(`eth0 of ${b} has no address`);
      expect(first[0]?.mend).toBe(`ip -n ${b} address add 10.1.0.3/24 dev eth0`);
      await inA.addresses.delete("eth0", "10.1.0.2/24");
      const other = await mendAll(joined, {});
      expect(other.causes).toEqual(["no-address"]);
      expect(other.first[0]?.says).toBe(`${a} and ${b} have no addresses of one family: one has IPv4, the other IPv6`);
    }));

  test("no route, no route back, a route elsewhere", () =>
    withJoined(async (joined) => {
      const { a, b, inA, inB } = joined;
      for (const rtnl of [inA, inB])
        await rtnl.addresses.delete("eth0", rtnl === inA ? "fd00:1::2/64" : "fd00:1::3/64");
      await inA.routes.delete("10.1.0.0/24");
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["no-route"]);
      expect(first[0]).toEqual({
        cause: "no-route",
        says: `${a} has no route to 10.1.0.3 of ${b}`,
        mend: `ip -n ${a} route replace 10.1.0.0/24 dev eth0`,
      });
      await inB.routes.delete("10.1.0.0/24");
      await inB.routes.add("10.1.0.0/24", {}, { header: { type: RTN.UNREACHABLE } });
      const back = await mendAll(joined, {});
      expect(back.first[0]?.says).toBe(
        `${b} has no route back to 10.1.0.2 of ${a}: a route of type unreachable is in the way`,
      );
      expect(back.causes).toEqual(["no-route-back"]);
      await inA.links.add({ ifname: "other", linkinfo: { kind: "bridge" } });
      await inA.links.up("other");
      await inA.routes.add("10.1.0.3/32", { oif: await inA.links.index("other") });
      const elsewhere = await mendAll(joined, {});
      expect(elsewhere.causes).toEqual(["other-way"]);
      expect(elsewhere.first[0]?.says).toBe(`${a} sends what is for 10.1.0.3 out by other, not by eth0, where ${b} is`);
    }));

  test("duplicate address detection failed", () =>
    withJoined(async (joined) => {
      const { a, b, host, inB } = joined;
      // Multicast passes, so that detection can find out.
      expect(await checkConnection(a, b, { host })).toEqual([]);
      // With its detection: A has it already. The kernel asks once, at some moment within a second; on a machine that is busy then the
      // question or the answer may be lost, and both have the address: that is another cause.
      let found = { causes: [] as string[], first: [] as Finding[] };
      for (let i = 0; i < 5 && found.causes[0] !== "dad-failed"; i++) {
        await inB.addresses.add("eth0", "fd00:1::2/64");
        found = await mendAll(joined, {});
        if (found.causes[0] !== "dad-failed") expect(found.causes).toEqual(["duplicate-address"]);
      }
      expect(found.causes).toEqual(["dad-failed"]);
      expect(found.first[0]?.says).toContain(`fd00:1::2 of ${b} is out of use: duplicate address detection`);
    }));

  test("one address, one hardware address at both ends", () =>
    withJoined(async (joined) => {
      const { b, inA, inB } = joined;
      await inB.addresses.add("eth0", "10.1.0.2/24");
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["duplicate-address"]);
      expect(first[0]?.mend).toBe(`ip -n ${b} address delete 10.1.0.2/24 dev eth0`);
      const { address } = (await inA.links.get("eth0")).attrs;
      await inB.links.set("eth0", { address });
      // The new address has to be told: A still knows the old one, of each family.
      expect((await mendAll(joined, {})).causes).toEqual(["duplicate-mac", "stale-neighbour", "stale-neighbour"]);
    }));

  test("isolated ports", () =>
    withJoined(async (joined) => {
      const { a, b, host, inHost } = joined;
      for (const port of ["pa", "pb"]) await inHost.links.set(port, { protinfo: { bridge: { isolated: 1 } } });
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["isolated"]);
      expect(first[0]).toEqual({
        cause: "isolated",
        says: `ports pa (${a}) and pb (${b}) are isolated from each other: the network was made without ICC`,
        mend: `bridge -n ${host} link set dev pb isolated off`,
      });
    }));

  test("a port that is blocked, a port that is locked", () =>
    withJoined(async (joined) => {
      const { b, inHost } = joined;
      await inHost.links.set("pb", { protinfo: { bridge: { state: BR_STATE.DISABLED } } });
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["port-not-forwarding"]);
      expect(first[0]?.says).toBe(`port pb, where ${b} is connected, is disabled: bridge br0 passes nothing on`);
      await inHost.links.set("pb", { protinfo: { bridge: { locked: 1, learning: 0, flush: true } } });
      const locked = await mendAll(joined, {});
      expect(locked.causes).toEqual(["port-locked"]);
    }));

  test("not on one network; forwarding off; no gateway", () =>
    withJoined(async (joined) => {
      const { a, b, host, inB, inA, inHost, connect, forwards } = joined;
      await inHost.links.add({ ifname: "br1", linkinfo: { kind: "bridge" } });
      await inHost.links.up("br1");
      await inHost.addresses.add("br1", "10.2.0.1/24");
      await inHost.links.delete("pb");
      await connect(b, "br1", "pc", "eth0");
      await forwards("pc");
      await inB.addresses.add("eth0", "10.2.0.3/24");
      await inA.addresses.delete("eth0", "fd00:1::2/64");
      const first = await checkConnection(a, b, { host });
      expect(first).toEqual([
        {
          cause: "not-on-one-network",
          says: `${a} and ${b} are not on one network: ${a} is on br0, ${b} on br1`,
          mend: `ip -n ${host} link add master br0 up type veth peer name eth1 netns ${b}`,
        },
      ]);
      // By way of the host, step by step.
      await inA.routes.add("default", { gateway: "10.1.0.1" });
      expect((await mendAll(joined, {})).causes).toEqual(["no-route-back", "forwarding-off"]);
      sh(`ip netns exec ${host} sysctl -qw net.ipv4.ip_forward=0`);
      const off = await checkConnection(a, b, { host });
      expect(off[0]).toMatchObject({
        cause: "forwarding-off",
        mend: `ip netns exec ${host} sysctl -w net.ipv4.ip_forward=1`,
      });
      sh(off[0]?.mend ?? "false");
      // The filter keeps the networks apart: then it is said which chain, too.
      sh(
        `ip netns exec ${host} nft 'add table ip t; add chain ip t f { type filter hook forward priority 0; policy drop; }'`,
      );
      const apart = await checkConnection(a, b, { host });
      expect(apart.map(({ cause }) => cause)).toEqual(["not-on-one-network", "dropped"]);
      expect(apart[1]?.says).toBe(
        `chain f of table ip t in the host drops what ${a} sends to 10.2.0.3: its policy is drop`,
      );
    }));

  test("two that are on two bridges, mended by a link", () =>
    withJoined(async (joined) => {
      const { b, inHost, connect } = joined;
      await inHost.links.add({ ifname: "br1", linkinfo: { kind: "bridge" } });
      await inHost.links.delete("pb");
      await connect(b, "br1", "pc", "eth0");
      expect((await mendAll(joined, {})).causes).toEqual([
        "link-down",
        "not-on-one-network",
        "link-down",
        "no-address",
      ]);
    }));

  describe("which chain drops it", () => {
    const hostile = "in\u001b[2J `id`";
    const name = "in-7";
    test.each(["a", "host", "b"] as const)("in %s", (where) =>
      withJoined(async (joined) => {
        const { a, b } = joined;
        await withServer(b, "0.0.0.0", 5900, async () => {
          await using nft = await Nftables.open({ netns: joined[where] });
          const family = where === "host" ? NFPROTO.BRIDGE : NFPROTO.INET;
          const hooknum = { a: NF_INET.LOCAL_OUT, host: NF_INET.FORWARD, b: NF_INET.LOCAL_IN }[where];
          await nft.apply([
            newTable(family, "fw"),
            newChain(family, "fw", name, { type: "filter", hook: { hooknum, priority: 0 }, policy: NF.ACCEPT }),
            newRule(family, "fw", name, rule(family).dport("tcp", 80).accept().expressions),
            newRule(family, "fw", name, rule(family).dport("tcp", 5900).counter().drop().expressions),
          ]);
          const { causes, first } = await mendAll(joined, { service });
          // Of IPv4, then of IPv6.
          expect(causes).toEqual(["dropped", "dropped"]);
          const place = where === "host" ? "the host" : joined[where];
          const kind = where === "host" ? "bridge" : "inet";
          expect(first[0]?.says).toBe(
            `chain ${name} of table ${kind} fw in ${place} drops what ${a} sends to 10.1.0.3: rule handle 3`,
          );
          expect(first[0]?.mend).toBe(
            `ip netns exec ${joined[where]} nft insert rule ${kind} fw ${name} ip saddr 10.1.0.2 ip daddr 10.1.0.3 tcp dport 5900 accept`,
          );
        });
      }),
    );
    test("of IPv4, that bridged frames pass only with bridge-nf-call-iptables", () =>
      withJoined(async (joined) => {
        const { a, host } = joined;
        sh(
          `ip netns exec ${host} nft 'add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'`,
        );
        const knob = "net.bridge.bridge-nf-call-iptables";
        const isThere = sh(`ip netns exec ${host} sysctl -qew ${knob}=1; sysctl -en ${knob}`).trim() !== "";
        const { causes, first } = await mendAll(joined, {});
        expect(causes).toEqual(isThere ? ["dropped", "dropped"] : []);
        if (isThere) {
          expect(first[0]?.says).toBe(
            `chain FORWARD of table ip filter in the host drops what ${a} sends to 10.1.0.3: its policy is drop`,
          );
        }
      }));
    test("is followed by a table that belongs to a socket, in all three", () =>
      withJoined(async ({ a, b, host }) => {
        const trace = await startTrace(
          { a, host, b },
          { family: AF.INET, source: "10.1.0.2", destination: "10.1.0.3" },
        );
        for (const netns of [a, b, host]) {
          expect(sh(`ip netns exec ${netns} nft list ruleset`)).toMatch(/flags owner[\s\S]*meta nftrace set 1/);
        }
        expect(await trace.stop()).toEqual({ traced: true, seen: [], drops: [] });
        for (const netns of [a, b, host]) expect(sh(`ip netns exec ${netns} nft list ruleset`)).toBe("");
      }));
    test("of a name that nft itself cannot say", () =>
      withJoined(async ({ a, b, host }) => {
        await using nft = await Nftables.open({ netns: b });
        await nft.apply([
          newTable(NFPROTO.IPV4, "fw"),
          newChain(NFPROTO.IPV4, "fw", hostile, {
            type: "filter",
            hook: { hooknum: NF_INET.LOCAL_IN, priority: 0 },
            policy: NF.DROP,
          }),
        ]);
        expect(await checkConnection(a, b, { host })).toEqual([
          {
            cause: "dropped",
            says: `chain in\\u001b[2J \`id\` of table ip fw in ${b} drops what ${a} sends to 10.1.0.3: its policy is drop`,
          },
        ]);
      }));
    test("the answer, by the policy of B's own chain", () =>
      withJoined(async (joined) => {
        const { b } = joined;
        await withServer(b, "0.0.0.0", 5900, async () => {
          sh(
            `ip netns exec ${b} nft 'add table inet fw; add chain inet fw out { type filter hook output priority 0; policy drop; }; add rule inet fw out meta l4proto ipv6-icmp accept'`,
          );
          const { causes, first } = await mendAll(joined, { service });
          // Of IPv4, then of IPv6.
          expect(causes).toEqual(["dropped", "dropped"]);
          expect(first[0]?.says).toBe(
            `chain out of table inet fw in ${b} drops the answer of ${b}: its policy is drop`,
          );
        });
      }));
    test("a refusal (reject) is no server that is missing", () =>
      withJoined(async (joined) => {
        const { b } = joined;
        await withServer(b, "::", 5900, async () => {
          sh(
            `ip netns exec ${b} nft 'add table inet fw; add chain inet fw in { type filter hook input priority 0; }; add rule inet fw in tcp dport 5900 reject with tcp reset'`,
          );
          const { causes } = await mendAll(joined, { service });
          expect(causes).toEqual(["dropped", "dropped"]);
        });
      }));
  });

  test("nobody listens", () =>
    withJoined(async ({ a, b, host }) => {
      await withServer(b, "0.0.0.0", 5901, async (pid) => {
        expect(await checkConnection(a, b, { host, service })).toEqual([
          { cause: "nobody-listens", says: `nobody in ${b} listens on tcp 5900; node (pid ${pid}) has 5901` },
        ]);
      });
      expect(await checkConnection(a, b, { host, service: parseService("udp/5900") })).toEqual([
        { cause: "nobody-listens", says: `nobody in ${b} listens on udp 5900` },
      ]);
    }));

  test("listens on 127.0.0.1 only; on another address only", () =>
    withJoined(async ({ a, b, host, inB }) => {
      await withServer(b, "127.0.0.1", 5900, async (pid) => {
        expect(await checkConnection(a, b, { host, service })).toEqual([
          {
            cause: "listens-on-localhost",
            says: `node (pid ${pid}) in ${b} listens on 127.0.0.1 port 5900 only, not on 10.1.0.3`,
            mend: `ip netns exec ${b} socat TCP4-LISTEN:5900,bind=10.1.0.3,fork,reuseaddr TCP4:127.0.0.1:5900`,
          },
        ]);
      });
      await inB.addresses.add("lo", "10.7.0.1/32");
      await withServer(b, "10.7.0.1", 5900, async () => {
        const [first] = await checkConnection(a, b, { host, service });
        expect(first?.cause).toBe("listens-elsewhere");
      });
    }));

  test("MTUs that differ", () =>
    withJoined(async (joined) => {
      const { a, inA } = joined;
      await inA.links.set("eth0", { mtu: 9000 });
      const { causes, first } = await mendAll(joined, {});
      expect(causes).toEqual(["mtu-mismatch"]);
      expect(first[0]?.says).toContain(`eth0 of ${a} has MTU 9000, `);
    }));

  test("lost where nobody looks: how far it came", () =>
    withJoined(async ({ a, b, host }) => {
      sh(`ip netns exec ${b} sysctl -qw net.ipv4.icmp_echo_ignore_all=1`);
      expect(await checkConnection(a, b, { host })).toEqual([
        { cause: "lost", says: `ping to 10.1.0.3 was not answered: it came to ${b}, which did not answer` },
      ]);
    }));

  legacyTest("rules of iptables-legacy may be why: whose there are", () =>
    withJoined(async ({ a, b, host }) => {
      sh(`ip netns exec ${b} iptables-legacy -A INPUT -s 10.1.0.2 -j DROP`);
      sh(`ip netns exec ${host} ip6tables-legacy -t mangle -P FORWARD ACCEPT`);
      const why = `perhaps a rule of iptables-legacy drops it, which cannot be watched: the host has ip6 mangle; ${b} has ip filter`;
      expect(await checkConnection(a, b, { host })).toEqual([
        { cause: "lost", says: `ping to 10.1.0.3 was not answered: it came to ${b}, which did not answer` },
        { cause: "legacy-tables", says: why },
      ]);
      // Where packets come through, they are no reason for anything.
      sh(`ip netns exec ${b} iptables-legacy -F INPUT`);
      expect(await checkConnection(a, b, { host })).toEqual([]);
    }),
  );

  test("of the host and a namespace on its bridge", () =>
    withJoined(async ({ b, host, inB }) => {
      expect(await checkConnection(host, b, { host })).toEqual([]);
      expect(await checkConnection(b, host, { host })).toEqual([]);
      expect((await checkConnection(host, b, { host, service })).map(({ cause }) => cause)).toEqual(["nobody-listens"]);
      await inB.links.down("eth0");
      expect((await checkConnection(host, b, { host })).map(({ cause }) => cause)).toEqual(["link-down"]);
    }));

  test("of a namespace with itself", () =>
    withNetns(async (netns) => {
      await expect(checkConnection(netns, `/run/netns/${netns}`)).rejects.toThrow("are one namespace");
    }));

  test("a namespace that is not", async () => {
    await expect(checkConnection("nlkit-test-none", "nlkit-test-none")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("commands", () => {
  test("are one word a name, whatever it is", () => {
    for (const name of ["eth0", "a b", "it's", "$(id)", "`id`", "\u001b[31m\n'\"\\", "\u202eabc", "-x;y", "ü", ""]) {
      expect(
        execFileSync("bash", ["-c", `printf %s ${word(name)}`], { encoding: "utf8", env: { LC_ALL: "C.UTF-8" } }),
      ).toBe(name);
      expect(word(name)).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  });
  test("enter the namespace", () => {
    expect(commandIn(undefined, "ip", "link")).toBe("ip link");
    expect(commandIn("n", "bridge", "link")).toBe("bridge -n n link");
    expect(commandIn("a b", "nft", "list")).toBe("ip netns exec 'a b' nft list");
    expect(commandIn("/run/x", "ip", "link")).toBe("nsenter --net=/run/x ip link");
    expect(commandIn({ pid: 7 }, "ip", "link")).toBe("nsenter -t 7 -n ip link");
    expect(commandIn(7, "ip", "link")).toBe("nsenter -t 7 -n ip link");
  });
});

test.each(["tcp/0", "tcp/65536", "sctp/1", "65536", "0", "5900/", "tcp/", "tcp/1x"])("%j is no service", (text) => {
  expect(() => parseService(text)).toThrow(RangeError);
});
