// nlkit diff: its arguments.
import type { Command } from "commander";
import type { InputOptions } from "./captured.ts";
import { known, Option } from "./commander.ts";
import { withInput } from "./input-options.ts";
import { IGNORABLE_NAMES } from "./table-names.ts";

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
    .argument("<fileA>", "the one; - for standard input")
    .argument("<fileB>", "the other");
  withInput(command)
    .option("-j, --json", "one JSON object a message that differs")
    .addOption(known(new Option("--ignore <what>", "what does not count; several with commas"), IGNORABLE_NAMES))
    .option("--filter <expression>", "only messages for which it holds")
    .option("--show-keys", "compare and print keys and secrets, which are masked otherwise")
    .action(async (a: string, b: string, options: DiffOptions) =>
      (await import("./diff.ts")).diff(a, b, options, exit),
    );
};
