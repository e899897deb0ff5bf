// Somebody deletes, flushes and renames behind our back: the next call makes it anew or says what is in the way, whoever it is not about is
// left alone, and prune leaves nothing of ours.
import { afterEach, beforeEach, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import type { Reaped } from "../../src/network/watch.ts";
import { TestHost } from "../support/host.ts";
import { live } from "../support/live.ts";

live("what somebody changed behind our back", () => {
  let host: TestHost;
  let networks: Networks;
  let warnings: string[];
  let reaped: Reaped[];
  let spaces: string[];
  const open = (): Promise<Networks> =>
    Networks.open({
      netns: host.netns,
      onWarning: (text) => warnings.push(text),
      onReaped: (what) => reaped.push(what),
    });
  beforeEach(async () => {
    host = new TestHost(1);
    networks = await open();
    [warnings, reaped] = [[], []];
    spaces = [host.addNetns(), host.addNetns(), host.addNetns()];
    for (const name of ["web", "more"]) {
      const subnets = [name === "web" ? "10.81.0.0/24" : "10.82.0.0/24"];
      await networks.create({ name, subnets, ipv6: true });
    }
    await networks.connect("web", { netns: a(), ports: ["127.0.0.1:8080:80", "8081:81"] });
    await networks.connect("more", { netns: b() });
  });
  afterEach(async () => {
    for (const { config } of (await networks?.list()) ?? []) await networks.delete(config.name, { force: true });
    await networks?.prune();
    const left = host?.in("nft list ruleset; ip -br link");
    networks?.close();
    await host?.[Symbol.asyncDispose]();
    expect(left).not.toMatch(/nlkit|nl-|nlk[0-9a-f]{8}/);
  });
  const a = (): string => spaces[0] as string;
  const b = (): string => spaces[1] as string;
  const c = (): string => spaces[2] as string;
  /** Without handles, and without what is counted. */
  const ruleset = (): string => host.in("nft list ruleset");
  const sorted = (): string[] => ruleset().split("\n").sort();
  const reaches = (netns: string, source: string, target: string): boolean =>
    host.in(`ping -c1 -W1 -I ${source} ${target} >/dev/null && echo yes || echo no`, netns) === "yes\n";
  const localnet = (bridge: string): string => host.in(`sysctl -n net.ipv4.conf.${bridge}.route_localnet`).trim();

  test("the chain of a network is flushed: nothing gets in by it any more", async () => {
    await networks.create({ name: "third", subnets: ["10.83.0.0/24"], gatewayMode: "nat-unprotected" });
    const { ipv4 } = await networks.connect("third", { netns: c() });
    const target = ipv4 ?? "";
    const source = (await networks.inspect("more")).endpoints[0]?.config.ipv4 ?? "";
    expect(reaches(b(), source, target)).toBe(true);
    host.in("nft flush chain inet nlkit to_nl-third");
    expect(reaches(b(), source, target)).toBe(false);
  });

  const DAMAGE = {
    "table bridge nlkit": "nft delete table bridge nlkit",
    "rules of all chains of inet": "nft flush table inet nlkit",
    "rules of the guard": "nft flush chain bridge nlkit guard",
    "rule of localhost": "nft flush chain inet nlkit localhost",
    "a chain": "nft flush chain bridge nlkit prerouting; nft delete chain bridge nlkit prerouting",
    "a set": "nft flush chain inet nlkit published; nft delete map inet nlkit published4_any",
    "a network's chain":
      "nft delete element inet nlkit from_bridge '{ \"nl-web\" }'; nft delete chain inet nlkit from_nl-web",
  };
  test.each(Object.entries(DAMAGE))("%s: the next call makes it anew, whatever it is about", async (_, command) => {
    const before = sorted();
    for (const call of ["connect", "create", "publish", "reap"] as const) {
      host.in(command);
      expect((await networks.state()).missing).not.toEqual([]);
      // Another program's: nothing is remembered.
      await using others = await open();
      if (call === "connect") await others.connect("more", { netns: c() });
      if (call === "create") await others.create({ name: "third", subnets: ["10.83.0.0/24"] });
      if (call === "publish") await others.publish("web", a(), { add: ["8082:82"] });
      if (call === "reap") await others.reap();
      expect((await others.state()).missing).toEqual([]);
      expect(warnings.pop()).toMatch(/^somebody changed the firewall .* missing: /);
      expect(reaped).toEqual([]);
    }
    await networks.disconnect("more", c());
    await networks.delete("third");
    await networks.publish("web", a(), { remove: ["8082:82"] });
    expect(sorted()).toEqual(before);
    // It filters: who uses another address than its own is heard by nobody.
    host.in("ip addr add 10.81.0.77/24 dev eth0", a());
    expect([reaches(a(), "10.81.0.2", "10.81.0.1"), reaches(a(), "10.81.0.77", "10.81.0.1")]).toEqual([true, false]);
    expect(localnet("nl-web")).toBe("1");
  });

  test.each(Object.values(DAMAGE))("disconnect, delete and prune end clean: %s", async (command) => {
    const calls: readonly ((on: Networks) => Promise<unknown>)[] = [
      (on) => on.disconnect("more", b()),
      (on) => on.delete("web", { force: true }),
      (on) => on.prune(),
    ];
    for (const call of calls) {
      host.in(command.replaceAll("nl-web", ruleset().includes("nl-web") ? "nl-web" : "nl-more"));
      await using others = await open();
      await call(others);
    }
    expect(host.in("nft list ruleset; ip -br link")).not.toMatch(/nlkit|nl-|nlk[0-9a-f]{8}/);
  });

  test.each([
    "nft flush ruleset",
    "nft flush ruleset inet",
    "nft flush ruleset bridge; nft delete table inet nlkit",
    "nft delete table inet nlkit",
    "nft flush table inet nlkit; nft delete set inet nlkit metadata",
  ])("%s: 127.0.0.1 is closed by the next call, prune takes all, and all can be made again", async (command) => {
    host.agent("own", host.netns);
    host.in("sysctl -qw net.ipv4.conf.all.route_localnet=1; ip addr flush dev lo", a());
    host.in("ip route add 127.0.0.0/8 via 10.81.0.1", a());
    expect(reaches(a(), "10.81.0.2", "127.0.0.1")).toBe(false);
    host.in(command);
    await using others = await open();
    const { networks: kept, strays } = await others.state();
    expect([kept, strays.length]).toEqual([[], 4]);
    if (!ruleset().includes("inet")) expect(reaches(a(), "10.81.0.2", "127.0.0.1")).toBe(true);
    await expect(others.connect("web", { netns: c() })).rejects.toThrow(
      /nothing is kept of network "web", and its firewall is gone.*prune` removes it, and cuts it off/,
    );
    expect([localnet("nl-web"), reaches(a(), "10.81.0.2", "127.0.0.1")]).toEqual(["0", false]);
    expect((await others.prune()).links).toHaveLength(4);
    expect(warnings.join()).toMatch(/net\.ipv4\.ip_forward and net\.ipv6.* are 1, and what nlkit kept was flushed/);
    expect(host.in("nft list ruleset; ip -br link")).not.toMatch(/nlkit|nl-|nlk[0-9a-f]{8}/);
    await others.create({ name: "web", subnets: ["10.81.0.0/24"] });
    await others.connect("web", { netns: a() });
    expect(reaches(a(), "10.81.0.2", "10.81.0.1")).toBe(true);
  });

  test("create without prune, with what is left of the tables", async () => {
    host.in("nft delete table inet nlkit");
    await networks.create({ name: "new" });
    expect((await networks.state()).missing).toEqual([]);
    // Nobody knows it any more: its frames are not heard.
    expect(reaches(a(), "10.81.0.2", "10.81.0.1")).toBe(false);
  });

  test("a jump into a network's chain keeps that network, and no other", async () => {
    host.in("nft insert rule inet nlkit filter_forward jump to_nl-web");
    const [, handle] =
      /jump to_nl-web # handle (\d+)/.exec(host.in("nft -a list chain inet nlkit filter_forward")) ?? [];
    const message =
      `network "web": a rule in chain filter_forward jumps to its chain to_nl-web, and is not nlkit's: ` +
      `nft delete rule inet nlkit filter_forward handle ${handle}`;
    await expect(networks.delete("web", { force: true })).rejects.toMatchObject({ code: "IN_USE", message });
    // Nothing of it has gone.
    expect([reaches(a(), "10.81.0.2", "10.81.0.1"), (await networks.inspect("web")).endpoints.length]).toEqual([
      true,
      1,
    ]);
    host.in("ip link delete nl-web");
    for (const on of [networks, await open()]) {
      await on.connect("more", { netns: c() });
      await on.disconnect("more", c());
      await on.create({ name: "third" });
      await on.delete("third");
      expect(warnings.splice(0)).toEqual(Array.from({ length: 4 }, () => `could not be taken away: ${message}`));
      await expect(on.delete("web")).rejects.toMatchObject({ message });
      await expect(on.connect("web", { netns: c() })).rejects.toMatchObject({ message });
      if (on !== networks) on.close();
    }
    host.in(`nft delete rule inet nlkit filter_forward handle ${handle}`);
    await networks.reap();
    expect((await networks.list()).map(({ config }) => config.name)).toEqual(["more"]);
  });
  test("with the last network the jump goes too", async () => {
    host.in("nft insert rule inet nlkit filter_forward jump to_nl-web; ip link delete nl-web");
    await networks.disconnect("more", b());
    expect([...(await networks.prune()).networks].sort()).toEqual(["more", "web"]);
    expect(ruleset()).toBe("");
  });

  test.each(["one program", "another program"])("the alias of a bridge is put back, %s", async (who) => {
    const on = who === "one program" ? networks : await open();
    host.in("ip link set nl-web alias ''; ip link set nl-web down");
    await on.connect("more", { netns: c() });
    expect(host.in("ip link show nl-web")).toContain("alias nlkit network web");
    expect([(await on.inspect("web")).health, reaped]).toEqual(["up", []]);
    await on.disconnect("more", c());
    if (on !== networks) on.close();
  });
  test.each(["one program", "another program"])(
    "a renamed bridge is refused, and nothing of it goes, %s",
    async (who) => {
      const on = who === "one program" ? networks : await open();
      host.in("ip link set nl-web name br7");
      await on.connect("more", { netns: c() });
      await on.disconnect("more", c());
      const refused = { code: "CONFLICT", message: expect.stringContaining("`ip link set br7 name nl-web`") };
      await expect(on.connect("web", { netns: c() })).rejects.toMatchObject(refused);
      await expect(on.publish("web", a(), { add: ["9:9"] })).rejects.toMatchObject(refused);
      expect(await on.inspect("web")).toMatchObject({ health: "renamed", endpoints: [{ health: "up" }] });
      expect((await on.state()).strays).toEqual([]);
      host.in("ip link set br7 name nl-web");
      await on.connect("web", { netns: c() });
      expect([reaches(c(), "10.81.0.3", "10.81.0.2"), reaped]).toEqual([true, []]);
      host.in("ip link set nl-web name br7");
      await on.delete("web", { force: true });
      expect(host.in("ip -br link")).not.toContain("br7");
      if (on !== networks) on.close();
    },
  );
  test("a renamed host's end stays until it is disconnected", async () => {
    const { port } = await networks.endpoint("web", a());
    host.in(`ip link set ${port} name foo`);
    await networks.connect("web", { netns: c() });
    expect((await networks.inspect("web")).endpoints.map(({ health }) => health).sort()).toEqual(["renamed", "up"]);
    await networks.disconnect("web", a());
    expect([host.in("ip -br link").includes("foo"), reaped]).toEqual([false, []]);
  });

  test("what was dead and is taken away is told", async () => {
    host.in("ip link delete nl-web");
    host.in("ip link delete eth0", b());
    await networks.create({ name: "new" });
    expect(reaped).toMatchObject([{ networks: [{ name: "web" }], endpoints: [{ name: b() }, { name: a() }] }]);
    expect(await networks.reap()).toEqual({ networks: [], endpoints: [] });
  });
});
