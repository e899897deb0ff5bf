// A live table equals a fresh dump, whatever happened in between.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Rtnetlink, type TableChange, type Watched } from "../../src/client/index.ts";
import { IFF, type MessageInput, NLM_F } from "../../src/index.ts";
import { live, withNetns } from "../support/live.ts";
import { allRoutes, settles } from "./watch-settles.ts";

const LONG = process.env["NLKIT_LONG"] === "1";
const ip = (netns: string, ...args: string[]): void => void execFileSync("ip", ["-n", netns, ...args]);
const route = (i: number): MessageInput => ({
  name: "RTM_NEWROUTE",
  flags: NLM_F.CREATE | NLM_F.EXCL,
  header: { family: 2, dstLen: 32, table: 100, protocol: 4, type: 1, scope: 253 },
  attrs: { dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, oif: 1 },
});
const upLo = (rtnl: Rtnetlink): Promise<void> => rtnl.links.up("lo");

live("watch", () => {
  test("links: made, changed, renamed, enslaved, released, gone", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const changes: TableChange<Watched["link"]>[] = [];
      await using links = await rtnl.watch("link", { onChange: (change) => void changes.push(change) });
      expect(links.list().map(({ attrs }) => attrs.ifname)).toEqual(["lo"]);
      await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } });
      await rtnl.links.add({
        ifname: "v0",
        linkinfo: { kind: "veth", data: { veth: { peer: { header: {}, attrs: { ifname: "v1" } } } } },
      });
      await rtnl.links.set("v0", { master: await rtnl.links.index("br0") });
      await rtnl.links.up("v0");
      await rtnl.links.rename("v1", "w1");
      await links.until((table) => table.list().some(({ attrs }) => attrs.ifname === "w1"));
      // The port leaves: AF_BRIDGE says RTM_DELLINK, and the link is still there.
      await rtnl.links.set("v0", { master: 0 });
      await settles(links, () => rtnl.links.list());
      expect(
        links
          .list()
          .map(({ attrs }) => attrs.ifname)
          .sort(),
      ).toEqual(["br0", "lo", "v0", "w1"]);
      await rtnl.links.delete("v0");
      await links.until((table) => table.size === 2);
      expect(
        changes
          .filter(({ action }) => action === "del")
          .map(({ message }) => message.attrs.ifname)
          .sort(),
      ).toEqual(["v0", "w1"]);
      expect(links.resyncs).toBe(1);
      expect(links.list().length).toBe([...links].length);
    }));

  test("an event that does not tell all: the table is read again, and nothing was lost", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await upLo(rtnl);
      const told: (string | boolean)[] = [];
      await using routes = await rtnl.watch("route", {
        onChange: ({ action }) => told.push(action),
        onResync: (lost) => told.push(lost),
      });
      await rtnl.routes.add("10.9.0.0/16", { oif: 1 });
      // What was replaced is not said.
      await rtnl.routes.replace("10.9.0.0/16", { oif: 1, prefsrc: "127.0.0.1" });
      await routes.until((table) => table.resyncs > 1);
      expect(told).toEqual(["new", "del", "new", false]);
    }));

  test("addresses and neighbours, and what goes with a link", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await using addresses = await rtnl.watch("address");
      await using neighbours = await rtnl.watch("neighbour");
      ip(netns, "link", "add", "br0", "type", "bridge");
      ip(netns, "link", "set", "br0", "up");
      for (let i = 1; i < 30; i++) {
        await rtnl.addresses.add("br0", `10.0.${i}.1/24`);
        await rtnl.neighbours.add("br0", `10.0.${i}.2`, { lladdr: `02:00:00:00:00:${(i + 16).toString(16)}` });
      }
      await addresses.until((table) => table.list().filter(({ header }) => header.family === 2).length === 29);
      await neighbours.until((table) => table.list().filter(({ header }) => header.family === 2).length === 29);
      await settles(addresses, () => rtnl.addresses.list());
      await rtnl.links.delete("br0");
      await addresses.until((table) => table.size === 0);
      await neighbours.until((table) => table.list().every(({ header }) => header.family !== 2));
    }));

  test("routes: replaced, appended, multipath, and those that go without a word", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const all = (): Promise<Watched["route"][]> => allRoutes(rtnl);
      await using routes = await rtnl.watch("route");
      for (const dev of ["br0", "br1"]) {
        ip(netns, "link", "add", dev, "type", "bridge");
        ip(netns, "link", "set", dev, "up");
      }
      ip(netns, "addr", "add", "10.0.0.1/24", "dev", "br0");
      ip(netns, "addr", "add", "10.1.0.1/24", "dev", "br1");
      ip(netns, "addr", "add", "2001:db8::1/64", "dev", "br0", "nodad");
      ip(netns, "addr", "add", "2001:db8:1::1/64", "dev", "br1", "nodad");
      await settles(routes, all);
      const steps = [
        "route add 10.9.0.0/16 via 10.0.0.2",
        "route replace 10.9.0.0/16 via 10.0.0.3",
        "route append 10.9.0.0/16 via 10.1.0.3",
        "route add 10.8.0.0/16 nexthop via 10.0.0.2 nexthop via 10.1.0.2 weight 3",
        "route add 10.7.0.0/16 via 10.0.0.2 src 10.1.0.1",
        "-6 route add 2001:db8:9::/48 via 2001:db8::2",
        "-6 route append 2001:db8:9::/48 via 2001:db8:1::2",
        "-6 route del 2001:db8:9::/48 via 2001:db8::2",
        "route del 10.9.0.0/16 via 10.0.0.3",
        "addr del 10.1.0.1/24 dev br1",
        "link set br0 down",
        "link del br1",
      ];
      for (const step of steps) {
        ip(netns, ...step.split(" "));
        await settles(routes, all);
      }
    }));

  test(
    `a burst of ${LONG ? 100_000 : 10_000} while the loop is blocked: overrun, and a table that is right`,
    () =>
      withNetns(async (netns) => {
        await using rtnl = await Rtnetlink.open({ netns });
        await upLo(rtnl);
        // With its own buffer of 4 MiB it would hear each one.
        const lost: boolean[] = [];
        const options = { receiveBuffer: 128 * 1024, onResync: (isLost: boolean) => lost.push(isLost) };
        await using routes = await rtnl.watch("route", options);
        const count = LONG ? 100_000 : 10_000;
        const made = rtnl.connection.batchSync(
          Array.from({ length: count }, (_, i) => route(i)),
          { timeout: 60_000 },
        );
        expect(made.filter(({ status }) => status === "rejected")).toEqual([]);
        await routes.until((table) => table.list().filter(({ attrs }) => attrs.table === 100).length === count, {
          timeout: 30_000,
        });
        expect(routes.resyncs).toBeGreaterThan(1);
        expect(lost).toContain(true);
        expect(lost).toHaveLength(routes.resyncs - 1);
        await settles(routes, () => allRoutes(rtnl));
      }),
    120_000,
  );

  test("until: the time is over, a signal, and the end of the watch", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      const links = await rtnl.watch("link");
      await expect(links.until(() => false, { timeout: 20 })).rejects.toMatchObject({ name: "TimeoutError" });
      await expect(links.until(() => undefined, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
      const waiting = links.until(() => false);
      links.close();
      await expect(waiting).rejects.toThrow("closed");
      await links.done;
      const controller = new AbortController();
      const aborted = await rtnl.watch("link", { signal: controller.signal });
      controller.abort(new Error("enough"));
      // Somebody ended it: nobody has to handle that.
      await aborted.done;
      await expect(aborted.until(() => false)).rejects.toThrow("closed");
      await expect(rtnl.watch("link", { signal: controller.signal })).rejects.toThrow("enough");
    }));

  test("subscribe: groups by name", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await using events = rtnl.subscribe(["LINK", "IPV4_IFADDR"]);
      await rtnl.links.up("lo");
      await rtnl.links.set("lo", { mtu: 5000 });
      const { value } = await events.next();
      expect(value).toMatchObject({ action: "new", message: { attrs: { ifname: "lo" } } });
      expect(IFF.UP).toBe(1);
    }));
});
