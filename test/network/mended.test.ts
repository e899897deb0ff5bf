// Switches of the host follow the networks that need them, and ports that were published by somebody who was killed before the end work.
import { execFileSync } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { readSysctl } from "../../src/network/sysctl.ts";
import { live, useNetns } from "../support/live.ts";
import { type Mode, Strike, struckNetworks } from "../support/network-faults.ts";

live("switches", () => {
  const [host = "", a = ""] = useNetns(2);
  const on = { enableForwarding: true } as const;
  const switches = (): string =>
    ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"].map((name) => readSysctl(host, name)).join(" ");
  /** Families of which nothing is forwarded between foreign links. */
  const guards = (): string[] =>
    execFileSync("ip", ["netns", "exec", host, "nft", "list", "chain", "inet", "nlkit", "foreign"], {
      encoding: "utf8",
    })
      .split("\n")
      .flatMap((line) => /^\s*meta nfproto (ipv[46]) drop$/.exec(line)?.[1] ?? []);
  afterEach(async () => {
    await using networks = await Networks.open({ netns: host });
    for (const { config } of await networks.list()) await networks.delete(config.name, { force: true });
  });

  test("forwarding is set back, a family at a time, with the last network that needs it", async () => {
    await using networks = await Networks.open({ netns: host });
    await networks.create({ name: "inside", internal: true, ipv6: true });
    await networks.create({ name: "four" }, on);
    expect([switches(), guards()]).toEqual(["1 0", ["ipv4"]]);
    await networks.create({ name: "six", ipv4: false, ipv6: true }, on);
    expect([switches(), guards()]).toEqual(["1 1", ["ipv4", "ipv6"]]);
    await networks.delete("six");
    expect([switches(), guards()]).toEqual(["1 0", ["ipv4"]]);
    await networks.create({ name: "six", ipv4: false, ipv6: true }, on);
    await networks.delete("four");
    expect([switches(), guards()]).toEqual(["0 1", ["ipv6"]]);
    await networks.delete("six");
    expect([switches(), guards()]).toEqual(["0 0", []]);
    expect((await networks.list()).map(({ config }) => config.name)).toEqual(["inside"]);
  });

  /** Publishes on 127.0.0.1, and something goes wrong with the sysctl that comes last. */
  const publishing = async (mode: Mode): Promise<void> => {
    const count = new Strike(-1, mode);
    const ports = { add: ["127.0.0.1:8081:81"] };
    const counting = struckNetworks(host, count);
    count.arm();
    await counting.publish("web", a, ports);
    await counting.publish("web", a, { remove: ports.add });
    counting.close();
    const strike = new Strike(
      count.asked.findIndex((what) => what.startsWith("write")),
      mode,
    );
    const faulty = struckNetworks(host, strike);
    strike.arm();
    await expect(faulty.publish("web", a, ports)).rejects.toThrow("EIO");
    faulty.close();
  };
  const localnet = (): string | undefined => readSysctl(host, "net.ipv4.conf.IFNAME.route_localnet", "nl-web");

  test.each(["fail", "lost", "dead"] as const)("route_localnet: %s", async (mode) => {
    await using networks = await Networks.open({ netns: host });
    await networks.create({ name: "web" }, on);
    await networks.connect("web", { netns: a });
    await publishing(mode);
    if (mode === "dead") {
      // Published, and closed. Whatever is changed next opens it.
      expect([localnet(), (await networks.endpoint("web", a)).ports.length]).toEqual(["0", 1]);
      await networks.reap();
      expect(localnet()).toBe("1");
    } else {
      expect([localnet(), (await networks.endpoint("web", a)).ports.length]).toEqual(["0", 0]);
      await networks.publish("web", a, { add: ["127.0.0.1:8081:81"] });
      expect(localnet()).toBe("1");
    }
    await networks.disconnect("web", a);
    expect(localnet()).toBe("0");
  });
});
