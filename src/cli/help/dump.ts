// nlkit dump: all of it.
import type { CommandHelp } from "./example.ts";

export const dump: CommandHelp = {
  about: [
    "Asks the kernel for all of a table and prints it as decode does: a line an object, or -d, -j, -x, --flat. link, address, route and neighbour are rtnetlink's; nft is every table, chain, rule, set and object; conntrack the tracked flows; socket what `ss -a` has.",
    "Of the present namespace link, address, route, neighbour and socket need no root.",
  ],
  examples: [
    { says: "sockets, as ss has them", run: "nlkit dump socket", shows: ["SOCK_DIAG_BY_FAMILY", "AF_UNIX"] },
    {
      says: "addresses of another namespace, an object a line",
      run: "nlkit dump -j address --netns ns1",
      needs: ["ns1 on web"],
      shows: ['"local":"10.9.0.'],
    },
    { says: "links, every field", run: "nlkit dump -d link", shows: ["RTM_NEWLINK", 'IFLA_IFNAME "lo"'] },
    { says: "an object a line", run: "nlkit dump -j link", shows: ['"ifname":"lo"'] },
    { says: "links of another namespace", run: "nlkit dump link --netns ns1", needs: ["ns1"], shows: ['ifname "lo"'] },
    { says: "the packet filter", run: "nlkit dump nft", needs: ["web"], shows: ["NFT_MSG_NEWTABLE", "nlkit"] },
  ],
};
