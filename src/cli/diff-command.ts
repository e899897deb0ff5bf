// nlkit diff: its arguments.
import type { Command } from "commander";
import type { InputOptions } from "./captured.ts";
import { withInput } from "./input-options.ts";

/** What the user chose. */
export interface DiffOptions extends InputOptions {
  readonly json?: boolean;
  readonly ignore?: string;
  readonly filter?: string;
  readonly showKeys?: boolean;
}

/** Adds the subcommand. */
export const addDiff = (program: Command, exit: (code: number) => void): void => {
  const command = program
    .command("diff")
    .description(
      "compare two messages or two captures, attribute by attribute; exit code 0: the same, 1: not, 2: trouble",
    )
    .argument("<a>", "the one; - for standard input")
    .argument("<b>", "the other");
  withInput(command)
    .option("-j, --json", "one JSON object a message that differs")
    .option("--ignore <what>", "what does not count, with commas: seq, pid, order")
    .option("--filter <expression>", "only messages for which it holds")
    .option("--show-keys", "compare and print keys and secrets, which are masked otherwise")
    .action(async (a: string, b: string, options: DiffOptions) =>
      (await import("./diff.ts")).diff(a, b, options, exit),
    );
};
