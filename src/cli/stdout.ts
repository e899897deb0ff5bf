// Standard output. process.stdout loads Node's streams, and for a pipe its sockets: 3 ms, a third of what `nlkit decode` of one message
// takes beside Node itself. What only reads and prints writes to the descriptor, as long as that takes what it is given.
import { report } from "./failure.ts";

/** The reader of `nlkit dump link | head` has what it wanted; what was malformed before stays said by the exit code. A full disk is told. */
const stopForGood = (error: NodeJS.ErrnoException): void => {
  // A subcommand that has something to take down listens itself, and ends in its own time.
  if (process.stdout.listenerCount("error") > 1) return;
  // Without an argument: exitCode stays.
  if (error.code === "EPIPE") process.exit();
  process.exit(report(error));
};

let guarded = false;
/** process.stdout, that ends the process when its reader is gone. */
export const stdout = (): NodeJS.WriteStream => {
  if (!guarded) process.stdout.on("error", stopForGood);
  guarded = true;
  return process.stdout;
};

/** Writes to stdout and waits while it is full. */
export const write = async (data: string | Uint8Array): Promise<void> => {
  if (stdout().write(data)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
};

/** Writes lines to stdout and waits while it is full. */
export const print = async (lines: readonly string[]): Promise<void> => {
  if (lines.length > 0) await write(`${lines.join("\n")}\n`);
};

const FD = 1;
/** By this door importing node:fs does not load its streams too. Node 20.15 and earlier do not have it. */
const files = (): typeof import("node:fs") | undefined => process.getBuiltinModule?.("fs");

/** Asks the descriptor, which costs nothing: a terminal is a character device. */
const mayBeTerminal = (): boolean => files()?.fstatSync(FD).isCharacterDevice() ?? true;

/** Is a person looking? */
export const isTerminal = (): boolean => mayBeTerminal() && stdout().isTTY === true;

/** Undefined: not asked yet. */
let direct: boolean | undefined;

/**
 * The same as `print`, for a command that has nothing to do but wait: the loop stands still while a pipe is full, and signals with it.
 * A terminal, a pipe that somebody made non-blocking, and an old Node take the stream.
 * @throws SystemError for all but a reader that is gone
 */
export const printDirectly = async (lines: readonly string[]): Promise<void> => {
  if (lines.length === 0) return;
  direct ??= !mayBeTerminal();
  const fs = direct ? files() : undefined;
  if (fs === undefined) return print(lines);
  const bytes = Buffer.from(`${lines.join("\n")}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(FD, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit();
      if (code === "EINTR") continue;
      if (code !== "EAGAIN") throw error;
      direct = false;
      return write(bytes.subarray(at));
    }
  }
};
