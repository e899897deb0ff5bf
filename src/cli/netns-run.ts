// What `nlkit netns` does.
import { printable } from "../codec/text.ts";
import { addNetns, deleteNetns, execNetns, listNetns } from "../socket/index.ts";
import { begin } from "./begin.ts";
import { outlive } from "./child.ts";
import { UsageError } from "./failure.ts";
import { print } from "./stdout.ts";

export const add = (name: string): void => begin("netns add", name, () => addNetns(name));

export const remove = (name: string): void => begin("netns delete", name, () => deleteNetns(name));

export const list = (): Promise<void> => print(listNetns().map((name) => printable(name)));

/** @returns the exit code of the command */
export const exec = (name: string, command: readonly string[]): Promise<number> => {
  // commander hands on a "--" that stands behind NAME.
  const words = command[0] === "--" ? command.slice(1) : command;
  if (words.length === 0) throw new UsageError("netns exec: no command");
  return outlive(() => begin("netns exec", name, () => execNetns(name, words, { stdio: "inherit" })));
};
