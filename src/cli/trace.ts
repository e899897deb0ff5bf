// nlkit trace: its arguments.
import type { Command } from "commander";
import { type OutputOptions, withOutput } from "./output-options.ts";

/** What the user chose. */
export interface TraceOptions extends OutputOptions {
  readonly output?: string;
  readonly attach?: string;
  readonly timestamp?: boolean;
  readonly filter?: string;
  readonly showKeys?: boolean;
}

/** Adds the subcommand. */
export const addTrace = (program: Command, exit: (code: number) => void): void => {
  withOutput(
    program.command("trace").description("run a command and show what it says to the kernel, and what it hears"),
  )
    .argument("[command...]", "the command and its arguments; better behind --")
    .option("-o, --output <file>", "a copy: FILE.pcap, or FILE.strace for the raw log")
    .option("-p, --attach <pid>", "attach to a process, or to several: 12,13; until Ctrl-C or its end")
    .option("--timestamp", "date and time in front of each line; also -ts")
    .option(
      "--filter <expression>",
      "only messages for which it holds, and answers to them; a refusal with its request",
    )
    .option("--show-keys", "print keys and secrets, which are masked otherwise")
    .passThroughOptions()
    .action(async (command: string[], options: TraceOptions) =>
      exit(await (await import("./trace-run.ts")).trace(command, options)),
    );
};
