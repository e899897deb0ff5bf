# What bash completes lines to. usage: bash --norc complete.bash SCRIPT LINE...; "=" stands behind the completions of each LINE
source "$1"
shift
# As bash finds it: by the name of the command.
read -r _ _ function _ < <(complete -p nlkit)
for line; do
  # It parts words at "=" too. A blank at the end: the cursor stands at an empty word.
  read -ra COMP_WORDS <<< "${line//=/ = }"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  $function
  [[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
  echo =
done
