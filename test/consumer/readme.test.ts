// The README's programs, in a fresh project as it describes one: compiled, then run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";

const readme = readFileSync("README.md", "utf8");
const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const OPTIONS = {
  module: "nodenext",
  target: "es2022",
  lib: ["es2022", "esnext.disposable"],
  strict: true,
  exactOptionalPropertyTypes: true,
  outDir: "out",
  rootDir: ".",
};

const project = mkdtempSync(join(tmpdir(), "nlkit-readme-"));
const tsc = (name: string, compilerOptions: object, files: readonly string[]) => {
  writeFileSync(join(project, name), JSON.stringify({ compilerOptions, files }));
  const { status, stdout } = spawnSync("npx", ["tsc", "-p", join(project, name)], { encoding: "utf8" });
  return { status, stdout };
};
const run = (program: number) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`out/${program}.js`], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(resolve("."), join(project, "node_modules/nlkit"));
  for (const name of ["@types/node", "undici-types"]) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  for (const [i, text] of programs.entries()) writeFileSync(join(project, `${i}.ts`), text);
});
afterAll(() => rmSync(project, { recursive: true }));

test("its programs compile", () => {
  expect(programs).toHaveLength(5);
  const files = programs.map((_, i) => `${i}.ts`);
  expect(tsc("tsconfig.json", { ...OPTIONS, types: ["node"] }, files)).toEqual({ status: 0, stdout: "" });
});

test("nlkit and nlkit/capture need no @types/node", () => {
  writeFileSync(join(project, "pure.ts"), 'export * from "nlkit";\nexport { parseHex } from "nlkit/capture";\n');
  const options = { ...OPTIONS, lib: ["es2022"], types: [], noEmit: true };
  expect(tsc("pure.json", options, ["pure.ts"])).toEqual({ status: 0, stdout: "" });
});

describe("those that need no root", () => {
  test("decode and encode", () => {
    const { status, stdout, stderr } = run(1);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^2 9000 undefined\n\[\n/);
  });
  test("a link kind of one's own", () => {
    const { status, stdout } = run(2);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Uint8Array\(\d+\)/);
  });
  test.skipIf(process.platform !== "linux")("a golden packet: made, then replayed", () => {
    expect(run(3)).toEqual({ status: 0, stdout: "", stderr: "" });
    const text = readFileSync(join(project, "lo.txt"), "utf8");
    expect(text).toMatch(/^# lo, as .*\n> NETLINK_ROUTE\n[^<]*IFLA_IFNAME "lo"\n[^<]*< NETLINK_ROUTE\n/);
    expect(run(4)).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\n$/), stderr: "" });
    const source = join(project, "out/4.js");
    writeFileSync(source, readFileSync(source, "utf8").replace('"lo")', '"eth0")'));
    const [sentence = ""] = /exchange 0: [^`]*/.exec(readme) ?? [];
    expect(run(4).stderr).toContain(`ReplayMismatch: ${sentence}\n`);
  });
});

live("the first one, as root", () => {
  // Somebody may have a namespace of that name.
  const machine = useMachine();
  test("runs as it stands, and again", () => {
    const program = `"${process.execPath}" "${join(project, "out/0.js")}"`;
    for (let i = 0; i < 2; i++) expect(machine.sh(program)).toMatch(/^192\.168\.100\.0 24\n(fe80:: 64\n)?$/);
    expect(machine.names()).toEqual([]);
  });
});
