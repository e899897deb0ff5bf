// A child that has the terminal, and a parent that stays until the child has ended, as a shell does.
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";

/** Ctrl-C and Ctrl-\ reach the child by themselves: what they mean is for the child to say. */
const IGNORED = ["SIGINT", "SIGQUIT"] as const;
/** Sent to this process alone: they are meant for the child. */
const FORWARDED = ["SIGTERM", "SIGHUP"] as const;

/** What a shell makes of an end: the exit code, or 128 and the signal's number. */
export const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  signal === null ? (code ?? 1) : 128 + constants.signals[signal];

/**
 * Starts a child and outlives it.
 * @param start starts it; the signals are looked after before that
 * @returns its exit code, or 128 and the number of the signal that ended it
 */
export const outlive = async (start: () => ChildProcess): Promise<number> => {
  let child: ChildProcess | undefined;
  const ignore = (): void => {};
  const forward = (signal: NodeJS.Signals): void => void child?.kill(signal);
  for (const signal of IGNORED) process.on(signal, ignore);
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    const started = start();
    child = started;
    return await new Promise<number>((resolve, reject) => {
      started.once("error", reject);
      started.once("exit", (code, signal) => resolve(exitCodeOf(code, signal)));
    });
  } finally {
    for (const signal of IGNORED) process.off(signal, ignore);
    for (const signal of FORWARDED) process.off(signal, forward);
  }
};
