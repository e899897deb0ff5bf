// nlkit completion: its arguments.
import type { Command } from "commander";
import { Argument, known } from "./commander.ts";
import { SHELLS } from "./table-names.ts";

/** Adds the subcommand. */
export const addCompletion = (program: Command): void => {
  program
    .command("completion")
    .description("print the script by which a shell completes nlkit's command lines")
    .addArgument(known(new Argument("<shell>", "whose script"), SHELLS))
    .action(async (shell: string) => (await import("./completion/index.ts")).completion(program, shell));
};
