// A live table stays right where the kernel changes something and tells it in another message, or not at all.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Rtnetlink } from "../../src/client/index.ts";
import { NLM_F } from "../../src/index.ts";
import { live, useNetns, withNetns } from "../support/live.ts";
import { allRoutes, settles } from "./watch-settles.ts";

const run = (netns: string, command: string): void => {
  const [file = "", ...args] = command.split(" ");
  execFileSync(file, ["-n", netns, ...args], { stdio: ["ignore", "ignore", "pipe"] });
};

live("what other messages tell", () => {
  const [elsewhere] = useNetns(1) as [string];

  test("routes: next hops, a source of IPv6, a sibling", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      run(netns, "ip link add va type veth peer name vb");
      for (const dev of ["va", "vb"]) run(netns, `ip link set ${dev} up`);
      run(netns, "ip addr add 10.0.0.1/24 dev va");
      for (const i of [1, 2]) run(netns, `ip addr add 2001:db8::${i}/64 dev va nodad`);
      await using routes = await rtnl.watch("route");
      const settled = (): Promise<void> => settles(routes, () => allRoutes(rtnl));
      const steps = [
        "ip nexthop add id 3 via 10.0.0.9 dev va",
        "ip nexthop add id 4 via 2001:db8::9 dev va",
        "ip route add 10.7.0.0/16 nhid 3",
        "ip -6 route add 2001:db8:7::/48 nhid 4",
        "ip nexthop replace id 3 via 10.0.0.10 dev va",
        "ip nexthop del id 3",
        "ip nexthop del id 4",
        "ip -6 route add 2001:db8:1::/48 via 2001:db8::9 src 2001:db8::2",
        "ip addr del 2001:db8::2/64 dev va",
      ];
      for (const step of steps) {
        run(netns, step);
        await settled();
      }
      const oif = await rtnl.links.index("va");
      // Neither EXCL nor APPEND: the second becomes a next hop of the first.
      for (const gateway of ["2001:db8::a", "2001:db8::b", "2001:db8::c"]) {
        const header = { family: 10, dstLen: 48, table: 254, protocol: 4, type: 1 };
        const attrs = { dst: "2001:db8:2::", gateway, oif };
        await rtnl.connection.request({ name: "RTM_NEWROUTE", flags: NLM_F.CREATE, header, attrs });
        await settled();
      }
    }));

  test("links: the state of a bridge's port, the other end of a veth, a discipline", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      await using links = await rtnl.watch("link");
      const steps = [
        "ip link add br0 type bridge",
        "ip link set br0 up",
        "ip link add va type veth peer name vb",
        "ip link set va master br0",
        "ip link set va up",
        "ip link set vb up",
        "bridge link set dev va state 1",
        "bridge link set dev va learning off",
        "ip link set vb down",
        "ip link set va down",
        "ip link set va nomaster",
        "tc qdisc replace dev va root pfifo",
        "tc qdisc replace dev va root handle 1: htb",
        "tc qdisc del dev va root",
        `ip link set vb netns ${elsewhere}`,
      ];
      for (const step of steps) {
        run(netns, step);
        await settles(links, () => rtnl.links.list());
      }
      run(elsewhere, `ip link set vb netns ${netns}`);
      await settles(links, () => rtnl.links.list());
      expect(links.size).toBe(4);
    }));

  test("a reading tells nothing that has not changed, whatever an event said of it", () =>
    withNetns(async (netns) => {
      await using rtnl = await Rtnetlink.open({ netns });
      // IPv6 gets ready after a while, which shows in `afSpec` and is told in no event: that would be a change.
      const off = ["all", "default"].map((name) => `net.ipv6.conf.${name}.disable_ipv6=1`);
      execFileSync("ip", ["netns", "exec", netns, "sysctl", "-qw", ...off]);
      const told: unknown[] = [];
      let readings = 0;
      await using links = await rtnl.watch("link", {
        onChange: ({ message }) => told.push(message.attrs.ifname),
        onResync: () => readings++,
      });
      run(netns, "ip link add br0 type bridge");
      run(netns, "ip link add va type veth peer name vb");
      for (const dev of ["br0", "va", "vb"]) run(netns, `ip link set ${dev} up`);
      run(netns, "ip link set va master br0");
      await settles(links, () => rtnl.links.list());
      expect(links.list().map(({ header }) => header.change)).toEqual([0, 0, 0, 0]);
      told.length = 0;
      run(netns, "tc qdisc add dev lo root pfifo");
      await links.until(() => readings > 0);
      expect(told).toEqual(["lo"]);
    }));
});
