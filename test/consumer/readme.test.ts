// The README's programs, in a fresh project as it describes one: compiled, then run.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { programsOf, useProject } from "./project.ts";

const readme = readFileSync("README.md", "utf8");
const { folder: project, programs, compile, run } = useProject(programsOf(readme));

test("its programs compile", () => {
  expect(programs).toHaveLength(5);
  expect(compile()).toEqual({ status: 0, stdout: "" });
});

test("nlkit and nlkit/capture need no @types/node", () => {
  writeFileSync(join(project, "pure.ts"), 'export * from "nlkit";\nexport { parseHex } from "nlkit/capture";\n');
  const options = { lib: ["es2022"], types: [], noEmit: true };
  expect(compile(options, ["pure.ts"])).toEqual({ status: 0, stdout: "" });
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
