// nlkit network graph, on a machine of its own: it draws everything that there is.
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
/** Ports have random names. */
const same = (text: string): string => text.replace(/nlk[\da-f]{8}/g, "PORT");

live("nlkit network graph", () => {
  let pid = "";
  beforeAll(async () => {
    sh("sysctl -qw net.ipv4.ip_forward=1 && ip netns add one");
    // A namespace without a name, for as long as the machine is there.
    pid = sh("unshare --net sh -c 'echo $$; exec sleep 300' 2>/dev/null >/run/pid & sleep 0.5; cat /run/pid").trim();
    await ok("create", "web", "--subnet", "10.77.0.0/24");
    await ok("connect", "web", "one");
    await ok("connect", "web", `pid:${pid}`);
    return () => sh(`kill -9 ${pid}`);
  });

  test("a tree, with endpoints that have no name of `ip netns`", async () => {
    const [host, bridge, ...ports] = same(await ok("graph"))
      .trimEnd()
      .split("\n");
    expect([host, bridge]).toEqual(["host", "└─ nl-web bridge, up, 10.77.0.1/24"]);
    expect(ports.map((line) => line.slice(6)).sort()).toEqual([
      // Quoted: no name of `ip netns` can pass for it.
      `PORT forwarding ── "pid ${pid}": eth0 up, 10.77.0.3/24`,
      "PORT forwarding ── one: eth0 up, 10.77.0.2/24",
    ]);
  });

  test("DOT and SVG, to a file or standard output", async () => {
    expect(await ok("graph", "--dot", "/run/graph.dot", "--svg", "/run/graph.svg")).toBe("");
    expect(sh("cat /run/graph.dot")).toMatch(/^graph networks \{\n[\s\S]*10\.77\.0\.2\/24/);
    expect(sh("cat /run/graph.svg")).toMatch(/^<svg [\s\S]*10\.77\.0\.2\/24[\s\S]*<\/svg>\n$/);
    expect(await ok("graph", "--dot")).toBe(sh("cat /run/graph.dot"));
    expect(await ok("graph", "--svg", "-")).toBe(sh("cat /run/graph.svg"));
  });
});
