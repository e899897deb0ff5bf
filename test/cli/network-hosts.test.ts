// nlkit network hosts, on a machine of its own: --write changes /etc/netns.
import { beforeAll, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { nlkit } from "./run.ts";

const machine = useMachine();
const { sh } = machine;
const run = (...args: string[]) => nlkit(["network", ...args], { under: machine.under() });
const ok = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(...args);
  if (code !== 0) throw new Error(`nlkit network ${args.join(" ")}: ${code}: ${stderr}`);
  return stdout;
};

live("nlkit network hosts", () => {
  beforeAll(async () => {
    // A copy of /etc over the real one, in this mount namespace alone.
    sh("mkdir /run/etc && cp -a /etc/. /run/etc/ && rm -rf /run/etc/netns && mount --bind /run/etc /etc");
    sh("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 && ip link set lo up");
    for (const name of ["one", "two", "three"]) sh(`ip netns add ${name}`);
    await ok("create", "web", "--subnet", "10.77.0.0/24", "--subnet", "fd77::/64");
    await ok("create", "back", "--subnet", "10.78.0.0/24");
    await ok("connect", "web", "one", "--alias", "db", "--alias", "two words");
    await ok("connect", "web", "two", "--name", "app", "--alias", "app.test");
    await ok("connect", "back", "two");
  });
  /** The machine's namespace is not that of process 1, and has no name. */
  const of = (): string => `of "net:[${sh("stat -Lc %i /proc/self/ns/net").trim()}]"`;
  const LINES = "10.77.0.3\tapp app.test\nfd77::3\tapp app.test\n10.77.0.2\tone db\nfd77::2\tone db\n";

  test("lines, and what cannot be one", async () => {
    const { code, stdout, stderr } = await run("hosts", "web");
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: LINES,
      stderr: 'nlkit: "two words" cannot stand in a hosts file\n',
    });
    const objects = (await ok("hosts", "web", "-j")).trimEnd().split("\n");
    expect(objects.map((line) => JSON.parse(line))[0]).toEqual({ address: "10.77.0.3", names: ["app", "app.test"] });
  });

  test("--write: the namespaces' own files, other lines kept; names resolve inside", async () => {
    sh(
      "mkdir -p /etc/netns/two && printf '# mine\\n1.2.3.4 mine.test\\n' > /etc/netns/two/hosts && chmod 600 /etc/netns/two/hosts",
    );
    expect(await ok("hosts", "web", "--write")).toBe("/etc/netns/one/hosts\n/etc/netns/two/hosts\n");
    const block = `# nlkit network "web" ${of()} begin\n${LINES}# nlkit network "web" ${of()} end\n`;
    expect(sh("cat /etc/netns/one/hosts")).toBe(
      `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${block}`,
    );
    expect(sh("cat /etc/netns/two/hosts")).toBe(`# mine\n1.2.3.4 mine.test\n${block}`);
    expect(sh("stat -c %a /etc/netns/two/hosts")).toBe("600\n");
    expect(sh("ls -A /etc/netns /etc/netns/one /etc/netns/two")).not.toMatch(/nlkit-|three/);
    // Whoever is started inside finds its neighbours by name.
    expect(sh("ip netns exec two ping -c1 -W1 -4 db")).toMatch(/10\.77\.0\.2.*\n[\s\S]* 1 received/);
    expect(sh("ip netns exec one getent hosts app.test")).toMatch(/fd77::3|10\.77\.0\.3/);

    // Nothing has changed: nothing is written.
    expect(await ok("hosts", "web", "--write")).toBe("");
    // A second network has a block of its own; the first follows what happens.
    expect(await ok("hosts", "back", "--write", "-j")).toBe('{"file":"/etc/netns/two/hosts"}\n');
    await ok("disconnect", "web", "one");
    // One that never was on it, a file that is none, and one that somebody has edited into half a block.
    sh("mkdir -p /etc/netns/three/hosts /etc/netns/four && echo x > /etc/netns/file");
    sh(`printf '# nlkit network "web" ${of()} begin\\n1.1.1.1 half\\n' > /etc/netns/four/hosts`);
    // The line of who has left had gone with it.
    expect(await ok("hosts", "web", "--write")).toBe("");
    expect(sh("cat /etc/netns/one/hosts")).toBe("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    expect(sh("cat /etc/netns/four/hosts")).toBe(`# nlkit network "web" ${of()} begin\n1.1.1.1 half\n`);
    expect(sh("cat /etc/netns/two/hosts")).toBe(
      [
        "# mine\n1.2.3.4 mine.test\n",
        `# nlkit network "web" ${of()} begin\n10.77.0.3\tapp app.test\nfd77::3\tapp app.test\n# nlkit network "web" ${of()} end\n`,
        `# nlkit network "back" ${of()} begin\n10.78.0.2\ttwo\n# nlkit network "back" ${of()} end\n`,
      ].join(""),
    );
    // One that goes takes its lines along.
    await ok("rm", "-f", "back");
    expect(sh("cat /etc/netns/two/hosts")).toBe(
      `# mine\n1.2.3.4 mine.test\n# nlkit network "web" ${of()} begin\n10.77.0.3\tapp app.test\nfd77::3\tapp app.test\n# nlkit network "web" ${of()} end\n`,
    );
  });

  test("two hosts with networks of one name: each has its own lines, by whatever name the host is called", async () => {
    const host = "other";
    sh(`ip netns add ${host} && ip netns exec ${host} sysctl -qw net.ipv4.ip_forward=1`);
    for (const name of ["five", "six"]) sh(`ip netns add ${name}`);
    const file = (name: string): string => sh(`cat /etc/netns/${name}/hosts 2>/dev/null || true`);
    await ok("create", "web", "--subnet", "10.88.0.0/24", "--internal", "--host", host);
    await ok("connect", "web", "five", "--host", host);
    await ok("connect", "web", "two", "--ifname", "up0", "--name", "far", "--host", host);
    await ok("connect", "web", "six");
    await ok("hosts", "web", "--write");
    const six = file("six");
    expect(six).toContain("\tsix\n");
    // One namespace is on both: a block of each.
    await ok("hosts", "web", "--write", "--host", host);
    expect(file("six")).toBe(six);
    expect(file("five")).toContain('# nlkit network "web" of "other" begin\n10.88.0.3\tfar\n10.88.0.2\tfive\n');
    expect(file("two")).toContain("\tsix\n");
    expect(file("two")).toContain("10.88.0.3\tfar\n");
    // The same namespace, said in another way.
    expect(await ok("hosts", "web", "--write", "--host", `/run/netns/${host}`)).toBe("");
    await ok("disconnect", "web", "five", "--host", `/run/netns/${host}`);
    expect(file("five")).not.toContain("far");
    expect(file("two")).not.toContain("five");
    await ok("rm", "-f", "nl-web", "--host", host);
    expect(file("two")).not.toContain("far");
    expect(file("two")).toContain("\tsix\n");
    // It goes in a way in which nobody is told: the network with its host.
    await ok("create", "web", "--subnet", "10.88.0.0/24", "--internal", "--host", host);
    await ok("connect", "web", "five", "--host", host);
    await ok("hosts", "web", "--write", "--host", host);
    sh(`ip netns delete ${host}`);
    expect(file("five")).toContain("\tfive\n");
    expect(await ok("hosts", "web", "--clear", "--host", host)).toBe("/etc/netns/five/hosts\n");
    expect(file("five")).not.toContain("nlkit");
    expect(file("six")).toBe(six);
    const both = await run("hosts", "web", "--clear", "--write");
    expect([both.code, both.stderr]).toEqual([
      2,
      "nlkit: --clear takes lines out, --write puts them in: one of them\n",
    ]);
  });

  test("a file that cannot be written: which, and nothing left beside it", async () => {
    sh("rm -rf /etc/netns/two && mkdir /etc/netns/two && mkdir /etc/netns/two/hosts");
    const { code, stderr } = await run("hosts", "web", "--write");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^nlkit: \w+ \/etc\/netns\/two\/hosts: EISDIR [^\n]*\n$/),
    });
    expect(sh("ls -A /etc/netns/two")).toBe("hosts\n");
  });
});
