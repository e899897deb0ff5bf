// nlkit lab: its arguments.
import type { Command } from "commander";
import { Option } from "./commander.ts";

/** What the user chose. */
export interface LabCommandOptions {
  readonly hex?: boolean;
  readonly keep?: boolean;
  readonly here?: boolean;
  readonly bridge?: string;
  readonly record?: string;
  readonly replay?: boolean;
}

/** Adds the subcommand. */
export const addLab = (program: Command, exit: (code: number) => void): void => {
  const lab = program
    .command("lab")
    .description(
      "build two namespaces on the bridge of a third over netlink, message by message, and prove it with ICMP echo",
    )
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--keep", "leave it up: `nlkit lab down` removes it")
    .option(
      "--here",
      "the bridge in the present namespace, instead of a third, nlkit-lab-PID, that stands in for the host",
    )
    .option("--bridge <name>", "what to call the bridge", "br0")
    .addOption(new Option("--record <file>", "write the run down").hideHelp())
    .addOption(new Option("--replay", "show the recorded run").hideHelp())
    .action(async (options: LabCommandOptions) => (await import("./lab-up.ts")).up(options, exit));
  lab
    .command("down [netns]")
    .description("remove every kept lab, or only the one whose host namespace is named: nlkit-lab-PID")
    .option("-x, --hex", "annotated hexdump of every request and reply")
    .option("--here", "the one in the present namespace")
    .action(async (host: string | undefined, options: LabCommandOptions) =>
      (await import("./lab-down.ts")).down(host, options, exit),
    );
};
