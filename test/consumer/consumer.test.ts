// The built package as its users have it: compiled against its declarations, run from dist.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("dist imports nothing that is not there", () => {
  const files = readdirSync("dist", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  expect(files.length).toBeGreaterThan(60);
  for (const file of files)
    expect(readFileSync(`dist/${file}`, "utf8"), file).not.toMatch(/(from|import)\s*\(?\s*"\.[^"]*\.ts"/);
});

test("programs of others compile against the declarations", () => {
  const { status, stdout } = spawnSync("npx", ["tsc", "-p", "test/consumer"], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("a third party's link kind, run against dist", async () => {
  const result = await build({
    entryPoints: ["test/consumer/dummy.ts"],
    alias: { nlkit: "./dist/index.js" },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  const code = result.outputFiles[0]?.text ?? "";
  // By standard input: as an argument it may be too long.
  const output = execFileSync("node", ["--input-type=module", "-"], { encoding: "utf8", input: code });
  expect(JSON.parse(output)).toEqual({ color: 7, raw: 1, issues: 0 });
});
