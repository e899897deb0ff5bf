// nlkit network check, as its user types it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";

live("nlkit network check", () => {
  const cli = useNetworkCli(3, "last");
  const [a = "", b = "", c = ""] = cli.inside;
  beforeAll(async () => {
    await cli.ok(["create", "web", "--subnet", "10.77.0.0/24", "--label", "x=y"]);
    await cli.ok(["create", "apart", "--subnet", "10.78.0.0/24", "--icc", "false"]);
    await cli.ok(["connect", "web", a, "--name", "desktop"]);
    await cli.ok(["connect", "web", b, "--name", "vnc", "--alias", "display"]);
    await cli.ok(["connect", "apart", c, "--name", "alone"]);
  });
  const listening = async (address: string, run: () => Promise<void>): Promise<void> => {
    const program = `require('net').createServer().listen(5900, '${address}', () => console.log('ready'))`;
    const server = spawn("nsenter", [`--net=/run/netns/${b}`, "--", process.execPath, "-e", program]);
    try {
      await once(server.stdout, "data");
      await run();
    } finally {
      server.kill("SIGKILL");
      await once(server, "exit");
    }
  };

  test("healthy: a word, exit code 0; by namespace or by endpoint", async () => {
    expect(await cli.run(["check", a, b])).toEqual({ code: 0, stdout: `${a} reaches ${b}\n`, stderr: "" });
    await listening("0.0.0.0", async () => {
      expect(await cli.ok(["check", "desktop", "vnc", "--port", "tcp/5900"])).toBe("desktop reaches vnc at tcp/5900\n");
      // As -p and every list write it; by alias.
      expect(await cli.ok(["check", "desktop", "display", "--port", "5900/tcp"])).toBe(
        "desktop reaches display at 5900/tcp\n",
      );
      expect(await cli.ok(["check", "desktop", "vnc", "--port", "5900"])).toBe("desktop reaches vnc at 5900\n");
      expect(await cli.ok(["check", "desktop", "vnc", "--port", "tcp/5900", "-j"])).toBe("");
    });
  });

  test("nobody listens; on 127.0.0.1 only: a line each, exit code 1", async () => {
    const { code, stdout, stderr } = await cli.run(["check", "desktop", "vnc", "--port", "tcp/5900"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^[^\n]*5900[^\n]*\n$/);
    const [finding] = (await cli.run(["check", a, b, "--port", "tcp/5900", "-j"])).stdout.trimEnd().split("\n");
    expect(JSON.parse(finding ?? "")).toMatchObject({ cause: "nobody-listens", says: expect.any(String) });
    await listening("127.0.0.1", async () => {
      const local = await cli.run(["check", a, b, "--port", "tcp/5900", "-j"]);
      expect(local.code).toBe(1);
      expect(JSON.parse(local.stdout)).toMatchObject({ cause: "listens-on-localhost" });
    });
  });

  test("the command that it names mends it", async () => {
    inNetns(b, "ip", "link", "set", "eth0", "down");
    const { code, stdout } = await cli.run(["check", a, b]);
    expect(code).toBe(1);
    const mend = /: (ip -n \S+ link set eth0 up)\n$/.exec(stdout)?.[1] ?? "";
    expect(mend).toBe(`ip -n ${b} link set eth0 up`);
    inNetns(cli.host, "sh", "-c", mend);
    expect(await cli.ok(["check", a, b])).toBe(`${a} reaches ${b}\n`);
  });

  test("two networks", async () => {
    const { code, stdout } = await cli.run(["check", "desktop", "alone", "-j"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout.split("\n")[0] ?? "")).toHaveProperty("cause");
  });

  test.each([
    [["check", "none", "vnc"], /^nlkit: there is no namespace and no endpoint "none"\n$/],
    [["check", "desktop", "/none"], /^nlkit: no such namespace: \/none\n$/],
    [["check", "desktop", "vnc", "--port", "icmp/5900"], /^nlkit: "icmp\/5900" is no port: tcp\/5900, udp\/53\n$/],
    [["check", "desktop", "desktop"], /^nlkit: [^\n]* one namespace[^\n]*\n$/],
    [["check", "desktop"], /^nlkit: missing required argument 'netnsB'\n$/],
    [["graph", "--svg", "/none/x.svg"], /^nlkit: cannot write \/none\/x\.svg: ENOENT\n$/],
  ] as const)("%j: 2", async (args, line) => {
    expect(await cli.run(args)).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(line) });
  });
});
