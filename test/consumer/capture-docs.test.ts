// The programs of docs/capture.md: compiled, then run one behind the other; the second reads what the first has written.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { programsOf, useProject } from "./project.ts";

const page = readFileSync("docs/capture.md", "utf8");
/** What the page says that its programs print. */
const printed = [...page.matchAll(/It prints:\n\n```\n(.*?)```/gs)].map(([, text = ""]) => text);
const { programs, compile, run } = useProject(programsOf(page));

test("they compile, and print what the page says", () => {
  expect(compile()).toEqual({ status: 0, stdout: "" });
  expect(programs).toHaveLength(4);
  expect(run(0)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(run(1)).toEqual({ status: 0, stdout: printed[0], stderr: "" });
  expect(run(2)).toEqual({ status: 0, stdout: printed[1], stderr: "" });
  expect(run(3)).toEqual({ status: 0, stdout: printed[2], stderr: "" });
});
