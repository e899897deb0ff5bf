// nlkit pair: its arguments.
import type { Command } from "commander";
import type { InputOptions } from "./captured.ts";
import { withInput } from "./input-options.ts";

/** What the user chose. */
export interface PairOptions extends InputOptions {
  readonly json?: boolean;
  readonly summary?: boolean;
  readonly filter?: string;
  readonly refused?: boolean;
}

/** Adds the subcommand. */
export const addPair = (program: Command, exit: (code: number) => void): void => {
  const command = program
    .command("pair")
    .description("requests of a capture, what became of each, and how long it took")
    .argument("[file]", "where the capture is; - or nothing: standard input", "-");
  withInput(command)
    .option("-j, --json", "one JSON object a request, then one for each kind")
    .option("--summary", "only the statistics")
    .option("--refused", "only what was refused, each with its request")
    .option("--filter <expression>", "only requests for which it holds, or for an answer of which")
    .action(async (file: string, options: PairOptions) => (await import("./pair.ts")).pair(file, options, exit));
};
