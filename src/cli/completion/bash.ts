// The script of bash. It needs bash 4.4; of bash-completion it uses what completes the command behind `trace` and `netns exec`, if it is there.
import { type CommandShape, everyCommand, type Taken } from "../command-tree.ts";
import { quoted } from "./quote.ts";

/** What the script's `_nlkit_offer` takes: words behind "=", or a kind. */
const offer = ({ words, kind }: Taken): string => (words.length > 0 ? `=${words.join(" ")}` : kind);

/** A command and its aliases, as a pattern of `case`. */
const pattern = (texts: readonly string[]): string => texts.map(quoted).join(" | ");

const shapeCase = (command: CommandShape): string => {
  const names = command.commands.flatMap(({ names }) => names).join(" ");
  const options = command.options.flatMap(({ flags }) => flags).join(" ");
  const rest = command.args.some(({ variadic }) => variadic) ? " rest=1" : "";
  return [
    `    ${quoted(command.path)})`,
    `      commands=${quoted(names)} options=${quoted(options)} args=(${command.args.map(offer).map(quoted).join(" ")})${rest} ;;`,
  ].join("\n");
};

const aliasCases = (command: CommandShape): string[] =>
  command.commands
    .filter(({ names }) => names.length > 1)
    .map(({ names: [name = "", ...aliases] }) => {
      const typed = aliases.map((alias) => `${command.path} ${alias}`);
      return `    ${pattern(typed)}) path=${quoted(`${command.path} ${name}`)} ;;`;
    });

const valueCases = (command: CommandShape): string[] =>
  command.options.flatMap(({ flags, value }) =>
    value === undefined
      ? []
      : [
          `    ${pattern(flags.map((flag) => `${command.path} ${flag}`))}) value=${quoted(`${value.required ? "" : "?"}${offer(value)}`)} ;;`,
        ],
  );

const SCRIPT = `
# Names that others gave: they are words, whatever is in them.
_nlkit_names() {
  local name
  for name; do
    name=\${name##*/}
    [[ $name == "$cur"* && $name != '*' ]] && COMPREPLY+=("$(printf %q "$name")")
  done
}

# What there is of a kind, or words behind "=".
_nlkit_offer() {
  local names
  case $1 in
    =*) mapfile -t -O \${#COMPREPLY[@]} COMPREPLY < <(compgen -W "\${1#=}" -- "$cur") ;;
    file)
      mapfile -t -O \${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
    netns | endpoint) _nlkit_names /run/netns/* ;;
    link) _nlkit_names /sys/class/net/* ;;
    pid) _nlkit_names /proc/[0-9]* ;;
    network)
      mapfile -t names < <("\${COMP_WORDS[0]}" network ls -q 2>/dev/null)
      _nlkit_names "\${names[@]}" ;;
    command) mapfile -t -O \${#COMPREPLY[@]} COMPREPLY < <(compgen -c -- "$cur") ;;
  esac
}

# The command line behind the word $1 is another program's.
_nlkit_another() {
  if ((COMP_CWORD == $1)); then _nlkit_offer command
  elif declare -F _comp_command_offset >/dev/null; then _comp_command_offset "$1"
  elif declare -F _command_offset >/dev/null; then _command_offset "$1"
  else _nlkit_offer file
  fi
}

_nlkit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} path=nlkit at=0 ended='' pending='' i word
  local commands options args rest value
  COMPREPLY=()
  _nlkit_shape
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # --name=value comes as three words.
    [[ $word == '=' ]] && continue
    if [[ -n $pending && ! ($pending == '?'* && $word == -*) ]]; then pending=
    elif [[ -z $ended && $word == -- ]]; then pending='' ended=1
    elif [[ -z $ended && $word == -?* ]]; then
      _nlkit_value "$word"
      pending=$value
    elif [[ \${args[at]} == command ]]; then
      _nlkit_another "$i"
      return
    elif [[ $at == 0 && " $commands " == *" $word "* ]]; then
      path="$path $word"
      _nlkit_alias
      _nlkit_shape
    else
      at=$((at + 1))
    fi
  done
  [[ $cur == '=' ]] && cur=
  if [[ -n $pending && ! ($pending == '?'* && $cur == -*) ]]; then _nlkit_offer "\${pending#\\?}"
  elif [[ -z $ended && $cur == -* ]]; then _nlkit_offer "=$options"
  else
    [[ $at == 0 && -n $commands ]] && _nlkit_offer "=$commands"
    if ((at >= \${#args[@]} && rest)); then at=$((\${#args[@]} - 1)); fi
    _nlkit_offer "\${args[at]}"
  fi
}
complete -F _nlkit nlkit
`;

/**
 * The script.
 * @param root the program
 */
export const bashCompletion = (root: CommandShape): string => {
  const all = everyCommand(root);
  return `# bash completion of nlkit, made by \`nlkit completion bash\` of the commands that it had then.

# What the command $path takes.
_nlkit_shape() {
  commands='' options='' args=() rest=0
  case $path in
${all.map(shapeCase).join("\n")}
  esac
}

# The name of what was called by another.
_nlkit_alias() {
  case $path in
${all.flatMap(aliasCases).join("\n")}
  esac
}

# What the option $1 of it takes: a kind, or words behind "="; behind "?" it need not be there.
_nlkit_value() {
  value=
  case "$path $1" in
${all.flatMap(valueCases).join("\n")}
  esac
}
${SCRIPT}`;
};
