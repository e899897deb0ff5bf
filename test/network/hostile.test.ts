// Whoever owns a namespace from its birth sends what it likes as soon as there is a link: nothing passes, at no time, that would not pass in
// the end. Sniffers in every other namespace count what comes.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EndpointConfig, NetworkConfig } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import {
  arp,
  type Between,
  type Discovery,
  discovery,
  ethernet,
  fragments,
  ND,
  raw,
  tagged,
  udp4,
  udp6,
} from "../support/frames.ts";
import { OUTSIDE, TestHost } from "../support/host.ts";
import { live } from "../support/live.ts";

const MAC = "02:00:00:00:0b:ad";
const IP4 = "172.30.0.66";
const IP6 = "fd00:30::66";
/** fe80:: and the EUI-64 of the MAC. */
const LINK_LOCAL = "fe80::ff:fe00:bad";
const ALL = "ff:ff:ff:ff:ff:ff";
const ALL6 = "33:33:00:00:00:01";
const FOREIGN_MAC = "02:00:00:00:0f:0f";
const [ETH_IP, ETH_ARP, ETH_IPV6] = [0x0800, 0x0806, 0x86dd];

/** Who is lied to, and whose names are taken. */
interface World {
  readonly network: NetworkConfig;
  readonly bridgeMac: string;
  readonly neighbour: EndpointConfig;
  readonly other: EndpointConfig;
}

