// The options of the output forms that every subcommand shares.
import type { Command } from "commander";
import { Option } from "./commander.ts";

/** What the user chose. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly details?: boolean;
  readonly hex?: boolean;
  readonly flat?: boolean;
  /** With `json`: what encoding needs to give the same bytes. */
  readonly lossless?: boolean;
  readonly showKeys?: boolean;
}

/** Adds -j, -d, -x and --flat. */
export const withOutput = (command: Command): Command =>
  command
    .addOption(new Option("-d, --details", "a tree of every field").conflicts(["hex", "flat", "json"]))
    .addOption(new Option("-j, --json", "one JSON object a line; with --flat, {message, fields}").conflicts("hex"))
    .addOption(new Option("-x, --hex", "annotated hexdump, every byte named").conflicts("flat"))
    .option("--flat", "one `path = value` a line, by C names");
