import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs something with a directory that is gone afterwards. */
export const withDirectory = <T>(run: (path: string) => T): T => {
  const path = mkdtempSync(join(tmpdir(), "nlkit-second-opinion-"));
  try {
    return run(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
