// Every example of every help text, run for real.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commandTree, everyCommand } from "../../src/cli/command-tree.ts";
import { needsRoot } from "../../src/cli/help/example.ts";
import { HELP } from "../../src/cli/help/table.ts";
import { programOf } from "../../src/cli/program.ts";
import { live } from "../support/live.ts";
import { check } from "../support/stage.ts";
import { nlkit } from "./run.ts";

const paths = everyCommand(commandTree(await programOf(() => {}, true)))
  .map(({ path }) => path.replace(/^nlkit ?/, ""))
  .filter((path) => !path.startsWith("help "));

test("every command has a help text, and every help text a command", () => {
  expect(Object.keys(HELP).sort()).toEqual([...paths].sort());
});

const all = Object.entries(HELP).flatMap(([path, { examples }]) => examples.map((example) => ({ path, example })));
const rows = (root: boolean) =>
  all.filter(({ example }) => needsRoot(example.needs) === root).map(({ example }) => [example.run, example] as const);

describe("for anybody", () => {
  test.each(rows(false))("%s", (_, example) => check(example));
});
live("as root", () => {
  test.each(rows(true))("%s", (_, example) => check(example));
});

test.each(paths)("help %s: its options, and its examples", async (path) => {
  const { code, stdout, stderr } = await nlkit(["help", ...path.split(" ").filter(Boolean)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^Usage: nlkit ${path}`));
  for (const { run } of HELP[path]?.examples ?? []) expect(stdout).toContain(`\n  ${run}\n`);
});

test("no such command: refused", async () => {
  const { code, stderr } = await nlkit(["help", "network", "conect"]);
  expect(code).toBe(2);
  expect((await nlkit(["help", "foo"])).stderr).toMatch(/^nlkit: help: "foo" is none of decode, /);
  expect(stderr).toMatch(/^nlkit: help: "network conect": "conect" is none of create, connect, /);
});

test("the grammar of --filter is the parser's own", () => {
  const grammar = readFileSync("src/capture/filter-parse.ts", "utf8").match(/^\/\/ {3}\w+ += .*$/gm) ?? [];
  const [section] = HELP["decode"]?.sections ?? [];
  expect(section?.text[0]?.split("\n")).toEqual(grammar.map((line) => line.slice(3)));
  expect(grammar.length).toBeGreaterThan(6);
});
