// `ip rule`, `nexthop`, `ntable`, `addrlabel`, `bridge mdb`.
import { AF, FR_ACT, MDB, RTNH_F } from "../../src/index.ts";
import {
  CREATE,
  DO,
  DUMP,
  type GoldenCase,
  type GoldenRequest,
  ip,
  ipLinkByName,
  ipLinks,
  REPLACE_ONLY,
} from "./programs.ts";

const item = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/${name}.txt`,
  command,
  requests,
});

export const cases: GoldenCase[] = [
  item("rule-add-uid", "ip rule add uidrange 1000-2000 priority 1300 goto 32766", [
    ip({
      name: "RTM_NEWRULE",
      flags: CREATE,
      header: { family: AF.INET, action: FR_ACT.GOTO },
      attrs: { uidRange: { start: 1000, end: 2000 }, priority: 1300, goto: 32766 },
    }),
  ]),
  item("rule-add-blackhole6", "ip -6 rule add from 2001:db8:3::/48 blackhole priority 55", [
    ip({
      name: "RTM_NEWRULE",
      flags: CREATE,
      header: { family: AF.INET6, srcLen: 48, action: FR_ACT.BLACKHOLE },
      attrs: { src: "2001:db8:3::", priority: 55 },
    }),
  ]),
  item("rule-show", "ip rule show", [ip({ name: "RTM_GETRULE", flags: DUMP, header: { family: AF.INET } })]),
  item("rule-del", "ip rule del priority 1300", [
    ip({ name: "RTM_DELRULE", flags: DO, header: { family: AF.INET }, attrs: { priority: 1300 } }),
  ]),
  item("nexthop-add", "ip nexthop add id 10 via 10.1.2.1 dev br0 onlink", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWNEXTHOP",
      flags: CREATE,
      header: { family: AF.INET, flags: RTNH_F.ONLINK },
      attrs: { id: 10, gateway: "10.1.2.1", oif: 2 },
    }),
  ]),
  // The kernel wants a link that is up, even of what drops packets.
  item("nexthop-add-blackhole", "ip nexthop add id 11 blackhole", [
    ip({ name: "RTM_NEWNEXTHOP", flags: CREATE, header: { family: AF.INET }, attrs: { id: 11, blackhole: true } }),
  ]),
  item("ntable-change", "ip ntable change name arp_cache dev br0 queue 8", [
    ipLinks(),
    ip({
      name: "RTM_SETNEIGHTBL",
      flags: REPLACE_ONLY,
      attrs: { name: "arp_cache", parms: { ifindex: 2, queueLen: 8 } },
    }),
  ]),
  item("addrlabel-add", "ip addrlabel add prefix 2001:db8:4::/48 dev br0 label 99", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWADDRLABEL",
      flags: CREATE,
      header: { family: AF.INET6, prefixlen: 48, index: 2 },
      attrs: { label: 99, address: "2001:db8:4::" },
    }),
  ]),
  item("bridge-mdb-add", "bridge mdb add dev br0 port br-veth0 grp 239.1.1.1 permanent", [
    ipLinks(),
    ip({
      name: "RTM_NEWMDB",
      flags: CREATE,
      set: {
        header: { family: AF.BRIDGE, ifindex: 2 },
        attrs: { entry: { ifindex: 3, state: MDB.PERMANENT, flags: 0, vid: 0, proto: 0x0800, addr: "239.1.1.1" } },
      },
    }),
  ]),
];
