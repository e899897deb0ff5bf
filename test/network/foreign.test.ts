// Firewalls of others: they are named, and the command that is named lets packets through.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { NFPROTO } from "../../src/attrs/netfilter/nfnetlink.ts";
import { NF } from "../../src/attrs/netfilter/nftables/data.ts";
import { NF_INET } from "../../src/attrs/netfilter/nftables/hook.ts";
import { newChain, newTable } from "../../src/client/nft/messages.ts";
import { Nftables } from "../../src/client/nft/nftables.ts";
import { foreignDrops } from "../../src/network/foreign.ts";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { legacyTest, live } from "../support/live.ts";

const base = (family: string, table: string, chain: string, policy: string, rules = ""): string =>
  `table ${family} ${table} {\n chain ${chain} {\n type filter hook forward priority 10; policy ${policy};\n ${rules}\n }\n}\n`;

live("firewalls of others", () => {
  let host: TestHost;
  let networks: Networks;
  let inside: Agent & { readonly where: string };
  const warnings: string[] = [];
  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns, onWarning: (message) => warnings.push(message) });
    await host.agent("outside", host.outside).serve("tcp", [7000]);
    inside = host.agent("inside");
  });
  beforeEach(async () => {
    host.in("nft flush ruleset");
    // Which says what a flush may have left.
    await networks.prune();
    warnings.length = 0;
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });
  const out = (timeout: number): Promise<string[]> =>
    Promise.all(([4, 6] as const).map((v) => inside.ask("tcp", OUTSIDE[v], 7000, { timeout })));
  const REACHED = [`outside ${UPLINK[4]}`, `outside ${UPLINK[6]}`];
  const make = async (): Promise<void> => {
    await networks.create({ name: "n", ipv6: true });
    await networks.connect("n", { netns: inside.where, name: "inside" });
  };

  test("none: nothing is said; nor of ours, of other hooks, of chains that only drop some", async () => {
    const some = base("inet", "a", "f", "accept", "ip saddr 192.0.2.1 drop\n counter\n log");
    host.in(
      "nft -f -",
      host.netns,
      `${some}table ip b {\n chain i {\n type filter hook input priority 0; policy drop;\n }\n}\n`,
    );
    await make();
    expect(warnings).toEqual([]);
    expect(await out(PATIENCE.yes)).toEqual(REACHED);
  });

  test.each([
    ["a policy", base("inet", "firewall", "forward", "drop"), "inet firewall chain forward has policy drop"],
    [
      "a last rule, as firewalld has",
      base(
        "inet",
        "firewalld",
        "filter_FORWARD",
        "accept",
        "ct state established,related accept\n counter reject with icmpx admin-prohibited",
      ),
      "inet firewalld chain filter_FORWARD drops all that no rule before accepts",
    ],
    ["the bridge's own", base("bridge", "guests", "f", "drop"), "bridge guests chain f has policy drop"],
  ])("%s is named, and the command that is named helps", async (_, ruleset, says) => {
    host.in("nft -f -", host.netns, ruleset);
    await make();
    const [warning = "", ...more] = warnings;
    expect(more).toEqual([]);
    expect(warning).toContain(`table ${says}: what networks forward ends there. Allow it with: nft insert rule `);
    // Through a bridge's chain goes only what stays on it.
    const isBridge = ruleset.includes("bridge");
    if (!isBridge) expect((await out(PATIENCE.no)).join()).not.toContain("outside");
    host.in(warning.replace(/^.*Allow it with: /, ""));
    if (!isBridge) expect(await out(PATIENCE.yes)).toEqual(REACHED);
  });

  test("what iptables-nft keeps is mended by iptables, in Docker's chain where there is one", async () => {
    const filter = (chains: string): string =>
      `table ip filter {\n${chains} chain FORWARD {\n type filter hook forward priority 0; policy drop;\n }\n}\n`;
    await using nft = await Nftables.open({ netns: host.netns });
    const command = (chain: string): string =>
      `iptables -I ${chain} -i nl-n -j ACCEPT; iptables -I ${chain} -o nl-n -j ACCEPT`;
    const says = "table ip filter chain FORWARD has policy drop: what networks forward ends there. Allow it with: ";
    host.in("nft -f -", host.netns, filter(""));
    expect(await foreignDrops(nft, "nl-n")).toEqual([says + command("FORWARD")]);
    host.in("nft flush ruleset; nft -f -", host.netns, filter(" chain DOCKER-USER {\n }\n"));
    expect(await foreignDrops(nft, "nl-n")).toEqual([says + command("DOCKER-USER")]);
  });

  legacyTest("a filter of iptables-legacy is named: what is in it cannot be seen", async () => {
    host.in("iptables-legacy -P FORWARD DROP; ip6tables-legacy -t nat -S");
    await make();
    expect(warnings).toEqual([
      "table ip filter of iptables-legacy is here, and perhaps drops what networks forward; look at it with: iptables-legacy -S FORWARD",
    ]);
    expect(await out(PATIENCE.no)).not.toContain(REACHED[0]);
    host.in("iptables-legacy -P FORWARD ACCEPT");
    expect(await out(PATIENCE.yes)).toEqual(REACHED);
  });

  test("several at once; names that no command could say are named without one", async () => {
    host.in("nft -f -", host.netns, base("ip6", "x", "f", "drop") + base("ip", "y", "f", "drop"));
    await using nft = await Nftables.open({ netns: host.netns });
    const hook = { hooknum: NF_INET.FORWARD, priority: 0 };
    const strange = "a; rm\n";
    await nft.apply([
      newTable(NFPROTO.INET, strange),
      newChain(NFPROTO.INET, strange, "c", { type: "filter", hook, policy: NF.DROP }),
    ]);
    const found = await foreignDrops(nft, "nl-n");
    expect(found.map((text) => text.split(" has ")[0]).sort()).toEqual([
      String.raw`table inet a; rm\n chain c`,
      "table ip y chain f",
      "table ip6 x chain f",
    ]);
    expect(found.filter((text) => text.includes("Allow it with"))).toHaveLength(2);
  });
});
