// What `nlkit help` does: commander's short text of a command, and what stands in HELP beside it.
import type { Command } from "commander";
import { UsageError } from "../failure.ts";
import { write } from "../stdout.ts";
import { EXIT_CODES, needsRoot } from "./example.ts";
import { HELP } from "./table.ts";
import { filled, indented } from "./text.ts";

/** As commander has it. */
const WIDTH = 80;

/** The command that some words name; aliases count. */
const commandOf = (program: Command, words: readonly string[]): Command =>
  words.reduce((above, word) => {
    const found = above.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (found === undefined) {
      const known = above.commands.map((one) => one.name()).join(", ");
      throw new UsageError(
        `help: ${words.length > 1 ? `"${words.join(" ")}": ` : ""}"${word}" is none of ${known || "the subcommands: there are none"}`,
      );
    }
    return found;
  }, program);

const pathOf = (command: Command): string =>
  command.parent === null ? "" : `${pathOf(command.parent)} ${command.name()}`.trim();

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([head]) => head.length)) + 2;
  return rows
    .map(([head, text]) => `  ${head.padEnd(width)}${filled(text, WIDTH - 2 - width, " ".repeat(width + 2))}`)
    .join("\n");
};

/**
 * The text.
 * @param command which
 */
export const helpText = (command: Command): string => {
  const help = HELP[pathOf(command)];
  const short = command.helpInformation().trimEnd();
  if (help === undefined) return `${short}\n`;
  const parts = [
    short,
    ...help.about.map((text) => filled(text, WIDTH)),
    ...(help.sections ?? []).flatMap(({ title, text }) => [
      `${title}:\n${text.map((one) => (/^ /.test(one) ? one : indented(one, WIDTH))).join("\n\n")}`,
    ]),
    `Exit codes:\n${table(Object.entries({ ...EXIT_CODES, ...help.exit }))}`,
    `Examples:\n${help.examples
      .map(({ says, run, needs }) => `  # ${says}${needsRoot(needs) ? " (as root)" : ""}\n  ${run}`)
      .join("\n\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
};

/**
 * Prints all of it.
 * @param program with all of its subcommands
 * @param words of a command; none: the program
 * @throws UsageError when there is none
 */
export const help = (program: Command, words: readonly string[]): Promise<void> =>
  write(helpText(commandOf(program, words)));
