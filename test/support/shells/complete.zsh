# What an interactive zsh completes lines to: a zsh of its own, on a terminal of its own, asked by the key that lists.
# usage: zsh -f complete.zsh OUT SCRIPT LINE...; OUT gets a line for each completion, and "=" behind those of each LINE
zmodload zsh/zpty
out=$1 script=$2
shift 2
zpty -b asked zsh -f -i
# _arguments and its like ask compadd what would match (-O, -A, -D): that is not shown.
zpty -w asked "PROMPT= LISTMAX=100000; stty -echo; autoload -Uz compinit && compinit -D -u; source ${(q)script}
compadd() {
  local -a hits
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd \"\$@\"; return; fi
  builtin compadd -A hits \"\$@\"
  (( \$#hits )) && print -rl -- \$hits >> ${(q)out}
  builtin compadd \"\$@\"
}
asked() { zle list-choices; print = >> ${(q)out}; zle kill-whole-line }
zle -N asked; bindkey '^T' asked; print > ${(q)out}.ready"
# What it prints is read, or it would wait for that.
read_on() { sleep 0.01; while zpty -r -t asked printed; do :; done 2>/dev/null }
until [[ -e $out.ready ]]; do read_on; done
for ((i = 1; i <= $#; i++)); do
  zpty -w -n asked "${argv[i]}"$'\x14'
  until (( $(grep -c '^=$' $out) == i )); do read_on; done
done
zpty -d asked
