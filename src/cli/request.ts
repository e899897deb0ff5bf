// nlkit request: its arguments.
import type { Command } from "commander";
import { type OutputOptions, withOutput } from "./output-options.ts";

/** What the user chose. */
export interface RequestOptions extends OutputOptions {
  readonly protocol?: string;
  readonly netns?: string;
  readonly raw?: boolean;
  readonly dryRun?: boolean;
}

/** Adds the subcommand. */
export const addRequest = (program: Command, exit: (code: number) => void): void => {
  withOutput(program.command("request").description("send messages to the kernel, and show what it answers"))
    .argument(
      "[message]",
      "JSON as `decode -j` prints it, or a file of it, one object a line; - or nothing: standard input",
      "-",
    )
    .option(
      "-p, --protocol <protocol>",
      "netlink protocol of messages that do not say; default: the one that has the message",
    )
    .option("--netns <netns>", "namespace: a name of `ip netns`, a path, or pid:123")
    .option("--raw", "flags, seq and pid as they are given; otherwise REQUEST and ACK are added, and seq is ours")
    .option("--dry-run", "show what would be sent, and do not send it")
    .option("--show-keys", "print keys and secrets, which are masked otherwise")
    .action(async (input: string, options: RequestOptions) =>
      (await import("./request-run.ts")).request(input, options, exit),
    );
};
