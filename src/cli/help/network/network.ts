// nlkit network: what its subcommands have in common.
import type { CommandHelp } from "../example.ts";

export const network: CommandHelp = {
  about: [
    "What `docker network` does with its bridge driver, for any namespace or process, without a daemon: the kernel keeps everything, and the firewall is nf_tables'. A namespace is a name of `ip netns`, a path, or pid:123. --host NETNS: the bridges are in that namespace. --dry-run of whatever changes something prints every message instead, and refuses what would be refused.",
    "It needs root, or `unshare -Urnm` around it.",
  ],
  examples: [
    {
      says: "a network, a namespace on it, and everything away again",
      run: "nlkit network create web --enable-forwarding && nlkit network connect web ns1 && nlkit network ls && nlkit network rm -f web",
      needs: ["ns1"],
      shows: ["web"],
    },
  ],
};
