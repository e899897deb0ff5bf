// nlkit help and nlkit completion: all of it.
import type { CommandHelp } from "./example.ts";

export const help: CommandHelp = {
  about: [
    "Says all of it about a command; `SUBCOMMAND --help` is the short text. The examples are run by nlkit's tests. `man nlkit` has all of this on one page.",
  ],
  examples: [
    { says: "the filter's grammar is there", run: "nlkit help decode", shows: ['unary { "&&" unary }', "Examples:"] },
    { says: "of a subcommand's subcommand", run: "nlkit help network connect", shows: ["--publish", "Exit codes:"] },
  ],
};
export const completion: CommandHelp = {
  about: [
    "Prints a script. It holds the commands and options of the nlkit that printed it: print it again after an update. Subcommands, options, their values, files, and the names of namespaces, links, processes and networks are completed; behind `trace` and `netns exec` whatever the other command completes. Only for names of networks nlkit is started.",
  ],
  sections: [
    {
      title: "Where it goes",
      text: [
        [
          "  bash   nlkit completion bash > ~/.local/share/bash-completion/completions/nlkit   (with bash-completion)",
          "         or in ~/.bashrc: source <(nlkit completion bash)",
          "  zsh    nlkit completion zsh > DIR/_nlkit, DIR being one of $fpath before compinit",
          "         or in ~/.zshrc behind compinit: source <(nlkit completion zsh)",
          "  fish   nlkit completion fish > ~/.config/fish/completions/nlkit.fish",
        ].join("\n"),
      ],
    },
  ],
  examples: [
    {
      says: "a file for bash",
      run: "nlkit completion bash > nlkit.bash",
      writes: "nlkit.bash",
      shows: ["complete -F _nlkit nlkit"],
    },
    {
      says: "for this bash",
      run: `bash -c 'source <(nlkit completion bash); complete -p nlkit'`,
      shows: ["complete -F _nlkit nlkit"],
    },
    {
      says: "for every fish",
      run: "nlkit completion fish > nlkit.fish && fish --no-config -c 'source nlkit.fish; complete -C \"nlkit dec\"'",
      shows: ["decode"],
    },
  ],
};
export const program: CommandHelp = {
  about: [
    "Decodes netlink that somebody recorded, shows what programs say to the kernel and what the kernel has, changes it, and builds bridge networks with it. -d prints a tree, -j a JSON object a line, -x an annotated hexdump, --flat one `path = value` a line. Colour only on a terminal; NO_COLOR turns it off.",
    "`nlkit help SUBCOMMAND` has grammar, exit codes and examples of each.",
  ],
  examples: [{ says: "everything below, with grammar and examples", run: "nlkit help trace", shows: ["Examples:"] }],
};
