// Which files a process loads, as V8 itself says: modules, and what is loaded by require().
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What a process loaded. */
export interface Loaded {
  /** From the project's folder, sorted. */
  readonly files: readonly string[];
  /** Of all of them. */
  readonly bytes: number;
  readonly stdout: string;
}

const urlsIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });

/**
 * Runs Node and looks at what it loaded.
 * @param args behind "node"
 */
export const loadedBy = (...args: string[]): Loaded => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-loaded-"));
  try {
    // V8 counts calls for this variable, in every script that it has compiled.
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    if (status !== 0) throw new Error(stderr);
    const files = urlsIn(folder)
      .filter((url) => url.startsWith("file:"))
      .map((url) => relative(".", fileURLToPath(url)))
      // What stands behind -e has a URL too.
      .filter((file) => existsSync(file))
      .sort();
    return { files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
