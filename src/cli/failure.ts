// What went wrong, in one line on stderr, and the exit code that says what kind it was.
import { constants } from "node:os";
import { CaptureError } from "../capture/annotated.ts";
import { printable } from "../codec/text.ts";
import type { NetworkError, NetworkErrorCode } from "../network/errors.ts";

/**
 * Exit codes. 1: something was malformed, refused by the kernel, or left undone. 2: the command could not begin: it was called wrongly,
 * or what it names (a file, a namespace, a lab) is not there or not for this user. 128 and the signal's number: it was interrupted.
 */
export const EXIT = { OK: 0, FAILED: 1, USAGE: 2 } as const;

/** The command could not begin: it was called wrongly, or what it needs is not there. */
export class UsageError extends Error {
  /** Always "UsageError". */
  override readonly name = "UsageError";
}

/** A signal stopped the command, which cleaned up behind itself. */
export class Interrupted extends Error {
  /** Always "Interrupted". */
  override readonly name = "Interrupted";
  /** As a shell counts it: 128 and the signal's number. */
  readonly exitCode: number;
  /** @param signal which */
  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** What cannot be, or is not there: the command could not begin. The others are what there is in its way. */
const COULD_NOT_BEGIN: readonly NetworkErrorCode[] = ["INVALID", "NOT_FOUND", "NO_NETNS"];
const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  error instanceof CaptureError ||
  error instanceof RangeError ||
  // By its name: most commands never load the class.
  (error instanceof Error && error.name === "NetworkError" && COULD_NOT_BEGIN.includes((error as NetworkError).code));

/**
 * Prints an error and says with which code to exit. Its text may come from files or from the kernel: it is escaped.
 * @param error whatever was thrown
 */
export const report = (error: unknown): number => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`nlkit: ${printable(text)}\n`);
  if (error instanceof Interrupted) return error.exitCode;
  return isUsage(error) ? EXIT.USAGE : EXIT.FAILED;
};
