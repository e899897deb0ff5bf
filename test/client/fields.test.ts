// `fields` beside a filter: the same objects as without, and of each no more than was asked for.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AF } from "../../src/attrs/families.ts";
import { IFF } from "../../src/attrs/route/link.ts";
import { NUD } from "../../src/attrs/route/neighbour.ts";
import { type Neighbour, Rtnetlink } from "../../src/client/index.ts";
import { live, useNetns } from "../support/live.ts";

interface Message {
  readonly header: object;
  readonly attrs: object;
}
type List = (options?: { readonly fields: readonly string[] }) => Promise<Message[]>;

live("fields and filters", () => {
  const [netns] = useNetns(1) as [string];
  const run = (file: string, args: string): void => void execFileSync(file, ["-n", netns, ...args.split(" ")]);
  let rtnl: Rtnetlink;
  beforeAll(async () => {
    rtnl = await Rtnetlink.open({ netns });
    const up = { header: { flags: IFF.UP, change: IFF.UP } };
    await rtnl.links.add({ ifname: "br0", linkinfo: { kind: "bridge" } }, up);
    const data = { veth: { peer: { attrs: { ifname: "v1" } } } };
    await rtnl.links.add({ ifname: "v0", linkinfo: { kind: "veth", data } }, up);
    await rtnl.links.up("v1");
    await rtnl.links.setMaster("v0", "br0");
    await rtnl.addresses.add("br0", "10.1.0.1/24", { label: "br0:x" });
    await rtnl.addresses.add("v1", "10.2.0.1/24");
    const oif = await rtnl.links.index("br0");
    await rtnl.routes.add("10.5.0.0/16", { oif });
    await rtnl.routes.add("10.6.0.0/16", { oif, table: 1000 });
    run("ip", "route add 10.7.0.0/16 nexthop via 10.1.0.9 nexthop via 10.2.0.9");
    await rtnl.neighbours.add("br0", "10.1.0.9", { lladdr: "02:00:00:00:00:09" });
    await rtnl.neighbours.add("v0", "02:00:00:00:00:08", {}, { header: { family: AF.BRIDGE, flags: 4 } });
    await rtnl.rules.add({ src: "10.64.0.0/16", table: 1000, priority: 77 });
    await rtnl.nexthops.add({ id: 5, gateway: "10.1.0.9", oif });
    await rtnl.routes.add("10.8.0.0/16", { nhId: 5 });
    run("tc", "qdisc add dev v0 root handle 1: htb");
    run("tc", "class add dev v0 parent 1: classid 1:1 htb rate 1mbit");
  });
  afterAll(() => rtnl?.close());

  /** The kernel makes entries of its own, of multicast. */
  const permanent = (all: Neighbour[]) => all.filter(({ header }) => header.state === NUD.PERMANENT);
  const lists: [string, number, string, List][] = [
    ["links of a kind", 2, "ifname", (how) => rtnl.links.list({ kind: "veth" }, how)],
    ["links of a master", 1, "ifname", (how) => rtnl.links.list({ master: "br0" }, how)],
    ["links of both", 1, "ifname", (how) => rtnl.links.list({ master: "br0", kind: "veth" }, how)],
    ["links with IPv6 counters", 4, "ifname", (how) => rtnl.links.list({ statistics: true }, how)],
    ["ports by what was read for the filter", 1, "master", (how) => rtnl.links.list({ master: "br0" }, how)],
    ["routes by what was read for the filter", 1, "table", (how) => rtnl.routes.list({ table: 1000 }, how)],
    ["addresses of a link", 1, "label", (how) => rtnl.addresses.list({ link: "br0", family: AF.INET }, how)],
    ["routes of a link", 5, "dst", (how) => rtnl.routes.list({ oif: "br0", family: AF.INET, type: 1 }, how)],
    ["routes of a table", 1, "dst", (how) => rtnl.routes.list({ table: 1000 }, how)],
    ["routes of a small table", 5, "dst", (how) => rtnl.routes.list({ table: 254, family: AF.INET }, how)],
    ["routes of a protocol", 4, "dst", (how) => rtnl.routes.list({ protocol: 3 }, how)],
    ["routes of a type", 2, "dst", (how) => rtnl.routes.list({ type: 3 }, how)],
    [
      "neighbours of a link",
      1,
      "lladdr",
      (how) => rtnl.neighbours.list({ link: "br0", family: AF.INET }, how).then(permanent),
    ],
    ["rules of a table", 1, "src", (how) => rtnl.rules.list({ table: 1000 }, how)],
    ["rules of table main", 2, "protocol", (how) => rtnl.rules.list({ table: 254 }, how)],
    ["rules of a priority", 1, "src", (how) => rtnl.rules.list({ priority: 77 }, how)],
    ["next hops of a link", 1, "gateway", (how) => rtnl.nexthops.list({ oif: "br0", family: AF.INET }, how)],
    ["next hops of a master", 0, "gateway", (how) => rtnl.nexthops.list({ master: "br0" }, how)],
    ["groups of next hops", 0, "gateway", (how) => rtnl.nexthops.list({ groups: true }, how)],
    ["disciplines of a link", 1, "kind", (how) => rtnl.qdiscs.list({ link: "v0" }, how)],
    ["classes below a discipline", 1, "kind", (how) => rtnl.classes.list({ link: "v0", parent: "1:" }, how)],
    ["filters of a discipline", 0, "kind", (how) => rtnl.filters.list({ link: "v0", parent: "1:" }, how)],
  ];
  it.each(lists)("%s: %i", async (_what, count, name, list) => {
    const all = await list();
    expect(all).toHaveLength(count);
    const some = await list({ fields: [name] });
    // Flags may change meanwhile: carrier comes when it comes.
    const headers = (them: Message[]): object[] => them.map(({ header }) => ({ ...header, flags: 0 }));
    expect(headers(some)).toEqual(headers(all));
    const asked = (attrs: object): unknown => {
      const value = (attrs as Record<string, unknown>)[name];
      return value === undefined ? {} : { [name]: value };
    };
    expect(some.map(({ attrs }) => attrs)).toEqual(all.map(({ attrs }) => asked(attrs)));
  });

  it("of one thing", async () => {
    const { addresses, neighbours } = rtnl;
    expect((await addresses.get("br0", "10.1.0.1", { fields: ["label"] }))?.attrs).toEqual({ label: "br0:x" });
    expect((await addresses.get("br0", "10.1.0.1/24", { fields: ["local"] }))?.attrs).toEqual({ local: "10.1.0.1" });
    const header = { family: AF.BRIDGE };
    const lladdr = "02:00:00:00:00:08";
    // The bridge's own table, which is asked for in another way than that of a link.
    for (const link of ["br0", "v0"]) {
      expect((await neighbours.get(link, lladdr, { header, fields: ["lladdr"] })).attrs).toEqual({ lladdr });
    }
    expect((await rtnl.links.get("v0", { fields: ["ifname"] })).attrs).toEqual({ ifname: "v0" });
    const made = await rtnl.links.add(
      { ifname: "br7", linkinfo: { kind: "bridge" }, ifalias: "x" },
      { fields: ["ifname"] },
    );
    expect(made.attrs).toEqual({ ifname: "br7" });
    await rtnl.links.delete("br7");
  });

  it("a name that no message has is refused beside a filter too", async () => {
    await expect(rtnl.links.list({ kind: "veth" }, { fields: ["ifnam"] })).rejects.toThrow(/"ifnam"/);
  });

  it("a route over a next hop whose link the kernel does not tell is one of that link", async () => {
    execFileSync("ip", ["netns", "exec", netns, "sysctl", "-qw", "net.ipv4.nexthop_compat_mode=0"]);
    const found = await rtnl.routes.list({ oif: "br0", table: 254, family: AF.INET }, { fields: ["dst"] });
    expect(found.map(({ attrs }) => attrs)).toContainEqual({ dst: "10.8.0.0" });
  });
});
