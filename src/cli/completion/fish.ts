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

/** Paths that there are; an alias becomes what it stands for. */
const pathArms = (command: CommandShape): string[] => {
  const below = command.commands;
  if (below.length === 0) return [];
  const known = arm(
    below.map(({ path }) => path),
    "true",
  );
  const aliases = below.flatMap(({ path, names: [, ...others] }) =>
    others.map((alias) => arm([`${command.path} ${alias}`], `set path ${fishQuoted(path)}`)),
  );
  return [known, ...aliases];
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

# Of the command line as it is: the command, how many arguments of it stand before the cursor, and which word begins another program's
# command line (0: none). fish asks this for every line below: it is found out once.
function __nlkit_walk
    set -l words (commandline -opc)
    test (string join \\n x -- $words | string collect) = "$__nlkit_line"; and return
    set -g __nlkit_line (string join \\n x -- $words | string collect)
    set -g __nlkit_path nlkit
    set -g __nlkit_count 0
    set -g __nlkit_other 0
    set -l own -1
    set -l skip 0
    set -l ended 0
    for i in (seq 2 (count $words))
        set -l word $words[$i]
        if test $skip = 1
            set skip 0
        else if test $ended = 0; and test "x$word" = x--
            set ended 1
        else if test $ended = 0; and string match -q -- '-?*' $word
            contains -- "$__nlkit_path $word" ${all.flatMap(takers).join(" ")}; and set skip 1
        else if test $own = $__nlkit_count
            set -g __nlkit_other $i
            return
        else if test $__nlkit_count = 0; and __nlkit_below $word
            set own -1
            switch $__nlkit_path
${all.flatMap(passArms).join("\n").replace(/^/gm, "        ")}
            end
        else
            set -g __nlkit_count (math $__nlkit_count + 1)
        end
    end
    test $own = $__nlkit_count; and set -g __nlkit_other (math (count $words) + 1)
end

# A subcommand of where it is: it is there then.
function __nlkit_below
    set -l path "$__nlkit_path $argv[1]"
    switch $path
${all.flatMap(pathArms).join("\n")}
        case '*'
            return 1
    end
    set -g __nlkit_path $path
end

# Is the cursor at that command, at its argument $argv[2], counted from 0? "1+": there or behind it.
function __nlkit_at
    __nlkit_walk
    test $__nlkit_path = $argv[1]; or return 1
    if not set -q argv[2]
        test $__nlkit_other = 0 -o $__nlkit_other -gt (count (commandline -opc))
        return
    end
    set -l from (string replace + '' -- $argv[2])
    test $__nlkit_count = $from; and return
    test $argv[2] != $from -a $__nlkit_count -gt $from
end

# The command line of another program, as it completes it itself.
function __nlkit_another
    __nlkit_walk
    set -l words (commandline -opc) (commandline -ct)
    complete --do-complete=(string join ' ' -- (string escape -- $words[$__nlkit_other..-2]) $words[-1] | string collect)
end

complete -c nlkit -f
${all.flatMap(linesOf).join("\n")}
`;
};
