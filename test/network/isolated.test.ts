// An isolated network is so from the host too, whatever addresses the host has elsewhere.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

for (const bridgeNf of [0, 1] as const) {
  live(`isolated, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    beforeAll(async () => {
      host = new TestHost(bridgeNf);
      networks = await Networks.open({ netns: host.netns });
    });
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    /** Echo requests that the host's own stack has been given: IPv4, IPv6. */
    const echoes = (): number[] => {
      const [names = "", values = ""] = host.in("grep ^Icmp: /proc/net/snmp").split("\n");
      const of4 = Number(values.split(" ")[names.split(" ").indexOf("InEchos")]);
      return [of4, Number(/Icmp6InEchos\s+(\d+)/.exec(host.in("cat /proc/net/snmp6"))?.[1])];
    };
    const attempt = (netns: string): void => {
      for (const [v, address] of Object.entries(UPLINK)) {
        const way = `ip -${v} route replace ${address} dev eth0`;
        host.in(`${way}; ping -${v} -c1 -W1 ${address} >/dev/null; true`, netns);
      }
      // To everybody on the link, the host's bridge too.
      host.in("ping -c1 -W1 -b 255.255.255.255 >/dev/null 2>&1; ping -6 -c1 -W1 ff02::1%eth0 >/dev/null; true", netns);
    };

    test.each([
      ["nat", false, true],
      ["isolated", true, false],
    ] as const)("%s: do its packets come to the host?", async (gatewayMode, internal, due) => {
      const netns = host.addNetns();
      await networks.create({ name: gatewayMode, ipv6: true, gatewayMode, internal });
      await networks.connect(gatewayMode, { netns });
      const before = echoes();
      attempt(netns);
      expect(echoes().map((count, i) => count > (before[i] ?? 0))).toEqual([due, due]);
      await networks.delete(gatewayMode, { force: true });
      expect(host.in("nft list ruleset")).not.toContain("nlkit");
    });
  });
}