/** Frames that shall not pass, by what they are: the first two characters of a key are the frame's mark. */
const lies = ({ network, bridgeMac, neighbour, other }: World): Record<string, Uint8Array> => {
  const gateway4 = network.ipv4?.gateway as string;
  const gateway6 = network.ipv6?.gateway as string;
  const them4 = neighbour.ipv4 as string;
  const them6 = neighbour.ipv6 as string;
  const found: Record<string, Uint8Array> = {};
  const put = (mark: string, what: string, frame: Uint8Array): void => {
    expect(mark).toHaveLength(2);
    const key = `${mark} ${what}`;
    expect(found[key]).toBeUndefined();
    found[key] = frame;
  };
  const to = neighbour.mac;
  // A foreign MAC, with addresses of its own and of others, to one, to all, and to whom bridges never forward to.
  for (const [i, [from, what]] of [
    [FOREIGN_MAC, "nobody's MAC"],
    [neighbour.mac, "the neighbour's MAC"],
    [bridgeMac, "the bridge's MAC"],
  ].entries()) {
    const source = from as string;
    put(`${i}a`, `${what}, own IPv4`, ethernet(to, source, ETH_IP, udp4(`${i}a`, { src: IP4, dst: them4 })));
    put(`${i}b`, `${what}, own IPv6`, ethernet(ALL, source, ETH_IPV6, udp6(`${i}b`, { src: IP6, dst: them6 })));
    put(`${i}c`, `${what}, ARP`, ethernet(ALL, source, ETH_ARP, arp(`${i}c`, { sha: source, spa: IP4, tpa: them4 })));
    put(
      `${i}d`,
      `${what}, to the host`,
      ethernet(bridgeMac, source, ETH_IP, udp4(`${i}d`, { src: IP4, dst: gateway4 })),
    );
    for (const [j, last] of ["00", "01", "02", "03", "0e"].entries()) {
      const group = `01:80:c2:00:00:${last}`;
      put(`${i}${j}`, `${what}, to ${group}`, ethernet(group, source, 0x88cc, raw(`${i}${j}`)));
    }
  }
  // Its own MAC, and addresses of others.
  const own = (mark: string, what: string, type: number, payload: Uint8Array, dst = to): void =>
    put(mark, what, ethernet(dst, MAC, type, payload));
  for (const [i, src] of [gateway4, them4, other.ipv4 as string, "192.0.2.1", "0.0.0.0", "127.0.0.1"].entries()) {
    own(`s${i}`, `IPv4 from ${src}`, ETH_IP, udp4(`s${i}`, { src, dst: them4 }));
    own(`t${i}`, `IPv4 from ${src}, outwards`, ETH_IP, udp4(`t${i}`, { src, dst: OUTSIDE[4] }), bridgeMac);
  }
  own("f0", "a fragment from the neighbour", ETH_IP, udp4("f0", { src: them4, dst: gateway4 }, 9, 0x2000), ALL);
  own("f1", "a later fragment from nobody", ETH_IP, udp4("f1", { src: "192.0.2.1", dst: them4 }, 9, 185), ALL);
  for (const [i, src] of [gateway6, them6, other.ipv6 as string, "2001:db8::1", "::", "::1", "fe80::1"].entries()) {
    own(`u${i}`, `IPv6 from ${src}`, ETH_IPV6, udp6(`u${i}`, { src, dst: them6 }));
    own(`v${i}`, `IPv6 from ${src}, outwards`, ETH_IPV6, udp6(`v${i}`, { src, dst: OUTSIDE[6] }), bridgeMac);
  }
  // ARP that says who others are, or that others are here.
  for (const [i, [sha, spa]] of [
    [MAC, gateway4],
    [MAC, them4],
    [FOREIGN_MAC, IP4],
    [bridgeMac, IP4],
    [MAC, "0.0.0.0"],
  ].entries()) {
    for (const op of [1, 2]) {
      const mark = `${op === 1 ? "q" : "r"}${i}`;
      const packet = arp(mark, { op, sha: sha as string, spa: spa as string, tha: to, tpa: them4 });
      own(mark, `ARP ${op}: ${spa} is at ${sha}`, ETH_ARP, packet, op === 1 ? ALL : to);
    }
  }
  // The same of IPv6, plain and wrapped in what ICMPv6 may be wrapped in.
  const nd = (mark: string, what: string, message: Discovery, dst = to): void => {
    for (const [i, wrapping] of (["plain", "hop-by-hop", "destination", "atomic fragment"] as const).entries()) {
      const name = `${mark}${i}`;
      own(name, `${what}, ${wrapping}`, ETH_IPV6, discovery(name, message, wrapping), dst);
    }
  };
  const from = (src: string, dst = them6): Between => ({ src, dst });
  nd("N", "advertisement of the gateway", { ...from(IP6), type: ND.NA, target: gateway6, mac: MAC });
  nd(
    "M",
    "advertisement of the neighbour",
    { ...from(LINK_LOCAL, "ff02::1"), type: ND.NA, target: them6, mac: MAC },
    ALL6,
  );
  nd("G", "advertisement by the gateway", { ...from(gateway6), type: ND.NA, target: gateway6, mac: MAC });
  nd("R", "router advertisement", { ...from(LINK_LOCAL, "ff02::1"), type: ND.RA, target: "::", mac: MAC }, ALL6);
  nd("D", "redirect", { ...from(LINK_LOCAL), type: ND.REDIRECT, target: IP6, mac: MAC });
  nd("S", "solicitation by the gateway", { ...from(gateway6), type: ND.NS, target: them6, mac: MAC });
  nd("P", "DAD of the neighbour's address", { ...from("::", "ff02::1"), type: ND.NS, target: them6, mac: MAC }, ALL6);
  // Its own address, at somebody else's hardware; the list of groups, asked for by who is no router.
  for (const [advert, solicit, mac] of [
    ["k", "K", FOREIGN_MAC],
    ["l", "L", to],
    ["m", "O", "ff:ff:ff:ff:ff:ff"],
  ] as const) {
    nd(advert, `advertisement of its own address at ${mac}`, { ...from(IP6), type: ND.NA, target: IP6, mac });
    nd(solicit, `solicitation by its own address at ${mac}`, { ...from(IP6), type: ND.NS, target: them6, mac });
  }
  nd("Q", "query for groups", { ...from(LINK_LOCAL, "ff02::1"), type: ND.MLD_QUERY, target: "::", mac: MAC }, ALL6);
  // In pieces, of which the first says what it is about.
  for (const [i, [type, target]] of [
    [ND.NA, gateway6],
    [ND.RA, "::"],
    [ND.REDIRECT, IP6],
  ].entries()) {
    const message = { ...from(LINK_LOCAL), type: type as number, target: target as string, mac: MAC };
    own(`X${i}`, `${type} in pieces`, ETH_IPV6, fragments(`X${i}`, message, 40)[0] as Uint8Array);
  }
  // Frames that are something else than they seem, or nothing known.
  const plain = ethernet(to, MAC, ETH_IP, udp4("W0", { src: IP4, dst: them4 }));
  put("W0", "802.1Q, own IPv4 inside", tagged(0x8100, 0, plain));
  put(
    "W1",
    "802.1Q, foreign inside",
    tagged(0x8100, 7, ethernet(ALL, MAC, ETH_ARP, arp("W1", { sha: MAC, spa: gateway4, tpa: them4 }))),
  );
  put("W2", "802.1ad", tagged(0x88a8, 7, ethernet(to, MAC, ETH_IP, udp4("W2", { src: them4, dst: gateway4 }))));
  put("W3", "two tags", tagged(0x88a8, 7, tagged(0x8100, 7, ethernet(to, MAC, ETH_IPV6, udp6("W3", from(them6))))));
  for (const [i, type] of [0x0027, 0x05dc, 0x8035, 0x8863, 0x8864, 0x8847, 0x88cc, 0x888e, 0x88b5, 0x9000].entries()) {
    own(`o${i}`, `ethertype 0x${type.toString(16)}`, type, raw(`o${i}`), ALL);
  }
  // IPv4 that says it is IPv6, and the other way round.
  own("x0", "IPv6 as IPv4", ETH_IP, udp6("x0", from(IP6)));
  own("x1", "IPv4 as IPv6", ETH_IPV6, udp4("x1", { src: IP4, dst: them4 }));
  return found;
};

