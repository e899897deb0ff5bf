// The README's table of tasks: each line is an example of a help text, and is run from the README's own words.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { needsRoot } from "../../src/cli/help/example.ts";
import { HELP } from "../../src/cli/help/table.ts";
import { live } from "../support/live.ts";
import { check } from "../support/stage.ts";

const [, table = ""] = readFileSync("README.md", "utf8").split("| I want to … | type this |\n| --- | --- |\n");
const [body = ""] = table.split("\n\n");
/** What for, and the command line; a cell cannot hold a bar of its own. */
const rows = body.split("\n").map((line) => {
  const [, task = "", command = ""] = /^\| (.+) \| `(.+)` \|$/.exec(line) ?? [];
  return { line, task, run: command.replaceAll("\\|", "|") };
});
const examples = Object.values(HELP).flatMap(({ examples }) => examples);
/** What it needs and shows is known to the help text that has it. */
const known = rows.map((row) => ({ ...row, example: examples.find(({ run }) => run === row.run) }));

test("every line has a task and a command, and what it needs is known", () => {
  expect(rows.length).toBeGreaterThanOrEqual(25);
  expect(rows.filter(({ task, run }) => task === "" || run === "")).toEqual([]);
  expect(known.filter(({ example }) => example === undefined).map(({ run }) => run)).toEqual([]);
});

const runnable = known.flatMap(({ task, run, example }) =>
  example === undefined ? [] : [{ task, example: { ...example, run } }],
);
const those = (root: boolean) =>
  runnable
    .filter(({ example }) => needsRoot(example.needs) === root)
    .map(({ task, example }) => [task, example.run, example] as const);

describe("for anybody", () => {
  test.each(those(false))("%s: %s", (_, __, example) => check(example));
});
live("as root", () => {
  test.each(those(true))("%s: %s", (_, __, example) => check(example));
});
