// npm run import-golden: adds to the fixtures, replaces what has the same name, and touches nothing else.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeMessage } from "../../src/index.ts";
import { parseGolden } from "../../src/testing/golden.ts";
import { everyItem, FIXTURES, hex } from "../support/fixtures.ts";

const bundled = mkdtempSync(join(tmpdir(), "nlkit-import-"));
const script = join(bundled, "import-golden.mjs");
beforeAll(async () => {
  const options = { bundle: true, platform: "node", format: "esm", target: "es2022", logLevel: "warning" } as const;
  await build({ entryPoints: ["scripts/import-golden.ts"], outfile: script, ...options });
});
afterAll(() => rmSync(bundled, { recursive: true }));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-import-"));
  cpSync(FIXTURES, join(folder, "fixtures"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => {
  const {
    status: code,
    stdout,
    stderr,
  } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: "utf8" });
  return { code, stdout, stderr };
};
/** Every file below a folder, with what is in it. */
const contents = (root: string): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(root, { recursive: true }) as string[])
      .filter((file) => statSync(join(root, file)).isFile())
      .map((file) => [file, readFileSync(join(root, file), "utf8")]),
  );
const now = () => contents(join(folder, "fixtures"));
const before = contents(FIXTURES);
const record = (name: string, recordings: readonly object[]): string => {
  writeFileSync(join(folder, name), JSON.stringify(recordings));
  return name;
};
const request = (ifname: string): string => hex(encodeMessage({ name: "RTM_NEWLINK", flags: 5, attrs: { ifname } }));
const recording = (name: string, command: string, protocol = "NETLINK_ROUTE") => ({
  name,
  command,
  protocol,
  exchanges: [{ request: request(command), replies: [] }],
});
/** The fixtures of a folder, as a recording of them would be. */
const recordedAgain = (name: string): object[] =>
  everyItem()
    .filter(({ file }) => file.startsWith(`${name}/`))
    .map(({ file, command, refused, datagrams }) => {
      const protocol = datagrams[0]?.protocol;
      const exchanges: { request: string; replies: string[] }[] = [];
      for (const { direction, bytes } of datagrams) {
        if (direction === ">") exchanges.push({ request: hex(bytes), replies: [] });
        else exchanges.at(-1)?.replies.push(hex(bytes));
      }
      return {
        name: file.slice(name.length + 1, -".txt".length),
        command,
        protocol,
        failed: refused,
        exchanges,
      };
    });

describe("import-golden", () => {
  test("what is added is added, what has the same name is replaced, the rest stays", () => {
    const file = record("mine.json", [
      recording("error-exists", "another command"),
      recording("of-my-own", "mine"),
      recording("foreign", "not read", "NETLINK_CRYPTO"),
    ]);
    const { code, stdout } = run(file, "iproute2");
    const count = everyItem().length;
    expect(code).toBe(0);
    expect(stdout).toMatch(`${count + 1} items: 1 new, 1 replaced, ${count - 1} as they were\n1 left out: `);
    const after = now();
    const differ = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(differ.sort()).toEqual(["iproute2/error-exists.txt", "iproute2/of-my-own.txt", "manifest.json"]);
    expect(Object.keys(before).filter((name) => after[name] === undefined)).toEqual([]);
    expect(after["iproute2/error-exists.txt"]).toContain('IFLA_IFNAME "another command"');
    const listed = JSON.parse(after["manifest.json"] ?? "") as { file: string; command: string }[];
    const index = everyItem().findIndex((item) => item.file === "iproute2/error-exists.txt");
    expect(listed[index]).toEqual({ file: "iproute2/error-exists.txt", command: "another command" });
    expect(listed.at(-1)).toEqual({ file: "iproute2/of-my-own.txt", command: "mine" });
  });
  test("lines of bulk.hex move up when one goes: the others' bytes stay", () => {
    expect(run(record("mine.json", [recording("link-del", "short")]), "iproute2")).toMatchObject({ code: 0 });
    const after = now();
    const lines = (after["iproute2/bulk.hex"] ?? "").trimEnd().split("\n");
    expect(lines.length).toBe((before["iproute2/bulk.hex"] ?? "").trimEnd().split("\n").length - 1);
    for (const { file, datagrams } of everyItem()) {
      if (!file.startsWith("iproute2/") || file.endsWith("/link-del.txt")) continue;
      const line = (reference: string) => Buffer.from(lines[Number(reference.split(":")[1]) - 1] ?? "", "hex");
      const { datagrams: there } = parseGolden(after[file] ?? "", line);
      expect(
        there.map(({ bytes }) => hex(bytes)),
        file,
      ).toEqual(datagrams.map(({ bytes }) => hex(bytes)));
    }
  });
  test("a new folder, with nothing long in it", () => {
    expect(run(record("mine.json", [recording("one", "x")]), "mine")).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, "fixtures/mine"))).toEqual(["one.txt"]);
  });
  test("recorded again, everything is as it was", () => {
    const folders = new Set(everyItem().map(({ file }) => file.replace(/\/.*/, "")));
    const args = [...folders].flatMap((name) => [record(`${name}.json`, recordedAgain(name)), name]);
    const count = everyItem().length;
    expect(run(...args)).toMatchObject({
      code: 0,
      stdout: `${count} items: 0 new, ${count} replaced, 0 as they were\n`,
    });
    expect(now()).toEqual(before);
  });
  test.each<[string, () => string[], RegExp]>([
    ["no arguments", () => [], /^usage: /],
    ["no folder", () => ["mine.json"], /^usage: /],
    ["a folder elsewhere", () => ["mine.json", "../elsewhere"], /is no folder/],
    ["a folder in a folder", () => ["mine.json", "a/b"], /is no folder/],
    ["the folder itself", () => ["mine.json", "."], /is no folder/],
    ["what is no folder of recordings", () => ["mine.json", "uapi"], /is no folder/],
    ["no such recording", () => ["nothing.json", "mine"], /^nothing\.json: ENOENT/],
    ["no recording", () => [record("not.json", {} as never), "mine"], /^not\.json: no list/],
    [
      "a name that leads away",
      () => [record("bad.json", [recording("../x", "x")]), "mine"],
      /^bad\.json: .* cannot name/,
    ],
    [
      "a good one, then a bad one",
      () => [record("good.json", [recording("x", "x")]), "mine", record("bad.json", [recording("a/b", "x")]), "mine"],
      /^bad\.json: /,
    ],
  ])("%s: refused, and nothing is written", (_name, args, words) => {
    const { code, stdout, stderr } = run(...args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(words);
    expect(now()).toEqual(before);
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });
});
