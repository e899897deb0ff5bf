// nlkit help: its arguments.
import type { Command } from "commander";

/** Adds the subcommand, in place of commander's own. */
export const addHelp = (program: Command): void => {
  program
    .helpCommand(false)
    .command("help")
    .description("all of it about a command: what it does, grammar, exit codes, examples")
    .argument("[subcommand...]", "which: `decode`, or `network connect`")
    .action(async (words: string[]) => (await import("./help/index.ts")).help(program, words));
};
