// A program of its own, in TypeScript, bundled on the spot: for what a test cannot do in its own process.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a program into the project (so that koffi is found), hands its path on, and removes it. */
export const withProgram = async <T>(contents: string, run: (path: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(".tmp-program-");
  const outfile = join(process.cwd(), folder, "program.mjs");
  try {
    await build({
      stdin: { contents, resolveDir: ".", loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      packages: "external",
      outfile,
      logLevel: "warning",
    });
    return await run(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program under Node until it ends; after `limit` milliseconds it is killed. */
export const runProgram = (
  contents: string,
  args: readonly string[] = [],
  { limit = 20_000, env = {} }: { readonly limit?: number; readonly env?: Record<string, string> } = {},
): Promise<Ended> =>
  withProgram(
    contents,
    (path) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, ...env } });
        const timer = setTimeout(() => child.kill("SIGKILL"), limit);
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (chunk) => (stdout += chunk));
        child.stderr.on("data", (chunk) => (stderr += chunk));
        child.once("error", reject);
        child.once("close", (code, signal) => {
          clearTimeout(timer);
          resolve({ code, signal, stdout, stderr });
        });
      }),
  );
