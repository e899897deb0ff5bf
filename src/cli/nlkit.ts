#!/usr/bin/env node
// The command. It only parses arguments and prints: what it does is in the library.
import { decode } from "./decode.ts";
import { plainDecode, withLongNames } from "./decode-arguments.ts";
import { EXIT, report } from "./failure.ts";

/** The worst that happened decides. */
const exit = (code: number): void => {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
};

// `nlkit dump link | head`: the reader has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A subcommand that has something to take down listens itself, and ends in its own time.
  if (process.stdout.listenerCount("error") > 1) return;
  if (error.code === "EPIPE") process.exit(EXIT.OK);
  throw error;
});

try {
  const args = withLongNames(process.argv.slice(2));
  const plain = plainDecode(args);
  if (plain === undefined) await (await import("./program.ts")).run(args, exit);
  else await decode(plain.file, plain.options, exit);
} catch (error) {
  exit(report(error));
}
