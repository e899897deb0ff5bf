// What the Go library in Docker sends about addresses, routes and neighbours.
import { AF, FR_ACT, IFA_F, NLM_F, NTF, NUD, RT_SCOPE, RT_TABLE, RTN, RTPROT, TC_H } from "../../src/index.ts";
import {
  CREATE,
  DO,
  DUMP,
  docker,
  dockerLinkByName,
  type GoldenCase,
  type GoldenRequest,
  REPLACE,
} from "./programs.ts";

const call = (name: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `docker-library/${name}.txt`,
  command: name,
  requests,
});

/** What the library says of a route unless it is told otherwise. */
const USUAL = { family: AF.INET, table: RT_TABLE.MAIN, protocol: RTPROT.BOOT, type: RTN.UNICAST };

export const cases: GoldenCase[] = [
  // The library works the broadcast address out by itself.
  call("addr-add-v4-bridge", [
    dockerLinkByName("docker0"),
    docker({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET, prefixlen: 16, index: 2 },
      attrs: { local: "172.17.0.1", address: "172.17.0.1", broadcast: "172.17.255.255" },
    }),
  ]),
  // Go keeps IPv4 addresses in sixteen bytes, and a broadcast address that a caller gives goes out just so.
  call("addr-add-v4-label-broadcast", [
    dockerLinkByName("docker0"),
    docker({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET, prefixlen: 24, index: 2 },
      attrs: { local: "10.9.8.1", address: "10.9.8.1", broadcast: "::ffff:10.9.8.255", label: "docker0:x" },
    }),
  ]),
  call("addr-add-v6-bridge", [
    dockerLinkByName("docker0"),
    docker({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET6, prefixlen: 64, flags: IFA_F.NODAD, index: 2 },
      attrs: { local: "fd00:d0c::1", address: "fd00:d0c::1" },
    }),
  ]),
  call("addr-add-container", [
    dockerLinkByName("eth0"),
    docker({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET, prefixlen: 16, index: 4 },
      attrs: { local: "172.17.0.2", address: "172.17.0.2", broadcast: "172.17.255.255" },
    }),
  ]),
  // Lists are of the whole namespace: what belongs to the link is picked out afterwards.
  call("addr-list-v4", [
    dockerLinkByName("docker0"),
    docker({ name: "RTM_GETADDR", flags: DUMP, header: { family: AF.INET } }),
  ]),
  call("route-add-default", [
    dockerLinkByName("eth0"),
    docker({ name: "RTM_NEWROUTE", flags: CREATE, header: USUAL, attrs: { gateway: "172.17.0.1", oif: 4 } }),
  ]),
  call("route-add-link-scope", [
    dockerLinkByName("eth0"),
    docker({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, dstLen: 24, scope: RT_SCOPE.LINK },
      attrs: { dst: "10.200.0.0", priority: 100, metrics: { mtu: 1300 }, oif: 4 },
    }),
  ]),
  // The link of the route as a whole is said although each next hop has its own: as none.
  call("route-add-multipath", [
    dockerLinkByName("eth0"),
    docker({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, dstLen: 24 },
      attrs: {
        dst: "10.201.0.0",
        multipath: [
          { header: { flags: 0, hops: 0, ifindex: 4 }, attrs: { gateway: "172.17.0.1" } },
          { header: { flags: 0, hops: 3, ifindex: 4 }, attrs: { gateway: "172.17.0.9" } },
        ],
        oif: 0,
      },
    }),
  ]),
  call("route-list-v4", [docker({ name: "RTM_GETROUTE", flags: DUMP, header: { family: AF.INET } })]),
  call("route-del-default", [
    dockerLinkByName("eth0"),
    docker({
      name: "RTM_DELROUTE",
      flags: DO,
      header: { family: AF.INET, table: RT_TABLE.MAIN },
      attrs: { gateway: "172.17.0.1", oif: 4 },
    }),
  ]),
  call("neigh-set-permanent", [
    dockerLinkByName("eth0"),
    docker({
      name: "RTM_NEWNEIGH",
      flags: REPLACE,
      header: { family: AF.INET, ifindex: 4, state: NUD.PERMANENT },
      attrs: { dst: "172.17.0.7", lladdr: "02:42:ac:11:00:07" },
    }),
  ]),
  call("neigh-list", [
    dockerLinkByName("eth0"),
    docker({ name: "RTM_GETNEIGH", flags: DUMP, header: { family: AF.INET, ifindex: 4 } }),
  ]),
  // A bridge's entry has no IP address; the library sends one of no bytes.
  call("fdb-append", [
    dockerLinkByName("veth5f3a1c0"),
    docker({
      name: "RTM_NEWNEIGH",
      flags: DO | NLM_F.CREATE | NLM_F.APPEND,
      header: { family: AF.BRIDGE, ifindex: 5, state: NUD.PERMANENT, flags: NTF.MASTER },
      attrs: { dst: "", lladdr: "02:42:ac:11:00:42" },
    }),
  ]),
  call("rule-add", [
    docker({
      name: "RTM_NEWRULE",
      flags: CREATE,
      header: { family: AF.INET, srcLen: 16, table: 200, action: FR_ACT.TO_TBL },
      attrs: { src: "172.17.0.0", priority: 1000, fwmark: 7 },
    }),
  ]),
  call("qdisc-add-tbf", [
    dockerLinkByName("docker0"),
    docker({
      name: "RTM_NEWQDISC",
      flags: CREATE,
      header: { ifindex: 2, handle: 0x10000, parent: TC_H.ROOT },
      attrs: {
        kind: "tbf",
        options: {
          tbf: {
            parms: {
              rateCellLog: 0,
              rateLinklayer: 0,
              rateOverhead: 0,
              rateCellAlign: 0,
              rateMpu: 0,
              rateRate: 131_072,
              peakrateCellLog: 0,
              peakrateLinklayer: 0,
              peakrateOverhead: 0,
              peakrateCellAlign: 0,
              peakrateMpu: 0,
              peakrateRate: 0,
              limit: 1_220_703,
              buffer: 16_793,
              mtu: 0,
            },
          },
        },
      },
    }),
  ]),
];
