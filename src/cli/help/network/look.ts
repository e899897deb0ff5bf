// nlkit network ls, inspect, hosts, graph: all of it.
import type { CommandHelp } from "../example.ts";

export const ls: CommandHelp = {
  about: [
    "A line a network: name, bridge, how many endpoints, how it is, subnets. What needs a hand stands on stderr.",
  ],
  examples: [
    { says: "all", run: "nlkit network ls", needs: ["ns1 on web"], shows: ["NAME", "10.9.0.0/24"] },
    { says: "names only", run: "nlkit network ls -q", needs: ["web"], shows: ["web\n"] },
  ],
};
export const inspect: CommandHelp = {
  about: [
    "Everything that is kept of networks and their endpoints, and what there is of it. -j is what `network create --from` takes.",
  ],
  examples: [
    {
      says: "endpoints, with their addresses",
      run: "nlkit network inspect web",
      needs: ["ns1 on web"],
      shows: ["ns1", "10.9.0."],
    },
    {
      says: "kept for after a reboot",
      run: "nlkit network inspect web -j > web.json && cat web.json",
      needs: ["web"],
      shows: ['"name":"web"'],
    },
  ],
};
export const hosts: CommandHelp = {
  about: [
    "Lines of /etc/hosts for the endpoints and their aliases. --write puts them into /etc/netns/NAME/hosts, which `netns exec` lays over /etc/hosts; `disconnect` and `rm` keep them up to date. --clear takes them out, also when the network has gone.",
  ],
  examples: [
    {
      says: "who is where",
      run: "nlkit network hosts web",
      needs: ["ns1 on web", "ns2 on web"],
      shows: ["ns1", "ns2"],
    },
  ],
};
export const graph: CommandHelp = {
  about: [
    "Namespaces, bridges, ports and addresses, of nlkit's networks and of all others: a tree, --dot for Graphviz, --svg as a picture.",
  ],
  examples: [
    { says: "a tree", run: "nlkit network graph", needs: ["ns1 on web"], shows: ["ns1", "10.9.0."] },
    {
      says: "a picture",
      run: "nlkit network graph --svg net.svg",
      needs: ["ns1 on web"],
      writes: "net.svg",
      shows: ["<svg"],
    },
  ],
};
