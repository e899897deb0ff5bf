// What is measured with: a copy of dist, contenders bundled and compiled in a folder that is thrown away, and what this machine lacks.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import type { Column } from "./table.ts";

const FOLDER: string = resolve(`.tmp/bench-${process.pid}`);

export interface Tools {
  /** How each contender is started. */
  readonly commands: ReadonlyMap<Column, readonly string[]>;
  /** What is missing, and versions. */
  readonly notes: readonly string[];
}

/** The file of a contender that was bundled. */
export const bundled = (name: string): string => `${FOLDER}/${name}.mjs`;
export const removeFolder = (): void => rmSync(FOLDER, { recursive: true, force: true });

/** A program's output; undefined when it failed or is not there. */
export const output = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined => {
  const { status, stdout } = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, ...env } });
  return status === 0 ? stdout.trim() : undefined;
};

/** An entry point of the copy: "client/index". */
export const built = (entry: string): string => `${FOLDER}/dist/${entry}.js`;

/** The command as it was built when the run began. */
export const CLI: string = built("cli/nlkit");

/** Contenders import the entry points of the sources, for their types; what runs is the copy of dist: what users run. */
const fromDist: Plugin = {
  name: "from-dist",
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const entry = relative(resolve("src"), resolve(resolveDir, path)).replace(/\.ts$/, "");
      return { path: built(entry), external: true };
    });
  },
};

const bundle = async (): Promise<void> => {
  const contenders = readdirSync("bench/contenders").filter((file) => file.endsWith(".ts"));
  await build({
    entryPoints: contenders.map((file) => `bench/contenders/${file}`),
    outdir: FOLDER,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    packages: "external",
    logLevel: "warning",
    plugins: [fromDist],
  });
};

const aptInstall = (...packages: string[]): boolean =>
  process.getuid?.() === 0 &&
  output("apt-get", ["install", "-y", "--no-install-recommends", ...packages], {
    DEBIAN_FRONTEND: "noninteractive",
  }) !== undefined;

const compile = (source: string, ...libraries: string[]): string[] | undefined => {
  const program = `${FOLDER}/${basename(source, ".c")}`;
  const args = ["-O2", "-o", program, source, ...libraries];
  return output("gcc", args) === undefined ? undefined : [program];
};

const pyroute2 = (): string[] | undefined => {
  // The one of a version manager hides the one that apt installs for.
  const found = ["python3", "/usr/bin/python3"].find(
    (python) => output(python, ["-c", "import pyroute2"]) !== undefined,
  );
  return found === undefined ? undefined : [found, resolve("bench/contenders/python.py")];
};

const go = (): string[] | undefined => {
  const program = `${FOLDER}/go-netlink`;
  const source = resolve("bench/contenders/go/main.go");
  // Debian packages the library's source (golang-github-vishvananda-netlink-dev): no module proxy is needed for that.
  const env = { GO111MODULE: "off", GOPATH: process.env["GOPATH"] ?? "/usr/share/gocode" };
  return output("go", ["build", "-o", program, source], env) === undefined ? undefined : [program];
};

/** Outside the project, and kept there between runs. */
const npmNetlink = (): string[] | undefined => {
  const folder = `${tmpdir()}/nlkit-bench-npm`;
  mkdirSync(folder, { recursive: true });
  const install = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "netlink@0.3.0"];
  const there = `${folder}/node_modules/netlink`;
  if (!existsSync(there) && output("npm", install) === undefined) return undefined;
  process.env["NLKIT_BENCH_NPM"] = folder;
  return [process.execPath, bundled("npm-netlink")];
};

/** Makes everything ready. Nothing of it is measured. */
export const prepare = async (quick: boolean): Promise<Tools> => {
  if (!existsSync("dist")) throw new Error("no dist: npm run build");
  mkdirSync(FOLDER, { recursive: true });
  // A build or a test run beside us writes dist anew.
  cpSync("dist", dirname(dirname(CLI)), { recursive: true });
  cpSync("package.json", `${FOLDER}/package.json`);
  await bundle();
  const notes: string[] = [];
  const commands = new Map<Column, readonly string[]>([["nlkit", [process.execPath, bundled("nlkit-dumps")]]]);
  const add = (column: Column, missing: string, make: () => string[] | undefined): void => {
    const command = make();
    if (command === undefined) notes.push(`left out: ${missing}`);
    else commands.set(column, command);
  };
  add("floor", "C floor, and every ratio to it (apt-get install gcc libc6-dev)", () => {
    return compile("bench/c/floor.c") ?? (aptInstall("gcc", "libc6-dev") ? compile("bench/c/floor.c") : undefined);
  });
  add("libmnl", "C with libmnl (apt-get install gcc libmnl-dev)", () => {
    return (
      compile("bench/c/mnl.c", "-lmnl") ?? (aptInstall("libmnl-dev") ? compile("bench/c/mnl.c", "-lmnl") : undefined)
    );
  });
  add("ip", "ip (apt-get install iproute2)", () =>
    output("ip", ["-V"]) === undefined ? undefined : [process.execPath, bundled("ip")],
  );
  if (quick) return { commands, notes: [...notes, "left out of a quick run: Go, pyroute2, npm netlink"] };
  add("go", "Go (apt-get install golang-go golang-github-vishvananda-netlink-dev)", go);
  add("pyroute2", "pyroute2 (apt-get install python3-pyroute2)", pyroute2);
  add("npm", "npm netlink (npm cannot install it)", npmNetlink);
  return { commands, notes };
};
