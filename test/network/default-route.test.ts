// One namespace on two networks: which of them its packets leave by. Each network has a source address of its own, which the outside sees.
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { ConnectOptions, NetworkOptions } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { spawnIn } from "../../src/socket/index.ts";
import type { Agent } from "../support/agent.ts";
import { OUTSIDE, SECOND, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const VERSIONS = [4, 6] as const;
const PORT = 7000;

live("the default route of a namespace on two networks", () => {
  let host: TestHost;
  let networks: Networks;
  let inside: Agent & { readonly where: string };

  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns });
    await host.agent("outside", host.outside).serve("tcp", [PORT]);
    inside = host.agent("inside");
  });
  afterEach(async () => {
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });

  const SOURCE = { a: [UPLINK[4], UPLINK[6]], b: [SECOND[4], SECOND[6]] } as const;
  const make = async (options: Partial<NetworkOptions> = {}): Promise<void> => {
    for (const name of ["a", "b"] as const) await networks.create({ name, ipv6: true, snat: SOURCE[name], ...options });
  };
  const connect = (network: string, options: Partial<ConnectOptions> = {}) =>
    networks.connect(network, { netns: inside.where, name: "inside", ...options });
  /** Which network packets leave by, IPv4 and IPv6. */
  const way = (): Promise<string[]> =>
    Promise.all(
      VERSIONS.map(async (v) => {
        const answer = await inside.ask("tcp", OUTSIDE[v], PORT, { timeout: 2000 });
        const by = (["a", "b"] as const).find((name) => answer === `outside ${SOURCE[name][v === 4 ? 0 : 1]}`);
        return by ?? answer;
      }),
    );
  const A = ["a", "a"];
  const B = ["b", "b"];
  const NONE = ["ENETUNREACH", "ENETUNREACH"];

  test("a way that the namespace's owner has closed is told, and stops no removal", async () => {
    await make();
    await connect("a", { gatewayPriority: 5 });
    await connect("b");
    host.in("ip link set eth1 down", inside.where);
    const warnings: string[] = [];
    await using others = await Networks.open({ netns: host.netns, onWarning: (text) => warnings.push(text) });
    await others.disconnect("a", "inside");
    expect(warnings).toEqual([
      expect.stringMatching(/^a default route could not be moved to another network: RTM_NEWROUTE/),
    ]);
    expect((await others.inspect("a")).endpoints).toEqual([]);
    await others.delete("b", { force: true });
    expect((await others.list()).map(({ config }) => config.name)).toEqual(["a"]);
  });

  test("by priority, whichever was first; it moves when its endpoint goes, and back", async () => {
    await make();
    await connect("a");
    expect(await way()).toEqual(A);
    await connect("b", { gatewayPriority: 5 });
    expect(await way()).toEqual(B);
    await networks.disconnect("b", "inside");
    expect(await way()).toEqual(A);
    await connect("b", { gatewayPriority: -1 });
    expect(await way()).toEqual(A);
    await networks.disconnect("a", "inside");
    expect(await way()).toEqual(B);
    await networks.disconnect("b", "inside");
    expect(await way()).toEqual(NONE);
  });

  test("of equal ones by name", async () => {
    await make();
    await connect("b");
    expect(await way()).toEqual(B);
    await connect("a");
    expect(await way()).toEqual(A);
  });

  test("the network is deleted with its endpoints", async () => {
    await make();
    await connect("a", { gatewayPriority: 1 });
    await connect("b");
    expect(await way()).toEqual(A);
    await networks.delete("a", { force: true });
    expect(await way()).toEqual(B);
  });

  test("its link is deleted from inside: with the next call, whatever that is", async () => {
    await make();
    const { ifname } = await connect("b", { gatewayPriority: 5 });
    await connect("a");
    expect(await way()).toEqual(B);
    host.in(`ip link delete ${ifname}`, inside.where);
    expect(await way()).toEqual(NONE);
    await networks.create({ name: "c", ipv6: false });
    expect(await way()).toEqual(A);
    expect((await networks.inspect("b")).endpoints).toEqual([]);
  });

  test("a family each: an internal network has none, a network without IPv6 has none for it", async () => {
    await networks.create({ name: "a", ipv6: true, snat: SOURCE.a });
    await networks.create({ name: "b", snat: [SECOND[4]] });
    await networks.create({ name: "i", ipv6: true, internal: true });
    await connect("i", { gatewayPriority: 9 });
    expect(await way()).toEqual(NONE);
    await connect("a");
    await connect("b", { gatewayPriority: 5 });
    expect(await way()).toEqual(["b", "a"]);
    await networks.disconnect("b", "inside");
    expect(await way()).toEqual(A);
  });

  test("it was named by a process that has ended: by another that is in it", async () => {
    await make();
    const first = spawnIn(inside.where, "sleep", ["300"], { stdio: "ignore" });
    const netns = { pid: first.pid ?? 0 };
    await connect("a", { netns, gatewayPriority: 10 });
    await connect("b", { netns });
    expect(await way()).toEqual(A);
    const gone = once(first, "close");
    first.kill("SIGKILL");
    await gone;
    // Another way than the name: that of `ip netns` is taken away, the agent stays.
    host.in(`umount /run/netns/${inside.where}; rm /run/netns/${inside.where}`);
    await networks.disconnect("a", "inside");
    expect(await way()).toEqual(B);
  });

  test("nobody can be found in it: that is said", async () => {
    await networks.create({ name: "a" });
    await networks.create({ name: "b" });
    const warnings: string[] = [];
    const first = spawnIn(host.addNetns(), "unshare", ["--net", "sleep", "300"], { stdio: "ignore" });
    const pid = first.pid ?? 0;
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/comm`, "utf8")).toBe("sleep\n"), 5000);
    const held = openSync(`/proc/${pid}/ns/net`, "r");
    try {
      await using warning = await Networks.open({ netns: host.netns, onWarning: (text) => warnings.push(text) });
      await warning.connect("a", { netns: { pid }, name: "held", gatewayPriority: 1 });
      await warning.connect("b", { netns: { pid }, name: "held" });
      const gone = once(first, "close");
      first.kill("SIGKILL");
      await gone;
      await warning.disconnect("a", "held");
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(
        /^the default route of pid:\d+ was not moved to network "b".*ip route add default via /,
      );
    } finally {
      closeSync(held);
    }
  });
});