/**
 * The gateway's and the neighbour's addresses advertised in pieces, so small that the first does not say which, or not even that it is an
 * advertisement: with two headers of options before it none does.
 */
const pieces = ({ network, neighbour }: World): Uint8Array[] =>
  [network.ipv6?.gateway as string, neighbour.ipv6 as string].flatMap((target) =>
    [ND.NA, ND.RA].flatMap((type) =>
      [8, 16, 24].flatMap((size) =>
        [0, 1, 2].flatMap((options) => {
          const message = { src: LINK_LOCAL, dst: neighbour.ipv6 as string, type, target, mac: MAC };
          return fragments("--", message, size, options).map((piece) => ethernet(neighbour.mac, MAC, ETH_IPV6, piece));
        }),
      ),
    ),
  );

/** Frames that pass in the end. */
const truths = ({ network, bridgeMac, neighbour }: World): Uint8Array[] => {
  const between = { src: IP6, dst: neighbour.ipv6 as string };
  return [
    ethernet(neighbour.mac, MAC, ETH_IP, udp4("!4", { src: IP4, dst: neighbour.ipv4 as string })),
    ethernet(neighbour.mac, MAC, ETH_IPV6, udp6("!6", between)),
    ethernet(ALL, MAC, ETH_ARP, arp("!a", { op: 1, sha: MAC, spa: IP4, tpa: network.ipv4?.gateway as string })),
    ethernet(neighbour.mac, MAC, ETH_IPV6, discovery("!n", { ...between, type: ND.NA, target: IP6, mac: MAC })),
    ethernet(bridgeMac, MAC, ETH_IP, udp4("!o", { src: IP4, dst: OUTSIDE[4] })),
    ethernet(bridgeMac, MAC, ETH_IPV6, udp6("!p", { src: IP6, dst: OUTSIDE[6] })),
  ];
};

