// nlkit netns: named network namespaces, shared with `ip netns`. Its arguments.
import type { Command } from "commander";

const run = (): Promise<typeof import("./netns-run.ts")> => import("./netns-run.ts");

/** Adds the subcommand. */
export const addNetnsCommand = (program: Command, exit: (code: number) => void): void => {
  const netns = program.command("netns").description("named network namespaces, as `ip netns` has them");
  netns
    .command("add <name>")
    .description("make one")
    .action(async (name: string) => (await run()).add(name));
  netns
    .command("delete <netns>")
    .alias("del")
    .description("take a name away")
    .action(async (name: string) => (await run()).remove(name));
  netns
    .command("list")
    .alias("ls")
    .description("the names")
    .action(async () => (await run()).list());
  netns
    .command("exec <netns> <command...>")
    .description("run a command inside, with its own /sys and /etc/netns/NAME")
    .passThroughOptions()
    .action(async (name: string, command: string[]) => exit(await (await run()).exec(name, command)));
};
