// Published ports: from outside, from the host, from neighbours, from the endpoint itself; and that flows end with what they came by.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Conntrack } from "../../src/client/conntrack.ts";
import type { ConnectOptions, EndpointConfig, NetworkConfig, NetworkOptions } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import { OUTSIDE, SECOND, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const VERSIONS = [4, 6] as const;
const PROTOCOLS = ["tcp", "udp"] as const;
const NO = { timeout: PATIENCE.no };
const url = (address: string): string => (address.includes(":") ? `[${address}]` : address);
const both = (port: string): string[] => PROTOCOLS.map((protocol) => `${port}/${protocol}`);

for (const bridgeNf of [0, 1] as const) {
  live(`published ports, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    let outside: Agent;
    let own: Agent;
    let one: Agent;
    let two: Agent;
    let three: Agent;
    const spaces: Record<string, string> = {};

    beforeAll(async () => {
      host = new TestHost(bridgeNf);
      networks = await Networks.open({ netns: host.netns });
      outside = host.agent("outside", host.outside);
      own = host.agent("host", host.netns);
      for (const name of ["one", "two", "three"]) spaces[name] = host.addNetns();
      one = host.agent("one", spaces["one"]);
      two = host.agent("two", spaces["two"]);
      three = host.agent("three", spaces["three"]);
      const ports = [7000, 7001, 7002];
      await Promise.all([one, two].flatMap((s) => PROTOCOLS.map((protocol) => s.serve(protocol, ports))));
    });
    afterEach(async () => {
      for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
    });
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    const network = (options: Partial<NetworkOptions> = {}): Promise<NetworkConfig> =>
      networks.create({ name: "n", ipv6: true, ...options });
    const connect = (name: string, options: Partial<ConnectOptions> = {}, to = "n"): Promise<EndpointConfig> =>
      networks.connect(to, { netns: spaces[name] as string, name, ...options });
    const gateway = (config: NetworkConfig, v: 4 | 6): string => config[`ipv${v}`]?.gateway as string;
    /** Asks by both protocols and both families at once: what was answered, beside what should be. */
    const check = async (
      who: Agent,
      to: (v: 4 | 6) => string,
      port: number,
      expected: (v: 4 | 6) => string,
      timeout: number = PATIENCE.yes,
    ): Promise<void> => {
      const asks = VERSIONS.flatMap((v) =>
        PROTOCOLS.map(async (protocol) => {
          const what = `${who.name} asks ${to(v)} ${port}/${protocol}: `;
          return [what + (await who.ask(protocol, to(v), port, { timeout })), what + expected(v)] as const;
        }),
      );
      const pairs = await Promise.all(asks);
      expect(pairs.map(([got]) => got)).toEqual(pairs.map(([, want]) => want));
    };

    test("on every address: from outside, from the host itself, from a neighbour, from another network", async () => {
      const made = await network();
      const other = await networks.create({ name: "m", ipv6: true });
      await connect("one", { ports: both("8080:7000") });
      await connect("two");
      const third = await connect("three", {}, "m");
      expect(other.bridge).toBe(third.bridge);
      await check(
        outside,
        (v) => UPLINK[v],
        8080,
        (v) => `one ${OUTSIDE[v]}`,
      );
      await check(
        outside,
        (v) => SECOND[v],
        8080,
        (v) => `one ${OUTSIDE[v]}`,
      );
      await check(
        own,
        (v) => UPLINK[v],
        8080,
        (v) => `one ${UPLINK[v]}`,
      );
      await check(
        own,
        (v) => gateway(made, v),
        8080,
        (v) => `one ${gateway(made, v)}`,
      );
      await check(
        two,
        (v) => UPLINK[v],
        8080,
        (v) => `one ${gateway(made, v)}`,
      );
      await check(
        two,
        (v) => gateway(made, v),
        8080,
        (v) => `one ${gateway(made, v)}`,
      );
      await check(
        three,
        (v) => UPLINK[v],
        8080,
        (v) => `one ${gateway(made, v)}`,
      );
      // Not on the loopback: 127.0.0.1 has to be asked for, and ::1 cannot be.
      expect(await own.ask("tcp", "127.0.0.1", 8080)).toBe("ECONNREFUSED");
      expect(await own.ask("tcp", "::1", 8080)).toBe("ECONNREFUSED");
      expect(await outside.ask("tcp", UPLINK[4], 8079)).toBe("ECONNREFUSED");
    });

    test("on one address, and on no other", async () => {
      await network();
      await connect("one", { ports: VERSIONS.flatMap((v) => both(`${url(SECOND[v])}:8081:7000`)) });
      await check(
        outside,
        (v) => SECOND[v],
        8081,
        (v) => `one ${OUTSIDE[v]}`,
      );
      await check(
        own,
        (v) => SECOND[v],
        8081,
        (v) => `one ${v === 4 ? UPLINK[4] : SECOND[6]}`,
      );
      for (const v of VERSIONS) expect(await outside.ask("tcp", UPLINK[v], 8081)).toBe("ECONNREFUSED");
    });

    test("a range; the same port of two addresses to two endpoints", async () => {
      await network();
      await connect("one", { ports: [...both("9000-9002:7000-7002"), `${SECOND[4]}:8081:7000`] });
      await connect("two", { ports: [`${UPLINK[4]}:8081:7001`] });
      for (const port of [9000, 9001, 9002])
        await check(
          outside,
          (v) => UPLINK[v],
          port,
          (v) => `one ${OUTSIDE[v]}`,
        );
      for (const v of VERSIONS) expect(await outside.ask("tcp", UPLINK[v], 9003)).toBe("ECONNREFUSED");
      expect(await outside.ask("tcp", SECOND[4], 8081)).toBe(`one ${OUTSIDE[4]}`);
      expect(await outside.ask("tcp", UPLINK[4], 8081)).toBe(`two ${OUTSIDE[4]}`);
    });

    test("on the network's own host binding", async () => {
      await network({ hostBindings: [SECOND[4], SECOND[6]] });
      await connect("one", { ports: both("8080:7000") });
      await check(
        outside,
        (v) => SECOND[v],
        8080,
        (v) => `one ${OUTSIDE[v]}`,
      );
      for (const v of VERSIONS) expect(await outside.ask("tcp", UPLINK[v], 8080)).toBe("ECONNREFUSED");
    });

    test("on the network's own host binding, which is 127.0.0.1", async () => {
      const made = await network({ hostBindings: ["127.0.0.1"] });
      const { ports } = await connect("one", { ports: both("8083:7000") });
      expect(ports.map(({ hostAddress }) => hostAddress)).toEqual(["127.0.0.1", "::", "127.0.0.1", "::"]);
      for (const protocol of PROTOCOLS) {
        expect(await own.ask(protocol, "127.0.0.1", 8083)).toBe(`one ${gateway(made, 4)}`);
        expect(await outside.ask(protocol, UPLINK[6], 8083)).toBe(`one ${OUTSIDE[6]}`);
      }
      expect(await outside.ask("tcp", UPLINK[4], 8083)).toBe("ECONNREFUSED");
      await networks.publish("n", "one", { remove: both("8083:7000") });
      expect(host.in(`sysctl -n net.ipv4.conf.${made.bridge}.route_localnet`)).toBe("0\n");
      await networks.publish("n", "one", { add: both("8083:7000") });
      expect(await own.ask("tcp", "127.0.0.1", 8083)).toBe(`one ${gateway(made, 4)}`);
    });

    test("on an address that the host has not: refused, and nothing is made", async () => {
      await network();
      await connect("two");
      for (const address of ["203.0.113.9", "[2001:db8:9::9]", "198.51.100.255", "127.255.255.255"]) {
        const refusal = { code: "INVALID", message: expect.stringMatching(/->7000\/tcp: the host has no address /) };
        const ports = [`${address}:8084:7000`];
        await expect(connect("one", { ports })).rejects.toMatchObject(refusal);
        await expect(networks.publish("n", "two", { add: ports })).rejects.toMatchObject(refusal);
      }
      const [state] = await networks.list();
      expect(state?.endpoints.map(({ config }) => [config.name, config.ports])).toEqual([["two", []]]);
      // All of 127.0.0.0/8 is the host's.
      await networks.publish("n", "two", { add: ["127.9.8.7:8084:7000"] });
      expect((await own.ask("tcp", "127.9.8.7", 8084)).split(" ")[0]).toBe("two");
    });

    test("on 127.0.0.1: from the host, and from nobody else", async () => {
      const made = await network();
      await connect("one", { ports: both("127.0.0.1:8082:7000") });
      for (const protocol of PROTOCOLS) {
        expect(await own.ask(protocol, "127.0.0.1", 8082)).toBe(`one ${gateway(made, 4)}`);
      }
      expect(host.in(`sysctl -n net.ipv4.conf.${made.bridge}.route_localnet`)).toBe("1\n");
      expect(await outside.ask("tcp", UPLINK[4], 8082)).toBe("ECONNREFUSED");
      // A route by hand sends what is for 127.0.0.1 to the host.
      host.in(`sysctl -qw net.ipv4.conf.all.route_localnet=1 net.ipv4.conf.lo.route_localnet=1`, host.outside);
      host.in(`ip route add 127.9.9.9 via ${UPLINK[4]}`, host.outside);
      expect(await outside.ask("tcp", "127.9.9.9", 8082, { ...NO, from: OUTSIDE[4] })).toBe("timeout");
      await networks.publish("n", "one", { remove: both("127.0.0.1:8082:7000") });
      expect(host.in(`sysctl -n net.ipv4.conf.${made.bridge}.route_localnet`)).toBe("0\n");
      expect(await own.ask("tcp", "127.0.0.1", 8082)).toBe("ECONNREFUSED");
    });

    test("on 127.0.0.1 beside all others: two ports, of which each can go", async () => {
      const made = await network();
      await connect("one", { ports: ["8083:7000", "127.0.0.1:8083:7000"] });
      expect(await own.ask("tcp", "127.0.0.1", 8083)).toBe(`one ${gateway(made, 4)}`);
      expect(await outside.ask("tcp", UPLINK[4], 8083)).toBe(`one ${OUTSIDE[4]}`);
      await networks.publish("n", "one", { remove: ["8083:7000"] });
      expect(await own.ask("tcp", "127.0.0.1", 8083)).toBe(`one ${gateway(made, 4)}`);
      expect(await outside.ask("tcp", UPLINK[4], 8083)).toBe("ECONNREFUSED");
      await expect(networks.publish("n", "one", { add: ["127.0.0.1:8083:7000"] })).rejects.toMatchObject({
        code: "PORT_TAKEN",
        message: '127.0.0.1:8083->7000/tcp is published already, by endpoint "one"',
      });
      await networks.publish("n", "one", { add: ["8083:7000"], remove: ["127.0.0.1:8083:7000"] });
      expect(await own.ask("tcp", "127.0.0.1", 8083)).toBe("ECONNREFUSED");
      expect(await outside.ask("tcp", UPLINK[4], 8083)).toBe(`one ${OUTSIDE[4]}`);
    });

    test.each([false, true])("by the endpoint itself, hairpin %s", async (hairpin) => {
      const made = await network({ hairpin });
      await connect("one", { ports: both("8080:7000") });
      // With bridge-nf 1 what is translated to the same bridge is bridged, and a bridge sends nothing back where it came from.
      const works = hairpin || bridgeNf === 0;
      const answer = (v: 4 | 6): string => (works ? `one ${gateway(made, v)}` : "timeout");
      await check(one, (v) => UPLINK[v], 8080, answer, works ? PATIENCE.yes : PATIENCE.no);
    });

    test("ICC off: by a neighbour over the host; with bridge-nf 1 that is closed, as the docs say", async () => {
      const made = await network({ icc: false });
      await connect("one", { ports: both("8080:7000") });
      await connect("two");
      const works = bridgeNf === 0;
      const answer = (v: 4 | 6): string => (works ? `one ${gateway(made, v)}` : "timeout");
      await check(two, (v) => UPLINK[v], 8080, answer, works ? PATIENCE.yes : PATIENCE.no);
      await check(
        outside,
        (v) => UPLINK[v],
        8080,
        (v) => `one ${OUTSIDE[v]}`,
      );
    });

    /** Original destination ports of flows that end at an address. */
    const flows = async (addresses: readonly (string | undefined)[]): Promise<number[]> => {
      await using conntrack = await Conntrack.open({ netns: host.netns });
      const all = await conntrack.list();
      return all.flatMap(({ attrs }) => {
        const { tupleOrig, tupleReply } = attrs;
        const ips = [tupleOrig, tupleReply].flatMap((tuple) => {
          const { v4Src, v4Dst, v6Src, v6Dst } = tuple?.ip ?? {};
          return [v4Src, v4Dst, v6Src, v6Dst];
        });
        return ips.some((one) => one !== undefined && addresses.includes(one)) ? [tupleOrig?.proto?.dstPort ?? 0] : [];
      });
    };

    test("flows end when the port is taken back, and when the endpoint goes: the next one gets their packets", async () => {
      const localPort = 5555;
      await network();
      const first = await connect("one", { ports: both("8080:7000") });
      const addresses = [first.ipv4, first.ipv6];
      for (const v of VERSIONS) {
        expect(await outside.ask("udp", UPLINK[v], 8080, { localPort })).toBe(`one ${OUTSIDE[v]}`);
      }
      expect(await flows(addresses)).toEqual([8080, 8080]);
      await networks.publish("n", "one", { remove: both("8080:7000") });
      expect(await flows(addresses)).toEqual([]);
      for (const v of VERSIONS) expect(await outside.ask("udp", UPLINK[v], 8080, { localPort, ...NO })).toBe("timeout");
      await networks.publish("n", "one", { add: both("8080:7000") });
      for (const v of VERSIONS) {
        expect(await outside.ask("udp", UPLINK[v], 8080, { localPort })).toBe(`one ${OUTSIDE[v]}`);
      }
      await networks.disconnect("n", "one");
      expect(await flows(addresses)).toEqual([]);
      const next = await connect("two", { ports: both("8080:7001") });
      expect([next.ipv4, next.ipv6]).toEqual(addresses);
      for (const v of VERSIONS) {
        expect(await outside.ask("udp", UPLINK[v], 8080, { localPort })).toBe(`two ${OUTSIDE[v]}`);
      }
    });
  });
}
