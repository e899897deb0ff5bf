// nlkit decode: its arguments, for commander.
import type { Command } from "commander";
import { decode } from "./decode.ts";
import { DEFAULTS, type DecodeOptions } from "./decode-arguments.ts";
import { withOutput } from "./output-options.ts";

/** Adds the subcommand. An option more has to be known to `plainDecode` too. */
export const addDecode = (program: Command, exit: (code: number) => void): void => {
  withOutput(program.command("decode").description("decode recorded bytes: hex text, annotated hexdumps"))
    .argument("[file]", "where the bytes are; - or nothing: standard input", DEFAULTS.file)
    .option("--in <format>", "hex or annotated, which are all that it reads so far; default: what it looks like")
    .option("-p, --protocol <name>", "netlink protocol of bytes that do not say", DEFAULTS.protocol)
    .option("--body <message>", "the bytes are a body without nlmsghdr: RTM_NEWLINK")
    .option("--byte-order <order>", "little or big: the machine that wrote the bytes", DEFAULTS.byteOrder)
    .action((file: string, options: DecodeOptions) => decode(file, options, exit));
};
