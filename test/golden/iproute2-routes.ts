// `ip route`.
import { AF, RT_SCOPE, RT_TABLE, RTM_F, RTN, RTNH_F, RTPROT } from "../../src/index.ts";
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
  REPLACE,
} from "./programs.ts";

const route = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/route-${name}.txt`,
  command,
  requests,
});

/** What `ip route add` says of a route unless it is told otherwise. */
const USUAL = { family: AF.INET, table: RT_TABLE.MAIN, protocol: RTPROT.BOOT, type: RTN.UNICAST };

export const cases: GoldenCase[] = [
  route(
    "add-via",
    "ip route add 10.50.0.0/16 via 10.1.2.1 dev br0 metric 100 table 77 proto static src 10.1.2.4 onlink",
    [
      ipLinkByName("br0"),
      ip({
        name: "RTM_NEWROUTE",
        flags: CREATE,
        header: { ...USUAL, dstLen: 16, table: 77, protocol: RTPROT.STATIC, flags: RTNH_F.ONLINK },
        attrs: { dst: "10.50.0.0", gateway: "10.1.2.1", priority: 100, prefsrc: "10.1.2.4", oif: 2 },
      }),
    ],
  ),
  route(
    "add-multipath",
    "ip route add 10.52.0.0/16 nexthop via 10.1.2.1 dev br0 weight 1 onlink nexthop via 10.1.2.9 dev br0 weight 5 onlink",
    [
      ipLinkByName("br0"),
      ip({
        name: "RTM_NEWROUTE",
        flags: CREATE,
        header: { ...USUAL, dstLen: 16 },
        attrs: {
          dst: "10.52.0.0",
          multipath: [
            { header: { flags: RTNH_F.ONLINK, hops: 1 - 1, ifindex: 2 }, attrs: { gateway: "10.1.2.1" } },
            { header: { flags: RTNH_F.ONLINK, hops: 5 - 1, ifindex: 2 }, attrs: { gateway: "10.1.2.9" } },
          ],
        },
      }),
    ],
  ),
  route("add-blackhole", "ip route add blackhole 10.53.0.0/16", [
    ip({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, dstLen: 16, type: RTN.BLACKHOLE },
      attrs: { dst: "10.53.0.0" },
    }),
  ]),
  route("add-nhid", "ip route add 10.55.0.0/16 nhid 10", [
    ip({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, dstLen: 16 },
      attrs: { dst: "10.55.0.0", nhId: 10 },
    }),
  ]),
  route("add-v6", "ip -6 route add 2001:db8:2::/48 via 2001:db8:1::ff dev br0 metric 5 pref high", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, family: AF.INET6, dstLen: 48 },
      attrs: { dst: "2001:db8:2::", gateway: "2001:db8:1::ff", priority: 5, pref: 1, oif: 2 },
    }),
  ]),
  route("replace-default", "ip route replace default via 10.1.2.1 dev br0 onlink", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWROUTE",
      flags: REPLACE,
      header: { ...USUAL, flags: RTNH_F.ONLINK },
      attrs: { gateway: "10.1.2.1", oif: 2 },
    }),
  ]),
  route("get", "ip route get 10.50.1.1 mark 3 oif br0 uid 0", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_GETROUTE",
      flags: ASK,
      header: { family: AF.INET, dstLen: 32, flags: RTM_F.LOOKUP_TABLE },
      attrs: { dst: "10.50.1.1", uid: 0, oif: 2, mark: 3 },
    }),
  ]),
  // Indexes in the answer are turned into names, one by one.
  route("show-all", "ip route show table all", [
    ip({ name: "RTM_GETROUTE", flags: DUMP }),
    ...[2, 3, 5].map(ipLinkByIndex),
  ]),
  route("show6", "ip -6 route show table all", [
    ip({ name: "RTM_GETROUTE", flags: DUMP, header: { family: AF.INET6 } }),
    ...[2, 3, 5].map(ipLinkByIndex),
  ]),
  // Any scope and any type will do for a deletion.
  route("del", "ip route del 10.51.0.0/16", [
    ip({
      name: "RTM_DELROUTE",
      flags: DO,
      header: { family: AF.INET, dstLen: 16, table: RT_TABLE.MAIN, scope: RT_SCOPE.NOWHERE },
      attrs: { dst: "10.51.0.0" },
    }),
  ]),
];
