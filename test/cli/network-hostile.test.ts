// Names, aliases and labels are anybody's text: they come back whole, and cannot move a cursor, end a line or pass for something else.
import { expect, test } from "vitest";
import { live } from "../support/live.ts";
import { inNetns, useNetworkCli } from "../support/network-cli.ts";

const ESC = "\u001b[2J\u001b]0;owned\u0007";
const LABELS: Readonly<Record<string, string>> = {
  esc: ESC,
  lines: 'a\nnlkit: all is well\r\n\u2028"quoted"\\',
  bidi: "\u202eevil\u202c\u2066x\u2069\u200b\ufeff",
  c1: "\u009b31m\u0085",
  "key\u001b[31m\n=": "x",
  long: "ä".repeat(30_000),
  empty: "",
  [`__proto__`]: "own",
};
/** What would do something to a terminal; a tab parts a line of hosts(5). */
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]/;
const lines = (text: string): string[] => text.trimEnd().split("\n");

live("hostile text", () => {
  const cli = useNetworkCli(1);
  const [a = ""] = cli.inside;
  const labels = Object.entries(LABELS).flatMap(([key, value]) => ["--label", `${key}=${value}`]);
  /** A key ends at the first "=". */
  const expected = Object.fromEntries(
    Object.entries(LABELS).map(([key, value]) => (key.endsWith("=") ? [key.slice(0, -1), `=${value}`] : [key, value])),
  );

  test("labels come back whole, and every output is printable, line by line", async () => {
    await cli.ok(["create", "web", ...labels]);
    await cli.ok(["connect", "web", a, "--alias", "ok", "--alias", "a b", ...labels]);
    const [network] = await cli.json(["inspect", "web"]);
    expect(network).toMatchObject({ labels: expected, endpoints: [{ labels: expected }] });
    for (const [args, count] of [
      [["inspect", "web", "-j"], 1],
      [["inspect", "web"], 1 + 2 + 2 * Object.keys(expected).length + 2 + 2],
      [["ls", "-j"], 1],
      [["ls"], 2],
      [["hosts", "web"], 1],
      [["connect", "web", a, "--dry-run"], undefined],
      [["rm", "-f", "web", "--dry-run"], undefined],
      [["rm", "-f", "web", "--dry-run", "-x"], undefined],
      [["rm", "-f", "web", "--dry-run", "-j"], undefined],
    ] as const) {
      const { stdout, stderr } = await cli.run(args);
      expect(stdout + stderr, args.join(" ")).not.toMatch(RAW);
      if (count !== undefined) expect(lines(stdout).length, args.join(" ")).toBe(count);
      expect(stdout).not.toMatch(/^nlkit: all is well/m);
    }
    // Who looks with other programs is not fooled either.
    expect(inNetns(cli.host, "nft", "list", "set", "inet", "nlkit", "metadata")).not.toMatch(/[^\n\t -~]/);
  });

  test("and back through --from", async () => {
    await cli.ok(["create", "web", ...labels]);
    const saved = await cli.ok(["inspect", "web", "-j"]);
    await cli.ok(["rm", "web"]);
    await cli.ok(["create", "--from", "-"], { input: saved });
    expect((await cli.json(["inspect", "web"]))[0]?.["labels"]).toEqual(expected);
  });

  test("in an error", async () => {
    for (const args of [
      ["create", `x${ESC}`],
      ["create", "web", "--subnet", `10.0.0.0${ESC}/8`],
      ["create", "web", "-o", `k${ESC}\n=v`],
      ["create", "web", "--mtu", ESC],
      ["connect", `none${ESC}\n`, a],
      ["inspect", `\u202enone\n`],
      ["rm", `\u202enone\n${ESC}`],
      ["disconnect", `none`, `\u009b`],
      ["create", "--from", `/none/${ESC}`],
      ["hosts", `${ESC}\nnone`],
    ]) {
      const { code, stdout, stderr } = await cli.run(args);
      expect(code, args.join(" ")).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).not.toMatch(RAW);
      expect(stderr).toMatch(/^nlkit: [^\n]+\n$/);
    }
  });
});
