// nlkit netns: named network namespaces, shared with `ip netns`.
import { constants } from "node:os";
import type { Command } from "commander";
import { printable } from "../codec/text.ts";
import { print } from "./output.ts";

/** Adds the subcommand. */
export const addNetnsCommand = (program: Command, exit: (code: number) => void): void => {
  const netns = program.command("netns").description("named network namespaces, as `ip netns` has them");
  netns
    .command("add <name>")
    .description("make one")
    .action(async (name: string) => (await import("../socket/index.ts")).addNetns(name));
  netns
    .command("delete <name>")
    .description("take a name away")
    .action(async (name: string) => (await import("../socket/index.ts")).deleteNetns(name));
  netns
    .command("list")
    .description("the names")
    .action(async () => print((await import("../socket/index.ts")).listNetns().map((name) => printable(name))));
  netns
    .command("exec <name> <command...>")
    .description("run a command inside, with its own /sys and /etc/netns/NAME")
    .passThroughOptions()
    .action(async (name: string, command: string[]) => {
      const { execNetns } = await import("../socket/index.ts");
      const child = execNetns(name, command, { stdio: "inherit" });
      const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (status, by) => resolve([status, by]));
      });
      exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
    });
};
