// A busy host is afterwards what it was: rules, addresses, links and sysctls of others, and what a network changed and gives back.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { TestHost } from "../support/host.ts";
import { bridge, ip } from "../support/iproute.ts";
import { live } from "../support/live.ts";
import { listRuleset } from "../support/nft.ts";

const FOREIGN_RULES = `
table inet firewall {
  set blocked { type ipv4_addr; flags interval; elements = { 203.0.113.0/24 } }
  chain input { type filter hook input priority 0; policy accept; ip saddr @blocked counter drop
  }
  chain forward { type filter hook forward priority 10; policy accept; ct state established,related accept
  }
}
table ip nat {
  chain POSTROUTING { type nat hook postrouting priority 100; ip saddr 10.9.0.0/24 masquerade
  }
}
table bridge foreign {
  chain pre { type filter hook prerouting priority -300; ether type 0x88cc counter
  }
}
table ip6 mine {
  comment "somebody's"
  chain c { ip6 daddr fd09::/64 return
  }
}
`;
/** What iptables-nft keeps for Docker, as far as it can be without its modules. */
const DOCKER = [
  "-t filter -N DOCKER",
  "-t filter -N DOCKER-USER",
  "-t filter -A DOCKER-USER -j RETURN",
  "-t filter -A FORWARD -j DOCKER-USER",
  "-t filter -A FORWARD -o docker0 -j DOCKER",
  "-t filter -A FORWARD -i docker0 ! -o docker0 -j ACCEPT",
  "-t nat -N DOCKER",
  "-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
];

/** Only time or chance changes these. */
const SET_ASIDE = /^net\.(netfilter\.nf_conntrack_count|ipv4\.tcp_fastopen_key|ipv6\.conf\.\S+\.stable_secret) /;
const TIMERS = /_timer$|_life_time$|^tentative$/;

const hasIptables = (): boolean => {
  try {
    return execFileSync("iptables", ["--version"], { encoding: "utf8" }).includes("nf_tables");
  } catch {
    return false;
  }
};

live("a busy host", () => {
  let host: TestHost;
  let networks: Networks;
  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns });
    host.in("nft -f -", host.netns, FOREIGN_RULES);
    host.in(
      [
        // Addresses that DAD is not done with would come in between.
        "sysctl -qw net.ipv6.conf.default.accept_dad=0",
        "ip link add docker0 type bridge ageing_time 10000",
        "ip link set docker0 up",
        "ip addr add 172.17.0.1/16 dev docker0",
        "ip link add br1 type bridge",
        "ip link add p0 type veth peer name p1",
        "ip link set p0 master br1 alias somebodys group 7 up",
        "ip link set p1 up",
        "bridge link set dev p0 isolated on hairpin on",
        "ip addr add 10.9.0.1/24 dev p1 label p1:x",
        "ip addr add fd09::1/64 dev p1 nodad",
        "ip route add 10.88.0.0/16 via 10.9.0.7",
        "sysctl -qw net.ipv6.conf.default.accept_dad=1 net.ipv4.conf.p1.forwarding=0 net.ipv4.conf.docker0.route_localnet=1 net.ipv6.conf.p1.forwarding=0",
      ].join(" && "),
    );
    if (hasIptables()) host.in(DOCKER.map((rule) => `iptables ${rule}`).join(" && "));
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });

  /** Everything that there is of it. Counters and timers are set aside, handles are not. */
  const everything = (): Record<string, unknown> => {
    const { netns } = host;
    const still = (thing: unknown): unknown =>
      JSON.parse(JSON.stringify(thing, (key, value) => (TIMERS.test(key) ? undefined : value)));
    const sysctls = host.in("sysctl -a 2>/dev/null | grep ^net").split("\n");
    return {
      rules: JSON.parse(JSON.stringify(listRuleset(netns, true)).replace(/"(packets|bytes)":\d+/g, '"$1":0')),
      addresses: still(ip(netns, "addr")),
      routes: ip(netns, "route", "show", "table", "all"),
      routes6: ip(netns, "-6", "route", "show", "table", "all"),
      bridges: still(bridge(netns, "link")),
      fdb: bridge(netns, "fdb"),
      sysctls: sysctls.filter((line) => !SET_ASIDE.test(line)),
    };
  };
  /** A network with everything, used and taken away. */
  const use = async (enableForwarding: boolean): Promise<void> => {
    const [one, two] = [host.addNetns(), host.addNetns()];
    const labels = { a: "b" };
    const network = await networks.create({ name: "web", ipv6: true, labels, icc: false }, { enableForwarding });
    await networks.create({ name: "db", internal: true });
    await networks.connect("web", { netns: one, ports: ["127.0.0.1:8080:80", "53:53/udp"], gatewayPriority: 3 });
    await networks.connect("db", { netns: one });
    await networks.connect("web", { netns: two });
    await networks.publish("web", two, { add: ["9000-9009:9000-9009"] });
    await networks.disconnect("web", two);
    host.in(`ip link set ${network.bridge} mtu 1400`);
    await networks.delete("db", { force: true });
    await networks.delete("web", { force: true });
  };

  test("has what it needs: with forwarding on", async () => {
    const before = everything();
    expect(JSON.stringify(before)).toContain("somebody");
    // Where there is iptables: .ci/run brings it.
    if (hasIptables()) expect(JSON.stringify(before["rules"])).toContain("DOCKER-USER");
    expect(before["sysctls"]).toEqual(expect.arrayContaining(["net.ipv4.ip_forward = 1"]));
    await use(false);
    expect(everything()).toEqual(before);
  });

  test("forwarding turned on for it, and off again: every switch that hangs on it too", async () => {
    host.in("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
    // Links of their own mind.
    host.in("sysctl -qw net.ipv4.conf.docker0.forwarding=1 net.ipv6.conf.docker0.forwarding=1");
    host.in("sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.default.forwarding=1");
    const before = everything();
    await expect(use(false)).rejects.toMatchObject({ code: "FORWARDING_OFF" });
    expect(everything()).toEqual(before);
    await use(true);
    expect(everything()).toEqual(before);
  });
});
