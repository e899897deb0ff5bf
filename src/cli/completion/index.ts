// What `nlkit completion` does: the command tree, as a script of a shell. A script is made once and holds everything that the program
// takes, so that a shell does not start Node whenever somebody presses Tab; only names of networks are asked for.
import type { Command } from "commander";
import { commandTree } from "../command-tree.ts";
import { UsageError } from "../failure.ts";
import { write } from "../stdout.ts";
import { SHELLS } from "../table-names.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { zshCompletion } from "./zsh.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/**
 * Prints a script.
 * @param program with all of its subcommands
 * @param name one of SHELLS
 * @throws UsageError for another shell
 */
export const completion = async (program: Command, name: string): Promise<void> => {
  const shell = SHELLS.find((known) => known === name);
  if (shell === undefined) throw new UsageError(`"${name}" is none of ${SHELLS.join(", ")}`);
  await write(SCRIPTS[shell](commandTree(program)));
};
