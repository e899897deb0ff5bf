// What a network's options do to packets: ICC, internal, gateway modes, source NAT, trusted links. One network at a time.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { EndpointConfig, NetworkConfig, NetworkOptions } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE, type Protocol } from "../support/agent.ts";
import { arp, discovery, ethernet, ND, raw, udp4, udp6 } from "../support/frames.ts";
import { OUTSIDE, SECOND, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const PORT = 7000;
const OPEN = 7001;
const VERSIONS = [4, 6] as const;
const PROTOCOLS = ["tcp", "udp"] as const;
const NO = { timeout: PATIENCE.no };

for (const bridgeNf of [0, 1] as const) {
  live(`options of a network, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    let outside: Agent;
    let own: Agent;
    let one: Agent;
    let two: Agent;
    let three: Agent & { readonly where: string };
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
      const servers = [outside, own, one, two];
      await Promise.all(servers.flatMap((s) => PROTOCOLS.map((protocol) => s.serve(protocol, [PORT, OPEN]))));
    });
    afterEach(() => networks.delete("n", { force: true }));
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    interface Made {
      readonly network: NetworkConfig;
      readonly one: EndpointConfig;
      readonly two: EndpointConfig;
    }
    /** A network with both endpoints; the outside knows the way to it. */
    const make = async (options: Omit<NetworkOptions, "name">, ports: readonly string[] = []): Promise<Made> => {
      const network = await networks.create({ name: "n", ipv6: true, ...options });
      const [first, second] = [
        await networks.connect("n", { netns: spaces["one"] as string, name: "one", ports }),
        await networks.connect("n", { netns: spaces["two"] as string, name: "two" }),
      ];
      for (const v of VERSIONS) {
        const { subnet = "" } = network[`ipv${v}`] ?? {};
        host.in(`ip -${v} route replace ${subnet} via ${UPLINK[v]}`, host.outside);
      }
      return { network, one: first, two: second };
    };
    /** What all of them are answered: one object to compare. */
    const asked = async (
      questions: Record<string, (protocol: Protocol, v: 4 | 6) => Promise<string>>,
    ): Promise<Record<string, readonly string[]>> => {
      const got = await Promise.all(
        Object.entries(questions).map(async ([name, ask]) => {
          const answers = VERSIONS.flatMap((v) => PROTOCOLS.map((protocol) => ask(protocol, v)));
          return [name, [...new Set(await Promise.all(answers))]] as const;
        }),
      );
      return Object.fromEntries(got);
    };
    const of = (config: EndpointConfig, v: 4 | 6): string => config[`ipv${v}`] as string;
    const gateway = ({ network }: Made, v: 4 | 6): string => network[`ipv${v}`]?.gateway as string;

    test("ICC off: neighbours do not reach each other, the gateway and the outside they do", async () => {
      const made = await make({ icc: false });
      expect(
        await asked({
          neighbour: (protocol, v) => one.ask(protocol, of(made.two, v), PORT, NO),
          back: (protocol, v) => two.ask(protocol, of(made.one, v), PORT, NO),
        }),
      ).toEqual({ neighbour: ["timeout"], back: ["timeout"] });
      expect(
        await asked({
          gateway: async (protocol, v) =>
            (await one.ask(protocol, gateway(made, v), PORT)) === `host ${of(made.one, v)}` ? "yes" : "no",
          outside: async (protocol, v) =>
            (await two.ask(protocol, OUTSIDE[v], PORT)) === `outside ${UPLINK[v]}` ? "yes" : "no",
        }),
      ).toEqual({ gateway: ["yes"], outside: ["yes"] });
    });

    test.each([true, false])("frames of an endpoint's own addresses and ICC %s: do they come through?", async (icc) => {
      const made = await make({ icc });
      const { mac } = made.one;
      const to4 = { src: of(made.one, 4), dst: of(made.two, 4) };
      const to6 = { src: of(made.one, 6), dst: of(made.two, 6) };
      const all = "ff:ff:ff:ff:ff:ff";
      const them = made.two.mac;
      const frames = [
        ethernet(all, mac, 0x0806, arp("A1", { op: 1, sha: mac, spa: to4.src, tpa: to4.dst })),
        ethernet(them, mac, 0x0806, arp("A2", { sha: mac, spa: to4.src, tha: them, tpa: to4.dst })),
        ethernet(them, mac, 0x0800, udp4("U4", to4)),
        ethernet(them, mac, 0x86dd, udp6("U6", to6)),
        ethernet("33:33:00:00:00:01", mac, 0x86dd, udp6("M6", { ...to6, dst: "ff02::1" })),
        ethernet(them, mac, 0x86dd, discovery("NS", { ...to6, type: ND.NS, target: to6.dst, mac })),
        ethernet(them, mac, 0x86dd, discovery("NA", { ...to6, type: ND.NA, target: to6.src, mac })),
        ethernet(them, mac, 0x88b5, raw("RA")),
      ];
      await two.sniff("eth0");
      await one.flood("eth0", frames);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { sent } = await one.stopFlood();
      const seen = Object.keys(await two.seen()).sort();
      expect(sent).toBeGreaterThan(frames.length);
      // 0x88b5 is for experiments: neither IP nor ARP, and dropped for everybody.
      expect(seen).toEqual(icc ? ["A1", "A2", "M6", "NA", "NS", "U4", "U6"] : []);
    });

    test.each([true, false])("over the host to a neighbour's own address, ICC %s: published or not", async (icc) => {
      const ports = [`127.0.0.1:9000:${OPEN}/udp`, `8080:${PORT}/udp`];
      // Without masquerade another rule lets published ports by.
      for (const masquerade of [true, false]) {
        const made = await make({ icc, masquerade }, ports);
        const bridge = host.in(`ip -br link show ${made.network.bridge}`).split(/\s+/)[2] ?? "";
        const frames = VERSIONS.flatMap((v) =>
          [OPEN, PORT, 9].map((port, i) => {
            const between = { src: of(made.two, v), dst: of(made.one, v) };
            const packet = v === 4 ? udp4(`4${i}`, between, port) : udp6(`6${i}`, between, port);
            return ethernet(bridge, made.two.mac, v === 4 ? 0x0800 : 0x86dd, packet);
          }),
        );
        await one.sniff("eth0");
        await two.flood("eth0", frames);
        await new Promise((resolve) => setTimeout(resolve, 200));
        expect((await two.stopFlood()).sent).toBeGreaterThan(frames.length);
        expect(Object.keys(await one.seen()).sort()).toEqual(icc ? ["40", "41", "42", "60", "61", "62"] : []);
        expect((await own.ask("udp", "127.0.0.1", 9000)).split(" ")[0]).toBe("one");
        if (masquerade) await networks.delete("n", { force: true });
      }
    });

    test("internal: neighbours and the host, and no way out or in, not even with a route by hand", async () => {
      const made = await make({ internal: true });
      for (const v of VERSIONS) {
        expect(host.in(`ip -${v} route show default`, spaces["one"])).toBe("");
        host.in(`ip -${v} route add default via ${gateway(made, v)}`, spaces["one"]);
      }
      expect(
        await asked({
          outside: (protocol, v) => one.ask(protocol, OUTSIDE[v], PORT, NO),
          in: (protocol, v) => outside.ask(protocol, of(made.one, v), PORT, NO),
        }),
      ).toEqual({ outside: ["timeout"], in: ["timeout"] });
      expect(
        await asked({
          neighbour: async (protocol, v) => (await one.ask(protocol, of(made.two, v), PORT)).split(" ")[0] ?? "",
          gateway: async (protocol, v) => (await one.ask(protocol, gateway(made, v), PORT)).split(" ")[0] ?? "",
          host: async (protocol, v) => (await own.ask(protocol, of(made.one, v), PORT)).split(" ")[0] ?? "",
        }),
      ).toEqual({ neighbour: ["two"], gateway: ["host"], host: ["one"] });
    });

    test("isolated: neighbours only; the host has no address there", async () => {
      const made = await make({ internal: true, gatewayMode: "isolated" });
      expect(made.network.ipv4?.gateway).toBeUndefined();
      expect(host.in(`ip -br addr show dev ${made.network.bridge}`)).not.toMatch(/\d\.\d|:.*:.*\//);
      expect(
        await asked({
          neighbour: async (protocol, v) => (await one.ask(protocol, of(made.two, v), PORT)).split(" ")[0] ?? "",
        }),
      ).toEqual({ neighbour: ["two"] });
      expect(await asked({ host: (protocol, v) => own.ask(protocol, of(made.one, v), PORT, NO) })).not.toEqual({
        host: ["one"],
      });
    });

    test("routed: the outside sees the endpoint's own address, reaches its published ports and pings it", async () => {
      const made = await make({ gatewayMode: "routed" }, [`8080:${OPEN}/tcp`, `8080:${OPEN}/udp`]);
      const yes = (v: 4 | 6, answer: string, who: string, from: string): string =>
        answer === `${who} ${from}` ? "yes" : `${v}: ${answer}`;
      expect(
        await asked({
          out: async (protocol, v) => yes(v, await one.ask(protocol, OUTSIDE[v], PORT), "outside", of(made.one, v)),
          open: async (protocol, v) => yes(v, await outside.ask(protocol, of(made.one, v), OPEN), "one", OUTSIDE[v]),
        }),
      ).toEqual({ out: ["yes"], open: ["yes"] });
      for (const v of VERSIONS) host.in(`ping -c1 -W2 ${of(made.one, v)}`, host.outside);
      expect(
        await asked({
          closed: (protocol, v) => outside.ask(protocol, of(made.one, v), PORT, NO),
        }),
      ).toEqual({ closed: ["timeout"] });
      // Nothing is translated: the host's own port is nobody's.
      for (const v of VERSIONS) expect(await outside.ask("tcp", UPLINK[v], 8080)).toBe("ECONNREFUSED");
    });

    test("nat-unprotected: out by masquerade, in to every port for who knows the way", async () => {
      const made = await make({ gatewayMode: "nat-unprotected" });
      expect(
        await asked({
          out: async (protocol, v) =>
            (await one.ask(protocol, OUTSIDE[v], PORT)) === `outside ${UPLINK[v]}` ? "yes" : "no",
          in: async (protocol, v) =>
            (await outside.ask(protocol, of(made.one, v), PORT)) === `one ${OUTSIDE[v]}` ? "yes" : "no",
        }),
      ).toEqual({ out: ["yes"], in: ["yes"] });
    });

    test.each([
      ["nat", { published: "timeout", closed: "timeout", ping: false }],
      ["routed", { published: "one", closed: "timeout", ping: true }],
      ["nat-unprotected", { published: "one", closed: "one", ping: true }],
    ] as const)("from another network to endpoints' own addresses, mode %s", async (gatewayMode, expected) => {
      const made = await make(
        { gatewayMode },
        PROTOCOLS.map((protocol) => `8080:${OPEN}/${protocol}`),
      );
      for (const internal of [false, true]) {
        await networks.create({ name: "m", ipv6: true, internal });
        await networks.connect("m", { netns: spaces["three"] as string, name: "three" });
        const { published, closed, ping } = internal
          ? ({ published: "ENETUNREACH", closed: "ENETUNREACH", ping: false } as const)
          : expected;
        const ask = async (protocol: Protocol, v: 4 | 6, port: number, answer: string): Promise<string> => {
          const patience = answer === "one" ? {} : NO;
          return (await three.ask(protocol, of(made.one, v), port, patience)).split(" ")[0] ?? "";
        };
        expect(
          await asked({
            published: (protocol, v) => ask(protocol, v, OPEN, published),
            closed: (protocol, v) => ask(protocol, v, PORT, closed),
          }),
        ).toEqual({ published: [published], closed: [closed] });
        for (const v of VERSIONS) {
          const pinged = host.in(
            `ping -c1 -W${ping ? 2 : 0.3} ${of(made.one, v)} >/dev/null 2>&1; echo $?`,
            three.where,
          );
          expect([v, pinged.trim() === "0"]).toEqual([v, ping]);
        }
        await networks.delete("m", { force: true });
      }
    });

    test("each family its own mode", async () => {
      const made = await make({ gatewayMode: { ipv4: "nat", ipv6: "routed" } });
      expect(await one.ask("tcp", OUTSIDE[4], PORT)).toBe(`outside ${UPLINK[4]}`);
      expect(await one.ask("tcp", OUTSIDE[6], PORT)).toBe(`outside ${of(made.one, 6)}`);
    });

    test("source NAT to an address; none at all", async () => {
      await make({ snat: [SECOND[4], SECOND[6]] });
      for (const v of VERSIONS) expect(await one.ask("tcp", OUTSIDE[v], PORT)).toBe(`outside ${SECOND[v]}`);
      await networks.delete("n", { force: true });
      const made = await make({ masquerade: false }, [`8080:${OPEN}/tcp`, `8080:${OPEN}/udp`]);
      for (const v of VERSIONS) expect(await one.ask("udp", OUTSIDE[v], PORT)).toBe(`outside ${of(made.one, v)}`);
      // Published ports are reached by the host's address all the same, and by the endpoint's own they are not.
      expect(await asked({ published: (protocol, v) => outside.ask(protocol, UPLINK[v], 8080) })).toEqual({
        published: VERSIONS.map((v) => `one ${OUTSIDE[v]}`),
      });
      expect(await asked({ direct: (protocol, v) => outside.ask(protocol, of(made.one, v), OPEN, NO) })).toEqual({
        direct: ["timeout"],
      });
    });

    test("trusted links may address an endpoint's published ports directly, others may not", async () => {
      const ports = [`8080:${OPEN}/tcp`, `8080:${OPEN}/udp`];
      const before = await make({}, ports);
      expect(await asked({ open: (protocol, v) => outside.ask(protocol, of(before.one, v), OPEN, NO) })).toEqual({
        open: ["timeout"],
      });
      await networks.delete("n", { force: true });
      const made = await make({ trusted: ["up0"] }, ports);
      const first = (answer: string): string => answer.split(" ")[0] ?? "";
      expect(
        await asked({
          open: async (protocol, v) => first(await outside.ask(protocol, of(made.one, v), OPEN)),
          closed: (protocol, v) => outside.ask(protocol, of(made.one, v), PORT, NO),
        }),
      ).toEqual({ open: ["one"], closed: ["timeout"] });
    });
  });
}
