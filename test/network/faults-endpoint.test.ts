// A fault at every step of what is done with an endpoint, in a namespace that has its default route by another network.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { faultEverywhere } from "../support/fault-everywhere.ts";
import { live } from "../support/live.ts";
import { useHost } from "../support/network-host.ts";
import { type FaultCall, faultCalls, withNetworks, withoutNetworks } from "../support/network-subject.ts";

live("a fault at every step of an endpoint's", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  const calls = faultCalls(a, b);
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
    await withNetworks(networks, a, (script) => machine.sh(machine.host, script));
    // What has to be there again after each: the other network's default routes.
    const defaults = machine.sh(a, "ip -4 route show default; ip -6 route show default");
    expect(defaults.trim().split("\n")).toHaveLength(2);
  });
  afterAll(async () => {
    await withoutNetworks(networks);
    networks.close();
  });
  const everywhere = (name: string, warm: boolean): Promise<void> =>
    faultEverywhere({ machine, networks, call: calls[name] as FaultCall, name, warm });

  for (const name of ["connect", "disconnect"]) {
    test(name, { timeout: 300_000 }, () => everywhere(name, false));
    test(`${name}, warm`, { timeout: 300_000 }, () => everywhere(name, true));
  }
  test("publish", { timeout: 300_000 }, async () => {
    await calls["connect"]?.call(networks);
    await everywhere("publish", false);
    await calls["publish"]?.call(networks);
    await everywhere("publish on 127.0.0.1", true);
    await calls["connect"]?.undo?.(networks);
  });
});
