// Which flows end when an endpoint's ports change: those that came by a port that is gone, those to a port of the host that is published from
// now on, and no others. And that a range costs little more than a port.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Conntrack } from "../../src/client/conntrack.ts";
import type { GatewayMode } from "../../src/network/model.ts";
import { Networks } from "../../src/network/networks.ts";
import { openSocket, recording, type Transport } from "../../src/socket/index.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import { OUTSIDE, SECOND, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const VERSIONS = [4, 6] as const;
const PROTOCOLS = ["tcp", "udp"] as const;
const both = (...ports: string[]): string[] =>
  ports.flatMap((port) => PROTOCOLS.map((protocol) => `${port}/${protocol}`));

live("flows, when ports change", () => {
  let host: TestHost;
  let networks: Networks;
  let outside: Agent;
  let one: Agent & { readonly where: string };

  beforeAll(async () => {
    host = new TestHost(0);
    networks = await Networks.open({ netns: host.netns });
    outside = host.agent("outside", host.outside);
    one = host.agent("one");
    await Promise.all(PROTOCOLS.flatMap((p) => [one.serve(p, [7000, 7001]), outside.serve(p, [7500])]));
  });
  afterEach(async () => {
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });

  /** What flows there are to these ports, as they were begun: each with its number, which a new one does not have. */
  const flows = async (ports: readonly number[]): Promise<Map<string, number | undefined>> => {
    await using conntrack = await Conntrack.open({ netns: host.netns });
    const all = await conntrack.list();
    const found = all.flatMap(({ attrs: { tupleOrig, id } }) => {
      const { num, dstPort = 0, srcPort } = tupleOrig?.proto ?? {};
      const dst = tupleOrig?.ip?.v4Dst ?? tupleOrig?.ip?.v6Dst;
      return ports.includes(dstPort) ? [[`${num} ${srcPort} ${dst} ${dstPort}`, id] as const] : [];
    });
    return new Map(found);
  };
  const to = (list: ReadonlyMap<string, unknown>, port: number): string[] =>
    [...list.keys()].filter((text) => text.endsWith(` ${port}`)).sort();
  const ask = async (who: Agent, where: (v: 4 | 6) => string, port: number): Promise<void> => {
    for (const v of VERSIONS) {
      for (const protocol of PROTOCOLS) expect(await who.ask(protocol, where(v), port)).toMatch(/^(one|outside) /);
    }
  };

  test("one of several ports is taken back: what came by the others, and what the endpoint began, goes on", async () => {
    await networks.create({ name: "n", ipv6: true });
    await networks.connect("n", { netns: one.where, name: "one", ports: both("8080:7000", "8081:7001", "8082:7001") });
    for (const port of [8080, 8081, 8082]) await ask(outside, (v) => UPLINK[v], port);
    await ask(one, (v) => OUTSIDE[v], 7500);
    const before = await flows([8080, 8081, 8082, 7500]);
    expect(to(before, 8081)).toHaveLength(4);
    await networks.publish("n", "one", { remove: both("8081:7001") });
    const after = await flows([8080, 8081, 8082, 7500]);
    expect(to(after, 8081)).toEqual([]);
    expect(after).toEqual(new Map([...before].filter(([text]) => !text.endsWith(" 8081"))));
    expect(await outside.ask("udp", UPLINK[4], 8081, { timeout: PATIENCE.no })).not.toMatch(/^one/);
    await ask(outside, (v) => UPLINK[v], 8082);
  });

  test("the same port of two addresses: one of them", async () => {
    await networks.create({ name: "n" });
    const [first, second] = [`${UPLINK[4]}:8080:7000/udp`, `${SECOND[4]}:8080:7000/udp`];
    await networks.connect("n", { netns: one.where, name: "one", ports: [first, second] });
    for (const address of [UPLINK[4], SECOND[4]]) expect(await outside.ask("udp", address, 8080)).toMatch(/^one/);
    await networks.publish("n", "one", { remove: [first] });
    expect([...(await flows([8080])).keys()].map((text) => text.split(" ")[2])).toEqual([SECOND[4]]);
  });

  test("in mode routed: by the endpoint's own address", async () => {
    const gatewayMode: GatewayMode = "routed";
    const { ipv4 } = await networks.create({ name: "n", gatewayMode });
    const ports = ["8080:7000/udp", "8081:7001/udp"];
    const { ipv4: address = "" } = await networks.connect("n", { netns: one.where, name: "one", ports });
    host.in(`ip route add ${ipv4?.subnet} via ${UPLINK[4]}`, host.outside);
    for (const port of [7000, 7001]) expect(await outside.ask("udp", address, port)).toMatch(/^one/);
    const before = await flows([7000, 7001]);
    await networks.publish("n", "one", { remove: ["8081:7001/udp"] });
    expect(await flows([7000, 7001])).toEqual(new Map([...before].filter(([text]) => text.endsWith(" 7000"))));
    host.in(`ip route del ${ipv4?.subnet}`, host.outside);
  });

  test("a port is published on one address: what is sent to that port of others goes on", async () => {
    await networks.create({ name: "n" });
    await networks.connect("n", { netns: one.where, name: "one" });
    const send = async (address: string): Promise<void> => {
      const answer = await outside.ask("udp", address, 8080, { localPort: 5555, timeout: PATIENCE.no });
      // Nobody is there: a flow is there all the same.
      expect(answer).toMatch(/timeout|ECONNREFUSED/);
    };
    for (const address of [UPLINK[4], SECOND[4]]) await send(address);
    const before = await flows([8080]);
    expect(before.size).toBe(2);
    await networks.publish("n", "one", { add: [`${UPLINK[4]}:8080:7000/udp`] });
    const after = await flows([8080]);
    expect(after).toEqual(new Map([...before].filter(([text]) => text.includes(SECOND[4]))));
    expect(await outside.ask("udp", UPLINK[4], 8080, { localPort: 5555 })).toMatch(/^one/);
  });

  test("a range of 2,001 ports: as many questions as for one; a process that has one of them is named", async () => {
    const counted = async (run: (networks: Networks) => Promise<unknown>): Promise<number> => {
      const records: unknown[] = [];
      const open = (options: Parameters<typeof openSocket>[0]): Transport =>
        recording(openSocket(options), (record) => {
          if (record.direction === ">") records.push(record);
        });
      await using counting = await Networks.open({ netns: host.netns, open });
      await run(counting);
      return records.length;
    };
    await networks.create({ name: "n", ipv6: true });
    const connect = (ports: string[]): Promise<number> =>
      counted((on) => on.connect("n", { netns: one.where, name: "one", ports, wait: 0, announce: 0 }));
    const few = await connect(["20000:20000/udp"]);
    await networks.disconnect("n", "one");
    const many = await connect(["20000-22000:20000-22000/udp"]);
    expect(many).toBeLessThanOrEqual(few + 2);
    await networks.disconnect("n", "one");
    const busy = host.agent("busy", host.netns);
    await busy.serve("udp", [21000]);
    await expect(connect(["20000-22000:20000-22000/udp"])).rejects.toThrow(`21000 is taken by node (pid ${busy.pid})`);
  });
});
