// Endpoints that die without a word while a port of theirs is published: what is told of them, and that whoever gets their address does
// not get what came by their port.
import { existsSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { EndpointConfig } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { deleteNetns } from "../../src/socket/named-netns.ts";
import { Agent, PATIENCE, type Protocol } from "../support/agent.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const PORT = 7000;
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp"];
const VERSIONS = [4, 6] as const;
const PUBLISHED = ["8080:7000/tcp", "8080:7000/udp", "127.0.0.1:8081:7000/tcp"];

/** How it dies, and how it is made. */
const DEATHS: Readonly<Record<string, (host: TestHost) => Promise<Victim>>> = {
  "its process is killed": async () => {
    const agent = await Agent.unshared("victim");
    return { agent, netns: agent.pid, die: () => agent.kill() };
  },
  "eth0 is deleted from inside": async (host) => {
    const agent = host.agent("victim");
    return { agent, netns: agent.where, die: async () => void host.in("ip link delete eth0", agent.where) };
  },
  "ip netns del": async (host) => {
    const agent = host.agent("victim");
    const die = async (): Promise<void> => {
      await agent.kill();
      deleteNetns(agent.where);
    };
    return { agent, netns: agent.where, die };
  },
};
interface Victim {
  readonly agent: Agent;
  readonly netns: string | number;
  die(): Promise<void>;
}

live("endpoints that die while a port is published", () => {
  let host: TestHost;
  let networks: Networks;
  let outside: Agent;
  let own: Agent;
  let next: Agent & { readonly where: string };
  let victim: Victim | undefined;

  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns });
    outside = host.agent("outside", host.outside);
    own = host.agent("host", host.netns);
    next = host.agent("next");
    await Promise.all(PROTOCOLS.map((protocol) => next.serve(protocol, [PORT])));
  });
  afterEach(async () => {
    await victim?.agent.kill();
    victim = undefined;
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });

  const ask = (timeout: number): Promise<string[]> =>
    Promise.all(
      VERSIONS.flatMap((v) =>
        PROTOCOLS.map((protocol) =>
          outside.ask(protocol, UPLINK[v], 8080, { timeout, ...(protocol === "udp" ? { localPort: 5000 + v } : {}) }),
        ),
      ),
    );
  const alive = async (who: string, timeout: number = PATIENCE.yes): Promise<void> => {
    const { 4: four, 6: six } = OUTSIDE;
    expect(await ask(timeout)).toEqual([four, four, six, six].map((from) => `${who} ${from}`));
  };
  /** Nobody answers by the old port. */
  const silent = async (): Promise<void> => {
    const nobody = /^(timeout|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/;
    for (const answer of await ask(PATIENCE.no)) expect(answer).toMatch(nobody);
    expect(await own.ask("tcp", "127.0.0.1", 8081, { timeout: PATIENCE.no })).toMatch(nobody);
  };
  const make = async (death: string): Promise<EndpointConfig> => {
    victim = await DEATHS[death]?.(host);
    const { agent, netns } = victim as Victim;
    await Promise.all(PROTOCOLS.map((protocol) => agent.serve(protocol, [PORT])));
    await networks.create({ name: "n", ipv6: true });
    return networks.connect("n", { netns, name: "victim", ports: PUBLISHED });
  };
  const gone = (port: string): Promise<void> =>
    vi.waitFor(() => expect(host.in("ip -br link")).not.toContain(port), { timeout: 10_000, interval: 20 });
  const health = async (): Promise<string[]> =>
    (await networks.list()).flatMap(({ endpoints }) => endpoints.map((one) => `${one.config.name} ${one.health}`));

  test.each(Object.keys(DEATHS))("%s: the next one gets its address, and not its port", async (death) => {
    const dead = await make(death);
    await alive("victim");
    expect(await own.ask("tcp", "127.0.0.1", 8081)).toMatch(/^victim /);
    expect(await health()).toEqual(["victim up"]);
    await victim?.die();
    await gone(dead.port);
    expect(await health()).toEqual(["victim gone"]);
    await silent();
    const after = await networks.connect("n", { netns: next.where, name: "next" });
    expect([after.ipv4, after.ipv6]).toEqual([dead.ipv4, dead.ipv6]);
    expect(after.mac).not.toBe(dead.mac);
    await silent();
    expect(await health()).toEqual(["next up"]);
    expect(host.in("nft list ruleset")).not.toMatch(/8080|8081|victim/);
    expect(host.in(`sysctl -n net.ipv4.conf.${after.bridge}.route_localnet`)).toBe("0\n");
    // The same port again, for it.
    await networks.publish("n", "next", { add: PUBLISHED });
    await alive("next");
    expect(await own.ask("tcp", "127.0.0.1", 8081)).toMatch(/^next /);
  });

  test("killed, and the next call at once: no address twice, no port of the dead", async () => {
    const dead = await make("its process is killed");
    await alive("victim");
    await victim?.die();
    const after = await networks.connect("n", { netns: next.where, name: "next" });
    await silent();
    const all = (await networks.list()).flatMap(({ endpoints }) => endpoints.map(({ config }) => config));
    expect(new Set(all.map(({ ipv4 }) => ipv4)).size).toBe(all.length);
    expect(existsSync(`/proc/${victim?.agent.pid}`)).toBe(false);
    await gone(dead.port);
    await networks.reap();
    expect(await health()).toEqual(["next up"]);
    expect((await networks.endpoint("n", "next")).ipv4).toBe(after.ipv4);
    await silent();
  });

  test("the whole network dies: its bridge is deleted by hand", async () => {
    const dead = await make("eth0 is deleted from inside");
    host.in(`ip link delete ${dead.bridge}`);
    expect((await networks.list()).map(({ config, health: is }) => `${config.name} ${is}`)).toEqual(["n gone"]);
    await silent();
    await networks.reap();
    expect(await networks.list()).toEqual([]);
    expect(host.in("nft list ruleset; ip -br link")).not.toMatch(/nlk/);
    expect(host.in("ip -br link", next.where)).not.toContain("eth0");
  });
});
