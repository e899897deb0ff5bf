// nlkit dump: all of it.
import type { CommandHelp } from "./example.ts";

export const dump: CommandHelp = {
  about: [
    "Asks the kernel for all of a table and prints it as decode does: a line an object, or -d, -j, -x, --flat. link, address, route, neighbour, rule and nexthop are rtnetlink's; tc is the disciplines of all links, their classes and the filters of each discipline; nft is every table, chain, rule, set and object; conntrack the tracked flows; socket what `ss -a` has; xfrm the states and policies of IPsec, with zeros for keys. The beginning of a name is enough: addr, neigh.",
    "Of the present namespace all but nft, conntrack and xfrm need no root.",
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
    {
      says: "addresses of IPv4 alone",
      run: "nlkit dump address --filter 'header.family == AF_INET'",
      shows: ["RTM_NEWADDR", "address 127.0.0.1"],
    },
    { says: "rules of routing, as `ip rule`", run: "nlkit dump rule", shows: ["RTM_NEWRULE", "RT_TABLE_MAIN"] },
    { says: "disciplines, classes and filters, as tc has them", run: "nlkit dump tc", shows: ["RTM_NEWQDISC"] },
    { says: "the packet filter", run: "nlkit dump nft", needs: ["web"], shows: ["NFT_MSG_NEWTABLE", "nlkit"] },
  ],
};
