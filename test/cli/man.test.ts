// man/nlkit.1 as man itself, groff and mandoc read it. That it is of today `npm run check-man` says.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandTree, everyCommand } from "../../src/cli/command-tree.ts";
import { HELP } from "../../src/cli/help/table.ts";
import { programOf } from "../../src/cli/program.ts";

const PAGE = "man/nlkit.1";
const run = (file: string, ...args: string[]) => {
  // In columns that no example is wider than.
  const env = { ...process.env, MANWIDTH: "200", LC_ALL: "C.UTF-8", MANPAGER: "cat" };
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: "utf8", env });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
};
const SILENT = { status: 0, stdout: "", stderr: "" };

test("groff has no warning", () => expect(run("groff", "-man", "-ww", "-z", PAGE)).toEqual(SILENT));
test("mandoc has no objection, to style either", () =>
  expect(run("mandoc", "-T", "lint", "-W", "style", PAGE)).toEqual(SILENT));

test("man shows every command, option and example", async () => {
  const { status, stdout, stderr } = run("man", "-l", PAGE);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const all = everyCommand(commandTree(await programOf(() => {}, true)));
  const own = all.filter(({ path }) => !path.startsWith("nlkit help "));
  const options = own.flatMap((command) => command.options.map(({ term }) => term));
  const examples = Object.values(HELP).flatMap((help) => help.examples.map(({ run }) => run));
  const wanted = [...own.slice(1).map(({ usage }) => usage), ...options, ...examples];
  expect(wanted.length).toBeGreaterThan(200);
  expect(wanted.filter((text) => !stdout.includes(text))).toEqual([]);
});

test("the package has it", () => {
  const { man, files } = JSON.parse(readFileSync("package.json", "utf8")) as { man: string[]; files: string[] };
  // A string does as well in npm's documentation; npm 11 links a list only.
  expect(man).toEqual([`./${PAGE}`]);
  expect(files).toContain("man");
});
