// The options of every command that reads a capture.
import type { Command, Option as OptionOf } from "commander";
import { FORMATS } from "../capture/detect.ts";
import { known, Option } from "./commander.ts";

/**
 * --byte-order, of whatever has one.
 * @param says what it is the order of
 */
export const byteOrderOption = (says: string): OptionOf =>
  known(new Option("--byte-order <order>", says), ["little", "big"]);

/** Adds --in, -p, --byte-order and --ask-kernel. */
export const withInput = (command: Command): Command =>
  command
    .addOption(known(new Option("--in <format>", "default: what it looks like"), FORMATS))
    .option("-p, --protocol <protocol>", "netlink protocol of bytes that do not say; default: NETLINK_ROUTE")
    .addOption(byteOrderOption("the machine that wrote the bytes; default: what their lengths say"))
    .option("--ask-kernel", "name families of generic netlink as this kernel does, where the capture does not");
