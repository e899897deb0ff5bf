// Two networks with five endpoints each, on a host with an uplink: who reaches whom. Every word here is an answer that came back.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EndpointConfig, NetworkConfig } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const FAMILIES = [
  ["ipv4", 4],
  ["ipv6", 6],
] as const;
const PROTOCOLS = ["tcp", "udp"] as const;
const PORT = 7000;
const NAMES = { a: ["a0", "a1", "a2", "a3", "a4"], b: ["b0", "b1", "b2", "b3", "b4"] } as const;

for (const bridgeNf of [0, 1] as const) {
  live(`two networks, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    let outside: Agent;
    let own: Agent;
    const agents = new Map<string, Agent>();
    const endpoints = new Map<string, EndpointConfig>();
    const configs = new Map<string, NetworkConfig>();
    const agent = (name: string): Agent => agents.get(name) as Agent;
    const endpoint = (name: string): EndpointConfig => endpoints.get(name) as EndpointConfig;
    const all = [...NAMES.a, ...NAMES.b];

    beforeAll(async () => {
      host = new TestHost(bridgeNf);
      networks = await Networks.open({ netns: host.netns });
      outside = host.agent("outside", host.outside);
      own = host.agent("host", host.netns);
      const where = new Map(all.map((name) => [name, host.addNetns()]));
      for (const [name, netns] of where) agents.set(name, host.agent(name, netns));
      for (const name of ["a", "b"]) configs.set(name, await networks.create({ name, ipv6: true }));
      for (const [name, netns] of where) {
        endpoints.set(name, await networks.connect(name[0] as string, { netns, name }));
      }
      const servers = [outside, own, ...agents.values()];
      await Promise.all(servers.flatMap((one) => PROTOCOLS.map((protocol) => one.serve(protocol, [PORT]))));
    });
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    /** What every pair of them answers, by "WHO to WHOM by PROTOCOL4"; `expected` says what it should be. */
    const answers = async (
      pairs: readonly (readonly [who: Agent, to: string, host: (v: 4 | 6) => string, expected: (v: 4 | 6) => string])[],
      timeout: number = PATIENCE.yes,
    ): Promise<void> => {
      const got: Record<string, string> = {};
      const want: Record<string, string> = {};
      const asks = pairs.flatMap(([who, to, address, expected]) =>
        FAMILIES.flatMap(([, v]) =>
          PROTOCOLS.map(async (protocol) => {
            const key = `${who.name} to ${to} by ${protocol}${v}`;
            want[key] = expected(v);
            got[key] = await who.ask(protocol, address(v), PORT, { timeout });
          }),
        ),
      );
      await Promise.all(asks);
      expect(asks.length).toBeGreaterThan(0);
      expect(got).toEqual(want);
    };
    const addressOf = (name: string) => (v: 4 | 6) => endpoint(name)[`ipv${v}`] as string;

    test("an endpoint reaches its gateway, which is the host", async () => {
      await answers(
        all.map((name) => {
          const gateway = (v: 4 | 6): string => configs.get(name[0] as string)?.[`ipv${v}`]?.gateway as string;
          return [agent(name), "gateway", gateway, (v) => `host ${addressOf(name)(v)}`];
        }),
      );
    });

    test("and every neighbour, which sees its address", async () => {
      const pairs = all.flatMap((name) =>
        NAMES[name[0] as "a" | "b"].filter((one) => one !== name).map((other) => [name, other] as const),
      );
      await answers(
        pairs.map(([name, other]) => [agent(name), other, addressOf(other), (v) => `${other} ${addressOf(name)(v)}`]),
      );
    });

    test("and the outside, which sees the host's address", async () => {
      await answers(all.map((name) => [agent(name), "outside", (v) => OUTSIDE[v], (v) => `outside ${UPLINK[v]}`]));
    });

    test("the host reaches every endpoint", async () => {
      await answers(
        all.map((name) => {
          const gateway = (v: 4 | 6): string => configs.get(name[0] as string)?.[`ipv${v}`]?.gateway as string;
          return [own, name, addressOf(name), (v) => `${name} ${gateway(v)}`];
        }),
      );
    });

    test("nobody reaches the other network, nor does the outside that knows the way", async () => {
      for (const [family, v] of FAMILIES) {
        for (const config of configs.values()) {
          host.in(`ip -${v} route replace ${config[family]?.subnet} via ${UPLINK[v]}`, host.outside);
        }
      }
      const pairs = NAMES.a.flatMap((one, i) => {
        const other = NAMES.b[i] as string;
        return [
          [one, other],
          [other, one],
        ] as const;
      });
      await answers(
        [
          ...pairs.map(([name, other]) => [agent(name), other, addressOf(other), () => "timeout"] as const),
          ...all.map((name) => [outside, name, addressOf(name), () => "timeout"] as const),
        ],
        PATIENCE.no,
      );
    });
  });
}
