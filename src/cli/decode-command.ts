// nlkit decode: its arguments, for commander.
import type { Command } from "commander";
import { decode } from "./decode.ts";
import { DEFAULTS, type DecodeOptions } from "./decode-arguments.ts";
import { withInput } from "./input-options.ts";
import { withOutput } from "./output-options.ts";

/** Adds the subcommand. An option more has to be known to `plainDecode` too. */
export const addDecode = (program: Command, exit: (code: number) => void): void => {
  const command = program
    .command("decode")
    .description("show captured messages: pcap, strace logs, hexdumps, byte arrays")
    .argument("[file]", "where the bytes are; - or nothing: standard input", DEFAULTS.file);
  withInput(withOutput(command))
    .option("--body <message>", "the bytes are a body without nlmsghdr: RTM_NEWLINK")
    .option("--filter <expression>", "only messages for which it holds: `nlkit help decode` has its grammar")
    .option("-C, --count <number>", "end after so many messages")
    .option("-w, --write <file>", "write the datagrams to a pcap file, - for standard output, and print nothing")
    .option("--timestamp", "date and time in front of each line; also -ts")
    .option("--lossless", "with --json: what encoding needs to give the same bytes, padding and order too")
    .option("--show-keys", "print keys and secrets, which are masked otherwise")
    .action((file: string, options: DecodeOptions) => decode(file, options, exit));
};
