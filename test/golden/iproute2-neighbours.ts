// `ip neigh`, and `bridge`: neighbours, forwarding tables, ports.
import { AF, NTF, NUD } from "../../src/index.ts";
import {
  ASK,
  CREATE,
  DO,
  DUMP,
  type GoldenCase,
  type GoldenRequest,
  ip,
  ipLinkByIndex,
  ipLinkByName,
  ipLinks,
} from "./programs.ts";

const neighbour = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/${name}.txt`,
  command,
  requests,
});

// Where `ip neigh` and `bridge` need an index, they ask for all links first; only `get` asks for one.
export const cases: GoldenCase[] = [
  neighbour("neigh-add", "ip neigh add 10.1.2.77 lladdr 02:00:00:00:00:77 dev br0 nud permanent", [
    ipLinks(),
    ip({
      name: "RTM_NEWNEIGH",
      flags: CREATE,
      header: { family: AF.INET, ifindex: 2, state: NUD.PERMANENT },
      attrs: { dst: "10.1.2.77", lladdr: "02:00:00:00:00:77" },
    }),
  ]),
  neighbour("neigh-add-proxy", "ip neigh add proxy 10.1.2.78 dev br0", [
    ipLinks(),
    ip({
      name: "RTM_NEWNEIGH",
      flags: CREATE,
      header: { family: AF.INET, ifindex: 2, state: NUD.PERMANENT, flags: NTF.PROXY },
      attrs: { dst: "10.1.2.78" },
    }),
  ]),
  neighbour("neigh-show", "ip neigh show", [ipLinks(), ip({ name: "RTM_GETNEIGH", flags: DUMP })]),
  neighbour("neigh-show-proxy", "ip neigh show proxy", [
    ipLinks(),
    ip({ name: "RTM_GETNEIGH", flags: DUMP, header: { flags: NTF.PROXY } }),
  ]),
  neighbour("neigh-get", "ip neigh get 10.1.2.77 dev br0", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_GETNEIGH",
      flags: ASK,
      header: { family: AF.INET, ifindex: 2 },
      attrs: { dst: "10.1.2.77" },
    }),
  ]),
  neighbour("neigh-del", "ip neigh del 10.1.2.77 dev br0", [
    ipLinks(),
    ip({
      name: "RTM_DELNEIGH",
      flags: DO,
      header: { family: AF.INET, ifindex: 2, state: NUD.PERMANENT },
      attrs: { dst: "10.1.2.77" },
    }),
  ]),
  neighbour("bridge-fdb-show", "bridge fdb show", [
    ipLinks(),
    ip({ name: "RTM_GETNEIGH", flags: DUMP, header: { family: AF.BRIDGE } }),
  ]),
  neighbour("bridge-fdb-add", "bridge fdb add 02:00:00:00:00:42 dev br-veth0 master static", [
    ipLinks(),
    ip({
      name: "RTM_NEWNEIGH",
      flags: CREATE,
      header: { family: AF.BRIDGE, ifindex: 3, state: NUD.REACHABLE | NUD.NOARP, flags: NTF.MASTER },
      attrs: { lladdr: "02:00:00:00:00:42" },
    }),
  ]),
  neighbour("bridge-link-show", "bridge -d link show", [
    ipLinks(),
    ipLinks(AF.BRIDGE),
    ipLinkByIndex(4),
    ipLinkByIndex(6),
  ]),
];
