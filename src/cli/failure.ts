// What went wrong, in one line on stderr, and the exit code that says what kind it was.
import { CaptureError } from "../capture/annotated.ts";
import { printable } from "../codec/text.ts";

/** Exit codes: 1 when something was malformed or refused, 2 when the command could not even begin. */
export const EXIT = { OK: 0, FAILED: 1, USAGE: 2 } as const;

/** The command was called wrongly. */
export class UsageError extends Error {
  /** Always "UsageError". */
  override readonly name = "UsageError";
}

/**
 * Prints an error and says with which code to exit. Its text may come from files or from the kernel: it is escaped.
 * @param error whatever was thrown
 */
export const report = (error: unknown): number => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`nlkit: ${printable(text)}\n`);
  return error instanceof UsageError || error instanceof CaptureError || error instanceof RangeError
    ? EXIT.USAGE
    : EXIT.FAILED;
};
