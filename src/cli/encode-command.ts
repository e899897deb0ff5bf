// nlkit encode: its arguments.
import type { Command } from "commander";
import { Option } from "./commander.ts";
import { byteOrderOption } from "./input-options.ts";

/** What the user chose. */
export interface EncodeOptions {
  readonly protocol?: string;
  readonly byteOrder?: string;
  readonly hex?: boolean;
  readonly write?: string;
}

/** Adds the subcommand. */
export const addEncode = (program: Command, exit: (code: number) => void): void => {
  program
    .command("encode")
    .description("make bytes of messages: one JSON object a line, as `decode -j` prints them")
    .argument("[file]", "where the messages are; - or nothing: standard input", "-")
    .option("-p, --protocol <protocol>", "netlink protocol of messages that do not say", "NETLINK_ROUTE")
    .addOption(byteOrderOption("the machine that will read the bytes; default: what they say, or little"))
    .option("-x, --hex", "annotated hexdump; otherwise hex digits, a line a datagram")
    .addOption(new Option("-w, --write <file>", "a pcap file; - for standard output").conflicts("hex"))
    .action(async (file: string, options: EncodeOptions) => (await import("./encode.ts")).encode(file, options, exit));
};
