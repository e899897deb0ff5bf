// The script of fish: a line an option, with a condition that says where it belongs.
import { type CommandShape, everyCommand, type OptionShape, type Taken } from "../command-tree.ts";
import { fishQuoted, oneLine } from "./quote.ts";

/** Of kinds that need something of the system; all others are typed. */
const WORDS: Readonly<Record<string, string>> = {
  netns: "(__nlkit_names /run/netns)",
  endpoint: "(__nlkit_names /run/netns)",
  link: "(__nlkit_names /sys/class/net)",
  pid: "(__fish_complete_pids)",
  network: "(nlkit network ls -q 2>/dev/null)",
};

/** What follows: a file, words, or what a person types. */
const taken = ({ words, kind }: Taken, required: string): string => {
  if (kind === "file" && words.length === 0) return `${required} -F`;
  const offered = words.length > 0 ? words.join(" ") : WORDS[kind];
  return `${required} -f${offered === undefined ? "" : ` -a ${fishQuoted(offered)}`}`;
};

const line = (condition: string, ...parts: readonly string[]): string =>
  `complete -c nlkit -n ${fishQuoted(condition)} ${parts.join(" ")}`;

const about = (description: string): string => `-d ${fishQuoted(oneLine(description))}`;

const optionLine = (command: CommandShape, { flags, description, value }: OptionShape): string => {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  // For a value that may be left out, and stands in the next word, fish has no way.
  const takes = value?.required === true ? ` ${taken(value, "-r")}` : "";
  return line(`__nlkit_at ${fishQuoted(command.path)}`, `${names.join(" ")}${takes}`, about(description));
};

const argumentLine = (command: CommandShape, value: Taken, i: number): string => {
  if (value.kind === "command") {
    return line(`__nlkit_at ${fishQuoted(command.path)} ${i}+`, "-f -a '(__nlkit_another)'");
  }
  return line(`__nlkit_at ${fishQuoted(command.path)} ${i}${value.variadic ? "+" : ""}`, taken(value, ""));
};

const linesOf = (command: CommandShape): string[] => [
  ...command.commands.flatMap(({ names, description }) =>
    names.map((name) =>
      line(`__nlkit_at ${fishQuoted(command.path)} 0`, `-f -a ${fishQuoted(name)}`, about(description)),
    ),
  ),
  ...command.options.map((option) => optionLine(command, option)),
  ...command.args.map((value, i) => argumentLine(command, value, i)),
];

/** "case PATTERN..." and what is done then. */
const arm = (patterns: readonly string[], command: string): string =>
  `        case ${patterns.map(fishQuoted).join(" ")}\n            ${command}`;

const pathArms = (command: CommandShape): string[] => {
  const below = command.commands;
  if (below.length === 0) return [];
  const aliased = below.filter(({ names }) => names.length > 1);
  return [
    arm(
      below.map(({ path }) => path),
      'set path "$path $argv[1]"',
    ),
    ...aliased.map(({ path, names: [, ...aliases] }) =>
      arm(
        aliases.map((alias) => `${command.path} ${alias}`),
        `set path ${fishQuoted(path)}`,
      ),
    ),
  ];
};

/** Options that take the next word. */
const takers = (command: CommandShape): string[] =>
  command.options
    .filter(({ value }) => value?.required === true)
    .flatMap(({ flags }) => flags.map((flag) => fishQuoted(`${command.path} ${flag}`)));

/** Commands whose first words are ours, and all others another program's: how many are ours. */
const passArms = (command: CommandShape): string[] => {
  const i = command.args.findIndex(({ kind }) => kind === "command");
  return i < 0 ? [] : [arm([command.path], `set own ${i}`)];
};

/**
 * The script.
 * @param root the program
 */
export const fishCompletion = (root: CommandShape): string => {
  const all = everyCommand(root);
  return `# fish completion of nlkit, made by \`nlkit completion fish\` of the commands that it had then.

function __nlkit_names
    for name in $argv[1]/*
        string replace -r '.*/' '' -- $name
    end
end

# Sets path, how many arguments stand before the cursor, and where another program's command line begins.
function __nlkit_walk -S
    set path nlkit
    set count 0
    set other 0
    set -l own -1
    set -l skip 0
    set -l ended 0
    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        set -l word $words[$i]
        if test $skip = 1
            set skip 0
        else if test $ended = 0; and test "x$word" = x--
            set ended 1
        else if test $ended = 0; and string match -q -- '-?*' $word
            contains -- "$path $word" ${all.flatMap(takers).join(" ")}; and set skip 1
        else if test $own = $count
            set other $i
            return
        else if test $count = 0; and __nlkit_below $word
            set own (__nlkit_own)
        else
            set count (math $count + 1)
        end
    end
    test $own = $count; and set other (math (count $words) + 1)
end

# A subcommand of path: path becomes it.
function __nlkit_below -S
    switch "$path $argv[1]"
${all.flatMap(pathArms).join("\n")}
        case '*'
            return 1
    end
end

# How many arguments of path are ours; those behind are another program's command line. -1: all.
function __nlkit_own -S
    set -l own -1
    switch $path
${all.flatMap(passArms).join("\n")}
    end
    echo $own
end

# Is the cursor at that command, at its argument $argv[2], counted from 0? "1+": there or behind it.
function __nlkit_at
    set -l path
    set -l count
    set -l other
    __nlkit_walk
    test "$path" = "$argv[1]"; or return 1
    set -q argv[2]; or test $other = 0 -o $other -gt (count (commandline -opc)); or return 1
    set -q argv[2]; or return 0
    set -l from (string replace + '' -- $argv[2])
    test $count = $from; or begin
        test $argv[2] != $from -a $count -gt $from
    end
end

# The command line of another program, as it completes it itself.
function __nlkit_another
    set -l path
    set -l count
    set -l other
    __nlkit_walk
    set -l words (commandline -opc) (commandline -ct)
    complete --do-complete=(string join ' ' -- (string escape -- $words[$other..-2]) $words[-1] | string collect)
end

complete -c nlkit -f
${all.flatMap(linesOf).join("\n")}
`;
};
