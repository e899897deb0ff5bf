// nlkit netns: named network namespaces, shared with `ip netns`.
import type { Command } from "commander";
import { printable } from "../codec/text.ts";
import type { NetnsRef } from "../socket/netns.ts";
import { begin } from "./begin.ts";
import { outlive } from "./child.ts";
import { UsageError } from "./failure.ts";
import { print } from "./output.ts";

const OF_PROCESS = "pid:";

/**
 * The namespace that `--netns` means: "ns1" and "1" are names of `ip netns`, whatever processes there are; "pid:123" is that of a
 * process; anything with a "/" is a path.
 * @param text what was typed
 * @param option where
 * @throws UsageError for a "pid:" without a number
 */
export const netnsRef = (text: string, option = "--netns"): NetnsRef => {
  if (!text.startsWith(OF_PROCESS)) return text;
  const digits = text.slice(OF_PROCESS.length);
  if (!/^[1-9]\d*$/.test(digits)) throw new UsageError(`${option}: "${text}" names no process: pid:123`);
  return { pid: Number(digits) };
};

/** Adds the subcommand. */
export const addNetnsCommand = (program: Command, exit: (code: number) => void): void => {
  const netns = program.command("netns").description("named network namespaces, as `ip netns` has them");
  netns
    .command("add <name>")
    .description("make one")
    .action(async (name: string) => {
      const { addNetns } = await import("../socket/index.ts");
      begin("netns add", name, () => addNetns(name));
    });
  netns
    .command("delete <name>")
    .alias("del")
    .description("take a name away")
    .action(async (name: string) => {
      const { deleteNetns } = await import("../socket/index.ts");
      begin("netns delete", name, () => deleteNetns(name));
    });
  netns
    .command("list")
    .alias("ls")
    .description("the names")
    .action(async () => print((await import("../socket/index.ts")).listNetns().map((name) => printable(name))));
  netns
    .command("exec <name> <command...>")
    .description("run a command inside, with its own /sys and /etc/netns/NAME")
    .passThroughOptions()
    .action(async (name: string, command: string[]) => {
      const { execNetns } = await import("../socket/index.ts");
      // commander hands on a "--" that stands behind NAME.
      const words = command[0] === "--" ? command.slice(1) : command;
      if (words.length === 0) throw new UsageError("netns exec: no command");
      const start = () => execNetns(name, words, { stdio: "inherit" });
      exit(await outlive(() => begin("netns exec", name, start)));
    });
};
