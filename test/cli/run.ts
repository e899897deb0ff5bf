// Runs the built command as a user would.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Where the command is. */
export const NLKIT: string = fileURLToPath(new URL("../../dist/cli/nlkit.js", import.meta.url));

/** What became of it. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** How to run it. */
export interface RunOptions {
  /** What it reads from standard input. */
  readonly input?: string;
  /** Called with stdout so far: to interrupt it at a certain line. */
  readonly onOutput?: (text: string, pid: number) => void;
  /** Called when it was started. */
  readonly onStart?: () => void;
  /** What to run it under: ["setpriv", …]. */
  readonly under?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `nlkit ARGS`. */
export const nlkit = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> => {
  const [command = "", ...rest] = [...(options.under ?? []), process.execPath, NLKIT, ...args];
  const child = spawn(command, rest, { env: { ...process.env, NO_COLOR: "1", ...options.env } });
  options.onStart?.();
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    options.onOutput?.(stdout, child.pid ?? 0);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
};
