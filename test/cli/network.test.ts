// nlkit network, each command as its user types it, on the running kernel.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";

live("nlkit network", () => {
  const cli = useNetworkCli(3);
  const [a = "", b = "", c = ""] = cli.inside;
  const ping = (netns: string, address: string): string => inNetns(netns, "ping", "-c1", "-W1", address);

  describe("create", () => {
    test("a name is enough; it is printed", async () => {
      expect(await cli.ok(["create", "web"])).toBe("web\n");
      const [network] = await cli.json(["ls"]);
      expect(network).toMatchObject({ name: "web", bridge: "nl-web", endpoints: 0, health: "up" });
      expect(inNetns(cli.host, "ip", "-br", "link", "show", "web")).toContain("nl-web");
    });

    test("plain flags", async () => {
      const flags = [
        [
          "--subnet",
          "10.77.0.0/24",
          "--subnet",
          "fd77::/64",
          "--gateway",
          "10.77.0.254",
          "--ip-range",
          "10.77.0.128/25",
        ],
        ["--aux-address", "router=10.77.0.2", "--bridge", "br77", "--mtu", "1400", "--icc", "false", "--hairpin"],
        ["--gateway-mode", "ipv6=routed", "--snat", "192.0.2.1", "--host-binding", "127.0.0.1", "--trusted", "eth9"],
        ["--mac-policy", "address", "--label", "stage=test", "--label", "empty", "-o", "ageing_time=1000"],
      ].flat();
      const [made] = await cli.json(["create", "web", ...flags]);
      expect(made).toEqual({
        kind: "network",
        name: "web",
        bridge: "br77",
        ipv4: {
          subnet: "10.77.0.0/24",
          gateway: "10.77.0.254",
          range: "10.77.0.128/25",
          aux: { router: "10.77.0.2" },
          mode: "nat",
          snat: "192.0.2.1",
          hostBinding: "127.0.0.1",
        },
        ipv6: { subnet: "fd77::/64", gateway: "fd77::1", aux: {}, mode: "routed" },
        mtu: 1400,
        internal: false,
        icc: false,
        trusted: ["eth9"],
        hairpin: true,
        macPolicy: "address",
        bridgeOptions: { ageingTime: 1000 },
        labels: { stage: "test", empty: "" },
      });
      const [link] = JSON.parse(inNetns(cli.host, "ip", "-j", "-d", "link", "show", "br77"));
      expect(link).toMatchObject({ mtu: 1400, linkinfo: { info_kind: "bridge", info_data: { ageing_time: 1000 } } });
    });

    test("Docker's names of options; a plain flag beside one wins", async () => {
      const bridge = "com.docker.network.bridge";
      const options = [
        [
          "-o",
          `${bridge}.name=br78`,
          "--opt",
          "com.docker.network.driver.mtu=1300",
          "-o",
          `${bridge}.enable_icc=false`,
        ],
        ["-o", `${bridge}.enable_ip_masquerade=false`, "-o", `${bridge}.host_binding_ipv4=127.0.0.1`],
        ["-o", `${bridge}.gateway_mode_ipv4=nat-unprotected`, "-o", `${bridge}.gateway_mode_ipv6=routed`],
        ["-o", `${bridge}.trusted_host_interfaces=eth7:eth8`, "--ipv6", "--mtu", "1350"],
      ].flat();
      const [made] = await cli.json(["create", "web", ...options]);
      expect(made).toMatchObject({
        bridge: "br78",
        mtu: 1350,
        icc: false,
        trusted: ["eth7", "eth8"],
        ipv4: { mode: "nat-unprotected", hostBinding: "127.0.0.1" },
        ipv6: { mode: "routed" },
      });
      expect((made?.["ipv4"] as object | undefined) ?? {}).not.toHaveProperty("snat");
    });

    test("a firewall of somebody else that drops what the network needs is named, with the way through", async () => {
      const foreign =
        "add table ip other; add chain ip other forwards { type filter hook forward priority 0; policy drop; }";
      inNetns(cli.host, "nft", foreign);
      try {
        const { code, stdout, stderr } = await cli.run(["create", "web"]);
        expect([code, stdout]).toEqual([0, "web\n"]);
        expect(stderr).toMatch(/^nlkit: .*\bother\b.*\bforwards\b.*drop/m);
        expect(stderr).toContain("nft insert rule ip other forwards iifgroup 0x6e6c6b00 accept");
      } finally {
        inNetns(cli.host, "nft", "delete table ip other");
      }
    });

    test("--internal, --no-ipv4", async () => {
      const [made] = await cli.json(["create", "dark", "--internal", "--no-ipv4", "--ipv6"]);
      expect(made).toMatchObject({ internal: true, ipv6: { mode: "nat" } });
      expect(made).not.toHaveProperty("ipv4");
    });

    test("--enable-forwarding where forwarding is off", async () => {
      inNetns(cli.host, "sysctl", "-qw", "net.ipv4.ip_forward=0");
      try {
        const refused = await cli.run(["create", "web"]);
        expect(refused.code).toBe(1);
        expect(refused.stderr).toMatch(/^nlkit: net\.ipv4\.ip_forward is 0: .*--enable-forwarding.*\n$/);
        await cli.ok(["create", "web", "--enable-forwarding"]);
        expect(inNetns(cli.host, "sysctl", "-n", "net.ipv4.ip_forward")).toBe("1\n");
        await cli.ok(["rm", "web"]);
        expect(inNetns(cli.host, "sysctl", "-n", "net.ipv4.ip_forward")).toBe("0\n");
      } finally {
        inNetns(cli.host, "sysctl", "-qw", "net.ipv4.ip_forward=1");
      }
    });
  });

  describe("connect, disconnect", () => {
    test("neighbours and the gateway answer at once", async () => {
      await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64"]);
      expect(await cli.ok(["connect", "web", a])).toMatch(
        new RegExp(`^${a} eth0 10\\.77\\.0\\.2 fd77::2 [\\da-f:]{17}\n$`),
      );
      await cli.ok(["connect", "web", `/run/netns/${b}`, "--name", "second"]);
      for (const address of ["10.77.0.1", "10.77.0.3", "fd77::1", "fd77::3"]) {
        expect(ping(a, address)).toContain("1 received");
      }
      expect(await cli.ok(["disconnect", "web", "second"])).toBe("");
      expect(JSON.parse(inNetns(b, "ip", "-j", "link")).map((link: { ifname: string }) => link.ifname)).toEqual(["lo"]);
      const [gone] = await cli.json(["disconnect", "web", a]);
      expect(gone).toMatchObject({ kind: "endpoint", name: a, ipv4: "10.77.0.2" });
    });

    test("every option", async () => {
      await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64"]);
      const options = [
        [
          "--name",
          "db",
          "--ifname",
          "net7",
          "--ip",
          "10.77.0.9",
          "--ip6",
          "fd77::9",
          "--mac-address",
          "02:00:00:00:00:09",
        ],
        ["--gw-priority", "7", "--alias", "database", "--alias", "sql", "--route", "10.9.0.0/16=10.77.0.1"],
        [
          "--route",
          "10.8.0.0/16",
          "--sysctl",
          "net.ipv4.conf.IFNAME.log_martians=1",
          "-p",
          "8080:80",
          "-p",
          "53:53/udp",
        ],
        ["--label", "role=db", "--wait", "2.5", "--dad", "--announce", "0"],
      ].flat();
      const [made] = await cli.json(["connect", "web", a, ...options]);
      expect(made).toMatchObject({
        name: "db",
        netns: a,
        ifname: "net7",
        ipv4: "10.77.0.9",
        ipv6: "fd77::9",
        mac: "02:00:00:00:00:09",
        gatewayPriority: 7,
        aliases: ["database", "sql"],
        routes: [{ dst: "10.9.0.0/16", gateway: "10.77.0.1" }, { dst: "10.8.0.0/16" }],
        ports: [
          { protocol: "tcp", hostPort: 8080, port: 80 },
          { protocol: "udp", hostPort: 53, port: 53 },
        ],
        labels: { role: "db" },
      });
      expect(inNetns(a, "sysctl", "-n", "net.ipv4.conf.net7.log_martians")).toBe("1\n");
      expect(inNetns(a, "ip", "route")).toMatch(/10\.9\.0\.0\/16 via 10\.77\.0\.1 dev net7/);
    });

    test("pid:123; the higher --gw-priority has the default route, and gives it back", async () => {
      await cli.ok(["create", "one", "--subnet", "10.77.1.0/24"]);
      await cli.ok(["create", "two", "--subnet", "10.77.2.0/24"]);
      const process = spawn("nsenter", [`--net=/run/netns/${c}`, "--", "sleep", "60"]);
      try {
        await expect.poll(() => readFileSync(`/proc/${process.pid}/comm`, "utf8")).toBe("sleep\n");
        await cli.ok(["connect", "one", c, "--gw-priority", "1"]);
        expect(await cli.ok(["connect", "two", `pid:${process.pid}`, "--gw-priority", "2"])).toMatch(
          new RegExp(`^pid-${process.pid} eth1 `),
        );
        expect(inNetns(c, "ip", "route", "show", "default")).toContain("via 10.77.2.1");
        await cli.ok(["disconnect", "two", `pid-${process.pid}`]);
        // The next is found by the name that it was connected by.
        expect(inNetns(c, "ip", "route", "show", "default")).toContain("via 10.77.1.1");
      } finally {
        process.kill("SIGKILL");
      }
    });
  });

  test("publish, and --remove", async () => {
    await cli.ok(["create", "web"]);
    await cli.ok(["connect", "web", a, "-p", "8080:80"]);
    expect(await cli.ok(["publish", "web", a, "127.0.0.1:9000:90", "7000-7001:70-71/udp"])).toMatch(
      / \*:8080->80\/tcp 127\.0\.0\.1:9000->90\/tcp \*:7000->70\/udp \*:7001->71\/udp\n$/,
    );
    const [now] = await cli.json(["publish", "web", a, "--remove", "8080:80", "7000-7001:70-71/udp"]);
    expect(now?.["ports"]).toEqual([{ protocol: "tcp", hostAddress: "127.0.0.1", hostPort: 9000, port: 90 }]);
  });

  test("ls: a table, names, JSON; inspect: text", async () => {
    expect(await cli.ok(["ls"])).toBe("NAME  BRIDGE  ENDPOINTS  STATE  SUBNETS\n");
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--label", "stage=test"]);
    await cli.ok(["create", "longer-than-that", "--subnet", "10.78.0.0/24", "--bridge", "br78"]);
    await cli.ok(["connect", "web", a, "--alias", "db", "-p", "8080:80"]);
    expect(await cli.ok(["ls"])).toBe(
      [
        "NAME              BRIDGE  ENDPOINTS  STATE  SUBNETS",
        "longer-than-that  br78    0          up     10.78.0.0/24",
        "web               nl-web  1          up     10.77.0.0/24",
        "",
      ].join("\n"),
    );
    expect(await cli.ok(["ls", "-q"])).toBe("longer-than-that\nweb\n");
    expect((await cli.ok(["inspect", "web"])).replace(/nlk[\da-f]{8}|[\da-f]{2}(:[\da-f]{2}){5}/g, "X")).toBe(
      [
        "web: bridge nl-web",
        "  subnet 10.77.0.0/24 gateway 10.77.0.1 mode nat snat masquerade",
        "  icc on mac-policy random",
        '  label "stage"="test"',
        `  endpoint ${a} eth0 10.77.0.2 X *:8080->80/tcp`,
        `    namespace "${a}" port X gw-priority 0`,
        '    alias "db"',
        "",
      ].join("\n"),
    );
  });

  test("what inspect -j printed makes the same networks and endpoints again", async () => {
    await cli.ok([
      "create",
      "web",
      "--ipv6",
      "--icc",
      "false",
      "--label",
      "k=v",
      "--snat",
      "192.0.2.1",
      "--aux-address",
      "x=172.17.0.9",
      "--subnet",
      "172.17.0.0/24",
    ]);
    await cli.ok(["create", "plain", "--masquerade", "false", "--gateway-mode", "ipv4=nat"]);
    await cli.ok(["connect", "web", a, "--alias", "db", "-p", "8080:80", "--route", "10.9.0.0/16=172.17.0.1"]);
    await cli.ok(["connect", "plain", b, "--ifname", "net0"]);
    const before = await cli.ok(["inspect", "web", "plain", "-j"]);
    await cli.ok(["rm", "-f", "web", "plain"]);
    expect(await cli.ok(["create", "--from", "-", "--connect"], { input: before })).toBe("web\nplain\n");
    const after = await cli.ok(["inspect", "web", "plain", "-j"]);
    // The host's ends have new names.
    const same = (text: string): string => text.replace(/nlk[\da-f]{8}/g, "X");
    expect(same(after)).toBe(same(before));
  });

  test("--from: what can be made is, and a second call makes the rest; another network is refused", async () => {
    await cli.ok(["create", "web", "--subnet", "172.17.0.0/24", "--label", "k=v"]);
    await cli.ok(["create", "plain", "--subnet", "172.18.0.0/24"]);
    for (const netns of [a, b]) await cli.ok(["connect", "web", netns, "--name", `of-${netns}`]);
    await cli.ok(["connect", "plain", c]);
    const saved = await cli.ok(["inspect", "web", "plain", "-j"]);
    await cli.ok(["rm", "-f", "web", "plain"]);
    const from = (input: string) => cli.run(["create", "--from", "-", "--connect"], { input });
    // Its namespace is not there yet.
    const missing = saved.replace(`"netns":"${a}"`, '"netns":"nlkit-test-none"');
    const NONE = expect.stringMatching(/^nlkit: there is no namespace nlkit-test-none: [^\n]*\n$/);
    expect(await from(missing)).toEqual({ code: 1, stdout: "web\nplain\n", stderr: NONE });
    expect((await cli.json(["ls"])).map(({ endpoints }) => endpoints)).toEqual([1, 1]);
    expect(await from(missing)).toEqual({ code: 1, stdout: "", stderr: NONE });
    expect(await from(saved)).toEqual({ code: 0, stdout: "", stderr: "" });
    const same = (text: string): string => text.replace(/nlk[\da-f]{8}/g, "X");
    const sorted = (text: string): string[] => same(text).split(/[{}]/).sort();
    expect(sorted(await cli.ok(["inspect", "web", "plain", "-j"]))).toEqual(sorted(saved));
    // Others of the same names: nothing is connected to them, the rest is made.
    await cli.ok(["disconnect", "plain", c]);
    const other = saved.replace('"k":"v"', '"k":"w"');
    const { code, stdout, stderr } = await from(other);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      'nlkit: there is a network "web" already, and it is another one: labels {"k":"v"}, not {"k":"w"}\n' +
        `nlkit: not connected to network "web": ${[`of-${a}`, `of-${b}`].map((name) => `"${name}"`).join(", ")}\n`,
    );
    const moved = await from(saved.replace('"ipv4":"172.17.0.3"', '"ipv4":"172.17.0.9"'));
    expect(moved.stderr).toMatch(
      /^nlkit: there is an endpoint "of-\S+" on network "web" already, and it is another one: addresses [^\n]*\n$/,
    );
    expect((await cli.json(["ls"])).map(({ endpoints }) => endpoints)).toEqual([1, 2]);
  });

  test("ls -q and create print what rm takes, whatever the name is", async () => {
    const names = ['"; drop', "a\\b", "größe", "zero\u200bwidth"];
    const created: string[] = [];
    for (const name of names) created.push((await cli.ok(["create", name])).trimEnd());
    expect(created).toEqual(['"; drop', "a\\b", "größe", expect.stringMatching(/^nl-[\da-f]{10}$/)]);
    const listed = (await cli.ok(["ls", "-q"])).trimEnd().split("\n");
    expect([...listed].sort()).toEqual([...created].sort());
    await cli.ok(["rm", ...listed]);
    expect(await cli.ok(["ls", "-q"])).toBe("");
  });

  test("inspect: a link that somebody moved is not said to be where it was", async () => {
    await cli.ok(["create", "web"]);
    await cli.ok(["connect", "web", a]);
    expect(await cli.ok(["inspect", "web"])).not.toContain("moved");
    inNetns(a, "ip", "link", "set", "eth0", "netns", b);
    expect(await cli.ok(["inspect", "web"])).toContain(`\n    its link was moved to another namespace: "${b}"\n`);
    const saved = await cli.ok(["inspect", "web", "-j"]);
    expect(JSON.parse(saved)).toMatchObject({ endpoints: [{ netns: a, movedTo: b }] });
    await cli.ok(["rm", "-f", "web"]);
    // It comes back where it was made.
    await cli.ok(["create", "--from", "-", "--connect"], { input: saved });
    expect((await cli.json(["inspect", "web"]))[0]).toMatchObject({ endpoints: [{ netns: a }] });
    inNetns(a, "ip", "link", "show", "eth0");
  });

  test("rm: several; one that is not there does not keep the others", async () => {
    await cli.ok(["create", "one"]);
    await cli.ok(["create", "two"]);
    await cli.ok(["connect", "two", a]);
    const { code, stdout, stderr } = await cli.run(["rm", "one", "none", "two"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "one\n" });
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      'nlkit: there is no network "none"',
      `nlkit: network "two" has endpoints: "${a}". Disconnect them, or force it`,
    ]);
    expect(await cli.ok(["rm", "-f", "two"])).toBe("two\n");
  });

  test("prune: networks without endpoints, and links of which nothing is kept", async () => {
    await cli.ok(["create", "used"]);
    await cli.ok(["connect", "used", a]);
    await cli.ok(["create", "unused"]);
    expect(await cli.ok(["prune"])).toBe("network unused\n");
    inNetns(cli.host, "nft", "flush", "ruleset");
    const { stdout, stderr } = await cli.run(["ls", "-q"]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^nlkit: link nl-used has our group and nothing is kept of it: 1 endpoint is running on it; nlkit /m,
    );
    expect((await cli.json(["prune"])).map((one) => String(one["link"])).sort()).toEqual([
      "nl-used",
      expect.stringMatching(/^nlk[\da-f]{8}$/),
    ]);
    expect(inNetns(cli.host, "ip", "-br", "link").trim().split("\n").length).toBe(1);
  });
});
