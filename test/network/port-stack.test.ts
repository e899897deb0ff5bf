// What a bridge leaves to its port: frames to 01:80:c2:00:00:0x go up the stack of the host's end itself, past what guards the bridge; and
// all frames do when the bridge is gone. The host's stack takes none of it, whatever the network.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NetworkConfig } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import type { Agent } from "../support/agent.ts";
import { arp, discovery, ethernet, fragments, ND, tagged, udp4, udp6 } from "../support/frames.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const MAC = "02:00:00:00:0b:ad";
/** In the subnet of the host's uplink: the host would answer. */
const NOBODY = "198.51.100.77";
const [ETH_IP, ETH_ARP, ETH_IPV6] = [0x0800, 0x0806, 0x86dd];
/** Groups that no bridge forwards, by what it does with them: STP, pause, LACP, 802.1X, LLDP, MVRP. */
const GROUPS = ["00", "01", "02", "03", "0e", "0f"].map((last) => `01:80:c2:00:00:${last}`);

/** What a host takes in from any link that hands it up. */
const frames = (to: string): Uint8Array[] => {
  const four = { src: OUTSIDE[4], dst: UPLINK[4] };
  const six = { src: OUTSIDE[6], dst: UPLINK[6] };
  const router = { src: "fe80::ff:fe00:bad", dst: "ff02::1", type: ND.RA, target: "::", mac: MAC };
  const plain = ethernet(to, MAC, ETH_IP, udp4("a0", four));
  return [
    plain,
    tagged(0x8100, 0, plain),
    tagged(0x88a8, 0, tagged(0x8100, 0, plain)),
    ethernet(to, MAC, ETH_IP, udp4("a1", four, 9, 0x2000)),
    ethernet(to, MAC, ETH_IPV6, udp6("a2", six)),
    ethernet(to, MAC, ETH_IPV6, discovery("a3", router)),
    ethernet(to, MAC, ETH_IPV6, fragments("a4", { ...router, ...six }, 16)[0] as Uint8Array),
    ethernet(to, MAC, ETH_ARP, arp("a5", { op: 1, sha: MAC, spa: NOBODY, tpa: UPLINK[4] })),
  ];
};

for (const bridgeNf of [0, 1] as const) {
  live(`the host's end is no way in, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    let hostile: Agent & { readonly where: string };
    let outside: Agent;

    beforeAll(async () => {
      host = new TestHost(bridgeNf);
      networks = await Networks.open({ netns: host.netns });
      hostile = host.agent("hostile");
      outside = host.agent("outside", host.outside);
      // As on a machine that is no router: it listens to router advertisements.
      host.in("sysctl -qw net.ipv6.conf.all.forwarding=0");
    });
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    /** Counters of what the host's stack has taken in. */
    const taken = (): Record<string, number> => {
      const counters: Record<string, number> = {};
      for (const line of host.in("cat /proc/net/snmp6").split("\n")) {
        const [name = "", value] = line.split(/\s+/);
        counters[name] = Number(value);
      }
      const rows = host.in("cat /proc/net/snmp").trim().split("\n");
      for (let i = 0; i + 1 < rows.length; i += 2) {
        const [names = [], values = []] = [rows[i], rows[i + 1]].map((row) => row?.split(/[: ]+/));
        for (const [j, name] of names.entries()) if (j > 0) counters[`${names[0]}${name}`] = Number(values[j]);
      }
      const of = ["UdpNoPorts", "IpReasmReqds", "Udp6NoPorts", "Icmp6InRouterAdvertisements", "Ip6ReasmReqds"];
      return Object.fromEntries(of.map((name) => [name, counters[name] ?? Number.NaN]));
    };
    /** Sends for a while, and says which counters have gone up, and what the host has learnt of that link. */
    const sent = async (who: Agent, all: readonly Uint8Array[], link: string): Promise<string[]> => {
      const before = taken();
      await who.flood("eth0", all);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await who.stopFlood()).sent).toBeGreaterThan(all.length);
      const after = taken();
      const learnt = host.in(
        `ip neigh show dev ${link}; ip -6 route show proto ra dev ${link}; ip -6 addr show dev ${link} dynamic`,
      );
      return [
        ...Object.keys(after).filter((name) => after[name] !== before[name]),
        ...(learnt.includes(NOBODY) ? ["ARP"] : []),
        ...(learnt.includes("fe80::ff:fe00:bad") ? ["a router"] : []),
      ];
    };
    const network = (isolated: boolean): Promise<NetworkConfig> =>
      networks.create({
        name: "n",
        ipv6: true,
        internal: true,
        ...(isolated ? { gatewayMode: "isolated" } : {}),
        // A bridge that speaks STP hands 01:80:c2:00:00:00 up too.
        bridgeOptions: isolated ? {} : { stpState: 1, forwardDelay: 200 },
      });

    test("these frames are such as a host takes in", async () => {
      host.in("ip link set up0 name eth0", host.outside);
      expect(await sent(outside, frames(GROUPS[3] as string), "up0")).toEqual([
        "UdpNoPorts",
        "IpReasmReqds",
        "Udp6NoPorts",
        "Icmp6InRouterAdvertisements",
        "Ip6ReasmReqds",
        "ARP",
        "a router",
      ]);
    });

    test.each([true, false])(
      "isolated %s: to groups of a link, and to its own MAC without its bridge",
      async (isolated) => {
        await network(isolated);
        const { port } = await networks.connect("n", { netns: hostile.where, name: "hostile", mac: MAC, wait: 10_000 });
        expect(await sent(hostile, GROUPS.flatMap(frames), port)).toEqual([]);
        host.in(`ip link set ${port} nomaster`);
        const own = host.in(`ip -br link show ${port}`).split(/\s+/)[2] ?? "";
        expect(await sent(hostile, frames(own), port)).toEqual([]);
        await networks.delete("n", { force: true });
      },
    );
  });
}
