// Small MTUs: below 1280 a link has no IPv6 at all, and nothing that concerns it can be said of it.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import type { Agent } from "../support/agent.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

live("an MTU below that of IPv6", () => {
  let host: TestHost;
  let networks: Networks;
  let outside: Agent;
  let inside: Agent & { readonly where: string };

  beforeAll(async () => {
    host = new TestHost(0);
    networks = await Networks.open({ netns: host.netns });
    outside = host.agent("outside", host.outside);
    inside = host.agent("inside");
    await Promise.all([outside, inside].map((agent) => agent.serve("udp", [7000])));
  });
  afterEach(() => networks.delete("n", { force: true }));
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });

  test.each([68, 1279])("%i, without IPv6: out, and in by a published port", async (mtu) => {
    const { bridge } = await networks.create({ name: "n", mtu });
    await networks.connect("n", { netns: inside.where, ports: ["8080:7000/udp"] });
    expect(host.in(`ip link show dev ${bridge}`)).toContain(` mtu ${mtu} `);
    expect(await inside.ask("udp", OUTSIDE[4], 7000)).toBe(`outside ${UPLINK[4]}`);
    expect(await outside.ask("udp", UPLINK[4], 8080)).toBe(`inside ${OUTSIDE[4]}`);
    expect(host.in(`ip -6 addr show dev ${bridge}`)).toBe("");
  });
});
