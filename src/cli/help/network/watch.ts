// nlkit network check, watch: all of it.
import type { CommandHelp } from "../example.ts";

export const check: CommandHelp = {
  about: [
    "Looks at links, ports, addresses and routes both ways, then sends a packet from inside A and has the kernel tell which rules it meets. A line a finding: what is wrong, and the command that mends it. A and B are namespaces or endpoints.",
  ],
  exit: { 0: "A reaches B", 1: "something is wrong, and said" },
  examples: [
    {
      says: "it works",
      run: "nlkit network check ns1 ns2",
      needs: ["ns1 on web", "ns2 on web"],
      shows: ["ns1 reaches ns2"],
    },
    {
      says: "nobody listens there",
      run: "nlkit network check ns1 ns2 --port tcp/5900",
      needs: ["ns1 on web", "ns2 on web"],
      shows: ["5900"],
      code: 1,
    },
    {
      says: "a link is down: the command that mends it",
      run: "ip -n ns2 link set eth0 down; nlkit network check ns1 ns2",
      needs: ["ns1 on web", "ns2 on web"],
      shows: ["ip -n ns2 link set eth0 up"],
      code: 1,
    },
  ],
};
export const watch: CommandHelp = {
  about: [
    "Removes what endpoints leave whose namespace has gone, as soon as it goes, until it is stopped. Without it the next change does.",
  ],
  examples: [
    {
      says: "as long as it runs",
      run: "nlkit network watch",
      needs: ["ns1 on web"],
      shows: ["listening"],
      meanwhile: "true",
      code: 130,
    },
  ],
};
