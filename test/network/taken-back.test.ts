// What ends with an endpoint, and what is as before when there is to be none after all.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { linkLocal } from "../../src/network/mac.ts";
import { Networks } from "../../src/network/networks.ts";
import { connectOptionsOf, readSaved, type SavedEndpoint, savedOf } from "../../src/network/saved.ts";
import { readSysctl } from "../../src/network/sysctl.ts";
import { live } from "../support/live.ts";
import { Strike, struckNetworks } from "../support/network-faults.ts";
import { useHost } from "../support/network-host.ts";
import { forwarding, web } from "../support/network-subject.ts";

live("an endpoint that goes, or is not to be", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
    await networks.create(web, forwarding);
  });
  afterAll(async () => {
    await networks.delete("web", { force: true });
    networks.close();
  });
  /** Lines of /proc/net/packet, but for the heading. */
  const packetSockets = (): number => machine.sh(a, "cat /proc/net/packet").trim().split("\n").length - 1;

  test("its announcements end with it, and their sockets", async () => {
    await networks.connect("web", { netns: a, announce: 3 });
    expect(packetSockets()).toBe(1);
    await networks.disconnect("web", a);
    expect(packetSockets()).toBe(0);
  });

  test("its announcements end when somebody else takes it away", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    await networks.connect("web", { netns: a, announce: 3 });
    await using others = await Networks.open({ netns: machine.host });
    await others.disconnect("web", a);
    expect(packetSockets()).toBe(1);
    for (let i = 0; i < 40 && packetSockets() > 0; i++) await sleep(100);
    expect(packetSockets()).toBe(0);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  const sysctls = {
    "net.ipv4.ip_unprivileged_port_start": "80",
    "net.ipv4.conf.IFNAME.log_martians": "1",
    "net.ipv4.tcp_syncookies": "0",
  };
  const values = (): (string | undefined)[] =>
    ["net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies"].map((name) => readSysctl(b, name));

  test("sysctls of the namespace are as before, wherever connect fails", { timeout: 60_000 }, async () => {
    const before = values();
    const run = async (strike: Strike): Promise<boolean> => {
      const faulty = struckNetworks(machine.host, strike);
      strike.arm();
      try {
        await faulty.connect("web", { netns: b, sysctls, announce: 0 });
        return true;
      } catch {
        return false;
      } finally {
        faulty.close();
      }
    };
    const counted = new Strike(-1, "fail");
    expect(await run(counted)).toBe(true);
    expect(values()).toEqual(["80", "0"]);
    await networks.disconnect("web", b);
    // Of the namespace, not of the endpoint: it keeps them, as with Docker.
    expect(values()).toEqual(["80", "0"]);
    machine.sh(b, `sysctl -qw net.ipv4.ip_unprivileged_port_start=${before[0]} net.ipv4.tcp_syncookies=${before[1]}`);
    const first = counted.asked.indexOf("write net.ipv4.ip_unprivileged_port_start");
    expect(first).toBeGreaterThan(0);
    let failed = 0;
    for (let at = first; at < counted.asked.length; at++) {
      for (const mode of ["fail", "lost"] as const) {
        if (await run(new Strike(at, mode))) await networks.disconnect("web", b);
        else {
          failed++;
          expect(values(), `${mode} at ${counted.asked[at]}`).toEqual(before);
        }
        machine.sh(
          b,
          `sysctl -qw net.ipv4.ip_unprivileged_port_start=${before[0]} net.ipv4.tcp_syncookies=${before[1]}`,
        );
      }
    }
    expect(failed).toBeGreaterThan(8);
  });

  test("and so they are when it was there, and its address is somebody else's", { timeout: 20_000 }, async () => {
    const before = values();
    // Somebody on the network answers for the address, behind what nlkit guards.
    machine.sh(
      machine.host,
      `ip link add rogue master nl-web type veth peer name rogue1 netns ${a}; ip link set rogue up
       ip -n ${a} link set rogue1 up; ip -n ${a} addr add fd77::99/64 dev rogue1 nodad`,
    );
    try {
      const connecting = networks.connect("web", { netns: b, sysctls, dad: true, addresses: ["fd77::99"] });
      await expect(connecting).rejects.toMatchObject({ reason: "dadfailed" });
      expect(values()).toEqual(before);
    } finally {
      machine.sh(machine.host, "ip link del rogue");
    }
  });

  test("IPv6 is off for new links of its namespace: it is turned on for its own, with its link-local address", async () => {
    machine.sh(b, "sysctl -qw net.ipv6.conf.default.disable_ipv6=1");
    try {
      const { ipv6, mac } = await networks.connect("web", {
        netns: b,
        announce: 0,
        routes: [{ dst: "2001:db8::/32" }],
      });
      expect(machine.sh(b, "sysctl -n net.ipv6.conf.eth0.disable_ipv6 net.ipv6.conf.default.disable_ipv6")).toBe(
        "0\n1\n",
      );
      const addresses = machine.sh(b, "ip -6 -o addr show dev eth0");
      expect(addresses).toContain(ipv6);
      expect(addresses).toContain(linkLocal(mac));
      expect(machine.sh(b, "ip -6 route show default; ip -6 route show 2001:db8::/32").trim().split("\n")).toHaveLength(
        2,
      );
    } finally {
      await networks.disconnect("web", b);
      machine.sh(b, "sysctl -qw net.ipv6.conf.default.disable_ipv6=0");
    }
  });

  test("what is kept of it makes it again, sysctls too", async () => {
    await networks.connect("web", { netns: b, sysctls, announce: 0, ports: ["8080:80"] });
    const [saved] = readSaved(JSON.stringify(savedOf(await networks.inspect("web"))));
    const { health, ...kept } = saved?.endpoints[0] ?? ({} as SavedEndpoint);
    expect(health).toBe("up");
    expect(kept.sysctls).toEqual(sysctls);
    await networks.disconnect("web", b);
    machine.sh(b, "sysctl -qw net.ipv4.tcp_syncookies=1");
    const again = await networks.connect("web", { ...connectOptionsOf(kept), announce: 0 });
    expect({ ...again, port: kept.port }).toEqual(kept);
    expect(machine.sh(b, "sysctl -n net.ipv4.tcp_syncookies net.ipv4.conf.eth0.log_martians")).toBe("0\n1\n");
    await networks.disconnect("web", b);
  });
});
