// What the command says when somebody flushed, deleted or renamed what networks are made of.
import { expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";

live("nlkit network, after somebody else", () => {
  const cli = useNetworkCli(2);
  const [a = "", b = ""] = cli.inside;
  const host = (...args: [string, ...string[]]): string => inNetns(cli.host, ...args);

  test("a flushed ruleset: ls and inspect say what runs without firewall, prune that it may forward", async () => {
    await cli.ok(["create", "web"]);
    await cli.ok(["connect", "web", a, "-p", "127.0.0.1:8080:80"]);
    host("nft", "flush", "ruleset");
    const { stderr } = await cli.run(["ls"]);
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(
        /^nlkit: the firewall of nlkit's networks is gone \(was the ruleset flushed\?\): endpoints run without it/,
      ),
      expect.stringMatching(
        /^nlkit: link nl-web .*: 1 endpoint is running on it; nlkit network prune removes it, and cuts off/,
      ),
      expect.stringMatching(/^nlkit: link nlk[0-9a-f]{8} has our group and nothing is kept of it/),
      "",
    ]);
    const inspected = await cli.run(["inspect", "web"]);
    expect(inspected.stderr).toContain("the firewall of nlkit's networks is gone");
    expect(inspected.stderr).toMatch(/nothing is kept of network "web", .*`nlkit network prune` removes it/);
    const pruned = await cli.run(["prune"]);
    expect([pruned.code, pruned.stdout]).toEqual([0, expect.stringMatching(/^link nl-web\nlink nlk\S+\n$/)]);
    expect(pruned.stderr).toMatch(/^nlkit: net\.ipv4\.ip_forward and .* sysctl -w net\.ipv4\.ip_forward=0 .*\n$/);
    expect(host("ip", "-br", "link")).not.toMatch(/nl-|nlk/);
  });

  test("a deleted table: ls says so, rm -f ends clean", async () => {
    await cli.ok(["create", "web"]);
    await cli.ok(["connect", "web", a]);
    host("nft", "delete", "table", "bridge", "nlkit");
    expect((await cli.run(["ls"])).stderr).toBe(
      "nlkit: of the firewall is missing: table bridge nlkit; endpoints run without, the next change makes it anew\n",
    );
    const { code, stderr } = await cli.run(["rm", "-f", "web"]);
    expect([code, stderr]).toEqual([
      0,
      "nlkit: somebody changed the firewall of nlkit's networks; made anew, as it was missing: table bridge nlkit\n",
    ]);
    expect(host("nft", "list", "ruleset")).toBe("");
  });

  test("what is dead and goes on the way is a line each; a renamed bridge stays, and is a line too", async () => {
    await cli.ok(["create", "web"]);
    await cli.ok(["create", "more"]);
    await cli.ok(["connect", "web", a, "--name", "first"]);
    host("ip", "link", "set", "nl-web", "name", "br7");
    const { code, stderr } = await cli.run(["connect", "more", b]);
    expect([code, stderr]).toEqual([0, ""]);
    expect((await cli.run(["ls"])).stderr).toBe("nlkit: web: its link is called br7 now, and passes nothing\n");
    host("ip", "link", "delete", "br7");
    const { stderr: told } = await cli.run(["disconnect", "more", b]);
    expect(told.split("\n")).toEqual([
      expect.stringMatching(/^nlkit: removed endpoint first eth0 .* of nl-web: its link was gone, or never finished$/),
      "nlkit: removed network web, nl-web: its link was gone, or never finished",
      "",
    ]);
  });
});
