// nlkit emit: its arguments.
import type { Command } from "commander";
import type { InputOptions } from "./captured.ts";
import { known, Option } from "./commander.ts";
import { withInput } from "./input-options.ts";
import { FORM_NAMES } from "./table-names.ts";

/** What the user chose. */
export interface EmitOptions extends InputOptions {
  readonly as: string;
  readonly filter?: string;
  readonly showKeys?: boolean;
}

/** Adds the subcommand. */
export const addEmit = (program: Command, exit: (code: number) => void): void => {
  const command = program
    .command("emit")
    .description("turn a capture into test vectors")
    .argument("[file]", "where the capture is; - or nothing: standard input", "-");
  withInput(command.addOption(known(new Option("--as <form>", "what to write").makeOptionMandatory(), FORM_NAMES)))
    .option("--filter <expression>", "only datagrams of which a message fits")
    .option("--show-keys", "write keys and secrets as they are: zeros stand in their place otherwise")
    .action(async (file: string, options: EmitOptions) => (await import("./emit.ts")).emit(file, options, exit));
};
