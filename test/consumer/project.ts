// The programs of a page, in a fresh project as the README describes one: compiled, then run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll } from "vitest";

const OPTIONS = {
  module: "nodenext",
  target: "es2022",
  lib: ["es2022", "esnext.disposable"],
  strict: true,
  exactOptionalPropertyTypes: true,
  outDir: "out",
  rootDir: ".",
};

/** What a program printed, and how it ended. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** A project with the programs of some pages. */
export interface Project {
  readonly folder: string;
  /** The code blocks: compiled, `out/0.js`, `out/1.js`… */
  readonly programs: readonly string[];
  /** What the compiler says of these files; of the programs where none is named. */
  compile(options?: object, files?: readonly string[]): { readonly status: number | null; readonly stdout: string };
  run(program: number): Ran;
}

/** The code blocks of a page that are TypeScript. */
export const programsOf = (page: string): string[] =>
  [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);

/** Makes a project for the tests around the call, and removes it behind the last. */
export const useProject = (programs: readonly string[]): Project => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-consumer-"));
  beforeAll(() => {
    mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
    symlinkSync(resolve("."), join(folder, "node_modules/nlkit"));
    for (const name of ["@types/node", "undici-types"]) {
      symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
    }
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    for (const [i, text] of programs.entries()) writeFileSync(join(folder, `${i}.ts`), text);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    programs,
    compile(options = { types: ["node"] }, files = programs.map((_, i) => `${i}.ts`)) {
      const config = join(folder, "tsconfig.json");
      writeFileSync(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
      const { status, stdout } = spawnSync("npx", ["tsc", "-p", config], { encoding: "utf8" });
      return { status, stdout };
    },
    run(program) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [`out/${program}.js`], {
        cwd: folder,
        encoding: "utf8",
      });
      return { status, stdout, stderr };
    },
  };
};
