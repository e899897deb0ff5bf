// The program as data: what its help, its completion and its manual page are made of. Nothing here names a command: it is all commander's.
import type { Argument, Command, Option } from "commander";
import { NETLINK } from "../attrs/netlink-protocols.ts";

/** What a person may put in a place. */
export interface Taken {
  /** As it is written: "<file>", "[group...]". */
  readonly term: string;
  readonly description: string;
  /** Its default, as help writes it; undefined: none. */
  readonly fallback: string | undefined;
  /** What stands between the brackets, without a letter that tells two apart: "file" of <fileA>. */
  readonly kind: string;
  /** Known values; none: `kind` says what it is. */
  readonly words: readonly string[];
  readonly required: boolean;
  readonly variadic: boolean;
}
/** An option. */
export interface OptionShape {
  /** "-j", "--json". */
  readonly flags: readonly string[];
  /** As help writes it: "-w, --write <file>". */
  readonly term: string;
  readonly description: string;
  /** Undefined: it is a flag. */
  readonly value: Taken | undefined;
}
/** A command, and those below it. */
export interface CommandShape {
  /** "nlkit", "nlkit network connect". */
  readonly path: string;
  /** Its own name first, then its aliases. */
  readonly names: readonly string[];
  readonly usage: string;
  readonly description: string;
  readonly args: readonly Taken[];
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

/** Kinds whose words are known, and too many for a help text. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  protocol: Object.keys(NETLINK).map((name) => `NETLINK_${name}`),
  bool: ["true", "false"],
};

/** What an option and an argument have in common. */
type Described = Pick<Option, "description" | "argChoices" | "defaultValue">;

/** "<file>", "[group...]", "<name=address>" -> what is between the brackets. */
const takenOf = (term: string, { description, argChoices, defaultValue }: Described): Taken => {
  const name = /[<[](.*?)(?:\.\.\.)?[>\]]$/.exec(term)?.[1] ?? "";
  const kind = name.replace(/[A-Z]$/, "");
  return {
    term,
    description,
    fallback: typeof defaultValue === "string" ? defaultValue : undefined,
    kind,
    words: argChoices ?? WORDS[kind] ?? [],
    required: term.startsWith("<"),
    variadic: term.includes("..."),
  };
};

const argumentOf = (argument: Argument): Taken => {
  const inside = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return takenOf(argument.required ? `<${inside}>` : `[${inside}]`, argument);
};

const optionOf = (option: Option): OptionShape => {
  const [term] = /[<[].*$/.exec(option.flags) ?? [];
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
    term: option.flags,
    description: option.description,
    value: term === undefined ? undefined : takenOf(term, option),
  };
};

/** The commands that `help` takes: their names alone. */
const namesOnly = (commands: readonly CommandShape[], above: string): CommandShape[] =>
  commands.map((command) => {
    const path = `${above} ${command.names[0]}`;
    return { ...command, path, args: [], options: [], commands: namesOnly(command.commands, path) };
  });

const shapeOf = (command: Command, above: readonly string[]): CommandShape => {
  const path = [...above, command.name()];
  const help = command.createHelp();
  return {
    path: path.join(" "),
    names: [command.name(), ...command.aliases()],
    usage: help.commandUsage(command),
    description: command.description(),
    args: command.registeredArguments.map(argumentOf),
    options: help.visibleOptions(command).map(optionOf),
    commands: command.commands.map((one) => shapeOf(one, path)),
  };
};

/**
 * Everything that the program takes.
 * @param program with all of its subcommands
 */
export const commandTree = (program: Command): CommandShape => {
  const root = shapeOf(program, []);
  const commands = root.commands.map((command) =>
    command.args[0]?.kind === "subcommand" ? { ...command, commands: namesOnly(root.commands, command.path) } : command,
  );
  return { ...root, commands };
};

/** A command and all below it, the first first. */
export const everyCommand = (command: CommandShape): CommandShape[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];
