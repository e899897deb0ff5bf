// The grammar of the command: what needs commander.
import { readFileSync } from "node:fs";
import type { Command as Program } from "commander";
import { printable } from "../codec/text.ts";
import { Command, CommanderError } from "./commander.ts";
import { addCompletion } from "./completion-command.ts";
import { addDecode } from "./decode-command.ts";
import { addDiff } from "./diff-command.ts";
import { addDump } from "./dump.ts";
import { addEmit } from "./emit-command.ts";
import { addEncode } from "./encode-command.ts";
import { EXIT } from "./failure.ts";
import { addHelp } from "./help-command.ts";
import { addLab } from "./lab.ts";
import { addMonitor } from "./monitor.ts";
import { addNetnsCommand } from "./netns.ts";
import { addPair } from "./pair-command.ts";
import { addRequest } from "./request.ts";
import { addTrace } from "./trace.ts";

/** The package's. */
const installed = (): string => {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
};

/** What commander says, on one line; it puts its guess on a second one. */
const oneLine = (text: string): string =>
  text
    .trimEnd()
    .replace(/^error: /, "nlkit: ")
    .replace(/\n\(Did you mean ([^\n]*)\?\)$/, " (did you mean $1?)");

/** What needs to know every command. */
const WHOLE = ["network", "help", "completion"];

/**
 * The program.
 * @param exit told of what went wrong
 * @param whole with the subcommands of `network`: a dozen files that nobody else waits for
 * @param version what it says of itself
 */
export const programOf = async (
  exit: (code: number) => void,
  whole: boolean,
  version: string = installed(),
): Promise<Program> => {
  const program = new Command("nlkit")
    .description("netlink: decode it, list what the kernel has, build a network with it")
    .version(version)
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
  const network = program
    .command("network")
    .description("bridge networks, as `docker network` has them, without a daemon: for any namespace or process");
  if (whole) (await import("./network/index.ts")).addNetwork(network, exit);
  addLab(program, exit);
  addCompletion(program);
  addHelp(program);
  return program;
};

/**
 * Reads the command line, and does what it says.
 * @param args behind "nlkit"
 * @param exit told of what went wrong
 * @throws what the subcommand throws
 */
export const run = async (args: readonly string[], exit: (code: number) => void): Promise<void> => {
  const program = await programOf(
    exit,
    args.some((arg) => WHOLE.includes(arg)),
  );
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) exit(EXIT.USAGE);
  }
};
