// A fault at every step of making and removing a network.
import { afterAll, beforeAll, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { faultEverywhere } from "../support/fault-everywhere.ts";
import { live } from "../support/live.ts";
import { useHost } from "../support/network-host.ts";
import { type FaultCall, faultCalls, withoutNetworks } from "../support/network-subject.ts";

live("a fault at every step of a network's", () => {
  const machine = useHost(2);
  const [a = "", b = ""] = machine.others;
  const calls = faultCalls(a, b);
  let networks: Networks;
  beforeAll(async () => {
    networks = await Networks.open({ netns: machine.host });
  });
  afterAll(async () => {
    await withoutNetworks(networks);
    networks.close();
  });

  for (const name of ["create", "delete", "delete with force"]) {
    const call = calls[name] as FaultCall;
    test(name, { timeout: 300_000 }, () => faultEverywhere({ machine, networks, call, name }));
    test(`${name}, warm`, { timeout: 300_000 }, () => faultEverywhere({ machine, networks, call, name, warm: true }));
  }
});
