// Runs a program under strace, and gives its log.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How it ended. */
export interface Traced {
  readonly stdout: string;
  readonly killed: boolean;
  /** strace's log. */
  readonly log: string;
}

let made = 0;
/**
 * Runs a program under strace.
 * @param options of strace
 * @param command what to run
 */
export const strace = async (options: readonly string[], command: readonly string[]): Promise<Traced> => {
  const file = join(tmpdir(), `nlkit-test-strace-${process.pid}-${made++}`);
  try {
    const child = spawn("strace", ["-f", "-qq", "-o", file, ...options, ...command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    const signal = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (_code, by) => resolve(by));
    });
    return { stdout: stdout.trim(), killed: signal === "SIGKILL", log: readFileSync(file, "utf8") };
  } finally {
    rmSync(file, { force: true });
  }
};
