#!/usr/bin/env node
// The command. It only parses arguments and prints: what it does is in the library.
import { decode } from "./decode.ts";
import { plainDecode, withLongNames } from "./decode-arguments.ts";
import { report } from "./failure.ts";
import { stdout } from "./stdout.ts";

/** The worst that happened decides. */
const exit = (code: number): void => {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
};

try {
  const args = withLongNames(process.argv.slice(2));
  const plain = plainDecode(args);
  if (plain === undefined) {
    // Who is told first that the reader is gone.
    stdout();
    await (await import("./program.ts")).run(args, exit);
  } else await decode(plain.file, plain.options, exit);
} catch (error) {
  exit(report(error));
}
