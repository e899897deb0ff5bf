// `ip addr`, `ip token`, `ip netns`: addresses, and the numbers of namespaces.
import { AF, IFA_F } from "../../src/index.ts";
import {
  CREATE,
  DO,
  DUMP,
  type GoldenCase,
  type GoldenRequest,
  ip,
  ipLinkByIndex,
  ipLinkByName,
  ipLinks,
  ipLinkUp,
  ipNetnsId,
  ipProbe,
  REPLACE,
} from "./programs.ts";

const address = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/${name}.txt`,
  command,
  requests,
});

export const cases: GoldenCase[] = [
  address("addr-add-v6", "ip -6 addr add 2001:db8:1::1/64 dev br0 nodad home mngtmpaddr", [
    ipLinkByName("br0"),
    // Of these flags one does not fit into the header's eight bits: then all go into the attribute.
    ip({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET6, prefixlen: 64, index: 2 },
      attrs: {
        local: "2001:db8:1::1",
        flags: IFA_F.NODAD | IFA_F.HOMEADDRESS | IFA_F.MANAGETEMPADDR,
        address: "2001:db8:1::1",
      },
    }),
  ]),
  address("addr-replace", "ip addr replace 10.1.2.3/24 dev br0 valid_lft 100 preferred_lft 50", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWADDR",
      flags: REPLACE,
      header: { family: AF.INET, prefixlen: 24, index: 2 },
      attrs: {
        local: "10.1.2.3",
        address: "10.1.2.3",
        cacheinfo: { prefered: 50, valid: 100, cstamp: 0, tstamp: 0 },
      },
    }),
  ]),
  address("addr-del", "ip addr del 10.5.0.1 peer 10.5.0.2/32 dev br0", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_DELADDR",
      flags: DO,
      header: { family: AF.INET, prefixlen: 32, index: 2 },
      attrs: { local: "10.5.0.1", address: "10.5.0.2" },
    }),
  ]),
  address("addr-show-v6", "ip -6 addr show", [
    ipLinks(AF.INET6),
    ip({ name: "RTM_GETADDR", flags: DUMP, header: { family: AF.INET6 } }),
    // The veths' other ends, which the dump of one family does not name.
    ipLinkByIndex(4),
    ipLinkByIndex(6),
  ]),
  address("addr-add-second", "ip addr add 10.1.2.4/24 dev br0", [
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWADDR",
      flags: CREATE,
      header: { family: AF.INET, prefixlen: 24, index: 2 },
      attrs: { local: "10.1.2.4", address: "10.1.2.4" },
    }),
  ]),
  address("link-set-up-again", "ip link set br0 up", [ipProbe(), ipLinkByName("br0"), ipLinkUp(2)]),
  address("token-show", "ip token", [ipLinks(), ipLinks(AF.INET6)]),
  address("netns-set-id", "ip netns set cns1 33", [ip({ name: "RTM_NEWNSID", flags: DO, attrs: { fd: 6, nsid: 33 } })]),
  address("netns-list-id", "ip netns list-id", [
    ...Array.from({ length: 10 }, () => ipNetnsId(6)),
    ip({ name: "RTM_GETNSID", flags: DUMP }),
  ]),
];
