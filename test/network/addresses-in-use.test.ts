// Addresses that somebody has whom no reservation knows of: the host, since the network was made, or another link of the namespace.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import type { Agent } from "../support/agent.ts";
import { TestHost } from "../support/host.ts";
import { live } from "../support/live.ts";

live("an address that somebody else has", () => {
  let host: TestHost;
  let networks: Networks;
  let own: Agent;
  let inside: Agent & { readonly where: string };

  beforeAll(async () => {
    host = new TestHost(0);
    networks = await Networks.open({ netns: host.netns });
    own = host.agent("host", host.netns);
    inside = host.agent("inside");
    await own.serve("tcp", [7000]);
  });
  beforeEach(() => networks.create({ name: "n", subnets: ["10.77.0.0/24", "fd77::/64"] }));
  afterEach(() => networks.delete("n", { force: true }));
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });
  const connect = (...addresses: string[]) => networks.connect("n", { netns: inside.where, name: "inside", addresses });
  /** An address of IPv6 is the host's when its route is there: behind DAD, or at once in the background. */
  const settled = (address: string): Promise<void> =>
    vi.waitFor(() => expect(host.in(`ip route get ${address}`)).toContain("local"), 5000);
  /** A link of the namespace's own. */
  const foreign = (address: string): void => {
    host.in(
      `ip link add foreign type bridge; ip link set foreign up; ip addr add ${address} dev foreign`,
      inside.where,
    );
  };
  const remove = (): string => host.in("ip link del foreign", inside.where);

  test("the host, on the bridge and elsewhere: it is passed over, and the host is reached", async () => {
    const { bridge } = await networks.inspect("n").then(({ config }) => config);
    host.in(`ip addr add 10.77.0.2/24 dev ${bridge}; ip addr add fd77::2/64 dev ${bridge} nodad`);
    host.in("ip addr add 10.77.0.3/32 dev lo");
    await settled("fd77::2");
    const { ipv4, ipv6 } = await connect();
    expect([ipv4, ipv6]).toEqual(["10.77.0.4", "fd77::3"]);
    expect(await inside.ask("tcp", "10.77.0.2", 7000)).toBe("host 10.77.0.4");
    expect(await inside.ask("tcp", "fd77::2", 7000)).toBe("host fd77::3");
    host.in("ip addr del 10.77.0.3/32 dev lo");
  });

  test.each(["10.77.0.9/32", "fd77::9/128"])(
    "%s of the host's lo was asked for: refused, and nothing is left",
    async (address) => {
      host.in(`ip addr add ${address} dev lo`);
      const [asked = ""] = address.split("/");
      await settled(asked);
      await expect(connect(asked)).rejects.toMatchObject({
        code: "CONFLICT",
        message: `${asked} is in use by the host itself, on lo`,
      });
      expect((await networks.inspect("n")).endpoints).toEqual([]);
      expect((await networks.state()).strays).toEqual([]);
      host.in(`ip addr del ${address} dev lo`);
      await connect(asked);
    },
  );

  test.each([
    [
      "10.77.0.77/24",
      / has a route to 10.77.0.0\/24 already, by its link \d+: 10.77.0.1 of network "n" would not be reached/,
    ],
    ["10.77.0.1/32", / has 10.77.0.1 itself already: /],
    ["fd77::77/64", / has a route to fd77::\/64 already/],
  ])("the namespace has %s on another link: refused, as the bridge would not be reached", async (address, words) => {
    foreign(address);
    await expect(connect()).rejects.toThrow(words);
    expect((await networks.inspect("n")).endpoints).toEqual([]);
    remove();
    await connect();
  });

  test("a wider route of the namespace is no obstacle", async () => {
    foreign("10.0.0.1/8");
    const { ipv4 } = await connect();
    expect(await inside.ask("tcp", "10.77.0.1", 7000)).toBe(`host ${ipv4}`);
    remove();
  });

  test("nor is a default route of its own, where the network is internal", async () => {
    foreign("192.0.2.1/24");
    host.in("ip route add default via 192.0.2.9", inside.where);
    await networks.create({ name: "i", internal: true });
    await networks.connect("i", { netns: inside.where });
    await networks.delete("i", { force: true });
    remove();
  });

  test("a network of two addresses: the gateway and one endpoint reach one another", async () => {
    const { ipv4, ipv6 } = await networks.create({ name: "two", subnets: ["10.78.0.2/31", "fd78::/127"] });
    const endpoint = await networks.connect("two", { netns: inside.where });
    expect([endpoint.ipv4, endpoint.ipv6]).toEqual(["10.78.0.3", "fd78::1"]);
    expect(await inside.ask("tcp", ipv4?.gateway ?? "", 7000)).toBe("host 10.78.0.3");
    expect(await inside.ask("tcp", ipv6?.gateway ?? "", 7000)).toBe("host fd78::1");
    await networks.delete("two", { force: true });
  });

  test("endpoints are listed by address, whatever order the kernel keeps them in", async () => {
    const last = [9, 10, 3, 100, 20];
    for (const one of last) {
      const netns = host.addNetns();
      await networks.connect("n", { netns, name: `e${one}`, addresses: [`10.77.0.${one}`], wait: 0, announce: 0 });
    }
    const { endpoints } = await networks.inspect("n");
    expect(endpoints.map(({ config }) => config.name)).toEqual(["e3", "e9", "e10", "e20", "e100"]);
  });
});
