// What a namespace has already, noticed by what the kernel answers: a name of a link, a default route.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { ip } from "../support/iproute.ts";
import { live } from "../support/live.ts";
import { difference, useHost } from "../support/network-host.ts";

live("a namespace that has something already", () => {
  const machine = useHost(1);
  const [a = ""] = machine.others;
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
    await networks.create(
      { name: "web", ipv6: true, subnets: ["10.79.0.0/24", "fd79::/64"] },
      { enableForwarding: true },
    );
    await networks.create({ name: "more", subnets: ["10.80.0.0/24"] });
    machine.sh(a, "ip link add eth0 type bridge; ip link property add dev eth0 altname eth1");
    machine.sh(a, "ip addr add 192.0.2.2/24 dev eth0; ip addr add 2001:db8::2/64 dev eth0 nodad; ip link set eth0 up");
    // The bridge's link-local address comes with its first carrier.
    for (const network of ["web", "more"]) {
      await networks.connect(network, { netns: a });
      await networks.disconnect(network, a);
    }
  });
  afterAll(async () => {
    for (const name of ["web", "more"]) await networks.delete(name, { force: true });
    networks.close();
  });
  const unchanged = async (run: () => Promise<unknown>): Promise<void> => {
    const before = await machine.look();
    await run();
    expect(difference(before, await machine.look())).toEqual([]);
  };

  test("names and alternative names: the next one is taken; one that was asked for is refused", () =>
    unchanged(async () => {
      expect((await networks.connect("web", { netns: a })).ifname).toBe("eth2");
      expect((await networks.connect("more", { netns: a })).ifname).toBe("eth3");
      await networks.disconnect("web", a);
      await networks.disconnect("more", a);
      for (const ifname of ["eth0", "eth1"]) {
        await expect(networks.connect("web", { netns: a, ifname })).rejects.toMatchObject({
          code: "EXISTS",
          message: `there is a link "${ifname}" in ${a} already`,
        });
      }
    }));

  test.each([
    ["default via 192.0.2.9", "via 192.0.2.9"],
    ["default via 192.0.2.9 metric 100", "via 192.0.2.9"],
    ["default via 2001:db8::9", "via 2001:db8::9"],
    ["default via 2001:db8::9 metric 7", "via 2001:db8::9"],
    ["default nexthop via 192.0.2.8 nexthop via 192.0.2.9", "by 2 next hops"],
    ["default nexthop via 2001:db8::8 nexthop via 2001:db8::9", "by 2 next hops"],
    ["default dev eth0", "by its link "],
    ["default dev eth0 src 2001:db8::2", "by its link "],
  ])("%s stays, and nothing is made beside it", async (route, way) => {
    const family = route.includes(":") ? "-6" : "-4";
    machine.sh(a, `ip ${family} route add ${route}`);
    await unchanged(() =>
      expect(networks.connect("web", { netns: a })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining(`has a default route already, ${way}`),
      }),
    );
    machine.sh(a, `ip ${family} route del ${route}`);
  });

  test("nor is one replaced that came after ours", async () => {
    await networks.connect("more", { netns: a });
    machine.sh(a, "ip route replace default via 192.0.2.9");
    await unchanged(() =>
      expect(networks.connect("web", { netns: a, gatewayPriority: 9 })).rejects.toMatchObject({ code: "CONFLICT" }),
    );
    expect(ip(a, "route", "show", "default")).toMatchObject([{ gateway: "192.0.2.9" }]);
    await networks.disconnect("more", a);
    machine.sh(a, "ip route del default");
  });
});
