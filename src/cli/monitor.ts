// nlkit monitor: its arguments.
import type { Command } from "commander";
import { Argument, known } from "./commander.ts";
import { type OutputOptions, withOutput } from "./output-options.ts";
import { GROUP_NAMES, MORE_GROUP_NAMES } from "./table-names.ts";

/** What the user chose. */
export interface MonitorOptions extends OutputOptions {
  readonly timestamp?: boolean;
  readonly allNamespaces?: boolean;
  readonly netns?: string;
  readonly filter?: string;
}

/** Adds the subcommand. */
export const addMonitor = (program: Command, exit: (code: number) => void): void => {
  withOutput(program.command("monitor").description("show what changes, as it changes"))
    .addArgument(
      known(
        new Argument(
          "[group...]",
          `what to listen to, or how it begins, or FAMILY/GROUP of generic netlink; default: all but ${MORE_GROUP_NAMES.join(" and ")}`,
        ),
        [...GROUP_NAMES, ...MORE_GROUP_NAMES],
      ),
    )
    .option("--timestamp", "date and time in front of each line; also -ts")
    .option("-a, --all-namespaces", "of every namespace that has a name or an id here")
    .option("--netns <netns>", "namespace: a name of `ip netns`, a path, or pid:123")
    .option("--filter <expression>", "only messages for which it holds")
    .action(async (groups: string[], options: MonitorOptions) =>
      (await import("./monitor-run.ts")).monitor(groups, options, exit),
    );
};
