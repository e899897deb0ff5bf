// Many waits on one subscription: what they cost, that the first packet passes, and that lost events lose no wait.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { type Link, Rtnetlink } from "../../src/client/index.ts";
import { decodeMessages, NLM_F } from "../../src/index.ts";
import { carrierUp, portForwarding } from "../../src/network/ready.ts";
import { watching } from "../../src/network/watching.ts";
import { ConnectionClosed, openSocket, ping, recording, type Subscription } from "../../src/socket/index.ts";
import { live, useNetns, withNetns } from "../support/live.ts";

const SOON = { timeout: 10_000 };

/** A bridge and ports whose other ends are down; the ends are in the namespaces that are given, or here. */
const build = async (rtnl: Rtnetlink, count: number, netns: readonly string[] = []): Promise<Link[]> => {
  await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
  await rtnl.links.up("br0");
  const ports: Link[] = [];
  for (let i = 0; i < count; i++) {
    const peer = { attrs: { ifname: `e${i}` } };
    const port = await rtnl.links.add({ ifname: `p${i}`, linkinfo: { kind: "veth", data: { veth: { peer } } } });
    const inside = netns[i];
    if (inside !== undefined) await rtnl.links.setNetns(`e${i}`, inside);
    await rtnl.links.setMaster(port.header.index, "br0");
    await rtnl.links.up(port.header.index);
    ports.push(port);
  }
  return ports;
};

live("many", () => {
  test("200 waits cost two questions each at most, a third for the bridge, no dump and one subscription", () =>
    withNetns(async (netns) => {
      const asked: string[] = [];
      let sockets = 0;
      const socket = recording(openSocket({ protocol: 0, netns }), ({ direction, bytes }) => {
        if (direction === "<") return;
        for (const { name, flags } of decodeMessages(bytes)) {
          asked.push((flags & NLM_F.DUMP) === NLM_F.DUMP ? `dump of ${name}` : (name ?? ""));
        }
      });
      await using rtnl = Rtnetlink.over({
        ...socket,
        events: (options) => {
          sockets++;
          return socket.events?.(options) as never;
        },
      });
      const ports = await build(rtnl, 100);
      asked.length = 0;
      await using host = watching(rtnl);
      const waits = ports.flatMap(({ header }) => [
        carrierUp(host, header.index, SOON),
        portForwarding(host, header.index, SOON),
      ]);
      execFileSync("ip", ["-n", netns, "-batch", "-"], { input: ports.map((_, i) => `link set e${i} up`).join("\n") });
      await Promise.all(waits);
      expect(new Set(asked)).toEqual(new Set(["RTM_GETLINK"]));
      expect(asked.length).toBeLessThanOrEqual(100 * (2 + 3));
      expect(sockets).toBe(1);
    }));

  test("closed: whoever waits is told", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const [port] = await build(rtnl, 1);
      const host = watching(rtnl);
      const waits = [1, 2].map(() => carrierUp(host, port?.header.index ?? 0, SOON));
      host.close();
      for (const wait of waits) await expect(wait).rejects.toThrow(ConnectionClosed);
      await expect(carrierUp(host, port?.header.index ?? 0, SOON)).rejects.toThrow(ConnectionClosed);
    }));

  test("events that were lost", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const ports = await build(rtnl, 50);
      let events: Subscription<never> | undefined;
      /** The same, with room for one or two events. */
      const narrow = Object.assign(Object.create(rtnl) as Rtnetlink, {
        subscribe: (...[groups, options]: Parameters<Rtnetlink["subscribe"]>) => {
          const small = rtnl.subscribe(groups, { ...options, receiveBuffer: 2304 });
          events = small as never;
          return small;
        },
      });
      await using host = watching(narrow);
      const waits = ports.map(({ header }) => portForwarding(host, header.index, SOON));
      await new Promise((resolve) => setTimeout(resolve, 50));
      // The loop stands still while they come up.
      for (const i of ports.keys()) {
        const change = { header: { flags: 1, change: 1 }, attrs: { ifname: `e${i}` } };
        rtnl.connection.requestSync({ name: "RTM_NEWLINK", ...change });
      }
      expect(await Promise.all(waits)).toEqual(ports.map(() => true));
      expect(events?.counters.overruns).toBeGreaterThan(0);
    }));
});

live("packets", () => {
  const COUNT = 20;
  const ends = useNetns(COUNT);
  test("the first one passes, of each of twenty namespaces", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const ports = await build(rtnl, COUNT, ends);
      await rtnl.addresses.add("br0", "192.0.2.1/24");
      await using host = watching(rtnl);
      const first = ports.map(async ({ header }, i) => {
        await using inside = await Rtnetlink.open({ netns: ends[i] });
        await inside.addresses.add(`e${i}`, `192.0.2.${i + 10}/24`);
        await inside.links.up(`e${i}`);
        await portForwarding(host, header.index, SOON);
        // Less than the second after which ARP asks again: what is lost shows.
        return ping({ netns: ends[i], address: "192.0.2.1", timeout: 800 });
      });
      for (const ms of await Promise.all(first)) expect(ms).toBeGreaterThan(0);
    }));
});
