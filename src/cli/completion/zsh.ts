// The script of zsh: a function a command, each a call of zsh's own _arguments.
import type { CommandShape, OptionShape, Taken } from "../command-tree.ts";
import { oneLine, quoted } from "./quote.ts";

/** Of kinds that need something of the system; all others are typed. */
const ACTIONS: Readonly<Record<string, string>> = {
  file: "_files",
  netns: "_nlkit__netns",
  endpoint: "_nlkit__netns",
  link: "_nlkit__link",
  network: "_nlkit__network",
  pid: "_pids",
};

/** In a spec of _arguments a colon ends a part. */
const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
const described = (text: string): string => escaped(oneLine(text)).replace(/[[\]]/g, "\\$&");

const actionOf = ({ words, kind }: Taken): string =>
  words.length > 0 ? `(${words.map(escaped).join(" ")})` : (ACTIONS[kind] ?? " ");

const valueSpec = (value: Taken): string => `${value.required ? "" : ":"}:${escaped(value.kind)}:${actionOf(value)}`;

/** Each flag of an option; what stands in front says that a flag is given once. */
const optionSpecs = ({ flags, description, value }: OptionShape): string[] =>
  flags.map((flag) => {
    const once = value === undefined ? `(${flags.join(" ")})` : "*";
    // -w FILE and -wFILE, --write FILE and --write=FILE; an option whose value may be left out takes it in the next word.
    const sign = value === undefined || !value.required ? "" : flag.startsWith("--") ? "=" : "+";
    return `${once}${flag}${sign}[${described(description)}]${value === undefined ? "" : valueSpec(value)}`;
  });

const argumentSpecs = ({ args }: CommandShape): string[] =>
  args.flatMap((taken, i) => {
    // Of another program's command line nothing is ours.
    if (taken.kind === "command") return [`(-)${i + 1}:command: _command_names -e`, "*::arguments: _normal"];
    const [at, optional] = taken.variadic ? ["*", ""] : [String(i + 1), taken.required ? "" : ":"];
    return [`${at}:${optional}${escaped(taken.kind)}:${actionOf(taken)}`];
  });

const functionOf = (path: string): string => `_${path.replaceAll(" ", "_").replaceAll("-", "_")}`;

const call = (specs: readonly string[], how: string): string =>
  [`  _arguments ${how} : \\`, specs.map((spec) => `    ${quoted(spec)}`).join(" \\\n")].join("\n");

const leaf = (command: CommandShape): string => {
  const specs = [...command.options.flatMap(optionSpecs), ...argumentSpecs(command)];
  return `${functionOf(command.path)}() {\n${call(specs, "-s -S")}\n}`;
};

const branch = (command: CommandShape): string => {
  const words = command.commands.flatMap(({ names, description }) =>
    names.map((name) => `    ${quoted(`${escaped(name)}:${oneLine(description)}`)}`),
  );
  const cases = command.commands.map(({ names, path }) => `        ${names.join(" | ")}) ${functionOf(path)} ;;`);
  const itself = functionOf(command.path);
  return `${itself}_commands() {
  local -a commands=(
${words.join("\n")}
  )
  _describe -t commands ${quoted(`${command.path} command`)} commands
}
${itself}() {
  local context state state_descr line ret=1 curcontext=$curcontext
  typeset -A opt_args
${call([...command.options.flatMap(optionSpecs), `1: :${itself}_commands`, "*:: :->below"], "-C -s -S")} && ret=0
  case $state in
    below)
      case $line[1] in
${cases.join("\n")}
      esac && ret=0 ;;
  esac
  return ret
}`;
};

/** Functions of a command and of all below it. */
const functions = (command: CommandShape): string[] => [
  command.commands.length === 0 ? leaf(command) : branch(command),
  ...command.commands.flatMap(functions),
];

/**
 * The script: a file _nlkit of $fpath, or read by `source`.
 * @param root the program
 */
export const zshCompletion = (root: CommandShape): string => `#compdef nlkit
# zsh completion of nlkit, made by \`nlkit completion zsh\` of the commands that it had then.

_nlkit__netns() {
  local -a names=(/run/netns/*(N:t))
  _wanted netns expl namespace compadd -a names
}
_nlkit__link() {
  local -a names=(/sys/class/net/*(N:t))
  _wanted links expl link compadd -a names
}
_nlkit__network() {
  local -a names=("\${(@f)$(nlkit network ls -q 2>/dev/null)}")
  names=("\${(@)names:#}")
  _wanted networks expl network compadd -a names
}

${functions(root).join("\n\n")}

if [[ $funcstack[1] == _nlkit ]]; then _nlkit "$@"; else compdef _nlkit nlkit; fi
`;
