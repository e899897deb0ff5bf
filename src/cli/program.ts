// The grammar of the command: what needs commander.
import { readFileSync } from "node:fs";
import { printable } from "../codec/text.ts";
import { Command, CommanderError } from "./commander.ts";
import { addDecode } from "./decode-command.ts";
import { addDiff } from "./diff-command.ts";
import { addDump } from "./dump.ts";
import { addEmit } from "./emit-command.ts";
import { addEncode } from "./encode-command.ts";
import { EXIT } from "./failure.ts";
import { addLab } from "./lab.ts";
import { addMonitor } from "./monitor.ts";
import { addNetnsCommand } from "./netns.ts";
import { addPair } from "./pair-command.ts";
import { addRequest } from "./request.ts";
import { addTrace } from "./trace.ts";

const versionOf = (file: URL): string => (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;

/** What commander says, on one line; it puts its guess on a second one. */
const oneLine = (text: string): string =>
  text
    .trimEnd()
    .replace(/^error: /, "nlkit: ")
    .replace(/\n\(Did you mean ([^\n]*)\?\)$/, " (did you mean $1?)");

/**
 * Reads the command line, and does what it says.
 * @param args behind "nlkit"
 * @param exit told of what went wrong
 * @throws what the subcommand throws
 */
export const run = async (args: readonly string[], exit: (code: number) => void): Promise<void> => {
  const program = new Command("nlkit")
    .description("netlink: decode it, list what the kernel has, build a network with it")
    .version(versionOf(new URL("../../package.json", import.meta.url)))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${printable(oneLine(text))}\n`),
    });
  addDecode(program, exit);
  addEncode(program, exit);
  addEmit(program, exit);
  addPair(program, exit);
  addDiff(program, exit);
  addDump(program);
  addTrace(program, exit);
  addRequest(program, exit);
  addMonitor(program, exit);
  addNetnsCommand(program, exit);
  addLab(program, exit);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) exit(EXIT.USAGE);
  }
};
