// The programs of docs/: compiled, then run in a machine of their own that has a namespace `demo`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { programsOf, useProject } from "./project.ts";

/** Each page's programs with what they print. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  "docs/connections.md": ["[ 'fulfilled', 'rejected' ]\n", "new RTM_NEWLINK undefined\n", "new br9 undefined\n"],
  "docs/nf-tables.md": [
    "1 1 3 1\n",
    "1 ENOENT table\n2 EEXIST name\n0\nNFT_MSG_NEWTABLE NFT_MSG_NEWGEN\nERESTART\nEPERM\n0\n",
    "",
    "1\n1\nnew\ndel\n",
  ],
  "docs/sock-diag.md": ["6 undefined\n", "[]\ntrue\n"],
};
const found = Object.entries(PAGES).flatMap(([page, printed]) => {
  const programs = programsOf(readFileSync(page, "utf8"));
  return programs.map((text, i) => ({ page, text, printed: printed[i] }));
});
const { folder, compile } = useProject(found.map(({ text }) => text));

test("they compile", () => {
  expect(compile()).toEqual({ status: 0, stdout: "" });
  expect(found).toHaveLength(Object.values(PAGES).flat().length);
});

live("they print what the page says", () => {
  const machine = useMachine();
  beforeAll(() => void compile());
  test.each(found.map(({ page, printed }, i) => [page, i, printed] as const))("%s: program %i", (_page, i, printed) =>
    machine.withNetns("demo", async () => {
      const said = machine.sh(`"${process.execPath}" "${join(folder, `out/${i}.js`)}"`);
      expect(said).toBe(printed);
    }),
  );
});
