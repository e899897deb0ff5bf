#!/usr/bin/env node
// The command. It only parses arguments and prints: what it does is in the library.
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { printable } from "../codec/text.ts";
import { addDecode } from "./decode.ts";
import { addDump } from "./dump.ts";
import { EXIT, report } from "./failure.ts";
import { addLab } from "./lab.ts";
import { addNetnsCommand } from "./netns.ts";
import { addNetwork } from "./network/index.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The worst that happened decides. */
const exit = (code: number): void => {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
};

/** What commander says, on one line; it puts its guess on a second one. */
const oneLine = (text: string): string =>
  text
    .trimEnd()
    .replace(/^error: /, "nlkit: ")
    .replace(/\n\(Did you mean ([^\n]*)\?\)$/, " (did you mean $1?)");

const program = new Command("nlkit")
  .description("netlink: decode it, list what the kernel has, build a network with it")
  .version(version)
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => write(`${printable(oneLine(text))}\n`),
  });
addDecode(program, exit);
addDump(program);
addNetnsCommand(program, exit);
addNetwork(program, exit);
addLab(program, exit);

// `nlkit dump link | head`: the reader has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A subcommand that has something to take down listens itself, and ends in its own time.
  if (process.stdout.listenerCount("error") > 1) return;
  if (error.code === "EPIPE") process.exit(EXIT.OK);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) exit(report(error));
  else if (error.exitCode !== 0) exit(EXIT.USAGE);
}