for (const bridgeNf of [0, 1] as const) {
  live(`a hostile namespace, bridge-nf-call-iptables ${bridgeNf}`, () => {
    let host: TestHost;
    let networks: Networks;
    let hostile: Agent & { readonly where: string };
    let world: World;
    const agents: Record<string, Agent & { readonly where: string }> = {};
    const named = (name: string): Agent & { readonly where: string } =>
      agents[name] as Agent & { readonly where: string };
    const connect = (ports: readonly string[] = []): Promise<EndpointConfig> =>
      networks.connect("n", { netns: hostile.where, name: "hostile", mac: MAC, addresses: [IP4, IP6], ports });

    beforeAll(async () => {
      host = new TestHost(bridgeNf);
      networks = await Networks.open({ netns: host.netns });
      agents["outside"] = host.agent("outside", host.outside);
      agents["host"] = host.agent("host", host.netns);
      for (const name of ["neighbour", "third", "other"]) agents[name] = host.agent(name);
      hostile = host.agent("hostile");
      const network = await networks.create({
        name: "n",
        subnets: ["172.30.0.0/24", "fd00:30::/64"],
      });
      await networks.create({ name: "m", subnets: ["172.31.0.0/24", "fd00:31::/64"] });
      const neighbour = await networks.connect("n", { netns: named("neighbour").where, name: "neighbour" });
      await networks.connect("n", { netns: named("third").where, name: "third" });
      const other = await networks.connect("m", { netns: named("other").where, name: "other" });
      const bridgeMac = host.in(`ip -br link show ${network.bridge}`).split(/\s+/)[2] ?? "";
      world = { network, bridgeMac, neighbour, other };
      await named("neighbour").serve("tcp", [7000]);
      await named("host").serve("tcp", [7000]);
    });
    afterAll(async () => {
      networks?.close();
      await host?.[Symbol.asyncDispose]();
    });

    /** What every other namespace sees while something runs. */
    const watched = async (run: () => Promise<void>): Promise<Record<string, Record<string, number>>> => {
      const links: Record<string, string> = {
        neighbour: "eth0",
        third: "eth0",
        other: "eth0",
        host: world.network.bridge,
        outside: "up0",
      };
      for (const [name, link] of Object.entries(links)) await named(name).sniff(link);
      await run();
      const seen: Record<string, Record<string, number>> = {};
      for (const name of Object.keys(links)) {
        const marks = await named(name).seen();
        if (Object.keys(marks).length > 0) seen[name] = marks;
      }
      return seen;
    };
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

    test("what is true passes: the sniffers see it", async () => {
      await connect();
      const seen = await watched(async () => {
        await hostile.flood("eth0", truths(world));
        await pause(150);
        await hostile.stopFlood();
      });
      await networks.disconnect("n", "hostile");
      expect(Object.keys(seen["neighbour"] ?? {}).sort()).toEqual(["!4", "!6", "!a", "!n"]);
      expect(Object.keys(seen["outside"] ?? {}).sort()).toEqual(["!o", "!p"]);
      // To other MACs a bridge floods only what it has not learnt.
      expect(Object.keys(seen["host"] ?? {})).toEqual(expect.arrayContaining(["!a", "!o", "!p"]));
      expect(seen["other"]).toBeUndefined();
    });

    test("what is a lie passes at no time, while it is connected, published, and disconnected", async () => {
      const frames = lies(world);
      expect(Object.keys(frames).length).toBeGreaterThan(100);
      let flood = { sent: 0, links: 0 };
      const seen = await watched(async () => {
        await hostile.flood("eth0", Object.values(frames));
        // On a busy machine the process may miss a link or two.
        for (let i = 0; i < 7; i++) {
          await connect(["8080:80"]);
          await networks.publish("n", "hostile", { add: ["127.0.0.1:8081:81"] });
          await networks.publish("n", "hostile", { remove: ["8080:80", "127.0.0.1:8081:81"] });
          await networks.disconnect("n", "hostile");
        }
        flood = await hostile.stopFlood();
      });
      const passed = Object.fromEntries(
        Object.entries(seen).map(([where, marks]) => [
          where,
          Object.keys(marks).flatMap((mark) => Object.keys(frames).filter((key) => key.startsWith(mark))),
        ]),
      );
      expect(passed).toEqual({});
      expect(flood.links).toBeGreaterThanOrEqual(4);
      expect(flood.sent).toBeGreaterThan(10 * Object.keys(frames).length);
    });

    test("nor does it do anything: neighbours, entries and routes are what they were", async () => {
      await connect();
      // As a neighbour would that takes in pieces what RFC 6980 says it shall not.
      host.in(
        "sysctl -qw net.ipv6.conf.eth0.suppress_frag_ndisc=0 net.ipv6.conf.eth0.accept_ra=2",
        named("neighbour").where,
      );
      await hostile.flood("eth0", [...Object.values(lies(world)), ...pieces(world)]);
      await pause(300);
      const { network, neighbour, bridgeMac } = world;
      for (const v of [4, 6] as const) {
        const gateway = network[`ipv${v}`]?.gateway as string;
        const them = neighbour[`ipv${v}`] as string;
        expect(await named("host").ask("tcp", them, 7000)).toBe(`neighbour ${gateway}`);
        expect(await named("neighbour").ask("tcp", gateway, 7000)).toBe(`host ${them}`);
        expect(host.in(`ip -${v} neigh show ${gateway} dev eth0`, named("neighbour").where)).toContain(bridgeMac);
        expect(host.in(`ip -${v} neigh show ${them} dev ${network.bridge}`)).toContain(neighbour.mac);
      }
      await hostile.stopFlood();
      // Where the bridge looks for whom: by frames to 01:80:c2:00:00:0x it could learn what no chain sees.
      const fdb = host.in(`bridge fdb show br ${network.bridge}`).split("\n");
      const learnt = fdb.filter((line) => line.includes(neighbour.mac) && !line.includes("permanent"));
      for (const line of learnt) expect(line).toContain(neighbour.port);
      const bad = (await networks.endpoint("n", "hostile")).port;
      expect(fdb.filter((line) => line.includes(`dev ${bad} `) && !line.includes("permanent"))).toEqual(
        expect.not.arrayContaining([expect.stringMatching(new RegExp(`${FOREIGN_MAC}|${neighbour.mac}|${bridgeMac}`))]),
      );
      expect(host.in("ip -6 route show default proto ra", named("neighbour").where)).toBe("");
      await networks.disconnect("n", "hostile");
    });

    describe("127.0.0.1 of the host", () => {
      /** Frames to it from the endpoint's own addresses, to the bridge's MAC. */
      const crafted = (): Uint8Array[] =>
        [8082, 9].map((port, i) =>
          ethernet(world.bridgeMac, MAC, ETH_IP, udp4(`L${i}`, { src: IP4, dst: "127.0.0.1" }, port)),
        );
      test("with a port published there: nothing gets in, also after the bridge was renamed", async () => {
        const { bridge } = world.network;
        await networks.publish("n", "neighbour", { add: ["127.0.0.1:8082:7000/udp", "127.0.0.1:8082:7000/tcp"] });
        await connect();
        expect(await named("host").ask("tcp", "127.0.0.1", 8082)).toBe(`neighbour ${world.network.ipv4?.gateway}`);
        const received = (): string => /^Udp: \d+ \d+ /m.exec(host.in("cat /proc/net/snmp"))?.[0] ?? "";
        const lo = (): string => host.in("conntrack -L -d 127.0.0.1 -p udp 2>/dev/null; true");
        const before = received();
        expect(before).not.toBe("");
        await named("neighbour").sniff("eth0");
        await hostile.flood("eth0", crafted());
        await pause(100);
        host.in(`ip link set ${bridge} name other`);
        await pause(100);
        await hostile.stopFlood();
        host.in(`ip link set other name ${bridge}`);
        expect(await named("neighbour").seen()).toEqual({});
        expect(received()).toBe(before);
        expect(lo()).toBe("");
        await networks.disconnect("n", "hostile");
        await networks.publish("n", "neighbour", { remove: ["127.0.0.1:8082:7000/udp", "127.0.0.1:8082:7000/tcp"] });
      });
    });

    test("a bridge under another name passes nothing; a host's end neither", async () => {
      const { bridge, ipv4, ipv6 } = world.network;
      const gateways = [ipv4?.gateway as string, ipv6?.gateway as string];
      await connect(["8080:7000"]);
      await hostile.serve("tcp", [7000]);
      await named("outside").serve("tcp", [7000]);
      const to = [OUTSIDE[4], OUTSIDE[6]];
      const all = (who: Agent, where: readonly string[], port: number, timeout: number): Promise<string[]> =>
        Promise.all(where.map((address) => who.ask("tcp", address, port, { timeout })));
      const first = (answers: string[]): string[] => answers.map((answer) => answer.split(" ")[0] ?? "");
      expect(first(await all(hostile, to, 7000, PATIENCE.yes))).toEqual(["outside", "outside"]);
      expect(await named("outside").ask("tcp", "198.51.100.1", 8080)).toBe("hostile 198.51.100.2");
      host.in(`ip link set ${bridge} name other`);
      expect(await all(hostile, to, 7000, PATIENCE.no)).toEqual(["timeout", "timeout"]);
      expect(await named("outside").ask("tcp", "198.51.100.1", 8080, { timeout: PATIENCE.no })).toBe("timeout");
      host.in(`ip link set other name ${bridge}`);
      const { port } = await networks.endpoint("n", "hostile");
      host.in(`ip link set ${port} name renamed`);
      expect(await all(hostile, gateways, 7000, PATIENCE.no)).toEqual(["timeout", "timeout"]);
      expect(await all(hostile, to, 7000, PATIENCE.no)).toEqual(["timeout", "timeout"]);
      const seen = await watched(async () => {
        await hostile.flood("eth0", truths(world));
        await pause(100);
        await hostile.stopFlood();
      });
      expect(seen).toEqual({});
      host.in(`ip link set renamed name ${port}`);
      expect(first(await all(hostile, gateways, 7000, PATIENCE.yes))).toEqual(["host", "host"]);
      await networks.disconnect("n", "hostile");
    });
  });
}
