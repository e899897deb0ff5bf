// nlkit completion: real shells are asked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandTree, everyCommand } from "../../src/cli/command-tree.ts";
import { programOf } from "../../src/cli/program.ts";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { bash, fish, fishByName, zsh, zshByName } from "../support/shells.ts";
import { nlkit } from "./run.ts";

const root = commandTree(await programOf(() => {}, true));
const all = everyCommand(root);
const GROUPS = "address conntrack link neighbour nexthop nft nsid route rule tc uevent xfrm";

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "nlkit-complete-"));
  writeFileSync(join(cwd, "capture one.pcap"), "");
  writeFileSync(join(cwd, "capture.pcap"), "");
  mkdirSync(join(cwd, "captures"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** What it is, a line, and what all three complete it to. */
const LINES = [
  ["a subcommand", "nlkit dec", "decode"],
  ["one of two that begin so", "nlkit mo", "monitor"],
  [
    "all of network",
    "nlkit network ",
    "check connect create disconnect graph hosts inspect list ls prune publish remove rm watch",
  ],
  ["help takes what there is help for", "nlkit help network conn", "connect"],
  ["a long option", "nlkit decode --loss", "--lossless"],
  ["one of a subcommand's subcommand", "nlkit network connect --gw", "--gw-priority"],
  ["a negated one", "nlkit network create --no", "--no-ipv4"],
  ["behind an option with a value, the next", "nlkit decode --in pcap --fl", "--flat"],
  ["choices of an option", "nlkit decode --in pc", "pcap pcapng"],
  ["the same behind =", "nlkit decode --in=pc", "pcap pcapng"],
  [
    "the same by its short name",
    "nlkit decode -p NETLINK_S",
    "NETLINK_SCSITRANSPORT NETLINK_SELINUX NETLINK_SMC NETLINK_SOCK_DIAG",
  ],
  ["choices of an argument", "nlkit dump ", "address conntrack link neighbour nexthop nft route rule socket tc xfrm"],
  ["of an argument that may be repeated", "nlkit monitor --timestamp link addr", "address"],
  ["shells", "nlkit completion ", "bash fish zsh"],
  ["what follows an option that a person types is nothing", "nlkit decode --filter ", ""],
  ["files", "nlkit decode c", "capture one.pcap capture.pcap captures"],
  ["files behind an option", "nlkit decode -w captures", "captures"],
  ["a subcommand behind options", "nlkit lab --bridge br1 d", "down"],
  ["options of what an alias stands for", "nlkit network remove --for", "--force"],
  ["another program's name", "nlkit trace -- xarg", "xargs"],
  ["the same without --", "nlkit netns exec nowhere xarg", "xargs"],
] as const;

const SHELLS = { bash, zsh, fish };
describe.each(Object.entries(SHELLS))("%s", (name, ask) => {
  /** fish puts the option in front of a value behind "=", zsh and bash do not; it escapes blanks, and ends folders. */
  const plain = (answer: readonly string[] = []): string =>
    answer
      .map((one) =>
        one
          .replace(/^--[\w-]+=/, "")
          .replaceAll("\\", "")
          .replace(/\/$/, ""),
      )
      .sort()
      .join(" ");
  let answers: string[][] = [];
  beforeAll(() => {
    const lines = LINES.map(([, line]) => line);
    answers = ask(lines, { cwd });
  }, 60_000);

  test.each(LINES.map((row, i) => [...row, i] as const))("%s: %s", (_, __, expected, i) => {
    expect(plain(answers[i])).toBe(expected);
  });

  test("every subcommand, and every option of it", () => {
    const below = all.filter(({ path }) => !path.startsWith("nlkit help "));
    const shown = ask(
      below.flatMap(({ path }) => [`${path} `, `${path} --`]),
      { cwd },
    );
    const missing = below.flatMap(({ path, commands, options }, i) => {
      const flags = options.flatMap(({ flags }) => flags).filter((flag) => flag.startsWith("--"));
      return [
        ...commands.flatMap(({ names }) => names).filter((one) => shown[2 * i]?.includes(one) !== true),
        ...flags.filter((flag) => shown[2 * i + 1]?.includes(flag) !== true),
      ].map((one) => `${path} ${one}`);
    });
    expect(below.length).toBeGreaterThan(25);
    expect(missing).toEqual([]);
  }, 60_000);

  live("names of what there is", () => {
    const machine = useMachine();
    const here = (line: string): string[] => ask([line], { cwd, under: machine.under() })[0] ?? [];
    test("namespaces, also those of options; links; none: nothing", () => {
      expect(here("nlkit netns delete ")).toEqual([]);
      machine.sh("ip netns add ns1; ip netns add ns2; ip link add br7 type bridge");
      expect(here("nlkit netns delete ")).toEqual(["ns1", "ns2"]);
      expect(here("nlkit dump link --netns n")).toEqual(["ns1", "ns2"]);
      expect(here("nlkit network connect web ")).toEqual(["ns1", "ns2"]);
      expect(here("nlkit network check ns1 ")).toEqual(["ns1", "ns2"]);
      // /sys is the machine's that the tests run on.
      expect(here("nlkit network create --trusted lo")).toContain("lo");
    });
    test("networks, where there are; asked of nlkit itself", async () => {
      const under = machine.under();
      for (const network of ["web", "db"]) {
        expect(await nlkit(["network", "create", network, "--enable-forwarding"], { under })).toMatchObject({
          code: 0,
        });
      }
      expect(here("nlkit network inspect ")).toEqual(["db", "web"]);
      expect(here("nlkit network rm web d")).toEqual(["db"]);
      await nlkit(["network", "rm", "web", "db"], { under });
    });
    test("a name is a word, whatever is in it", () => {
      const hostile = "z$(touch pwned)`touch pwned`;touch pwned";
      machine.sh(`ip netns add '${hostile}'`);
      const [found = ""] = here("nlkit netns delete z");
      // As the shell itself would read it.
      const read = name === "bash" ? machine.sh(`printf %s ${found}`) : found.replaceAll("\\", "");
      expect(read).toBe(hostile);
      expect(machine.sh(`ls '${cwd}'`)).not.toContain("pwned");
      machine.sh(`ip netns delete '${hostile}'`);
    });
  });
});

test.each([
  ["zsh", zshByName],
  ["fish", fishByName],
])("%s finds the script where it looks for one", (_, ask) => {
  expect(ask(["nlkit dec", "nlkit network conn"], { cwd })).toEqual([["decode"], ["connect"]]);
});

test("groups of monitor are those that it knows", () => {
  const monitor = root.commands.find(({ names: [name] }) => name === "monitor");
  expect([...(monitor?.args[0]?.words ?? [])].sort().join(" ")).toBe(GROUPS);
});

test("another shell: refused", async () => {
  const refused = { code: 2, stdout: "", stderr: 'nlkit: "tcsh" is none of bash, zsh, fish\n' };
  expect(await nlkit(["completion", "tcsh"])).toEqual(refused);
});
