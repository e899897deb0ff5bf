// An endpoint is announced, and its address is nobody else's: duplicate address detection on request, and what neighbours knew before.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { NetworkConfig } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { TestHost } from "../support/host.ts";
import { live } from "../support/live.ts";

const ADDRESS = "fd00:40::66";
const ADDRESS4 = "172.40.0.66";

live("a settled endpoint", () => {
  let host: TestHost;
  let networks: Networks;
  let network: NetworkConfig;
  let one = "";
  let two = "";
  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns });
    one = host.addNetns();
    two = host.addNetns();
    network = await networks.create({ name: "n", subnets: ["172.40.0.0/24", "fd00:40::/64"] });
  });
  afterEach(async () => {
    for (const { config } of (await networks.inspect("n")).endpoints) await networks.disconnect("n", config.name);
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });
  const connect = (netns: string, dad: boolean, announce = 1) =>
    networks.connect("n", { netns, name: netns, addresses: [ADDRESS4, ADDRESS], dad, announce });

  test("the host can ask for IPv6 neighbours at once: its link-local address does not wait for a carrier", () => {
    const [link] = JSON.parse(host.in(`ip -6 -j addr show dev ${network.bridge} scope link`));
    const local = link.addr_info.filter((info: { local?: string }) => info.local !== undefined);
    expect(local).toHaveLength(1);
    expect(local[0]).toMatchObject({ local: expect.stringMatching(/^fe80::/), prefixlen: 64 });
    expect(local[0]).not.toHaveProperty("tentative");
  });
  test("duplicate address detection is awaited: no address is tentative then", async () => {
    const begin = performance.now();
    await connect(one, true);
    expect(performance.now() - begin).toBeGreaterThan(500);
    const [link] = JSON.parse(host.in("ip -6 -j addr show dev eth0 to fd00::/8", one));
    expect(link.addr_info[0]).toMatchObject({ local: ADDRESS });
    expect(link.addr_info[0]).not.toHaveProperty("tentative");
    expect(link.addr_info[0]).not.toHaveProperty("dadfailed");
  });

  const BY_DAD = {
    error: { name: "NotReady", reason: "dadfailed", address: ADDRESS },
    words: `${ADDRESS} is taken: duplicate address detection found another owner`,
  };
  // What the host has itself it says before.
  const byHost = (dev: string) => ({
    error: { name: "NetworkError", code: "CONFLICT" },
    words: `${ADDRESS} is in use by the host itself, on ${dev}`,
  });
  test.each([
    [
      "the bridge itself has it",
      () => `ip addr add ${ADDRESS}/128 dev ${network.bridge} nodad`,
      () => `ip addr del ${ADDRESS}/128 dev ${network.bridge}`,
      () => byHost(network.bridge),
    ],
    [
      "a macvlan of the host on the bridge has it",
      () =>
        `ip link add mv0 link ${network.bridge} type macvlan mode bridge && ip link set mv0 up && ip addr add ${ADDRESS}/64 dev mv0 nodad`,
      () => "ip link del mv0",
      () => byHost("mv0"),
    ],
    [
      "a macvlan of somebody else on the bridge has it",
      () =>
        `ip link add mv0 link ${network.bridge} netns ${two} type macvlan mode bridge && ip -n ${two} link set mv0 up && ip -n ${two} addr add ${ADDRESS}/64 dev mv0 nodad`,
      () => `ip -n ${two} link del mv0`,
      () => BY_DAD,
    ],
    [
      "a port that somebody added has it",
      () =>
        `ip link add p0 master ${network.bridge} type veth peer name p1 netns ${two} && ip link set p0 up && ip -n ${two} link set p1 up && ip -n ${two} addr add ${ADDRESS}/64 dev p1 nodad`,
      () => "ip link del p0",
      () => BY_DAD,
    ],
  ])("a duplicate is an error that names the address, and leaves nothing: %s", async (_, make, unmake, due) => {
    host.in(make());
    const before = [host.in("nft list ruleset"), host.in("ip -br link"), host.in("ip -br link", one)];
    const error = await connect(one, true).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject(due().error);
    expect(String(error)).toContain(due().words);
    // up0's and the bridge's own state comes and goes with carriers.
    const names = (text: string): string[] => text.split("\n").map((line) => line.split(" ")[0] ?? "");
    const after = [host.in("nft list ruleset"), host.in("ip -br link"), host.in("ip -br link", one)];
    expect(after[0]).toBe(before[0]);
    for (const i of [1, 2]) expect(names(after[i] as string)).toEqual(names(before[i] as string));
    expect((await networks.inspect("n")).endpoints).toEqual([]);
    host.in(unmake());
    await connect(one, true);
  });

  test("who knew another MAC for its addresses learns the new one at once", async () => {
    await networks.connect("n", { netns: two, name: "two" });
    const stale = "02:00:00:00:00:77";
    for (const [netns, dev] of [
      [two, "eth0"],
      [host.netns, network.bridge],
    ] as const) {
      for (const address of [ADDRESS4, ADDRESS]) {
        host.in(`ip neigh replace ${address} lladdr ${stale} dev ${dev} nud stale`, netns);
      }
    }
    const known = (): string[] =>
      [...at(two, "eth0"), ...at(host.netns, network.bridge)].map((line) => /lladdr (\S+)/.exec(line)?.[1] ?? line);
    const at = (netns: string, dev: string): string[] =>
      [ADDRESS4, ADDRESS].map((address) => host.in(`ip neigh show ${address} dev ${dev}`, netns));
    await connect(one, false, 0);
    expect(known()).toEqual([stale, stale, stale, stale]);
    await networks.disconnect("n", one);
    const { mac } = await connect(one, false);
    expect(known()).toEqual([mac, mac, mac, mac]);
  });
});
