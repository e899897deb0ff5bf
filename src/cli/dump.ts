// nlkit dump: its arguments.
import type { Command } from "commander";
import { Argument, known } from "./commander.ts";
import { type OutputOptions, withOutput } from "./output-options.ts";
import { TABLE_NAMES } from "./table-names.ts";

/** What the user chose. */
export interface DumpOptions extends OutputOptions {
  readonly netns?: string;
  readonly statistics?: boolean;
  readonly filter?: string;
}

/** Adds the subcommand. */
export const addDump = (program: Command): void => {
  withOutput(program.command("dump").description("list what the kernel has"))
    .addArgument(known(new Argument("<table>", "what to list"), TABLE_NAMES))
    .option("--netns <netns>", "namespace: a name of `ip netns`, a path, or pid:123")
    .option("--filter <expression>", "only objects for which it holds: `nlkit help decode` has its grammar")
    .option("-s, --statistics", "IPv6 counters of links too")
    .action(async (table: string, options: DumpOptions) => (await import("./dump-run.ts")).dump(table, options));
};
