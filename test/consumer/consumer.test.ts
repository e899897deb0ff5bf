// The built package as its users have it: compiled against its declarations, run from dist.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const built = readdirSync("dist", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js"))
  .map((file) => ({ file, code: readFileSync(`dist/${file}`, "utf8") }));

test("dist imports nothing that is not there", () => {
  expect(built.length).toBeGreaterThan(20);
  for (const { file, code } of built) {
    for (const [, from = ""] of code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]*)"/g)) {
      expect(existsSync(join("dist", dirname(file), from)), `${file}: ${from}`).toBe(true);
    }
  }
});

// A class or a registry that stood in two files would be two of them: what nlkit/client throws would be no KernelError of nlkit/socket.
test("every source stands in one file of dist", () => {
  const places = built.flatMap(({ file, code }) =>
    [...code.matchAll(/^\/\/ (src\/.*\.ts)$/gm)].map(([, source = ""]) => ({ source, file })),
  );
  const sources = places.map(({ source }) => source);
  expect(sources.length).toBeGreaterThan(150);
  expect(places.filter(({ source }, i) => sources.indexOf(source) !== i)).toEqual([]);
});

test("what one entry point throws is an instance of another's class", () => {
  const input = `
    import { route } from "nlkit";
    import { Rtnetlink } from "nlkit/client";
    import { KernelError } from "nlkit/socket";
    import { FakeKernel } from "nlkit/testing";
    const rtnl = Rtnetlink.over(new FakeKernel(route).on("RTM_NEWLINK", (_, reply) => reply.error(17)).transport());
    const error = await rtnl.links.add({ ifname: "d0", linkinfo: { kind: "bridge" } }).catch((error) => error);
    console.log(error instanceof KernelError, error.code);
  `;
  expect(execFileSync("node", ["--input-type=module", "-"], { encoding: "utf8", input })).toBe("true EEXIST\n");
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

// koffi is found from where the program is run: such a bundle has no import.meta.url.
test.skipIf(process.platform !== "linux")("a bundle in the form of CommonJS opens a socket", async () => {
  const result = await build({
    stdin: {
      contents: 'import { openSocket } from "nlkit/socket"; openSocket({ protocol: 0 }).close();',
      resolveDir: ".",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "silent",
  });
  const input = `${result.outputFiles[0]?.text}\nconsole.log(Object.keys(require.cache).length, "open");`;
  expect(execFileSync("node", ["--input-type=commonjs", "-"], { encoding: "utf8", input })).toMatch(
    /^[1-9]\d* open\n$/,
  );
});
