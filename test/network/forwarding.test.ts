// Forwarding that is turned on for networks is on for networks only: what the host did not forward before it does not forward now.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Networks } from "../../src/network/networks.ts";
import { type Agent, PATIENCE } from "../support/agent.ts";
import { OUTSIDE, TestHost, UPLINK } from "../support/host.ts";
import { live } from "../support/live.ts";

const ELSEWHERE = { 4: "192.0.2.2", 6: "2001:db8:2::2" } as const;
const VERSIONS = [4, 6] as const;

live("a host that forwards nothing", () => {
  let host: TestHost;
  let networks: Networks;
  let outside: Agent;
  let inside: Agent & { readonly where: string };
  beforeAll(async () => {
    host = new TestHost(1);
    networks = await Networks.open({ netns: host.netns });
    outside = host.agent("outside", host.outside);
    const elsewhere = host.agent("elsewhere");
    inside = host.agent("inside");
    host.in(
      [
        "sysctl -qw net.ipv6.conf.default.accept_dad=0",
        `ip link add up1 type veth peer name up1 netns ${elsewhere.where}`,
        "ip link set up1 up",
        "ip addr add 192.0.2.1/24 dev up1",
        "ip addr add 2001:db8:2::1/64 dev up1",
        "sysctl -qw net.ipv6.conf.default.accept_dad=1",
      ].join(" && "),
    );
    const route =
      "ip link set up1 up && ip addr add 192.0.2.2/24 dev up1 && ip addr add 2001:db8:2::2/64 dev up1 nodad";
    host.in(
      `${route} && ip route add default via 192.0.2.1 && ip -6 route add default via 2001:db8:2::1`,
      elsewhere.where,
    );
    for (const v of VERSIONS) host.in(`ip -${v} route add default via ${UPLINK[v]}`, host.outside);
    await Promise.all([outside, elsewhere, inside].map((agent) => agent.serve("tcp", [7000])));
  });
  afterAll(async () => {
    networks?.close();
    await host?.[Symbol.asyncDispose]();
  });
  const through = (timeout: number): Promise<string[]> =>
    Promise.all(VERSIONS.map((v) => outside.ask("tcp", ELSEWHERE[v], 7000, { timeout })));

  test("with enableForwarding networks work, and others' links are still apart; then it forwards nothing again", async () => {
    expect(await through(PATIENCE.yes)).toEqual(VERSIONS.map((v) => `elsewhere ${OUTSIDE[v]}`));
    host.in("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
    expect((await through(PATIENCE.no)).join()).not.toContain("elsewhere");
    await expect(networks.create({ name: "n", ipv6: true })).rejects.toMatchObject({ code: "FORWARDING_OFF" });
    await networks.create({ name: "n", ipv6: true }, { enableForwarding: true });
    await networks.create({ name: "m", ipv6: true });
    await networks.connect("n", { netns: inside.where, name: "inside", ports: ["8080:7000"] });
    for (const v of VERSIONS) {
      expect(await inside.ask("tcp", OUTSIDE[v], 7000)).toBe(`outside ${UPLINK[v]}`);
      expect(await inside.ask("tcp", ELSEWHERE[v], 7000)).toMatch(/^elsewhere /);
      expect(await outside.ask("tcp", UPLINK[v], 8080)).toBe(`inside ${OUTSIDE[v]}`);
    }
    expect(await through(PATIENCE.no)).toEqual(["timeout", "timeout"]);
    // One of two networks goes: the other still needs it.
    await networks.delete("m");
    expect(host.in("sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding")).toBe("1\n1\n");
    expect(await through(PATIENCE.no)).toEqual(["timeout", "timeout"]);
    await networks.delete("n", { force: true });
    expect(host.in("sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding")).toBe("0\n0\n");
    expect((await through(PATIENCE.no)).join()).not.toContain("elsewhere");
  });

  test("a family that it forwarded already it goes on forwarding", async () => {
    host.in("sysctl -qw net.ipv6.conf.all.forwarding=1");
    const [four, six] = VERSIONS.map((v) => `elsewhere ${OUTSIDE[v]}`);
    await networks.create({ name: "n", ipv6: true }, { enableForwarding: true });
    const [now4, now6] = await through(PATIENCE.no);
    expect([now4, now6]).toEqual(["timeout", six]);
    await networks.delete("n");
    host.in("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=0");
    await networks.create({ name: "n", ipv6: true }, { enableForwarding: true });
    expect(await through(PATIENCE.no)).toEqual([four, "timeout"]);
    await networks.delete("n");
    host.in("sysctl -qw net.ipv4.ip_forward=0");
    // One family after the other.
    await networks.create({ name: "a" }, { enableForwarding: true });
    await networks.create({ name: "b", ipv4: false, ipv6: true }, { enableForwarding: true });
    expect(await through(PATIENCE.no)).toEqual(["timeout", "timeout"]);
    await networks.delete("a");
    await networks.delete("b");
    expect(host.in("sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding")).toBe("0\n0\n");
  });

  test("an internal network needs none", async () => {
    await networks.create({ name: "i", ipv6: true, internal: true });
    expect(host.in("sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding")).toBe("0\n0\n");
    await networks.delete("i");
  });
});
