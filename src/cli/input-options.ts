// The options of every command that reads a capture.
import type { Command } from "commander";
import { FORMATS } from "../capture/detect.ts";

/** Adds --in, -p, --byte-order and --ask-kernel. */
export const withInput = (command: Command): Command =>
  command
    .option("--in <format>", `${FORMATS.join(", ")}; default: what it looks like`)
    .option("-p, --protocol <name>", "netlink protocol of bytes that do not say; default: NETLINK_ROUTE")
    .option("--byte-order <order>", "little or big: the machine that wrote the bytes; default: what their lengths say")
    .option("--ask-kernel", "name families of generic netlink as this kernel does, where the capture does not");
