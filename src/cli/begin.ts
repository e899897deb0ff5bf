// What a command needs before it can begin: a namespace that is there, and the right to enter or to make one.
import { SystemError } from "../socket/errors.ts";
import { UsageError } from "./failure.ts";

/** What an ordinary user can do instead. */
export const WITHOUT_ROOT =
  "Without root there are: decode, dump of the present namespace, netns list, and lab, in a user namespace of its own";

/** What a refusal of namespaces comes to; undefined: it is something else. */
const reason = (error: unknown, what: string, netns: string): string | undefined => {
  if (!(error instanceof SystemError)) return undefined;
  if (error.code === "ENOENT") return `no such namespace: ${netns}`;
  if (error.syscall === "setns" && error.code === "EINVAL") return `${netns} is no network namespace`;
  if (error.code !== "EPERM" && error.code !== "EACCES") return undefined;
  return `${what} needs root (CAP_SYS_ADMIN): ${error.message}. ${WITHOUT_ROOT}`;
};

/**
 * Does the first step of a command, and says what a person can do about it when it cannot be done.
 * @param what the command, as the user wrote it: "netns add"
 * @param netns the namespace, as the user wrote it
 * @param step the first step
 * @throws UsageError for a namespace that is not there, or not this user's; everything else as it comes
 */
export const begin = <T>(what: string, netns: string, step: () => T): T => {
  try {
    return step();
  } catch (error) {
    const text = reason(error, what, netns);
    throw text === undefined ? error : new UsageError(text);
  }
};
